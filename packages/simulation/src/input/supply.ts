import {
  type CapacityChange,
  capacityChanges,
  clockOccurrences,
  constantValue,
  type Expression,
  formatOrigin,
  localDays,
  type Model,
  type Person,
  meanOfExpression,
  requireConstant,
  type Schedule,
  type Shift,
  type StaffGroup,
  type Stock,
  type StudyCalendar,
  titleOf,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileExpression, type ExpressionScope } from './expressions.js';
import { isEverUnlimited, stepFunction, UNLIMITED_UNITS } from './step-functions.js';
import type { InputFacility, InputPool, InputStock, StepFunction } from './types.js';

/** Facilities and pools of a model, and what each can do. */
export interface Supply {
  readonly facilities: readonly InputFacility[];
  readonly pools: readonly InputPool[];
  readonly stocks: readonly InputStock[];
  readonly notes: readonly string[];
  /** Pools by facility id, with the person where there is one. */
  readonly members: ReadonlyMap<string, readonly { readonly pool: number; readonly person?: Person }[]>;
}

/** The resources and staff of a model along a run. @param scope gives names in breakdown times a meaning */
export function compileSupply(model: Model, calendar: StudyCalendar, scope: ExpressionScope): Supply {
  const facilities: InputFacility[] = [];
  const pools: InputPool[] = [];
  const notes: string[] = [];
  const members = new Map<string, { pool: number; person?: Person }[]>();
  const cost = (e: Expression | undefined, what: string): number =>
    e === undefined ? 0 : requireConstant(e, model, `the cost of ${what}`);
  for (const resource of model.resources) {
    const facility = facilities.length;
    facilities.push({
      id: resource.id,
      title: titleOf(resource),
      kind: 'resource',
      cost: cost(resource.cost, titleOf(resource)),
      origin: formatOrigin(resource.origin),
    });
    const capacity = scheduleSteps(resource.count, calendar, model);
    const { breakdown } = resource;
    if (breakdown !== undefined && isEverUnlimited(capacity)) {
      throw new SimulationError(
        `${titleOf(resource)} is unlimited and cannot break down unit by unit: give it a count.`,
        formatOrigin(resource.origin),
      );
    }
    const times = breakdown && {
      every: compileExpression(breakdown.every, scope),
      lasts: compileExpression(breakdown.lasts, scope),
    };
    members.set(resource.id, [{ pool: pools.length }]);
    pools.push({ id: resource.id, facility, capacity, ...(times && { breakdown: times }) });
  }
  for (const group of model.staff) {
    const facility = facilities.length;
    const role = model.roles.find((each) => each.id === group.role);
    facilities.push({
      id: group.id,
      title: titleOf(group),
      kind: 'staff',
      role: group.role,
      cost: cost(role?.cost, role === undefined ? group.role : titleOf(role)),
      origin: formatOrigin(group.origin),
    });
    const own: { pool: number; person?: Person }[] = [];
    members.set(group.id, own);
    const add = (id: string, capacity: 'unlimited' | StepFunction, person?: Person): void => {
      own.push({ pool: pools.length, ...(person && { person }) });
      pools.push({ id, facility, capacity });
    };
    if (group.people.length === 0) {
      add(group.id, presence(group, model, calendar, notes));
    } else {
      group.people.forEach((person, i) =>
        add(`${group.id} ${person.id}`, personPresence(group, person, i, model, calendar), person),
      );
    }
  }
  const stocks = model.stocks.map((stock) => {
    const pool = pools.length;
    members.set(stock.id, [{ pool }]);
    pools.push({ id: stock.id, facility: facilities.length, capacity: { at: [0], value: [levelOf(stock, model)] } });
    facilities.push({
      id: stock.id,
      title: titleOf(stock),
      kind: 'stock',
      cost: 0,
      origin: formatOrigin(stock.origin),
    });
    return compileStock(stock, pool, model, calendar, scope);
  });
  return { facilities, pools, stocks, notes, members };
}

