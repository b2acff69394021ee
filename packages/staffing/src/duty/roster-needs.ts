import type { HeldSkill, Model, RosterCover, RosterDeclaration, RosterPair, Shift } from '@pathway/model';
import { byId, constantValue, heldOn, ModelError, shiftLength, titleOf } from '@pathway/model';
import type { StaffingPlan } from '../plan.js';
import type { CoverNeed } from '../roster/problem.js';
import { covers } from '../workload.js';
import { dateOf, firstWeekday, weekdayOf } from './roster-days.js';
import { type Member, REQUEST } from './roster-people.js';
import type { RosterSituation } from './roster-situation.js';

/** What one person too few costs on a shift of eight hours; everything else is measured by it. */
export const MISSING = 96;
const MISSING_PER_HOUR = 12;
/** What each costs beside that where less than half of those wanted are there. */
const DEEPER = 48;

/** What a need of a problem is about. */
export interface NeedLabel {
  readonly of: 'role' | 'skill';
  /** The title of the role or skill, and the level asked for; or people by their pseudonyms. */
  readonly who: string;
  readonly day: number;
  /** Minutes after midnight. */
  readonly from: number;
  readonly to: number;
  readonly shift?: string;
  /** What is wanted are so many for each of others. */
  readonly ratio?: { readonly amount: number; readonly units: number; readonly of: string };
  /** Units of a resource that one person is wanted for, so that closing them needs fewer. */
  readonly beds?: { readonly units: number; readonly amount: number; readonly resource: string };
  /** Two people who are to be together or apart: wished, or standing. */
  readonly pair?: RosterPair;
  /** Half of what another need wants, so that what is missing is spread rather than all on one shift. */
  readonly half?: true;
  /** Where it is said: the line of the roster. */
  readonly origin: RosterCover['origin'];
}

/** Whom a need wants, as one says it: `with Leads a shift`. */
export function peopleOf({ of, who }: Pick<NeedLabel, 'of' | 'who'>): string {
  return of === 'skill' ? `with ${who}` : who;
}

/** Whether a need tells how many people are wanted: not who with whom, and not once more at what depth. */
export function countsPeople({ pair, half }: NeedLabel): boolean {
  return pair === undefined && half === undefined;
}

/** People missing where so much of what a need counts is there: whole people of those wanted for each of others, none for pairs. */
export function peopleMissing({ pair, ratio }: NeedLabel, required: number, there: number): number {
  if (pair !== undefined) return 0;
  const short = Math.max(0, required - there);
  return ratio === undefined ? short : Math.ceil(short / ratio.units - 1e-9);
}

export interface LabelledNeed {
  readonly need: CoverNeed;
  readonly label: NeedLabel;
}

/** Everything that a roster is to cover, in the solver's terms and in words. */
export function needsOf(
  model: Model,
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  members: readonly Member[],
  plans: readonly StaffingPlan[],
  situation: RosterSituation,
): readonly LabelledNeed[] {
  const lines = [...roster.cover, ...(situation.change?.cover ?? [])];
  return [
    ...lines.flatMap((cover, index) => coverNeeds(cover, index, { model, roster, shifts, members, situation })),
    ...hourlyNeeds(roster, shifts, members, plans),
    ...roster.pairs.flatMap((pair, index) => pairNeeds(pair, index, { roster, shifts, members })),
    ...supervisionNeeds(model, roster, shifts, members, situation),
  ];
}

/** Where a level lets people stand in for others under supervision, so many supervisors for each so many of them. */
function supervisionNeeds(
  model: Model,
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  members: readonly Member[],
  situation: RosterSituation,
): readonly LabelledNeed[] {
  return Array.from({ length: roster.days }, (_, day) =>
    situation.allowedOn(day).flatMap(({ who, as, supervision, origin }, index): LabelledNeed[] => {
      const role = byId(model.roles, as);
      const supervisor = byId(model.roles, supervision?.role ?? '');
      if (supervision === undefined || role === undefined || supervisor === undefined) return [];
      const { supervisors, per } = supervision;
      const stand = members.map(({ id, group }) => (who.kind === 'role' ? group.role === who.role : id === who.person));
      const coefficients = members.map(
        ({ group }, person) => (group.role === supervisor.id ? per : 0) - (stand[person]! ? supervisors : 0),
      );
      const of = `whoever stands in for ${titleOf(role)}`;
      return shifts.map((at, shift) => ({
        need: {
          id: `supervision ${day} ${index} ${at.id}`,
          required: 0,
          under: MISSING / per,
          over: 0,
          slots: [{ day, shift }],
          coefficients,
        },
        label: {
          of: 'role',
          who: titleOf(supervisor),
          day,
          from: at.from,
          to: at.from + shiftLength(at),
          shift: titleOf(at),
          ratio: { amount: supervisors, units: per, of },
          origin,
        },
      }));
    }),
  ).flat();
}

