/** One move of a flow: it takes tokens from places and puts others. Without a label nobody sees it. */
export interface Move {
  readonly label?: string;
  readonly takes: readonly string[];
  readonly puts: readonly string[];
  /** It is possible only while nothing lies in these places. */
  readonly unless?: ReadonlySet<string>;
  /** It is possible only while there are other tokens, or none. */
  readonly company?: 'some' | 'none';
  /** It takes every token that there is. */
  readonly endsAll?: boolean;
}

/** A flow as a Petri net. Somebody has gone all of a way when no token is left. */
export interface FlowNet {
  /** Where tokens may lie at first, each way to begin by itself. */
  readonly starts: readonly (readonly string[])[];
  readonly moves: readonly Move[];
}

/** More tokens than this, or more states before the next label, are no flow of one patient; such a way is not looked at further. */
const MOST_TOKENS = 24;
const MOST_STATES = 4000;
/** Of more ways of one length than this, some are followed, evenly spread. */
const MOST_WAYS = 60;
const END = '∎';

type Tokens = readonly string[];

/**
 * The shortest way, as labels in their order, that one flow can go and another cannot; `∎` at its end where the one can be over
 * and the other cannot. Undefined where none is found of at most so many labels. Both are made deterministic and gone in step.
 */
export function wayBeyond(one: FlowNet, other: FlowNet, longest: number): readonly string[] | undefined {
  const [first, second] = [new Walker(one), new Walker(other)];
  let open = [{ trace: [] as readonly string[], here: first.begin(), there: second.begin() }];
  const seen = new Set(open.map(({ here, there }) => `${keyOf(here)}\u0001${keyOf(there)}`));
  for (let length = 0; length <= longest; length++) {
    const next: typeof open = [];
    for (const { trace, here, there } of open) {
      const [mine, theirs] = [first.after(here), second.after(there)];
      if (mine.isOver && !theirs.isOver) return [...trace, END];
      for (const [label, states] of [...mine.next].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const reached = theirs.next.get(label);
        if (reached === undefined) return [...trace, label];
        const key = `${keyOf(states)}\u0001${keyOf(reached)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ trace: [...trace, label], here: states, there: reached });
      }
    }
    open =
      next.length <= MOST_WAYS ? next : next.filter((_, index) => index % Math.ceil(next.length / MOST_WAYS) === 0);
  }
  return undefined;
}

type States = ReadonlyMap<string, Tokens>;

function keyOf(states: States): string {
  return [...states.keys()].sort().join('\u0002');
}

class Walker {
  private readonly byPlace = new Map<string, Move[]>();

  constructor(private readonly net: FlowNet) {
    for (const move of net.moves) {
      const place = move.takes[0] ?? '';
      this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), move]);
    }
  }

  begin(): States {
    return new Map(this.net.starts.map((tokens) => stateOf(tokens)));
  }

  /** Everything that may be seen next, and whether all may be over. */
  after(states: States): { readonly isOver: boolean; readonly next: ReadonlyMap<string, States> } {
    const known = new Map(states);
    const open = [...states.values()];
    const next = new Map<string, Map<string, Tokens>>();
    let isOver = false;
    for (let tokens = open.pop(); tokens !== undefined; tokens = open.pop()) {
      if (tokens.length === 0) isOver = true;
      for (const move of this.possible(tokens)) {
        const [key, reached] = stateOf(moved(tokens, move));
        if (reached.length > MOST_TOKENS) continue;
        if (move.label !== undefined) {
          const seen = next.get(move.label) ?? new Map<string, Tokens>();
          seen.set(key, reached);
          next.set(move.label, seen);
        } else if (!known.has(key) && known.size < MOST_STATES) {
          known.set(key, reached);
          open.push(reached);
        }
      }
    }
    return { isOver, next };
  }

  private possible(tokens: Tokens): readonly Move[] {
    return [...new Set(tokens)].flatMap((place) =>
      (this.byPlace.get(place) ?? []).filter(
        ({ takes, unless, company }) =>
          takes.every((each) => tokens.includes(each)) &&
          (company === undefined || (company === 'some') === tokens.length > takes.length) &&
          (unless === undefined || !tokens.some((each) => unless.has(each))),
      ),
    );
  }
}

function stateOf(tokens: Tokens): readonly [string, Tokens] {
  const sorted = [...tokens].sort();
  return [sorted.join('\u0000'), sorted];
}

function moved(tokens: Tokens, { takes, puts, endsAll }: Move): Tokens {
  if (endsAll === true) return puts;
  const left = [...tokens];
  for (const place of takes) left.splice(left.indexOf(place), 1);
  return [...left, ...puts];
}
