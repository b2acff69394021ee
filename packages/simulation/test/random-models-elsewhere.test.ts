import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineProgram } from '@pathway/interchange';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runReplication } from '../src/index.js';
import { freshIds, input } from './build.js';
import { randomModel } from './random-models.js';

/** Of 200 figures the largest is beyond this by chance once in ten thousand times; a figure that is counted otherwise is far beyond. */
const MOST_ERRORS = 5;

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
        for (const [word, figure] of [
          ['wait', 'wait'],
          ['use', 'census'],
          ['queue', 'queue'],
        ] as const) {
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
