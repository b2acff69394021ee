import { describe, it } from 'vitest';
import { differenceGraph, sheetsOf } from '@pathway/diagram';
import { editedModel } from '../../../diagram/test/support/random-pathway.js';
import { VIEW_FACTS } from '../../src/index.js';
import { graphsOfPathway } from './every-view.js';
import { expectMetric } from './generated.js';

describe('200 generated pathways', () => {
  it('have nothing on anything else whole, as a journey and with load, and measure like this', async () => {
    await expectMetric('pathways', (model) => graphsOfPathway(model, 'P'));
  });

  it('have nothing on anything else with lanes by role and by setting, and measure like this', async () => {
    await expectMetric('lanes', (model) =>
      (['role', 'setting'] as const).flatMap((lanes) =>
        sheetsOf(model, { kind: 'pathway', id: 'P' }, { ...VIEW_FACTS, lanes }).map(({ id, graph }) => ({
          name: `by ${lanes}/${id}`,
          graph,
        })),
      ),
    );
  });

  it('have nothing on anything else beside themselves after an edit, and measure like this', async () => {
    await expectMetric('differences', (model, seed) => [
      { name: 'difference/P', graph: differenceGraph(model, editedModel(model, seed), 'P') },
    ]);
  });
});
