import type { Model } from '@pathway/model';
import { byId, shiftLength, titleOf } from '@pathway/model';
import { coverOf, isMissed } from '../roster/evaluate-roster.js';
import type { RosterSolution } from '../roster/solve-roster.js';
import type { RosterExplanation } from './explain-roster.js';
import { type HourlyCover, hourlyCover } from './hourly-cover.js';
import { dateOf } from './roster-days.js';
import { type NeedLabel, peopleMissing, peopleOf } from './roster-needs.js';
import type { RosterRepair } from './roster-repair.js';
import { amountOf, nightsOf, type RosterTask } from './roster-task.js';
import { type RequestFinding, requestReport } from './request-report.js';
import type { Notice } from './rule-measures.js';
import { type RuleFinding, ruleReport } from './rule-report.js';

/**
 * A finished roster, published as `docs/schemas/roster.schema.json`. People appear by their pseudonyms; dates are ISO
 * dates, clock times minutes after midnight of the date (beyond 1440 on the next day).
 */
export interface DutyRoster {
  readonly format: 'pathway-roster';
  readonly formatVersion: 1;
  readonly languageVersion: string;
  readonly sourceHash: string;
  readonly roster: string;
  readonly title: string;
  readonly from: string;
  readonly days: number;
  /** IANA zone whose clock the shifts keep; absent where the text says none, or several. */
  readonly timezone?: string;
  readonly seed: number;
  readonly effort: number;
  /** What is short, too many, asked for in vain and overtime, in units of which 96 are one person missing on a shift. */
  readonly cost: number;
  /** No roster costs less. */
  readonly bound: number;
  readonly gap: number;
  readonly optimal: boolean;
  readonly shifts: readonly {
    readonly id: string;
    readonly title: string;
    readonly from: number;
    readonly to: number;
    readonly night: boolean;
  }[];
  readonly people: readonly DutyLine[];
  readonly shortfalls: readonly Shortfall[];
  /** Need against cover, hour by hour, for each role and skill that is to be covered. */
  readonly cover: readonly HourlyCover[];
  /** What the need that pathways bring assumes or leaves out, where it is anything. */
  readonly notes?: readonly string[];
  readonly rules: readonly RuleFinding[];
  /** What people ask for, and what stands. */
  readonly requests: readonly RequestFinding[];
  /** People for whom no line holds all rules; theirs is empty. */
  readonly withoutLine: readonly string[];
  /** How it differs from the roster that stood before, where it repairs one. */
  readonly repair?: RosterRepair;
  /** Why somebody is missing, and what would help. */
  readonly explanation?: RosterExplanation;
}

export interface DutyLine {
  readonly person: string;
  readonly role: string;
  /** For each day the id of a shift, or null for a day off. */
  readonly shifts: readonly (string | null)[];
  /** Days of the roster on leave, counted from 0. */
  readonly leave: readonly number[];
  readonly hours: number;
  readonly contractHours: number;
  readonly nights: number;
  readonly weekendDays: number;
  readonly requestsMissed: number;
  /** Title of the response that calls them in, of those who are. */
  readonly calledIn?: string;
  /** Days, counted from 0, on which they work in the place of those of another role; of those who do. */
  readonly standsInFor?: readonly StandsInFor[];
}

interface StandsInFor {
  readonly day: number;
  /** The id of the role, and its title. */
  readonly role: string;
  readonly title: string;
}

export interface Shortfall {
  readonly date: string;
  readonly from: number;
  readonly to: number;
  readonly of: 'role' | 'skill';
  readonly who: string;
  readonly shift?: string;
  /** People; where so many are wanted for each of others, or two people together or apart, what the solver counts in their place. */
  readonly wanted: number;
  readonly there: number;
  /** People: none where two who are set together or apart are not. */
  readonly missing: number;
  /** So many are wanted for each so many of others. */
  readonly ratio?: { readonly amount: number; readonly units: number; readonly of: string };
  /** Who is set to work with `who`, or apart. */
  readonly pair?: { readonly other: string; readonly apart: boolean };
  readonly sentence: string;
}

/**
 * What came of a task, in the words of its model.
 * @param notices changes of a roster that stood, where this one repairs it
 */
