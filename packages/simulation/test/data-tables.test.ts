import type { Attribute, Column, Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { mergeReplications } from '../src/study/merge.js';
import { estimateOf } from '../src/statistics/estimate.js';
import { cohort, draw, every, HERE, indicator, input, log, n, pathway, run, step } from './build.js';

const column = (name: string, cells: Column['cells'], categories: readonly string[] = []): Attribute => ({
  name,
  origin: HERE,
  categories,
  value: {
    kind: 'column',
    table: 'patients.csv',
    column: name,
    cells,
    ...(categories.length === 0 && { dimension: { time: 0, money: 0 } }),
  },
});
const takes = (name: string) => step('S', { kind: 'attribute', name });

describe('attributes from a file', () => {
  test('are those of the row of each recorded arrival, in the order of time', () => {
    const parts: Partial<Model> = {
      cohorts: [
        cohort(
          'X',
          { kind: 'recorded', times: [60, -5, 0, 60, 900], table: 'patients.csv' },
          { attributes: [column('stay', [9, 1, 4, 2, 3])] },
        ),
      ],
      pathways: [pathway([takes('stay')], ['X'])],
    };
    // The second is before the clock, the last after it; of the two at 60 the first row comes first.
    expect(log(parts, { run: 500 }, ['end'])).toEqual(['4 X 0 end S', '62 X 2 end S', '69 X 1 end S']);
  });

  test('belong together as in the rows, each as likely as the others', () => {
    const ages = [10, 20, 30, 40];
    const parts: Partial<Model> = {
      cohorts: [
        cohort(
          'X',
          { kind: 'every', between: n(50) },
          {
            attributes: [
              column('age', ages),
              column(
                'twice',
                ages.map((age) => 2 * age),
              ),
              column('route', ['a', 'b', 'b', 'b'], ['a', 'b']),
            ],
          },
        ),
      ],
      pathways: [
        pathway(
          [
            step('S', {
              kind: 'function',
              name: 'absolute',
              arguments: [
                {
                  kind: 'binary',
                  operator: '-',
                  left: { kind: 'attribute', name: 'twice' },
                  right: { kind: 'binary', operator: '*', left: n(2), right: { kind: 'attribute', name: 'age' } },
                },
              ],
            }),
            takes('age'),
          ],
          ['X'],
        ),
      ],
      indicators: [indicator('T', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } }, { by: 'route' })],
    };
    const [first] = run(parts, { run: 500_000 }, 1);
    const [all, a, b] = first!.indicators[0]!;
    expect(a!.sample).toMatchObject({ minimum: 10, maximum: 10 });
    expect(b!.sample).toMatchObject({ minimum: 20, maximum: 40 });
    const count = all!.sample!.count;
    // A mean of 25 with the variance 125 of the four rows; a quarter of them on route a.
    expect(Math.abs(all!.value! - 25)).toBeLessThan(4 * Math.sqrt(125 / count));
    expect(Math.abs(a!.sample!.count / count - 0.25)).toBeLessThan(4 * Math.sqrt(0.1875 / count));
  });

  test('tell how far their groups are apart, in each replication', () => {
    const route: Attribute = {
      name: 'route',
      origin: HERE,
      value: { kind: 'one of', options: [{ value: 'a', share: n(0.5) }, { value: 'b' }] },
      categories: ['a', 'b'],
    };
    const parts: Partial<Model> = {
      cohorts: [cohort('X', every(10), { attributes: [route] })],
      pathways: [pathway([step('S', draw('exponential', { mean: 5 }))], ['X'])],
      indicators: [indicator('T', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } }, { by: 'route' })],
    };
    const made = input(parts, { run: 50_000 });
    const results = run(parts, { run: 50_000 }, 8);
    const [all, a, b] = mergeReplications(made, 'Today', results).indicators;
    expect([all?.gap, a?.gap]).toEqual([undefined, undefined]);
    const gaps = results.map(({ indicators }) => indicators[0]![2]!.value! - indicators[0]![1]!.value!);
    expect(b?.gap).toEqual(estimateOf(gaps));
  });

  test('stand in cohorts only', () => {
    const parts = { cohorts: [cohort('X', [0])], pathways: [pathway([step('S', column('age', [1]).value)], ['X'])] };
    expect(() => input(parts, { run: 10 })).toThrow(/belongs to an attribute of a cohort/);
  });
});
