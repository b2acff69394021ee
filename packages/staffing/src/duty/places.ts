import type { Model, RosterDeclaration, Shift } from '@pathway/model';
import type { StaffingPlan } from '../plan.js';
import { type Member, ownShifts } from './roster-people.js';
import type { RosterSituation } from './roster-situation.js';

/** A shift of a roster as one works it: as what one is, or in the place of those of another role. */
export interface PlacedShift extends Shift {
  /** The role that whoever works it stands in for. */
  readonly standsFor?: string;
}

/** Who stands in for whom in a roster: nobody is in two places at once. */
export class Places {
  /** The shifts, and after them each once more for every role in whose place somebody may work it. */
  readonly shifts: readonly PlacedShift[];
  constructor(
    private readonly roster: RosterDeclaration,
    shifts: readonly Shift[],
    private readonly members: readonly Member[],
    private readonly situation: RosterSituation,
    wanted: readonly WantedRole[],
  ) {
    const placed = wanted.flatMap(({ role, shifts: own }) =>
      shifts
        .filter(
          ({ id }, shift) => own.includes(id) && members.some((member) => this.mayEver(member, role, shift, shifts)),
        )
        .map((shift): PlacedShift => ({ ...shift, standsFor: role })),
    );
    this.shifts = [...shifts, ...placed];
  }

  /** The shift, by its place, that one is worked as which is worked in the place of others; undefined where it is not. */
  sameAs(shift: number): number | undefined {
    const { id, standsFor } = this.shifts[shift]!;
    return standsFor === undefined ? undefined : this.shifts.findIndex((each) => each.id === id);
  }

  /** Places of a shift: as what one is, then in the place of others. */
  of(shift: number): readonly number[] {
    const { id } = this.shifts[shift]!;
    return this.shifts.flatMap((each, place) => (each.id === id ? [place] : []));
  }

  /** Shifts that a member may work on some day of the roster, those in the place of others among them. */
  worked(member: Member): readonly number[] {
    return ownShifts(member, this.shifts).filter((shift) => {
      const { standsFor } = this.shifts[shift]!;
      return standsFor === undefined || this.mayEver(member, standsFor, shift, this.shifts);
    });
  }

  /** How much of one of a role a member counts as on a day, where they work a shift: 0 unless it is in the place of that role, or their own. */
  countsAs(role: string, member: Member, day: number, shift: number): number {
    const { standsFor, from } = this.shifts[shift]!;
    if (standsFor === undefined) return member.group.role === role ? 1 : 0;
    return standsFor === role ? this.standsIn(member, role, day, from) : 0;
  }

  /** Shifts in the place of others on days on which a member may not stand in for these, or is not trained for it yet. */
  closed(member: Member): readonly { readonly day: number; readonly shift: number }[] {
    return this.worked(member).flatMap((shift) => {
      const { standsFor, from } = this.shifts[shift]!;
      if (standsFor === undefined) return [];
      return this.days
        .filter((day) => this.standsIn(member, standsFor, day, from) === 0)
        .map((day) => ({ day, shift }));
    });
  }

  private get days(): readonly number[] {
    return Array.from({ length: this.roster.days }, (_, day) => day);
  }

  private mayEver(member: Member, role: string, shift: number, shifts: readonly Shift[]): boolean {
    if (!ownShifts(member, shifts).includes(shift)) return false;
    return this.days.some((day) => this.standsIn(member, role, day, shifts[shift]!.from) > 0);
  }

  private standsIn({ id, group }: Member, role: string, day: number, minute: number): number {
    return group.role === role ? 0 : this.situation.standsIn(group.role, id, role, day, minute);
  }
}

/** A role that is wanted on some shifts. */
interface WantedRole {
  readonly role: string;
  /** Ids. */
  readonly shifts: readonly string[];
}

/** Roles that others may stand in for and that a roster is to have on its shifts, by lines of its own and by what pathways need. */
export function wantedRoles(
  { responses = [] }: Model,
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  plans: readonly StaffingPlan[],
  situation: RosterSituation,
): readonly WantedRole[] {
  const wanted = new Map<string, Set<string>>();
  const replaced = new Set(
    responses.flatMap(({ patches }) => patches.flatMap((patch) => (patch.kind === 'allow' ? [patch.as] : []))),
  );
  const want = (role: string, ids: readonly string[]): void => {
    if (!replaced.has(role)) return;
    const known = wanted.get(role) ?? new Set();
    wanted.set(role, known);
    for (const id of ids) known.add(id);
  };
  for (const { role, shifts: own } of [...roster.cover, ...(situation.change?.cover ?? [])])
    if (role !== undefined) want(role, own);
  for (const plan of plans)
    for (const { role } of [...plan.roles, ...(plan.byDay?.roles ?? [])])
      want(
        role,
        shifts.map(({ id }) => id),
      );
  return [...wanted].map(([role, own]) => ({ role, shifts: [...own] }));
}
