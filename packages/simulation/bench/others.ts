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
 * @param defined names for the preprocessor: KEYED for random numbers addressed as the engine's are
 */
export function cProgram(folder: string, name: string, ...defined: readonly string[]): OtherProgram | undefined {
  if (!works('gcc', ['--version'])) return undefined;
  const program = join(mkdtempSync(join(tmpdir(), 'bench-')), name);
  const flags = ['-O2', ...defined.map((each) => `-D${each}`), '-o', program];
  const compiled = spawnSync('gcc', [...flags, join(folder, 'c', `${name}.c`), '-lm'], { encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(compiled.stderr);
  return (...values) => run(program, values.map(String));
}

/** A program of the folder `simpy`; undefined without Python or SimPy. */
export function simpyProgram(folder: string, name: string): OtherProgram | undefined {
  // Debian's package belongs to Debian's Python, which need not be the first on the path.
  const python = ['/usr/bin/python3', 'python3'].find((each) => works(each, ['-c', 'import SimPy.Simulation']));
  if (python === undefined) return undefined;
  return (...values) => run(python, [join(folder, 'simpy', `${name}.py`), ...values.map(String)]);
}
