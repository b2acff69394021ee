import * as z from 'zod';
import type { Calibration, StepFigures } from '../calibrate.js';
import { type FlowTree, labelsOf } from '../discovery/flow-tree.js';
import type { AttributeMix } from '../statistics/attributes.js';
import type { Fit } from '../statistics/fit.js';
import { shareInterval } from '../statistics/intervals.js';
import { arrivalsText, attributeText, stayNotes } from '../write/common-parts.js';
import { duration, fitLines, lawText } from '../write/numbers.js';

const interval = z.strictObject({ low: z.number(), high: z.number() });

const fit = z
  .strictObject({
    count: z.int(),
    mean: z.number(),
    meanInterval: interval,
    sd: z.number(),
    zeroShare: z.number(),
    family: z.string(),
    parameters: z.array(z.strictObject({ name: z.string(), value: z.number(), interval: interval.optional() })),
    text: z.string().describe('The law as an expression of the language.'),
    notes: z.array(z.string()),
    rejected: z.string().optional().describe('The family that was nearest and yet did not fit.'),
    candidates: z.array(z.strictObject({ family: z.string(), aic: z.number() })),
    goodness: z
      .strictObject({
        distance: z.number(),
        andersonDarling: z.number(),
        distanceP: z.number(),
        andersonDarlingP: z.number(),
        tested: z.int(),
        resamples: z.int(),
      })
      .optional(),
    histogram: z.array(z.strictObject({ from: z.number(), to: z.number(), observed: z.number(), law: z.number() })),
    quantiles: z.array(z.strictObject({ observed: z.number(), law: z.number() })),
  })
  .meta({ id: 'fit', description: 'A law fitted to observations; times in seconds, shares as fractions of 1.' });

const counted = z
  .int()
  .nullable()
  .describe('A number of cases or visits; null where it is above 0 and below the threshold.');

/** What `pathway calibrate --report` writes for programs. */
const calibrationSummarySchema = z
  .strictObject({
    format: z.literal('pathway-calibration'),
    formatVersion: z.literal(1),
    title: z.string(),
    threshold: z.int(),
    log: z.strictObject({
      events: z.int(),
      cases: z.int(),
      first: z.string(),
      last: z.string(),
      variants: z.int(),
      every: z.int(),
      activities: z.array(z.strictObject({ name: z.string(), events: z.int(), cases: z.int() })),
      rareActivities: z.int(),
      rareEvents: counted,
      leftOut: z.record(z.string(), z.int()),
      digest: z.string().optional(),
    }),
    stay: z.strictObject({ mean: z.number(), interval, notes: z.array(z.string()) }),
    arrivals: z
      .strictObject({
        perDay: z.number(),
        interval,
        poisson: z.boolean(),
        profile: z.strictObject({ slot: z.string(), values: z.array(z.number()) }).optional(),
        notes: z.array(z.string()),
        text: z.string(),
      })
      .optional(),
    attributes: z.array(z.strictObject({ name: z.string(), notes: z.array(z.string()), text: z.string().optional() })),
    steps: z.array(
      z.strictObject({
        activity: z.string(),
        observed: counted,
        measures: z.enum(['work', 'elapsed']),
        duration: fit.optional(),
        wait: fit.optional(),
        queue: fit.optional(),
      }),
    ),
    choices: z.array(
      z.strictObject({
        place: z.string(),
        visits: counted,
        branches: z.array(z.strictObject({ label: z.string(), visits: counted, interval: interval.optional() })),
      }),
    ),
    loops: z.array(
      z.strictObject({
        place: z.string(),
        label: z.string(),
        entries: counted,
        rounds: counted,
        again: z.number(),
        interval,
      }),
    ),
    conformance: z.strictObject({
      cases: z.int(),
      notAligned: z.int(),
      fitness: z.number(),
      perfect: z.number(),
      precision: z.number(),
      deviations: z.array(
        z.strictObject({ kind: z.enum(['missing', 'extra']), activity: z.string(), cases: z.int(), events: z.int() }),
      ),
      rareDeviations: z.int().describe('Kinds of deviations that fewer cases than the threshold have.'),
    }),
  })
  .meta({
    title: 'Calibration',
    description: 'What an event log says of a pathway. Canonical units: seconds, fractions of 1, patients a day.',
  });

/** What a log says, without anything that fewer cases than the threshold show. */
export type CalibrationSummary = z.infer<typeof calibrationSummarySchema>;

const CALIBRATION_SCHEMA_ID = 'urn:pathway:schema:calibration:1';

/** The JSON Schema (draft 2020-12) of the report for programs. */
export function calibrationJsonSchema(): object {
  return { ...z.toJSONSchema(calibrationSummarySchema), $id: CALIBRATION_SCHEMA_ID };
}

