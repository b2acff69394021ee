import * as z from 'zod';
import { jsonText } from './json-text.js';
import { defineEmitter } from './emitter.js';

/** The model itself, for other programs. */
export const modelJson = defineEmitter({
  name: 'model-json',
  describes: 'The model as JSON: what the texts mean, with the place of everything in them.',
  options: z.strictObject({}),
  emit: (model) => [{ path: 'model.json', content: jsonText(model) }],
});
