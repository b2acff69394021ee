/**
 * How often each step is begun in a mean week, hour by hour, and how long it takes: what the pathways ask of people and
 * things before anyone waits. The analysis computes it from the model, staffing reads it.
 */
export interface ActivityDemand {
  /** Activity id of a step or hold. */
  readonly activity: string;
  readonly title: string;
  /** The organisation where it takes place; absent where none is known. */
  readonly organisation?: string;
  /** Mean starts in each hour of the week, 0 = Monday 00:00 local; 168 values. */
  readonly startsByHour: readonly number[];
  /** Mean number under way in each hour of the week if nobody waited (offered load); 168 values. */
  readonly loadByHour: readonly number[];
  /** Mean seconds that one start keeps what it needs. */
  readonly meanDuration: number;
  /** What one start needs. */
  readonly needs: readonly ActivityNeed[];
  /** Titles of the cohorts among those who begin it of whom all come at one time; absent for none. */
  readonly batches?: readonly string[];
}

/** What cover means for people who all come at one time. */
export function noteOnBatch(title: string): string {
  return `${title}: all come at one time, and cover keeps few of them waiting; where they may wait, fewer are needed.`;
}

/** People or things that one start of an activity keeps. */
export interface ActivityNeed {
  readonly amount: number;
  readonly target:
    | { readonly kind: 'resource'; readonly resource: string }
    | { readonly kind: 'role'; readonly role: string; readonly organisation?: string }
    | { readonly kind: 'skill'; readonly skill: string; readonly level?: string; readonly organisation?: string };
}

/** What a scenario brings by day: what holds from when to when, and what is asked of people and things in each hour. */
export interface DailyDemand {
  /** ISO date of the first day. */
  readonly from: string;
  readonly days: number;
  /** What holds, in the order in which it begins. */
  readonly spells: readonly Spell[];
  /** As of a mean week, but hour by hour from the first day's midnight on: 24 values a day. */
  readonly demand: readonly ActivityDemand[];
  /** What could not be followed, in sentences. */
  readonly notes: readonly string[];
}

/** When an effect of a crisis lasts or a response is in force, in hours after the first day's midnight on local clocks. */
export interface Spell {
  readonly kind: 'effect' | 'response';
  /** Of the effect or the response. */
  readonly id: string;
  /** Title of the crisis or the response. */
  readonly title: string;
  readonly from: number;
  readonly until: number;
  /** A run alone tells when it is in force: here it is for as long as the crises of the scenario last. */
  readonly assumed?: true;
}
