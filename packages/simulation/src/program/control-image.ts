import * as changes from '../../engine/changes.js';
import { CALLED_BY_GAUGE, CALLED_BY_LEVEL, CALLED_BY_TRIGGER } from '../../engine/responses.js';
import type { InputChange, InputControl, InputReading } from '../input/control-types.js';
import type { SimulationInput } from '../input/types.js';
import { hashText } from '../random/hash.js';
import type { ImageWriter } from './image.js';
import type { Program } from './program.js';
import { facilitiesIn, ReadingCode } from './reading-code.js';

/** Codes of expressions of a control, in the program's code. */
export interface ControlCode {
  /** By effect, how long it lasts; -1 where its end is known. */
  readonly lasts: readonly number[];
  /** By change, how long it postpones; -1 for others. */
  readonly delays: readonly number[];
}

/** Numbers of the patients of a source follow those of the one before it at this distance. */
const SOURCE_PATIENTS = 2 ** 22;
const FIRST_OF_SOURCES = 2 ** 29;

/** Writes what is watched and changed from outside, in the order in which the engine's control-image.ts reads it. */
export function writeControl(
  to: ImageWriter,
  { input, wordOf, lines }: Pick<Program, 'input' | 'wordOf' | 'lines'>,
  code: ControlCode,
): void {
  const { control: own } = input;
  to.int(own === undefined ? 0 : 1);
  if (own === undefined) return;
  const readings = new ReadingCode(wordOf, lines);
  const signals = own.signals.map(({ reads }) => ('op' in reads ? readings.add(reads) : -1));
  const triggers = own.triggers.map(({ when, until }) => ({ when: readings.add(when), until: readings.add(until) }));
  const scores = own.gauges.map((gauge) => gauge.scores.map(({ value }) => readings.add(value)));
  to.list(readings.code);
  to.int(readings.constants.length);
  to.numbers(readings.constants);
  to.int(own.variables, own.components);
  writeRecents(to, own);
  to.int(own.signals.length);
  own.signals.forEach(({ reads, window, samples }, i) => {
    to.int(signals[i]!);
    to.steps('op' in reads ? undefined : { at: reads.at, value: reads.value.map((value) => value ?? Number.NaN) });
    to.number(window ?? 0);
    writeInstants(to, samples);
  });
  to.int(own.triggers.length);
  own.triggers.forEach(({ lasting, calm, sets }, i) => {
    to.int(triggers[i]!.when, triggers[i]!.until, sets?.place ?? -1, sets?.level ?? 0);
    to.number(lasting, calm);
  });
  to.int(own.places.length);
  writeGauges(to, own, scores);
  writeChanges(to, own, code);
  writeResponses(to, own);
  writePools(to, own);
  writeStaff(to, own);
  writeArrivals(to, input, own);
  to.list(watchedFacilities(input, own));
}

function writeInstants(to: ImageWriter, samples: readonly number[] | undefined): void {
  to.int(samples === undefined ? 0 : 1);
  if (samples === undefined) return;
  to.int(samples.length);
  to.numbers(samples);
}

function writeRecents(to: ImageWriter, { recents }: InputControl): void {
  to.int(recents.length);
  for (const { over, of } of recents) {
    to.number(over);
    to.int(of.kind === 'arrivals' ? (of.cohort ?? -1) : -1, of.kind === 'exits' ? (of.outcome ?? -1) : -1);
    to.int(Number(of.kind === 'wait'));
  }
}

function writeGauges(to: ImageWriter, { gauges }: InputControl, scores: readonly (readonly number[])[]): void {
  const members = (list: InputControl['gauges'][number]['worstOf']): number[] =>
    list.flatMap((each) => ('place' in each ? [0, each.place] : [1, each.gauge]));
  to.int(gauges.length);
  gauges.forEach((gauge, i) => {
    to.int(gauge.place);
    to.list(scores[i]!);
    to.list(gauge.scores.map(({ points }) => points.length));
    for (const { points } of gauge.scores) {
      for (const line of points) to.number(line.below ?? Number.POSITIVE_INFINITY, line.points);
    }
    to.int(gauge.thresholds.length);
    for (const { level, from } of gauge.thresholds) to.number(level, from);
    to.list(members(gauge.worstOf));
    to.list(
      gauge.counted.flatMap(({ level, count, least, members: own }) => [
        level,
        count,
        least,
        own.length,
        ...members(own),
      ]),
    );
    writeInstants(to, gauge.samples);
  });
}