/** Puts a calibration into the shape of the report. */
export function summarise(
  calibration: Calibration,
  { title, digest }: { readonly title: string; readonly digest?: string },
): CalibrationSummary {
  const { threshold, facts, arrivals, replay } = calibration;
  const safe = (value: number): number | null => (value > 0 && value < threshold ? null : value);
  const enough = replay.deviations.filter(({ cases }) => cases >= threshold);
  const aligned = replay.cases - replay.notAligned;
  const labels = labelsByPlace(calibration);
  return {
    format: 'pathway-calibration',
    formatVersion: 1,
    title,
    threshold,
    log: {
      events: facts.events,
      cases: facts.cases,
      first: facts.first,
      last: facts.last,
      variants: facts.variants,
      every: facts.every,
      activities: facts.activities.map((each) => ({ ...each })),
      rareActivities: facts.rareActivities,
      rareEvents: safe(facts.rareEvents),
      leftOut: {
        ...facts.leftOut,
        startsWithoutEnd: facts.startsWithoutEnd,
        endsWithoutStart: facts.endsWithoutStart,
      },
      ...(digest !== undefined && { digest }),
    },
    stay: {
      mean: calibration.stay.mean,
      interval: calibration.stay.interval,
      notes: stayNotes(calibration.stay, threshold),
    },
    ...(arrivals !== undefined && { arrivals: arrivalsOf(arrivals) }),
    attributes: calibration.attributes.map((mix) => attributeOf(mix, threshold)),
    steps: calibration.steps.map((step) => stepOf(step, safe)),
    choices: [...replay.choices]
      .filter(([place]) => place !== '')
      .map(([place, counts]) => {
        const total = counts.reduce((sum, each) => sum + each, 0);
        return {
          place,
          visits: safe(total),
          branches: counts.map((visits, branch) => ({
            label: labels.get(`${place} ${branch}`) ?? `branch ${branch + 1}`,
            visits: safe(visits),
            ...(safe(visits) !== null && { interval: shareInterval(visits, total) }),
          })),
        };
      }),
    loops: [...replay.loops].map(([place, { entries, rounds }]) => ({
      place,
      label: labels.get(`${place} loop`) ?? place,
      entries: safe(entries),
      rounds: safe(rounds),
      again: rounds === 0 ? 0 : (rounds - entries) / rounds,
      interval: shareInterval(rounds - entries, rounds),
    })),
    conformance: {
      cases: replay.cases,
      notAligned: replay.notAligned,
      fitness: replay.fitness,
      perfect: aligned === 0 ? 0 : replay.perfect / aligned,
      precision: calibration.precision,
      deviations: enough.map(({ kind, label, cases, events }) => ({
        kind,
        activity: calibration.names[label] ?? '',
        cases,
        events,
      })),
      rareDeviations: replay.deviations.length - enough.length,
    },
  };
}

const MOST_NAMED = 3;

/** What stands in each branch of a choice (`place number`) and in each loop (`place loop`), by the names of the log. */
function labelsByPlace({ tree, names }: Calibration): Map<string, string> {
  const labels = new Map<string, string>();
  const contents = (part: FlowTree): string => {
    const inside = [...labelsOf(part)].map((label) => names[label] ?? '');
    if (inside.length === 0) return 'nothing';
    return inside.length <= MOST_NAMED ? inside.join(', ') : `${inside.slice(0, MOST_NAMED).join(', ')}, …`;
  };
  const visit = (at: FlowTree): void => {
    if (at.kind === 'choice')
      at.branches.forEach((branch, i) => labels.set(`${at.place} ${at.numbers?.[i] ?? i}`, contents(branch)));
    if (at.kind === 'loop') labels.set(`${at.place} loop`, contents(at.body));
    const parts =
      at.kind === 'sequence'
        ? at.parts
        : at.kind === 'loop'
          ? [at.body, at.redo]
          : at.kind === 'step'
            ? []
            : at.branches;
    parts.forEach(visit);
  };
  visit(tree);
  return labels;
}

function arrivalsOf(pattern: NonNullable<Calibration['arrivals']>): NonNullable<CalibrationSummary['arrivals']> {
  const { notes, value } = arrivalsText(pattern);
  return {
    perDay: pattern.perDay,
    interval: pattern.perDayInterval,
    poisson: pattern.poisson,
    ...(pattern.profile !== undefined && {
      profile: { slot: pattern.profile.slot, values: [...pattern.profile.values] },
    }),
    notes,
    text: value,
  };
}

function attributeOf(mix: AttributeMix, threshold: number): CalibrationSummary['attributes'][number] {
  const { notes, value } = attributeText(mix, threshold);
  return { name: mix.name, notes, ...(value !== undefined && { text: value }) };
}

function stepOf(step: StepFigures, safe: (value: number) => number | null): CalibrationSummary['steps'][number] {
  return {
    activity: step.activity,
    observed: safe(step.observed),
    measures: step.measures,
    ...(step.duration !== undefined && { duration: fitOf(step.duration) }),
    ...(step.wait !== undefined && { wait: fitOf(step.wait) }),
    ...(step.queue !== undefined && { queue: fitOf(step.queue) }),
  };
}

/** A fit as the report has it. */
export type FitSummary = z.infer<typeof fit>;

function fitOf(found: Fit): FitSummary {
  return {
    count: found.count,
    mean: found.mean,
    meanInterval: found.meanInterval,
    sd: found.sd,
    zeroShare: found.zeroShare,
    family: found.law.family,
    parameters: found.law.parameters.map(({ name, value }, i) => {
      const range = found.intervals[i];
      return { name, value, ...(range !== undefined && { interval: range }) };
    }),
    text: lawText(found, duration),
    notes: fitLines(found, duration),
    ...(found.rejected !== undefined && { rejected: found.rejected }),
    candidates: found.candidates.map((each) => ({ ...each })),
    ...(found.goodness !== undefined && { goodness: { ...found.goodness } }),
    histogram: found.histogram.map((bin) => ({ ...bin })),
    quantiles: found.quantiles.map((each) => ({ ...each })),
  };
}

/** The report for programs. */
export function calibrationJson(summary: CalibrationSummary): string {
  return `${JSON.stringify(summary, undefined, 2)}\n`;
}
