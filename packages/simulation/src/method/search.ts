/** A point of the search: a value for each thing that can be chosen. */
export type Point = readonly number[];

/** What was found at a point. */
export type PointVerdict = 'meets' | 'fails' | 'not decided';

export interface SearchSpace {
  /** Lowest and highest value of each thing that can be chosen. */
  readonly ranges: readonly { readonly low: number; readonly high: number }[];
  /** What a unit of each costs; the sum is to be least. */
  readonly weights: readonly number[];
  /** True when more of anything never turns `meets` into `fails`. */
  readonly monotone: boolean;
}

export interface SearchResult {
  /** The cheapest point that meets everything; undefined where there is none, or the search was stopped. */
  readonly best: Point | undefined;
  /** Points in the order in which they were looked at. */
  readonly tried: readonly { readonly point: Point; readonly verdict: PointVerdict }[];
  /** True when nothing cheaper than the best is left to try. */
  readonly complete: boolean;
}

/** Points of a search; more would take for ever to list, let alone to simulate. */
export const MOST_POINTS = 20_000;

/** How many points a space has. */
export function pointCount({ ranges }: Pick<SearchSpace, 'ranges'>): number {
  return ranges.reduce((count, { low, high }) => count * (high - low + 1), 1);
}

/**
 * The cheapest point of a grid that meets everything. Where more never hurts, each verdict speaks for others: what fails
 * leaves out every point with no more of anything, what meets leaves out every dearer one; the next point to look at is the
 * one whose verdict is sure to leave out most. Otherwise points are looked at from the cheapest on. Of equally cheap points
 * the one with less of what is listed first is preferred.
 * @param look finds the verdict of a point; undefined when it was stopped
 */
export async function cheapestPoint(
  space: SearchSpace,
  look: (point: Point) => Promise<PointVerdict | undefined>,
): Promise<SearchResult> {
  const cost = (point: Point): number => point.reduce((sum, value, i) => sum + value * (space.weights[i] ?? 1), 0);
  let open = allPoints(space).sort((a, b) => cost(a) - cost(b) || compare(a, b));
  const tried: { point: Point; verdict: PointVerdict }[] = [];
  let best: Point | undefined;
  while (open.length > 0) {
    const point = space.monotone ? mostTelling(open, tried.length === 0) : open[0];
    if (point === undefined) break;
    const verdict = await look(point);
    if (verdict === undefined) return { best, tried, complete: false };
    tried.push({ point, verdict });
    if (verdict === 'meets') {
      best = point;
      const place = open.indexOf(point);
      open = open.slice(0, place);
    } else if (space.monotone) open = open.filter((each) => !noMore(each, point));
    else open = open.filter((each) => each !== point);
  }
  return { best, tried, complete: true };
}

/**
 * The point for which the fewer of the two sets that a verdict leaves out is largest. First of all the one with most of
 * everything: if that fails, everything does.
 */
function mostTelling(open: readonly Point[], first: boolean): Point | undefined {
  if (first) return open.reduce<Point | undefined>((top, each) => (top && !noMore(top, each) ? top : each), undefined);
  // Looking at each of very many points is slow; an even sample of them is as good.
  const step = Math.max(1, Math.floor(open.length / 300));
  let chosen: Point | undefined;
  let most = -1;
  for (let place = 0; place < open.length; place += step) {
    const point = open[place];
    if (point === undefined) continue;
    const dearer = open.length - place;
    const below = open.reduce((count, each) => count + (noMore(each, point) ? 1 : 0), 0);
    const sure = Math.min(dearer, below);
    if (sure > most) {
      most = sure;
      chosen = point;
    }
  }
  return chosen;
}

/** Whether a point has no more of anything than another. */
function noMore(point: Point, than: Point): boolean {
  return point.every((value, i) => value <= (than[i] ?? 0));
}

function compare(a: Point, b: Point): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function allPoints({ ranges }: SearchSpace): Point[] {
  return ranges.reduce<Point[]>(
    (found, { low, high }) =>
      found.flatMap((point) => Array.from({ length: high - low + 1 }, (_, i) => [...point, low + i])),
    [[]],
  );
}
