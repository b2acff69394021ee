import { STEPS_OF_REFUSALS } from './problem.js';
import type { LineLimit, OrderRules, Roster, RosterPerson, RosterProblem, Wish } from './problem.js';

/** A rule that a roster breaks. */
export interface Violation {
  readonly person: string;
  readonly rule:
    | 'not-theirs'
    | 'away'
    | 'fixed'
    | 'succession'
    | 'most-days-in-a-row'
    | 'fewest-days-in-a-row'
    | 'fewest-days-off'
    | 'nights-in-a-row'
    | 'off-after-nights'
    | 'most-time'
    | 'least-time'
    | 'limit';
  /** The day at which it shows; absent where it concerns the whole period. */
  readonly day?: number;
}

export interface Evaluation {
  readonly cost: number;
  readonly coverCost: number;
  readonly wishCost: number;
  readonly overtimeCost: number;
  /** What nights, weekends and refused wishes beyond fair shares cost. */
  readonly shareCost: number;
  readonly violations: readonly Violation[];
}

/**
 * What a roster costs and which rules it breaks, straight from the problem's text and without any of the solver's
 * tables: the solver's answers are held to it.
 */
export function evaluateRoster(problem: RosterProblem, roster: Roster): Evaluation {
  const violations: Violation[] = [];
  let wishCost = 0;
  let overtimeCost = 0;
  let shareCost = 0;
  for (const [index, person] of problem.people.entries()) {
    const line = roster[index]!;
    violations.push(...lineViolations(problem, person, line));
    wishCost += wishesMissed(problem, person, line);
    overtimeCost += overtimeOf(problem, person, line);
    shareCost += sharesMissed(problem, person, line) + refusalsBeyond(problem, person, line);
  }
  const coverCost = coverCostOf(problem, roster);
  const cost = coverCost + wishCost + overtimeCost + shareCost;
  return { cost, coverCost, wishCost, overtimeCost, shareCost, violations };
}

function sharesMissed(problem: RosterProblem, person: RosterPerson, line: Int16Array): number {
  let cost = 0;
  for (const share of person.rules.shares ?? []) {
    const counted = new Set<number>();
    for (const [day, shift] of line.entries()) {
      const at = day + problem.firstWeekday;
      if (shift < 0) continue;
      if (share.of === 'shifts' && share.shifts?.includes(shift) === true) counted.add(day);
      if (share.of === 'weekends' && at % 7 >= 5) counted.add(Math.floor(at / 7));
    }
    if (counted.size > share.most) cost += (counted.size - share.most) * share.cost;
    if (counted.size < share.least) cost += (share.least - counted.size) * share.cost;
  }
  return cost;
}

/** The first refusal beyond those that are free costs once, the second twice, up to the last step. */
function refusalsBeyond(problem: RosterProblem, person: RosterPerson, line: Int16Array): number {
  let cost = 0;
  for (const { of, free, cost: each } of person.refusals ?? []) {
    const refused = of.filter((wish) => isMissed(problem, wish, line)).length;
    for (let beyond = 1; beyond <= refused - free; beyond += 1) cost += Math.min(beyond, STEPS_OF_REFUSALS) * each;
  }
  return cost;
}

function wishesMissed(problem: RosterProblem, person: RosterPerson, line: Int16Array): number {
  let cost = 0;
  for (const wish of person.wishes) if (isMissed(problem, wish, line)) cost += wish.weight;
  return cost;
}

/** Whether a line does not do what somebody asks for. */
export function isMissed({ shifts }: RosterProblem, { kind, day, shift }: Wish, line: Int16Array): boolean {
  const worked = line[day]!;
  const works = shift === undefined ? worked >= 0 : isShift(shifts, worked, shift);
  return works !== (kind === 'on');
}

/** Whether what somebody works is a shift, also where they work it in the place of others. */
function isShift(shifts: RosterProblem['shifts'], worked: number, shift: number): boolean {
  return worked === shift || (worked >= 0 && shifts[worked]?.sameAs === shift);
}

