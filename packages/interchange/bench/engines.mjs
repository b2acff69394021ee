// Runs the programs that `pathway export` writes for other engines beside our own engine, and prints whether their means
// agree within the joint 99 % interval of Welch. Engines that are not installed are left out, and that is said.
//
//   npm run build && node packages/interchange/bench/engines.mjs [engine ...] [--only example]
//
// Python finds SimPy, Ciw and Prosimos by PYTHONPATH, R finds simmer by R_LIBS.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileProject, createProjectReader, findProject } from '../../compiler/dist/index.js';
import { compileInput, runReplication } from '../../simulation/dist/src/index.js';
import { engineProgram } from '../dist/index.js';

/** Examples whose scenarios have no crisis; `days` shortens runs of a year so that the comparison ends in minutes. */
const CASES = [
  { example: 'treatment-centre', study: 'Day', scenario: 'Base', own: 400, theirs: 60 },
  { example: 'treatment-centre', study: 'Day', scenario: 'Swap', own: 400, theirs: 60 },
  { example: 'urgent-care', study: 'Boarding', scenario: 'Today', own: 60, theirs: 10, days: 60 },
  { example: 'stroke', study: 'Queues', scenario: 'Beds14And12', own: 60, theirs: 12 },
  { example: 'stroke', study: 'Beds', scenario: 'Current', own: 60, theirs: 8 },
  // Waits are rare there: only so many runs tell whether means agree.
  { example: 'stroke-surge', study: 'Plan', scenario: 'Usual', own: 1500, theirs: 300 },
  { example: 'two-territories', study: 'Home', scenario: 'Today', own: 200, theirs: 24 },
  { example: 'ward-roster', study: 'Winter', scenario: 'Usual', own: 60, theirs: 20 },
];

const ENGINES = {
  simpy: {
    needs: ['python3', ['-c', 'import simpy']],
    run: (file, runs) => ['python3', [file, '--json', '--replications', String(runs)]],
  },
  ciw: {
    needs: ['python3', ['-c', 'import ciw']],
    run: (file, runs) => ['python3', [file, '--json', '--replications', String(runs)]],
  },
  simmer: {
    needs: ['Rscript', ['-e', 'library(simmer)']],
    run: (file, runs) => ['Rscript', [file, '--json', `--replications=${runs}`]],
  },
  prosimos: { needs: ['python3', ['-c', 'import prosimos.simulation_engine']] },
};

/** Prosimos gives back what a hold keeps before the next one asks; so does our engine, to be compared with it. */
function withoutBlocking(value) {
  if (Array.isArray(value)) return value.map(withoutBlocking);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutBlocking(part)]));
  return parts.kind === 'hold' ? { ...parts, freesFirst: true } : parts;
}

/** What a replication of Prosimos says of each resource, from its log: waits that end in the window, use and queue. */
function prosimosFigures(base, { cases, startingAt }, input, replication) {
  const program = `import sys, random, numpy
from prosimos.simulation_engine import run_simulation
numpy.random.seed(${replication})
random.seed(${replication})
run_simulation(sys.argv[1] + '.bpmn', sys.argv[1] + '.json', ${Math.ceil(cases * 1.15) + 50}, None, sys.argv[1] + '.csv', '${startingAt}')`;
  const { status, stderr } = spawnSync('python3', ['-c', program, base], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  const [begin, end] = [input.warmUp, input.warmUp + input.run];
  const start = Date.parse(startingAt);
  const seconds = (text) => (Date.parse(text) - start) / 1000;
  const inWindow = (from, to) => Math.max(0, Math.min(to, end) - Math.max(from, begin));
  const names = input.pools.map(({ id, facility }) => [id === '' ? input.facilities[facility].id : id, facility]);
  const sums = input.facilities.map(() => ({ waits: 0, count: 0, busy: 0, queued: 0 }));
  for (const row of readFileSync(`${base}.csv`, 'utf8').trim().split('\n').slice(1)) {
    const [, , enabled, started, ended, resource] = row.split(',');
    const pool = names.find(([name]) => resource === name || resource.replace(/_\d+$/, '') === name);
    if (pool === undefined) continue;
    const sum = sums[pool[1]];
    const [asked, began, finished] = [enabled, started, ended].map(seconds);
    if (began >= begin && began < end) {
      sum.waits += began - asked;
      sum.count++;
    }
    sum.busy += inWindow(began, finished);
    sum.queued += inWindow(asked, began);
  }
  const figures = {};
  input.facilities.forEach(({ id }, f) => {
    // What there is as much of as anybody wants is no resource there.
    if (input.pools.some(({ facility, capacity }) => facility === f && capacity === 'unlimited')) return;
    figures[`wait ${id}`] = sums[f].waits / sums[f].count;
    figures[`use ${id}`] = sums[f].busy / input.run;
    figures[`queue ${id}`] = sums[f].queued / input.run;
  });
  return figures;
}

const wanted = process.argv.slice(2);
const only = wanted.includes('--only') ? wanted[wanted.indexOf('--only') + 1] : undefined;
const named = wanted.filter((each) => each in ENGINES);
const folder = mkdtempSync(join(tmpdir(), 'engines-'));

/** Our own figures of a replication, by the keys of the programs. */
function figuresOf(input, replication) {
  const { indicators, facilities } = runReplication(input, replication);
  const figures = new Map();
  input.indicators.forEach(({ id, by, table }, i) => {
    const groups = by === undefined ? [] : input.attributes[by].categories;
    indicators[i].forEach(({ value }, place) => {
      const key = table
        ? `${id}(${table[place]})`
        : place === 0
          ? id
          : `${id} [${input.categories[groups[place - 1]]}]`;
      figures.set(key, value);
    });
  });
  input.facilities.forEach(({ id }, f) => {
    figures.set(`wait ${id}`, facilities[f].wait);
    figures.set(`use ${id}`, facilities[f].census);
    figures.set(`queue ${id}`, facilities[f].queue);
  });
  return figures;
}

function summary(values) {
  const known = values.filter((value) => value !== null && value !== undefined && !Number.isNaN(value));
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n: known.length, mean, variance: squares / (known.length - 1) / known.length };
}

