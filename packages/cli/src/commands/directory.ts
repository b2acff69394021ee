import { jsonText, ProjectError } from '@pathway/compiler';
import { csvTable, directoryOf, directoryRows, fhirDirectory, type Service } from '@pathway/interchange';
import { blocksAsMarkdown, directoryBlocks, directoryHtml, serviceFacts, type Words } from '@pathway/report';
import { createColors } from 'picocolors';
import { printable } from '../print/printable.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Colours, Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';

export interface DirectoryOptions {
  readonly format: 'text' | 'markdown' | 'html' | 'csv' | 'fhir';
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  readonly out?: string;
}

/** `pathway directory`: where people call, who serves whom, when and in which languages. */
export async function directory(
  path: string | undefined,
  options: DirectoryOptions,
  context: Context,
): Promise<number> {
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const language = options.language ?? compiled.project.config.language;
  const { model, words } = inLanguage(compiled.model, language);
  const services = directoryOf(model);
  if (services.length === 0)
    throw new ProjectError('There is no organisation in this project.', 'Declare one: organisation NAME { sector … }');
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const { header, rows } = directoryRows(services);
  const texts = {
    text: () => services.map((each) => serviceText(each, words, colours)).join('\n'),
    markdown: () => blocksAsMarkdown(words, directoryBlocks(words, services)),
    html: () => directoryHtml(words, services, model),
    csv: () => csvTable(header, rows),
    fhir: () => jsonText(fhirDirectory(model)),
  };
  await deliver(texts[options.format](), options.out, context);
  return EXIT.ok;
}

function serviceText(service: Service, words: Words, colours: Colours): string {
  const facts = serviceFacts(words, service);
  const width = Math.max(16, ...facts.map(({ label }) => label.length + 1));
  const lines = facts.map(({ label, text }) => `  ${label.padEnd(width)}${printable(text)}`);
  return `${[colours.bold(printable(service.title)), ...lines].join('\n')}\n`;
}
