import { jsonText, ProjectError } from '@pathway/compiler';
import { csvTable, directoryOf, directoryRows, fhirDirectory, type Service } from '@pathway/interchange';
import { formatDuration } from '@pathway/model';
import { createColors } from 'picocolors';
import { printable } from '../print/printable.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Colours, Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';

export interface DirectoryOptions {
  readonly format: 'text' | 'csv' | 'fhir';
  readonly out?: string;
}

/** `pathway directory`: where people call, who serves whom, when and in which languages. */
export async function directory(
  path: string | undefined,
  options: DirectoryOptions,
  context: Context,
): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
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
        : services.map((each) => serviceText(each, colours)).join('\n');
  await deliver(text, options.out, context);
  return EXIT.ok;
}

function serviceText(service: Service, colours: Colours): string {
  const { title, sector, partOf, territory, phone, email, website, hours, languages, accepts, entrypointFor, travel } =
    service;
  const facts = [
    ['entry point for', entrypointFor.join(', ')],
    ['sector', sector],
    ['part of', partOf],
    ['in', territory],
    ['phone', phone],
    ['e-mail', email],
    ['website', website],
    ['hours', hours],
    ['languages', languages.join(', ')],
    ['accepts', accepts.join('; ')],
    ['on the way', travel.map(({ from, seconds }) => `${formatDuration(seconds)} from ${from}`).join(', ')],
  ] as const;
  const lines = facts.flatMap(([word, text]) =>
    text === undefined || text === '' ? [] : [`  ${word.padEnd(16)}${printable(text)}`],
  );
  return `${[colours.bold(printable(title)), ...lines].join('\n')}\n`;
}
