import {
  type AlertFilter,
  composeResponses,
  conflictsAmong,
  type Crisis,
  emptyModel,
  type Model,
  replaceActivities,
  type Response,
  type Trigger,
  unsoundnessOf,
} from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runReplication, type SimulationInput, traceReplication, type TraceRow } from '../src/index.js';
import { cohort, HERE, n, pathway, step } from './build.js';
import { inputOf, modelAndPlan, type Plan } from './crisis-runs.js';
import { randomCrisisModel, randomPatches } from './random-plans.js';

const HOUR = 3600;
const DAY = 86_400;

const ANY: AlertFilter = {
  categories: [],
  events: [],
  severities: [],
  urgencies: [],
  certainties: [],
  messageTypes: [],
  territories: [],
};

/** Fires when an alert comes, and ends with it. */
function onAlert({ until: _, calm: __, ...trigger }: Trigger): Trigger {
  return { ...trigger, fires: { kind: 'alert', filter: ANY } };
}

/** Alerts for triggers, by their ids: hours in which they begin and how many they last; for good without. */
function alerts(times: Readonly<Record<string, readonly [begin: number, length: number] | undefined>>): Crisis {
  return {
    id: 'Alerts',
    name: 'Alerts',
    origin: HERE,
    effects: Object.entries(times).map(([trigger, time], i) => ({
      kind: 'alert',
      trigger,
      id: `Alerts.#${i}`,
      origin: HERE,
      ...(time && { span: { begin: { kind: 'day', day: n(time[0] / 24) }, lasting: n(time[1] * HOUR) } }),
    })),
  };
}

/** A model in which nothing but who waits, works and is there tells of what was before. */
function withoutMemory(parts: Partial<Model>): Partial<Model> {
  return {
    ...parts,
    resources: (parts.resources ?? []).map(({ breakdown: _, ...each }) => each),
    roles: (parts.roles ?? []).map((role) => (role.id === 'Nurse' ? { ...role, skills: [{ skill: 'Lysis' }] } : role)),
    staff: (parts.staff ?? []).map((group) => (group.id === 'G' ? { ...group, people: [] } : group)),
    pathways: (parts.pathways ?? []).map((each) => ({
      ...each,
      body: replaceActivities(each.body, (activity) => {
        if (activity.kind !== 'step') return [activity];
        const { consumes: _, ...others } = activity;
        return [others];
      }),
    })),
  };
}

/** The first instant from a time on after which nobody is inside, in either run; undefined for none. */
function bothEmpty(runs: readonly (readonly TraceRow[])[], from: number): number | undefined {
  const changes = runs
    .flatMap((rows) => rows.map(({ time, what }) => ({ time, by: what === 'arrive' ? 1 : what === 'finish' ? -1 : 0 })))
    .sort((a, b) => a.time - b.time);
  let inside = 0;
  return changes.find(({ time, by }, i) => {
    inside += by;
    return inside === 0 && time >= from && changes[i + 1]?.time !== time;
  })?.time;
}

describe('a response that is over', () => {
  test('leaves no trace: of 100 plans, whoever comes after it and its backlog goes the way of a run without it, row by row, in 40 at least', () => {
    let compared = 0;
    fc.assert(
      fc.property(modelAndPlan, ([parts, plan]) => {
        const over: Plan = {
          ...plan,
          triggers: plan.triggers.map(onAlert),
          crises: [alerts({ T1: [1, 8], T2: [4, 9] })],
        };
        const calm = withoutMemory(parts);
        const runs = ['NoPlan', 'WithPlan'].map((scenario) =>
          traceReplication(inputOf(calm, over, scenario, 4 * DAY), 0),
        );
        const from = bothEmpty(runs, 16 * HOUR);
        if (from === undefined) return;
        const [without, withPlan] = runs.map((rows) => rows.filter(({ time }) => time > from));
        expect(withPlan).toEqual(without);
        if ((without ?? []).length > 0) compared++;
      }),
      { numRuns: 100, seed: 25 },
    );
    expect(compared).toBeGreaterThanOrEqual(40);
  });
});

