import { activityDemand, analyse, closedForms, ScenarioFigures } from '@pathway/analysis';
import { describe, expect, test } from 'vitest';
import { loadExample } from './load-example.js';

const EXAMPLES = ['heat-wave', 'network-outage', 'stroke', 'treatment-centre', 'urgent-care'];

describe.each(EXAMPLES)('figures of the scenarios of %s without the checks', (name) => {
  test('are those of the whole analysis', async () => {
    const { model } = await loadExample(name);
    for (const scenario of [undefined, ...model.scenarios.slice(0, 4).map(({ id }) => id)]) {
      const figures = new ScenarioFigures(model, scenario);
      expect(figures.loads()).toEqual(analyse(model, scenario).facts.loads);
      expect(figures.activityDemand()).toEqual(activityDemand(model, scenario));
      if (scenario !== undefined) expect(figures.closedForms()).toEqual(closedForms(model, scenario));
    }
  });
});
