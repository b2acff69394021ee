import type { Model } from '@pathway/model';
import { isSum, meanOf } from './duration.js';
import type { Spectrum } from './fourier.js';
import { keyOfPart, needsApart } from './needs-apart.js';
import { solveSpectra } from './spectral-flow.js';
import { TimeGrid } from './time-grid.js';
import type { KindTraffic, Visit } from './traffic.js';
import { durationOf, timeOf, underWay } from './under-way.js';

const HOUR = 3600;

/** Laws without an end would have somebody at work at all hours, of whom nobody would ever be seen. */
const NEGLIGIBLE = 1e-6;

/** Who arrives in each hour of hours that repeat, a day or a week, evenly within it; or so many minutes after its begin. */
export interface RepeatedArrivals {
  readonly hours: readonly number[];
  readonly minute: number | undefined;
}

/** How often a place is begun in each hour, and how many are under way. */
export interface PlaceByHour {
  readonly starts: readonly number[];
  readonly load: readonly number[];
}

const grids = new Map<number, TimeGrid>();

/**
 * How often places with needs are begun in each hour, and how many are under way, if nobody waited. Both are linear in arrivals
 * (Massey and Whitt 1993, networks of infinite-server queues with nonstationary Poisson input): each place's time is followed by
 * its law where that is one draw, else as fixed; what `together` and rounds take by their means. Exact but for times between two
 * multiples of five minutes, which are shared between both, and those of more than a day, known by the hour. Sums are exact;
 * hours with less than a millionth of them have none.
 */
export function placesByHour(
  traffic: KindTraffic,
  { hours, minute }: RepeatedArrivals,
  model: Model,
): (visit: Visit) => PlaceByHour {
  const isSteady = hours.every((each) => each === hours[0]);
  const total = sum(hours);
  const grid = grids.get(hours.length) ?? new TimeGrid(hours.length, true);
  grids.set(hours.length, grid);
  let known: ReadonlyMap<string, PlaceByHour> | undefined;
  const solved = (): ReadonlyMap<string, PlaceByHour> => {
    const found = new Map<string, PlaceByHour>();
    follow(traffic, grid, grid.coming(hours, minute), model, (visit, spectrum) => {
      for (const part of needsApart(visit)) {
        const duration = durationOf(part, traffic.kind, model);
        const mean = meanOf(duration);
        const { starts, load } = grid.byHour(spectrum, grid.lasting(duration, mean, minute === undefined));
        const all = total * visit.visits;
        const place = { starts: cleaned(starts, all), load: cleaned(load, (all * mean) / HOUR) };
        found.set(keyOfPart(`${visit.node}`, part), place);
      }
    });
    return found;
  };
  return (visit) => {
    // What is the same in every hour is the same later.
    const duration = durationOf(visit, traffic.kind, model);
    if (isSteady || (visit.delay === 0 && minute === undefined && !isSum(duration))) {
      const starts = hours.map((each) => each * visit.visits);
      return { starts, load: underWay(starts, duration) };
    }
    known ??= solved();
    const none = hours.map(() => 0);
    return known.get(keyOfPart(`${visit.node}`, visit)) ?? { starts: none, load: none };
  };
}

/**
 * As `placesByHour`, how often places are begun in as many hours as the grid has, which do not repeat; what begins later is left
 * out. More or fewer may come than usual.
 */
export function startsOnce(
  traffic: KindTraffic,
  arrivals: readonly number[],
  model: Model,
  grid: TimeGrid,
): (visit: Visit) => readonly number[] {
  let known: ReadonlyMap<number, readonly number[]> | undefined;
  const solved = (): ReadonlyMap<number, readonly number[]> => {
    const found = new Map<number, readonly number[]>();
    follow(traffic, grid, grid.coming(arrivals), model, ({ node }, spectrum) => {
      found.set(
        node,
        grid.byHour(spectrum).starts.map((each) => each * traffic.kind.share),
      );
    });
    return found;
  };
  return ({ node, delay, visits }) => {
    if (delay === 0) return arrivals.map((each) => each * visits);
    known ??= solved();
    return known.get(node) ?? [];
  };
}

/** Tells of each visit with needs when those come to it who come so. */
function follow(
  { kind, graph: { nodes, visits: ways, entry }, visits }: KindTraffic,
  grid: TimeGrid,
  coming: Spectrum,
  model: Model,
  tell: (visit: Visit, spectrum: Spectrum) => void,
): void {
  const byNode = new Map(visits.filter(({ activity }) => activity.needs.length > 0).map((each) => [each.node, each]));
  const times = nodes.map((node) => timeOf(node, kind, model));
  const edges = ways.map((way) => {
    const time = way.delay ?? times[way.from] ?? 0;
    return { ...way, time: time === 0 ? undefined : grid.of(time) };
  });
  solveSpectra(edges, entry, coming, (node, spectrum) => {
    const visit = byNode.get(node);
    if (visit) tell(visit, spectrum);
  });
}

/** Values of which the sum is known, without those that are nothing; so nobody is lost, not even by rounding. */
function cleaned(values: readonly number[], whole: number): number[] {
  const least = NEGLIGIBLE * sum(values);
  const kept = values.map((each) => (each > least ? each : 0));
  const all = sum(kept);
  return kept.map((each) => (all > 0 ? (each * whole) / all : 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0);
}
