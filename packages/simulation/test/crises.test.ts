import type { Reading, Trigger } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runReplication, type SimulationInput } from '../src/index.js';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import { parseSimulationInput } from '../src/input/schema.js';
import { n } from './build.js';
import { inputOf, modelAndPlan, type Plan } from './crisis-runs.js';

const DAY = 86_400;

/** What a run finds of what is there without responses; what they bring is nothing in it. */
function figures(input: SimulationInput, like: SimulationInput, replication = 0): unknown {
  const { timeline: _, activities, work, flows, ...result } = runReplication(input, replication);
  return {
    ...result,
    flows,
    activities: activities.slice(0, like.activities.length),
    brought: activities.slice(like.activities.length).filter(({ starts }) => starts > 0),
    work: work.filter(({ activity }) => activity < like.activities.length),
  };
}

const isFull: Reading = {
  kind: 'operation',
  operator: '>',
  left: { kind: 'state', measure: 'queue', of: 'A' },
  right: { kind: 'constant', value: n(1e6) },
};

describe('a response that is never in force', () => {
  test('changes nothing, to the last bit, whatever it would do', () => {
    fc.assert(
      fc.property(modelAndPlan, ([parts, plan]) => {
        const idle: Plan = { ...plan, crises: [], triggers: plan.triggers.map((each) => never(each)) };
        const base = inputOf(parts, idle, 'Base');
        expect(figures(inputOf(parts, idle, 'PlanOnly'), base)).toEqual(figures(base, base));
      }),
      { numRuns: 90, seed: 21 },
    );
  });
});

function never(trigger: Trigger): Trigger {
  return { ...trigger, fires: { kind: 'condition', when: isFull } };
}

describe('a response that does nothing', () => {
  test('changes nothing while it is in force', () => {
    fc.assert(
      fc.property(modelAndPlan, ([parts, plan]) => {
        const empty: Plan = { ...plan, responses: plan.responses.map((each) => ({ ...each, patches: [] })) };
        const base = inputOf(parts, empty, 'NoPlan');
        expect(figures(inputOf(parts, empty, 'WithPlan'), base)).toEqual(figures(base, base));
      }),
      { numRuns: 60, seed: 22 },
    );
  });
});

describe('crises and responses at random', () => {
  test('give the same bytes in both builds of the engine', () => {
    fc.assert(
      fc.property(modelAndPlan, ([parts, plan]) => {
        const compiled = parseSimulationInput(JSON.parse(JSON.stringify(inputOf(parts, plan, 'WithPlan'))));
        const reference = JSON.stringify(runReplication(compiled, 1, undefined, typescriptEngine));
        expect(JSON.stringify(runReplication(compiled, 1, undefined, webAssemblyEngine))).toBe(reference);
      }),
      { numRuns: 50, seed: 23 },
    );
  });

  test('lose nobody, and keep the laws of every run', () => {
    fc.assert(
      fc.property(modelAndPlan, fc.integer({ min: 0, max: 9 }), ([parts, plan], replication) => {
        const { checks } = runReplication(inputOf(parts, plan, 'WithPlan', 3 * DAY), replication);
        expect(checks.filter((check) => !check.holds)).toEqual([]);
      }),
      { numRuns: 80, seed: 24 },
    );
  });
});
