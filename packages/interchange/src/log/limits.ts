/** Bounds on what is read, so that a hostile or broken log ends with a message and not with a full memory. */
export const LOG_LIMITS = Object.freeze({
  /** Rows of a CSV log or `event` elements of an XES log. */
  events: 50_000_000,
  /** Names of activities; an event log that has more has something else in that column. */
  activities: 2000,
  /** Columns of a CSV log. */
  columns: 1000,
  /** Characters of one row, one XML attribute, or one run of XML without an element. */
  characters: 1_000_000,
  /** Elements within elements of an XES log. */
  depth: 64,
  /** Different names of performers that are told apart. */
  resources: 60_000,
  /** Different values of an attribute that are told apart; more are an identifier or free text. */
  categories: 1000,
  /** Attributes times cases that are kept. */
  attributeCells: 40_000_000,
});
