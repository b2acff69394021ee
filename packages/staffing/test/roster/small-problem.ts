import fc from 'fast-check';
import { evaluateRoster } from '../../src/roster/evaluate-roster.js';
import type { LineRules, RosterPerson, RosterProblem } from '../../src/roster/problem.js';

/** Rules that forbid nothing. */
export const FREE: LineRules = {
  minMinutes: 0,
  maxMinutes: 1e6,
  maxRun: 99,
  minRun: 1,
  minOff: 1,
  forbidden: [],
  limits: [],
};

export function person(id: string, changes: Partial<RosterPerson> = {}): RosterPerson {
  return { id, rules: FREE, shifts: [0, 1], away: [], fixed: [], wishes: [], ...changes };
}

const SHIFTS = [
  { id: 'Day', minutes: 480 },
  { id: 'Night', minutes: 600 },
];

function randomRules(days: number): fc.Arbitrary<LineRules> {
  const rules = fc.record({
    minMinutes: fc.constantFrom(0, 480, 960),
    maxMinutes: fc.constantFrom(1080, 2040, 100_000),
    maxRun: fc.integer({ min: 1, max: days }),
    minRun: fc.integer({ min: 1, max: 3 }),
    minOff: fc.integer({ min: 1, max: 3 }),
    forbidden: fc.constantFrom([], [[1, 0] as const]),
    nights: fc.record({
      shifts: fc.constant([1]),
      maxRun: fc.integer({ min: 1, max: 3 }),
      minOffAfter: fc.integer({ min: 0, max: 2 }),
    }),
    shares: fc.constantFrom(
      [],
      [{ of: 'shifts' as const, shifts: [1], least: 1, most: 2, cost: 4 }],
      [
        { of: 'weekends' as const, least: 1, most: 1, cost: 7 },
        { of: 'shifts' as const, shifts: [0], least: 0, most: 1, cost: 3 },
      ],
    ),
    overtime: fc.constantFrom({ beyond: 1000, costPerMinute: 0.01 }, { beyond: 480, costPerMinute: 0.125 }),
    limits: fc.constantFrom(
      [],
      [{ of: 'weekends' as const, most: 1 }],
      [{ of: 'shifts' as const, shifts: [1], most: 1, per: 'period' as const }],
      [
        { of: 'minutes' as const, most: 1080, per: 'week' as const },
        { of: 'weekends' as const, most: 0 },
      ],
      [{ of: 'shifts' as const, shifts: [0, 1], most: 2, per: 'week' as const }],
    ),
  });
  // No run can be shorter than its least and as long as its most at once.
  return rules.map((each) => ({ ...each, minRun: Math.min(each.minRun, each.maxRun) }));
}

function randomPerson(id: string, days: number): fc.Arbitrary<RosterPerson> {
  const day = fc.integer({ min: 0, max: days - 1 });
  const shift = fc.integer({ min: 0, max: 1 });
  return fc
    .record({
      rules: randomRules(days),
      shifts: fc.constantFrom([0, 1], [0], [1]),
      away: fc.array(fc.record({ day }), { maxLength: 2 }),
      wishes: fc.array(
        fc.record({
          kind: fc.constantFrom('on' as const, 'off' as const),
          day,
          shift,
          weight: fc.integer({ min: 1, max: 9 }),
        }),
        { maxLength: 4 },
      ),
      before: fc.option(
        fc.constantFrom(
          { last: 'off' as const, run: 1, nights: 0 },
          { last: 0, run: 2, nights: 0 },
          { last: 1, run: 1, nights: 1 },
        ),
        { nil: undefined },
      ),
    })
    .map(({ before, ...rest }) => ({ id, fixed: [], ...rest, ...(before === undefined ? {} : { before }) }));
}

/** Problems small enough to try every roster. */
export function randomProblem(people: number, days: number): fc.Arbitrary<RosterProblem> {
  return fc
    .record({
      firstWeekday: fc.integer({ min: 0, max: 6 }),
      people: fc.tuple(...Array.from({ length: people }, (_, index) => randomPerson(`P${index}`, days))),
      required: fc.array(fc.integer({ min: 0, max: people }), { minLength: days * 2, maxLength: days * 2 }),
    })
    .map(({ firstWeekday, people: all, required }) => ({
      days,
      firstWeekday,
      shifts: SHIFTS,
      people: all,
      needs: required.map((wanted, slot) => ({
        id: `need ${slot}`,
        required: wanted,
        under: 20,
        over: 2,
        slots: [{ day: Math.floor(slot / 2), shift: slot % 2 }],
      })),
    }));
}

/** The same, where refused wishes cost more the more of them one person has. */
export function withRefusals(problem: RosterProblem): RosterProblem {
  return {
    ...problem,
    people: problem.people.map((each, index) => ({
      ...each,
      refusals: [{ of: each.wishes, free: index % 2, cost: 3 }],
    })),
  };
}

