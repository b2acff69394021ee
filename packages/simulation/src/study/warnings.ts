import { formatDuration, mostUnseen } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { InputFormula } from '../input/measure-types.js';
import type { RunWarning } from '../results.js';
import { valueText } from '../method/labels.js';
import { meanLists, meanOf } from '../statistics/estimate.js';
import { partsOf } from '../statistics/formula-parts.js';
import { areWithoutChance, countedIn, meanFigure, togetherOf } from './patients-figure.js';
import type { ReplicationResult } from './replication.js';

/** What a reader must know before looking at the figures of a scenario, in plain words. */
export function warningsOf(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  return [
    ...locks(input, results),
    ...arrivals(input, results),
    ...overload(input, results),
    ...unfinished(input, results),
    ...uneven(input, results),
    ...unseen(input, results),
    ...laws(results),
    ...negative(input, results),
    ...input.notes.map((message): RunWarning => ({ kind: 'other', message })),
  ];
}

function locks(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  const warnings: RunWarning[] = [];
  const locked = results.filter((result) => result.locked !== undefined);
  const first = locked[0]?.locked;
  if (first !== undefined) {
    const names = first.facilities.map((f) => input.facilities[f]?.title ?? '').join(', ');
    warnings.push({
      kind: 'locked',
      message:
        `Patients lock one another in ${locked.length} of ${results.length} replications: each keeps what another waits for ` +
        `(${names}), first after ${formatDuration(first.since)}. Nobody of them can go on; take the resources in one order everywhere, ` +
        'or give back one before asking for the next.',
      ...(first.facilities[0] !== undefined && { subject: input.facilities[first.facilities[0]]?.id ?? '' }),
    });
  }
  for (const f of new Set(results.flatMap((result) => result.impossible))) {
    const facility = input.facilities[f];
    warnings.push({
      kind: 'other',
      message: `${facility?.title ?? ''}: someone asks for more at once than there ever is, and waits for ever.`,
      subject: facility?.id ?? '',
    });
  }
  return warnings;
}

function arrivals(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  // A study that was stopped before its first replication ended has seen nothing.
  if (results.length === 0) return [];
  return input.flows.flatMap((flow, i): RunWarning[] => {
    if (results.some((result) => (result.flows[i]?.arrivals ?? 0) > 0)) return [];
    // Of those with whom the study begins there is something to say.
    if (input.present.some((each) => each.flow === i && each.count > 0)) return [];
    const cohort = input.cohorts[flow.cohort];
    return [
      {
        kind: 'no arrivals',
        message: `Nobody of ${cohort?.title ?? ''} arrived in ${flow.title}: its figures say nothing.`,
        subject: cohort?.id ?? '',
      },
    ];
  });
}

/**
 * Someone still waits at the end of the runs, more than a twentieth of all who asked; or for a quarter of the time or
 * more, everything is in use and more patients wait than there are units: for that long, more is asked for than there is.
 */
function overload(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  return input.facilities.flatMap((facility, f): RunWarning[] => {
    // A stock is never in use; that it runs short is told with its figures.
    if (facility.kind === 'stock') return [];
    const own = results.flatMap((result) => result.facilities[f] ?? []);
    const left = meanOf(own.map((each) => each.waitingAtEnd));
    const asked = meanOf(own.map((each) => each.requests)) + left;
    const busy = meanOf(own.map((each) => each.utilisation ?? 0));
    const saturated = saturatedShare(own);
    const backlog = left > 3 && left > 0.05 * asked;
    if (!backlog && busy < 0.985 && saturated < 0.25) return [];
    const parts = [
      `it was busy ${Math.round(busy * 100)} % of the time`,
      ...(saturated >= 0.25 ? [`fully in use with a queue for ${Math.round(saturated * 100)} % of it`] : []),
      ...(backlog ? [`and ${left.toFixed(1)} patients on average still waited for it at the end`] : []),
    ];
    return [
      {
        kind: 'overload',
        message: `${facility.title} is overloaded: ${parts.join(', ')}. Waits depend on how long that lasts, and leave out who still waits.`,
        subject: facility.id,
      },
    ];
  });
}

/** Share of the window in which, on average over replications, nothing is free and more wait than there are units. */
function saturatedShare(own: readonly ReplicationResult['facilities'][number][]): number {
  const slots = own[0]?.series.census.length ?? 0;
  if (slots === 0) return 0;
  const census = meanLists(own.map(({ series }) => series.census));
  const queue = meanLists(own.map(({ series }) => series.queue));
  const capacity = meanLists(own.flatMap(({ series }) => series.capacity ?? []));
  return capacity.filter((units, i) => units > 0 && census[i]! >= 0.95 * units && queue[i]! >= units).length / slots;
}

