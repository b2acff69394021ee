/** A stretch of a way across the flow, between two layers, with everything that meets it. */
export interface Net {
  readonly key: string;
  /** Where ways come from the side of the earlier layer, or of the later one. */
  readonly meets: readonly { readonly across: number; readonly side: 'earlier' | 'later' }[];
}

/** Two lines along the flow closer than this look like one. */
const SAME_LINE = 6;

/**
 * The line of every net of a channel, counted from the earlier layer. Nets that do not reach over the same place share a
 * line; where they do, the order avoids that lines lie on one another, then that they cross.
 */
export function linesOfNets(nets: readonly Net[]): ReadonlyMap<string, number> {
  const spans = nets.map(spanOf);
  const earlier: number[][] = nets.map(() => []);
  nets.forEach((net, index) => {
    for (let other = index + 1; other < nets.length; other++) {
      const second = nets[other];
      const [a, b] = [spans[index], spans[other]];
      if (second === undefined || a === undefined || b === undefined) continue;
      if (a.to + SAME_LINE < b.from || b.to + SAME_LINE < a.from) continue;
      if (costOf(net, second) <= costOf(second, net)) earlier[other]?.push(index);
      else earlier[index]?.push(other);
    }
  });
  const lines = new Map<number, number>();
  const lineOf = (index: number, seen: ReadonlySet<number>): number => {
    const known = lines.get(index);
    if (known !== undefined) return known;
    const inner = new Set([...seen, index]);
    const before = (earlier[index] ?? []).filter((each) => !inner.has(each)).map((each) => lineOf(each, inner));
    const line = before.length === 0 ? 0 : Math.max(...before) + 1;
    lines.set(index, line);
    return line;
  };
  const free = apart(
    nets.map((_, index) => lineOf(index, new Set())),
    spans,
  );
  return new Map(nets.map(({ key }, index) => [key, free[index] ?? 0]));
}

/** Moves on what still lies on another net's line, where the order went round in a circle. */
function apart(lines: readonly number[], spans: readonly Span[]): readonly number[] {
  const moved = [...lines];
  moved.forEach((_, index) => {
    const isTaken = (line: number): boolean =>
      spans.some((span, other) => {
        const own = spans[index];
        return (
          other < index &&
          own !== undefined &&
          moved[other] === line &&
          span.to + SAME_LINE >= own.from &&
          own.to + SAME_LINE >= span.from
        );
      });
    while (isTaken(moved[index] ?? 0)) moved[index] = (moved[index] ?? 0) + 1;
  });
  return moved;
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
