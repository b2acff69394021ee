import type { CoverNeed, LineRules, RosterPerson, RosterProblem } from '../src/roster/problem.js';
import { randomNumbers } from '../src/roster/random.js';

/** A shift by when it begins and how long it is, in minutes. */
interface Times {
  readonly from: number;
  readonly minutes: number;
}

/** Early, late and night. */
const THREE: readonly Times[] = [
  { from: 420, minutes: 480 },
  { from: 840, minutes: 480 },
  { from: 1320, minutes: 540 },
];

/** Lengths in half hours, from six hours to twelve and a half, at many starts. */
const HALF_HOURS: readonly Times[] = [
  { from: 360, minutes: 450 }, { from: 390, minutes: 480 }, { from: 420, minutes: 510 }, { from: 420, minutes: 750 },
  { from: 480, minutes: 360 }, { from: 480, minutes: 540 }, { from: 570, minutes: 390 }, { from: 660, minutes: 600 },
  { from: 750, minutes: 450 }, { from: 780, minutes: 510 }, { from: 840, minutes: 480 }, { from: 870, minutes: 390 },
  { from: 960, minutes: 360 }, { from: 1140, minutes: 720 }, { from: 1260, minutes: 600 }, { from: 1290, minutes: 570 },
]; // prettier-ignore

const DAYS = 28;
const CONTRACT = 36 * 60 * 4;
const NIGHT_ENDS = 1680;

/** Four weeks of a ward under the European directive with early, late and night, and so many of those shifts wanted for each of its people. */
export function ward(people: number): RosterProblem {
  const needs = THREE.flatMap((_, shift) =>
    Array.from({ length: DAYS }, (_each, day): CoverNeed[] => [
      need(`${day} ${shift}`, Math.max(1, Math.round(people * [0.21, 0.2, 0.13][shift]!)), 96, 1, [{ day, shift }]),
      {
        ...need(`${day} ${shift} lead`, Math.max(1, Math.round(people / 30)), 96, 0, [{ day, shift }]),
        coefficients: leads(people),
      },
    ]).flat(),
  );
  return problem(people, THREE, needs);
}

/** The same with sixteen shifts whose lengths are counted in half hours, and needs by the hour. */
export function wardOfHalfHours(people: number): RosterProblem {
  return problem(people, HALF_HOURS, hourly(people, HALF_HOURS));
}

function leads(people: number): readonly number[] {
  return Array.from({ length: people }, (_, index) => (index % 4 === 0 ? 1 : 0));
}

function need(id: string, required: number, under: number, over: number, slots: CoverNeed['slots']): CoverNeed {
  return { id, required, under, over, slots };
}

function problem(people: number, times: readonly Times[], needs: readonly CoverNeed[]): RosterProblem {
  const random = randomNumbers(people + times.length);
  const draw = (most: number): number => Math.floor(random() * most);
  const all = times.map((_, shift) => shift);
  const nights = all.filter((shift) => isNight(times[shift]!));
  const rules: LineRules = {
    minMinutes: 0,
    maxMinutes: 48 * 60 * 4,
    overtime: { beyond: CONTRACT, costPerMinute: 10 / 60 },
    maxRun: 6,
    minRun: 1,
    minOff: 1,
    forbidden: all.flatMap((first) =>
      all.flatMap((second): [number, number][] =>
        times[second]!.from + 1440 - (times[first]!.from + times[first]!.minutes) < 660 ? [[first, second]] : [],
      ),
    ),
    nights: { shifts: nights, maxRun: 4, minOffAfter: 2 },
    limits: [
      { of: 'minutes', most: 54 * 60, per: 'week' },
      { of: 'weekends', most: 3 },
    ],
  };
  return {
    days: DAYS,
    firstWeekday: 0,
    shifts: times.map(({ minutes }, index) => ({ id: `S${index}`, minutes })),
    people: Array.from({ length: people }, (_, index): RosterPerson => {
      const leave = index % 5 === 0 ? draw(DAYS - 7) : undefined;
      return {
        id: `P${index}`,
        rules:
          leave === undefined
            ? rules
            : {
                ...rules,
                maxMinutes: rules.maxMinutes * 0.75,
                overtime: { beyond: CONTRACT * 0.75, costPerMinute: 10 / 60 },
              },
        shifts: index % 3 === 0 ? all.filter((shift) => !nights.includes(shift)) : all,
        away: leave === undefined ? [] : Array.from({ length: 7 }, (_each, day) => ({ day: leave + day })),
        fixed: [],
        wishes: Array.from({ length: 3 }, () => ({ kind: 'off' as const, day: draw(DAYS), weight: 5 })),
      };
    }),
    needs,
  };
}

function isNight({ from, minutes }: Times): boolean {
  return Math.min(from + minutes, NIGHT_ENDS + 120) - Math.max(from, 1380) >= 180;
}

/** People wanted in each half hour; stretches that the same shifts cover are one need. */
function hourly(people: number, times: readonly Times[]): readonly CoverNeed[] {
  const wanted = (clock: number): number => {
    const share = clock < 420 ? 0.11 : clock < 840 ? 0.2 : clock < 1260 ? 0.17 : 0.11;
    return Math.max(1, Math.round(people * share));
  };
  const found: CoverNeed[] = [];
  let key = '';
  for (let half = 0; half < DAYS * 48; half += 1) {
    const from = half * 30;
    const slots = times.flatMap((time, shift) =>
      [Math.floor(half / 48) - 1, Math.floor(half / 48)]
        .filter(
          (day) => day >= 0 && day * 1440 + time.from <= from && from + 30 <= day * 1440 + time.from + time.minutes,
        )
        .map((day) => ({ day, shift })),
    );
    const required = wanted(from % 1440);
    const now = JSON.stringify([slots, required]);
    const last = found.at(-1);
    if (now === key && last !== undefined) found[found.length - 1] = { ...last, under: last.under + 6 };
    else if (slots.length > 0) found.push(need(String(half), required, 6, 1, slots));
    key = now;
  }
  return found;
}
