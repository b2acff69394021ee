import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineProgram } from '@pathway/interchange';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { parseSimulationInput, runReplication, type SimulationInput } from '../src/index.js';
import { cohort, freshIds, input, pathway, resource, step, together } from './build.js';
import { randomModel } from './random-models.js';

/** Of 200 figures the largest is beyond this by chance once in ten thousand times; a figure that is counted otherwise is far beyond. */
const MOST_ERRORS = 5;

/** What programs call the figures of a facility, and what we do. */
const FIGURES = [
  ['wait', 'wait'],
  ['use', 'census'],
  ['queue', 'queue'],
] as const;

interface Sample {
  readonly count: number;
  readonly mean: number;
  /** Of the mean. */
  readonly variance: number;
}

function sampleOf(values: readonly (number | null | undefined)[]): Sample {
  const known = values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as number[];
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count: known.length, mean, variance: squares / (known.length - 1) / known.length };
}

test('programs for SimPy find of random models what our engine finds', { timeout: 300_000 }, () => {
  if (spawnSync('python3', ['-c', 'import simpy']).status !== 0) {
    console.log('NOT TESTED: what programs for SimPy find of random models: it is not installed');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  try {
    let compared = 0;
    for (const [number, model] of fc.sample(randomModel, { numRuns: 12, seed: 1 }).entries()) {
      freshIds();
      const compiled = input(model, { run: 100_000 });
      const { files, refused, otherwise } = engineProgram(compiled, 'simpy', { replications: 5 });
      if (refused.length > 0 || otherwise.length > 0) continue;
      const file = join(folder, `${number}.py`);
      writeFileSync(file, files[0]?.content ?? '');
      const { stdout, stderr } = spawnSync('python3', [file, '--json', '--replications', '40'], { encoding: 'utf8' });
      expect(stderr).toBe('');
      const theirs = JSON.parse(stdout) as Readonly<Record<string, number | null>>[];
      const ours = Array.from({ length: 100 }, (_, replication) => runReplication(compiled, replication).facilities);
      compiled.facilities.forEach(({ id }, i) => {
        for (const [word, figure] of FIGURES) {
          const a = sampleOf(ours.map((facilities) => facilities[i]?.[figure]));
          const b = sampleOf(theirs.map((figures) => figures[`${word} ${id}`]));
          if (a.count < 30 || b.count < 30) continue;
          compared++;
          const allowed = MOST_ERRORS * Math.sqrt(a.variance + b.variance) + 1e-9 * Math.abs(a.mean);
          expect(
            Math.abs(a.mean - b.mean),
            `model ${number}: ${word} ${id}, ${a.mean} and ${b.mean}`,
          ).toBeLessThanOrEqual(allowed);
        }
      });
    }
    expect(compared).toBeGreaterThan(50);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** A thing of a simulation input with what it draws made certain: times are the first parameter, ways the first branch. */
function withoutChance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChance);
  if (typeof value !== 'object' || value === null) return value;
  const thing: Readonly<Record<string, unknown>> = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withoutChance(part)]),
  );
  const number = (amount: unknown): unknown => ({ op: 'number', value: amount });
  switch (thing.op) {
    case 'draw': {
      const { family, parameters } = z
        .looseObject({ family: z.string(), parameters: z.array(z.looseObject({ value: z.number() })) })
        .parse(thing);
      const [first, second] = parameters.map((each) => each.value);
      return number(family === 'gamma' ? first! * second! : first!);
    }
    case 'pick':
      return number(z.looseObject({ values: z.array(z.number()) }).parse(thing).values[0]);
    case 'share': {
      const { branches } = z.looseObject({ branches: z.array(z.looseObject({})) }).parse(thing);
      return { ...thing, branches: branches.map((branch, i) => ({ ...branch, share: number(i === 0 ? 1 : 0) })) };
    }
    case 'again':
      return 'again' in thing ? { ...thing, again: number(0) } : thing;
    default:
      return thing;
  }
}

/** Of each cohort that comes by chance, 40 patients at times that meet those of others now and then. */
function arrivingAt(cohorts: SimulationInput['cohorts']): SimulationInput['cohorts'] {
  return cohorts.map((each, place) =>
    each.arrivals.kind === 'renewal' || each.arrivals.kind === 'poisson'
      ? {
          ...each,
          arrivals: { kind: 'recorded', at: Array.from({ length: 40 }, (_, n) => 100.5 + 37 * place + n * 1917.3) },
        }
      : each,
  );
}

test('programs for SimPy come to the same figures where nothing is drawn', { timeout: 300_000 }, () => {
  if (spawnSync('python3', ['-c', 'import simpy']).status !== 0) {
    console.log('NOT TESTED: what programs for SimPy find without chance: it is not installed');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  try {
    let compared = 0;
    for (const [number, model] of fc.sample(randomModel, { numRuns: 30, seed: 5 }).entries()) {
      freshIds();
      const drawn = input(model, { run: 100_000 });
      const certain = parseSimulationInput(withoutChance(drawn));
      const compiled = { ...certain, cohorts: arrivingAt(certain.cohorts) };
      const { files, refused, otherwise } = engineProgram(compiled, 'simpy', { replications: 1 });
      if (refused.length > 0 || otherwise.length > 0) continue;
      const file = join(folder, `${number}.py`);
      writeFileSync(file, files[0]?.content ?? '');
      const { stdout, stderr } = spawnSync('python3', [file, '--json', '--replications', '1'], { encoding: 'utf8' });
      expect(stderr).toBe('');
      const [theirs = {}] = JSON.parse(stdout) as readonly Readonly<Record<string, number | null>>[];
      const { facilities } = runReplication(compiled, 0);
      compiled.facilities.forEach(({ id }, i) => {
        for (const [word, figure] of FIGURES) {
          compared++;
          expect(theirs[`${word} ${id}`] ?? 0, `model ${number}: ${word} ${id}`).toBeCloseTo(
            facilities[i]?.[figure] ?? 0,
            6,
          );
        }
      });
    }
    expect(compared).toBeGreaterThan(100);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('programs for SimPy begin branches in branches in the order of the text', { timeout: 60_000 }, () => {
  if (spawnSync('python3', ['-c', 'import simpy']).status !== 0) {
    console.log('NOT TESTED: the order of branches in programs for SimPy: it is not installed');
    return;
  }
  freshIds();
  const inner = together([step('First', 100, ['R'])], [step('Aside', 1)]);
  const model = {
    resources: [resource('R', 1)],
    cohorts: [cohort('X', [100, 1100, 2100])],
    pathways: [pathway([together([inner], [step('Second', 50, ['R'])])], ['X'])],
  };
  const compiled = input(model, { run: 10_500 });
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  try {
    const file = join(folder, 'nested.py');
    writeFileSync(file, engineProgram(compiled, 'simpy', { replications: 1 }).files[0]?.content ?? '');
    const { stdout, stderr } = spawnSync('python3', [file, '--json', '--replications', '1'], { encoding: 'utf8' });
    expect(stderr).toBe('');
    // Of each patient the first waits for nothing, the second for the first: 100 s.
    expect(runReplication(compiled, 0).facilities[0]?.wait).toBe(50);
    expect((JSON.parse(stdout) as Readonly<Record<string, number>>[])[0]?.['wait R']).toBe(50);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