/** What a stock has at the start, in whole units. */
function levelOf(stock: Stock, model: Model): number {
  const level = Math.round(requireConstant(stock.level, model, `the count of ${titleOf(stock)}`));
  if (level >= 0 && level < UNLIMITED_UNITS) return level;
  throw new SimulationError(
    `${titleOf(stock)} has a count of 0 or more and below ${UNLIMITED_UNITS}, not ${level}; choose another unit.`,
    formatOrigin(stock.origin),
  );
}

function compileStock(
  stock: Stock,
  pool: number,
  model: Model,
  calendar: StudyCalendar,
  scope: ExpressionScope,
): InputStock {
  const scheduled = stock.deliveries.filter((each) => each.kind === 'scheduled');
  const ordered = stock.deliveries.filter((each) => each.kind === 'ordered');
  return {
    pool,
    ...(stock.unit !== undefined && { unit: stock.unit }),
    ...(stock.most !== undefined && {
      most: Math.max(0, Math.round(requireConstant(stock.most, model, `the room for ${titleOf(stock)}`))),
    }),
    deliveries: scheduled.map(({ amount, at, days, since, until }) => ({
      at: clockOccurrences(at, days, calendar, { since, until }),
      amount: compileExpression(amount, scope),
    })),
    orders: ordered.map(({ amount, below, after }) => ({
      below: requireConstant(below, model, `the level at which ${titleOf(stock)} is ordered`),
      amount: compileExpression(amount, scope),
      after: compileExpression(after, scope),
    })),
  };
}

function scheduleSteps(schedule: Schedule, calendar: StudyCalendar, model: Model): 'unlimited' | StepFunction {
  if (schedule.otherwise === 'unlimited' && schedule.rules.length === 0) return 'unlimited';
  const changes: readonly CapacityChange[] =
    schedule.rules.length === 0 && schedule.otherwise !== 'unlimited'
      ? [{ time: 0, amount: requireConstant(schedule.otherwise, model, 'a count') }]
      : capacityChanges(schedule, calendar, model);
  const whole = changes.map(({ time, amount }) => ({
    time,
    amount: Math.min(UNLIMITED_UNITS, Math.max(0, Math.round(amount))),
  }));
  return stepFunction(whole, calendar.horizonSeconds);
}

/** A timetable with one rule a shift. */
function shiftSchedule(shifts: readonly Shift[], amount: number): Schedule {
  const literal = (value: number): Expression => ({ kind: 'number', value, dimension: { time: 0, money: 0 } });
  return {
    rules: shifts.map((shift) => ({
      amount: literal(amount),
      from: shift.from,
      to: shift.to,
      ...(shift.days && { days: shift.days }),
    })),
    otherwise: literal(shifts.length === 0 ? amount : 0),
  };
}

/**
 * People of a counted group on duty. Where nothing says how many, an estimate that is reported: headcount × contract ×
 * (1 − absence), spread evenly over the time that the group's shifts cover, and rounded, at least 1 if there is anyone.
 */
function presence(
  group: StaffGroup,
  model: Model,
  calendar: StudyCalendar,
  notes: string[],
): 'unlimited' | StepFunction {
  if (group.onDuty !== undefined) return scheduleSteps(group.onDuty, calendar, model);
  const headcount = requireConstant(group.headcount, model, `the headcount of ${titleOf(group)}`);
  const shifts = shiftsOf(group.shifts, model);
  const contract = group.contract === undefined ? undefined : constantValue(group.contract, model);
  if (contract === undefined && shifts.length === 0) {
    notes.push(
      `${titleOf(group)}: nothing says when they are on duty; all ${headcount} are taken to be there all the time.`,
    );
    return scheduleSteps(shiftSchedule([], headcount), calendar, model);
  }
  const absence = group.absence === undefined ? 0 : (meanOfExpression(group.absence, model).value ?? 0);
  const covered = coveredShare(shifts, calendar);
  const mean = headcount * (contract ?? covered) * (1 - absence);
  const amount = headcount > 0 ? Math.max(1, Math.round(mean / (covered > 0 ? covered : 1))) : 0;
  notes.push(
    `${titleOf(group)}: nothing says how many are on duty; ${amount} are taken to be there ` +
      `${shifts.length === 0 ? 'all the time' : 'during their shifts'} (headcount × contract × (1 − absence)).`,
  );
  return scheduleSteps(shiftSchedule(shifts, amount), calendar, model);
}

