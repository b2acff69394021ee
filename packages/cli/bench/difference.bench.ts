import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { runCli } from '../test/run-cli.js';

/**
 * `pathway diff` between two versions of a project of 50 files and 8,000 lines that differ in a bed count, a time and a
 * step, beside `pathway check` of one of them: what comes on top of reading both.
 */
const cwd = mkdtempSync(join(tmpdir(), 'pathway-bench-'));
for (const version of ['before', 'after']) {
  mkdirSync(join(cwd, version));
  for (let ward = 0; ward < 50; ward++) {
    const text = wardText(ward);
    const name = join(cwd, version, `ward-${ward}.pathway`);
    writeFileSync(name, version === 'before' || ward > 2 ? text : changed(text));
  }
}
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** About 160 lines: people, beds, patients, and 24 steps one after the other. */
function wardText(ward: number): string {
  const steps = Array.from(
    { length: 24 },
    (_, step) => `  step Work${step} "Work ${step}" {
    at Hospital${ward}
    by 1 Nurse${ward}
    takes triangular(${step + 1} min, ${step + 4} min, ${step + 9} min)
  }
`,
  );
  return `organisation Hospital${ward} "Hospital ${ward}" { sector hospital }
role Nurse${ward} "Nurse of ward ${ward}"
staff 30 Nurse${ward} at Hospital${ward} { on duty 20 }
resource Bed${ward} "Bed of ward ${ward}" { at Hospital${ward}  count 12 }
cohort Patients${ward} "Patients of ward ${ward}" { arrives every exponential(12 h) }
pathway Care${ward} "Care in ward ${ward}" for Patients${ward} {
  owner Hospital${ward}
${steps.join('')}  hold 1 Bed${ward} as Stay { step Rest { takes 2 d } }
}
`;
}

function changed(text: string): string {
  return text
    .replace('count 12', 'count 14')
    .replace('step Work3 "Work 3"', 'step Review "Review"')
    .replace('2 d', '3 d');
}

const OPTIONS = { iterations: 3, warmupIterations: 1, time: 0, warmupTime: 0 };

function running(name: string, args: readonly string[], expected: number): void {
  bench(
    name,
    async () => {
      const { exitCode, err } = await runCli(args, { cwd });
      if (exitCode !== expected) throw new Error(err);
    },
    OPTIONS,
  );
}

describe('50 files', () => {
  running('pathway check, the reference', ['check', 'before'], 0);
  running('pathway diff', ['diff', '--from', 'before', '--to', 'after'], 2);
  running('pathway diff --fast, with closed forms', ['diff', '--from', 'before', '--to', 'after', '--fast'], 2);
});
