import { formatNumber, formatShare } from '@pathway/model';
import type { StudyTest, TestedExpectation } from '@pathway/simulation';
import type { Colours } from '../shell/context.js';
import { differenceFigure, interval, meanFigure } from './figure.js';
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

/** `6.1%, 95 % interval 5.7% to 6.5%, 13.9 percentage points to spare (69% of the limit)`. */
export function measuredText({ estimate, unit, currency, confidence, looks, margin }: TestedExpectation): string {
  const value = meanFigure(estimate, unit, currency);
  if (estimate.replications < 2) return value;
  const look = looks > 1 ? ` at look ${looks}` : '';
  const size = differenceFigure(Math.abs(margin.absolute), unit, currency);
  const share = margin.relative === null ? '' : ` (${formatShare(Math.abs(margin.relative))} of the limit)`;
  const room = `${size} ${margin.absolute >= 0 ? 'to spare' : 'beyond the limit'}${share}`;
  return `${value}, ${formatNumber(confidence * 100)} % interval${look} ${interval(estimate, unit, currency)}, ${room}`;
}

/** What would decide what is not decided. */
export function verdictAdvice({ estimate, wouldTake }: TestedExpectation): string {
  if (estimate.replications < 2) return 'there are fewer than two replications with a value';
  return wouldTake === undefined
    ? 'the value lies so close to its limit that no number of replications would tell'
    : `about ${formatNumber(wouldTake)} replications would decide it`;
}
