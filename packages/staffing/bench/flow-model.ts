import type { Highs } from 'highs';
import { arcModel } from '../src/roster/arc-model.js';
import { Pricing } from '../src/roster/column-generation.js';
import { ColumnPool } from '../src/roster/columns.js';
import { compileRoster } from '../src/roster/compiled.js';
import { Effort } from '../src/roster/effort.js';
import { LineProgram } from '../src/roster/line-program.js';
import type { RosterProblem } from '../src/roster/problem.js';

/**
 * The whole problem as one model for HiGHS, with nothing left out and no help: what the roster solver is compared with.
 * Answers the best cost after so many CPU seconds, which a busy machine does not shorten as it would a time limit on the
 * clock; undefined where it found none.
 */
export function plainHighs(highs: Highs, problem: RosterProblem, seconds: number): number | undefined {
  const roster = compileRoster(problem);
  const effort = new Effort(Infinity);
  const program = new LineProgram(roster, effort);
  const pricing = new Pricing(roster, program, new ColumnPool(roster), effort);
  const everything = arcModel(highs, roster, program, pricing, new Float64Array(roster.rows), 1e12, Infinity);
  const solver = highs.createModel();
  try {
    solver.options.set({ output_flag: false, mip_rel_gap: 0 });
    solver.passModel(everything!.data);
    const start = process.cpuUsage();
    const stop = (event: { readonly interrupt: () => void }): undefined => {
      const { user, system } = process.cpuUsage(start);
      if (user + system > seconds * 1e6) event.interrupt();
      return undefined;
    };
    const { simplexInterrupt, ipmInterrupt, mipInterrupt } = highs.constants.callbackType;
    solver.run({ [simplexInterrupt]: stop, [ipmInterrupt]: stop, [mipInterrupt]: stop });
    const value = solver.getObjectiveValue();
    return Math.abs(value) < 1e20 ? value : undefined;
  } finally {
    solver.dispose();
  }
}
