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
  /** Steps whose staff time could not be computed, and why; never dropped in silence. */
  readonly gaps: readonly { readonly subject: string; readonly message: string }[];
}

export interface RoleNeed {
  readonly role: string;
  readonly title: string;
  readonly organisation?: string;
  /** Mean people at work at once (offered load, in people) for each hour of the week, 0 = Monday 00:00 local. */
  readonly loadByHour: readonly number[];
  /** People needed on duty for each hour of the week (square-root staffing for the stated delay probability). */
  readonly coverByHour: readonly number[];
  readonly onDutyByHour: readonly number[] | null;
  readonly delayTarget: number;
  readonly workHoursPerWeek: number;
  readonly coverHoursPerWeek: number;
  readonly headcount: {
    /** People in post. */
    readonly existing: number;
    /** People needed to fill the cover after absence and contract hours. */
    readonly needed: number;
    readonly contractHoursPerWeek: number;
    readonly absence: number;
    readonly shortfall: number;
  } | null;
  readonly workByActivity: readonly {
    readonly activity: string;
    readonly title: string;
    readonly hoursPerWeek: number;
  }[];
  readonly wisn: WisnResult | null;
  /** Sentences that explain the figures and why the methods differ. */
  readonly notes: readonly string[];
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
  readonly individualAllowanceHours: number;
  readonly individualAllowanceFactor: number;
  readonly required: number;
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
