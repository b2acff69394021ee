import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB, poissonProbabilities } from '@pathway/model';
import { pooledBlocking } from '../src/loss-network.js';

/** Offered loads of a published stroke service: patients a day × mean stay in days. */
const ACUTE = (0.24 * 7.4 + 0.13 * 4.6 + 0.63 * 7) / 1.2 + 1.8 / 9.3 + 4 / 3.6 + 3.8 / 3.2;
const REHAB = 9.7182;

describe('Erlang B on the published stroke service', () => {
  it('starts from the published acute load', () => {
    expect(ACUTE).toBeCloseTo(8.1455, 4);
  });
  it.each([
    [ACUTE, 9, 0.1806],
    [ACUTE, 10, 0.1283],
    [ACUTE, 11, 0.0867],
    [ACUTE, 12, 0.0556],
    [ACUTE, 13, 0.0337],
    [ACUTE, 14, 0.0192],
    [REHAB, 10, 0.2015],
    [REHAB, 12, 0.1091],
    [REHAB, 13, 0.0754],
    [REHAB, 14, 0.0497],
    [REHAB, 15, 0.0312],
    [REHAB, 16, 0.0186],
    [ACUTE + REHAB, 22, 0.0629],
    [ACUTE + REHAB, 26, 0.0158],
  ])('load %d on %i beds', (load, beds, delay) => {
    expect(Math.abs(erlangB(load, beds) - delay)).toBeLessThan(0.00006);
  });
});

describe('dedicated and pooled units', () => {
  it('blocks as Erlang B where nothing is pooled', () => {
    const [acute, rehab] = pooledBlocking({ loads: [ACUTE, REHAB], dedicated: [14, 12], pooled: 0 });
    expect(acute).toBeCloseTo(0.0192, 4);
    expect(rehab).toBeCloseTo(0.1091, 4);
  });

  it.each([
    [22, 0.0629],
    [26, 0.0158],
  ])('blocks both alike where all %i are pooled', (pooled, published) => {
    const [acute, rehab] = pooledBlocking({ loads: [ACUTE, REHAB], dedicated: [0, 0], pooled });
    expect(acute).toBeCloseTo(published, 4);
    expect(rehab).toBeCloseTo(acute, 12);
  });

  it('agrees with Erlang B for any loads, also far above the units', () => {
    const load = fc.double({ min: 0.05, max: 300, noNaN: true });
    fc.assert(
      fc.property(load, load, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (a, b, m, n) => {
        const [first, second] = pooledBlocking({ loads: [a, b], dedicated: [m, n], pooled: 0 });
        expect(first).toBeCloseTo(erlangB(a, m), 9);
        expect(second).toBeCloseTo(erlangB(b, n), 9);
        const [shared] = pooledBlocking({ loads: [a, b], dedicated: [0, 0], pooled: m });
        expect(shared).toBeCloseTo(erlangB(a + b, m), 9);
      }),
      { numRuns: 60 },
    );
  });

  it('is the stationary law of the Markov chain with exponential stays', () => {
    // Loads 2 and 1, one unit each and one shared; states (x1, x2) with (x1 - 1)+ + (x2 - 1)+ <= 1, iterated to rest.
    const states = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y] as const)).filter(([x, y]) => x + y < 4);
    const index = (x: number, y: number): number => states.findIndex(([a, b]) => a === x && b === y);
    let law = states.map(() => 1 / states.length);
    for (let i = 0; i < 4000; i++) {
      const next = [...law];
      states.forEach(([x, y], s) => {
        const moves = [
          [x + 1, y, 2],
          [x, y + 1, 1],
          [x - 1, y, x],
          [x, y - 1, y],
        ] as const;
        for (const [a, b, rate] of moves) {
          const t = index(a, b);
          if (t < 0) continue;
          next[s]! -= law[s]! * rate * 0.05;
          next[t]! += law[s]! * rate * 0.05;
        }
      });
      law = next;
    }
    const chance = (x: number, y: number): number => law[index(x, y)]!;
    const [first, second] = pooledBlocking({ loads: [2, 1], dedicated: [1, 1], pooled: 1 });
    expect(first).toBeCloseTo(chance(2, 0) + chance(2, 1) + chance(1, 2), 8);
    expect(second).toBeCloseTo(chance(0, 2) + chance(1, 2) + chance(2, 1), 8);
  });

  it('turns away fewer of both with every shared unit more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), fc.nat(8), (m, n, pooled) => {
        const fewer = pooledBlocking({ loads: [ACUTE, REHAB], dedicated: [m, n], pooled });
        const more = pooledBlocking({ loads: [ACUTE, REHAB], dedicated: [m, n], pooled: pooled + 1 });
        expect(more[0]).toBeLessThan(fewer[0]);
        expect(more[1]).toBeLessThan(fewer[1]);
      }),
    );
  });

  it('refuses parts of a unit', () => {
    expect(() => pooledBlocking({ loads: [1, 1], dedicated: [1.5, 1], pooled: 0 })).toThrow('must be whole');
    expect(() => pooledBlocking({ loads: [-1, 1], dedicated: [1, 1], pooled: 0 })).toThrow('load');
  });

  it('has a census that adds to 1', () => {
    for (const mean of [0, 0.3, 8.1455, 900])
      expect(poissonProbabilities(mean).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });
});
