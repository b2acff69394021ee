import { describe, it } from 'vitest';
import { graphsOfMaps } from './every-view.js';
import { expectMetric } from './generated.js';

describe('the maps of 200 generated pathways', () => {
  it('have nothing on anything else, and measure like this', { timeout: 240_000 }, async () => {
    await expectMetric('maps', (model) => graphsOfMaps(model));
  });
});
