import { describe, expect, it } from 'vitest';
import {
  emptyModel,
  type Model,
  planSets,
  type PlanSets,
  type Scenario,
  type Study,
  withAllPlanSets,
  withVariations,
} from '../src/index.js';
import { pathway, response, seconds, step } from './build.js';

const ORIGIN = { file: 'a.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };

function scenario(id: string, more: Partial<Scenario> = {}): Scenario {
  return { id, name: id, title: `${id} title`, origin: ORIGIN, basedOn: [], overrides: [], ...more };
}

const STUDY: Study = {
  id: 'S',
  name: 'S',
  origin: ORIGIN,
  scenarios: [],
  start: '2026-01-05T00:00',
  timezone: 'UTC',
  run: seconds(100),
  warmUp: seconds(0),
  replications: { kind: 'fixed', times: 1 },
  seed: 1,
  indicators: [],
  pathways: [],
};

const NO_PLAN = scenario('NoPlan', { crises: ['Flu'] });

/** Three plans, of which B and C change one step without an order. */
function modelOf(plans: Partial<PlanSets>, scenarios: readonly Scenario[] = [scenario('Usual'), NO_PLAN]): Model {
  const named = { origin: ORIGIN, responses: ['A', 'B', 'C'], most: 15, ...plans };
  const short = (name: string) => ({ kind: 'replace' as const, place: 'Stay', with: [step(name)] });
  return emptyModel({
    pathways: [pathway([step('Stay'), step('Review')])],
    responses: [
      response('A', [{ kind: 'remove', place: 'Review' }]),
      response('B', [short('B.Short')]),
      response('C', [short('C.Short')]),
    ],
    crises: [{ id: 'Flu', name: 'Flu', origin: ORIGIN, effects: [] }],
    scenarios,
    studies: [{ ...STUDY, scenarios: scenarios.map(({ id }) => id).slice(0, 2), plans: [named] }],
  });
}

function compared(model: Model): readonly string[] {
  const [only] = model.studies;
  return only === undefined ? [] : (withVariations(model, only).studies[0]?.scenarios ?? []);
}

describe('sets of plans', () => {
  it('are each plan alone and then each combination that goes together, in the order of the study', () => {
    const model = modelOf({});
    const { sets, leftOut } = planSets(model, model.studies[0]!.plans![0]!);
    expect(sets).toEqual([['A'], ['B'], ['C'], ['A', 'B'], ['A', 'C']]);
    expect(leftOut.map(({ responses }) => responses)).toEqual([
      ['B', 'C'],
      ['A', 'B', 'C'],
    ]);
    expect(leftOut[0]).toMatchObject({ between: ['B', 'C'], place: 'Stay' });
  });

  it('are added to the scenario in which something happens without responses, and to no other', () => {
    const model = modelOf({ responses: ['A', 'B'] });
    expect(compared(model)).toEqual(['Usual', 'NoPlan', 'NoPlan with A', 'NoPlan with B', 'NoPlan with A, B']);
    const whole = withVariations(model, model.studies[0]!);
    expect(whole.scenarios.at(-1)).toMatchObject({ title: 'A + B', basedOn: ['NoPlan'], responses: ['A', 'B'] });
  });

  it('are scenarios of the model where these say the same, however they say it', () => {
    const own = scenario('Plan', { basedOn: ['NoPlan'], responses: ['B', 'A'] });
    const other = scenario('More', {
      crises: ['Flu'],
      responses: ['A'],
      conversions: [
        {
          origin: ORIGIN,
          text: 'convert 1 Bed to Chair',
          amount: { kind: 'number', value: 1, dimension: { time: 0, money: 0 } },
          resource: 'Bed',
          target: 'Chair',
        },
      ],
    });
    const model = modelOf({ responses: ['A', 'B'] }, [scenario('Usual'), NO_PLAN, own, other]);
    expect(compared(model)).toEqual(['Usual', 'NoPlan', 'NoPlan with A', 'NoPlan with B', 'Plan']);
  });

  it('are added to every scenario that the study names for them, which then stands in their titles', () => {
    const other = scenario('Usual');
    const both = modelOf({ responses: ['A'], scenarios: ['NoPlan', 'Usual'] }, [NO_PLAN, other]);
    const titles = withVariations(both, both.studies[0]!)
      .scenarios.slice(-2)
      .map(({ title }) => title);
    expect(titles).toEqual(['NoPlan title: A', 'Usual title: A']);
  });

  it('say how to allow more of them where there are too many', () => {
    expect(() => compared(modelOf({ most: 6 }))).toThrow(
      '3 plans make 7 sets, and at most 6 are run; write `at most 7`',
    );
  });

  it('need a scenario in which something happens and no response is at hand', () => {
    const planned = scenario('Planned', { crises: ['Flu'], responses: ['A'] });
    const model = modelOf({}, [scenario('Usual'), planned]);
    expect(() => compared(model)).toThrow('name one with `in`');
    // Checks go on with the model as it is.
    expect(withAllPlanSets(model).scenarios).toEqual(model.scenarios);
  });
});
