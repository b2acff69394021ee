import { studentQuantile } from '../src/numeric/special.js';
import { runReplication } from '../src/study/replication.js';
import { indicator, input } from '../test/build.js';
import { network } from './models.js';
import { cProgram, type OtherProgram, type OtherRun, simmerProgram, simpy4Program, simpyProgram } from './others.js';

const DAYS = 200;
const MINUTE = 60;

/** Figures of one run by name. */
type Figures = ReadonlyMap<string, number>;

const CLASSES = ['c0', 'c1', 'c2', 'c3'];

function figuresOf({ classes = [], waits = {}, busy = {}, queue = {} }: OtherRun): Figures {
  return new Map([
    ...classes.map(({ left }, i) => [`${CLASSES[i] ?? ''} left`, left] as const),
    ...classes.map(({ time }, i) => [`${CLASSES[i] ?? ''} time`, time] as const),
    ...Object.entries(waits).map(([name, wait]) => [`wait for ${name}`, wait] as const),
    ...Object.entries(busy).map(([name, units]) => [`${name} in use`, units] as const),
    ...Object.entries(queue).map(([name, requests]) => [`queue for ${name}`, requests] as const),
  ]);
}

/** Our own figures, in minutes. */
function ownFigures(runs: number): Figures[] {
  const stay = indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } }, { by: 'class' });
  const compiled = input({ ...network(), indicators: [stay] }, { run: DAYS * 86_400, seed: 11 });
  return Array.from({ length: runs }, (_, r) => {
    const { indicators, facilities } = runReplication(compiled, r);
    const groups = indicators[0]?.slice(1) ?? [];
    return new Map([
      ...groups.map(({ sample }, i) => [`${CLASSES[i] ?? ''} left`, sample?.count ?? 0] as const),
      ...groups.map(({ value }, i) => [`${CLASSES[i] ?? ''} time`, (value ?? Number.NaN) / MINUTE] as const),
      ...facilities.map(({ wait }, f) => [`wait for ${compiled.facilities[f]!.id}`, (wait ?? 0) / MINUTE] as const),
      ...facilities.map(({ census }, f) => [`${compiled.facilities[f]!.id} in use`, census] as const),
      ...facilities.map(({ queue }, f) => [`queue for ${compiled.facilities[f]!.id}`, queue] as const),
    ]);
  });
}

interface Summary {
  readonly mean: number;
  readonly variance: number;
  readonly n: number;
}

function summary(runs: readonly Figures[], name: string): Summary {
  const values = runs.map((run) => run.get(name) ?? Number.NaN);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance: variance / values.length, n: values.length };
}

/** Whether two means agree within the joint 99 % interval of Welch. */
function agrees(a: Summary, b: Summary): boolean {
  const variance = a.variance + b.variance;
  const degrees = variance ** 2 / (a.variance ** 2 / (a.n - 1) + b.variance ** 2 / (b.n - 1));
  return Math.abs(a.mean - b.mean) <= studentQuantile(0.995, Math.max(1, degrees)) * Math.sqrt(variance);
}

/** A program of SimPy told to count what the engine counts. */
function counting(program: OtherProgram | undefined): OtherProgram | undefined {
  return program && ((...values) => program(...values, 1));
}

/** The figures of all engines side by side; those beyond the joint 99 % interval with ours are marked. */
export function agreement(folder: string): string[] {
  const own = ownFigures(40);
  const engines = [
    { name: 'C', program: cProgram(folder, 'network'), runs: 40 },
    { name: 'C counting', program: cProgram(folder, 'network', 'KEYED', 'COUNTING'), runs: 40 },
    { name: 'SimPy 2.3', program: simpyProgram(folder, 'network'), runs: 12 },
    { name: 'counting', program: counting(simpyProgram(folder, 'network')), runs: 12 },
    { name: 'SimPy 4', program: simpy4Program(folder, 'network'), runs: 12 },
    { name: 'counting', program: counting(simpy4Program(folder, 'network')), runs: 12 },
    { name: 'simmer', program: simmerProgram(folder, 'network'), runs: 12 },
  ];
  const others = engines.flatMap(({ name, program, runs }) =>
    program === undefined
      ? []
      : [{ name, runs: Array.from({ length: runs }, (_, i) => figuresOf(program(i + 1, DAYS))) }],
  );
  let compared = 0;
  let beyond = 0;
  const rows = [...(own[0]?.keys() ?? [])].map((name) => {
    const ours = summary(own, name);
    const cells = others.map(({ runs }) => {
      if (runs[0]?.has(name) !== true) return '–'.padStart(11).padEnd(12);
      const theirs = summary(runs, name);
      const same = agrees(ours, theirs);
      compared++;
      if (!same) beyond++;
      return `${theirs.mean.toFixed(3)}${same ? ' ' : '*'}`.padStart(12);
    });
    return `${name.padEnd(24)}${`${ours.mean.toFixed(3)} `.padStart(12)}${cells.join('')}`;
  });
  return [
    '',
    `urgent-care network, ${DAYS} days from empty: means, times in minutes`.padEnd(24),
    `${''.padEnd(24)}${'engine '.padStart(12)}${others.map(({ name }) => `${name} `.padStart(12)).join('')}`,
    ...rows,
    `* beyond the joint 99 % interval: ${beyond} of ${compared} (1 of 100 is to be expected)`,
  ];
}
