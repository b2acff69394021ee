import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PrintFonts } from '@pathway/report';
import { ProjectError } from '../project-error.js';
import { scriptTypesetter } from './outline-scripts.js';
import { systemReason } from './text-files.js';

/**
 * Reads the typeface of printed documents, which is installed with the compiler: Inter (SIL Open Font License), in which
 * drawings are measured too. It has Latin, Greek and Cyrillic letters; others are outlines of the machine's fonts.
 * @throws ProjectError when it is not there
 */
export async function readPrintFonts(): Promise<PrintFonts> {
  const { resolve } = createRequire(import.meta.url);
  const { outline, setLine } = await scriptTypesetter();
  try {
    const read = async (file: string): Promise<Uint8Array> =>
      new Uint8Array(await readFile(resolve(`@expo-google-fonts/inter/${file}`)));
    return {
      regular: await read('400Regular/Inter_400Regular.ttf'),
      bold: await read('600SemiBold/Inter_600SemiBold.ttf'),
      outline: (svg) => outline(svg).svg,
      setLine,
    };
  } catch (error) {
    throw new ProjectError(
      `The typeface of printed documents cannot be read: ${systemReason(error)}.`,
      'Install Pathway again, or make the report as HTML.',
    );
  }
}
