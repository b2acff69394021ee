import type { Model, Response, ResponseMeasure, RosterChange, RosterDeclaration } from '@pathway/model';
import { byId, constantValue, SECONDS, titleOf, workingMinutes } from '@pathway/model';
import { groupCalledInto } from '../days/daily-supply.js';
import { contractHours } from '../working-time.js';
import { dateOf } from './roster-days.js';
import type { Member } from './roster-people.js';
import { RosterSituation } from './roster-situation.js';

const DAY_MINUTES = 1440;

/** Who is called in by which response, and from which minute of the roster to which they can begin shifts. */
export interface CalledIn {
  readonly response: string;
  readonly spans: readonly { readonly from: number; readonly until: number }[];
}

/**
 * People whom responses in force call into groups of a roster, each with the lead time that is said: `Plan Nurse 1`. They have
 * the contract of their group for the days on which they can be there, its shifts, and what its role gives.
 */
export function membersCalledIn(
  model: Model,
  roster: RosterDeclaration,
  situation: RosterSituation,
): readonly Member[] {
  return (model.responses ?? []).flatMap((response) => {
    const days = daysInForce(response, roster, situation);
    if (days.length === 0) return [];
    const calls = response.patches.filter((patch) => patch.kind === 'call in');
    const numbered = new Map<string, number>();
    return calls.flatMap((patch): readonly Member[] => {
      const group = groupCalledInto(patch, response, model);
      const spans = spansOf(days, patch, model);
      if (group === undefined || !roster.groups.includes(group.id) || spans.length === 0) return [];
      const first = numbered.get(patch.role) ?? 0;
      const people = Math.round(constantValue(patch.amount, model) ?? 0);
      numbered.set(patch.role, first + people);
      const minutes = spans.reduce((sum, { from, until }) => sum + until - from, 0);
      const own = model.shifts.filter(({ id }) => group.shifts.length === 0 || group.shifts.includes(id));
      const longest = Math.max(0, ...own.map((shift) => workingMinutes(shift, model)));
      return Array.from({ length: people }, (_, index): Member => ({
        id: `${response.id} ${patch.role} ${first + index + 1}`,
        group,
        skills: byId(model.roles, patch.role)?.skills ?? [],
        // Nobody is called in for less than a shift.
        contractMinutes: Math.max(longest, (contractHours(group, model) * 60 * minutes) / (7 * DAY_MINUTES)),
        leave: [],
        calledIn: { response: titleOf(response), spans },
      }));
    });
  });
}

/** Whether somebody who is called in can begin a shift then; everybody else can. */
export function isThere({ calledIn }: Pick<Member, 'calledIn'>, minute: number): boolean {
  return calledIn === undefined || calledIn.spans.some(({ from, until }) => minute >= from && minute < until);
}

/** The dates on which responses are in force in a roster, both inclusive, as its levels and those of a change call for them. */
export function responseDates(
  model: Model,
  roster: RosterDeclaration,
  change?: RosterChange,
): readonly { readonly response: string; readonly from: string; readonly until: string }[] {
  const situation = new RosterSituation(model, roster, change);
  return (model.responses ?? []).flatMap((response) =>
    daysInForce(response, roster, situation).map(([first, last]) => ({
      response: response.id,
      from: dateOf(roster, first),
      until: dateOf(roster, last),
    })),
  );
}

/** Runs of days on which a response is in force: first and last. */
function daysInForce(
  response: Response,
  roster: RosterDeclaration,
  situation: RosterSituation,
): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let day = 0; day < roster.days; day++) {
    if (!situation.inForce(day).includes(response)) continue;
    const last = runs.at(-1);
    if (last?.[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

function spansOf(
  runs: readonly (readonly [number, number])[],
  { after }: Extract<ResponseMeasure, { readonly kind: 'call in' }>,
  model: Model,
): CalledIn['spans'] {
  const lead = after === undefined ? 0 : ((constantValue(after, model) ?? 0) * 60) / SECONDS.h;
  return runs
    .map(([first, last]) => ({ from: first * DAY_MINUTES + lead, until: (last + 1) * DAY_MINUTES }))
    .filter(({ from, until }) => from < until);
}