function shiftsOf(ids: readonly string[], model: Model): Shift[] {
  return ids.flatMap((id) => model.shifts.find((shift) => shift.id === id) ?? []);
}

/** Share of a week in which at least one shift runs. */
function coveredShare(shifts: readonly Shift[], calendar: StudyCalendar): number {
  if (shifts.length === 0) return 1;
  // 2026-01-05 is a Monday; in UTC no clock changes.
  const week = { ...calendar, start: '2026-01-05T00:00', timezone: 'UTC', horizonSeconds: 14 * 86_400 };
  const changes = capacityChanges(shiftSchedule(shifts, 1), week, { numbers: [] });
  let covered = 0;
  changes.forEach(({ time, amount }, i) => {
    const end = changes[i + 1]?.time ?? 14 * 86_400;
    // The second week is whole: shifts over midnight of the first Monday belong to the Sunday before.
    if (amount > 0) covered += Math.max(0, end - Math.max(time, 7 * 86_400));
  });
  return covered / (7 * 86_400);
}

/**
 * A named person is there during their shifts (or the group's), except on leave. Without shifts, the group's `on duty`
 * says how many are there: the first so many of the list; without that, always.
 */
function personPresence(
  group: StaffGroup,
  person: Person,
  index: number,
  model: Model,
  calendar: StudyCalendar,
): StepFunction {
  const own = shiftsOf(person.shifts.length > 0 ? person.shifts : group.shifts, model);
  const base =
    own.length === 0 && group.onDuty !== undefined
      ? scheduleSteps(group.onDuty, calendar, model)
      : scheduleSteps(shiftSchedule(own, 1), calendar, model);
  const limit = own.length === 0 && group.onDuty !== undefined ? index + 1 : 1;
  const leave = leaveSpans(person, calendar);
  if (base === 'unlimited') return masked([{ time: 0, amount: 1 }], leave, calendar.horizonSeconds);
  if (leave.length === 0) return { ...base, value: base.value.map((value) => Number(value >= limit)) };
  return masked(
    expand(base, calendar.horizonSeconds).map(({ time, amount }) => ({ time, amount: Number(amount >= limit) })),
    leave,
    calendar.horizonSeconds,
  );
}

function expand(steps: StepFunction, horizon: number): CapacityChange[] {
  const pieces: CapacityChange[] = [];
  for (let start = 0; start < horizon; start += steps.period ?? Number.POSITIVE_INFINITY) {
    steps.at.forEach((at, i) => {
      if (start + at < horizon) pieces.push({ time: start + at, amount: steps.value[i]! });
    });
  }
  return pieces;
}

function leaveSpans(person: Person, calendar: StudyCalendar): { begin: number; end: number }[] {
  if (person.leave.length === 0) return [];
  const spans: { begin: number; end: number }[] = [];
  for (const day of localDays(calendar)) {
    if (!person.leave.some(({ from, to }) => day.date >= from && day.date <= to)) continue;
    spans.push({ begin: day.at(0), end: day.at(86_400) });
  }
  return spans;
}

function masked(
  pieces: readonly CapacityChange[],
  away: readonly { readonly begin: number; readonly end: number }[],
  horizon: number,
): StepFunction {
  const times = [...new Set([0, ...pieces.map((p) => p.time), ...away.flatMap((a) => [a.begin, a.end])])]
    .filter((time) => time >= 0 && (time === 0 || time < horizon))
    .sort((a, b) => a - b);
  const result: CapacityChange[] = [];
  for (const time of times) {
    const here = away.some(({ begin, end }) => time >= begin && time < end)
      ? 0
      : (pieces.findLast((piece) => piece.time <= time)?.amount ?? 0);
    if (result.at(-1)?.amount !== here) result.push({ time, amount: here });
  }
  return stepFunction(result, horizon);
}
