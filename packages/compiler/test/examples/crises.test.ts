import { mapsOf } from '@pathway/diagram';
import { VIEW_FACTS } from '../../src/index.js';
import { localClock, observables, Watcher } from '@pathway/model';
import { exerciseMarkdown } from '@pathway/report';
import { describe, expect, it } from 'vitest';
import { loadExample } from './load-example.js';

describe.each(['heat-wave', 'power-cut', 'network-outage', 'stroke-surge'])('the example %s', (name) => {
  it('has no errors and warnings, maps, cards for every response, and something to expect', async () => {
    const { model, diagnostics } = await loadExample(name);
    expect(diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
    expect(mapsOf(model, VIEW_FACTS)).toContain('crisis');
    expect(model.expectations.length).toBeGreaterThan(0);
    // Whatever number is no part of the way itself says where it comes from.
    expect(model.sources.length).toBeGreaterThan(1);
    for (const { crises = [] } of model.scenarios) for (const crisis of crises) expect(crisis).not.toBe('');
  });

  it('can be practised', async () => {
    const { model } = await loadExample(name);
    const study = model.studies[0];
    const scenario = model.scenarios.findLast(({ responses }) => responses !== undefined);
    if (study === undefined || scenario === undefined) throw new Error('There is nothing to practise.');
    const input = { model, study, scenario: scenario.id };
    const script = exerciseMarkdown({ ...input, reader: 'facilitator' });
    const crisis = model.crises?.find(({ id }) => scenario.crises?.includes(id) === true)?.title ?? '';
    expect(script).toContain(crisis);
    expect(exerciseMarkdown({ ...input, reader: 'participants' })).not.toContain(crisis);
  });
});

it('the heat wave is seen in its bulletin three days before, and its levels call for the right responses', async () => {
  const { model } = await loadExample('heat-wave');
  expect(observables(model).map(({ key }) => key)).toContain('Bulletin');
  const day = 86_400;
  const watcher = new Watcher(model, localClock('Europe/Rome', 0));
  const inForce = [1, 2, 3, 2, 1].map((level, i) => {
    watcher.observe(i * day, [['Bulletin', level]]);
    return watcher.activeResponses();
  });
  expect(inForce).toEqual([
    [],
    ['CallThem'],
    ['CallThem', 'MoreVisits'],
    ['CallThem', 'MoreVisits'],
    ['CallThem', 'MoreVisits'],
  ]);
  // A day below the level, and one more until the visits have recovered.
  watcher.advance(6 * day);
  expect(watcher.activeResponses()).toEqual([]);
});
