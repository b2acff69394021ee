import { jsonText, ProjectError } from '@pathway/compiler';
import { csvTable, directoryOf, directoryRows, fhirDirectory, type Service } from '@pathway/interchange';
import { figure, type Words } from '@pathway/report';
import { createColors } from 'picocolors';
import { printable } from '../print/printable.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Colours, Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';

export interface DirectoryOptions {
  readonly format: 'text' | 'csv' | 'fhir';
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
  const text =
    options.format === 'csv'
      ? csvTable(header, rows)
      : options.format === 'fhir'
        ? jsonText(fhirDirectory(model))
        : services.map((each) => serviceText(each, words, colours)).join('\n');
  await deliver(text, options.out, context);
  return EXIT.ok;
}

function serviceText(service: Service, words: Words, colours: Colours): string {
  const { say } = words;
  const { title, sector, partOf, territory, phone, email, website, hours, languages, accepts, entrypointFor, travel } =
    service;
  const facts = [
    [say`entry point for`, entrypointFor.map((each) => audienceIn(words, each)).join(', ')],
    [say`sector`, sector],
    [say`part of`, partOf],
    [say`in`, territory],
    [say`phone`, phone],
    [say`e-mail`, email],
    [say`website`, website],
    [say`hours`, hours],
    [say`languages`, languages.join(', ')],
    [say`accepts`, accepts.join('; ')],
    [
      say`on the way`,
      travel
        .map(
          ({ from, seconds }) =>
            say`${figure(words, seconds, { unit: 'duration' }).replace('\u00a0', ' ')} from ${from}`,
        )
        .join(', '),
    ],
  ] as const;
  const width = Math.max(16, ...facts.map(([word]) => word.length + 1));
  const lines = facts.flatMap(([word, text]) =>
    text === undefined || text === '' ? [] : [`  ${word.padEnd(width)}${printable(text)}`],
  );
  return `${[colours.bold(printable(title)), ...lines].join('\n')}\n`;
}

/** An audience of an entry point in the words of a language; one's own stays as it is. */
function audienceIn({ say }: Words, audience: string): string {
  if (audience === 'citizens') return say`citizens`;
  return audience === 'professionals' ? say`professionals` : audience;
}
