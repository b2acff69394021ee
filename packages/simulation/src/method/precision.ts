import { figureTitle, type Model, type PrecisionTarget, requireConstant } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { PrecisionResult } from '../method-results.js';
import { estimateOf } from '../statistics/estimate.js';
import type { ReplicationResult } from '../study/replication.js';
import { figureReaders } from './figure-values.js';
import { labelOf, listed, valueText } from './labels.js';

/**
 * How precise each wanted figure is by these replications: one entry for each target and row of its table.
 * @throws SimulationError where a scenario does not measure an indicator
 */
export function precisionsOf(
  input: SimulationInput,
  model: Model,
  targets: readonly PrecisionTarget[],
  results: readonly ReplicationResult[],
): PrecisionResult[] {
  return targets.flatMap((target) => {
    const wanted = requireConstant(target.halfWidth, model, 'the precision of a study');
    return figureReaders(input, target).map((reader) => {
      const estimate = estimateOf(results.map(reader.read));
      const size = Math.abs(estimate.mean);
      const reached = !target.relative ? estimate.halfWidth : size > 0 ? estimate.halfWidth / size : Number.MAX_VALUE;
      // A figure that is 0 in every replication is as precise as can be.
      const certain = estimate.replications >= 2 && estimate.halfWidth === 0;
      return {
        ...labelOf(input, target, reader.argument),
        wanted,
        reached: certain ? 0 : reached,
        relative: target.relative,
        met: certain || (estimate.replications >= 2 && reached <= wanted),
      };
    });
  });
}

/** Whether everything is as precise as wanted, and else what is not, in a sentence. */
export function precisionSentence(
  replications: number,
  atMost: number,
  precisions: readonly PrecisionResult[],
  scenarios: number,
): string {
  const missed = precisions.filter(({ met }) => !met);
  const each = scenarios > 1 ? ' of each scenario' : '';
  if (missed.length === 0) {
    const [worst] = [...precisions].sort((a, b) => ratio(b) - ratio(a));
    const why = worst === undefined ? '' : `; the widest, ${figureTitle(worst)}, is known ${withinText(worst)}`;
    return `Stopped after ${replications} replications${each} (at most ${atMost}), when every interval was narrow enough${why}.`;
  }
  const names = [...new Set(missed.map(figureTitle))];
  const shown = names.slice(0, 3);
  const rest = names.length > shown.length ? [...shown, `${names.length - shown.length} more`] : shown;
  const [worst] = [...missed].sort((a, b) => ratio(b) - ratio(a));
  const known = worst === undefined ? '' : ` ${figureTitle(worst)} is known ${withinText(worst)}.`;
  // The half-width shrinks with the square root of the number of replications.
  const needed = worst === undefined ? 0 : Math.ceil(replications * ratio(worst) ** 2);
  const advice = Number.isFinite(needed) && needed > replications ? ` About ${needed} would be needed.` : '';
  return `${replications} replications${each} were not enough for ${listed(rest)}.${known}${advice}`;
}

function ratio({ reached, wanted }: PrecisionResult): number {
  return wanted > 0 ? reached / wanted : reached > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** `within 4.2 min (wanted 5 min)`. */
function withinText(precision: PrecisionResult): string {
  const { reached, wanted, relative } = precision;
  const text = (value: number): string =>
    relative ? `${valueText(value, { unit: 'share' })} of its value` : valueText(value, precision, true);
  return reached === Number.MAX_VALUE
    ? `to no share of its value, since it is 0 (wanted ${text(wanted)})`
    : `within ${text(reached)} (wanted ${text(wanted)})`;
}
