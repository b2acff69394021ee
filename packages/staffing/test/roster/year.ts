import { randomNumbers } from '../../src/roster/random.js';
import type { RosterPerson, RosterProblem } from '../../src/roster/problem.js';

/**
 * A year of a hospital in the manner of the largest published instances (Curtois and Qu 2014): shift types of six to twelve
 * hours at all hours of the day, too little rest between some of them, limits on each type, on minutes, on weekends and on
 * runs, three weeks of leave, and requests.
 */
export function yearLong(people: number, types: number, days = 364): RosterProblem {
  const random = randomNumbers(people * 100 + types);
  const draw = (most: number): number => Math.floor(random() * most);
  const starts = Array.from({ length: types }, (_, type) => 360 + Math.floor((type * 960) / types / 30) * 30);
  const shifts = starts.map((_, type) => ({ id: `S${type}`, minutes: 360 + 30 * ((type * 5) % 13) }));
  const forbidden = starts.flatMap((start, first) =>
    starts.flatMap((next, second): [number, number][] =>
      next + 1440 - (start + shifts[first]!.minutes) < 660 ? [[first, second]] : [],
    ),
  );
  const all = shifts.map((_, type) => type);
  return {
    days,
    firstWeekday: 0,
    shifts,
    people: Array.from({ length: people }, (_, index): RosterPerson => {
      const leave = draw(days - 21);
      const own = all.filter((type) => (type + index) % 4 !== 0);
      return {
        id: `P${index}`,
        shifts: own,
        rules: {
          minMinutes: days * 200,
          maxMinutes: days * 300,
          maxRun: 5,
          minRun: 2,
          minOff: 2,
          forbidden,
          limits: [
            { of: 'weekends', most: Math.ceil(days / 14) },
            ...own.slice(0, 6).map((type) => ({
              of: 'shifts' as const,
              shifts: [type],
              most: Math.ceil(days / 20),
              per: 'period' as const,
            })),
          ],
        },
        away: Array.from({ length: 21 }, (_each, day) => ({ day: leave + day })),
        fixed: [],
        wishes: Array.from({ length: 20 }, () => ({
          kind: draw(2) === 0 ? ('on' as const) : ('off' as const),
          day: draw(days),
          shift: own[draw(own.length)]!,
          weight: 1 + draw(3),
        })),
      };
    }),
    needs: Array.from({ length: days * types }, (_, slot) => ({
      id: String(slot),
      required: Math.max(0, Math.round(((people * 0.45) / types) * (0.5 + random()))),
      under: 100,
      over: 1,
      slots: [{ day: Math.floor(slot / types), shift: slot % types }],
    })),
  };
}
