import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONSTRUCTS, type Engine, engineProgram, ENGINES } from '@pathway/interchange';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { SimulationInput } from '../src/index.js';
import {
  choose,
  cohort,
  draw,
  finish,
  freshIds,
  HERE,
  hold,
  input,
  n,
  need,
  pathway,
  resource,
  step,
  together,
} from './build.js';
import { knownModels } from './known-models.js';
import { randomModel } from './random-models.js';

const folder = mkdtempSync(join(tmpdir(), 'engines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPTIONS = { replications: 5 };

/** Whether a command runs; says that something is not tested where it does not. */
function works(command: string, values: readonly string[], what: string): boolean {
  const found = spawnSync(command, values).status === 0;
  if (!found) console.log(`NOT TESTED: ${what}`);
  return found;
}

const models = Object.entries(knownModels).map(([name, make]) => [name, make()] as const);

function written(engine: Engine, inputs: readonly SimulationInput[], extension: string): string[] {
  return inputs.flatMap((each, i) => {
    const { files } = engineProgram(each, engine, OPTIONS);
    return files
      .filter((file) => file.extension === extension)
      .map(({ content }) => {
        const file = join(folder, `${engine}-${i}${extension}`);
        writeFileSync(file, content);
        return file;
      });
  });
}

function generated(count: number): SimulationInput[] {
  return fc.sample(randomModel, { numRuns: count, seed: 20 }).map((model) => {
    freshIds();
    return input(model, { run: 100_000 });
  });
}

test('every construct of a generated model is in the program, or is named', () => {
  fc.assert(
    fc.property(randomModel, fc.constantFrom(...ENGINES), (model, engine) => {
      freshIds();
      const compiled = input(model, { run: 100_000 });
      const { files, refused, otherwise, unshown } = engineProgram(compiled, engine, OPTIONS);
      expect(files.length > 0).toBe(refused.length === 0);
      for (const line of [...refused, ...otherwise, ...unshown]) {
        const [construct = ''] = line.split(':');
        expect(Object.keys(CONSTRUCTS)).toContain(construct);
      }
      const breaks = compiled.pools.some(({ breakdown }) => breakdown !== undefined);
      const told = [...refused, ...otherwise].some((line) => line.startsWith('breakdowns:'));
      expect(told).toBe(breaks && CONSTRUCTS.breakdowns[engine] !== 'said');
      expect(engineProgram(compiled, engine, OPTIONS)).toEqual({ files, refused, otherwise, unshown });
    }),
    { numRuns: 100 },
  );
});

test.each(['simpy', 'ciw'] as const)(
  'a program for %s does every piece of work of the model, once in the text',
  (engine) => {
    const said = models.filter(([, each]) => engineProgram(each, engine, OPTIONS).refused.length === 0);
    expect(said.length).toBeGreaterThan(1);
    for (const [name, compiled] of said) {
      const text = engineProgram(compiled, engine, OPTIONS).files[0]?.content ?? '';
      const work = compiled.instructions.filter(({ op }) => op === 'work').length;
      expect(text.match(/yield from p\.work\(/g)?.length, name).toBe(work);
      for (const { title } of compiled.activities) expect(text).toContain(title);
    }
  },
);

test('programs for simmer are R, and do every piece of work of the model', () => {
  const said = models.filter(([, each]) => engineProgram(each, 'simmer', OPTIONS).refused.length === 0);
  expect(said.length).toBeGreaterThan(2);
  for (const [name, compiled] of said) {
    const text = engineProgram(compiled, 'simmer', OPTIONS).files[0]?.content ?? '';
    const work = compiled.instructions.filter(({ op }) => op === 'work').length;
    expect(text.match(/ work\("/g)?.length, name).toBe(work);
  }
  if (!works('Rscript', ['--version'], 'whether programs for simmer are R: Rscript is not installed')) return;
  const files = written('simmer', [...models.map(([, each]) => each), ...generated(60)], '.R');
  const parse = 'for (file in commandArgs(trailingOnly = TRUE)) parse(file)';
  const { status, stderr } = spawnSync('Rscript', ['-e', parse, ...files], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test.each(['simpy', 'ciw'] as const)('programs for %s are Python', (engine) => {
  if (!works('python3', ['--version'], `whether programs for ${engine} are Python: python3 is not installed`)) return;
  const files = written(engine, [...models.map(([, each]) => each), ...generated(60)], '.py');
  const { status, stderr } = spawnSync('python3', ['-m', 'py_compile', ...files], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('groups are said in full, or refused by name', () => {
  const group = draw('poisson', { mean: 2 });
  const daily = { slot: 43_200, values: [1, 2], anchor: 'day' } as const;
  const rate = { kind: 'rate', rate: n(0.3), group } as const;
  const coming = [{ kind: 'every', between: n(9), first: n(3), group }, rate, { ...rate, profile: daily }] as const;
  const inputs = coming.map((arrivals) =>
    input(
      {
        resources: [resource('R', 2)],
        cohorts: [cohort('X', arrivals)],
        pathways: [pathway([step('S', 2, ['R'])], ['X'])],
      },
      { run: 100_000 },
    ),
  );
  const texts = (engine: Engine): string[] =>
    inputs.map((each) => {
      const { files, refused, otherwise } = engineProgram(each, engine, OPTIONS);
      expect([refused, otherwise]).toEqual([[], []]);
      return files[0]?.content ?? '';
    });
  for (const engine of ['simpy', 'ciw'] as const) {
    const counts = texts(engine).map(
      (text) => text.match(/^ +for _ in range\(max\(0, rounded\(poisson\(2\)\)\)\):$/gm)?.length,
    );
    expect(counts).toEqual([2, 1, 1]);
  }
  const [late, steady, changing] = texts('simmer');
  expect(late).toContain('in_groups(beginning_with(');
  expect(steady).toMatch(/in_groups\(function\(\) exponential\([^)]*\), function\(\) poisson\(2\)\)/);
  expect(changing).toMatch(/at\(batches\(times_at_rate\(/);
  for (const each of inputs) {
    const { files, refused } = engineProgram(each, 'prosimos', OPTIONS);
    expect([files, refused.some((line) => line.startsWith('arrivals in groups:'))]).toEqual([[], true]);
  }
  if (!works('Rscript', ['--version'], 'how groups come in R: Rscript is not installed')) return;
  const [, part = ''] = /^(beginning_with <-[\s\S]*?^}$[\s\S]*?^in_groups <-[\s\S]*?^})$/m.exec(late ?? '') ?? [];
  const run = [
    'END <- 100; rounded <- function(x) floor(x + 0.5); sizes <- c(2, 0, 0, 3, 1)',
    part,
    'at <- 0; size <- function() { at <<- at + 1; sizes[at] }',
    'gaps <- in_groups(beginning_with(function() 3, function() 10), size)',
    'cat(cumsum(c(gaps(), gaps(), gaps())))',
  ];
  const { stdout, stderr } = spawnSync('Rscript', ['-e', run.join('\n')], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('3 3 33 33 33 43');
});

const RUNS = {
  simpy: {
    finds: ['python3', ['-c', 'import simpy']],
    command: 'python3',
    extension: '.py',
    times: ['--replications', '8'],
  },
  ciw: {
    finds: ['python3', ['-c', 'import ciw']],
    command: 'python3',
    extension: '.py',
    times: ['--replications', '8'],
  },
  simmer: {
    finds: ['Rscript', ['-e', 'library(simmer)']],
    command: 'Rscript',
    extension: '.R',
    times: ['--replications=8'],
  },
} as const;

test.each(['simpy', 'ciw', 'simmer'] as const)(
  'programs for %s find what a queue with ten servers is known to do',
  { timeout: 60_000 },
  (engine) => {
    const { finds, command, extension, times } = RUNS[engine];
    if (!works(finds[0], [...finds[1]], `what programs for ${engine} find: it is not installed`)) return;
    const short = { ...knownModels['M/M/10']!(), run: 10_000, warmUp: 500 };
    const [file = ''] = written(engine, [short], extension);
    const { stdout, stderr } = spawnSync(command, [file, '--json', ...times], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const runs = JSON.parse(stdout) as Readonly<Record<string, number>>[];
    const use = runs.map((run) => run['use R'] ?? Number.NaN);
    const waits = runs.map((run) => run['wait R'] ?? Number.NaN);
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    // Load 8; Erlang C of ten servers is 0.4092, and the mean wait that over 10/8 − 1.
    expect(Math.abs(mean(use) - 8)).toBeLessThan(0.2);
    expect(Math.abs(mean(waits) - 1.637)).toBeLessThan(0.6);
  },
);

test('who is there at the start is told where a program cannot say it, and is placed before the window elsewhere', () => {
  freshIds();
  const model = {
    resources: [resource('R', 1)],
    cohorts: [cohort('X', [100])],
    pathways: [pathway([hold('Stay', ['R'], [step('Rest', 100)])], ['X'])],
  };
  const present = [{ cohort: 'X', count: n(2), at: 'P.Stay', origin: HERE }];
  const compiled = input(model, { run: 1000, present });
  for (const engine of ['ciw', 'simmer'] as const)
    expect(engineProgram(compiled, engine, OPTIONS).otherwise).toEqual(['patients at the start: P — begins empty']);
  const text = engineProgram(compiled, 'simpy', OPTIONS).files[0]?.content ?? '';
  // They are numbered from 2 to the 30, and what they wait for at once is not in the window.
  expect(text).toMatch(/Patient\(X, 2\*\*30 \+ numbers\[X\]\)[\s\S]*settle\(\)[\s\S]*each\.waits\.clear\(\)/);
});

test('a branch in simmer that a patient finishes in ends as a branch, so that the others are not waited for in vain', () => {
  freshIds();
  const model = {
    resources: [resource('R', 1)],
    cohorts: [cohort('X', [100])],
    pathways: [
      pathway(
        [together([choose([{ share: 0.5, body: [finish('Gone')] }, { body: [] }])], [step('B', 50, ['R'])])],
        ['X'],
      ),
    ],
  };
  const text = engineProgram(input(model, { run: 1000 }), 'simmer', OPTIONS).files[0]?.content ?? '';
  expect(text).toMatch(/finish\("Gone"\) %>%\n\s+branch_ends\(/);
});

test('a comparison in simmer with what is not known yet does not hold, rather than ending the run', () => {
  freshIds();
  const late = {
    ...n(0),
    kind: 'binary',
    operator: '>',
    left: { kind: 'since', of: 'P.B', dimension: { time: 1, money: 0 } },
    right: n(60),
  } as const;
  const model = {
    resources: [resource('R', 1)],
    cohorts: [cohort('X', [100])],
    pathways: [pathway([step('A', 10, ['R'], { when: late }), step('B', 50, ['R'])], ['X'])],
  };
  const text = engineProgram(input(model, { run: 1000 }), 'simmer', OPTIONS).files[0]?.content ?? '';
  expect(text).toMatch(/if \(isTRUE\(since\("B"\) > (60|MINUTE)\)\)/);
});

test('of many places the first are named, and how many more there are', () => {
  freshIds();
  const steps = Array.from({ length: 9 }, (_, i) =>
    step(`S${i}`, 10, [need(['R', 'Q'].map((id) => ({ kind: 'resource' as const, resource: id })))]),
  );
  const model = {
    resources: [resource('R', 1), resource('Q', 1)],
    cohorts: [cohort('X', [100])],
    pathways: [pathway(steps, ['X'])],
  };
  const [refused = ''] = engineProgram(input(model, { run: 1000 }), 'ciw', OPTIONS).refused;
  expect(refused).toMatch(/S4 \([^)]*\), and 4 more$/);
});
