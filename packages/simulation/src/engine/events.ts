/** Kinds of events: what a scheduled number means, besides its subject (a token, a pool, a unit or a cohort). */
export const EVENT_END = 0;
export const EVENT_PATIENCE = 1;
export const EVENT_CAPACITY = 2;
export const EVENT_FAILURE = 3;
export const EVENT_REPAIR = 4;
export const EVENT_ARRIVAL = 5;
export const EVENT_ENTER = 6;
export const EVENT_WINDOW = 7;

/** Scheduled numbers are `subject * KINDS + kind`. */
export const KINDS = 8;
