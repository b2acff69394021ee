import type { DutyRoster } from '@pathway/staffing';
import type { IdSource } from '../html/html.js';
import type { Words } from '../words/words.js';
import type { RosterDay, RosterInput } from './roster-view.js';

/** What the parts of a page of a roster are made from. */
export interface RosterContext {
  readonly words: Words;
  readonly ids: IdSource;
  readonly input: RosterInput;
  readonly roster: DutyRoster;
  readonly days: readonly RosterDay[];
}
