/** Where a response stands; times as the watch counts them. It is in force while it is `active` or `recovering`. */
export interface ResponseState {
  readonly phase: 'rest' | 'active' | 'recovering';
  /** In force since. */
  readonly since?: number;
  /** Recovering: when what called for it ended. */
  readonly calledUntil?: number;
  /** At rest though it is still called for: its longest time is over. */
  readonly isSpent?: true;
}

export const NOT_IN_FORCE: ResponseState = { phase: 'rest' };

/** How a response ends, seconds. */
export interface ResponseRule {
  readonly atMost?: number;
  readonly delay: number;
  /** Responses that have to end first. */
  readonly after: readonly string[];
}

/**
 * A response after what is seen at `time`; the state itself where nothing changes.
 * @param mayEnd whether the responses that it waits for have ended
 */
export function nextResponseState(
  state: ResponseState,
  isCalled: boolean,
  mayEnd: boolean,
  rule: ResponseRule,
  time: number,
): ResponseState {
  if (state.phase === 'rest') {
    if (!isCalled) return state.isSpent === undefined ? state : NOT_IN_FORCE;
    return state.isSpent === undefined ? { phase: 'active', since: time } : state;
  }
  const since = state.since ?? time;
  if (rule.atMost !== undefined && time >= since + rule.atMost)
    return isCalled ? { phase: 'rest', isSpent: true } : NOT_IN_FORCE;
  if (isCalled) return state.phase === 'active' ? state : { phase: 'active', since };
  const calledUntil = state.calledUntil ?? time;
  if (time >= calledUntil + rule.delay && mayEnd) return NOT_IN_FORCE;
  return state.phase === 'recovering' ? state : { phase: 'recovering', since, calledUntil };
}

/** When something of a response is due though nothing new is seen; the first where there are two, undefined for nothing. */
export function responseDues(state: ResponseState, { atMost, delay }: ResponseRule): readonly number[] {
  if (state.phase === 'rest') return [];
  return [
    ...(atMost === undefined || state.since === undefined ? [] : [state.since + atMost]),
    ...(state.calledUntil === undefined ? [] : [state.calledUntil + delay]),
  ];
}

/** Whether a response is in force. */
export function isInForce({ phase }: ResponseState): boolean {
  return phase !== 'rest';
}
