import type { Highs } from 'highs';
import type { Model, Shift } from '@pathway/model';
import { shiftLength, titleOf, WEEKDAYS, workingMinutes } from '@pathway/model';
import { HOURS_OF_WEEK } from '../hours.js';
import { coverSkillMix } from './cover-skill-mix.js';
import type { MixMatch, MixNeed, MixPool, MixProblem, MixSupervision } from './skill-mix.js';
import type { SkillShiftCover } from './skill-report.js';
import type { SkillDemand, SkillMatch, SkillSupply } from './skill-supply.js';

/** Somebody short for an hour costs so many times an hour of the dearest person: another whole person is sent for it at once. */
const SHORT = 8;
/** Lending and standing in, in hours of the dearest person: as a tie-break, or before money. */
const DISRUPTION = { cost: 0.05, disruption: 3 };

/** A shift on a day of a week that begins on the weekday of day 0. */
interface Turn {
  readonly day: number;
  readonly shift: Shift;
}

/** People and work of a mean week, from some weekday on. */
interface ShiftCoverInput {
  readonly supplies: readonly SkillSupply[];
  readonly demands: readonly SkillDemand[];
  readonly matches: readonly SkillMatch[];
  readonly least: 'cost' | 'disruption';
  /** 0 Monday to 6 Sunday. */
  readonly firstWeekday: number;
}

/**
 * Whole people on the shifts of a week to what roles and skills need at each place; null where nobody works shifts. Who stands
 * in and has to be trained for it counts from the first shift that begins after the training.
 */
export function coverShifts(highs: Highs, model: Model, input: ShiftCoverInput): SkillShiftCover | null {
  const { supplies, demands, matches, least, firstWeekday } = input;
  const turns = turnsOf(model, supplies, firstWeekday);
  if (turns.length === 0) return null;
  const needs = demands.flatMap((demand, task) => needsOf(demand, task, turns, firstWeekday));
  const filled = needs.filter(({ turns: on }) => on.length > 0);
  const dearest = Math.max(1, ...supplies.map(({ cost }) => cost));
  const problem: MixProblem = {
    turns: turns.map(({ shift }, turn) => ({ id: String(turn), hours: workingMinutes(shift, model) / 60 })),
    pools: poolsOf(model, supplies, turns, firstWeekday),
    tasks: demands.map(({ id }) => ({ id })),
    matches: mixMatches(matches, turns),
    needs: filled,
    shortCost: SHORT * dearest,
    disruptionCost: DISRUPTION[least] * dearest,
  };
  const { moves, short, cost, bound } = coverSkillMix(highs, problem);
  const between = needs.filter(({ turns: on }) => on.length === 0);
  const missing = [
    ...filled.map((need, index) => ({ need, people: short[index]! })),
    ...between.map((need) => ({ need, people: need.required })),
  ].filter(({ people }) => people > 0);
  const sum = (of: readonly { readonly hours: number; readonly people: number }[]): number =>
    of.reduce((all, { hours, people }) => all + hours * people, 0);
  return {
    firstWeekday,
    wantedHours: sum(needs.map(({ hours, required }) => ({ hours, people: required }))),
    shortHours: sum(missing.map(({ need, people }) => ({ hours: need.hours, people }))),
    cost,
    bound,
    gap: cost > bound ? (cost - bound) / cost : 0,
    moves: moves.flatMap(({ match, turn, people }) => {
      const { pool, task, kind } = problem.matches[match]!;
      if (kind === 'own') return [];
      const [supply, demand] = [supplies[pool]!, demands[task]!];
      const { day, shift } = turns[turn]!;
      return [
        {
          day,
          shift: titleOf(shift),
          people,
          role: supply.role,
          ...(supply.organisation !== undefined && { from: supply.organisation }),
          for: demand.title,
          ...(demand.organisation !== undefined && { to: demand.organisation }),
          kind,
        },
      ];
    }),
    shortages: missing
      .map(({ need, people }) => ({
        day: Math.floor(need.from / 24),
        from: need.from % 24,
        hours: need.hours,
        people,
        who: demands[need.task]!.title,
        ...(demands[need.task]!.organisation !== undefined && { organisation: demands[need.task]!.organisation }),
      }))
      .sort((a, b) => a.day - b.day || a.from - b.from),
  };
}

function turnsOf(model: Model, supplies: readonly SkillSupply[], firstWeekday: number): readonly Turn[] {
  const used = new Set(supplies.flatMap(({ group }) => group.shifts));
  const shifts = model.shifts.filter(({ id }) => used.has(id));
  return Array.from({ length: 7 }, (_, day) => {
    const weekday = WEEKDAYS[(day + firstWeekday) % 7]!;
    return shifts
      .filter(({ days }) => days === undefined || days.includes(weekday))
      .map((shift): Turn => ({ day, shift }));
  }).flat();
}

