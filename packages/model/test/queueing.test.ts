import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  erlangB,
  erlangC,
  fewestServers,
  poissonProbabilities,
  waitingLine,
  waitingLongerThan,
} from '../src/queueing.js';

describe("Erlang's formulas", () => {
  it('B is P(N = n) / P(N <= n) of a Poisson census', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 200, noNaN: true }), fc.integer({ min: 0, max: 250 }), (load, n) => {
        const census = poissonProbabilities(load);
        const upTo = census.slice(0, n + 1).reduce((sum, each) => sum + each, 0);
        fc.pre(upTo > 1e-9);
        expect((census[n] ?? 0) / upTo).toBeCloseTo(erlangB(load, n), 9);
      }),
    );
  });

  it('B stays stable for large systems', () => {
    // B(n, n) ≈ sqrt(2 / (π n)) for large n, from Stirling's formula.
    expect(erlangB(100_000, 100_000)).toBeCloseTo(Math.sqrt(2 / (Math.PI * 100_000)), 5);
    expect(erlangB(5, 0)).toBe(1);
    expect(erlangB(0, 3)).toBe(0);
  });

  it('C lies between B and 1, and is 1 where the load reaches the servers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.01, max: 0.999, noNaN: true }), (n, share) => {
        expect(erlangC(n * share, n)).toBeGreaterThanOrEqual(erlangB(n * share, n));
        expect(erlangC(n * share, n)).toBeLessThanOrEqual(1);
      }),
    );
    expect(erlangC(3, 3)).toBe(1);
    expect(erlangC(9, 2)).toBe(1);
  });

  it('gives the waits of M/M/1 and M/M/2 as by hand', () => {
    // M/M/1 with load 0.8 and service 10: W = 0.8 × 10 / (1 − 0.8) = 40, P(W > t) = 0.8 exp(−0.2 t / 10).
    expect(waitingLine(0.8, 1, 10).meanWait).toBeCloseTo(40, 10);
    expect(waitingLongerThan(0.8, 1, 10, 50)).toBeCloseTo(0.8 * Math.exp(-1), 12);
    // M/M/2 with load 1: C = 1/3, W = 10 / 3.
    expect(waitingLine(1, 2, 10).waiting).toBeCloseTo(1 / 3, 14);
    expect(waitingLine(1, 2, 10).meanWait).toBeCloseTo(10 / 3, 12);
    expect(waitingLine(1, 1, 10).meanWait).toBe(Number.POSITIVE_INFINITY);
    expect(waitingLine(0, 2, 10)).toEqual({ waiting: 0, meanWait: 0 });
  });

  it('integrates the tail of the wait to its mean', () => {
    // E[W] = ∫ P(W > t) dt, by the trapezium rule.
    const step = 0.05;
    let sum = 0;
    for (let t = 0; t < 600; t += step)
      sum += (step * (waitingLongerThan(3.2, 4, 10, t) + waitingLongerThan(3.2, 4, 10, t + step))) / 2;
    expect(sum).toBeCloseTo(waitingLine(3.2, 4, 10).meanWait, 4);
  });

  it('C is the load for one server and a² / (2 + a) for two', () => {
    for (const load of [0.1, 0.5, 0.9]) expect(erlangC(load, 1)).toBeCloseTo(load, 12);
    for (const load of [0.3, 1, 1.7]) expect(erlangC(load, 2)).toBeCloseTo((load * load) / (2 + load), 12);
    expect(erlangC(0, 3)).toBe(0);
  });

  it('finds the fewest servers by hand', () => {
    // Load 0.5: C is 0.5 with one server and 0.25 / 2.5 = 0.1 with two.
    expect(fewestServers(0.5, 0.5)).toBe(1);
    expect(fewestServers(0.5, 0.2)).toBe(2);
    expect(fewestServers(0, 0.2)).toBe(0);
    expect(() => fewestServers(1, 0)).toThrow('above 0');
  });

  it('refuses what has no meaning', () => {
    expect(() => erlangB(1, 1.5)).toThrow('must be whole');
    expect(() => erlangB(-1, 2)).toThrow('0 or more');
    expect(() => waitingLine(1, 2, 0)).toThrow('above 0');
    expect(() => poissonProbabilities(Number.NaN)).toThrow('0 or more');
  });
});

describe('the Poisson census', () => {
  it('has its mean, its variance and its known probabilities', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 2000, noNaN: true }), (mean) => {
        const census = poissonProbabilities(mean);
        const found = census.reduce((sum, p, n) => sum + n * p, 0);
        const variance = census.reduce((sum, p, n) => sum + (n - found) ** 2 * p, 0);
        expect(Math.abs(found / mean - 1)).toBeLessThan(1e-9);
        expect(Math.abs(variance / mean - 1)).toBeLessThan(1e-9);
      }),
    );
    expect(poissonProbabilities(3)[2]).toBeCloseTo((9 / 2) * Math.exp(-3), 14);
    expect([...poissonProbabilities(0)]).toEqual([1]);
  });
});