/** The 99.5 % quantile of Student's t by Hill's expansion about the normal one (1970). */
function quantile(degrees) {
  const z = 2.5758293035489;
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7];
  const first = (z3 + z) / 4;
  const second = (5 * z5 + 16 * z3 + 3 * z) / 96;
  const third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384;
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}

function agrees(a, b) {
  const variance = a.variance + b.variance;
  if (variance === 0) return Math.abs(a.mean - b.mean) <= 1e-9 * Math.max(1, Math.abs(a.mean));
  const degrees = variance ** 2 / (a.variance ** 2 / (a.n - 1) + b.variance ** 2 / (b.n - 1));
  return Math.abs(a.mean - b.mean) <= quantile(Math.max(2, degrees)) * Math.sqrt(variance);
}

/** What a program prints of each replication. */
function programFigures([command, values]) {
  const { status, stdout, stderr } = spawnSync(command, values, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${values.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}

let compared = 0;
let beyond = 0;
for (const [engine, { needs, run }] of Object.entries(ENGINES)) {
  if (named.length > 0 && !named.includes(engine)) continue;
  if (spawnSync(...needs).status !== 0) {
    console.log(`NOT TESTED: ${engine} is not installed.`);
    continue;
  }
  for (const { example, study, scenario, own, theirs, days } of CASES) {
    if (only !== undefined && only !== example) continue;
    const place = fileURLToPath(new URL(`../../../examples/${example}/`, import.meta.url));
    const project = await findProject(place, place);
    const { model: declared } = await compileProject(project, createProjectReader(project));
    const isProsimos = engine === 'prosimos';
    const model = isProsimos ? withoutBlocking(declared) : declared;
    const whole = compileInput(model, study, scenario);
    const input = days === undefined ? whole : { ...whole, run: days * 86_400 };
    const program = engineProgram(input, engine, { replications: theirs });
    console.log(`\n${example}, ${scenario}: ${engine}, ${theirs} replications beside ${own} of ours`);
    if (program.refused.length > 0 || program.otherwise.length > 0) {
      console.log([...program.refused, ...program.otherwise].map((each) => `  not written: ${each}`).join('\n'));
      continue;
    }
    const base = join(folder, `${example}-${scenario}-${engine}`);
    for (const { extension, content } of program.files) writeFileSync(`${base}${extension}`, content);
    const others = isProsimos
      ? Array.from({ length: theirs }, (_, replication) => prosimosFigures(base, program.process, input, replication))
      : programFigures(run(`${base}${program.files[0].extension}`, theirs));
    const ours = Array.from({ length: own }, (_, replication) => figuresOf(input, replication));
    for (const key of Object.keys(others[0])) {
      if (!ours[0].has(key)) continue;
      const a = summary(ours.map((each) => each.get(key)));
      const b = summary(others.map((each) => each[key]));
      if (a.n < 2 || b.n < 2) continue;
      const same = agrees(a, b);
      compared++;
      if (!same) beyond++;
      console.log(
        `  ${key.padEnd(44)}${a.mean.toPrecision(5).padStart(12)}${b.mean.toPrecision(5).padStart(12)}  ${same ? 'within' : 'BEYOND'}`,
      );
    }
  }
}
console.log(`\n${beyond} of ${compared} beyond the joint 99 % interval (1 of 100 is to be expected)`);