/** Whole hours after midnight that a shift fills; beyond 23 on the next day. */
function hoursOf(shift: Shift): readonly number[] {
  const first = Math.ceil(shift.from / 60);
  const end = Math.floor((shift.from + shiftLength(shift)) / 60);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}

type ShiftNeed = MixNeed & { readonly from: number };

/** Neighbouring hours of a day that the same shifts fill are one need, as high as their highest. */
function needsOf(
  { byHour }: SkillDemand,
  task: number,
  turns: readonly Turn[],
  firstWeekday: number,
): readonly ShiftNeed[] {
  const on: number[][] = HOURS_OF_WEEK.map(() => []);
  for (const [turn, { day, shift }] of turns.entries())
    for (const hour of hoursOf(shift)) on[(day * 24 + hour) % 168]!.push(turn);
  const wanted = (hour: number): number => byHour[(hour + firstWeekday * 24) % 168] ?? 0;
  const needs: ShiftNeed[] = [];
  for (let start = 0; start < 168;) {
    const key = on[start]!.join();
    let end = start + 1;
    while (end < 168 && end % 24 !== 0 && on[end]!.join() === key) end += 1;
    const required = Math.max(...Array.from({ length: end - start }, (_, index) => wanted(start + index)));
    if (required > 0) needs.push({ task, required, hours: end - start, turns: on[start]!, from: start });
    start = end;
  }
  return needs;
}

/**
 * Whole people of each kind on each turn: as many of a group as are on duty through all of its hours. Those of a group who
 * differ take turns in proportion: what is left of parts of persons is carried to the next turn.
 */
function poolsOf(
  model: Model,
  supplies: readonly SkillSupply[],
  turns: readonly Turn[],
  firstWeekday: number,
): readonly MixPool[] {
  const onDuty = supplies.map(() => new Array<number>(turns.length).fill(0));
  for (const group of new Set(supplies.map(({ group: of }) => of))) {
    const kinds = supplies.flatMap((supply, index) => (supply.group === group ? [index] : []));
    const owed = kinds.map(() => 0);
    for (const [turn, { day, shift }] of turns.entries()) {
      if (group.shifts.length > 0 && !group.shifts.includes(shift.id)) continue;
      const hours = hoursOf(shift).map((hour) => (hour + (day + firstWeekday) * 24) % 168);
      const there = kinds.map((kind) => Math.min(...hours.map((hour) => supplies[kind]!.byHour[hour] ?? 0)));
      let left = Math.floor(there.reduce((sum, people) => sum + people, 0) + 1e-6);
      for (const [place, people] of there.entries()) owed[place] = owed[place]! + people;
      const order = [...kinds.keys()].sort((a, b) => owed[b]! - owed[a]! || a - b);
      for (const place of order) {
        const people = Math.min(left, supplies[kinds[place]!]!.people, Math.max(0, Math.floor(owed[place]! + 1e-6)));
        give(place, people);
      }
      for (const place of order)
        if (left > 0 && onDuty[kinds[place]!]![turn]! < supplies[kinds[place]!]!.people) give(place, 1);
      function give(place: number, people: number): void {
        onDuty[kinds[place]!]![turn] = onDuty[kinds[place]!]![turn]! + people;
        owed[place] = owed[place]! - people;
        left -= people;
      }
    }
  }
  return supplies.map(({ id, cost }, index) => ({ id, cost, onDuty: onDuty[index]! }));
}

/** Matches with the turn from which each counts, and supervision that those with one rule share. */
function mixMatches(matches: readonly SkillMatch[], turns: readonly Turn[]): readonly MixMatch[] {
  const rules = new Map<string, MixSupervision>();
  return matches.map(({ supply, demand, speed, kind, supervised, trainedAfter = 0 }) => {
    const first = turns.findIndex(({ day, shift }) => (day * 1440 + shift.from) * 60 >= trainedAfter);
    const key = supervised === undefined ? '' : JSON.stringify([demand, supervised]);
    const supervision = supervised === undefined ? undefined : (rules.get(key) ?? supervised);
    if (supervision !== undefined) rules.set(key, supervision);
    return {
      pool: supply,
      task: demand,
      speed,
      kind,
      from: first < 0 ? turns.length : first,
      ...(supervision !== undefined && { supervision }),
    };
  });
}
