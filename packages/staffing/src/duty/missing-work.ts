import { formatNumber } from '@pathway/model';
import { coverOf, evaluateRoster } from '../roster/evaluate-roster.js';
import type { Roster } from '../roster/problem.js';
import type { BorrowedPeople, RelaxationFact } from './explanation-facts.js';
import { dateOf, weekdayOf } from './roster-days.js';
import { countsPeople, type NeedLabel, peopleMissing, peopleOf } from './roster-needs.js';
import type { RosterTask } from './roster-task.js';

/** Cost of a roster without what is missing. */
export function costWithoutNeeds(task: RosterTask, roster: Roster): number {
  return evaluateRoster({ ...task.problem, needs: [] }, roster).cost;
}

/** What is missing in a roster, as people to be borrowed by weekday and shift, and the hours; undefined where nothing is. */
export function borrowedInWords(task: RosterTask, roster: Roster): Borrowed | undefined {
  const groups = new Map<string, { readonly label: NeedLabel; count: number; readonly dates: Set<string> }>();
  let hours = 0;
  for (const [row, label] of task.needs.entries()) {
    if (!countsPeople(label) || label.ratio !== undefined) continue;
    const need = task.problem.needs[row]!;
    const short = need.required - coverOf(need, roster);
    const key = `${peopleOf(label)} on ${weekdayOf(task.roster, label.day)} ${label.shift ?? 'hours'}`;
    const group = groups.get(key) ?? { label, count: 0, dates: new Set<string>() };
    groups.set(key, group);
    group.dates.add(dateOf(task.roster, label.day));
    if (short <= 0) continue;
    group.count += short;
    hours += (short * (label.to - label.from)) / 60;
  }
  const wanted = [...groups.values()].filter(({ count }) => count > 0);
  if (wanted.length === 0) return undefined;
  const facts = wanted.map(({ label, count, dates }): BorrowedPeople => {
    const mean = count / dates.size;
    const { of, who, shift, day } = label;
    return {
      amount: mean < 0.1 ? mean : Math.round(mean * 10) / 10,
      ...{ of, who, weekday: (day + task.problem.firstWeekday) % 7 },
      ...(shift !== undefined && { shift }),
    };
  });
  const first = facts.slice(0, MOST_LISTED);
  const left = facts.length - first.length;
  const words = first.map(
    (each) => `${formatNumber(each.amount)} ${peopleOf(each)} on ${DAY_NAMES[each.weekday]!} ${each.shift ?? 'hours'}`,
  );
  return {
    words: `${words.join(', ')}${left > 0 ? `, and for ${left} other shifts` : ''}`,
    hours,
    fact: { first, more: left },
  };
}

interface Borrowed {
  readonly words: string;
  readonly hours: number;
  readonly fact: NonNullable<RelaxationFact['borrow']>;
}

const MOST_LISTED = 7;
const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What a relaxation does to the hours that are missing. */
export function goes(missing: number, left: number): string {
  if (left <= 0) return 'nothing is missing';
  return `${formatNumber(Math.round(missing - left))} of ${formatNumber(Math.round(missing))} missing hours go`;
}

/** Hours of work on shifts that nobody does. */
export function missingHours(task: RosterTask, roster: Roster): number {
  return task.problem.needs.reduce((sum, need, row) => {
    const label = task.needs[row]!;
    if (!countsPeople(label)) return sum;
    const short = peopleMissing(label, need.required, coverOf(need, roster));
    return sum + (short * (label.to - label.from)) / 60;
  }, 0);
}
