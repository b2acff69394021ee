import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cheapestPoint, type Point, type PointVerdict, pointCount } from '../../src/method/search.js';

const range = (low: number, high: number): { low: number; high: number } => ({ low, high });

/** Looks that count themselves. */
function counting(meets: (point: Point) => boolean): {
  look: (point: Point) => Promise<PointVerdict>;
  count: () => number;
} {
  let count = 0;
  return {
    look: (point) => {
      count++;
      return Promise.resolve(meets(point) ? 'meets' : 'fails');
    },
    count: () => count,
  };
}

describe('the search for the cheapest point', () => {
  test('finds what looking at every point finds, wherever more never hurts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 6 })), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
        fc.array(fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 3, maxLength: 3 }), { maxLength: 4 }),
        async (widths, weights, corners) => {
          const ranges = widths.map(([low, width]) => range(low, low + width));
          // Whatever is at least one of the corners meets: a set that only grows with more of anything.
          const meets = (point: Point): boolean =>
            corners.some((corner) => point.every((value, i) => value >= (corner[i] ?? 0)));
          const cost = (point: Point): number => point.reduce((sum, value, i) => sum + value * (weights[i] ?? 1), 0);
          const quick = await cheapestPoint({ ranges, weights, monotone: true }, counting(meets).look);
          const slow = await cheapestPoint({ ranges, weights, monotone: false }, counting(meets).look);
          expect(quick.best === undefined).toBe(slow.best === undefined);
          if (quick.best !== undefined && slow.best !== undefined) expect(cost(quick.best)).toBe(cost(slow.best));
          expect(quick.tried.length).toBeLessThanOrEqual(pointCount({ ranges }));
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test('halves a range, and walks along an edge in two dimensions', async () => {
    const line = counting(([x = 0]) => x >= 700);
    const found = await cheapestPoint({ ranges: [range(0, 1000)], weights: [1], monotone: true }, line.look);
    expect(found).toMatchObject({ best: [700], complete: true });
    expect(line.count()).toBeLessThan(15);
    const plane = counting(([x = 0, y = 0]) => x * y >= 200);
    const best = await cheapestPoint(
      { ranges: [range(1, 40), range(1, 40)], weights: [1, 2], monotone: true },
      plane.look,
    );
    expect(best.best).toEqual([20, 10]);
    expect(plane.count()).toBeLessThan(60);
  });

  test('says at once that nothing meets, where the most of everything does not', async () => {
    const none = counting(() => false);
    const space = { ranges: [range(0, 50), range(0, 50)], weights: [1, 1], monotone: true };
    expect(await cheapestPoint(space, none.look)).toMatchObject({ best: undefined, complete: true });
    expect(none.count()).toBe(1);
  });

  test('goes from the cheapest on where more may hurt', async () => {
    const odd = counting(([x = 0]) => x % 7 === 5);
    const found = await cheapestPoint({ ranges: [range(0, 30)], weights: [1], monotone: false }, odd.look);
    expect(found.best).toEqual([5]);
    expect(odd.count()).toBe(6);
  });

  test('keeps what it has when it is stopped', async () => {
    let looks = 0;
    const found = await cheapestPoint({ ranges: [range(0, 100)], weights: [1], monotone: true }, () =>
      Promise.resolve(++looks > 1 ? undefined : 'meets'),
    );
    expect(found).toMatchObject({ best: [100], complete: false });
  });
});