/** What the engine knows of a change. */
interface ChangeWords {
  readonly kind: number;
  readonly subject?: number;
  readonly detail?: number;
  readonly amount?: number;
  readonly more?: number;
  readonly list?: readonly number[];
}

const LOSSES = { units: changes.LOSES_UNITS, share: changes.LOSES_SHARE, all: changes.LOSES_ALL };

function wordsOf(change: InputChange): ChangeWords {
  switch (change.kind) {
    case 'loss': {
      const { loses, amount, drawn, returnsOver, pools } = change;
      return { kind: LOSSES[loses], detail: Number(drawn === true), amount, more: returnsOver ?? 0, list: pools };
    }
    case 'addition':
      return { kind: changes.ADDS_UNITS, subject: change.pool, amount: change.units };
    case 'conversion':
      return { kind: changes.CONVERTS, subject: change.conversion };
    case 'factor':
      return { kind: changes.SLOWS, subject: change.variable, amount: change.value };
    case 'supply':
      return { kind: changes.CUTS_SUPPLY, subject: change.stock, amount: change.share };
    case 'alert':
      return { kind: changes.ALERTS, subject: change.trigger };
    case 'thinning':
      return { kind: changes.THINS, amount: typeof change.share === 'number' ? change.share : 0 };
    case 'multiplication':
      return { kind: changes.MULTIPLIES, amount: change.more };
    case 'diversion':
      return { kind: changes.DIVERTS, subject: change.to ?? -1, amount: change.share };
    case 'pause':
      return { kind: changes.PAUSES, list: change.cohorts };
    case 'cancellation':
      return { kind: changes.CANCELS, list: change.cohorts };
    case 'start':
      return { kind: changes.STARTS, list: change.cohorts };
    case 'postponement':
      return { kind: changes.POSTPONES };
    case 'source':
      return { kind: changes.BRINGS_MORE };
    case 'substitution':
      return { kind: changes.ALLOWS };
    case 'team':
      return { kind: changes.STAFFS, subject: change.team };
    case 'ways':
      return { kind: changes.CHANGES_WAYS, subject: change.component, detail: 2 ** change.member };
  }
}

function writeChanges(to: ImageWriter, { changes, effects }: InputControl, code: ControlCode): void {
  to.int(changes.length);
  changes.forEach((change, i) => {
    const { kind, subject = -1, detail = 0, amount = 0, more = 0, list = [] } = wordsOf(change);
    to.int(kind, hashText(change.id), subject, detail, code.delays[i]!);
    to.number(amount, more, change.lead ?? 0);
    to.list(list);
    to.steps(change.kind === 'thinning' && typeof change.share !== 'number' ? change.share : undefined);
  });
  to.int(effects.length);
  effects.forEach((effect, i) => {
    to.number(effect.at, effect.until ?? Number.POSITIVE_INFINITY);
    to.int(code.lasts[i]!, hashText(effect.id));
    to.list(effect.changes);
  });
}

function writeResponses(to: ImageWriter, { responses }: InputControl): void {
  to.int(responses.length);
  for (const { calls, atMost, delay, after, changes } of responses) {
    to.list(
      calls.flatMap((call) => {
        if ('trigger' in call) return [CALLED_BY_TRIGGER, call.trigger, 0, 0];
        return 'place' in call
          ? [CALLED_BY_LEVEL, call.place, call.level, Number(call.only)]
          : [CALLED_BY_GAUGE, call.gauge, call.level, Number(call.only)];
      }),
    );
    to.number(atMost ?? Number.POSITIVE_INFINITY, delay);
    to.list(after);
    to.list(changes);
  }
}

