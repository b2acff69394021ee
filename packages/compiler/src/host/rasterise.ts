import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Resvg } from '@resvg/resvg-js';
import { ProjectError } from '../project-error.js';

/** Pixels for each unit of a drawing: sharp on a projector and in print at A4. */
const SCALE = 2;
/** More than this is no picture that a program opens with ease. */
const MOST_PIXELS = 60_000_000;
/** A text with letters beyond Latin, Greek, Cyrillic, and the signs of drawings. */
const BEYOND_INTER = /<text\b[^>]*>[^<]*[\u0530-\u1dff\u2c00-\uffff]/;

/**
 * A drawing as PNG, twice as many pixels as it has units, set in the typeface that it was measured in. Letters of other scripts
 * are outlines already, see {@link outlineScripts}, or drawn by whatever font of the machine has them.
 * @throws ProjectError where this platform has no renderer, and for drawings that would have too many pixels
 */
export async function rasterise(svg: string): Promise<Uint8Array> {
  const { Resvg: Renderer } = await loadRenderer();
  const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'));
  const renderer = new Renderer(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: {
      // Fonts of the machine only for letters that Inter lacks, so that other pictures are the same everywhere.
      loadSystemFonts: BEYOND_INTER.test(svg),
      defaultFontFamily: 'Inter',
      fontFiles: ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) =>
        join(fonts, file),
      ),
    },
  });
  if (renderer.width * renderer.height * SCALE * SCALE > MOST_PIXELS)
    throw new ProjectError('This drawing is too large for a picture of pixels.', 'Make it as SVG or PDF.');
  return renderer.render().asPng();
}

async function loadRenderer(): Promise<{ readonly Resvg: typeof Resvg }> {
  try {
    return await import('@resvg/resvg-js');
  } catch {
    throw new ProjectError(
      'There is no renderer of PNG pictures for this platform.',
      'Make the drawing as SVG or PDF; these need none.',
    );
  }
}
