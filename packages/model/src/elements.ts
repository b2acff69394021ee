import type { Expression } from './expression.js';
import type { Origin } from './origin.js';
import type { Schedule, Weekday } from './schedule.js';

/** Titles in other languages, by BCP 47 tag in its canonical case: `it`, `pt-BR`. */
export type Titles = Readonly<Record<string, string>>;

/**
 * What every declaration has. `id` is unique in the model: the declared name, or `file-stem.name` where two
 * files declare the same name. References between elements are ids.
 */
export interface Declaration {
  readonly id: string;
  readonly name: string;
  readonly title?: string;
  readonly titles?: Titles;
  readonly documentation?: string;
  readonly origin: Origin;
  /** Ids of the sources that the declaration's numbers come from. */
  readonly sources?: readonly string[];
}

/** The text a reader sees: the title, or the name where none was given. */
export function titleOf(declaration: { readonly name: string; readonly title?: string | undefined }): string {
  return declaration.title ?? declaration.name;
}

/** How good a number is: A measured here, B measured elsewhere, C expert opinion, D assumed. */
export type Grade = 'A' | 'B' | 'C' | 'D';

export interface Source extends Declaration {
  readonly url?: string;
  /** ISO date of publication or measurement. */
  readonly date?: string;
  readonly grade?: Grade;
  readonly note?: string;
}

export interface Territory extends Declaration {
  readonly population?: Expression;
  /** How many of them are of some ages. */
  readonly ages?: readonly (AgeRange & { readonly people: Expression })[];
  /** IANA zone name; studies in this territory keep its clock. */
  readonly timezone?: string;
  /** The calendar of public holidays by its code (`GB-ENG`), for readers. */
  readonly holidays?: string;
  /** ISO dates of the holidays that timetables know, ascending. */
  readonly holidayDates?: readonly string[];
  readonly entrypoints: readonly { readonly organisation: string; readonly audiences: readonly string[] }[];
  /** Codes of its area by their system, as alerts give them. */
  readonly geocodes?: readonly { readonly system: string; readonly codes: readonly string[] }[];
  /** Outlines, each a closed ring of latitude and longitude in degrees. */
  readonly polygons?: readonly (readonly (readonly [number, number])[])[];
}

export interface Organisation extends Declaration {
  readonly sector?: string;
  readonly territory?: string;
  readonly partOf?: string;
  readonly contact: Readonly<Record<string, string>>;
  /** Languages in which one is served, BCP 47. */
  readonly languages?: readonly string[];
  /** Whom or what it accepts, in its own words. */
  readonly accepts?: readonly string[];
}

export interface Skill extends Declaration {
  /** Lowest first; empty when the skill has no levels. */
  readonly levels: readonly string[];
  readonly codes: Readonly<Record<string, string>>;
  /** Training time, seconds. */
  readonly trainableIn?: Expression;
}

export interface HeldSkill {
  readonly skill: string;
  /** A level of that skill; absent when the skill has none or any will do. */
  readonly level?: string;
}

export interface Role extends Declaration {
  readonly codes: Readonly<Record<string, string>>;
  readonly skills: readonly HeldSkill[];
  /** Money per second. */
  readonly cost?: Expression;
}

/** Minutes after midnight; an end at or before the start is on the next day. */
export interface Shift extends Declaration {
  readonly from: number;
  readonly to: number;
  readonly days?: readonly Weekday[];
  /** Working time that the shift counts as, in seconds; all of it where absent. */
  readonly workingTime?: Expression;
}

