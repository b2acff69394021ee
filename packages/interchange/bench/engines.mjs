// Runs the programs that `pathway export` writes for other engines beside our own engine, and prints whether their means
// agree within the joint 99 % interval of Welch. Engines that are not installed are left out, and that is said.
//
//   npm run build && node packages/interchange/bench/engines.mjs [engine ...] [--only example]
//
// Python finds SimPy, Ciw and Prosimos by PYTHONPATH, R finds simmer by R_LIBS.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
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
  { example: 'stroke-surge', study: 'Plan', scenario: 'Usual', own: 200, theirs: 40 },
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
};

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
    const { model } = await compileProject(project, createProjectReader(project));
    const whole = compileInput(model, study, scenario);
    const input = days === undefined ? whole : { ...whole, run: days * 86_400 };
    const program = engineProgram(input, engine, { replications: theirs });
    console.log(`\n${example}, ${scenario}: ${engine}, ${theirs} replications beside ${own} of ours`);
    if (program.refused.length > 0 || program.otherwise.length > 0) {
      console.log([...program.refused, ...program.otherwise].map((each) => `  not written: ${each}`).join('\n'));
      continue;
    }
    const file = join(folder, `${example}-${scenario}-${engine}${program.files[0].extension}`);
    writeFileSync(file, program.files[0].content);
    const [command, values] = run(file, theirs);
    const { status, stdout, stderr } = spawnSync(command, values, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`${command} ${values.join(' ')}: ${stderr}`);
    const others = JSON.parse(stdout);
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
