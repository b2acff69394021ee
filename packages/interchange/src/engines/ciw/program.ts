import type { SimulationInput } from '@pathway/simulation';
import { type ProgramOptions, type PythonEngine, pythonProgram } from '../python/program.js';
import { NETWORK } from './network.js';
import { PATIENTS } from './patients.js';
import { REPLICATE } from './replicate.js';

const CIW: PythonEngine = {
  title: 'Ciw 3',
  needs: 'Python 3.10 and Ciw 3.2',
  install: 'pip install "ciw>=3.2,<4"',
  modules: ['ciw'],
  core: NETWORK,
  patients: PATIENTS,
  parts: [],
  replicate: REPLICATE,
  beginsEmpty: true,
  settings: poolSettings,
};

/** A simulation input as a program for Ciw 3: a node for each pool, whose individuals go the ways of patients. */
export function ciwProgram(input: SimulationInput, options: ProgramOptions): string {
  return pythonProgram(input, options, CIW);
}

/** What a node has to know of those who ask for its pool. */
function poolSettings({ instructions, targets }: SimulationInput, pools: readonly string[]): string[] {
  const outside = new Set<number>();
  const impatient = new Set<number>();
  for (const instruction of instructions) {
    if (instruction.op !== 'request') continue;
    const asked = instruction.needs.flatMap(({ of }) => of.flatMap((target) => targets[target]?.members ?? []));
    for (const { pool } of asked) {
      if (instruction.pending.length > 0) outside.add(pool);
      if (instruction.patience !== undefined) impatient.add(pool);
    }
  }
  const set = (which: ReadonlySet<number>, name: string): string[] =>
    [...which].sort((a, b) => a - b).map((pool) => `${pools[pool] ?? ''}.${name} = True`);
  return [...set(outside, 'waits_outside'), ...set(impatient, 'is_impatient')];
}