/** Pools that something changes from outside. */
function changedPools({ changes, needs }: InputControl): ReadonlySet<number> {
  const pools = new Set(needs.map(({ pool }) => pool));
  for (const change of changes) {
    if (change.kind === 'loss') for (const pool of change.pools) pools.add(pool);
    if (change.kind === 'addition' || change.kind === 'team') pools.add(change.pool);
  }
  return pools;
}

function writePools(to: ImageWriter, own: InputControl): void {
  to.int(own.dependences.length);
  for (const { pools, battery } of own.dependences) {
    to.list(pools);
    to.number(battery);
  }
  const pools = [...changedPools(own)].sort((a, b) => a - b);
  to.int(pools.length);
  for (const pool of pools) {
    to.int(pool);
    to.list(
      own.changes.flatMap((change, i) =>
        ('pools' in change && change.pools.includes(pool)) || ('pool' in change && change.pool === pool) ? [i] : [],
      ),
    );
    to.list(own.needs.filter((each) => each.pool === pool).flatMap(({ dependences }) => dependences));
    to.int(Number(own.changes.some((change) => change.kind === 'team' && change.pool === pool)));
  }
}

function writeStaff(to: ImageWriter, { allowances, teams }: InputControl): void {
  to.int(allowances.length);
  for (const { change, from, pools, supervision, speed } of allowances) {
    to.int(change);
    to.list(from?.places ?? []);
    to.int(from?.level ?? 0);
    to.list(pools);
    to.int(supervision?.supervisors ?? 0, supervision?.per ?? 1);
    to.list(supervision?.pools ?? []);
    to.int(Number(supervision?.leads === true));
    to.number(speed);
  }
  to.int(teams.length);
  for (const { places, lines } of teams) {
    const members = lines.flatMap((line) => line.members);
    to.list(places);
    to.list(lines.map(({ level }) => level));
    to.numbers(lines.map(({ per }) => per));
    to.list(lines.map((line) => line.members.length));
    to.list(members.map(({ pools }) => pools.length));
    to.numbers(members.map(({ amount }) => amount));
    to.list(members.flatMap(({ pools }) => pools));
  }
}

/** Whether a change concerns the arrivals of a cohort. */
function guards(change: InputChange, cohort: number): boolean {
  if ('cohort' in change) return change.cohort === cohort;
  return 'cohorts' in change && change.cohorts.includes(cohort);
}

function writeArrivals(to: ImageWriter, input: SimulationInput, { changes, sources }: InputControl): void {
  input.cohorts.forEach((_, cohort) => {
    to.list(changes.flatMap((change, i) => (guards(change, cohort) ? [i] : [])));
  });
  to.int(sources.length);
  sources.forEach(({ id, cohort, change, groups, arrivals }, i) => {
    to.int(hashText(`source ${id}`), cohort, change, FIRST_OF_SOURCES + i * SOURCE_PATIENTS, Number(groups === true));
    const times = arrivals.kind === 'recorded' ? arrivals.at : [];
    to.int(times.length);
    to.numbers(times);
    to.steps(arrivals.kind === 'poisson' ? arrivals.rate : undefined);
  });
}

/** Facilities whose census, queue or capacity somebody looks at, and those of what work depends on. */
function watchedFacilities(input: SimulationInput, own: InputControl): number[] {
  const readings: InputReading[] = [
    ...own.signals.flatMap(({ reads }) => ('op' in reads ? [reads] : [])),
    ...own.triggers.flatMap(({ when, until }) => [when, until].filter((each) => each !== undefined)),
    ...own.gauges.flatMap(({ scores }) => scores.map(({ value }) => value)),
  ];
  const systems = own.dependences.flatMap(({ pools }) => pools.map((pool) => input.pools[pool]?.facility ?? 0));
  return [...new Set([...readings.flatMap((each) => facilitiesIn(each, input)), ...systems])].sort((a, b) => a - b);
}