interface Surroundings {
  readonly model: Model;
  readonly roster: RosterDeclaration;
  readonly shifts: readonly Shift[];
  readonly members: readonly Member[];
  readonly situation: RosterSituation;
}

function coverNeeds(cover: RosterCover, index: number, around: Surroundings): readonly LabelledNeed[] {
  const { model, roster, shifts, members, situation } = around;
  const amount = constantValue(cover.amount, model) ?? 0;
  const who = whoOf(cover, model);
  const ratio = ratioOf(cover, amount, around);
  const labelled: LabelledNeed[] = [];
  for (let day = 0; day < roster.days; day += 1) {
    if (cover.days !== undefined && !cover.days.includes(weekdayOf(roster, day))) continue;
    if (!situation.holds(cover, day)) continue;
    for (const id of cover.shifts) {
      const shift = shifts.findIndex((each) => each.id === id);
      const at = shifts[shift]!;
      if (at.days !== undefined && !at.days.includes(weekdayOf(roster, day))) continue;
      const able = members.map((member) => abilityFor(cover, member, day, at.from, around));
      const label: NeedLabel = {
        of: cover.skill === undefined ? 'role' : 'skill',
        who,
        day,
        from: at.from,
        to: at.from + shiftLength(at),
        shift: titleOf(at),
        ...(ratio.kind === 'people' && { ratio: { amount, units: ratio.units, of: ratio.of } }),
        ...(ratio.kind === 'units' && { beds: { units: ratio.units, amount, resource: ratio.of } }),
        origin: cover.origin,
      };
      const slots = [{ day, shift }];
      if (ratio.kind !== 'people' && ratio.wanted >= 2)
        labelled.push({
          need: {
            id: `${index} ${day} ${id} half`,
            required: Math.ceil(ratio.wanted / 2),
            under: DEEPER,
            over: 0,
            slots,
            coefficients: able,
          },
          label: { ...label, half: true },
        });
      labelled.push({
        need: {
          id: `${index} ${day} ${id}`,
          slots,
          ...(ratio.kind === 'people'
            ? {
                // So many of one kind for each of the other: in units of them, nothing may be owed.
                required: 0,
                under: MISSING / ratio.units,
                over: 0,
                coefficients: able.map((each, person) => each * ratio.units - (ratio.others[person]! ? amount : 0)),
              }
            : { required: ratio.wanted, under: MISSING, over: 1, coefficients: able }),
        },
        label,
      });
    }
  }
  return labelled;
}

function whoOf({ role, skill, level, team }: RosterCover, model: Model): string {
  if (team !== undefined) return `of ${team.map((name) => `"${name}"`).join(', ')}`;
  const kind = byId(model.roles, role ?? '') ?? byId(model.skills, skill ?? '');
  const name = kind === undefined ? 'people' : titleOf(kind);
  return level === undefined ? name : `${name} ${level}`;
}

/** How much of one person of a cover line a member counts as on a shift that begins at a minute of a day: 1, 0, or what stands in for it counts as. */
function abilityFor(cover: RosterCover, member: Member, day: number, minute: number, around: Surroundings): number {
  const { model, roster, situation } = around;
  const { team, role, skill, level } = cover;
  if (team !== undefined) return team.includes(member.id) ? 1 : 0;
  if (role !== undefined)
    return member.group.role === role ? 1 : situation.standsIn(member.group.role, member.id, role, day, minute);
  const held: HeldSkill = { skill: skill ?? '', ...(level === undefined ? {} : { level }) };
  const date = dateOf(roster, day);
  return member.skills.some((each) => heldOn(each, date) && covers(each, held, model)) ? 1 : 0;
}

type Ratio =
  | { readonly kind: 'plain'; readonly wanted: number }
  | { readonly kind: 'units'; readonly wanted: number; readonly units: number; readonly of: string }
  | { readonly kind: 'people'; readonly units: number; readonly of: string; readonly others: readonly boolean[] };

