import type {
  Activation,
  Model,
  Patch,
  ReachedLevel,
  Response,
  RosterChange,
  RosterCover,
  RosterDeclaration,
} from '@pathway/model';
import { byId, constantValue } from '@pathway/model';
import { dayOf, daysBetween } from './roster-days.js';

/** What lets somebody stand in for others. */
type Allowance = Extract<Patch, { readonly kind: 'allow' }>;

/**
 * What holds on a day of a roster: levels that are expected, or were reached, and with them more cover, who may stand in for
 * whom, and which responses are in force.
 */
export class RosterSituation {
  private readonly reachedOn: readonly ReadonlyMap<string, number>[];
  private readonly allowed = new Map<number, readonly Allowance[]>();

  /** @param change what happened to the roster; nothing where absent */
  constructor(
    private readonly model: Model,
    private readonly roster: RosterDeclaration,
    readonly change?: RosterChange,
  ) {
    this.reachedOn = Array.from({ length: roster.days }, (_, day) => {
      const reached = new Map<string, number>();
      for (const { scale, level, since, until } of [...(roster.levels ?? []), ...(change?.levels ?? [])]) {
        if (!daysBetween(roster, since, until).includes(day)) continue;
        reached.set(scale, Math.max(reached.get(scale) ?? 0, this.rank({ scale, level })));
      }
      return reached;
    });
  }

  /** Whether a cover line counts on a day: between its dates, and from its level on. */
  holds({ since, until, reached }: RosterCover, day: number): boolean {
    if (since !== undefined && day < dayOf(this.roster, since)) return false;
    if (until !== undefined && day > dayOf(this.roster, until)) return false;
    return reached === undefined || this.isReached(reached, day);
  }

  /**
   * How much of somebody of a role a person of another counts as on a shift that begins at a minute of a day, as responses allow
   * it: 0 where they do not, or where whoever stands in is not yet trained by then.
   */
  standsIn(role: string, person: string, instead: string, day: number, minute: number): number {
    let most = 0;
    for (const allowance of this.allowedOn(day)) {
      const { who, as, speed, training } = allowance;
      if (as !== instead || (who.kind === 'role' ? who.role !== role : who.person !== person)) continue;
      const trained = training === undefined ? 0 : (constantValue(training, this.model) ?? 0) / 60;
      let first = day;
      while (first > 0 && this.allowedOn(first - 1).includes(allowance)) first -= 1;
      if ((day - first) * 1440 + minute < trained) continue;
      most = Math.max(most, speed === undefined ? 1 : (constantValue(speed, this.model) ?? 1));
    }
    return most;
  }

  /** Who may stand in for whom on a day: a response in force allows it, or does from a level on that is reached. */
  allowedOn(day: number): readonly Allowance[] {
    const known = this.allowed.get(day);
    if (known !== undefined) return known;
    const found = this.findAllowed(day);
    this.allowed.set(day, found);
    return found;
  }

  private findAllowed(day: number): readonly Allowance[] {
    const inForce = this.inForce(day);
    return (this.model.responses ?? []).flatMap((response) =>
      response.patches.flatMap((patch) => {
        if (patch.kind !== 'allow') return [];
        const isAllowed = patch.from === undefined ? inForce.includes(response) : this.isReached(patch.from, day);
        return isAllowed ? [patch] : [];
      }),
    );
  }

  /**
   * Responses that are in force on a day: a level calls for them that is reached, or a trigger that sets such a level. Nothing
   * is run for it, so that no other trigger is known to have fired, and what ends or prolongs a response is left out.
   */
  inForce(day: number): readonly Response[] {
    return (this.model.responses ?? []).filter(({ activations }) =>
      activations.some((activation) => this.calls(activation, day)),
    );
  }

  private calls(activation: Activation, day: number): boolean {
    if (activation.kind === 'trigger') {
      const sets = byId(this.model.triggers ?? [], activation.trigger)?.sets;
      return sets !== undefined && this.isReached(sets, day);
    }
    const { level, only } = activation;
    const scale =
      activation.kind === 'level' ? activation.scale : byId(this.model.gauges ?? [], activation.gauge)?.scale;
    if (scale === undefined || !this.isReached({ scale, level }, day)) return false;
    return !only || this.reachedOn[day]?.get(scale) === this.rank({ scale, level });
  }

  private isReached(level: ReachedLevel, day: number): boolean {
    return (this.reachedOn[day]?.get(level.scale) ?? -1) >= this.rank(level);
  }

  private rank({ scale, level }: ReachedLevel): number {
    const levels = byId(this.model.scales ?? [], scale)?.levels ?? [];
    return levels.findIndex(({ name }) => name === level);
  }
}