export function dutyRoster(
  model: Model,
  task: RosterTask,
  solution: RosterSolution,
  run: { readonly seed: number; readonly effort: number },
  notices: readonly Notice[] = [],
): DutyRoster {
  const { roster, shifts } = task;
  const nights = nightsOf(task);
  const zone = zoneOf(model, task);
  return {
    format: 'pathway-roster',
    formatVersion: 1,
    languageVersion: model.languageVersion,
    sourceHash: model.sourceHash,
    roster: roster.id,
    title: titleOf(roster),
    from: roster.from,
    days: roster.days,
    ...(zone !== undefined && { timezone: zone }),
    ...run,
    cost: solution.cost,
    bound: Math.min(solution.cost, Math.max(0, solution.bound)),
    // Nothing costs less than nothing, also where somebody has no line and the bound says nothing.
    gap: solution.cost <= 0 ? 0 : Math.min(1, solution.gap),
    optimal: solution.optimal || solution.cost <= 0,
    shifts: shifts
      .filter(({ standsFor }) => standsFor === undefined)
      .map((shift, index) => ({
        id: shift.id,
        title: titleOf(shift),
        from: shift.from,
        to: shift.from + shiftLength(shift),
        night: nights[index] === true,
      })),
    people: task.members.map((_, index) => lineOf(model, task, solution, index)),
    shortfalls: shortfallsOf(task, solution),
    cover: hourlyCover(task, solution),
    ...(task.notes.length > 0 && { notes: task.notes }),
    rules: ruleReport(model, task, solution, notices),
    requests: requestReport(task, solution.roster),
    withoutLine: solution.withoutLine.map((index) => task.members[index]!.id),
  };
}

/** The zone of the places where people of the roster work, or the only one that the text names. */
function zoneOf({ organisations, territories }: Model, { members }: RosterTask): string | undefined {
  const zoneAt = (id: string | undefined): string | undefined => {
    const place = byId(organisations, id ?? '');
    if (place === undefined) return undefined;
    return byId(territories, place.territory ?? '')?.timezone ?? zoneAt(place.partOf);
  };
  const own = new Set(members.flatMap(({ group }) => zoneAt(group.organisation) ?? []));
  const named = own.size > 0 ? own : new Set(territories.flatMap(({ timezone }) => timezone ?? []));
  const [zone] = named;
  return named.size === 1 ? zone : undefined;
}

function lineOf(model: Model, task: RosterTask, solution: RosterSolution, index: number): DutyLine {
  const { members, shifts, problem } = task;
  const member = members[index]!;
  const line = solution.roster[index]!;
  const nights = nightsOf(task);
  const worked = [...line].filter((shift) => shift >= 0);
  const standsInFor = Array.from(line, (shift, day): StandsInFor | undefined => {
    const role = byId(model.roles, shifts[shift]?.standsFor ?? '');
    return role && { day, role: role.id, title: titleOf(role) };
  }).filter((each) => each !== undefined);
  return {
    person: member.id,
    role: member.group.role,
    shifts: Array.from(line, (shift) => (shift < 0 ? null : shifts[shift]!.id)),
    leave: member.leave,
    hours: worked.reduce((sum, shift) => sum + problem.shifts[shift]!.minutes, 0) / 60,
    contractHours: member.contractMinutes / 60,
    nights: worked.filter((shift) => nights[shift]).length,
    weekendDays: line.filter((shift, day) => shift >= 0 && (day + problem.firstWeekday) % 7 >= 5).length,
    requestsMissed: problem.people[index]!.wishes.filter((wish) => isMissed(problem, wish, line)).length,
    ...(member.calledIn !== undefined && { calledIn: member.calledIn.response }),
    ...(standsInFor.length > 0 && { standsInFor }),
  };
}

function shortfallsOf(task: RosterTask, solution: Pick<RosterSolution, 'roster'>): readonly Shortfall[] {
  const { roster, problem, needs } = task;
  return problem.needs.flatMap((need, index) => {
    const label = needs[index]!;
    const there = coverOf(need, solution.roster);
    if (label.half) return [];
    const { pair } = label;
    const kept = pair === undefined ? there >= need.required : pair.kind === 'request' || there <= need.required;
    if (kept) return [];
    const { of, who, day, from, to, shift, ratio } = label;
    const missing = peopleMissing(label, need.required, there);
    const date = dateOf(roster, day);
    return [
      {
        date,
        from,
        to,
        of,
        who,
        ...(shift === undefined ? {} : { shift }),
        wanted: need.required,
        there,
        missing,
        ...(ratio !== undefined && { ratio }),
        ...(pair !== undefined && { pair: { other: pair.other, apart: pair.apart } }),
        sentence: `${date}, ${shift ?? `${clock(from)} to ${clock(to)}`}: ${whatIsWrong(label, need.required, missing)}`,
      },
    ];
  });
}

function whatIsWrong(label: NeedLabel, wanted: number, missing: number): string {
  const { ratio, pair } = label;
  const who = peopleOf(label);
  if (pair !== undefined) return `"${pair.person}" works ${pair.apart ? 'with' : 'without'} "${pair.other}".`;
  if (ratio === undefined) return `${amountOf(missing, who)} missing of ${wanted}.`;
  return `${amountOf(missing, who)} missing for ${ratio.amount} for each ${amountOf(ratio.units, ratio.of)}.`;
}

/** `07:30`, also for minutes beyond midnight. */
export function clock(minutes: number): string {
  const at = minutes % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
