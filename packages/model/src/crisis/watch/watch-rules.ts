import { requireConstant } from '../../evaluate.js';
import type { Expression } from '../../expression.js';
import type { Model } from '../../model.js';
import type { ResponseRule } from './response-state.js';
import type { TriggerRule } from './trigger-state.js';

/** What a model says of how triggers, responses and averaged signals last, by their ids; seconds. */
export interface WatchRules {
  readonly triggers: ReadonlyMap<string, TriggerRule>;
  readonly responses: ReadonlyMap<string, ResponseRule>;
  /** The time over which a signal is averaged, for those that are. */
  readonly windows: ReadonlyMap<string, number>;
}

/** @throws ModelError for durations that are not constant */
export function rulesOf(model: Model): WatchRules {
  const seconds = (expression: Expression | undefined, what: string): number =>
    expression === undefined ? 0 : requireConstant(expression, model, what);
  const triggers = (model.triggers ?? []).map(({ id, fires, until, calm }): [string, TriggerRule] => [
    id,
    {
      kind: fires.kind,
      lasting: fires.kind === 'condition' ? seconds(fires.lasting, `how long the condition of ${id} lasts`) : 0,
      calm: seconds(calm, `how long ${id} is calm before it ends`),
      hasUntil: until !== undefined,
    },
  ]);
  const responses = (model.responses ?? []).map(({ id, atMost, recovery }): [string, ResponseRule] => [
    id,
    {
      ...(atMost !== undefined && { atMost: seconds(atMost, `how long ${id} lasts at most`) }),
      delay: seconds(recovery.delay, `how long ${id} goes on`),
      after: recovery.after,
    },
  ]);
  const windows = (model.signals ?? []).flatMap(({ id, averagedOver }): [string, number][] =>
    averagedOver === undefined ? [] : [[id, seconds(averagedOver, `the time over which ${id} is averaged`)]],
  );
  return { triggers: new Map(triggers), responses: new Map(responses), windows: new Map(windows) };
}
