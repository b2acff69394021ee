import type { Model, Pathway } from '@pathway/model';
import { followsPrecision } from './conformance/precision.js';
import { Replayer, type Replay } from './conformance/replay.js';
import { treeOfPathway } from './conformance/tree-of-pathway.js';
import { discover } from './discovery/discover.js';
import type { FlowTree } from './discovery/flow-tree.js';
import { type Variant, VariantCounter } from './discovery/variants.js';
import { LogError } from './log-error.js';
import { CaseWork, type Work } from './log/case-work.js';
import type { EventLog } from './log/event-log.js';
import { isoDate } from './log/timestamps.js';
import { arrivalPattern, type ArrivalPattern } from './statistics/arrivals.js';
import { attributeMix, type AttributeMix } from './statistics/attributes.js';
import { fitLaw, type Fit } from './statistics/fit.js';
import type { Interval } from './statistics/intervals.js';
import { meanInterval } from './statistics/mean-interval.js';

export interface CalibrateOptions {
  /** Nothing is written that fewer cases than this show; 10 where nothing is said. */
  readonly threshold?: number;
  /** For resampling; the same seed gives the same figures. */
  readonly seed?: number;
  /** Share below which rarer alternatives are left out of a discovered pathway; 0.1 where nothing is said. */
  readonly noise?: number;
  /** The attributes were named one by one, so that what their values say is known. */
  readonly attributesAskedFor?: boolean;
  /** An existing pathway, and the log's names of the activities that its steps (activity ids) stand for. */
  readonly pathway?: {
    readonly model: Model;
    readonly pathway: Pathway;
    readonly activities: ReadonlyMap<string, string>;
  };
}

/** What the log says of one step. */
export interface StepFigures {
  /** Place in the tree: `step n` in a discovered pathway, the activity's id in a given one. */
  readonly place: string;
  /** The log's name of the activity. */
  readonly activity: string;
  readonly observed: number;
  readonly duration: Fit | undefined;
  /** Whether the duration is that of the work, or all the time since the step before, waits included. */
  readonly measures: 'work' | 'elapsed';
  /** From the end of the step before to the start. */
  readonly wait: Fit | undefined;
  /** From the request to the start. */
  readonly queue: Fit | undefined;
  /** How many different performers there are; 0 where the log names none. */
  readonly performers: number;
}

/** What a log was found to be. */
interface LogFacts {
  readonly events: number;
  readonly cases: number;
  /** ISO dates of the first and the last event. */
  readonly first: string;
  readonly last: string;
  /** Activities that enough cases have, by how many. */
  readonly activities: readonly { readonly name: string; readonly events: number; readonly cases: number }[];
  /** Activities of too few cases, which are passed over, and their events. */
  readonly rareActivities: number;
  readonly rareEvents: number;
  readonly variants: number;
  readonly leftOut: EventLog['leftOut'];
  readonly startsWithoutEnd: number;
  readonly endsWithoutStart: number;
  /** One case of so many was compared with the pathway: 1 unless the log has too many different cases. */
  readonly every: number;
}

/** How long cases last, in seconds from their first to their last event. */
export interface Stay {
  readonly mean: number;
  readonly interval: Interval;
  /** One case in twenty lasts longer. */
  readonly long: number;
  /** Cases that began within that time before the last event of the log, and may not be over in it. */
  readonly late: number;
}

/** All that a log says of a pathway. */
export interface Calibration {
  readonly threshold: number;
  readonly facts: LogFacts;
  readonly arrivals: ArrivalPattern | undefined;
  readonly attributes: readonly AttributeMix[];
  readonly tree: FlowTree;
  readonly steps: readonly StepFigures[];
  readonly replay: Replay;
  readonly precision: number;
  readonly stay: Stay;
  /** The log's names of activities by their numbers. */
  readonly names: readonly string[];
}

/** Cases whose ways are compared with the pathway; of longer logs every so many-th is taken. */
const MOST_REPLAYED = 100_000;
/** Different ways that are aligned. */
const MOST_VARIANTS = 2000;

/**
 * What a log says of arrivals, attributes, durations, branches and loops, and how well it fits. Without a pathway one is
 * discovered.
 * @throws LogError for a log with too few cases, or one that shares no activity with the pathway
 */
export function calibrate(log: EventLog, options: CalibrateOptions = {}): Calibration {
  const { threshold = 10, seed = 1, noise = 0.1, pathway } = options;
  const range = log.range();
  if (range === undefined || log.cases < threshold)
    throw new LogError(
      `The log has ${log.cases} ${log.cases === 1 ? 'case' : 'cases'}; at least ${threshold} are needed.`,
      'Give a longer log: figures of fewer cases say something of single people.',
    );
  const counted = activityCounts(log);
  const frequent = counted.map(({ cases }) => cases >= threshold);
  if (!frequent.includes(true))
    throw new LogError(`No activity is shared by ${threshold} cases.`, 'Check which column names the activity.');
  const wanted = pathway && labelsByActivity(log, pathway.activities);
  const work = new CaseWork(log, (activity) => frequent[activity] === true);
  const { every, variants, distinct } = waysOf(log, work);
  const labels = new Map<string, number>();
  for (const [id, number] of wanted ?? []) labels.set(id, number);
  const tree =
    pathway === undefined
      ? discover(variants, { noise })
      : treeOfPathway(pathway.model, pathway.pathway, (id) => {
          const label = labels.get(id);
          return label !== undefined && frequent[label] === true ? label : undefined;
        });
  const replayer = new Replayer(tree, work.hasStarts);
  const again = new CaseWork(log, (activity) => frequent[activity] === true);
  for (let one = 0; one < log.cases; one += every) {
    const arrival = log.arrivalOf(one);
    const done = again.of(one);
    if (arrival !== undefined && done.length > 0) replayer.add(done, arrival.instant);
  }
  const replay = replayer.finish();
  return {
    threshold,
    facts: {
      events: log.events,
      cases: log.cases,
      first: isoDate(range.first),
      last: isoDate(range.last),
      activities: log.activities
        .map((name, i) => ({ name, ...counted[i]! }))
        .filter((_, i) => frequent[i])
        .sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1)),
      rareActivities: frequent.filter((each) => !each).length,
      rareEvents: counted.reduce((sum, { events }, i) => sum + (frequent[i] === true ? 0 : events), 0),
      variants: distinct,
      leftOut: log.leftOut,
      startsWithoutEnd: again.unpaired.started,
      endsWithoutStart: again.unpaired.ended,
      every,
    },
    arrivals: arrivalPattern(arrivalsOf(log), seed, threshold),
    attributes: log.attributes.map((attribute) =>
      attributeMix(attribute, log.cases, { threshold, seed, asked: options.attributesAskedFor === true }),
    ),
    tree,
    steps: stepFigures(tree, replay, work, log.activities, { seed, threshold }),
    replay,
    precision: followsPrecision(tree, variants),
    stay: stayOf(log, range.last, seed),
    names: log.activities,
  };
}

