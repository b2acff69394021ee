import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB, erlangC } from '@pathway/model';
import { coverFor } from '../src/index.js';
import { crewDelay, crewsOf, erlangBContinued, type TeamLoad, workloadPercentile } from '../src/team-load.js';
import { teamQueue } from './team-queue.js';

const load = fc.double({ min: 0.05, max: 60, noNaN: true });
const HALF = { kind: 'delay', most: 0.2 } as const;

describe('Erlang’s B between whole numbers', () => {
  it('is that of whole numbers there', () => {
    fc.assert(
      fc.property(load, fc.nat(80), (a, servers) => {
        expect(erlangBContinued(a, servers)).toBeCloseTo(erlangB(a, servers), 12);
        expect(erlangBContinued(a, servers + 1e-7)).toBeCloseTo(erlangB(a, servers), 4);
      }),
    );
  });

  it('is a^x e^(−a) / Γ(x + 1, a): at a half, by the error function', () => {
    // Γ(3/2, 1) = √π/2 erfc(1) + e^(−1), with erfc(1) = 0.157299207050285.
    const gamma = (Math.sqrt(Math.PI) / 2) * 0.157299207050285 + Math.exp(-1);
    expect(erlangBContinued(1, 0.5)).toBeCloseTo(Math.exp(-1) / gamma, 11);
  });
});

describe('work that takes several people at once', () => {
  it('asks for whole teams where all take as many: Erlang’s C of teams', () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 2, max: 5 }), (teams, size) => {
        const people = coverFor([{ size, load: teams * size }], HALF, 600);
        expect(people % size).toBe(0);
        expect(erlangC(teams, people / size)).toBeLessThanOrEqual(0.2);
        if (people > size) expect(erlangC(teams, people / size - 1)).toBeGreaterThan(0.2);
      }),
    );
  });

  it('has sizes that are means, whole but for rounding or between whole numbers', () => {
    expect(coverFor([{ size: 2 + 1e-12, load: 2.4 }], HALF, 600)).toBe(coverFor([{ size: 2, load: 2.4 }], HALF, 600));
    const between = coverFor([{ size: 1.5, load: 2.4 }], HALF, 600);
    expect(between).toBeGreaterThanOrEqual(coverFor(2.4, HALF, 600));
    expect(between).toBeLessThanOrEqual(coverFor([{ size: 2, load: 2.4 }], HALF, 600));
    expect(coverFor([{ size: 0.5, load: 2.4 }], HALF, 600)).toBe(coverFor(2.4, HALF, 600));
  });

  it('is never covered by fewer than its largest piece takes, nor by fewer than the work of one size does', () => {
    const several = fc.array(fc.record({ size: fc.integer({ min: 1, max: 6 }), load }), { minLength: 1, maxLength: 4 });
    const targets = [HALF, { kind: 'wait', share: 0.9, within: 600 }, { kind: 'mean wait', most: 300 }] as const;
    fc.assert(
      fc.property(several, fc.constantFrom(...targets), (loads, target) => {
        const people = coverFor(loads, target, 900);
        expect(people).toBeGreaterThanOrEqual(Math.max(...loads.map(({ size }) => size)));
        const [{ size }] = loads as [TeamLoad];
        const alone = loads.filter((each) => each.size === size);
        expect(people).toBeGreaterThanOrEqual(coverFor(alone, target, 900));
      }),
    );
  });

  it('has a percentile of the sum of sizes times Poisson counts', () => {
    // By hand: counts of mean 0.5 of singles and of mean 0.25 of pairs. P(0) = e^(−0.75), P(1) = 0.5 P(0), P(2) = (0.125 + 0.25) P(0).
    const loads: TeamLoad[] = [
      { size: 1, load: 0.5 },
      { size: 2, load: 0.5 },
    ];
    const none = Math.exp(-0.75);
    expect(workloadPercentile(loads, none - 1e-6)).toBe(0);
    expect(workloadPercentile(loads, none + 1e-6)).toBe(1);
    expect(workloadPercentile(loads, 1.5 * none + 1e-6)).toBe(2);
    expect(workloadPercentile(loads, 1.875 * none + 1e-6)).toBe(3);
  });

  it('keeps a percentile where its weights would not fit into a number', () => {
    const loads: TeamLoad[] = [
      { size: 1, load: 1000 },
      { size: 2, load: 2000 },
    ];
    // Nearly normal: mean 3,000, variance 1,000 + 4 × 1,000.
    expect(Math.abs(workloadPercentile(loads, 0.9) - (3000 + 1.2816 * Math.sqrt(5000)))).toBeLessThan(3);
  });

  it.each([
    {
      loads: [
        { size: 1, load: 3 },
        { size: 2, load: 4 },
      ],
    },
    {
      loads: [
        { size: 1, load: 8 },
        { size: 3, load: 3 },
      ],
    },
    {
      loads: [
        { size: 1, load: 0.4 },
        { size: 2, load: 0.6 },
      ],
    },
    {
      loads: [
        { size: 2, load: 6 },
        { size: 4, load: 12 },
      ],
    },
  ])('keeps the target in a simulated queue of teams: $loads', ({ loads }) => {
    const people = coverFor(loads, HALF, 600);
    const delay = teamQueue({ loads, people, patients: 200_000, seed: 11 });
    // Hayward's formula is an approximation: it may err by so much, and is told so in the guide.
    expect(Math.abs(delay - crewDelay(crewsOf(loads), Math.floor(people / crewsOf(loads).people)))).toBeLessThan(0.08);
    expect(delay).toBeLessThan(0.28);
  });
});