function minutesOf(problem: RosterProblem, line: Int16Array): number {
  let minutes = 0;
  for (const shift of line) if (shift >= 0) minutes += problem.shifts[shift]!.minutes;
  return minutes;
}

function overtimeOf(problem: RosterProblem, person: RosterPerson, line: Int16Array): number {
  const { overtime } = person.rules;
  if (overtime === undefined) return 0;
  return Math.max(0, minutesOf(problem, line) - overtime.beyond) * overtime.costPerMinute;
}

function coverCostOf(problem: RosterProblem, roster: Roster): number {
  let cost = 0;
  for (const need of problem.needs) {
    const there = coverOf(need, roster);
    cost += there < need.required ? (need.required - there) * need.under : (there - need.required) * need.over;
  }
  return cost;
}

/** People on duty, by their coefficients, that a need counts; shares of people add up to whole ones, whatever is lost in rounding. */
export function coverOf(need: RosterProblem['needs'][number], roster: Roster): number {
  let there = 0;
  for (const [index, line] of roster.entries()) {
    for (const { day, shift, coefficients = need.coefficients } of need.slots)
      if (line[day] === shift) there += coefficients === undefined ? 1 : (coefficients[index] ?? 0);
  }
  return Math.round(there * 1e9) / 1e9;
}

interface Run {
  readonly works: boolean;
  readonly from: number;
  /** Days within the period. */
  readonly inside: number;
  /** Days with those before the period. */
  readonly length: number;
  readonly openAtStart: boolean;
  readonly openAtEnd: boolean;
}

function runsOf(person: RosterPerson, line: Int16Array): readonly Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let day = 1; day <= line.length; day += 1) {
    if (day < line.length && line[day]! >= 0 === line[from]! >= 0) continue;
    const works = line[from]! >= 0;
    const goesOn = from === 0 && person.before !== undefined && (person.before.last === 'off') !== works;
    const earlier = goesOn ? person.before.run : 0;
    runs.push({
      works,
      from,
      inside: day - from,
      length: day - from + earlier,
      openAtStart: from === 0 && person.before === undefined,
      openAtEnd: day === line.length,
    });
    from = day;
  }
  return runs;
}

function lineViolations(problem: RosterProblem, person: RosterPerson, line: Int16Array): readonly Violation[] {
  const found: Violation[] = [];
  const say = (rule: Violation['rule'], day?: number): void => {
    found.push({ person: person.id, rule, ...(day === undefined ? {} : { day }) });
  };
  const { rules } = person;
  const on = (day: number): OrderRules => rulesOn(person, day);
  for (const [day, shift] of line.entries()) {
    if (shift < 0) continue;
    if (!person.shifts.includes(shift)) say('not-theirs', day);
    if (person.away.some((away) => away.day === day && (away.shift === undefined || away.shift === shift)))
      say('away', day);
    const earlier = day > 0 ? line[day - 1]! : (person.before?.last ?? 'off');
    if (on(day).forbidden.some(([first, second]) => first === earlier && second === shift)) say('succession', day);
  }
  for (const { day, shift } of person.fixed) {
    const worked = line[day]!;
    if (shift === 'off' ? worked >= 0 : !isShift(problem.shifts, worked, shift)) say('fixed', day);
  }
  const runs = runsOf(person, line);
  for (const [index, run] of runs.entries()) {
    if (run.works) {
      if (isTooLong(person, run)) say('most-days-in-a-row', run.from);
      if (run.openAtStart || run.openAtEnd) continue;
      if (run.length < on(run.from + run.inside).minRun) say('fewest-days-in-a-row', run.from);
      continue;
    }
    if (run.openAtStart || run.openAtEnd) continue;
    // Whoever works again has rested enough for that day.
    const { minOff, nights } = on(run.from + run.inside);
    const afterNight = endsInNight(person, line, index === 0 ? undefined : run.from - 1);
    const wanted = afterNight ? Math.max(minOff, nights?.minOffAfter ?? 0) : minOff;
    if (run.length < wanted) say(run.length < minOff ? 'fewest-days-off' : 'off-after-nights', run.from);
  }
  // Runs that ended with the day before the period.
  if (person.before !== undefined && person.before.last !== 'off' && line[0]! < 0 && person.before.run < on(0).minRun)
    say('fewest-days-in-a-row', 0);
  if (person.before?.last === 'off' && line[0]! >= 0 && person.before.run < on(0).minOff) say('fewest-days-off', 0);
  found.push(...nightViolations(person, line));
  const minutes = minutesOf(problem, line);
  if (minutes > rules.maxMinutes) say('most-time');
  if (minutes < rules.minMinutes) say('least-time');
  for (const limit of rules.limits) found.push(...limitViolations(problem, person, line, limit));
  return found;
}