/** People of one role at one organisation, counted or named. */
export interface StaffGroup extends Declaration {
  readonly role: string;
  readonly organisation?: string;
  readonly headcount: Expression;
  /** Named people, from a CSV file; empty for a counted group. */
  readonly people: readonly Person[];
  /** Contract working time as a share of time: seconds of work per second (37.5 h/week is 0.2232). */
  readonly contract?: Expression;
  readonly shifts: readonly string[];
  /** People on duty over time; absent when neither written nor given by a roster. */
  readonly onDuty?: Schedule;
  /** Share of working time lost to sickness and other absence, 0 to 1; a distribution where it is not known better. */
  readonly absence?: Expression;
  /** Yearly allowances for WISN, seconds per person and year, by what they are for. */
  readonly leave: readonly { readonly name: string; readonly perYear: Expression }[];
  /**
   * Shares of working time that everyone of the group spends on support work (WISN category allowance), or that only so many
   * people do (individual allowance).
   */
  readonly supportShares: readonly { readonly name: string; readonly share: Expression; readonly people?: number }[];
  /** Seconds of each shift that are paid and not there for the work: breaks, handover, ways. */
  readonly lostPerShift?: readonly { readonly name: string; readonly time: Expression }[];
}

/** A skill as one person has it: a certificate may begin and end. ISO dates, both inclusive. */
export interface PersonSkill extends HeldSkill {
  readonly since?: string;
  readonly until?: string;
}

export interface Person {
  /** Pseudonymous id, as written in the file. */
  readonly id: string;
  /** Those of the role among them. */
  readonly skills: readonly PersonSkill[];
  readonly contract?: number;
  readonly shifts: readonly string[];
  /** ISO dates, both inclusive, on which the person is away. */
  readonly leave: readonly { readonly from: string; readonly to: string }[];
  readonly origin: Origin;
}

export type ResourceKind = 'space' | 'stuff' | 'system' | 'vehicle';

export interface Resource extends Declaration {
  readonly resourceKind: ResourceKind;
  readonly organisation?: string;
  readonly count: Schedule;
  /** Breakdown of each unit: time between repairs' end and next failure, and repair time. */
  readonly breakdown?: { readonly every: Expression; readonly lasts: Expression };
  /** Money per second for each unit that exists, busy or not. */
  readonly cost?: Expression;
  /** What it does not work without, and for how many seconds it does. */
  readonly dependencies?: readonly { readonly on: readonly string[]; readonly battery?: Expression }[];
  /** After a loss: when it will be back (recovery time objective), and when it must be. */
  readonly recovery?: { readonly objective?: Expression; readonly maximumOutage?: Expression };
}

/** Something that is used up and delivered, counted in whole units. */
export interface Stock extends Declaration {
  readonly organisation?: string;
  /** What is counted, for readers: `L`, `doses`. */
  readonly unit?: string;
  /** What there is at the start. */
  readonly level: Expression;
  /** What there is room for: of a delivery no more is kept. */
  readonly most?: Expression;
  readonly deliveries: readonly Delivery[];
}

export type Delivery =
  /** At a clock time (minutes after midnight) on some days, `since` inclusive, `until` exclusive. */
  | {
      readonly kind: 'scheduled';
      readonly amount: Expression;
      readonly at: number;
      readonly days?: readonly Weekday[];
      readonly since?: string;
      readonly until?: string;
    }
  /** Ordered when the level falls below a limit and nothing is on order, and there `after` so many seconds. */
  | { readonly kind: 'ordered'; readonly amount: Expression; readonly below: Expression; readonly after: Expression };

/**
 * Ways between places: organisations, and values of attributes such as where a patient lives. What a text asks of it has
 * become durations where it asked; this is what they rest on.
 */
export interface Travel extends Declaration {
  /** Metres per second. */
  readonly speed?: Expression;
  /** Those back are listed too. A length in seconds, or in metres at the speed. */
  readonly legs: readonly { readonly from: string; readonly to: string; readonly length: Expression }[];
}

/** A number with a name, so that a scenario can change it and a reader can find it. */
export interface NamedNumber extends Declaration {
  readonly value: Expression;
  readonly uncertainty?: Uncertainty;
}

/** What a number may also be, as far as anybody knows. */
export type Uncertainty =
  | { readonly kind: 'range'; readonly low: Expression; readonly high: Expression }
  | { readonly kind: 'distribution'; readonly distribution: Expression };

