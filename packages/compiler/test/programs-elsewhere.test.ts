import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineProgram } from '@pathway/interchange';
import { compileInput, runReplication, type SimulationInput } from '@pathway/simulation';
import { afterAll, expect, test } from 'vitest';
import { compileProject, createProjectReader, findProject } from '../src/index.js';

// Small models without chance, each about a construct, in which much happens at the same instant.
const FOLDER = fileURLToPath(new URL('elsewhere/', import.meta.url));
const MODELS = readdirSync(FOLDER).sort();

const ENGINES = {
  simpy: { finds: ['python3', '-c', 'import simpy'], runs: (file: string) => ['python3', file, '--replications', '1'] },
  ciw: { finds: ['python3', '-c', 'import ciw'], runs: (file: string) => ['python3', file, '--replications', '1'] },
  simmer: {
    finds: ['Rscript', '-e', 'library(simmer)'],
    runs: (file: string) => ['Rscript', file, '--replications=1'],
  },
} as const;

/** At one instant a program for simmer does things a little after each other: seconds, in times of hours. */
const NEAR = { simpy: 1e-6, ciw: 1e-6, simmer: 5e-3 } as const;

const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function inputOf(model: string): Promise<SimulationInput> {
  const place = join(FOLDER, model);
  const project = await findProject(place, place);
  const { model: compiled } = await compileProject(project, createProjectReader(project));
  if (compiled === undefined) throw new Error(`${model} has faults`);
  return compileInput(compiled, 'S', 'Today');
}

function run([command = '', ...values]: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync(command, values, { encoding: 'utf8' });
}

/** Our own figures, by the names that programs give them. */
function figuresOf(input: SimulationInput): ReadonlyMap<string, number | null> {
  const { indicators, facilities } = runReplication(input, 0);
  const figures = new Map<string, number | null>();
  input.indicators.forEach(({ id, table }, i) => {
    (indicators[i] ?? []).forEach(({ value }, place) => {
      if (table !== undefined) figures.set(`${id}(${table[place] ?? ''})`, value);
      else if (place === 0) figures.set(id, value);
    });
  });
  input.facilities.forEach(({ id }, f) => {
    figures.set(`wait ${id}`, facilities[f]?.wait ?? Number.NaN);
    figures.set(`use ${id}`, facilities[f]?.census ?? Number.NaN);
    figures.set(`queue ${id}`, facilities[f]?.queue ?? Number.NaN);
  });
  return figures;
}

test.each(['simpy', 'ciw', 'simmer'] as const)(
  'a program for %s is written in full, or what it cannot say is named',
  { timeout: 60_000 },
  async (engine) => {
    let written = 0;
    for (const model of MODELS) {
      const { files, refused } = engineProgram(await inputOf(model), engine, { replications: 1 });
      expect(files.length === 0, model).toBe(refused.length > 0);
      written += files.length;
    }
    expect(written).toBeGreaterThan(30);
  },
);

test.each(['simpy', 'ciw', 'simmer'] as const)(
  'programs for %s find of each construct what our engine finds',
  { timeout: 600_000 },
  async (engine) => {
    const { finds, runs } = ENGINES[engine];
    if (run(finds).status !== 0) {
      console.log(`NOT TESTED: what programs for ${engine} find of each construct: it is not installed`);
      return;
    }
    let compared = 0;
    for (const model of MODELS) {
      const input = await inputOf(model);
      const { files, otherwise } = engineProgram(input, engine, { replications: 1 });
      const [program] = files;
      if (program === undefined || otherwise.length > 0) continue;
      const file = join(folder, `${engine}-${model}${program.extension}`);
      writeFileSync(file, program.content);
      const { stdout, stderr } = run([...runs(file), '--json']);
      expect(stderr, model).toBe('');
      const [theirs = {}] = JSON.parse(String(stdout)) as readonly Readonly<Record<string, number | null>>[];
      const ours = figuresOf(input);
      for (const [name, value] of Object.entries(theirs)) {
        const own = ours.get(name);
        if (own === undefined) continue;
        compared++;
        const known = Number.isFinite(own ?? Number.NaN) ? Number(own) : Number.NaN;
        if (Number.isNaN(known)) expect(value, `${model}: ${name}`).toBeNull();
        else
          expect(
            Math.abs((value ?? Number.NaN) - known),
            `${model}: ${name}, ${known} and ${value}`,
          ).toBeLessThanOrEqual(NEAR[engine] * (name.startsWith('wait ') ? 1 : Math.max(1, known / 3600)));
      }
    }
    expect(compared).toBeGreaterThan(250);
  },
);
