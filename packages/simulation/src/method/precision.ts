import { figureTitle, type Model, type PrecisionTarget, requireConstant } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { PrecisionResult } from '../method-results.js';
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
      const { estimate } = reader.figureOf(results.map(reader.find));
      const size = Math.abs(estimate.mean);
      const reached = estimate.open
        ? Number.MAX_VALUE
        : !target.relative
          ? estimate.halfWidth
          : size > 0
            ? estimate.halfWidth / size
            : Number.MAX_VALUE;
      // A figure that is 0 in every replication is as precise as can be.
      const certain = estimate.replications >= 2 && estimate.halfWidth === 0;
      return {
        ...labelOf(input, target, reader.argument),
        wanted,
        reached: certain ? 0 : reached,
        relative: target.relative,
        met: certain || (estimate.replications >= 2 && reached <= wanted),
        ...(estimate.open && { open: true as const }),
      };
    });
  });
}

/** Looks in succession at which every figure has to be precise. */
const LOOKS = 3;

/**
 * Replications that a figure has to be the same in before that counts as precise: with 95 % certainty at most one run in
 * twenty shows another value (S. S. Wilks, "Determination of sample sizes for setting tolerance limits", Annals of
 * Mathematical Statistics 12, 1941, pp. 91-96).
 */
const SAME = 59;

/**
 * Whether everything is precise enough to stop. Whoever stops at the first narrow interval prefers runs that happen to be
 * alike, and of a skewed figure low values: intervals of 95 % then hold less often (measured in
 * `test/method/precision-coverage.test.ts`). So intervals have to be narrow at three looks in succession; and ten runs without
 * a rare event say little about how rare it is.
 * @param step replications between two looks
 */
export function mayStop(
  input: SimulationInput,
  model: Model,
  targets: readonly PrecisionTarget[],
  results: readonly ReplicationResult[],
  step: number,
): boolean {
  const looks = Array.from({ length: LOOKS }, (_, back) => results.length - back * step);
  return looks.every((count, back) =>
    precisionsOf(input, model, targets, results.slice(0, Math.max(0, count))).every(
      ({ met, reached }) => met && (back > 0 || reached > 0 || count >= SAME),
    ),
  );
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
    const same = precisions.filter(({ reached }) => reached === 0);
    const constant =
      same.length === 0
        ? ''
        : ` The same in all of them: ${titlesOf(same)}; what is rarer than ${replications} replications show could still happen.`;
    return `Stopped after ${replications} replications${each} (at most ${atMost}), when every interval was narrow enough${why}.${constant}`;
  }
  const [worst] = [...missed].sort((a, b) => ratio(b) - ratio(a));
  const known = worst === undefined ? '' : ` ${figureTitle(worst)} is known ${withinText(worst)}.`;
  // The half-width shrinks with the square root of the number of replications.
  const needed = worst === undefined ? 0 : Math.ceil(replications * ratio(worst) ** 2);
  const advice = Number.isFinite(needed) && needed > replications ? ` About ${needed} would be needed.` : '';
  return `${replications} replications${each} were not enough for ${titlesOf(missed)}.${known}${advice}`;
}

/** The figures by their titles, the first three of more. */
function titlesOf(precisions: readonly PrecisionResult[]): string {
  const names = [...new Set(precisions.map(figureTitle))];
  const shown = names.slice(0, 3);
  return listed(names.length > shown.length ? [...shown, `${names.length - shown.length} more`] : shown);
}

function ratio({ reached, wanted }: PrecisionResult): number {
  return wanted > 0 ? reached / wanted : reached > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** `within 4.2 min (wanted 5 min)`. */
function withinText(precision: PrecisionResult): string {
  const { reached, wanted, relative } = precision;
  const text = (value: number): string =>
    relative ? `${valueText(value, { unit: 'share' })} of its value` : valueText(value, precision, true);
  if (precision.open === true)
    return `with no upper end, since too few patients lie beyond it (wanted within ${text(wanted)})`;
  return reached === Number.MAX_VALUE
    ? `to no share of its value, since it is 0 (wanted ${text(wanted)})`
    : `within ${text(reached)} (wanted ${text(wanted)})`;
}
