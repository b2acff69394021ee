import type { Estimate } from '@pathway/simulation';
import type { Block } from '../document/blocks.js';
import { estimated, type FigureKind, hasInterval, scaleFor } from '../figures.js';
import type { IdSource } from '../html/html.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { barsBlock } from './bar-rows.js';

/** A figure of several places or scenarios. */
export interface EstimateBarsParts {
  readonly title: string;
  readonly kind: FigureKind;
  readonly rows: readonly { readonly label: string; readonly estimate: Estimate }[];
}

/** A bar from 0 to the mean of each estimate, with its 95 % interval, in one unit; nothing where there is no value. */
export function estimateBars(words: Words, ids: IdSource, { title, kind, rows }: EstimateBarsParts): readonly Block[] {
  const { say } = words;
  const known = rows.filter(({ estimate }) => estimate.replications > 0 && Number.isFinite(estimate.mean));
  if (known.length === 0) return [];
  const { factor, suffix } = scaleFor(words, kind, Math.max(...known.map(({ estimate }) => Math.abs(estimate.mean))));
  const called = named(title);
  const told = known.map(({ label, estimate }) => `${named(label)}: ${estimated(words, estimate, kind)}`);
  return [
    barsBlock(words, ids, {
      title: called,
      description: `${told.join('; ')}. ${say`Bars are means, lines their 95 % intervals.`}`,
      xLabel: suffix === '' ? called : `${called} (${suffix})`,
      reference: 0,
      rows: known.map(({ label, estimate }) => ({
        label: named(label),
        from: 0,
        to: estimate.mean / factor,
        ...(hasInterval(estimate) && { interval: [estimate.low / factor, estimate.high / factor] as const }),
      })),
    }),
  ];
}
