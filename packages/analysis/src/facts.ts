/** Facts that follow exactly from a model, without simulation. Times in seconds, loads in units in use at once. */
export interface ModelFacts {
  readonly scenario: string;
  readonly loads: readonly OfferedLoad[];
  readonly skills: readonly SkillCover[];
  /** Places where a fact could not be computed exactly, and why. */
  readonly limits: readonly { readonly subject: string; readonly message: string }[];
}

/** Mean units in use at once if nobody ever waited: arrival rate × visits × time kept (traffic equations). */
export interface OfferedLoad {
  readonly id: string;
  readonly title: string;
  readonly kind: 'resource' | 'staff';
  readonly load: number;
  /** Mean capacity over the calendar; null when unlimited. */
  readonly capacity: number | null;
  readonly utilisation: number | null;
  /** Requests per second. */
  readonly requestRate: number;
  readonly meanTimeKept: number;
  /** Whether arrivals are Poisson and demand steady, so that the closed forms are exact. */
  readonly poisson: boolean;
  readonly erlangB?: number;
  readonly erlangC?: number;
  readonly expectedWait?: number;
}

export interface SkillCover {
  readonly skill: string;
  readonly level?: string;
  readonly holders: number;
  readonly groups: readonly string[];
}
