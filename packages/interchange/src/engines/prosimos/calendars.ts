import type { SimulationInput, StepFunction } from '@pathway/simulation';

/** A stretch of some days of the week, as Prosimos has it. */
export interface TimePeriod {
  readonly from: string;
  readonly to: string;
  readonly beginTime: string;
  readonly endTime: string;
}

/** Units that are there at the same times of every week. */
export interface WeeklyUnits {
  readonly amount: number;
  readonly periods: readonly TimePeriod[];
}

const DAY = 86_400;
const WEEK = 7 * DAY;
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** Longer ones are looked at only so far. */
const MOST_PIECES = 20_000;

/** Always: days end a millionth of a second before the next one. */
export const AT_ALL_TIMES: readonly TimePeriod[] = [period(0, 6, 0, DAY)];

/** Something that is the same for a part of the local week: seconds after Monday 00:00. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** The units of a pool, grouped by when they are there; undefined where the count does not repeat each week. */
export function weeklyUnits(capacity: StepFunction, input: SimulationInput): readonly WeeklyUnits[] | undefined {
  const week = capacity.value.length === 1 ? whole(capacity.value[0] ?? 0) : weekOf(capacity, input);
  if (week === undefined) return undefined;
  const groups: { amount: number; periods: readonly TimePeriod[] }[] = [];
  const most = Math.max(0, ...week.map(({ value }) => Math.round(value)));
  for (let unit = 1; unit <= most; unit++) {
    const periods = periodsOf(week.filter(({ value }) => Math.round(value) >= unit));
    const last = groups.at(-1);
    if (last !== undefined && JSON.stringify(last.periods) === JSON.stringify(periods)) last.amount++;
    else groups.push({ amount: 1, periods });
  }
  return groups;
}

function whole(value: number): readonly Piece[] {
  return [{ from: 0, to: WEEK, value }];
}

/** A function of the clock as one of the local week, clock changes taken out; undefined where weeks differ. */
function weekOf(capacity: StepFunction, input: SimulationInput): readonly Piece[] | undefined {
  const end = Math.max(input.warmUp + input.run, 2 * WEEK);
  const seen: Piece[] = [];
  for (const piece of clockPieces(capacity, input, end)) {
    const hour = input.week.findLast(({ at }) => at <= piece.from) ?? { at: 0, hour: 0 };
    let from = (((piece.from - hour.at + hour.hour * 3600) % WEEK) + WEEK) % WEEK;
    for (let left = piece.to - piece.from; left > 0;) {
      const length = Math.min(left, WEEK - from);
      seen.push({ from, to: from + length, value: piece.value });
      left -= length;
      from = 0;
    }
    if (seen.length > MOST_PIECES) return undefined;
  }
  const bounds = [...new Set([0, WEEK, ...seen.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  const values = new Map<number, number>();
  for (const { from, to, value } of seen) {
    for (let i = bounds.indexOf(from); (bounds[i] ?? to) < to; i++) {
      const known = values.get(i);
      if (known !== undefined && known !== value) return undefined;
      values.set(i, value);
    }
  }
  return bounds.slice(1).map((to, i) => ({ from: bounds[i] ?? 0, to, value: values.get(i) ?? 0 }));
}

/** Pieces of the clock up to an end in which neither the function nor the local time jumps. */
function clockPieces({ at, value, period: repeats }: StepFunction, input: SimulationInput, end: number): Piece[] {
  const times = new Map<number, number>();
  const rounds = repeats === undefined ? 1 : Math.ceil(end / repeats);
  for (let round = 0; round < rounds && times.size <= MOST_PIECES; round++)
    at.forEach((time, i) => times.set(time + round * (repeats ?? 0), value[i] ?? 0));
  const instants = [...new Set([...times.keys(), ...input.week.map((each) => each.at)])]
    .filter((time) => time < end)
    .sort((a, b) => a - b);
  let current = value[0] ?? 0;
  return instants.map((from, i) => {
    current = times.get(from) ?? current;
    return { from, to: instants[i + 1] ?? end, value: current };
  });
}

/** Stretches by days; days with the same hours that follow one another are one stretch. */
function periodsOf(pieces: readonly Piece[]): readonly TimePeriod[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of pieces) {
    const last = joined.at(-1);
    if (last?.to === from) last.to = to;
    else joined.push({ from, to });
  }
  const days = DAYS.map((_, day) =>
    joined
      .map(({ from, to }) => ({ from: Math.max(0, from - day * DAY), to: Math.min(DAY, to - day * DAY) }))
      .filter(({ from, to }) => from < to),
  );
  const periods: TimePeriod[] = [];
  for (let first = 0; first < DAYS.length;) {
    let last = first;
    while (last + 1 < DAYS.length && JSON.stringify(days[last + 1]) === JSON.stringify(days[first])) last++;
    for (const { from, to } of days[first] ?? []) periods.push(period(first, last, from, to));
    first = last + 1;
  }
  return periods;
}

function period(first: number, last: number, from: number, to: number): TimePeriod {
  return { from: DAYS[first] ?? '', to: DAYS[last] ?? '', beginTime: timeOfDay(from), endTime: timeOfDay(to) };
}

function timeOfDay(seconds: number): string {
  if (seconds >= DAY) return '23:59:59.999999';
  const part = (length: number, of: number): string => String(Math.floor(seconds / length) % of).padStart(2, '0');
  return `${part(3600, 24)}:${part(60, 60)}:${part(1, 60)}.000000`;
}
