import * as z from 'zod';
import { fileNames } from '../pipeline/file-names.js';
import { defineEmitter } from './emitter.js';
import { languageOf, languageOption } from './language-option.js';

/** One drawing for each pathway, and the maps of crises and of dependencies where there are any. */
export const diagram = defineEmitter({
  name: 'diagram',
  describes: 'Each pathway drawn with lanes, and maps of crises and dependencies, as SVG.',
  options: z.strictObject({
    direction: z.enum(['down', 'right']).default('down'),
    lanes: z.enum(['organisation', 'setting', 'role', 'none']).default('organisation'),
    theme: z.enum(['light', 'dark']).default('light'),
    ...languageOption.shape,
  }),
  async emit(model, context) {
    const { options, products } = context;
    const { direction, lanes, theme } = options;
    const language = languageOf(context);
    const names = fileNames(model.pathways.map(({ id }) => id));
    const files = [];
    for (const { id } of model.pathways) {
      const { svg } = await products.drawing(id, {
        direction,
        lanes,
        theme,
        ...(language !== undefined && { language }),
      });
      files.push({ path: `diagrams/${names.get(id) ?? id}.svg`, content: svg });
    }
    for (const { name, drawing } of await products.maps({ theme, ...(language !== undefined && { language }) })) {
      files.push({ path: `maps/${name}.svg`, content: drawing.svg });
    }
    return files;
  },
});
