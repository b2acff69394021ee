import type { RosterSolution } from '../roster/solve-roster.js';
import { shiftLength } from '@pathway/model';
import { countsIn, type CoverSlot } from '../roster/problem.js';
import { countsPeople, type NeedLabel } from './roster-needs.js';
import type { RosterTask } from './roster-task.js';

const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;

/** Need against cover of a role or skill, for each hour of the roster from midnight of its first day; people, as means of the hour. */
export interface HourlyCover {
  readonly of: 'role' | 'skill';
  /** Its title, and the level asked for. */
  readonly who: string;
  readonly wanted: readonly number[];
  readonly there: readonly number[];
}

/**
 * What is wanted and who is there, hour by hour, for each role and skill that a roster covers. Shifts that lie over one
 * another want their people at once; of several wishes for one shift the highest counts, as for needs of pathways.
 */
export function hourlyCover(task: RosterTask, solution: RosterSolution): readonly HourlyCover[] {
  const groups = new Map<string, number[]>();
  for (const [index, label] of task.needs.entries()) {
    // So many for each so many others depends on who is there, and two people together are no cover.
    if (!countsPeople(label) || label.ratio !== undefined) continue;
    const { of, who } = label;
    const key = `${of} ${who}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()].map((indices) => {
    const { of, who } = task.needs[indices[0]!]!;
    return { of, who, wanted: wantedByHour(task, indices), there: thereByHour(task, solution, indices) };
  });
}

function wantedByHour(task: RosterTask, indices: readonly number[]): readonly number[] {
  const hours = task.roster.days * HOURS_PER_DAY;
  const byHour = new Array<number>(hours).fill(0);
  const onShifts = new Map<string, { readonly label: NeedLabel; wanted: number }>();
  const fromWork = new Array<number>(hours).fill(0);
  for (const index of indices) {
    const label = task.needs[index]!;
    const { required } = task.problem.needs[index]!;
    if (label.shift === undefined) {
      eachHour(label, hours, (hour) => (fromWork[hour] = Math.max(fromWork[hour]!, required)));
      continue;
    }
    const key = `${label.day} ${label.shift}`;
    const known = onShifts.get(key);
    if (known === undefined) onShifts.set(key, { label, wanted: required });
    else known.wanted = Math.max(known.wanted, required);
  }
  for (const { label, wanted } of onShifts.values())
    eachHour(label, hours, (hour, share) => (byHour[hour] = byHour[hour]! + wanted * share));
  return byHour.map((wanted, hour) => Math.max(wanted, fromWork[hour]!));
}

/** @param needs of the same people, of which each tells the same of them */
function thereByHour(task: RosterTask, solution: RosterSolution, needs: readonly number[]): readonly number[] {
  const hours = task.roster.days * HOURS_PER_DAY;
  const byHour = new Array<number>(hours).fill(0);
  const need = task.problem.needs[needs[0]!]!;
  const { of } = task.needs[needs[0]!]!;
  const inPlaces = new Map<string, CoverSlot>();
  for (const index of needs)
    for (const slot of task.problem.needs[index]!.slots) inPlaces.set(`${slot.day} ${slot.shift}`, slot);
  for (const [person, line] of solution.roster.entries()) {
    for (const [day, worked] of line.entries()) {
      const shift = task.shifts[worked];
      if (shift === undefined) continue;
      const slot = inPlaces.get(`${day} ${worked}`);
      // Whoever stands in for one role is not there as another.
      if (of === 'role' && shift.standsFor !== undefined && slot?.coefficients === undefined) continue;
      const counts = countsIn(need, slot ?? { day, shift: worked }, person);
      if (counts === 0) continue;
      const place = { day, from: shift.from, to: shift.from + shiftLength(shift) };
      eachHour(place, hours, (hour, share) => (byHour[hour] = byHour[hour]! + counts * share));
    }
  }
  return byHour;
}

/** The hours of a stretch of time, each with the share of it that the stretch takes; none after the last day. */
function eachHour(
  { day, from, to }: Pick<NeedLabel, 'day' | 'from' | 'to'>,
  hours: number,
  visit: (hour: number, share: number) => void,
): void {
  const start = day * HOURS_PER_DAY * MINUTES_PER_HOUR + from;
  const end = day * HOURS_PER_DAY * MINUTES_PER_HOUR + to;
  for (let hour = Math.floor(start / MINUTES_PER_HOUR); hour < Math.min(hours, end / MINUTES_PER_HOUR); hour += 1) {
    const shared = Math.min(end, (hour + 1) * MINUTES_PER_HOUR) - Math.max(start, hour * MINUTES_PER_HOUR);
    visit(hour, shared / MINUTES_PER_HOUR);
  }
}