/**
 * Many are still on their way at the end, or fewer left than came: those who take long are missing among those who finished,
 * most of all in runs that begin empty.
 */
function unfinished(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  return input.flows.flatMap((flow, i): RunWarning[] => {
    const own = results.flatMap((result) => result.flows[i] ?? []);
    const left = meanOf(own.map((each) => each.inProgress));
    const arrived = meanOf(own.map((each) => each.arrivals));
    const more = arrived - meanOf(own.map((each) => each.finished));
    if (!((left > 0.1 * arrived || more > 0.05 * arrived) && left >= 1)) return [];
    return [
      {
        kind: 'unfinished',
        message:
          `${flow.title}: on average ${left.toFixed(1)} patients (${arrived.toFixed(1)} arrived) were still on their way ` +
          'at the end. Times and shares of outcomes count only those who finished.',
        subject: flow.pathway,
      },
    ];
  });
}

/** Busy runs have more patients, who wait longer there: then the mean of the runs is not what a patient meets on average. */
function uneven(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  return input.indicators.flatMap((indicator, i): RunWarning[] => {
    const figures = results.map((result) => result.indicators[i]?.[0]);
    const together = togetherOf(input, i, figures);
    if (together === undefined) return [];
    const said = (value: number): string => valueText(value, indicator);
    return [
      {
        kind: 'uneven',
        message:
          `${indicator.title}: ${said(meanFigure(input, i, figures).estimate.mean)} is the mean of the replications, each counting alike; ` +
          `all patients of all of them together have ${said(together)}, since they are more in some replications than in others.`,
        subject: indicator.id,
      },
    ];
  });
}

/** What a formula counts of what happens, and not what timetables say. */
const HAPPENS: ReadonlySet<InputFormula['op']> = new Set([
  'probability',
  'queue',
  'waiting',
  'overtime',
  'time share',
  'activations',
  'starts',
  'completions',
  'exits',
]);

/**
 * An expectation is decided by a value that was the same in all replications, though these are left to chance: what is rare may
 * just not have happened. How many replications may be otherwise is told (`mostUnseen`).
 */
function unseen(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  const n = results.length;
  if (n < 2 || areWithoutChance(results)) return [];
  return input.expectations.flatMap((expectation, e): RunWarning[] => {
    const indicator = input.indicators[expectation.indicator];
    const [value, ...others] = results.map(({ expectations }) => expectations[e] ?? null);
    if (expectation.against !== undefined || indicator?.measure.kind !== 'value') return [];
    if (typeof value !== 'number' || others.some((other) => other !== value)) return [];
    if (![...partsOf(indicator.measure.value)].some(({ op }) => HAPPENS.has(op))) return [];
    // A share of people has an interval of its own.
    if (countedIn(input, expectation.indicator) !== undefined) return [];
    return [
      {
        kind: 'unseen',
        message:
          `${expectation.text}: ${valueText(value, indicator)} in all ${n} replications, by which it is decided. ` +
          `With 95% certainty at most ${Math.round(100 * mostUnseen(n))}% of replications show another value; more replications tell more.`,
        subject: expectation.id,
      },
    ];
  });
}

function laws(results: readonly ReplicationResult[]): RunWarning[] {
  const broken = results.flatMap((result) => result.checks.filter((check) => !check.holds));
  const first = broken[0];
  if (first === undefined) return [];
  return [
    {
      kind: 'little',
      message: `${first.law} does not hold for ${first.subject}: ${first.left} against ${first.right}. The engine miscounts; report this.`,
      subject: first.subject,
    },
  ];
}

function negative(input: SimulationInput, results: readonly ReplicationResult[]): RunWarning[] {
  const times = new Map<number, number>();
  for (const result of results) {
    for (const each of result.negative) times.set(each.activity, (times.get(each.activity) ?? 0) + each.times);
  }
  return [...times].map(([a, n]): RunWarning => {
    const activity = input.activities[a];
    return {
      kind: 'other',
      message: `${activity?.title ?? ''} was to take less than no time ${n} times; it then took none. Bound it with \`from 0\`.`,
      subject: activity?.id ?? '',
    };
  });
}
