import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { charactersOf, type FontFace, withFonts } from '@pathway/diagram';
import * as z from 'zod';
import { ProjectError } from '../project-error.js';
import { systemReason } from './text-files.js';

/** Which characters each file of the typeface has, as style sheets write it: `U+0000-00FF,U+0131`. */
const RANGES = z.record(z.string(), z.string());
const WEIGHTS = [400, 600] as const;

/**
 * A drawing with the typeface in it that it was measured in, so that it looks the same without: Inter (SIL Open Font License),
 * of its alphabets those that the drawing uses. Letters of other scripts are drawn by the reader's own fonts.
 * @throws ProjectError when the typeface is not there
 */
export async function embedFonts(svg: string): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  try {
    const read = (file: string): Promise<Buffer> => readFile(resolve(`@fontsource/inter/${file}`));
    const ranges = RANGES.parse(JSON.parse((await read('unicode.json')).toString('utf8')));
    const characters = charactersOf(svg);
    const faces: FontFace[] = [];
    for (const [alphabet, range] of Object.entries(ranges)) {
      if (!isUsed(characters, range)) continue;
      for (const weight of WEIGHTS) {
        const data = await read(`files/inter-${alphabet}-${weight}-normal.woff2`);
        faces.push({ weight, range, source: `data:font/woff2;base64,${data.toString('base64')}` });
      }
    }
    return withFonts(svg, faces);
  } catch (error) {
    throw new ProjectError(
      `The typeface of drawings cannot be read: ${systemReason(error)}.`,
      'Install Pathway again, or leave --embed-font out.',
    );
  }
}

function isUsed(characters: ReadonlySet<string>, range: string): boolean {
  const parts = range.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace(/^U\+/iu, '').split('-');
    return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
  });
  return [...characters].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return parts.some(({ from, to }) => code >= from && code <= to);
  });
}
