import {
  activitiesOf,
  betterOf,
  constantValue,
  figureTitle,
  type Model,
  type NeedTarget,
  type PressurePoints,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileInput } from '../input/compile.js';
import { isEverUnlimited } from '../input/step-functions.js';
import type { SimulationInput } from '../input/types.js';
import type { PressurePoint, PressureResult } from '../method-results.js';
import { estimateOf } from '../statistics/estimate.js';
import { differenceFigure } from '../statistics/difference.js';
import { certaintyOfBetter } from '../statistics/paired.js';
import type { PooledFigure } from '../statistics/pooled-figure.js';
import type { ScenarioRuns } from '../study/expectations.js';
import { meanFigure } from '../study/patients-figure.js';
import type { ReplicationResult } from '../study/replication.js';
import { type FigureReader, figureReader } from './figure-values.js';
import { counted, labelOf } from './labels.js';
import type { Runner } from './runner.js';

/** From this share of the capacity in use on, waits grow steeply with any further work. */
const TIGHT = 0.85;

/** What a search for pressure points needs of its study. */
export interface PressureSetting {
  readonly model: Model;
  readonly study: string;
  readonly scenario: string;
  /** Replications of each place. */
  readonly replications: number;
  /** Scenarios that have been run. */
  readonly known: readonly ScenarioRuns[];
}

/**
 * How much one more unit would help at each place that is used much or waited for: the scenario is run again with it, with
 * the same replications, so that differences are paired. Places are tried from the longest queue on, at most as many as
 * wanted. One more stands there whenever anything does: a timetable keeps its hours. Where a step asks for several things that are
 * all near their limit, they are tried together too, as many of each as it asks for.
 * @throws SimulationError where nothing says which way the figure is better, or it has several rows
 */
export async function runPressurePoints(
  wanted: PressurePoints,
  setting: PressureSetting,
  runner: Runner,
): Promise<PressureResult> {
  const { model, scenario, replications } = setting;
  const better = betterOf(model, wanted.indicator);
  if (better === undefined)
    throw new SimulationError(
      `Nothing says which way ${wanted.indicator} is better, so that no place can be said to help; declare an \`expect\` about it.`,
    );
  const before = setting.known.find((each) => each.input.scenario === scenario);
  const input = before?.input ?? compileInput(model, setting.study, scenario);
  const figure = figureReader(input, wanted);
  const found = (before?.results ?? []).slice(0, replications);
  const base = found.length > 0 ? found : await allOf(input, replications, runner);
  const near = placesNearTheirLimit(input, model, base);
  const chosen = near.slice(0, wanted.most);
  runner.expect(chosen.length * base.length);
  const points: PressurePoint[] = [];
  let complete = true;
  for (const place of chosen) {
    const changed = withMore(input, place.more);
    const jobs = base.map((_, replication) => ({ input: changed, replication }));
    const results = runner.stopped ? [] : await runner.run(jobs);
    const whole = results.filter((result) => result !== undefined);
    if (whole.length < base.length) {
      complete = false;
      break;
    }
    points.push(pointOf(model, input, place, base, whole, figure, better));
  }
  const sign = better === 'lower' ? 1 : -1;
  const label = labelOf(input, wanted);
  const result = {
    ...label,
    scenario,
    better,
    replications: base.length,
    runs: points.length * base.length,
    near: near.length,
    points: [...points].sort((a, b) => sign * (a.difference.mean - b.difference.mean)),
    complete,
  };
  return { ...result, explained: explain(result, figureTitle(label)) };
}

async function allOf(input: SimulationInput, replications: number, runner: Runner): Promise<ReplicationResult[]> {
  runner.expect(replications);
  const results = await runner.run(Array.from({ length: replications }, (_, replication) => ({ input, replication })));
  return results.filter((result) => result !== undefined);
}

/** Units that are tried together: one of a facility, or what a step or hold asks for at once. */
interface Place {
  readonly id: string;
  readonly title: string;
  readonly kind: PressurePoint['kind'];
  readonly more: ReadonlyMap<number, number>;
  /** Mean number that wait there. */
  readonly queue: number;
}

/** Places that are used much or waited for and can have more, those with the longest queue first. */
function placesNearTheirLimit(
  input: SimulationInput,
  model: Model,
  results: readonly ReplicationResult[],
): readonly Place[] {
  const single = input.facilities.flatMap((facility, f): Place[] => {
    const own = results.flatMap((result) => result.facilities[f] ?? []);
    const queue = estimateOf(own.map((each) => each.queue)).mean;
    const use = estimateOf(own.map((each) => each.utilisation)).mean;
    if (facility.kind === 'stock' || poolOf(input, f) === undefined || (queue === 0 && use < TIGHT)) return [];
    const { id, title, kind } = facility;
    return [{ id, title, kind, more: new Map([[f, 1]]), queue }];
  });
  const near = new Set(single.flatMap(({ more }) => [...more.keys()]));
  return [...together(input, model, results, near), ...single].sort((a, b) => b.queue - a.queue);
}

/**
 * What steps and holds ask for at once where more than one part of it is near its limit: one more of a part alone may help
 * nobody there. Each set once, with the longest of its queues.
 */
