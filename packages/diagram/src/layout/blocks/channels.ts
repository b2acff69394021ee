/** A stretch of a way across the flow, between two layers, with everything that meets it. */
export interface Net {
  readonly key: string;
  /** Where ways come from the side of the earlier layer, or of the later one. */
  readonly meets: readonly { readonly across: number; readonly side: 'earlier' | 'later' }[];
}

/** Two lines along the flow closer than this look like one. */
const SAME_LINE = 6;

/** Which of two nets that reach over the same place is better before the other, and by how much. */
interface Preference {
  readonly first: number;
  readonly second: number;
  readonly gain: number;
}

/**
 * The line of every net of a channel, counted from the earlier layer. Nets that do not reach over the same place share a
 * line; where they do, the order avoids that lines lie on one another, then that they cross.
 */
export function linesOfNets(nets: readonly Net[]): ReadonlyMap<string, number> {
  const spans = nets.map(spanOf);
  const wanted = preferences(nets, spans);
  const lines =
    linesInOrder(nets.length, wanted) ?? linesInOrder(nets.length, withoutCircles(nets.length, wanted)) ?? [];
  return new Map(nets.map(({ key }, index) => [key, lines[index] ?? 0]));
}

function preferences(nets: readonly Net[], spans: readonly Span[]): readonly Preference[] {
  return nets.flatMap((net, first) =>
    nets.flatMap((other, second): Preference[] => {
      const [a, b] = [spans[first], spans[second]];
      if (
        second <= first ||
        a === undefined ||
        b === undefined ||
        a.to + SAME_LINE < b.from ||
        b.to + SAME_LINE < a.from
      )
        return [];
      const gain = costOf(other, net) - costOf(net, other);
      return [gain >= 0 ? { first, second, gain } : { first: second, second: first, gain: -gain }];
    }),
  );
}

/** For each net one line more than the last of those before it; undefined where the order goes round in a circle. */
function linesInOrder(count: number, order: readonly Preference[]): readonly number[] | undefined {
  const before = Array.from({ length: count }, (): number[] => []);
  for (const { first, second } of order) before[second]?.push(first);
  const lines = new Array<number | 'under way' | undefined>(count).fill(undefined);
  const lineOf = (index: number): number | undefined => {
    const known = lines[index];
    if (known === 'under way') return undefined;
    if (known !== undefined) return known;
    lines[index] = 'under way';
    let line = 0;
    for (const each of before[index] ?? []) {
      const other = lineOf(each);
      if (other === undefined) return undefined;
      line = Math.max(line, other + 1);
    }
    return (lines[index] = line);
  };
  const found = before.map((_, index) => lineOf(index));
  return found.every((line) => line !== undefined) ? found : undefined;
}

/** What is wanted most of it, so that it goes round in no circle: lines on one another are avoided before crossings. */
function withoutCircles(count: number, wanted: readonly Preference[]): readonly Preference[] {
  const kept: Preference[] = [];
  const after = Array.from({ length: count }, (): number[] => []);
  const leadsTo = (from: number, to: number, seen = new Set<number>()): boolean =>
    from === to || (after[from] ?? []).some((next) => !seen.has(next) && leadsTo(next, to, seen.add(next)));
  for (const each of [...wanted].sort((a, b) => b.gain - a.gain)) {
    if (leadsTo(each.second, each.first)) continue;
    after[each.first]?.push(each.second);
    kept.push(each);
  }
  return kept;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf({ meets }: Net): Span {
  const places = meets.map(({ across }) => across);
  return { from: Math.min(...places), to: Math.max(...places) };
}

/** What it costs to have one net before another: lines that lie on one another count much, crossings one each. */
function costOf(first: Net, second: Net): number {
  const [a, b] = [spanOf(first), spanOf(second)];
  let cost = 0;
  for (const own of first.meets) {
    if (own.side !== 'later') continue;
    if (own.across > b.from + 0.5 && own.across < b.to - 0.5) cost += 1;
    for (const other of second.meets)
      if (other.side === 'earlier' && Math.abs(other.across - own.across) < SAME_LINE) cost += 100;
  }
  for (const other of second.meets)
    if (other.side === 'earlier' && other.across > a.from + 0.5 && other.across < a.to - 0.5) cost += 1;
  return cost;
}
