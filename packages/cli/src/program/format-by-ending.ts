import type { Command } from 'commander';

/** What files of each form end in, the usual ending first; what is for terminals and machines of forges may stand in any file. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  html: ['html', 'htm'],
  markdown: ['md', 'markdown'],
  pdf: ['pdf'],
  xlsx: ['xlsx'],
  csv: ['csv'],
  svg: ['svg'],
  json: ['json'],
  ics: ['ics'],
  sarif: ['sarif', 'json'],
  gitlab: ['json'],
  fhir: ['json'],
  draft: ['pathway'],
};

/** Forms that would be taken for damaged where something else is in a file of their name. */
const NOT_FOR_OTHERS: readonly string[] = ['pdf', 'xlsx', 'html', 'svg', 'json', 'csv', 'ics'];

/**
 * Lets a command with a usual form write what its file ends in: `--out report.pdf` is a document. Ends the command where the two
 * contradict each other, or where it writes no such files.
 */
export function chooseFormatByEnding(command: Command): void {
  const option = command.options.find(({ long }) => long === '--format');
  const out: unknown = command.getOptionValue('out');
  if (option?.argChoices === undefined || option.defaultValue === undefined || typeof out !== 'string') return;
  const ending = /\.(\w+)$/.exec(out)?.[1]?.toLowerCase() ?? '';
  const fitting = option.argChoices.filter((each) => ENDINGS[each]?.includes(ending));
  const given = String(command.getOptionValue('format'));
  if (command.getOptionValueSource('format') !== 'default') {
    if (ENDINGS[given] === undefined || fitting.includes(given) || !isKnown(ending)) return;
    command.error(`error: ${out} ends in .${ending}, but --format is ${given}. Leave one of them out.`);
  }
  const [format] = fitting;
  if (format !== undefined) command.setOptionValue('format', format);
  else if (NOT_FOR_OTHERS.some((each) => ENDINGS[each]?.includes(ending)))
    command.error(
      `error: ${out} ends in .${ending}, but \`pathway ${command.name()}\` writes ${option.argChoices.join(', ')}.`,
    );
}

function isKnown(ending: string): boolean {
  return Object.values(ENDINGS).some((endings) => endings.includes(ending));
}