function together(
  input: SimulationInput,
  model: Model,
  results: readonly ReplicationResult[],
  near: ReadonlySet<number>,
): readonly Place[] {
  const found = new Map<string, Place>();
  for (const activity of model.pathways.flatMap(activitiesOf)) {
    if (activity.kind !== 'step' && activity.kind !== 'hold') continue;
    const a = input.activities.findIndex(({ id }) => id === activity.id);
    const organisation = activity.kind === 'step' ? activity.organisation : undefined;
    const parts = activity.needs.flatMap(({ amount, of: [target, second] }) => {
      const f =
        target === undefined || second !== undefined ? undefined : facilityOf(target, organisation, input, model);
      const count = constantValue(amount, model);
      return f === undefined || count === undefined || !near.has(f)
        ? []
        : [[f, Math.max(1, Math.round(count))] as const];
    });
    const more = new Map(parts);
    if (a < 0 || more.size < 2) continue;
    const waiting = results.map(
      ({ activities }) => ((activities[a]?.wait ?? 0) * (activities[a]?.starts ?? 0)) / input.run,
    );
    const queue = estimateOf(waiting).mean;
    const key = [...more].map(([f, count]) => `${count} ${input.facilities[f]?.title ?? ''}`).sort();
    const before = found.get(key.join('\n'));
    if (queue === 0 || (before !== undefined && before.queue >= queue)) continue;
    found.set(key.join('\n'), { id: activity.id, title: key.join(' + '), kind: 'together', more, queue });
  }
  return [...found.values()];
}

/** The facility that a need asks for; of several groups of a role the one at the organisation. */
function facilityOf(
  target: NeedTarget,
  organisation: string | undefined,
  { facilities }: SimulationInput,
  model: Model,
): number | undefined {
  if (target.kind === 'skill') return undefined;
  const group = model.staff.filter(({ role }) => target.kind === 'role' && role === target.role);
  const own = group.length > 1 ? group.filter((each) => each.organisation === organisation) : group;
  const id = target.kind === 'resource' ? target.resource : own[0]?.id;
  const place = facilities.findIndex((each) => each.id === id);
  return place < 0 ? undefined : place;
}

/** The pool of a facility that counts units which are alike; named people are no such pool. */
function poolOf(input: SimulationInput, facility: number): number | undefined {
  const pools = input.pools.flatMap((pool, i) => (pool.facility === facility ? [i] : []));
  const [only, second] = pools;
  if (only === undefined || second !== undefined) return undefined;
  return isEverUnlimited(input.pools[only]?.capacity) ? undefined : only;
}

/** The input with so many more units of facilities, at all times when they have any. */
export function withMore(input: SimulationInput, more: ReadonlyMap<number, number>): SimulationInput {
  return {
    ...input,
    pools: input.pools.map((pool, i) => {
      const { capacity, facility } = pool;
      const added = more.get(facility);
      if (added === undefined || capacity === 'unlimited' || poolOf(input, facility) !== i) return pool;
      const isEmpty = capacity.value.every((amount) => amount === 0);
      const value = capacity.value.map((amount) => (amount > 0 || isEmpty ? amount + added : amount));
      return { ...pool, capacity: { ...capacity, value } };
    }),
  };
}

function pointOf(
  model: Model,
  input: SimulationInput,
  place: Place,
  base: readonly ReplicationResult[],
  more: readonly ReplicationResult[],
  { find, figureOf }: FigureReader,
  better: 'lower' | 'higher',
): PressurePoint {
  const { id, title, kind, more: units } = place;
  const [facility = 0] = units.keys();
  const own = base.flatMap((result) => result.facilities[facility] ?? []);
  const isUsed = kind !== 'together' && own.some((each) => each.utilisation !== null);
  const difference = differenceFigure(figureOf(more.map(find)), figureOf(base.map(find)));
  const certainty = certaintyOfBetter(difference, better);
  return {
    id,
    title,
    kind,
    utilisation: isUsed ? estimateOf(own.map((each) => each.utilisation)) : null,
    queue: estimateOf(own.map((each) => each.queue)),
    difference: difference.estimate,
    ...(certainty !== undefined && { certainty }),
    figures: input.indicators.flatMap((indicator, i): PressurePoint['figures'] => {
      const side = betterOf(model, indicator.id);
      if (side === undefined) return [];
      const rows = indicator.measure.kind === 'value' ? (indicator.table ?? [undefined]) : [undefined];
      return rows.map((argument, row) => {
        const figureIn = (results: readonly ReplicationResult[]): PooledFigure =>
          meanFigure(
            input,
            i,
            results.map((result) => result.indicators[i]?.[row]),
          );
        return {
          indicator: indicator.id,
          title: indicator.title,
          ...(argument !== undefined && { argument }),
          unit: indicator.unit,
          ...(indicator.currency !== undefined && { currency: indicator.currency }),
          better: side,
          difference: differenceFigure(figureIn(more), figureIn(base)).estimate,
        };
      });
    }),
  };
}

function explain(
  { points, near, replications, runs, complete }: Omit<PressureResult, 'explained'>,
  figure: string,
): string {
  if (near === 0) return 'Nothing is waited for and nothing is used above 85%, so that nothing binds.';
  const rest = near - points.length;
  const others =
    rest === 0 ? '' : ` ${counted(rest, 'place')} with shorter queues ${rest === 1 ? 'was' : 'were'} not tried.`;
  const done = complete ? '' : ' Stopped early.';
  return (
    `${figure} when each of ${counted(points.length, 'place')} has one more unit (of all that a step asks for, as many as it asks for), with the same patients: ` +
    `${counted(replications, 'replication')} each, ${runs} in all.${others}${done}`
  );
}