function ratioOf({ per, origin }: RosterCover, amount: number, { model, members }: Surroundings): Ratio {
  if (per === undefined) return { kind: 'plain', wanted: amount };
  const role = byId(model.roles, per.of);
  if (role !== undefined) {
    const others = members.map(({ group }) => group.role === role.id);
    return { kind: 'people', units: per.units, of: titleOf(role), others };
  }
  const resource = byId(model.resources, per.of);
  const schedule = resource?.count;
  const count =
    schedule === undefined || schedule.rules.length > 0 || schedule.otherwise === 'unlimited'
      ? undefined
      : constantValue(schedule.otherwise, model);
  if (resource === undefined || count === undefined)
    throw new ModelError(
      `${origin.file}:${origin.line}: cover \`per\` a resource needs one with a fixed count; that of ${per.of} depends on when it is.`,
    );
  return { kind: 'units', wanted: Math.ceil((count / per.units) * amount), units: per.units, of: titleOf(resource) };
}

/** Each shift that one works and the other does not, or that both do. */
function pairNeeds(
  pair: RosterPair,
  index: number,
  { roster, shifts, members }: Pick<Surroundings, 'roster' | 'shifts' | 'members'>,
): readonly LabelledNeed[] {
  const cost = pair.kind === 'set' ? MISSING : (pair.cost ?? REQUEST);
  const coefficients = members.map(({ id }) => (id === pair.person ? 1 : id !== pair.other ? 0 : pair.apart ? 1 : -1));
  return Array.from({ length: roster.days }, (_, day) =>
    shifts.map((at, shift): LabelledNeed => ({
      need: {
        id: `pair ${index} ${day} ${at.id}`,
        required: pair.apart ? 1 : 0,
        under: 0,
        over: cost,
        slots: [{ day, shift }],
        coefficients,
      },
      label: {
        of: 'role',
        who: pair.person,
        day,
        from: at.from,
        to: at.from + shiftLength(at),
        shift: titleOf(at),
        pair,
        origin: pair.origin,
      },
    })),
  ).flat();
}

/** People of each role wanted in an hour of the roster: by day where the plan is for its days, else as in a usual week. */
function coverOfDays(
  { roles, byDay }: StaffingPlan,
  roster: RosterDeclaration,
): readonly { readonly role: string; readonly title: string; readonly cover: (hour: number) => number }[] {
  if (byDay?.from === roster.from && byDay.days === roster.days)
    return byDay.roles.map(({ role, title, coverByHour }) => ({
      role,
      title,
      cover: (hour) => coverByHour[hour] ?? 0,
    }));
  const first = firstWeekday(roster.from) * 24;
  return roles.map(({ role, title, coverByHour }) => ({
    role,
    title,
    cover: (hour) => coverByHour[(hour + first) % 168] ?? 0,
  }));
}

/** Needs by hour from plans: neighbouring hours that the same shifts cover are one need, as high as their highest. */
function hourlyNeeds(
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  members: readonly Member[],
  plans: readonly StaffingPlan[],
): readonly LabelledNeed[] {
  const hours = Array.from({ length: roster.days * 24 }, (_, hour) => ({
    hour,
    slots: shifts.flatMap((shift, index) =>
      [Math.floor(hour / 24) - 1, Math.floor(hour / 24)]
        .filter((day) => day >= 0)
        .filter((day) => {
          const from = day * 1440 + shift.from;
          return from <= hour * 60 && hour * 60 + 60 <= from + shiftLength(shift);
        })
        .map((day) => ({ day, shift: index })),
    ),
  }));
  return plans.flatMap((plan, planIndex) =>
    coverOfDays(plan, roster).flatMap((role) => {
      const coefficients = members.map(({ group }) => (group.role === role.role ? 1 : 0));
      if (!coefficients.includes(1)) return [];
      const labelled: LabelledNeed[] = [];
      for (let start = 0; start < hours.length;) {
        const key = JSON.stringify(hours[start]!.slots);
        let end = start + 1;
        while (end < hours.length && end % 24 !== 0 && JSON.stringify(hours[end]!.slots) === key) end += 1;
        const wanted = Math.max(...hours.slice(start, end).map(({ hour }) => role.cover(hour)));
        const { slots } = hours[start]!;
        if (wanted > 0 && slots.length > 0) {
          labelled.push({
            need: {
              id: `${planIndex} ${role.role} ${start}`,
              required: wanted,
              under: MISSING_PER_HOUR * (end - start),
              over: 1,
              slots,
              coefficients,
            },
            label: {
              of: 'role',
              who: role.title,
              day: Math.floor(start / 24),
              from: (start % 24) * 60,
              to: (start % 24) * 60 + (end - start) * 60,
              origin: roster.needs[planIndex]!.origin,
            },
          });
        }
        start = end;
      }
      return labelled;
    }),
  );
}
