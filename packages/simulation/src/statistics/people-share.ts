import { betaQuantile, incompleteBeta, studentQuantile } from '../numeric/special.js';
import { meanOfRuns, type PooledFigure, standardError } from './pooled-figure.js';

/** Of people in a replication, how many were counted of how many. */
export interface CountedPeople {
  readonly of: number;
  readonly over: number;
}

/**
 * A share of people: the mean of the replications' own, of those with any people. Its interval is that of E. L. Korn and B. I. Graubard
 * ("Confidence intervals for proportions with small expected number of positive counts estimated from survey data", Survey
 * Methodology 24, 1998): of Clopper and Pearson for as many independent people as would spread as much, at most those that there
 * were, corrected for the degrees of freedom. So it lies within 0 and 1, and has a length where nobody was seen, or everybody.
 * @param parts by replication; undefined where it found nothing at all
 */
export function peopleShare(parts: readonly (CountedPeople | undefined)[], confidence = 0.95): PooledFigure {
  const values = parts.map((part) => (part === undefined || part.over === 0 ? null : part.of / part.over));
  const alone = meanOfRuns(values, confidence);
  const runs = alone.estimate.replications;
  const share = alone.estimate.mean;
  const error = standardError(values.flatMap((value) => (value === null ? [] : [value - share])));
  const isExtreme = share === 0 || share === 1;
  if (runs < 2 || share < 0 || share > 1 || (!isExtreme && !(error > 0))) return alone;
  const people = parts.reduce((sum, part) => sum + (part?.over ?? 0), 0);
  return ofShare(share, error, { runs, people }, values, confidence);
}

/** People, and the runs that they are of. */
interface Counted {
  readonly runs: number;
  readonly people: number;
}

function ofShare(
  share: number,
  error: number,
  counted: Counted,
  values: PooledFigure['values'],
  confidence: number,
): PooledFigure {
  const peopleAt = (certainty: number): number => effectivePeople(share, error, counted, certainty);
  const endsAt = (certainty: number): readonly [number, number] => {
    const people = peopleAt(certainty);
    const tail = (1 - certainty) / 2;
    return [lowerEnd(share, people, tail), upperEnd(share, people, tail)];
  };
  const [low, high] = endsAt(confidence);
  return {
    estimate: { mean: share, halfWidth: (high - low) / 2, low, high, replications: counted.runs },
    values,
    probabilityUpTo: (limit) => shareProbability(share, peopleAt, limit),
    counted: { people: counted.people, endsAt },
  };
}

/** As many independent people as tell as much of the share; never more than there are. */
function effectivePeople(share: number, error: number, counted: Counted, confidence: number): number {
  const { people } = counted;
  const alike = share === 0 || share === 1 ? people : Math.min(people, (share * (1 - share)) / error ** 2);
  return alike * clusteredPart(counted, confidence);
}

/** What few runs leave of a number of people. */
function clusteredPart({ runs, people }: Counted, confidence: number): number {
  const independent = studentQuantile(0.5 + confidence / 2, Math.max(1, people - 1));
  const clustered = studentQuantile(0.5 + confidence / 2, runs - 1);
  return Math.min(1, (independent / clustered) ** 2);
}

/** How large the share may still be of those of whom none was seen: the upper end of its interval. @param counted of two or more runs */
export function unseenShare(counted: Counted, confidence: number): number {
  return upperEnd(0, effectivePeople(0, 0, counted, confidence), (1 - confidence) / 2);
}

/** The share at which as many as were seen, or more, would be so likely. */
function lowerEnd(share: number, people: number, tail: number): number {
  return share === 0 ? 0 : betaQuantile(tail, share * people, people - share * people + 1);
}

/** The share at which as few as were seen, or fewer, would be so likely. */
function upperEnd(share: number, people: number, tail: number): number {
  return share === 1 ? 1 : betaQuantile(1 - tail, share * people + 1, people - share * people);
}

/** The certainty with which one-sided intervals, as above, lie up to a limit; whichever side says less. */
function shareProbability(share: number, peopleAt: (confidence: number) => number, limit: number): number {
  if (limit < 0) return 0;
  if (limit >= 1) return 1;
  const tailBelow = (tail: number): boolean => {
    const people = peopleAt(1 - 2 * tail);
    return share === 1 ? false : 1 - incompleteBeta(limit, share * people + 1, people - share * people) <= tail;
  };
  const tailAbove = (tail: number): boolean => {
    const people = peopleAt(1 - 2 * tail);
    return share === 0 ? false : incompleteBeta(limit, share * people, people - share * people + 1) <= tail;
  };
  if (tailBelow(MOST_TAIL)) return 1 - leastTail(tailBelow);
  return tailAbove(MOST_TAIL) ? leastTail(tailAbove) : 0.5;
}

/**
 * The certainty with which a figure is at most a limit, by the ends of its intervals of any confidence; whichever side says less.
 * A half where the limit is the figure itself.
 */
export function probabilityByEnds(
  endsAt: (confidence: number) => readonly [low: number, high: number],
  limit: number,
): number {
  const isBelow = (tail: number): boolean => endsAt(1 - 2 * tail)[1] <= limit;
  const isAbove = (tail: number): boolean => endsAt(1 - 2 * tail)[0] >= limit;
  if (isBelow(MOST_TAIL)) return 1 - leastTail(isBelow);
  return isAbove(MOST_TAIL) ? leastTail(isAbove) : 0.5;
}

/** Hardly less than a half. */
const MOST_TAIL = 0.499;

/** The least tail for which it holds, to a thousandth of it. */
function leastTail(holds: (tail: number) => boolean): number {
  let [low, high] = [1e-12, MOST_TAIL];
  if (holds(low)) return 0;
  while (high / low > 1.001) {
    const middle = Math.sqrt(low * high);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
