export { localClock, type LocalClock } from './local-clock.js';
export { type Observable, observables, seriesSteps } from './observed.js';
export { readingKey } from './reading-value.js';
export { readingText, signalsIn } from './reading-text.js';
export { levelIndex, type LevelNow, type LevelPlace, levelPlaces, placeKey } from './levels.js';
export type { ResponseState } from './response-state.js';
export type { SignalState } from './signal-memory.js';
export type { TriggerState } from './trigger-state.js';
export { type AlertInForce, Watcher, type WatcherState, type WatchEvent } from './watcher.js';