/** Figures of a run by the names of what they are about, of what anybody came to. */
function named(input: SimulationInput, replication = 0): unknown {
  const { activities, work, flows, timeline: _, ...result } = runReplication(input, replication);
  const name = (activity: number): string => input.activities[activity]?.id ?? '';
  const byName = <T extends { readonly name: string }>(rows: readonly T[]): readonly T[] =>
    rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    ...result,
    // The last is for those who leave without an outcome.
    flows: flows.map(({ outcomes, ...each }) => ({
      ...each,
      outcomes: outcomes.flatMap((count, i) => (count > 0 ? [[input.outcomes[i] ?? '', count]] : [])),
    })),
    activities: byName(
      activities.flatMap((each, i) => (each.starts > 0 || each.wait !== null ? [{ ...each, name: name(i) }] : [])),
    ),
    work: byName(work.map(({ activity, ...each }) => ({ ...each, name: `${name(activity)} ${each.role}` }))),
  };
}

describe('two responses that have nothing to do with each other', () => {
  test('do the same in either order of declaration, in 60 plans', () => {
    const independent = modelAndPlan.filter(([parts, { responses }]) => {
      const allowing = responses.filter(({ patches }) => patches.some(({ kind }) => kind === 'allow'));
      return allowing.length < 2 && conflictsAmong(responses.map(withoutPriority), parts.pathways ?? []).length === 0;
    });
    fc.assert(
      fc.property(independent, ([parts, plan]) => {
        const responses = plan.responses.map(withoutPriority);
        const order = (own: readonly Response[]): unknown =>
          named(inputOf(parts, { ...plan, responses: own }, 'WithPlan'));
        expect(order(responses.toReversed())).toEqual(order(responses));
      }),
      { numRuns: 60, seed: 26 },
    );
  });
});

function withoutPriority({ priority: _, ...response }: Response): Response {
  return response;
}

describe('twenty responses that change the same places', () => {
  test('give what the pathway gives that they compose, whichever are in force, in 12 of 30 plans at least', () => {
    let compared = 0;
    const many = randomCrisisModel.chain((parts) =>
      fc.tuple(
        fc.constant(parts),
        randomPatches(parts, 20),
        fc.array(fc.constantFrom(true, false, false), { minLength: 20, maxLength: 20 }),
      ),
    );
    fc.assert(
      fc.property(many, ([parts, patches, chosen]) => {
        const responses = patches.map((patch, i): Response => ({
          id: `R${i}`,
          name: `R${i}`,
          origin: HERE,
          pathway: 'P',
          activations: [{ kind: 'trigger', trigger: `T${i}`, origin: HERE }],
          priority: i,
          patches: [patch],
          recovery: { after: [] },
          cards: [],
        }));
        const triggers = responses.map((_, i): Trigger => ({
          id: `T${i}`,
          name: `T${i}`,
          origin: HERE,
          fires: { kind: 'alert', filter: ANY },
        }));
        const inForce = responses.flatMap(({ id }, i) => (chosen[i] === true ? [id] : []));
        const composed = composeResponses(emptyModel({ ...parts, responses }), inForce);
        if (composed.problems.length > 0 || composed.model.pathways.some((each) => unsoundnessOf(each).length > 0))
          return;
        const crises = [alerts(Object.fromEntries(inForce.map((id) => [id.replace('R', 'T'), undefined])))];
        const patched = inputOf(parts, { responses, triggers, crises }, 'WithPlan', DAY);
        expect(named(patched)).toEqual(
          named(inputOf({ ...parts, pathways: composed.model.pathways }, {}, 'Base', DAY)),
        );
        compared++;
      }),
      { numRuns: 30, seed: 27 },
    );
    expect(compared).toBeGreaterThanOrEqual(12);
  });
});

test('ten ways before one place by as many responses can be told apart, and far more are refused', () => {
  const inserting = (count: number): SimulationInput => {
    const responses = Array.from({ length: count }, (_, i): Response => ({
      id: `R${i}`,
      name: `R${i}`,
      origin: HERE,
      pathway: 'P',
      activations: [],
      priority: i,
      patches: [
        { kind: 'insert', id: `R${i}.#1`, origin: HERE, where: 'before', place: 'P.Work', with: [step(`B${i}`, 60)] },
      ],
      recovery: { after: [] },
      cards: [],
    }));
    const parts = { cohorts: [cohort('X', [0])], pathways: [pathway([step('Work', 60)], ['X'])] };
    return inputOf(parts, { responses }, 'PlanOnly', DAY);
  };
  expect(inserting(10).activities).toHaveLength(11);
  expect(() => inserting(11)).toThrow(/make more than 1024 different ways of P\.Work together/);
});
