/**
 * A rostering problem as plain values: who works which shift on which day. Days are numbered from 0, shifts and people by
 * their place in the lists; durations are whole minutes, costs are in one unit of the planner's choice.
 */
export interface RosterProblem {
  readonly days: number;
  /** Weekday of day 0: 0 Monday to 6 Sunday. */
  readonly firstWeekday: number;
  readonly shifts: readonly ShiftType[];
  readonly people: readonly RosterPerson[];
  readonly needs: readonly CoverNeed[];
}

export interface ShiftType {
  readonly id: string;
  /** Working time that the shift counts for. */
  readonly minutes: number;
  /**
   * The place of the shift that it is, where it is worked in the place of others. Wishes and what stands name that one and mean
   * both, rules list each; only cover tells them apart.
   */
  readonly sameAs?: number;
}

export interface RosterPerson {
  readonly id: string;
  readonly rules: LineRules;
  /** Shifts that this person may work at all. */
  readonly shifts: readonly number[];
  /** Days, or single shifts of days, on which the person is not there. */
  readonly away: readonly { readonly day: number; readonly shift?: number }[];
  /** What stands already: a shift, in whatever place it is worked, or a day off. */
  readonly fixed: readonly { readonly day: number; readonly shift: number | 'off' }[];
  readonly wishes: readonly Wish[];
  readonly refusals?: readonly FairRefusals[];
  /** What was before day 0; without it the first run of days on or off may have begun earlier. */
  readonly before?: EarlierDays;
}

/** A wish that costs `weight` where it is not met, in whatever place the shift is worked. Without a shift: any of the day. */
export interface Wish {
  readonly kind: 'on' | 'off';
  readonly day: number;
  readonly shift?: number;
  readonly weight: number;
}

export interface EarlierDays {
  /** The shift worked on the day before day 0, or `off`. */
  readonly last: number | 'off';
  /** Days worked, or off, in a row up to day 0. */
  readonly run: number;
  /** Nights in a row up to day 0. */
  readonly nights: number;
}

/** What holds for the line of one person, always. */
export interface LineRules extends OrderRules {
  readonly minMinutes: number;
  readonly maxMinutes: number;
  /** Minutes beyond which each costs so much; they remain below `maxMinutes`. */
  readonly overtime?: { readonly beyond: number; readonly costPerMinute: number };
  /** Other rules of the order of days, on some of the days; the others have those above. */
  readonly phases?: readonly RulePhase[];
  readonly limits: readonly LineLimit[];
  readonly shares?: readonly FairShare[];
}

/** Rules of the order of days. What breaks one is judged by the rules of the day on which it happens. */
export interface OrderRules {
  /** Days worked in a row: at most, by the rule of each day, and at least once begun, by that of the day off after them. */
  readonly maxRun: number;
  readonly minRun: number;
  /** Days off in a row, once begun, by the rule of the day of work after them. */
  readonly minOff: number;
  /** Pairs of shifts of which the second must not be worked on the day after the first. */
  readonly forbidden: readonly (readonly [first: number, second: number])[];
  readonly nights?: {
    readonly shifts: readonly number[];
    /** In a row. */
    readonly maxRun: number;
    /** Days off after the last of them. */
    readonly minOffAfter: number;
  };
}

/** Rules of the order of days that hold on some days; no day is in two of them, and nights are the same shifts in all. */
export interface RulePhase extends OrderRules {
  readonly days: readonly number[];
}

/**
 * Refused wishes of one person, which cost beside their weights: each beyond `free` costs `cost` more than the one before it,
 * up to `STEPS_OF_REFUSALS` times that, so that refusals fall on different people.
 */
export interface FairRefusals {
  /** The wishes that are counted. */
  readonly of: readonly Wish[];
  readonly free: number;
  readonly cost: number;
}

/** From so many refused wishes beyond those that are free, each further one costs the same. */
export const STEPS_OF_REFUSALS = 4;

/** A share of what nobody likes to do: each count above `most`, or below `least`, costs. */
export interface FairShare {
  /** Weekends with work, or work on any of some shifts. */
  readonly of: 'weekends' | 'shifts';
  readonly shifts?: readonly number[];
  readonly least: number;
  readonly most: number;
  readonly cost: number;
}

/** A count over the whole period or over each week from Monday that must not be exceeded. */
export type LineLimit =
  /** Weekends with work on Saturday or Sunday. */
  | { readonly of: 'weekends'; readonly most: number }
  | {
      readonly of: 'shifts';
      readonly shifts: readonly number[];
      readonly most: number;
      readonly per: 'period' | 'week';
      /** Weeks that it holds in, with `per: 'week'`: 0 is that of day 0. All of them where absent. */
      readonly weeks?: readonly number[];
    }
  | { readonly of: 'minutes'; readonly most: number; readonly per: 'week'; readonly weeks?: readonly number[] };

/**
 * People wanted at once. Those on duty in any of `slots` count with their coefficient (that of the slot where it has some, 1
 * where none are given); each missing costs `under`, each too many `over`.
 */
export interface CoverNeed {
  readonly id: string;
  readonly required: number;
  readonly under: number;
  readonly over: number;
  readonly slots: readonly CoverSlot[];
  /** By person. */
  readonly coefficients?: readonly number[];
}

export interface CoverSlot {
  readonly day: number;
  readonly shift: number;
  /** By person, in place of those of the need. */
  readonly coefficients?: readonly number[];
}

/** How much a person on duty in a slot of a need counts for it. */
export function countsIn(need: CoverNeed, slot: CoverSlot, person: number): number {
  const coefficients = slot.coefficients ?? need.coefficients;
  return coefficients === undefined ? 1 : (coefficients[person] ?? 0);
}

/** Whether a person counts for a need in any of its slots. */
export function canCount(need: CoverNeed, person: number): boolean {
  return need.slots.some((slot) => countsIn(need, slot, person) > 0);
}

/** The place of a shift, and of the one whose times it has where it is worked in the place of others. */
export function sameShift(shifts: readonly ShiftType[], shift: number): number {
  return shifts[shift]?.sameAs ?? shift;
}

/** For each person a shift for each day, or -1 for a day off. */
export type Roster = readonly Int16Array[];
