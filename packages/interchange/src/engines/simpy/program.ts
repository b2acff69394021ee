import type { SimulationInput } from '@pathway/simulation';
import { type ProgramOptions, type PythonEngine, pythonProgram } from '../python/program.js';
import { SIMPY_PARTS } from './parts.js';
import { PATIENTS } from './patients.js';
import { QUEUES } from './queues.js';
import { REPLICATE } from './replicate.js';

const SIMPY: PythonEngine = {
  title: 'SimPy 4',
  needs: 'Python 3.10 and SimPy 4',
  install: 'pip install "simpy>=4.1,<5"',
  modules: ['heapq', 'simpy'],
  core: QUEUES,
  patients: PATIENTS,
  parts: SIMPY_PARTS,
  replicate: REPLICATE,
};

/** A simulation input as a program for SimPy 4. */
export function simpyProgram(input: SimulationInput, options: ProgramOptions): string {
  return pythonProgram(input, options, SIMPY);
}
