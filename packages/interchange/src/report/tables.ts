import { between, count, duration, number, percent, plural } from '../write/numbers.js';
import type { CalibrationSummary, FitSummary } from './summary.js';

/** A table of the report with what is said before it. */
export interface ReportTable {
  readonly title: string;
  readonly notes: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const few = (value: number | null, threshold: number): string => (value === null ? `below ${threshold}` : count(value));

/** The tables of the report in their order. */
export function reportTables(summary: CalibrationSummary): readonly ReportTable[] {
  return [
    conformance(summary),
    deviations(summary),
    steps(summary),
    choices(summary),
    logTable(summary),
    attributes(summary),
  ].filter(({ rows, notes }) => rows.length > 0 || notes.length > 0);
}

function logTable({ log, threshold }: CalibrationSummary): ReportTable {
  const reasons: Record<string, string> = {
    withoutCase: 'without a case',
    withoutActivity: 'without an activity',
    withoutTime: 'without a time',
    otherTransitions: 'of transitions that are neither request, start nor completion',
    startsWithoutEnd: 'that start something without an end',
    endsWithoutStart: 'that end something without a start',
  };
  const left = Object.entries(log.leftOut).filter(([, events]) => events > 0);
  const notes = [
    ...left.map(([reason, events]) => `${plural(events, 'event')} ${reasons[reason] ?? reason}.`),
    ...(log.rareActivities === 0
      ? []
      : [
          `${plural(log.rareActivities, 'activity', 'activities')} of fewer than ${threshold} cases left out, with ${few(log.rareEvents, threshold)} events.`,
        ]),
  ];
  return {
    title: 'Activities of the log',
    notes,
    head: ['Activity', 'Cases', 'Events'],
    rows: log.activities.map(({ name, cases, events }) => [name, count(cases), count(events)]),
  };
}

function conformance({ conformance: found, log }: CalibrationSummary): ReportTable {
  const sample = log.every === 1 ? '' : `, every ${count(log.every)}th`;
  return {
    title: 'How well the log fits',
    notes: [
      'Fitness is 1 less the cost of aligning the cases with the pathway (events in excess and steps that lack, 1 each) over the cost of the worst way (van der Aalst, Adriansyah and van Dongen 2012). Precision is the share of the pairs of activities that the pathway lets follow each other directly which the log shows.',
    ],
    head: ['Figure', 'Value'],
    rows: [
      ['Cases compared', `${count(found.cases)}${sample}`],
      ...(found.notAligned === 0 ? [] : [['Cases too long to align', count(found.notAligned)]]),
      ['Different ways through care', count(log.variants)],
      ['Fitness', percent(found.fitness)],
      ['Cases without any deviation', percent(found.perfect)],
      ['Precision', percent(found.precision)],
    ],
  };
}

function deviations({ conformance: found, threshold }: CalibrationSummary): ReportTable {
  return {
    title: 'Deviations',
    notes:
      found.rareDeviations === 0
        ? []
        : [`${plural(found.rareDeviations, 'more kind')} of deviation in fewer than ${threshold} cases each.`],
    head: ['Deviation', 'Activity', 'Cases', 'Times'],
    rows: found.deviations.map(({ kind, activity, cases, events }) => [
      kind === 'missing' ? 'a step that lacks' : 'an event in excess',
      activity,
      count(cases),
      count(events),
    ]),
  };
}

function steps({ steps: found, threshold }: CalibrationSummary): ReportTable {
  const cells = (fit: FitSummary | undefined): string[] =>
    fit === undefined
      ? ['–', '–', '–']
      : [
          `${duration(fit.mean)} (${between(fit.meanInterval, duration)})`,
          fit.rejected === undefined ? fit.family : `observations (${fit.rejected} rejected)`,
          fit.goodness === undefined ? '–' : number(fit.goodness.distanceP),
        ];
  return {
    title: 'Durations',
    notes: [
      'Laws are those of the smallest AIC; p is the share of samples from the law that lie as far from it (Kolmogorov-Smirnov, parametric bootstrap). Where the log has no starts, a duration is all the time since the step before.',
    ],
    head: ['Activity', 'Observed', 'Measured', 'Mean (95 %)', 'Law', 'p'],
    rows: found.flatMap((step) => [
      [
        step.activity,
        few(step.observed, threshold),
        step.measures === 'work' ? 'start to end' : 'since the step before',
        ...cells(step.duration),
      ],
      ...(step.wait === undefined || step.wait.mean === 0
        ? []
        : [[step.activity, few(step.observed, threshold), 'wait before the start', ...cells(step.wait)]]),
      ...(step.queue === undefined
        ? []
        : [[step.activity, count(step.queue.count), 'request to start', ...cells(step.queue)]]),
    ]),
  };
}

function choices({ choices: found, loops, threshold }: CalibrationSummary): ReportTable {
  return {
    title: 'Branches and rounds',
    notes: [],
    head: ['Place', 'Branch', 'Cases', 'Share (95 %)'],
    rows: [
      ...found.flatMap(({ place, visits, branches }) =>
        branches.map(({ label, visits: taken, interval }) => [
          place,
          label,
          few(taken, threshold),
          taken === null || visits === null || visits === 0 || interval === undefined
            ? '–'
            : `${percent(taken / visits)} (${between(interval, percent)})`,
        ]),
      ),
      ...loops.map(({ place, label, entries, again, interval }) => [
        place,
        `${label}: another round`,
        few(entries, threshold),
        `${percent(again)} (${between(interval, percent)})`,
      ]),
    ],
  };
}

function attributes({ attributes: found }: CalibrationSummary): ReportTable {
  return {
    title: 'Attributes',
    notes: [],
    head: ['Attribute', 'Law', 'Notes'],
    rows: found.map(({ name, text = '–', notes }) => [name, text, notes.join(' ')]),
  };
}
