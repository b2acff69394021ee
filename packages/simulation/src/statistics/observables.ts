import type { InputFormula } from '../input/measure-types.js';

/** What is counted at an instant: units in use, requests waiting, units that there are, or requests waiting at places. */
export interface Observable {
  readonly kind: 'census' | 'queue' | 'capacity' | 'waiting';
  /** Of facilities, or of places (`waiting`): their instructions. */
  readonly of: readonly number[];
}

/** What a formula asks for at an instant, when it stands in a probability; undefined where it is no such question. */
export function observableOf(formula: InputFormula): Observable | undefined {
  switch (formula.op) {
    case 'census':
    case 'queue':
    case 'capacity':
      return { kind: formula.op, of: formula.facilities };
    case 'waiting':
      return { kind: formula.op, of: formula.requests };
    default:
      return undefined;
  }
}

/** Names an observable, so that the same one is counted once. */
export function observableKey({ kind, of }: Observable): string {
  return `${kind} ${of.join(' ')}`;
}
