import type { Spell } from '@pathway/model';
import type { TeamNeed } from './minimum.js';
import type { CoverTarget } from './target.js';

/**
 * The staffing need of a model in one scenario, published as `docs/schemas/staffing-plan.schema.json`.
 * Hours are hours of work in a mean week unless said otherwise; shares are fractions of 1.
 */
export interface StaffingPlan {
  readonly format: 'pathway-staffing-plan';
  readonly formatVersion: 1;
  readonly languageVersion: string;
  readonly sourceHash: string;
  readonly scenario: string;
  readonly title: string;
  readonly roles: readonly RoleNeed[];
  readonly skills: readonly SkillNeed[];
  /** The days of the scenario's crises, where any happens. */
  readonly byDay?: DailyNeed;
  /** Steps whose staff time could not be computed, and why; never dropped in silence. */
  readonly gaps: readonly { readonly subject: string; readonly message: string }[];
}

/** Who is needed and who is there on the days of a scenario's crises, and how long what they left takes to be worked off. */
export interface DailyNeed {
  /** ISO date of the first day. */
  readonly from: string;
  readonly days: number;
  /** What holds, in hours after the first day's midnight. */
  readonly spells: readonly Spell[];
  readonly roles: readonly DailyRoleNeed[];
  /** What these figures assume or leave out. */
  readonly notes: readonly string[];
}

/** Days in a row with the same effects and responses, and what a role needs on them. */
export interface DailyStretch {
  /** ISO dates, both inclusive. */
  readonly from: string;
  readonly until: string;
  /** Titles of crises whose effects last, and of responses in force. */
  readonly crises: readonly string[];
  readonly responses: readonly string[];
  /** Hours of cover a day, the most people wanted at once, and the mean number on duty; null where nobody is declared. */
  readonly coverHoursPerDay: number;
  readonly mostNeeded: number;
  readonly onDuty: number | null;
  /** Most people called in at once. */
  readonly calledIn: number;
  /** Hours of people missing in all, and the most at once. */
  readonly missingHours: number;
  readonly mostMissing: number;
}

/** Figures as of `RoleNeed`, but 24 a day from the first day's midnight on. */
export interface DailyRoleNeed {
  readonly role: string;
  readonly title: string;
  readonly organisation?: string;
  readonly loadByHour: readonly number[];
  readonly coverByHour: readonly number[];
  readonly minimumByHour: readonly number[];
  /** On duty less who is kept away, and with those called in. */
  readonly onDutyByHour: readonly number[] | null;
  /** Of those on duty, the people whom responses call in. */
  readonly calledInByHour: readonly number[];
  /** The same in short. */
  readonly stretches: readonly DailyStretch[];
}

export interface RoleNeed {
  readonly role: string;
  readonly title: string;
  readonly organisation?: string;
  /** Present where some of its work, or when it is done, could not be computed: figures may be too low or too high. See `gaps`. */
  readonly countedInPart?: true;
  /** Mean people at work at once (offered load, in people) for each hour of the week, 0 = Monday 00:00 local. */
  readonly loadByHour: readonly number[];
  /** Load that is exceeded in a tenth of the time of that hour: a percentile of the workload if nobody waited. */
  readonly load90ByHour: readonly number[];
  /** People needed on duty for each hour of the week: what keeps the target, and not fewer than the minimum. */
  readonly coverByHour: readonly number[];
  /** What must be there whatever the work, from rosters and teams, and what says so. */
  readonly minimumByHour: readonly number[];
  readonly minimumFrom: readonly string[];
  /** Who must be there for units in use, at each level of surge. */
  readonly teams: readonly TeamNeed[];
  /** Probability that work has to wait, by Erlang's C, in the hour of the week in which it is highest, with those on duty. */
  readonly worstDelay: number | null;
  readonly onDutyByHour: readonly number[] | null;
  readonly target: CoverTarget;
  /** What was at work in a study, where one was run. */
  readonly simulated: SimulatedWork | null;
  readonly workHoursPerWeek: number;
  readonly coverHoursPerWeek: number;
  readonly headcount: {
    /** People in post. */
    readonly existing: number;
    /** People needed to fill the cover after contract hours, absence and leave. */
    readonly needed: number;
    readonly contractHoursPerWeek: number;
    readonly absence: number;
    /** Share of the working days of a year that leave takes, on average. */
    readonly leave: number;
    /** Hours of a shift, and of it those in which one can be sent for. */
    readonly shiftHours: number;
    readonly productiveHours: number;
    readonly lostPerShift: readonly { readonly name: string; readonly hours: number }[];
    readonly shortfall: number;
    /**
     * People needed where absence and leave together are what is exceeded in one of ten cases; null where that is not known, or
     * nobody is left to work.
     */
    readonly neededAtHighAbsence: number | null;
  } | null;
  readonly workByActivity: readonly {
    readonly activity: string;
    readonly title: string;
    readonly hoursPerWeek: number;
  }[];
  readonly wisn: WisnResult | null;
  readonly patientDays: PatientDayResult | null;
  /** Sentences that explain the figures and why the methods differ. */
  readonly notes: readonly string[];
}

/** People of a role at work in a study: means by hour of the week where it is long enough, and how often how many. */
export interface SimulatedWork {
  readonly study: string;
  readonly mean: number;
  readonly meanByHour: readonly number[] | null;
  /** Numbers at work that are not exceeded in so much of the time. */
  readonly percentiles: { readonly p50: number; readonly p90: number; readonly p95: number };
}

/** Hours per patient day, every factor visible. */
export interface PatientDayResult {
  /** In beds and places at once, on average. */
  readonly patients: number;
  /** Hours of this role that each has in 24 h. */
  readonly hoursEach: number;
  /** Where they come from: given for this plan, a team of the text, or the work of the pathways. */
  readonly source: 'given' | 'team' | 'work';
  readonly productiveHoursPerShift: number;
  readonly workersPerDay: number;
  readonly shiftsPerWeek: number;
  readonly absence: number;
  readonly required: number;
}

/** WHO workload indicators of staffing need, every factor visible. */
export interface WisnResult {
  readonly possibleDays: number;
  readonly absences: readonly { readonly name: string; readonly daysPerYear: number }[];
  readonly hoursPerDay: number;
  readonly availableHoursPerYear: number;
  readonly activities: readonly {
    readonly activity: string;
    readonly title: string;
    readonly volumePerYear: number;
    readonly hoursEach: number;
    readonly required: number;
  }[];
  readonly categoryAllowanceShare: number;
  readonly categoryAllowanceFactor: number;
  /** What the category allowance is made of: shares of everyone's working day. */
  readonly support: readonly { readonly name: string; readonly share: number }[];
  readonly individual: readonly { readonly name: string; readonly people: number; readonly hoursPerYear: number }[];
  readonly individualAllowanceHours: number;
  readonly individualAllowanceFactor: number;
  readonly required: number;
  /** Whole people, as the manual rounds. */
  readonly rounded: number;
  readonly existing: number;
  readonly ratio: number;
}

export interface SkillNeed {
  readonly skill: string;
  readonly level?: string;
  readonly title: string;
  readonly loadByHour: readonly number[];
  readonly workHoursPerWeek: number;
  readonly holders: number;
}