/** The rules of the order of days that hold on a day. */
function rulesOn({ rules }: RosterPerson, day: number): OrderRules {
  return rules.phases?.find(({ days }) => days.includes(day)) ?? rules;
}

/** Whether on any of its days a run of work is longer by then than that day allows. */
function isTooLong(person: RosterPerson, { from, inside, length }: Run): boolean {
  for (let day = from; day < from + inside; day += 1)
    if (length - inside + day - from + 1 > rulesOn(person, day).maxRun) return true;
  return false;
}

function endsInNight(person: RosterPerson, line: Int16Array, day: number | undefined): boolean {
  const nights = person.rules.nights?.shifts;
  if (nights === undefined) return false;
  const last = day === undefined ? person.before?.last : line[day];
  return typeof last === 'number' && nights.includes(last);
}

function nightViolations(person: RosterPerson, line: Int16Array): readonly Violation[] {
  const { nights } = person.rules;
  if (nights === undefined) return [];
  const found: Violation[] = [];
  let inARow = person.before?.nights ?? 0;
  let isTold = false;
  for (const [day, shift] of line.entries()) {
    inARow = nights.shifts.includes(shift) ? inARow + 1 : 0;
    if (inARow === 0) isTold = false;
    if (isTold || inARow <= (rulesOn(person, day).nights?.maxRun ?? Infinity)) continue;
    isTold = true;
    found.push({ person: person.id, rule: 'nights-in-a-row', day });
  }
  return found;
}

function limitViolations(
  problem: RosterProblem,
  person: RosterPerson,
  line: Int16Array,
  limit: LineLimit,
): readonly Violation[] {
  const weekday = (day: number): number => (day + problem.firstWeekday) % 7;
  const weekOf = (day: number): number => Math.floor((day + problem.firstWeekday) / 7);
  const counts = new Map<number, number>();
  const weekends = new Set<number>();
  for (const [day, shift] of line.entries()) {
    if (shift < 0) continue;
    if (limit.of === 'weekends') {
      if (weekday(day) >= 5) weekends.add(weekOf(day));
      continue;
    }
    if (limit.of === 'shifts' && !limit.shifts.includes(shift)) continue;
    if (limit.per === 'week' && limit.weeks?.includes(weekOf(day)) === false) continue;
    const key = limit.per === 'week' ? weekOf(day) : 0;
    counts.set(key, (counts.get(key) ?? 0) + (limit.of === 'minutes' ? problem.shifts[shift]!.minutes : 1));
  }
  if (limit.of === 'weekends') return weekends.size > limit.most ? [{ person: person.id, rule: 'limit' }] : [];
  const broken = [...counts].filter(([, count]) => count > limit.most);
  return broken.map(([week]) => ({
    person: person.id,
    rule: 'limit' as const,
    ...(limit.per === 'week' ? { day: Math.max(0, week * 7 - problem.firstWeekday) } : {}),
  }));
}
