import { CUSTOMERS, NETWORK_DAYS, NETWORKS, NETWORKS_DAYS, SIMPY_DAYS } from './length-of-race.js';
import { type Asked, type Build, ownEngine, type Race } from './own-engine.js';
import { cProgram, type OtherProgram, simpy4Program, simpyProgram } from './others.js';

const ROUNDS = 11;

interface Contestant {
  readonly name: string;
  /** Heading of the column that says how many times as fast as this one the others are; without it there is none. */
  readonly column?: string;
  /** Million events per CPU second of one run; undefined where it is not installed. */
  readonly speed: ((round: number) => Promise<number>) | undefined;
  /** Called when the race is over. */
  readonly end?: () => void;
}

function otherSpeed(program: OtherProgram | undefined, ...values: readonly number[]): Contestant['speed'] {
  return (
    program &&
    ((round) => {
      const { events, seconds } = program(round + 1, ...values);
      return Promise.resolve(events / seconds / 1e6);
    })
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Runs everybody in turn, so that what else the machine does falls on all of them; the first round is not counted. */
async function race(title: string, contestants: readonly Contestant[]): Promise<string[]> {
  const speeds = contestants.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, { speed }] of contestants.entries()) {
      const value = await speed?.(round);
      if (value !== undefined && round > 0) speeds[i]?.push(value);
    }
  }
  for (const { end } of contestants) end?.();
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

/**
 * Speeds side by side.
 * @param folder of the benchmarks, where the programs in other languages are
 * @param engineProgram engine-process.ts, bundled
 */
export async function measure(folder: string, engineProgram: string): Promise<string[]> {
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
  const own = (name: string, build: Build, model: Race, asked: Asked): Contestant => ({
    name,
    ...ownEngine(engineProgram, build, model, asked),
  });
  const ours = (model: Race): Contestant[] => [
    own('WebAssembly', 'WebAssembly', model, 'nothing'),
    own('WebAssembly, and its indicators', 'WebAssembly', model, 'indicators'),
    own('WebAssembly, its indicators alone', 'WebAssembly', model, 'indicators alone'),
    own('TypeScript', 'TypeScript', model, 'nothing'),
  ];
  const inPython = (name: string, version: number, program: OtherProgram | undefined): Contestant[] => [
    { name, column: `SimPy ${version}`, speed: otherSpeed(program, SIMPY_DAYS) },
    {
      name: `${name}, counting what the engine counts`,
      column: `${version} counting`,
      speed: otherSpeed(program, SIMPY_DAYS, 1),
    },
  ];
  return [
    ...(await race('urgent-care network', [
      ...inC('network', NETWORK_DAYS),
      ...ours('network'),
      ...inPython('SimPy 2.3', 2, simpyProgram(folder, 'network')),
      ...inPython('SimPy 4', 4, simpy4Program(folder, 'network')),
    ])),
    ...(await race('26 such networks, 416 resources', [
      ...inC('network', NETWORKS_DAYS, NETWORKS),
      ...ours('networks'),
    ])),
    ...(await race('M/M/10, load 0.8', [...inC('mmc', CUSTOMERS), ...ours('queue')])),
  ];
}
