import type { Estimate, ExpectationResult } from '@pathway/simulation';
import {
  differed,
  estimated,
  estimatedMean,
  exactBeside,
  figure,
  type FigureKind,
  percentagePoints,
} from './figures.js';
import { named } from './text.js';
import type { Words } from './words/words.js';

/** What is written of one `expect` in one scenario. */
export interface ExpectationTexts {
  /** The figure with its interval; of a comparison both figures, and the one as a share of the other or their difference. */
  readonly simulated: string;
  readonly limit: string;
  /** How far from the limit, and on which side: `0.9 percentage points above the limit`. */
  readonly margin: string;
}

/** The texts of a result; `kind` is what its figure measures. */
export function expectationTexts(words: Words, result: ExpectationResult, kind: FigureKind): ExpectationTexts {
  const { estimate, limit, against } = result;
  if (against === undefined)
    return {
      simulated: estimated(words, estimate, kind),
      limit: figure(words, limit, kind),
      margin: marginText(words, estimate.mean - limit, estimate, kind),
    };
  const { say } = words;
  const [own, other] = [against.figure, against.compared].map((each) => estimatedMean(words, each, kind));
  const title = named(against.title);
  const { ratio, factor } = against;
  // A share of the other figure says more than a difference, where nothing is added to it.
  if (ratio !== undefined && limit === 0)
    return {
      simulated: say`${own ?? ''} against ${other ?? ''} in ${title}: ${estimated(words, ratio, SHARE)} of it`,
      limit: figure(words, factor, SHARE),
      margin: marginText(words, ratio.mean - factor, ratio, SHARE),
    };
  const difference = differed(words, estimate, kind);
  const simulated =
    factor === 1
      ? say`${own ?? ''} against ${other ?? ''} in ${title}: ${difference}`
      : say`${own ?? ''} against ${figure(words, factor, SHARE)} of ${other ?? ''} in ${title}: ${difference}`;
  return {
    simulated,
    limit: kind.unit === 'share' ? points(words, figure(words, limit, kind)) : figure(words, limit, kind),
    margin: marginText(words, estimate.mean - limit, estimate, kind),
  };
}

const SHARE: FigureKind = { unit: 'share', currency: undefined };

function marginText(words: Words, margin: number, estimate: Estimate, kind: FigureKind): string {
  const { say } = words;
  if (!Number.isFinite(margin)) return say`no value`;
  if (margin === 0) return say`at the limit`;
  const size = exactBeside(words, Math.abs(margin), estimate, kind);
  const amount = kind.unit === 'share' ? points(words, size) : size;
  return margin > 0 ? say`${amount} above the limit` : say`${amount} below the limit`;
}

/** Percentage points of a share as it is written. */
function points(words: Words, share: string): string {
  return percentagePoints(words, share.replace(/\u00a0%$/, ''));
}
