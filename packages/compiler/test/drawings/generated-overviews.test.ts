import { describe, it } from 'vitest';
import { graphsInStages } from './every-view.js';
import { expectMetric } from './generated.js';

describe('200 generated pathways in stages', () => {
  it('have nothing on anything else on any sheet, and measure like this', async () => {
    await expectMetric('overviews', (model) => graphsInStages(model, 'P'));
  });
});
