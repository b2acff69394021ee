import { differenceP, type Dispersion, dispersionOf } from './dispersion.js';
import { estimate } from './estimate.js';
import { fitLaw, type Fit, type Goodness } from './fit.js';
import { chiSquaredTail, countInterval, type Interval } from './intervals.js';

const HOUR = 3600;
const WEEK_HOURS = 168;

/** How patients arrive. */
export interface ArrivalPattern {
  readonly count: number;
  /** Arrivals in an hour of the log's own, whole hours; the first and the last are left out. */
  readonly counted: number;
  readonly hours: number;
  /** Patients a day. */
  readonly perDay: number;
  readonly perDayInterval: Interval;
  /** Relative rates whose mean is 1: by hour of the day (24), day of the week (7), or hour of the week (168). */
  readonly profile: { readonly slot: 'hourly' | 'daily'; readonly values: readonly number[] } | undefined;
  /** p that hours, and days of the week, do not differ. */
  readonly hoursP: number;
  readonly daysP: number;
  /** How counts of days, and of weeks, vary, given the profile. */
  readonly days: Dispersion | undefined;
  readonly weeks: Dispersion | undefined;
  /** Times between arrivals on a clock that runs with the profile, against the exponential law. */
  readonly gaps: Goodness | undefined;
  /** Whether no test speaks against a Poisson process. */
  readonly poisson: boolean;
  /** A law of the times between arrivals, where there is no profile and they are not exponential. */
  readonly between: Fit | undefined;
}

const SIGNIFICANT = 0.01;
/** Days from which on the counts of days are looked at. */
const FEWEST_DAYS = 14;

/**
 * Rate and profile of arrivals. Whether they are a Poisson process is tested by the index of dispersion of the
 * counts of days, by that of weeks, which shows what changes slowly, and by the times between arrivals after the clock is made to run with the profile, so that they are
 * exponential if the process is Poisson (Brown, Barbieri, Ventura, Kass and Frank 2002).
 * @param arrivals what the clock on the wall showed at each, seconds since 1970, ascending
 * @returns undefined for fewer than `threshold`
 */
export function arrivalPattern(arrivals: Float64Array, seed: number, threshold: number): ArrivalPattern | undefined {
  const first = arrivals[0];
  const last = arrivals.at(-1);
  if (first === undefined || last === undefined || arrivals.length < Math.max(3, threshold)) return undefined;
  const from = Math.floor(first / HOUR) + 1;
  const to = Math.floor(last / HOUR);
  if (to - from < 24) return withoutHours(arrivals, first, last);
  const inside = arrivals.filter((wall) => wall >= from * HOUR && wall < to * HOUR);
  const counts = new Float64Array(WEEK_HOURS);
  const exposure = new Float64Array(WEEK_HOURS);
  for (const wall of inside) counts[hourOfWeek(Math.floor(wall / HOUR))]! += 1;
  for (let hour = from; hour < to; hour++) exposure[hourOfWeek(hour)]! += 1;
  const hours = to - from;
  const byHour = fold(counts, exposure, (slot) => slot % 24, 24);
  const perDayOf = countsOf(inside, from, to);
  const byDay = withinDays(
    fold(counts, exposure, (slot) => Math.floor(slot / 24), 7),
    perDayOf,
  );
  const profile = profileOf(counts, exposure, byHour, byDay);
  const weekRates = ratesOfWeek(profile, inside.length / hours);
  const [days, weeks] = dispersions(perDayOf, weekRates);
  const gaps = gapsOf(inside, weekRates);
  const exponential =
    gaps.length >= threshold ? fitLaw(gaps, { families: ['exponential'], seed, threshold }) : undefined;
  const unlike = [days, weeks].flatMap((each) => (each !== undefined && each.p < SIGNIFICANT ? [each.index] : []));
  const poisson = unlike.length === 0 && (exponential?.goodness?.distanceP ?? 1) >= 0.02;
  const widened = Math.sqrt(Math.max(1, ...unlike));
  const perDay = (inside.length / hours) * 24;
  const exact = countInterval(inside.length);
  const each = 24 / hours;
  const between = poisson || profile !== undefined ? undefined : notExponential(arrivals, seed, threshold);
  return {
    count: arrivals.length,
    counted: inside.length,
    hours,
    perDay,
    perDayInterval: {
      low: Math.max(0, perDay - (perDay - exact.low * each) * widened),
      high: perDay + (exact.high * each - perDay) * widened,
    },
    profile,
    hoursP: byHour.p,
    daysP: byDay.p,
    days,
    weeks,
    gaps: exponential?.goodness,
    poisson,
    between,
  };
}

