import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Assessment,
  type AssessmentResult,
  type Consensus,
  consensusOf,
  type Instrument,
  latestAssessment,
} from '../../src/index.js';
import { ORIGIN } from '../build.js';

const SCIROCCO: Instrument = {
  id: 'S',
  name: 'S',
  origin: ORIGIN,
  points: { low: 0, high: 5 },
  split: { share: 1 / 3, band: 3 },
  stages: [
    { name: 'Initial', highest: 2 },
    { name: 'Progressing', highest: 4 },
    { name: 'Optimising', highest: 5 },
  ],
  dimensions: [
    { id: 'S.A', name: 'A', origin: ORIGIN, anchors: [] },
    { id: 'S.B', name: 'B', origin: ORIGIN, anchors: [] },
  ],
};

/** Raters who give points to A, and where given to B. */
function assessed(a: readonly number[], b: readonly number[] = [], date = '2026-01-15'): Assessment {
  return {
    id: `of ${date}`,
    name: 'Ready',
    origin: ORIGIN,
    territory: 'Devon',
    instrument: 'S',
    date,
    raters: a.map((points, i) => ({
      name: `R${i}`,
      origin: ORIGIN,
      ratings: [
        { dimension: 'S.A', points, origin: ORIGIN },
        ...(b[i] === undefined ? [] : [{ dimension: 'S.B', points: b[i], origin: ORIGIN }]),
      ],
    })),
    improvements: [],
  };
}

function resultOf(a: readonly number[], b?: readonly number[], instrument = SCIROCCO): AssessmentResult {
  return consensusOf(assessed(a, b), instrument);
}

function onA(points: readonly number[], instrument = SCIROCCO): Consensus {
  const [first] = resultOf(points, [], instrument).dimensions;
  if (first === undefined) throw new Error('the instrument has a dimension');
  return first;
}

describe('the consensus of raters', () => {
  // By hand: the rule of doi:10.5334/ijic.7747, where 4 of 12 ratings outside of the three points are a split.
  test.each([
    [
      'three outside of 12 are agreement',
      [3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0],
      { split: false, agreed: 3, stage: 'Progressing' },
    ],
    ['four outside of 12 are a split', [3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0], { split: true }],
    ['one outside of 3 is a split', [0, 4, 4], { split: true }],
    ['one outside of 4 is agreement', [0, 4, 4, 4], { split: false, agreed: 4, stage: 'Progressing' }],
    ['a median of 2.5 is rounded up', [2, 2, 3, 3], { split: false, median: 2.5, agreed: 3, stage: 'Progressing' }],
    ['a median of 2 is initial', [1, 2, 2, 3], { split: false, agreed: 2, stage: 'Initial' }],
    ['a median of 4.5 is optimising', [4, 4, 5, 5], { split: false, median: 4.5, agreed: 5, stage: 'Optimising' }],
    ['one rater agrees with themselves', [5], { split: false, agreed: 5, stage: 'Optimising' }],
    ['the ends of the scale are a split', [0, 0, 5, 5], { split: true, median: 2.5 }],
  ])('%s', (_name, points, wanted) => {
    const { split, median, agreed, stage } = onA(points);
    expect({ split, median, agreed, stage }).toMatchObject(wanted);
    if (wanted.split) expect([agreed, stage]).toEqual([undefined, undefined]);
  });

  test('the band is the one around the median that holds most, the lower of two as good', () => {
    expect(onA([1, 2, 3, 4, 4]).band).toEqual({ low: 2, high: 4, inside: 4 });
    expect(onA([1, 3, 5]).band).toEqual({ low: 1, high: 3, inside: 2 });
    expect(onA([5, 5, 5]).band).toEqual({ low: 3, high: 5, inside: 3 });
  });

  test('an instrument says otherwise when raters are split', () => {
    const strict = { ...SCIROCCO, split: { share: 0.25, band: 2 } };
    expect(onA([3, 3, 3, 1], strict).split).toBe(true);
    expect(onA([3, 3, 3, 3, 1], strict).split).toBe(false);
  });

  test('what nobody rated is not agreed upon', () => {
    const [, b] = resultOf([1, 2]).dimensions;
    expect(b).toMatchObject({ points: [], split: false });
    expect(b?.median).toBeUndefined();
  });

  // By hand: mean distances 0.5 within; alpha = 1 - (1/n) Σ (squares / (m - 1)) / (squares of all / (n (n - 1))).
  test('tells how far raters agree', () => {
    expect(onA([2, 3, 3, 4]).spread).toBeCloseTo(0.5, 12);
    expect(resultOf([1, 1], [4, 4]).alpha).toBeCloseTo(1, 12);
    // Units {1, 2}, {4, 5}: observed (2 + 2) / 4 = 1; all pairs 2 (1 + 9 + 16 + 4 + 9 + 1) / 12 = 80 / 12.
    expect(resultOf([1, 2], [4, 5]).alpha).toBeCloseTo(1 - 12 / 80, 12);
    expect(resultOf([3, 3], [3, 3]).alpha).toBeUndefined();
    expect(resultOf([3]).alpha).toBeUndefined();
  });

  test('does not hang on the order of raters, and moves with the points', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 15 }), (points) => {
        const one = onA(points);
        const other = onA(points.toReversed());
        expect([other.median, other.split, other.band]).toEqual([one.median, one.split, one.band]);
        const { median = 0, band } = one;
        expect(band && band.low <= median && median <= band.high).toBe(true);
        if (!one.split) expect(Math.abs((one.agreed ?? 99) - median)).toBeLessThanOrEqual(0.5);
      }),
      { seed: 8 },
    );
  });
});

test('the latest assessment counts: by date, then by order', () => {
  const [old, late, alsoLate] = [assessed([1], [], '2025-01-15'), assessed([2]), { ...assessed([3]), id: 'again' }];
  expect(latestAssessment([late, old], 'Devon', 'S')).toBe(late);
  expect(latestAssessment([late, alsoLate, old], 'Devon', 'S')).toBe(alsoLate);
  expect(latestAssessment([late], 'Turin', 'S')).toBeUndefined();
});
