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
}

/** People or things that one start of an activity keeps. */
export interface ActivityNeed {
  readonly amount: number;
  readonly target:
    | { readonly kind: 'resource'; readonly resource: string }
    | { readonly kind: 'role'; readonly role: string; readonly organisation?: string }
    | { readonly kind: 'skill'; readonly skill: string; readonly level?: string; readonly organisation?: string };
}
