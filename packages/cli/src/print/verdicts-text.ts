import { formatNumber, formatShare } from '@pathway/model';
import type { StudyTest, TestedExpectation } from '@pathway/simulation';
import type { Colours } from '../shell/context.js';
import { difference, differenceFigure, differenceInterval, figure, interval, meanFigure } from './figure.js';
import { printable } from './printable.js';
import { verdictMark } from './results-text.js';

/** One verdict with what it is about. */
export interface Verdict {
  readonly study: Pick<StudyTest, 'study' | 'title'>;
  readonly scenario: Pick<StudyTest['scenarios'][number], 'scenario' | 'title'>;
  readonly tested: TestedExpectation;
}

/** Every verdict, in the order of studies, scenarios and text. */
export function verdictsOf(studies: readonly StudyTest[]): readonly Verdict[] {
  return studies.flatMap((study) =>
    study.scenarios.flatMap((scenario) => scenario.expectations.map((tested) => ({ study, scenario, tested }))),
  );
}

/** One line for a terminal. */
export function verdictLine({ scenario, tested }: Verdict, colours: Colours): string {
  const advice = tested.verdict === 'not decided' ? `; ${verdictAdvice(tested)}` : '';
  const found = `${printable(scenario.title)}: ${measuredText(tested)}${advice}`;
  return `${verdictMark(tested.verdict, colours)}  ${printable(tested.text)}  [${found}]`;
}

/**
 * `6.1%, 95 % interval 5.7% to 6.5%, 13.9 percentage points to spare (69% of the limit)`; of a comparison
 * `4 min against 6 min in As it is: 67% of it, 95 % interval 60% to 74%, 13 percentage points to spare`.
 */
export function measuredText(tested: TestedExpectation): string {
  const { unit, currency, confidence, looks } = tested;
  const view = viewOf(tested);
  if (tested.estimate.replications < 2) return view.value;
  const look = looks > 1 ? ` at look ${looks}` : '';
  const size = differenceFigure(Math.abs(view.margin), view.isRatio ? 'share' : unit, currency);
  const { relative } = tested.margin;
  const share = relative === null || view.isRatio ? '' : ` (${formatShare(Math.abs(relative))} of the limit)`;
  const room = `${size} ${view.margin >= 0 ? 'to spare' : 'beyond the limit'}${share}`;
  return `${view.value}, ${formatNumber(confidence * 100)} % interval${look} ${view.interval}, ${room}`;
}

/** What is compared with the limit: the figure itself, what share of another it is, or how much more than another. */
interface MeasuredView {
  readonly value: string;
  readonly interval: string;
  /** Positive on the right side. */
  readonly margin: number;
  readonly isRatio: boolean;
}

function viewOf({ estimate, unit, currency, against, operator, limit, margin }: TestedExpectation): MeasuredView {
  if (against === undefined)
    return {
      value: meanFigure(estimate, unit, currency),
      interval: interval(estimate, unit, currency),
      margin: margin.absolute,
      isRatio: false,
    };
  const { ratio, factor } = against;
  const [own, other] = [against.figure, against.compared].map((each) => meanFigure(each, unit, currency));
  const where = `in ${printable(against.title)}`;
  if (ratio !== undefined && limit === 0)
    return {
      value: `${own} against ${other} ${where}: ${figure(ratio.mean, 'share')} of it`,
      interval: interval(ratio, 'share'),
      margin: operator.startsWith('<') ? factor - ratio.mean : ratio.mean - factor,
      isRatio: true,
    };
  const compared = factor === 1 ? other : `${formatShare(factor)} of ${other}`;
  return {
    value: `${own} against ${compared} ${where}: a difference of ${difference(estimate, unit, currency)}`,
    interval: differenceInterval(estimate, unit, currency),
    margin: margin.absolute,
    isRatio: false,
  };
}

/** What would decide what is not decided. */
export function verdictAdvice({ estimate, wouldTake }: TestedExpectation): string {
  if (estimate.replications < 2) return 'there are fewer than two replications with a value';
  if (estimate.open === true)
    return 'too few patients lie beyond the percentile to know how high it may be; more replications would tell';
  return wouldTake === undefined
    ? 'the value lies so close to its limit that no number of replications would tell'
    : `about ${formatNumber(wouldTake)} replications would decide it`;
}
