import { describe, expect, it } from 'vitest';
import { withDistinctTitles } from '../src/index.js';
import { INPUT, STUDY } from './fixture.js';

const [SCENARIO] = STUDY.scenarios;
const [RESOURCE] = SCENARIO!.resources;
const [ORGANISATION] = INPUT.model.organisations;

describe('places of a report', () => {
  it('that share a title are called with their organisation, and others are as they were', () => {
    const declared = INPUT.model.resources[0]!;
    const model = {
      ...INPUT.model,
      resources: ['First', 'Second'].map((id) => ({ ...declared, id, organisation: ORGANISATION!.id })),
    };
    const resources = ['First', 'Second', 'Third'].map((id) => ({
      ...RESOURCE!,
      id,
      title: id === 'Third' ? 'CT' : 'Bed',
    }));
    const results = [{ ...STUDY, scenarios: [{ ...SCENARIO!, resources }] }];
    const titles = withDistinctTitles({ ...INPUT, model, results }).results[0]?.scenarios[0]?.resources.map(
      ({ title }) => title,
    );
    expect(titles).toEqual([`Bed, ${ORGANISATION!.title}`, `Bed, ${ORGANISATION!.title}`, 'CT']);
  });

  it('leaves a report alone in which no two share one', () => {
    expect(withDistinctTitles(INPUT)).toEqual(INPUT);
  });
});