/** For logs shorter than a day: a plain rate between the first and the last arrival. */
function withoutHours(arrivals: Float64Array, first: number, last: number): ArrivalPattern | undefined {
  const span = last - first;
  if (!(span > 0)) return undefined;
  const counted = arrivals.length - 1;
  const each = 86_400 / span;
  const { low, high } = countInterval(counted);
  return {
    count: arrivals.length,
    counted,
    hours: span / HOUR,
    perDay: counted * each,
    perDayInterval: { low: low * each, high: high * each },
    profile: undefined,
    hoursP: 1,
    daysP: 1,
    days: undefined,
    weeks: undefined,
    gaps: undefined,
    poisson: true,
    between: undefined,
  };
}

/** 0 is Monday 00:00; 1970-01-01 was a Thursday. */
function hourOfWeek(hour: number): number {
  return (((hour + 72) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS;
}

interface Folded {
  readonly counts: Float64Array;
  readonly exposure: Float64Array;
  /** Chi-squared against equal rates, where there is enough for a test. */
  readonly squares: number | undefined;
  /** p of the chi-squared test that all rates are the same. */
  readonly p: number;
}

function fold(counts: Float64Array, exposure: Float64Array, of: (slot: number) => number, size: number): Folded {
  const folded = new Float64Array(size);
  const time = new Float64Array(size);
  for (let slot = 0; slot < WEEK_HOURS; slot++) {
    folded[of(slot)]! += counts[slot]!;
    time[of(slot)]! += exposure[slot]!;
  }
  const total = folded.reduce((sum, each) => sum + each, 0);
  const all = time.reduce((sum, each) => sum + each, 0);
  if (total < 5 * size || time.some((each) => each === 0)) {
    return { counts: folded, exposure: time, squares: undefined, p: 1 };
  }
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const expected = (total * time[i]!) / all;
    squares += (folded[i]! - expected) ** 2 / expected;
  }
  return { counts: folded, exposure: time, squares, p: chiSquaredTail(squares, size - 1) };
}

/** Counts of whole days, and the day of the week of the first. */
interface DayCounts {
  readonly counts: Float64Array;
  readonly firstWeekday: number;
}

function countsOf(arrivals: Float64Array, from: number, to: number): DayCounts {
  const firstDay = Math.ceil(from / 24);
  const counts = new Float64Array(Math.max(0, Math.floor(to / 24) - firstDay));
  for (const wall of arrivals) {
    const day = Math.floor(wall / 86_400) - firstDay;
    if (day >= 0 && day < counts.length) counts[day]! += 1;
  }
  return { counts, firstWeekday: Math.floor(hourOfWeek(firstDay * 24) / 24) };
}

/** Days of the week differ only where they do so by more than days of one weekday. */
function withinDays(byDay: Folded, { counts, firstWeekday }: DayCounts): Folded {
  const { squares } = byDay;
  if (squares === undefined || counts.length < FEWEST_DAYS) return byDay;
  const sums = new Float64Array(7);
  const times = new Float64Array(7);
  counts.forEach((count, day) => {
    sums[(firstWeekday + day) % 7]! += count;
    times[(firstWeekday + day) % 7]! += 1;
  });
  const within = dispersionOf(counts, (day) => sums[(firstWeekday + day) % 7]! / times[(firstWeekday + day) % 7]!, 7);
  return { ...byDay, p: differenceP(squares, 6, within, 7) };
}

/** How days and weeks vary against the rates of the hours of a week. */
function dispersions(
  { counts, firstWeekday }: DayCounts,
  rates: Float64Array,
): readonly [Dispersion | undefined, Dispersion | undefined] {
  if (counts.length < FEWEST_DAYS) return [undefined, undefined];
  const expected = Array.from({ length: 7 }, (_, weekday) =>
    rates.subarray(weekday * 24, weekday * 24 + 24).reduce((sum, rate) => sum + rate, 0),
  );
  const ofWeek = expected.reduce((sum, each) => sum + each, 0);
  const weeks = Float64Array.from({ length: Math.floor(counts.length / 7) }, (_, week) =>
    counts.subarray(week * 7, week * 7 + 7).reduce((sum, each) => sum + each, 0),
  );
  return [dispersionOf(counts, (day) => expected[(firstWeekday + day) % 7]!), dispersionOf(weeks, () => ofWeek)];
}

function profileOf(
  counts: Float64Array,
  exposure: Float64Array,
  byHour: Folded,
  byDay: Folded,
): ArrivalPattern['profile'] {
  const hourly = byHour.p < SIGNIFICANT;
  const daily = byDay.p < SIGNIFICANT;
  const relative = ({ counts: folded, exposure: time }: Folded): number[] =>
    meanOne(Array.from(folded, (count, i) => count / time[i]!));
  if (!hourly && !daily) return undefined;
  if (!daily) return { slot: 'hourly', values: relative(byHour) };
  if (!hourly) return { slot: 'daily', values: relative(byDay) };
  const [hours, days] = [relative(byHour), relative(byDay)];
  const product = Array.from({ length: WEEK_HOURS }, (_, slot) => hours[slot % 24]! * days[Math.floor(slot / 24)]!);
  const total = counts.reduce((sum, each) => sum + each, 0);
  const scale = total / product.reduce((sum, value, slot) => sum + value * exposure[slot]!, 0);
  let squares = 0;
  for (let slot = 0; slot < WEEK_HOURS; slot++) {
    const expected = product[slot]! * exposure[slot]! * scale;
    if (expected > 0) squares += (counts[slot]! - expected) ** 2 / expected;
  }
  // Each hour of the week gets its own rate only where the days' hours differ in shape, and the log has enough of them.
  const own = total >= 10 * WEEK_HOURS && chiSquaredTail(squares, 23 * 6) < 0.001;
  return {
    slot: 'hourly',
    values: meanOne(own ? Array.from(counts, (count, slot) => count / exposure[slot]!) : product),
  };
}

function meanOne(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value / mean);
}

