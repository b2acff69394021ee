import type { Model } from '../../model.js';
import { callsAmong, type Giving } from './giving.js';
import { isInForce, nextResponseState, NOT_IN_FORCE, type ResponseRule, type ResponseState } from './response-state.js';
import type { WatchEvent } from './watch-state.js';

/** What responses are judged by at an instant. */
interface Instant {
  readonly time: number;
  readonly states: Readonly<Record<string, ResponseState>>;
  /** Ids of the responses that can be called for. */
  readonly atHand: ReadonlySet<string>;
  readonly rules: ReadonlyMap<string, ResponseRule>;
  readonly giving: Giving;
}

/** Which responses begin, go on and end at an instant, in order of declaration, and what is to be told of them. */
export function judgeResponses(
  model: Model,
  { time, states: before, atHand, rules, giving }: Instant,
): { readonly states: Readonly<Record<string, ResponseState>>; readonly events: readonly WatchEvent[] } {
  const events: WatchEvent[] = [];
  const states = new Map(Object.entries(before));
  const stateOf = (id: string): ResponseState => states.get(id) ?? NOT_IN_FORCE;
  const declared = (model.responses ?? []).filter(({ id }) => atHand.has(id));
  const calls = new Map(declared.map(({ id, activations }) => [id, callsAmong(model, activations, giving)]));
  // One that ends may let another one end that waited for it.
  for (let changed = true; changed;) {
    changed = false;
    for (const { id } of declared) {
      const rule = rules.get(id);
      const state = stateOf(id);
      const calledBy = calls.get(id) ?? [];
      if (rule === undefined) continue;
      const mayEnd = !rule.after.some((other) => isInForce(stateOf(other)));
      const next = nextResponseState(state, calledBy.length > 0, mayEnd, rule, time);
      if (next === state) continue;
      states.set(id, next);
      changed = true;
      if (next.phase === state.phase) continue;
      const { phase } = next;
      events.push({ kind: 'response', time, response: id, phase, calledBy, isSpent: next.isSpent === true });
    }
  }
  return { states: Object.fromEntries(states), events };
}
