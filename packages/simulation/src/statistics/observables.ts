/** What a census counts at an instant: units in use, or requests waiting. */
export interface Observable {
  readonly kind: 'census' | 'queue';
  readonly facilities: readonly number[];
}

/** Names an observable, so that the same one is counted once. */
export function observableKey(kind: 'census' | 'queue', facilities: readonly number[]): string {
  return `${kind} ${facilities.join(' ')}`;
}
