import {
  type Arrivals,
  type Cohort,
  type Effect,
  epidemicCounts,
  formatOrigin,
  groupOf,
  meanGroup,
  rateChanges,
  titleOf,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { ControlContext, Period } from './control-context.js';
import { meanTime } from './mean-time.js';
import type { StepFunction } from './types.js';

type ArrivalsEffect = Extract<Effect, { kind: 'arrivals' }>;

interface Piece {
  readonly time: number;
  readonly amount: number;
}

const HOUR = 3600;
/** Copies of one arrival that keep numbers of their own. */
const MOST_COPIES = 3;
/** Sources of further arrivals whose patients have numbers of their own. */
const MOST_SOURCES = 127;

/**
 * What an effect makes of the arrivals of its cohorts: further ones that come by themselves, beside the usual ones; or some
 * of these stay away. The usual ones keep their times and their luck.
 * @returns places of the changes
 */
export function compileArrivals(effect: ArrivalsEffect, period: Period, context: ControlContext): number[] {
  if (context.sources.length + effect.cohorts.length > MOST_SOURCES) {
    throw new SimulationError(
      `Crises of one scenario bring further arrivals ${MOST_SOURCES} times at most: let one effect name several of them.`,
      formatOrigin(effect.origin),
    );
  }
  return effect.cohorts.flatMap((id) => {
    const cohort = context.model.cohorts.find((each) => each.id === id);
    return cohort === undefined ? [] : changeOf(effect, cohort, period, context);
  });
}

function changeOf(effect: ArrivalsEffect, cohort: Cohort, period: Period, context: ControlContext): number[] {
  const { change, origin } = effect;
  const place = context.cohort(cohort.id);
  const base = { id: `${effect.id} ${cohort.id}`, title: `arrivals of ${titleOf(cohort)}` };
  const end = period.until ?? context.calendar.horizonSeconds;
  const begin = Math.max(0, period.at);
  const thinning = (share: number | StepFunction): number[] => [
    context.change({ ...base, kind: 'thinning', cohort: place, share }),
  ];
  const source = (pieces: readonly Piece[], groups: boolean): number[] => {
    const rate = within(pieces, begin, end);
    const own = context.change({ ...base, kind: 'source' });
    const together = groups && groupOf(cohort.arrivals) !== undefined ? { groups: true as const } : {};
    context.sources.push({ id: base.id, cohort: place, change: own, ...together, arrivals: { kind: 'poisson', rate } });
    return [own];
  };
  const byRate = (rate: number): number[] => {
    if (rate >= 0) return source([{ time: 0, amount: rate }], true);
    const usual = ratesOf(cohort, context, origin);
    return thinning(
      stepsOf(usual.map(({ time, amount }) => ({ time, amount: amount > 0 ? Math.min(1, -rate / amount) : 0 }))),
    );
  };
  switch (change.kind) {
    case 'share': {
      const share = context.constant(change.share, 'The share of arrivals that an effect changes', origin);
      if (share < 0) return thinning(Math.min(1, -share));
      if (cohort.arrivals?.kind === 'rate' || cohort.arrivals?.kind === 'table' || cohort.arrivals?.kind === 'every') {
        const usual = ratesOf(cohort, context, origin);
        return source(
          usual.map(({ time, amount }) => ({ time, amount: amount * share })),
          true,
        );
      }
      if (share > MOST_COPIES) {
        throw new SimulationError(
          `Arrivals of ${titleOf(cohort)} come at times that are given: they can become ${MOST_COPIES + 1} times as many at ` +
            'most. Write how many more come (`+40`), or give the cohort a rate.',
          formatOrigin(origin),
        );
      }
      return [context.change({ ...base, kind: 'multiplication', cohort: place, more: share })];
    }
    case 'rate':
      return byRate(context.constant(change.rate, 'The rate by which arrivals change', origin));
    case 'people': {
      const people = Math.round(
        context.constant(change.people, 'The number of people by which arrivals change', origin),
      );
      if (people < 0) return end > begin ? byRate(people / (end - begin) / groupSize(cohort, context, origin)) : [];
      const times = period.atOnce
        ? new Array<number>(people).fill(begin)
        : Array.from({ length: people }, (_, i) => begin + ((i + 0.5) * (end - begin)) / people);
      const own = context.change({ ...base, kind: 'source' });
      const at = times.filter((time) => time < context.calendar.horizonSeconds);
      context.sources.push({ id: base.id, cohort: place, change: own, arrivals: { kind: 'recorded', at } });
      return [own];
    }
    case 'curve': {
      // The curve begins with the effect, also where that is before the clock.
      const slot = change.curve.kind === 'table' ? change.curve.profile.slot : HOUR;
      const counts = epidemicCounts(
        change.curve,
        slot,
        Math.max(1, Math.ceil((end - period.at) / slot)),
        context.model,
      );
      return source(
        counts.map((count, i) => ({ time: period.at + i * slot, amount: count / slot })),
        false,
      );
    }
  }
}

/** The usual arrivals per second over time; of those at given times, their mean over the run. */
function ratesOf(cohort: Cohort, context: ControlContext, origin: Effect['origin']): readonly Piece[] {
  const { arrivals } = cohort;
  const { model, calendar } = context;
  if (arrivals === undefined) return [{ time: 0, amount: 0 }];
  if (arrivals.kind === 'rate' || arrivals.kind === 'table') {
    return rateChanges(arrivals, calendar, model).map(({ time, rate }) => ({ time, amount: rate }));
  }
  const mean = arrivals.kind === 'every' ? meanGap(arrivals, context) : undefined;
  if (mean !== undefined && mean > 0) return [{ time: 0, amount: 1 / mean }];
  throw new SimulationError(
    `How many of ${titleOf(cohort)} come in a time does not follow from their arrivals, so that fewer or more by a rate have ` +
      'no meaning: change them by a share.',
    formatOrigin(origin),
  );
}

/** Mean people of a group; of none come none fewer. */
function groupSize(cohort: Cohort, { model }: ControlContext, origin: Effect['origin']): number {
  const size = meanGroup(cohort.arrivals, model);
  if (size.value !== undefined) return size.value > 0 ? size.value : 1;
  throw new SimulationError(
    `How many groups of ${titleOf(cohort)} so many people are does not follow from their size (${size.reason}): change their ` +
      'arrivals by a share, or by a rate of groups.',
    formatOrigin(origin),
  );
}

function meanGap(arrivals: Extract<Arrivals, { kind: 'every' }>, { model }: ControlContext): number | undefined {
  const mean = meanTime(arrivals.between, model);
  return mean?.kind === 'number' ? mean.value : undefined;
}

/** Pieces within a period, and nothing outside of it. */
function within(pieces: readonly Piece[], begin: number, end: number): StepFunction {
  const cut: Piece[] = [{ time: 0, amount: 0 }];
  pieces.forEach(({ time, amount }, i) => {
    const from = Math.max(time, begin);
    const to = Math.min(pieces[i + 1]?.time ?? Number.POSITIVE_INFINITY, end);
    if (from < to) cut.push({ time: from, amount });
  });
  if (end < Number.POSITIVE_INFINITY) cut.push({ time: Math.max(end, 0), amount: 0 });
  return stepsOf(cut);
}

/** Pieces as a step function from 0 on; of several at one time the last holds. */
function stepsOf(pieces: readonly Piece[]): StepFunction {
  const kept: Piece[] = [];
  for (const { time, amount } of pieces) {
    const at = Math.max(0, time);
    if (kept.at(-1)?.time === at) kept.pop();
    if (kept.at(-1)?.amount !== amount) kept.push({ time: at, amount });
  }
  const [first] = kept;
  const all = first === undefined || first.time > 0 ? [{ time: 0, amount: 0 }, ...kept] : kept;
  return { at: all.map(({ time }) => time), value: all.map(({ amount }) => amount) };
}
