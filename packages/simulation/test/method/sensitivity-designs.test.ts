import { describe, expect, test } from 'vitest';
import { morrisPaths, saltelliRows } from '../../src/method/design.js';
import { elementaryEffects, sobolIndices } from '../../src/method/effects.js';

const linear = (x: readonly number[]): number => 3 * (x[0] ?? 0) - 2 * (x[1] ?? 0) + 0 * (x[2] ?? 0) + 7;

/** T. Ishigami and T. Homma, ISUMA 1990, with a = 7 and b = 0.1, on the unit cube. */
function ishigami(x: readonly number[]): number {
  const [a = 0, b = 0, c = 0] = x.map((share) => Math.PI * (2 * share - 1));
  return Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a);
}

describe('paths of Morris', () => {
  const paths = morrisPaths(4, 25, 7);

  test('change each number once, by two thirds, and stay on the four levels', () => {
    for (const { points, steps } of paths) {
      expect(points.length).toBe(5);
      expect(steps.map(({ number }) => number).sort()).toEqual([0, 1, 2, 3]);
      points.flat().forEach((share) => expect([0, 1 / 3, 2 / 3, 1]).toContain(share));
      steps.forEach(({ number, by }, i) => {
        expect(Math.abs(by)).toBeCloseTo(2 / 3, 12);
        expect((points[i + 1]?.[number] ?? 0) - (points[i]?.[number] ?? 0)).toBeCloseTo(by, 12);
      });
    }
  });

  test('give the slopes of a linear function, without spread', () => {
    const three = morrisPaths(3, 6, 1);
    const effects = elementaryEffects(
      3,
      three,
      three.map(({ points }) => points.map(linear)),
    );
    expect(effects.map(({ mean }) => mean)).toEqual([
      expect.closeTo(3, 12),
      expect.closeTo(-2, 12),
      expect.closeTo(0, 12),
    ]);
    for (const { spread, meanSizeHalfWidth } of effects) {
      expect(spread).toBeCloseTo(0, 12);
      expect(meanSizeHalfWidth).toBeCloseTo(0, 12);
    }
    expect(effects[1]?.meanSize).toBeCloseTo(2, 12);
  });

  test('show by the spread what acts together, and by the size what cancels', () => {
    const product = (x: readonly number[]): number => ((x[0] ?? 0) - 0.5) * ((x[1] ?? 0) - 0.5);
    const two = morrisPaths(2, 40, 3);
    const [first] = elementaryEffects(
      2,
      two,
      two.map(({ points }) => points.map(product)),
    );
    expect(first?.meanSize).toBeGreaterThan(0.1);
    expect(Math.abs(first?.mean ?? 1)).toBeLessThan((first?.meanSize ?? 0) / 2);
    expect(first?.spread).toBeGreaterThan(0.1);
  });

  test('leave out steps without a figure', () => {
    const [only] = morrisPaths(1, 1, 1);
    expect(elementaryEffects(1, [only!], [[null, 3]])[0]).toMatchObject({ effects: 0, meanSize: 0 });
  });
});

describe('the indices of Sobol', () => {
  test('are those of the function of Ishigami, within their intervals', () => {
    const rows = saltelliRows(3, 4096, 11).map(({ a, b, mixed }) => ({
      a: ishigami(a),
      b: ishigami(b),
      mixed: mixed.map(ishigami),
    }));
    // Closed forms: V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2.
    const v1 = 0.5 * (1 + (0.1 * Math.PI ** 4) / 5) ** 2;
    const v2 = 49 / 8;
    const v13 = 0.01 * Math.PI ** 8 * (1 / 18 - 1 / 50);
    const v = v1 + v2 + v13;
    const exact = [
      { first: v1 / v, total: (v1 + v13) / v },
      { first: v2 / v, total: v2 / v },
      { first: 0, total: v13 / v },
    ];
    sobolIndices(3, rows).forEach(({ first, total }, i) => {
      expect(Math.abs(first.value - (exact[i]?.first ?? 0))).toBeLessThan(Math.max(0.02, 1.5 * first.halfWidth));
      expect(Math.abs(total.value - (exact[i]?.total ?? 0))).toBeLessThan(Math.max(0.02, 1.5 * total.halfWidth));
      expect(first.halfWidth).toBeLessThan(0.08);
    });
  });

  test('do not see luck that all points of a row share, but for the variance that it adds', () => {
    const luck = saltelliRows(1, 512, 5).map(({ a }) => 10 * (a[0] ?? 0));
    const rows = saltelliRows(3, 512, 2).map(({ a, b, mixed }, i) => ({
      a: linear(a) + (luck[i] ?? 0),
      b: linear(b) + (luck[i] ?? 0),
      mixed: mixed.map((point) => linear(point) + (luck[i] ?? 0)),
    }));
    const variance = (9 + 4 + 100) / 12;
    const [x, y, z] = sobolIndices(3, rows);
    expect(x?.total.value).toBeCloseTo(9 / 12 / variance, 1);
    expect(y?.total.value).toBeCloseTo(4 / 12 / variance, 1);
    expect(z?.total.value).toBeCloseTo(0, 12);
  });

  test('are 0 where nothing varies', () => {
    const rows = saltelliRows(2, 8, 1).map(() => ({ a: 1, b: 1, mixed: [1, 1] }));
    expect(sobolIndices(2, rows)[0]).toEqual({ first: { value: 0, halfWidth: 0 }, total: { value: 0, halfWidth: 0 } });
  });

  test('come from points that fill each range evenly', () => {
    const rows = saltelliRows(2, 16, 3);
    const slots = rows.map(({ a }) => Math.floor((a[0] ?? 0) * 16)).sort((x, y) => x - y);
    expect(slots).toEqual(Array.from({ length: 16 }, (_, i) => i));
  });
});
