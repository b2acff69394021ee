import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a program in another language prints about a run. */
export interface OtherRun {
  readonly events: number;
  /** CPU seconds of the run alone. */
  readonly seconds: number;
  readonly classes?: readonly { readonly left: number; readonly time: number }[];
  readonly waits?: Readonly<Record<string, number>>;
  /** Of programs that count what the engine counts: mean numbers in use and waiting; of a queue alone, its own. */
  readonly busy?: Readonly<Record<string, number>> | number;
  readonly queue?: Readonly<Record<string, number>> | number;
}

/** Runs a program with these arguments; undefined where it, or what it needs, is not installed. */
export type OtherProgram = (...values: readonly number[]) => OtherRun;

function works(command: string, values: readonly string[]): boolean {
  return spawnSync(command, values).status === 0;
}

function run(command: string, values: readonly string[]): OtherRun {
  const { status, stdout, stderr } = spawnSync(command, values, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${values.join(' ')}: ${stderr}`);
  // What our own programs beside this file print.
  return JSON.parse(stdout) as OtherRun;
}

/**
 * A program of the folder `c`, compiled as its author would; undefined without gcc.
 * @param folder of the benchmarks
 * @param defined names for the preprocessor: KEYED for random numbers addressed as the engine's are, COUNTING to count
 * what the engine counts
 */
export function cProgram(folder: string, name: string, ...defined: readonly string[]): OtherProgram | undefined {
  if (!works('gcc', ['--version'])) return undefined;
  const program = join(mkdtempSync(join(tmpdir(), 'bench-')), name);
  const flags = ['-O2', ...defined.map((each) => `-D${each}`), '-o', program];
  const compiled = spawnSync('gcc', [...flags, join(folder, 'c', `${name}.c`), '-lm'], { encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(compiled.stderr);
  return (...values) => run(program, values.map(String));
}

/**
 * A program of the folder `simpy`; undefined without Python or SimPy 2.3, which is Debian's. After its seed and days it takes a
 * number: above 0 it counts what the engine counts.
 */
export function simpyProgram(folder: string, name: string): OtherProgram | undefined {
  return pythonProgram(join(folder, 'simpy', `${name}.py`), 'import SimPy.Simulation');
}

/** A program of the folder `simpy` for today's SimPy; undefined where Python does not find that. */
export function simpy4Program(folder: string, name: string): OtherProgram | undefined {
  return pythonProgram(join(folder, 'simpy', `${name}4.py`), 'import simpy; assert simpy.__version__ >= "4"');
}

function pythonProgram(program: string, needs: string): OtherProgram | undefined {
  // Debian's packages belong to Debian's Python, which need not be the first on the path.
  const python = ['/usr/bin/python3', 'python3'].find((each) => works(each, ['-c', needs]));
  return python === undefined ? undefined : (...values) => run(python, ['-B', program, ...values.map(String)]);
}

/** A program of the folder `simmer`; undefined without R or its package simmer. */
export function simmerProgram(folder: string, name: string): OtherProgram | undefined {
  if (!works('Rscript', ['-e', 'library(simmer)'])) return undefined;
  return (...values) => run('Rscript', [join(folder, 'simmer', `${name}.R`), ...values.map(String)]);
}
