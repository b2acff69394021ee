import type { Engine } from '../src/engine/engine.js';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import type { SimulationInput } from '../src/index.js';
import { runReplication } from '../src/study/replication.js';
import { census, indicator, input } from '../test/build.js';
import { mmc, network, networks } from './models.js';
import { cProgram, type OtherProgram, simpy4Program, simpyProgram } from './others.js';

const DAY = 86_400;
const ROUNDS = 5;

interface Contestant {
  readonly name: string;
  /** Heading of the column that says how many times as fast as this one the others are; without it there is none. */
  readonly column?: string;
  /** Million events per CPU second of one run; undefined where it is not installed. */
  readonly speed: ((round: number) => number) | undefined;
}

/** An event is an arrival or a delay that ended, for everybody. */
function engineSpeed(compiled: SimulationInput, engine: Engine): (round: number) => number {
  return (round) => {
    const start = process.cpuUsage();
    const result = runReplication(compiled, round, undefined, engine);
    const { user, system } = process.cpuUsage(start);
    const arrivals = result.flows.reduce((sum, flow) => sum + flow.arrivals, 0);
    const steps = result.activities.filter((_, i) => compiled.activities[i]?.kind === 'step');
    return (arrivals + steps.reduce((sum, step) => sum + step.completions, 0)) / (user + system);
  };
}

function otherSpeed(program: OtherProgram | undefined, ...values: readonly number[]): Contestant['speed'] {
  return (
    program &&
    ((round) => {
      const { events, seconds } = program(round + 1, ...values);
      return events / seconds / 1e6;
    })
  );
}

/** As a search has it run: what its indicators do not look at is not counted. */
function onlyFigures(compiled: SimulationInput): SimulationInput {
  return { ...compiled, reads: { indicators: compiled.indicators.map((_, i) => i), expectations: false } };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Runs everybody in turn, so that what else the machine does falls on all of them; the first round is not counted. */
function race(title: string, contestants: readonly Contestant[]): string[] {
  const speeds = contestants.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    contestants.forEach(({ speed }, i) => {
      const value = speed?.(round);
      if (value !== undefined && round > 0) speeds[i]?.push(value);
    });
  }
  const medians = speeds.map(median);
  const ratio = (own: number, to: number): string => (Number.isNaN(to) ? '–' : (own / to).toFixed(2)).padStart(11);
  const columns = contestants.flatMap(({ column }, i) => (column === undefined ? [] : [{ column, to: medians[i]! }]));
  return [
    '',
    title.padEnd(44) + 'M events/s'.padStart(12) + columns.map(({ column }) => column.padStart(11)).join(''),
    ...contestants.map(({ name, speed }, i) =>
      speed === undefined
        ? `${name.padEnd(44)}${'not installed'.padStart(12)}`
        : `${name.padEnd(44)}${medians[i]!.toFixed(3).padStart(12)}${columns.map(({ to }) => ratio(medians[i]!, to)).join('')}`,
    ),
  ];
}

/** Speeds side by side. @param folder of the benchmarks, where the programs in other languages are */
export function measure(folder: string): string[] {
  const stay = indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } });
  const inUse = indicator('InUse', { kind: 'value', value: census('R') });
  const waiting = indicator('Waiting', {
    kind: 'value',
    value: { kind: 'queue', target: { kind: 'resource', resource: 'R' } },
  });
  const queue = input({ ...mmc(), indicators: [inUse, waiting] }, { run: 500_000 });
  const urgent = input({ ...network(), indicators: [stay] }, { run: 500 * DAY });
  const many = input({ ...networks(26), indicators: [stay] }, { run: 100 * DAY });
  const inC = (name: string, ...values: readonly number[]): Contestant[] => [
    { name: 'C (gcc -O2; xoshiro256++)', column: 'to C', speed: otherSpeed(cProgram(folder, name), ...values) },
    {
      name: 'C (gcc -O2; keyed as the engine)',
      column: 'keyed C',
      speed: otherSpeed(cProgram(folder, name, 'KEYED'), ...values),
    },
    {
      name: 'C (keyed, counting what the engine counts)',
      column: 'counting C',
      speed: otherSpeed(cProgram(folder, name, 'KEYED', 'COUNTING'), ...values),
    },
  ];
  const ours = (compiled: SimulationInput): Contestant[] => [
    { name: 'WebAssembly', speed: engineSpeed({ ...compiled, indicators: [] }, webAssemblyEngine) },
    { name: 'WebAssembly, and its indicators', speed: engineSpeed(compiled, webAssemblyEngine) },
    { name: 'WebAssembly, its indicators alone', speed: engineSpeed(onlyFigures(compiled), webAssemblyEngine) },
    { name: 'TypeScript', speed: engineSpeed({ ...compiled, indicators: [] }, typescriptEngine) },
  ];
  const inPython = (name: string, version: number, program: OtherProgram | undefined): Contestant[] => [
    { name, column: `SimPy ${version}`, speed: otherSpeed(program, 50) },
    {
      name: `${name}, counting what the engine counts`,
      column: `${version} counting`,
      speed: otherSpeed(program, 50, 1),
    },
  ];
  return [
    ...race('urgent-care network', [
      ...inC('network', 2000),
      ...ours(urgent),
      ...inPython('SimPy 2.3', 2, simpyProgram(folder, 'network')),
      ...inPython('SimPy 4', 4, simpy4Program(folder, 'network')),
    ]),
    ...race('26 such networks, 416 resources', [...inC('network', 100, 26), ...ours(many)]),
    ...race('M/M/10, load 0.8', [...inC('mmc', 1_000_000), ...ours(queue)]),
  ];
}
