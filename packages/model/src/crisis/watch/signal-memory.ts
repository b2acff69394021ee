/** A value from a moment on, or since then nothing known. */
type Remembered = readonly [time: number, value: number | null];

/** What is remembered of a signal that is averaged or read at a time of day. */
export interface SignalState {
  /** Its last value as readers see it; null where there is none. */
  readonly value: number | null;
  /** Samples, or values from moments on, as far back as its mean reaches. */
  readonly memory: readonly Remembered[];
}

export const NEVER_SEEN: SignalState = { value: null, memory: [] };

/** After a sample at `time`: the mean of the samples of the last `window` seconds, or the sample itself. */
export function sampled(
  state: SignalState,
  time: number,
  value: number | undefined,
  window: number | undefined,
): SignalState {
  const taken: readonly Remembered[] = value === undefined ? [] : [[time, value]];
  if (window === undefined) return { value: value ?? null, memory: [] };
  const memory = [...state.memory.filter(([at]) => at > time - window), ...taken];
  const values = memory.flatMap(([, each]) => (each === null ? [] : [each]));
  if (values.length === 0) return { value: null, memory };
  return { value: values.reduce((sum, each) => sum + each, 0) / values.length, memory };
}

/**
 * After `value` was seen at `time`: the mean over the last `window` seconds, of the part of them in which it was known. At
 * the very first moment it is the value itself.
 */
export function averagedOverTime(
  state: SignalState,
  time: number,
  value: number | undefined,
  window: number,
): SignalState {
  const last = state.memory.at(-1);
  const now = value ?? null;
  const changed = last === undefined ? now !== null : last[1] !== now;
  const memory = forget(changed ? [...state.memory, [time, now] as const] : state.memory, time - window);
  let area = 0;
  let known = 0;
  for (const [index, [at, each]] of memory.entries()) {
    if (each === null) continue;
    const length = (memory[index + 1]?.[0] ?? time) - Math.max(at, time - window);
    area += each * length;
    known += length;
  }
  return { value: known > 0 ? area / known : now, memory };
}

/** Whether a mean over time changes though nothing new is seen. */
export function isMoving({ memory }: SignalState): boolean {
  return memory.length > 1;
}

/** Without what was over before a moment: the value that held then is kept. */
function forget(memory: readonly Remembered[], before: number): readonly Remembered[] {
  const first = memory.findLastIndex(([at]) => at <= before);
  return first <= 0 ? memory : memory.slice(first);
}
