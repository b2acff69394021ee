import { type Formula, walkActivities } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import { runReplication } from '../src/study/replication.js';
import { indicator, input } from './build.js';
import { randomModel } from './random-models.js';

const DAY = 86_400;
const MOST = 400;
const COUNTS = Array.from({ length: MOST + 1 }, (_, n) => n);

/** P(what is looked at = n) for each n, and its mean over the window, of each thing that a condition can look at. */
function figuresOf(looksAt: readonly Formula[]) {
  return looksAt.flatMap((of, i) => [
    indicator(
      `Share${i}`,
      {
        kind: 'value',
        value: {
          kind: 'probability',
          condition: { kind: 'operation', operator: '=', left: of, right: { kind: 'variable', name: 'n' } },
        },
      },
      { table: { variable: 'n', values: COUNTS } },
    ),
    indicator(`Mean${i}`, { kind: 'value', value: of }),
  ]);
}

describe('shares of time with so many in use, waiting, waiting at a step, and there', () => {
  test.each([webAssemblyEngine, typescriptEngine])('have the means of the window, in models at random', (engine) => {
    fc.assert(
      fc.property(randomModel, fc.integer({ min: 0, max: 1e9 }), (parts, seed) => {
        const places = parts.pathways!.flatMap(({ body }) => [...walkActivities(body)]).map(({ activity }) => activity);
        const looksAt: Formula[] = [
          ...parts.resources!.flatMap(({ id: resource }): Formula[] => [
            { kind: 'census', resource },
            { kind: 'queue', target: { kind: 'resource', resource } },
            { kind: 'capacity', target: { kind: 'resource', resource } },
          ]),
          ...places
            .filter(({ kind }) => kind === 'step' || kind === 'hold')
            .map(({ id }): Formula => ({ kind: 'queue', target: { kind: 'activity', activity: id } })),
        ];
        const model = { ...parts, indicators: figuresOf(looksAt) };
        const compiled = input(model, { run: 2 * DAY, warmUp: 3600, seed });
        const { indicators } = runReplication(compiled, 0, undefined, engine);
        looksAt.forEach((of, i) => {
          const shares = indicators[2 * i]!.map(({ value }) => value ?? Number.NaN);
          const mean = indicators[2 * i + 1]![0]!.value ?? Number.NaN;
          const sum = shares.reduce((total, share) => total + share, 0);
          expect(sum, JSON.stringify(of)).toBeCloseTo(1, 9);
          expect(
            shares.reduce((total, share, n) => total + n * share, 0),
            JSON.stringify(of),
          ).toBeCloseTo(mean, 6);
        });
      }),
      { numRuns: 60, seed: 21 },
    );
  });
});
