import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  erlangB,
  erlangC,
  meanWait,
  pooledBlocking,
  poissonProbability,
  poissonTable,
  waitPercentile,
  waitTail,
} from '../src/index.js';

/** Loads of the published stroke service: arrivals per day times mean stay in days. */
const ACUTE = (0.24 * 7.4 + 0.13 * 4.6 + 0.63 * 7) / 1.2 + 1.8 / 9.3 + 4 / 3.6 + 3.8 / 3.2;
const REHAB = 9.7182;

describe('Erlang B on the published stroke service', () => {
  it('has the published acute load', () => {
    expect(ACUTE).toBeCloseTo(8.1455, 4);
  });
  it.each([
    [9, 0.1806],
    [10, 0.1283],
    [11, 0.0867],
    [12, 0.0556],
    [13, 0.0337],
    [14, 0.0192],
  ])('%i acute beds', (beds, delay) => expect(erlangB(beds, ACUTE)).toBeCloseTo(delay, 4));
  it.each([
    [10, 0.2015],
    [12, 0.1091],
    [13, 0.0754],
    [14, 0.0497],
    [15, 0.0312],
    [16, 0.0186],
  ])('%i rehabilitation beds', (beds, delay) => expect(erlangB(beds, REHAB)).toBeCloseTo(delay, 4));
  it.each([
    [22, 0.0629],
    [26, 0.0158],
  ])('%i pooled beds', (beds, delay) => expect(erlangB(beds, ACUTE + REHAB)).toBeCloseTo(delay, 4));
});

describe('dedicated and pooled units', () => {
  it('is Erlang B where nothing is pooled, and where everything is', () => {
    const apart = pooledBlocking({ loads: [ACUTE, REHAB], dedicated: [14, 12], pooled: 0 });
    expect(apart[0]).toBeCloseTo(0.0192, 4);
    expect(apart[1]).toBeCloseTo(0.1091, 4);
    const together = pooledBlocking({ loads: [ACUTE, REHAB], dedicated: [0, 0], pooled: 22 });
    expect(together[0]).toBeCloseTo(0.0629, 4);
    expect(together[1]).toBeCloseTo(together[0], 12);
  });

  it.each([
    // Sums over the two Poisson censuses by hand: P(own beds taken and pool full) / P(pool not overfull).
    [11, 11, 4, 0.0169, 0.0357],
    [10, 10, 6, 0.0153, 0.0259],
    [9, 8, 9, 0.0147, 0.0205],
  ])('%i + %i + %i pooled beds', (acute, rehab, pooled, pAcute, pRehab) => {
    const [a, r] = pooledBlocking({ loads: [8.1455, REHAB], dedicated: [acute, rehab], pooled });
    expect(a).toBeCloseTo(pAcute, 4);
    expect(r).toBeCloseTo(pRehab, 4);
  });

  it('agrees with Erlang B for any split without a pool', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 40, noNaN: true }), fc.integer({ min: 0, max: 40 }), (load, units) => {
        const [blocked] = pooledBlocking({ loads: [load, 3], dedicated: [units, 5], pooled: 0 });
        expect(blocked).toBeCloseTo(erlangB(units, load), 10);
      }),
    );
  });
});

describe('Erlang B and C', () => {
  it('B is P(N = n) / P(N ≤ n) of a Poisson census', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 200, noNaN: true }), fc.integer({ min: 0, max: 250 }), (load, n) => {
        const { probabilities } = poissonTable(load);
        const upTo = probabilities.slice(0, n + 1).reduce((sum, each) => sum + each, 0);
        fc.pre(upTo > 1e-9);
        expect((probabilities[n] ?? 0) / upTo).toBeCloseTo(erlangB(n, load), 9);
      }),
    );
  });

  it('stays stable for large systems', () => {
    // B(n, n) ≈ sqrt(2 / (π n)) for large n (from Stirling's formula).
    expect(erlangB(100_000, 100_000)).toBeCloseTo(Math.sqrt(2 / (Math.PI * 100_000)), 5);
    expect(erlangB(0, 5)).toBe(1);
    expect(erlangB(3, 0)).toBe(0);
  });

  it('C lies above B and reaches 1 at full load', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.999, noNaN: true }), (units, share) => {
        const load = units * share;
        expect(erlangC(units, load)).toBeGreaterThanOrEqual(erlangB(units, load));
        expect(erlangC(units, load)).toBeLessThanOrEqual(1);
      }),
    );
    expect(erlangC(3, 3)).toBe(1);
    expect(erlangC(2, 9)).toBe(1);
  });

  it('gives the waits of M/M/1 and M/M/2 by hand', () => {
    // M/M/1, ρ = 0.8, service 10: W = ρ s / (1 − ρ) = 40; P(W > t) = ρ exp(−(1 − ρ) t / s).
    const one = { units: 1, arrivalRate: 0.08, meanService: 10 };
    expect(meanWait(one)).toBeCloseTo(40, 10);
    expect(waitTail(one, 50)).toBeCloseTo(0.8 * Math.exp(-1), 12);
    expect(waitPercentile(one, 0.9)).toBeCloseTo((10 / 0.2) * Math.log(0.8 / 0.1), 10);
    expect(waitPercentile(one, 0.1)).toBe(0);
    // M/M/2, a = 1: C = 1/3, W = C s / (2 − 1).
    expect(erlangC(2, 1)).toBeCloseTo(1 / 3, 14);
    expect(meanWait({ units: 2, arrivalRate: 0.1, meanService: 10 })).toBeCloseTo(10 / 3, 12);
    expect(meanWait({ units: 1, arrivalRate: 1, meanService: 1 })).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses what has no meaning', () => {
    expect(() => erlangB(1.5, 1)).toThrow('whole number');
    expect(() => erlangB(2, -1)).toThrow('0 or more');
    expect(() => poissonTable(Number.NaN)).toThrow('0 or more');
    expect(() => waitPercentile({ units: 1, arrivalRate: 0.1, meanService: 1 }, 1)).toThrow('below 1');
  });

  it('knows a Poisson probability', () => {
    expect(poissonProbability(2, 3)).toBeCloseTo((9 / 2) * Math.exp(-3), 14);
    expect(poissonProbability(-1, 3)).toBe(0);
  });
});
