import { formatNumber } from '@pathway/model';
import { coverOf, evaluateRoster } from '../roster/evaluate-roster.js';
import type { Roster } from '../roster/problem.js';
import { dateOf, weekdayOf } from './roster-days.js';
import { countsPeople, peopleOf } from './roster-needs.js';
import type { RosterTask } from './roster-task.js';

/** Cost of a roster without what is missing. */
export function costWithoutNeeds(task: RosterTask, roster: Roster): number {
  return evaluateRoster({ ...task.problem, needs: [] }, roster).cost;
}

/** What is missing in a roster, as people to be borrowed by weekday and shift, and the hours; undefined where nothing is. */
export function borrowedInWords(
  task: RosterTask,
  roster: Roster,
): { readonly words: string; readonly hours: number } | undefined {
  const groups = new Map<string, { count: number; readonly dates: Set<string> }>();
  let hours = 0;
  for (const [row, label] of task.needs.entries()) {
    if (!countsPeople(label) || label.ratio !== undefined) continue;
    const need = task.problem.needs[row]!;
    const short = need.required - coverOf(need, roster);
    const key = `${peopleOf(label)} on ${DAY_NAMES[weekdayOf(task.roster, label.day)]} ${label.shift ?? 'hours'}`;
    const group = groups.get(key) ?? { count: 0, dates: new Set<string>() };
    groups.set(key, group);
    group.dates.add(dateOf(task.roster, label.day));
    if (short <= 0) continue;
    group.count += short;
    hours += (short * (label.to - label.from)) / 60;
  }
  const wanted = [...groups].filter(([, { count }]) => count > 0);
  if (wanted.length === 0) return undefined;
  const sentences = wanted.map(([key, { count, dates }]) => {
    const mean = count / dates.size;
    return `${formatNumber(mean < 0.1 ? mean : Math.round(mean * 10) / 10)} ${key}`;
  });
  const listed = sentences.slice(0, 7).join(', ');
  const more = sentences.length > 7 ? `, and for ${sentences.length - 7} other shifts` : '';
  return { words: `${listed}${more}`, hours };
}

const DAY_NAMES: Readonly<Record<string, string>> = {
  Mon: 'Monday',
  Tue: 'Tuesday',
  Wed: 'Wednesday',
  Thu: 'Thursday',
  Fri: 'Friday',
  Sat: 'Saturday',
  Sun: 'Sunday',
};

/** What a relaxation does to the hours that are missing. */
export function goes(missing: number, left: number): string {
  if (left <= 0) return 'nothing is missing';
  return `${formatNumber(Math.round(missing - left))} of ${formatNumber(Math.round(missing))} missing hours go`;
}

/** Hours of work on shifts that nobody does. */
export function missingHours(task: RosterTask, roster: Roster): number {
  return task.problem.needs.reduce((sum, need, row) => {
    const { ratio, from, to } = task.needs[row]!;
    if (!countsPeople(task.needs[row]!)) return sum;
    const short = Math.max(0, need.required - coverOf(need, roster)) / (ratio?.units ?? 1);
    return sum + (short * (to - from)) / 60;
  }, 0);
}