function activityCounts(log: EventLog): { events: number; cases: number }[] {
  const counts = log.activities.map(() => ({ events: 0, cases: 0 }));
  const seen = new Int32Array(log.activities.length).fill(-1);
  for (let one = 0; one < log.cases; one++) {
    log.forEachEvent(one, ({ activity }) => {
      const count = counts[activity]!;
      count.events += 1;
      if (seen[activity] !== one) count.cases += 1;
      seen[activity] = one;
    });
  }
  return counts;
}

/** The numbers of the log's activities that steps stand for. */
function labelsByActivity(log: EventLog, activities: ReadonlyMap<string, string>): [id: string, label: number][] {
  const found = [...activities].flatMap(([id, name]): [string, number][] => {
    const number = log.activities.indexOf(name);
    return number < 0 ? [] : [[id, number]];
  });
  if (found.length === 0)
    throw new LogError(
      'No step of the pathway is named like an activity of the log.',
      'Say which is which: --map "activity of the log=Step".',
    );
  return found;
}

/** The different ways through care of all cases, or of every so many-th where there are too many. */
function waysOf(log: EventLog, work: CaseWork): { every: number; variants: Variant[]; distinct: number } {
  for (let every = Math.max(1, Math.ceil(log.cases / MOST_REPLAYED)); ; every *= 2) {
    const counter = new VariantCounter();
    const source = every === 1 ? work : new CaseWork(log, work.keeps);
    for (let one = 0; one < log.cases && counter.size <= MOST_VARIANTS; one += every) {
      const trace = source.of(one).map(({ activity }: Work) => activity);
      if (trace.length > 0) counter.add(trace);
    }
    if (counter.size <= MOST_VARIANTS) return { every, variants: counter.list(), distinct: counter.size };
  }
}

/** What the clock on the wall showed when each case began, ascending. */
function arrivalsOf(log: EventLog): Float64Array {
  const arrivals = new Float64Array(log.cases);
  let count = 0;
  for (let one = 0; one < log.cases; one++) {
    const arrival = log.arrivalOf(one);
    if (arrival !== undefined) arrivals[count++] = arrival.wall;
  }
  return arrivals.subarray(0, count).sort();
}

/** How long cases last, over all of them. */
function stayOf(log: EventLog, last: number, seed: number): Stay {
  const spans = new Float64Array(log.cases);
  let n = 0;
  for (let one = 0; one < log.cases; one++) {
    const span = log.spanOf(one);
    if (span !== undefined) spans[n++] = span;
  }
  const sorted = spans.subarray(0, n).sort();
  const mean = sorted.reduce((sum, span) => sum + span, 0) / n;
  const squares = sorted.reduce((sum, span) => sum + (span - mean) ** 2, 0);
  const sample = { count: n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
  const long = sorted[Math.floor(n * 0.95)] ?? mean;
  let late = 0;
  for (let one = 0; one < log.cases; one++) if ((log.arrivalOf(one)?.wall ?? -Infinity) > last - long) late += 1;
  return { mean, interval: meanInterval(sample, (random) => sorted[random.below(n)]!, mean, seed), long, late };
}

function stepFigures(
  tree: FlowTree,
  replay: Replay,
  work: CaseWork,
  names: readonly string[],
  options: { readonly seed: number; readonly threshold: number },
): StepFigures[] {
  const figures = new Map<string, StepFigures>();
  const visit = (at: FlowTree): void => {
    switch (at.kind) {
      case 'step': {
        if (at.label === undefined || figures.has(at.place)) return;
        const times = replay.steps.get(at.place);
        const fit = (values: readonly number[] = []): Fit | undefined => fitLaw(values, options);
        figures.set(at.place, {
          place: at.place,
          activity: names[at.label] ?? '',
          observed: times?.durations.length ?? 0,
          duration: fit(times?.durations),
          measures: work.hasStarts[at.label] === true ? 'work' : 'elapsed',
          wait: fit(times?.waits),
          queue: fit(times?.queues),
          performers: times?.performers.size ?? 0,
        });
        return;
      }
      case 'sequence':
        at.parts.forEach(visit);
        return;
      case 'choice':
      case 'parallel':
        at.branches.forEach(visit);
        return;
      case 'loop':
        visit(at.body);
        visit(at.redo);
    }
  };
  visit(tree);
  return [...figures.values()];
}