/** Two weeks of a small ward: early, late and night with three people wanted at each, and twelve people. */
export function smallWard(people = 12): RosterProblem {
  const shifts = [480, 480, 600].map((minutes, index) => ({ id: 'ELN'[index]!, minutes }));
  return {
    days: 14,
    firstWeekday: 0,
    shifts,
    people: Array.from({ length: people }, (_, index) =>
      person(`P${index}`, {
        shifts: [0, 1, 2],
        rules: {
          ...FREE,
          minMinutes: 3000,
          maxMinutes: 4800,
          maxRun: 5,
          minRun: 2,
          minOff: 2,
          forbidden: [
            [1, 0],
            [2, 0],
            [2, 1],
          ],
          nights: { shifts: [2], maxRun: 3, minOffAfter: 2 },
          limits: [{ of: 'weekends', most: 1 }],
        },
        wishes: [{ kind: 'off', day: index, weight: 3 }],
      }),
    ),
    needs: Array.from({ length: 42 }, (_, slot) => ({
      id: String(slot),
      required: 3,
      under: 100,
      over: 1,
      slots: [{ day: Math.floor(slot / 3), shift: slot % 3 }],
    })),
  };
}

/** Every line there is over so many days. */
export function allLines(days: number, shifts = 2): readonly Int16Array[] {
  const lines: Int16Array[] = [];
  const count = (shifts + 1) ** days;
  for (let code = 0; code < count; code += 1) {
    const line = new Int16Array(days);
    for (let day = 0, rest = code; day < days; day += 1, rest = Math.floor(rest / (shifts + 1)))
      line[day] = (rest % (shifts + 1)) - 1;
    lines.push(line);
  }
  return lines;
}

/** The least that a roster without violations costs, by trying all; Infinity where there is none. */
export function leastCost(problem: RosterProblem): number {
  const lines = allLines(problem.days, problem.shifts.length);
  const possible = problem.people.map((each) => {
    const alone = { ...problem, people: [each], needs: [] };
    return lines.filter((line) => evaluateRoster(alone, [line]).violations.length === 0);
  });
  let least = Infinity;
  const place = (index: number, roster: readonly Int16Array[]): void => {
    if (index === problem.people.length) {
      least = Math.min(least, evaluateRoster(problem, roster).cost);
      return;
    }
    for (const line of possible[index]!) place(index + 1, [...roster, line]);
  };
  place(0, []);
  return least;
}

/** The same, where some days, and weeks, have rules of their own. */
export function withPhases(problems: fc.Arbitrary<RosterProblem>, days: number): fc.Arbitrary<RosterProblem> {
  const phase = fc.record({
    maxRun: fc.integer({ min: 1, max: days }),
    minRun: fc.integer({ min: 1, max: 3 }),
    minOff: fc.integer({ min: 1, max: 3 }),
    forbidden: fc.constantFrom([], [[1, 0] as const], [[0, 1] as const]),
    nights: fc.record({
      shifts: fc.constant([1]),
      maxRun: fc.integer({ min: 0, max: 4 }),
      minOffAfter: fc.integer({ min: 0, max: 3 }),
    }),
  });
  const some = fc.uniqueArray(fc.integer({ min: 0, max: days - 1 }), { minLength: 1, maxLength: days });
  const limits = fc.constantFrom<LineRules['limits'][number][]>(
    [],
    [{ of: 'shifts', shifts: [1], most: 1, per: 'week', weeks: [0] }],
    [
      { of: 'minutes', most: 1080, per: 'week', weeks: [1] },
      { of: 'minutes', most: 1680, per: 'week', weeks: [0, 2] },
    ],
    [
      { of: 'shifts', shifts: [0, 1], most: 2, per: 'week', weeks: [0] },
      { of: 'shifts', shifts: [0, 1], most: 4, per: 'week', weeks: [1] },
      { of: 'shifts', shifts: [1], most: 1, per: 'week', weeks: [] },
    ],
  );
  return fc
    .tuple(problems, fc.array(fc.tuple(phase, some), { minLength: 1, maxLength: 2 }), limits)
    .map(([problem, phases, added]): RosterProblem => ({
      ...problem,
      people: problem.people.map((each) => ({
        ...each,
        rules: {
          ...each.rules,
          limits: [...each.rules.limits, ...added],
          phases: phases.map(([rules, own], index) => ({
            ...rules,
            minRun: Math.min(rules.minRun, rules.maxRun),
            // A day is in the first phase that has it.
            days: own.filter((day) => !phases.slice(0, index).some(([, before]) => before.includes(day))),
          })),
        },
      })),
    }));
}
