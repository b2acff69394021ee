import type { HeldSkill, Model, RosterCover, RosterDeclaration, RosterPair } from '@pathway/model';
import { byId, constantValue, heldOn, ModelError, shiftLength, titleOf } from '@pathway/model';
import type { StaffingPlan } from '../plan.js';
import type { CoverNeed, CoverSlot } from '../roster/problem.js';
import { covers } from '../workload.js';
import { hourlyNeeds } from './hourly-needs.js';
import { dateOf, weekdayOf } from './roster-days.js';
import type { Places } from './places.js';
import { type Member, REQUEST } from './roster-people.js';
import type { RosterSituation } from './roster-situation.js';

/** What one person too few costs on a shift of eight hours; everything else is measured by it. */
export const MISSING = 96;
/** What each costs beside that where less than half of those wanted are there. */
const DEEPER = 48;
/** What each who stands in without supervision costs, so that nobody does instead of being missed where they would. */
const UNSUPERVISED = 2 * (MISSING + DEEPER);

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
export function needsOf(around: Surroundings, plans: readonly StaffingPlan[]): readonly LabelledNeed[] {
  const { roster, situation } = around;
  const lines = [...roster.cover, ...(situation.change?.cover ?? [])];
  return [
    ...lines.flatMap((cover, index) => coverNeeds(cover, index, around)),
    ...hourlyNeeds(around, plans),
    ...roster.pairs.flatMap((pair, index) => pairNeeds(pair, index, around)),
    ...supervisionNeeds(around),
  ];
}

/**
 * Where a level lets people stand in for others under supervision, so many supervisors for each so many of them. Without
 * these nobody stands in: that is dearer than whom they would stand in for missing.
 */
function supervisionNeeds({ model, roster, places, members, situation }: Surroundings): readonly LabelledNeed[] {
  return Array.from({ length: roster.days }, (_, day) =>
    situation.allowedOn(day).flatMap(({ who, as, supervision, origin }, index): LabelledNeed[] => {
      const role = byId(model.roles, as);
      const supervisor = byId(model.roles, supervision?.role ?? '');
      if (supervision === undefined || role === undefined || supervisor === undefined) return [];
      const { supervisors, per } = supervision;
      const supervise = members.map(({ group }) => (group.role === supervisor.id ? per : 0));
      const stand = members.map(({ id, group }) =>
        (who.kind === 'role' ? group.role === who.role : id === who.person) ? -supervisors : 0,
      );
      const of = `whoever stands in for ${titleOf(role)}`;
      const instead = [...places.shifts.entries()].filter(([, { standsFor }]) => standsFor === as);
      return instead.map(([shift, at]) => ({
        need: {
          id: `supervision ${day} ${index} ${at.id}`,
          required: 0,
          under: UNSUPERVISED / supervisors,
          over: 0,
          slots: [
            { day, shift: places.sameAs(shift) ?? shift },
            { day, shift, coefficients: stand },
          ],
          coefficients: supervise,
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

/** What needs are made from. */
export interface Surroundings {
  readonly model: Model;
  readonly roster: RosterDeclaration;
  readonly places: Places;
  readonly members: readonly Member[];
  readonly situation: RosterSituation;
}

function coverNeeds(cover: RosterCover, index: number, around: Surroundings): readonly LabelledNeed[] {
  const { model, roster, places, situation } = around;
  const { shifts } = places;
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
      const able = onPlaces(day, shift, around, (member, place) => abilityFor(cover, member, day, place, around));
      if (ratio.kind !== 'people' && ratio.wanted >= 2)
        labelled.push({
          need: {
            id: `${index} ${day} ${id} half`,
            required: Math.ceil(ratio.wanted / 2),
            under: DEEPER,
            over: 0,
            ...able,
          },
          label: { ...label, half: true },
        });
      labelled.push({
        need: {
          id: `${index} ${day} ${id}`,
          ...(ratio.kind === 'people'
            ? {
                // So many of one kind for each of the other: in units of them, nothing may be owed.
                required: 0,
                under: MISSING / ratio.units,
                over: 0,
                ...onPlaces(
                  day,
                  shift,
                  around,
                  (member, place) =>
                    abilityFor(cover, member, day, place, around) * ratio.units -
                    (member.group.role === ratio.role ? amount : 0),
                ),
              }
            : { required: ratio.wanted, under: MISSING, over: 1, ...able }),
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

/** What each member counts as on a shift of a day, as what they are and in the place of others. */
function onPlaces(
  day: number,
  shift: number,
  { places, members }: Surroundings,
  counts: (member: Member, place: number) => number,
): Pick<CoverNeed, 'slots' | 'coefficients'> {
  const own = members.map((member) => counts(member, shift));
  const others = places.of(shift).filter((place) => place !== shift);
  const slots = others.flatMap((place): CoverSlot[] => {
    const coefficients = members.map((member) => counts(member, place));
    if (coefficients.every((each) => each === 0)) return [];
    return [{ day, shift: place, ...(coefficients.some((each, person) => each !== own[person]) && { coefficients }) }];
  });
  return { slots: [{ day, shift }, ...slots], coefficients: own };
}

/** How much of one person of a cover line a member counts as in a place on a day: 1, 0, or what stands in for it counts as. */
function abilityFor(cover: RosterCover, member: Member, day: number, place: number, around: Surroundings): number {
  const { model, roster, places } = around;
  const { team, role, skill, level } = cover;
  if (team !== undefined) return team.includes(member.id) ? 1 : 0;
  if (role !== undefined) return places.countsAs(role, member, day, place);
  const held: HeldSkill = { skill: skill ?? '', ...(level === undefined ? {} : { level }) };
  const date = dateOf(roster, day);
  return member.skills.some((each) => heldOn(each, date) && covers(each, held, model)) ? 1 : 0;
}

type Ratio =
  | { readonly kind: 'plain'; readonly wanted: number }
  | { readonly kind: 'units'; readonly wanted: number; readonly units: number; readonly of: string }
  | { readonly kind: 'people'; readonly units: number; readonly of: string; readonly role: string };

function ratioOf({ per, origin }: RosterCover, amount: number, { model }: Surroundings): Ratio {
  if (per === undefined) return { kind: 'plain', wanted: amount };
  const role = byId(model.roles, per.of);
  if (role !== undefined) return { kind: 'people', units: per.units, of: titleOf(role), role: role.id };
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
  { roster, places, members }: Surroundings,
): readonly LabelledNeed[] {
  const cost = pair.kind === 'set' ? MISSING : (pair.cost ?? REQUEST);
  const coefficients = members.map(({ id }) => (id === pair.person ? 1 : id !== pair.other ? 0 : pair.apart ? 1 : -1));
  const own = [...places.shifts.entries()].filter(([, { standsFor }]) => standsFor === undefined);
  return Array.from({ length: roster.days }, (_, day) =>
    own.map(([shift, at]): LabelledNeed => ({
      need: {
        id: `pair ${index} ${day} ${at.id}`,
        required: pair.apart ? 1 : 0,
        under: 0,
        over: cost,
        slots: places.of(shift).map((place) => ({ day, shift: place })),
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
