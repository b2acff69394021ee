import type { SimulationInput } from '../input/types.js';
import type { InputMeasure } from '../input/measure-types.js';

/** Whether more capacity can turn an expectation that holds into one that does not. */
export interface Monotonicity {
  readonly kind: 'holds' | 'assumed' | 'not assumed';
  /** For readers: a sentence. */
  readonly reason: string;
}

/**
 * Whether more of anything never hurts. Expectations that waits or times are at most something are taken to get no worse
 * with more capacity; that holds for sure where all patients queue at one place in order of arrival (the waits of a
 * first-come queue are non-increasing in its servers patient by patient: A. Müller and D. Stoyan, "Comparison Methods for
 * Stochastic Models and Risks", 2002, section 6.2), and is an assumption in networks, where more in one place sends more at
 * once to the next. Of anything else, such as a cost or a utilisation, nothing is assumed.
 */
export function monotonicityOf(input: SimulationInput): Monotonicity {
  const odd = input.expectations.find(({ indicator, operator, against }) => {
    const measure = input.indicators[indicator]?.measure;
    // Of another scenario nothing changes; of another figure of this one both sides do.
    return measure === undefined || against?.scenario === input.scenario || !isHelped(measure, operator);
  });
  if (odd !== undefined) {
    return {
      kind: 'not assumed',
      reason: `Whether more capacity helps \`${odd.text}\` is not known, so that every combination was looked at from the least on.`,
    };
  }
  if (isOneQueue(input)) {
    return {
      kind: 'holds',
      reason:
        'More capacity never lengthens waits here, where all queue at one place in order of arrival; this was used.',
    };
  }
  return {
    kind: 'assumed',
    reason:
      'That more capacity makes no expectation worse was assumed; it usually holds for waits and times, and need not.',
  };
}

function isHelped(measure: InputMeasure, operator: string): boolean {
  const least = operator === '<' || operator === '<=';
  switch (measure.kind) {
    case 'time':
    case 'wait':
      return least;
    case 'share': {
      const inner = measure.of;
      if (inner.kind !== 'time' && inner.kind !== 'wait') return false;
      // The share of long ones falls, the share of short ones rises.
      const long = measure.operator === '>' || measure.operator === '>=';
      const short = measure.operator === '<' || measure.operator === '<=';
      return (long && least) || (short && !least);
    }
    default:
      return false;
  }
}

/** What a straight way through one queue is made of. */
const STRAIGHT: ReadonlySet<string> = new Set(['request', 'begin', 'work', 'end', 'give back', 'finish', 'exit']);

/** What a request has that only waits for units: no priority of its own, nobody who gives up, nothing used up. */
const PLAIN: ReadonlySet<string> = new Set(['op', 'activity', 'copy', 'needs', 'slot', 'pending']);

/** One facility, asked for once and for one unit, all patients alike in priority, and nobody who gives up. */
function isOneQueue(input: SimulationInput): boolean {
  const requests = input.instructions.flatMap((each) => (each.op === 'request' && each.needs.length > 0 ? [each] : []));
  const [request] = requests;
  if (input.facilities.length !== 1 || requests.length !== 1 || request === undefined) return false;
  if (!input.instructions.every(({ op }) => STRAIGHT.has(op))) return false;
  const [need] = request.needs;
  const oneUnit = request.needs.length === 1 && need?.amount.op === 'number' && need.amount.value === 1;
  const [first] = input.cohorts;
  const alike = input.cohorts.every(
    ({ priority }) =>
      priority.op === 'number' && first?.priority.op === 'number' && priority.value === first.priority.value,
  );
  return (
    oneUnit &&
    alike &&
    Object.keys(request).every((key) => PLAIN.has(key)) &&
    input.pools.every(({ breakdown }) => breakdown === undefined)
  );
}