/** How many come together wherever somebody arrives: drawn for each group, rounded, none where it is 0. Absent for people who come alone. */
interface Together {
  readonly group?: Expression;
}

export type Arrivals =
  /** A renewal process: times between arrivals are drawn from `between`. */
  | ({ readonly kind: 'every'; readonly between: Expression; readonly first?: Expression } & Together)
  /**
   * A Poisson process. `rate` is the mean per second over the days on which it is open; `profile` spreads it. With `hours` it
   * is the rate within these hours of the days on which they begin, and nobody comes at others.
   */
  | ({
      readonly kind: 'rate';
      readonly rate: Expression;
      readonly days?: readonly Weekday[];
      readonly hours?: ArrivalHours;
      readonly profile?: ArrivalProfile;
    } & Together)
  /** A Poisson process with the rate of each slot given absolutely, per second. */
  | ({ readonly kind: 'table'; readonly profile: ArrivalProfile; readonly scale?: Expression } & Together)
  /** `arrives floor(triangular(1, 3, 20)) at 00:00 daily`: so many at once at a clock time. */
  | { readonly kind: 'batch'; readonly size: Expression; readonly at: number; readonly days?: readonly Weekday[] }
  /**
   * Booked times: `amount` people at each (one when absent), every so many seconds from `from` on and before `to`
   * (minutes after midnight), each of whom comes with probability `shows`, `deviation` seconds after the booked time
   * or, if negative, before it.
   */
  | {
      readonly kind: 'appointments';
      readonly amount?: Expression;
      readonly every: Expression;
      readonly from: number;
      readonly to: number;
      readonly days?: readonly Weekday[];
      readonly shows?: Expression;
      readonly deviation?: Expression;
    }
  /** Recorded arrivals: seconds after the study's start. */
  | {
      readonly kind: 'recorded';
      readonly times: readonly number[];
      /** The file that they come from; attributes from the same file have the row of the arrival. */
      readonly table?: string;
    };

/** Minutes after midnight; an end that is not later than the beginning is on the next day. */
export interface ArrivalHours {
  readonly from: number;
  readonly to: number;
}

export interface ArrivalProfile {
  /** Length of a slot in seconds. */
  readonly slot: number;
  /** One value a slot: shares for `rate` (scaled to a mean of 1), rates per second for `table`. */
  readonly values: readonly number[];
  /** Where slot 0 begins: local midnight, Monday's local midnight, or the start of the study. It then repeats. */
  readonly anchor: 'day' | 'week' | 'study';
}

/** People of an age: whole years, both inclusive; without `high` everybody from `low` on. */
export interface AgeRange {
  readonly low: number;
  readonly high?: number;
}

/** Who comes because of how many live somewhere. */
export interface PopulationDemand {
  /** Id of the territory; absent in a template, where a deployment says it. */
  readonly territory?: string;
  readonly rates: readonly (AgeRange & {
    /** Arrivals a second among `people` people of this age. */
    readonly rate: Expression;
    readonly people: number;
    readonly origin: Origin;
  })[];
  readonly profile?: ArrivalProfile;
}

export interface Attribute {
  readonly name: string;
  readonly title?: string;
  readonly titles?: Titles;
  readonly documentation?: string;
  readonly origin: Origin;
  readonly value: Expression;
  /** The values a categorical attribute can take, in order of declaration; empty for a number. */
  readonly categories: readonly string[];
}

export interface Cohort extends Declaration {
  readonly arrivals?: Arrivals;
  /** What the arrivals are derived from, where they are. */
  readonly population?: PopulationDemand;
  /** In order of declaration; a later one may depend on an earlier one. */
  readonly attributes: readonly Attribute[];
  /** Priority of its patients in queues; a smaller number goes first. 0 when absent. */
  readonly priority?: Expression;
}
