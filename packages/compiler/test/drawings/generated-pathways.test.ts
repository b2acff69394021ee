import { describe, it } from 'vitest';
import { differenceGraph } from '@pathway/diagram';
import { editedModel } from '../../../diagram/test/support/random-pathway.js';
import { graphsOfPathway } from './every-view.js';
import { expectMetric } from './generated.js';

describe('200 generated pathways', () => {
  it('have nothing on anything else whole, as a journey and with load, and measure like this', async () => {
    await expectMetric('pathways', (model) => graphsOfPathway(model, 'P'));
  });

  it('have nothing on anything else beside themselves after an edit, and measure like this', async () => {
    await expectMetric('differences', (model, seed) => [
      { name: 'difference/P', graph: differenceGraph(model, editedModel(model, seed), 'P') },
    ]);
  });
});
