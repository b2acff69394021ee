import * as fc from 'fast-check';
import type { Highs } from 'highs';
import { beforeAll, describe, expect, it } from 'vitest';
import { region } from '../bench/regions.js';
import { coverSkillMix } from '../src/skills/cover-skill-mix.js';
import { costOfMoves, type MixMove, type MixProblem } from '../src/skills/skill-mix.js';
import { loadSolver } from '../src/index.js';

let highs: Highs;
beforeAll(async () => {
  highs = await loadSolver();
});

/** Whether nobody works twice and nobody stands in without supervision or before the training is over. */
function holds({ pools, matches, turns }: MixProblem, moves: readonly MixMove[]): boolean {
  const at = (turn: number, counts: (match: number) => number): number =>
    moves.reduce((sum, move) => sum + (move.turn === turn ? counts(move.match) * move.people : 0), 0);
  return turns.every((_, turn) => {
    const works = pools.every(
      (pool, index) => at(turn, (match) => (matches[match]!.pool === index ? 1 : 0)) <= pool.onDuty[turn]!,
    );
    const rules = new Set(matches.flatMap(({ supervision }) => supervision ?? []));
    const supervised = [...rules].every((rule) => {
      const away = at(turn, (match) =>
        matches[match]!.kind === 'lent' && rule.by.includes(matches[match]!.pool) ? 1 : 0,
      );
      const there = rule.by.reduce((sum, pool) => sum + pools[pool]!.onDuty[turn]!, 0);
      return at(turn, (match) => (matches[match]!.supervision === rule ? 1 : 0)) <= rule.ratio * (there - away) + 1e-9;
    });
    return works && supervised && at(turn, (match) => (turn < (matches[match]!.from ?? 0) ? 1 : 0)) === 0;
  });
}

/** The least cost of all ways to share people out, by trying each. */
function leastByTrying(problem: MixProblem): number {
  const cells = problem.matches.flatMap((_, match) => problem.turns.map((_turn, turn) => ({ match, turn })));
  let least = Infinity;
  const choose = (index: number, moves: readonly MixMove[]): void => {
    if (!holds(problem, moves)) return;
    if (index === cells.length) {
      least = Math.min(least, costOfMoves(problem, moves).cost);
      return;
    }
    const cell = cells[index]!;
    const most = problem.pools[problem.matches[cell.match]!.pool]!.onDuty[cell.turn]!;
    for (let people = 0; people <= most; people += 1)
      choose(index + 1, people === 0 ? moves : [...moves, { ...cell, people }]);
  };
  choose(0, []);
  return least;
}

const small = fc
  .record({
    onDuty: fc.array(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 2 }), {
      minLength: 3,
      maxLength: 3,
    }),
    costs: fc.array(fc.integer({ min: 10, max: 40 }), { minLength: 3, maxLength: 3 }),
    required: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
    isJoined: fc.boolean(),
    from: fc.integer({ min: 0, max: 2 }),
    speed: fc.constantFrom(0.5, 0.8, 1),
    ratio: fc.constantFrom(0.5, 1, 2),
  })
  .map(({ onDuty, costs, required, isJoined, from, speed, ratio }): MixProblem => ({
    turns: [
      { id: 'early', hours: 8 },
      { id: 'late', hours: 9 },
    ],
    pools: onDuty.map((each, index) => ({ id: `P${index}`, onDuty: each, cost: costs[index]! })),
    tasks: [{ id: 'A' }, { id: 'B' }],
    matches: [
      { pool: 0, task: 0, speed: 1, kind: 'own' },
      { pool: 1, task: 1, speed: 1, kind: 'own' },
      { pool: 0, task: 1, speed: 0.875, kind: 'lent' },
      { pool: 2, task: 0, speed, kind: 'substitute', from, supervision: { ratio, by: [0] } },
    ],
    needs: isJoined
      ? [
          { task: 0, required: required[0]!, hours: 8, turns: [0] },
          { task: 0, required: required[1]!, hours: 1, turns: [0, 1] },
          { task: 1, required: required[2]!, hours: 9, turns: [1] },
        ]
      : required.map((each, index) => ({
          task: index % 2,
          required: each,
          hours: index < 2 ? 8 : 9,
          turns: [index < 2 ? 0 : 1],
        })),
    shortCost: 320,
    disruptionCost: 2,
  }));

describe('a skill mix', () => {
  it('costs as little as the best of all ways to share people out', () => {
    fc.assert(
      fc.property(small, (problem) => {
        const { moves, cost, bound } = coverSkillMix(highs, problem);
        expect(holds(problem, moves)).toBe(true);
        expect(cost).toBeCloseTo(leastByTrying(problem), 3);
        expect(bound).toBeCloseTo(cost, 1);
      }),
      { seed: 7, numRuns: 40 },
    );
  }, 20_000);

  it('holds its limits and comes near its bound in a region', () => {
    const problem = region(6, 6, 1, 1);
    const { moves, cost, bound } = coverSkillMix(highs, problem);
    expect(holds(problem, moves)).toBe(true);
    expect(costOfMoves(problem, moves).cost).toBeCloseTo(cost, 6);
    expect((cost - bound) / cost).toBeLessThan(0.02);
    expect(coverSkillMix(highs, problem).moves).toEqual(moves);
  });

  it('is short where nobody is on duty', () => {
    const problem: MixProblem = {
      turns: [{ id: 'night', hours: 9 }],
      pools: [{ id: 'P', onDuty: [0], cost: 30 }],
      tasks: [{ id: 'A' }],
      matches: [{ pool: 0, task: 0, speed: 1, kind: 'own' }],
      needs: [{ task: 0, required: 2, hours: 9, turns: [0] }],
      shortCost: 100,
      disruptionCost: 1,
    };
    expect(coverSkillMix(highs, problem)).toEqual({ moves: [], short: [2], cost: 1800, bound: 1800 });
  });
});
