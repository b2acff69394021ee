/** Where a trigger stands; times as the watch counts them. */
export interface TriggerState {
  readonly phase: 'rest' | 'pending' | 'active';
  /** Since when; of rest, when it last ended. */
  readonly since?: number;
  /** Since when `until` holds. */
  readonly calmSince?: number;
}

export const AT_REST: TriggerState = { phase: 'rest' };

/** What is known at an instant of what a trigger waits for; undefined is not known, and changes nothing. */
export interface TriggerSight {
  /** Its condition holds, or an alert that fires it is in force. */
  readonly called: boolean | undefined;
  /** What it lasts until; absent where nothing is said. */
  readonly until?: boolean | undefined;
}

/** How a trigger goes on, seconds. */
export interface TriggerRule {
  readonly kind: 'condition' | 'alert';
  readonly lasting: number;
  readonly calm: number;
  readonly hasUntil: boolean;
}

/**
 * A trigger after what is seen at `time`; the state itself where nothing changes. It changes its phase once at
 * most, so that one whose two conditions hold together goes to and fro with what is seen, and not for ever.
 */
export function nextTriggerState(
  state: TriggerState,
  sight: TriggerSight,
  rule: TriggerRule,
  time: number,
): TriggerState {
  switch (state.phase) {
    case 'rest':
      if (sight.called !== true) return state;
      return rule.lasting > 0 ? { phase: 'pending', since: time } : activated(sight, time);
    case 'pending':
      if (sight.called === false) return AT_REST;
      if (sight.called === undefined || time < firesAt(state, rule)) return state;
      return activated(sight, time);
    case 'active':
      return lasted(state, sight, rule, time);
  }
}

function activated({ until }: TriggerSight, time: number): TriggerState {
  return { phase: 'active', since: time, ...(until === true && { calmSince: time }) };
}

function lasted(state: TriggerState, sight: TriggerSight, rule: TriggerRule, time: number): TriggerState {
  const isOver = rule.kind === 'alert' ? sight.called === false : true;
  if (!rule.hasUntil) return rule.kind === 'alert' && isOver ? { phase: 'rest', since: time } : state;
  if (sight.until === false)
    return state.calmSince === undefined
      ? state
      : { phase: 'active', ...(state.since !== undefined && { since: state.since }) };
  const calmSince = state.calmSince ?? (sight.until === true ? time : undefined);
  if (calmSince === undefined) return state;
  const isCalm = sight.until === true && time >= calmSince + rule.calm;
  if (isCalm && isOver) return { phase: 'rest', since: time };
  return calmSince === state.calmSince ? state : { ...state, calmSince };
}

/** When a pending trigger fires, if its condition goes on to hold. */
function firesAt({ since = 0 }: TriggerState, { lasting }: TriggerRule): number {
  return since + lasting;
}

/** When something of a trigger is due though nothing new is seen; undefined for nothing. */
export function triggerDue(state: TriggerState, rule: TriggerRule): number | undefined {
  if (state.phase === 'pending') return firesAt(state, rule);
  if (state.phase === 'active' && state.calmSince !== undefined) return state.calmSince + rule.calm;
  return undefined;
}
