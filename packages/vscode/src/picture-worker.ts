import { parentPort } from 'node:worker_threads';
import { pathwayDiagram } from '@pathway/diagram';
import { parseModel } from '@pathway/model';
import { type PictureTask, pictureTaskSchema } from './tasks.js';

/** Draws one pathway; ended from outside where it takes too long. */
async function draw({ model, pathway, theme, direction }: PictureTask): Promise<string> {
  const { svg } = await pathwayDiagram(parseModel(JSON.parse(model)), pathway, { theme, direction });
  return svg;
}

parentPort?.once('message', (message: unknown) => {
  draw(pictureTaskSchema.parse(message)).then(
    (svg) => parentPort?.postMessage({ svg }),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
