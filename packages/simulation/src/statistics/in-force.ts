import { TOLD_GAUGE, TOLD_LEVEL, TOLD_RESPONSE, TOLD_TRIGGER } from '../../engine/control.js';
import type { ToldRow } from '../engine/run-record.js';
import type { SimulationInput } from '../input/types.js';
import type { InputFormula } from '../input/measure-types.js';

/** A time, in seconds after the warm-up, in which something held. */
export interface SpanInForce {
  readonly from: number;
  /** Not before `from`; the same where it held for no time of the window. */
  readonly to: number;
  /** True where it began in the window. */
  readonly begins: boolean;
}

/** When a state that rows tell of was such in the window; it is 0 before the first of them. */
export function spansInForce(
  input: Pick<SimulationInput, 'warmUp' | 'run'>,
  rows: readonly Pick<ToldRow, 'time' | 'value'>[],
  holds: (value: number) => boolean,
): SpanInForce[] {
  const states = [{ time: 0, value: 0 }, ...rows];
  return states.flatMap(({ time, value }, i) => {
    if (!holds(value)) return [];
    const from = Math.max(0, time - input.warmUp);
    const to = Math.min(input.run, (states[i + 1]?.time ?? Number.POSITIVE_INFINITY) - input.warmUp);
    return [{ from, to: Math.max(from, to), begins: i > 0 && time >= input.warmUp }];
  });
}

/** Share of the window in which a level, gauge, trigger or response was in force. */
export function shareInForce(
  input: Pick<SimulationInput, 'warmUp' | 'run'>,
  told: readonly ToldRow[],
  of: Extract<InputFormula, { op: 'time share' }>['of'],
): number {
  const { kind, subject, holds } = stateOf(of);
  const rows = told.filter((row) => row.kind === kind && row.subject === subject);
  return spansInForce(input, rows, holds).reduce((total, { from, to }) => total + (to - from), 0) / input.run;
}

interface State {
  readonly kind: number;
  readonly subject: number;
  readonly holds: (value: number) => boolean;
}

function stateOf(of: Extract<InputFormula, { op: 'time share' }>['of']): State {
  const active = (value: number): boolean => value > 0;
  if ('response' in of) return { kind: TOLD_RESPONSE, subject: of.response, holds: active };
  if ('trigger' in of) return { kind: TOLD_TRIGGER, subject: of.trigger, holds: active };
  const { level, only } = of;
  const holds = (value: number): boolean => (only ? value === level : value >= level);
  return 'place' in of
    ? { kind: TOLD_LEVEL, subject: of.place, holds }
    : { kind: TOLD_GAUGE, subject: of.gauge, holds };
}
