import * as fault from '../../engine/faults.js';
import { SimulationError } from '../errors.js';
import type { Program } from '../program/program.js';
import { familyName, lawProblem } from '../random/distribution-table.js';
import type { EngineRun } from './engine.js';
import type { RunLimits } from './limits.js';

/**
 * What a run that stopped has to say.
 * @param thrown by the engine
 * @returns `thrown` itself where it is not about the model
 */
export function errorOf(run: EngineRun, program: Program, limits: RunLimits, thrown: unknown): unknown {
  const { code, numbers } = run.fault();
  const [a = 0, b = 0] = numbers;
  const { input } = program;
  const error = (message: string, at?: { readonly origin: string }): SimulationError =>
    new SimulationError(message, at?.origin);
  switch (code) {
    case fault.FAULT_ENDLESS: {
      const near = a < 0 ? undefined : activityNear(program, a);
      return error(
        `Time stands still: more than ${limits.instant} things happen at one instant. A loop takes no time` +
          `${near === undefined ? '' : `, near ${near.title}`}; give one of its steps a duration, or limit its rounds.`,
        near,
      );
    }
    case fault.FAULT_ENDLESS_ARRIVALS: {
      const cohort = input.cohorts[a];
      return error(
        `Patients of ${cohort?.title ?? ''} arrive without end at one instant: the time between arrivals must be above 0.`,
        cohort,
      );
    }
    case fault.FAULT_PATIENTS:
      return error(
        `More than ${limits.patients} patients are on their way at once: far more arrive than the model can take. ` +
          'Give it more capacity, fewer arrivals or a shorter run, or let patients who wait too long leave.',
      );
    case fault.FAULT_EVENTS:
      return error(
        `The run was stopped after ${a} events, at ${Math.round((100 * run.now()) / (input.warmUp + input.run))} % of its time: ` +
          'shorten it, or look for a loop that takes no time.',
      );
    case fault.FAULT_WORK_TIME: {
      const activity = input.activities[a];
      return error(
        `The time that ${activity?.title ?? ''} takes is not a number: look for an attribute that this patient's cohort does not have, or a division by 0.`,
        activity,
      );
    }
    case fault.FAULT_ARRIVAL_TIME: {
      const cohort = input.cohorts[a];
      return error(`A time between arrivals of ${cohort?.title ?? ''} is not a number.`, cohort);
    }
    case fault.FAULT_UNIT_TIME: {
      const place = input.facilities[a];
      return error(`A time of working or repair of ${place?.title ?? ''} is not a number.`, place);
    }
    case fault.FAULT_BOUNDS:
      return error(
        `None of 10000 draws lay between ${a} and ${b}: the bounds leave (almost) nothing of the distribution.`,
      );
    case fault.FAULT_LAW: {
      const [, , , count = 0, ...parameters] = numbers;
      return error(`${lawProblem(familyName(b), a, parameters.slice(0, count))}.`);
    }
    case fault.FAULT_WEIGHTS:
      return error('All shares of a choice are 0 at once: one of them must be above 0.');
    case fault.FAULT_JOINT:
      return error(
        'A probability over several censuses at once has too many combinations to count: ' +
          'let it speak of fewer resources, or of resources with fewer units.',
      );
    case fault.FAULT_OPERATION:
      return error(`The program has an operation ${a} that does not exist.`);
    case fault.FAULT_CONTROL:
      return a === 0
        ? error(
            'Time stands still: triggers, levels and responses change one another without end at one instant. ' +
              'Let one of the triggers wait (`for 1 h`), or end at another value than it begins.',
          )
        : error(`How long ${input.control?.effects[b]?.title ?? 'an effect'} lasts is not a number.`);
    default:
      return thrown instanceof RangeError || isTrap(thrown)
        ? error('The run needs more memory than there is: give it fewer patients at once, or a shorter run.')
        : thrown;
  }
}

function isTrap(thrown: unknown): boolean {
  return typeof WebAssembly !== 'undefined' && thrown instanceof WebAssembly.RuntimeError;
}

function activityNear(program: Program, pc: number): { readonly title: string; readonly origin: string } | undefined {
  const { input, wordOf } = program;
  for (let i = wordOf.length - 1; i >= 0; i--) {
    const instruction = input.instructions[i];
    if (wordOf[i]! <= pc && instruction !== undefined && 'activity' in instruction) {
      return input.activities[instruction.activity];
    }
  }
  return undefined;
}
