import type { RosterDeclaration } from '@pathway/model';
import { shiftLength } from '@pathway/model';
import type { StaffingPlan } from '../plan.js';
import type { CoverSlot } from '../roster/problem.js';
import type { Places } from './places.js';
import { firstWeekday } from './roster-days.js';
import type { LabelledNeed, Surroundings } from './roster-needs.js';
import type { Member } from './roster-people.js';

/** What one person too few for an hour costs, as of a shift of eight hours. */
const MISSING_PER_HOUR = 12;

/** A shift of a day as what one is and in the place of a role, where somebody may stand in for it then. */
function placesFor(
  role: string,
  day: number,
  shift: number,
  places: Places,
  members: readonly Member[],
): readonly CoverSlot[] {
  const instead = places.of(shift).filter((place) => places.shifts[place]!.standsFor === role);
  return [
    { day, shift },
    ...instead.flatMap((place): CoverSlot[] => {
      const coefficients = members.map((member) => places.countsAs(role, member, day, place));
      return coefficients.some((each) => each > 0) ? [{ day, shift: place, coefficients }] : [];
    }),
  ];
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
export function hourlyNeeds(
  { roster, places, members }: Surroundings,
  plans: readonly StaffingPlan[],
): readonly LabelledNeed[] {
  const own = [...places.shifts.entries()].filter(([, { standsFor }]) => standsFor === undefined);
  const hours = Array.from({ length: roster.days * 24 }, (_, hour) => ({
    hour,
    slots: own.flatMap(([index, shift]) =>
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
              slots: slots.flatMap(({ day, shift }) => placesFor(role.role, day, shift, places, members)),
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