/** Arrivals an hour in each hour of the week. */
function ratesOfWeek(profile: ArrivalPattern['profile'], perHour: number): Float64Array {
  return Float64Array.from({ length: WEEK_HOURS }, (_, slot) => {
    if (profile === undefined) return perHour;
    const { values } = profile;
    return perHour * values[profile.slot === 'daily' ? Math.floor(slot / 24) : slot % values.length]!;
  });
}

/** Times between arrivals in expected arrivals. */
function gapsOf(arrivals: Float64Array, rates: Float64Array): Float64Array {
  const perWeek = rates.reduce((sum, rate) => sum + rate, 0);
  const before = new Float64Array(WEEK_HOURS + 1);
  for (let slot = 0; slot < WEEK_HOURS; slot++) before[slot + 1] = before[slot]! + rates[slot]!;
  const clock = (wall: number): number => {
    const hour = Math.floor(wall / HOUR);
    const slot = hourOfWeek(hour);
    const week = Math.floor((hour + 72) / WEEK_HOURS);
    return week * perWeek + before[slot]! + (wall / HOUR - hour) * rates[slot]!;
  };
  const times = arrivals.map(clock);
  return Float64Array.from({ length: Math.max(0, times.length - 1) }, (_, i) => Math.max(0, times[i + 1]! - times[i]!));
}

function notExponential(arrivals: Float64Array, seed: number, threshold: number): Fit | undefined {
  const gaps = Float64Array.from({ length: arrivals.length - 1 }, (_, i) =>
    Math.max(0, arrivals[i + 1]! - arrivals[i]!),
  );
  const fit = fitLaw(gaps, { seed, threshold, estimator: estimate });
  return fit?.law.family === 'exponential' ? undefined : fit;
}
