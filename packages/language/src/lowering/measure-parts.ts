import type { MeasureTarget, Statistic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { LoweringContext } from './lowering-context.js';

/** What a wait, a queue or a utilisation is about. */
export function measureTarget(
  node: ast.NamedValue | ast.Waitable | undefined,
  context: LoweringContext,
): MeasureTarget {
  if (ast.isRole(node)) return { kind: 'role', role: context.idOf(node) };
  if (ast.isStep(node) || ast.isHold(node)) return { kind: 'activity', activity: context.activityId(node) };
  return { kind: 'resource', resource: context.idOf(node) };
}

/** `p90`, `median`, `mean` (also when nothing is written), `sd`, `minimum`, `maximum`, `count`. */
export function lowerStatistic(text: string | undefined): Statistic {
  if (text === 'median') return { percentile: 50 };
  const percentile = /^p([0-9]{1,2}|100)$/.exec(text ?? '')?.[1];
  if (percentile !== undefined) return { percentile: Number(percentile) };
  if (text === 'sd' || text === 'minimum' || text === 'maximum' || text === 'count') return text;
  return 'mean';
}
