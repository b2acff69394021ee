import { type Instance, NOTHING, type Pending, union } from './flow-blocks.js';
import type { FlowCompiler } from './flow-compiler.js';
import type { StepDependence } from './surroundings.js';

/** The parts of a step's program that are about what it depends on, in the order in which they are to be written. */
export interface DependentStep {
  /** Before anything is asked for: whoever comes while something is lost goes another way, or waits. */
  begin(): void;
  /** Before the work begins. @returns the instruction that says what becomes of the work when something is lost */
  beforeWork(): number;
  /** The ways around, with what the step kept given back. @returns what is still kept after them */
  end(slots: Pending, at: Instance): Pending;
}

/** The dependences of a step in its program. */
export function compileDependentStep(
  flow: FlowCompiler,
  activity: number,
  dependences: readonly StepDependence[],
): DependentStep {
  const places: number[] = [];
  const emit = (): number => {
    const place = flow.emit({ op: 'depends', activity, on: [] });
    places.push(place);
    return place;
  };
  return {
    begin: () => void emit(),
    beforeWork: emit,
    end(slots, at) {
      const past = flow.jump();
      const ends: (() => void)[] = [];
      let all: Pending = NOTHING;
      /** Where each way around begins, with and without what the step keeps. */
      const starts = dependences.map(({ workaround }) => {
        if (workaround === undefined) return undefined;
        const keeping = flow.here;
        flow.giveBack(slots);
        const start = flow.here;
        all = union(all, flow.body(workaround, NOTHING, at));
        ends.push(flow.jump());
        return { keeping, start };
      });
      places.forEach((place, n) => {
        flow.instructions[place] = {
          op: 'depends',
          activity,
          on: dependences.map(({ dependence }, i) => {
            const way = starts[i];
            return { dependence, ...(way && { to: n === 0 ? way.start : way.keeping }) };
          }),
        };
      });
      for (const end of [past, ...ends]) end();
      return all;
    },
  };
}
