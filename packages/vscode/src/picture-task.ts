import { mapDiagram, mapsOf, pathwayDiagram } from '@pathway/diagram';
import { parseModel } from '@pathway/model';
import { type PictureAnswer, pictureTaskSchema } from './tasks.js';

/** Draws a pathway or a map. */
export async function doPicture(message: unknown, tell: (answer: PictureAnswer) => void): Promise<void> {
  try {
    const { model: text, view, theme, direction } = pictureTaskSchema.parse(message);
    const model = parseModel(JSON.parse(text));
    const { svg } =
      view.kind === 'map'
        ? await mapDiagram(model, view.name, { theme, ...(direction === 'right' && { direction }) })
        : await pathwayDiagram(model, view.id, { theme, direction });
    tell({ svg, maps: [...mapsOf(model)] });
  } catch (error) {
    tell({ error: error instanceof Error ? error.message : String(error) });
  }
}
