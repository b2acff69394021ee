import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PrintFonts } from '@pathway/report';
import { ProjectError } from '../project-error.js';
import { scriptTypesetter } from './outline-scripts.js';
import { systemReason } from './text-files.js';

/**
 * Reads the typeface of printed documents, which is installed with the compiler: Inter (SIL Open Font License), in which
 * drawings are measured too. It has Latin, Greek and Cyrillic letters; others are outlines of the machine's fonts.
 * @param onMissing called with a typeface that a text asks for and this machine lacks, each time
 * @throws ProjectError when it is not there
 */
export async function readPrintFonts(
  onMissing: (family: string) => void = () => undefined,
  setting: ReturnType<typeof scriptTypesetter> = scriptTypesetter(),
): Promise<PrintFonts> {
  const { resolve } = createRequire(import.meta.url);
  const { outline, setLine } = await setting;
  try {
    const read = async (file: string): Promise<Uint8Array> =>
      new Uint8Array(await readFile(resolve(`@expo-google-fonts/inter/${file}`)));
    return {
      regular: await read('400Regular/Inter_400Regular.ttf'),
      bold: await read('600SemiBold/Inter_600SemiBold.ttf'),
      outline(svg) {
        const { svg: outlined, missing } = outline(svg);
        missing.forEach(onMissing);
        return outlined;
      },
      setLine: (text, size, isBold, isRightToLeft) => setLine(text, size, isBold, isRightToLeft, onMissing),
    };
  } catch (error) {
    throw new ProjectError(
      `The typeface of printed documents cannot be read: ${systemReason(error)}.`,
      'Install Pathway again, or make the report as HTML.',
    );
  }
}
