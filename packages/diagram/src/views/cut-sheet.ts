import { joinLabels } from '../graph/ends.js';
import type { BranchPlace, GraphEdge, GraphNode, PathwayGraph } from '../graph/graph.js';
import { withoutShare } from '../graph/wording.js';
import type { DrawingWords } from '../graph/words.js';

/** Nodes one after another that stand as one on a sheet. */
export interface Folded {
  /** Id of the sheet that shows them. */
  readonly sheet: string;
  readonly title: string;
  readonly notes: readonly string[];
  /** Places of its nodes in the whole graph: from the first, before the second. */
  readonly first: number;
  readonly end: number;
}

/** What a sheet is a part of: where ways that leave it lead to, for those who read it alone. */
export interface Around {
  readonly first: number;
  readonly end: number;
  /** What a node outside is called on this sheet, and the sheet on which it is seen. */
  readonly seenAs: (place: number) => { readonly key: string; readonly title: string; readonly sheet: string };
}

/**
 * A part of a graph as a graph of its own: some of its nodes folded into one each, ways from and to what lies outside
 * ending at circles that say where they come from and lead to. What is folded is whole blocks, so blocks stay blocks.
 */
export function cutSheet(
  graph: PathwayGraph,
  around: Around,
  folded: readonly Folded[],
  texts: { readonly title: string; readonly description: string },
  words: DrawingWords,
): PathwayGraph {
  const cut = new Cut(graph, around, folded, words);
  const nodes = [...cut.entries, ...cut.inside, ...cut.exits];
  const holds = new Set(nodes.flatMap((node) => node.holds));
  return {
    ...graph,
    ...texts,
    ...withUsedLanes(graph, nodes),
    edges: cut.edges,
    holds: graph.holds.filter(({ id }) => holds.has(id)),
    warnings: [],
  };
}

/** Some nodes of a graph with the lanes in which they stand; these keep their colours. */
export function withUsedLanes(
  { lanes }: PathwayGraph,
  nodes: readonly GraphNode[],
): Pick<PathwayGraph, 'lanes' | 'nodes'> {
  const used = [...lanes.keys()].filter((lane) => nodes.some((node) => node.lane === lane));
  return {
    lanes: used.flatMap((place) => {
      const lane = lanes[place];
      return lane === undefined ? [] : [{ place, ...lane }];
    }),
    nodes: nodes.map((node) => ({ ...node, lane: Math.max(0, used.indexOf(node.lane)) })),
  };
}

/** Where each node of a graph stands in it, and which ways begin or end at each place. */
interface Index {
  readonly places: ReadonlyMap<string, number>;
  readonly ways: readonly (readonly number[])[];
}

/** Many sheets are cut from one graph. */
const indexes = new WeakMap<PathwayGraph, Index>();

function indexOf(graph: PathwayGraph): Index {
  const known = indexes.get(graph);
  if (known !== undefined) return known;
  const places = new Map(graph.nodes.map(({ id }, place) => [id, place] as const));
  const ways = graph.nodes.map((): number[] => []);
  graph.edges.forEach(({ from, to }, index) => {
    for (const end of [from, to]) ways[places.get(end) ?? -1]?.push(index);
  });
  const index = { places, ways };
  indexes.set(graph, index);
  return index;
}

class Cut {
  readonly inside: GraphNode[] = [];
  readonly entries: GraphNode[] = [];
  readonly exits: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly #places: ReadonlyMap<string, number>;
  /** By the place of a node: what stands for it here. */
  readonly #stands = new Map<number, string>();
  readonly #circles = new Map<string, GraphNode>();
  /** Labels that say what two ways said. */
  readonly #united = new Set<string>();

  constructor(
    private readonly graph: PathwayGraph,
    private readonly around: Around,
    private readonly folded: readonly Folded[],
    private readonly words: DrawingWords,
  ) {
    this.#places = indexOf(graph).places;
    this.#collectNodes();
    this.edges = this.#collectEdges();
    this.exits = [...this.#circles.values()]
      .filter(({ id }) => id.startsWith('to '))
      .map((exit) => this.#inBranch(exit));
  }

  #isInside(id: string): boolean {
    const place = this.#places.get(id) ?? -1;
    return place >= this.around.first && place < this.around.end;
  }

  #collectNodes(): void {
    for (let place = this.around.first; place < this.around.end;) {
      const stage = this.folded.find(({ first }) => first === place);
      const node = this.graph.nodes[place];
      if (node === undefined) break;
      if (stage === undefined) {
        this.#stands.set(place, node.id);
        this.inside.push(this.#within(node, (id) => this.#isInside(id)));
        place += 1;
        continue;
      }
      const id = `stage ${stage.sheet}`;
      for (let each = stage.first; each < stage.end; each++) this.#stands.set(each, id);
      this.inside.push(this.#fold(stage, id));
      place = stage.end;
    }
  }

  /** A node with those of the branches and holds around it that are on this sheet. */
  #within(node: GraphNode, isHere: (id: string) => boolean): GraphNode {
    return {
      ...node,
      branchPath: node.branchPath.filter(({ opener }) => isHere(opener)),
      // A hold is named by the node that asks for it, or by the question before.
      holds: node.holds.filter((hold) => isHere(hold) || isHere(`${hold}:when`)),
    };
  }

  #fold(stage: Folded, id: string): GraphNode {
    const members = this.graph.nodes.slice(stage.first, stage.end);
    const isBefore = (each: string): boolean => {
      const place = this.#places.get(each) ?? -1;
      return this.#isInside(each) && (place < stage.first || place >= stage.end);
    };
    const [first] = members;
    const { branchPath = [], holds = [] } = first === undefined ? {} : this.#within(first, isBefore);
    const origin = first?.origin;
    return {
      id,
      kind: 'call',
      lane: mostOf(members.filter(({ kind }) => kind === 'step').map(({ lane }) => lane)) ?? first?.lane ?? 0,
      title: stage.title,
      notes: stage.notes,
      description: [stage.title, ...stage.notes].join('; '),
      sheet: stage.sheet,
      holds: holds.filter((hold) => members.every((member) => member.holds.includes(hold))),
      branchPath,
      ...(origin !== undefined && { origin }),
      ...fullestOf(members),
    };
  }

  #collectEdges(): readonly GraphEdge[] {
    const order = new Map(this.inside.map(({ id }, place) => [id, place] as const));
    const found = new Map<string, GraphEdge>();
    const answers = new Map<string, Set<string>>();
    const passingOn = this.#stagesThatPassOn();
    for (const edge of this.#waysHere()) {
      const [from, to] = [this.#standsFor(edge.from), this.#standsFor(edge.to)];
      if (from === undefined && to === undefined) continue;
      if (from !== undefined && from === to && from.startsWith('stage ')) continue;
      const source = from ?? this.#circle('from', edge, to ?? '');
      const target = to ?? this.#circle('to', edge, from ?? '');
      const isOuter = from === undefined || to === undefined;
      const isReturn = !isOuter && (order.get(target) ?? 0) <= (order.get(source) ?? 0);
      const lanes = [source, target].map((id) => this.inside.find((node) => node.id === id)?.lane);
      const key = `${source}\u0000${target}`;
      const known = found.get(key);
      const said = this.#saidOutside(edge, source);
      if (source.startsWith('stage ') && said !== '' && this.#isAsked(edge))
        answers.set(key, (answers.get(key) ?? new Set()).add(said));
      const label = known === undefined ? said : this.#joined(known.label, said);
      found.set(key, {
        ...(known ?? edge),
        from: source,
        to: target,
        label: from === undefined ? '' : label,
        kind: isReturn ? 'return' : 'flow',
        handover:
          (edge.handover || known?.handover === true || passingOn.has(source) || passingOn.has(target)) &&
          !isOuter &&
          lanes[0] !== lanes[1],
      });
    }
    const ways = [...found.values()];
    const waysOut = (id: string): number => ways.filter(({ from }) => from === id).length;
    // The answer to a question inside a stage says nothing outside, unless it alone tells one way out from another.
    return ways.map((way) => {
      const answered = answers.get(`${way.from}\u0000${way.to}`)?.size ?? 0;
      return answered > 1 || (answered === 1 && waysOut(way.from) === 1) ? { ...way, label: '' } : way;
    });
  }

  /**
   * Stages inside which patients go from one organisation to another, where lanes are of organisations: a way across lanes to
   * or from such a stage passes them on, though the question before does not stand where most of the stage does.
   */
  #stagesThatPassOn(): ReadonlySet<string> {
    const laneOf = (id: string): number | undefined => this.graph.nodes[this.#places.get(id) ?? -1]?.lane;
    if (this.graph.edges.some(({ from, to, handover }) => !handover && laneOf(from) !== laneOf(to))) return new Set();
    return new Set(
      this.#waysHere().flatMap(({ from, to, handover }) => {
        const stage = this.#standsFor(from);
        return handover && stage?.startsWith('stage ') === true && stage === this.#standsFor(to) ? [stage] : [];
      }),
    );
  }

  /** Ways that begin or end on this sheet, in the order of the graph. */
  #waysHere(): readonly GraphEdge[] {
    const found = new Set(indexOf(this.graph).ways.slice(this.around.first, this.around.end).flat());
    return [...found].sort((a, b) => a - b).flatMap((index) => this.graph.edges[index] ?? []);
  }

  /** A share is one of those who come to the question inside a stage: at its border it would read as one of all in the stage. */
  #saidOutside(edge: GraphEdge, source: string): string {
    return source.startsWith('stage ') && this.#isAsked(edge) ? withoutShare(edge.label) : edge.label;
  }

  /** Whether the text of a way answers what is asked where it begins, rather than saying how work is handed on. */
  #isAsked({ from, label }: GraphEdge): boolean {
    const kind = this.graph.nodes[this.#places.get(from) ?? -1]?.kind;
    return label !== '' && kind !== 'step' && kind !== 'call';
  }

  #standsFor(id: string): string | undefined {
    const place = this.#places.get(id) ?? -1;
    return this.#stands.get(place);
  }

  /** The circle at which ways from, or to, one place outside end. */
  #circle(which: 'from' | 'to', edge: GraphEdge, inside: string): string {
    const outside = this.#places.get(which === 'from' ? edge.from : edge.to) ?? 0;
    const seen = this.around.seenAs(outside);
    const node = this.inside.find(({ id }) => id === inside);
    const isFirst = which === 'from' && this.inside[0]?.id === inside;
    // Whoever comes to several places of a sheet has a circle at each: ways would cross the sheet otherwise.
    const key = which === 'from' ? `from ${seen.key} ${inside}` : `to ${seen.key} ${node?.lane ?? 0}`;
    const known = this.#circles.get(key);
    if (known !== undefined) return known.id;
    const title = which === 'from' ? this.words.say`from ${seen.title}` : this.words.say`to ${seen.title}`;
    const circle: GraphNode = {
      id: key,
      kind: isFirst ? 'start' : 'connector',
      lane: node?.lane ?? 0,
      title,
      notes: [],
      ...(!isFirst && { letter: '→' }),
      description: title,
      sheet: seen.sheet,
      holds: [],
      branchPath: which === 'from' ? (node?.branchPath ?? []) : [],
    };
    this.#circles.set(key, circle);
    if (which === 'from') this.entries.push(circle);
    return circle.id;
  }

  /** A way out stands in the innermost branch that ends with what leads to it: a way from there is straight. */
  #inBranch(exit: GraphNode): GraphNode {
    const sources = new Set(this.edges.filter(({ to }) => to === exit.id).map(({ from }) => from));
    const last = this.inside.findLastIndex(({ id }) => sources.has(id));
    let depth = Math.min(...this.inside.filter(({ id }) => sources.has(id)).map(({ branchPath }) => branchPath.length));
    const path = this.inside[last]?.branchPath ?? [];
    const isIn = ({ branchPath }: GraphNode): boolean => samePlaces(branchPath, path, depth);
    const isLast = (): boolean =>
      this.inside.every((node, place) => (sources.has(node.id) ? isIn(node) : place < last || !isIn(node)));
    while (depth > 0 && !isLast()) depth -= 1;
    return { ...exit, branchPath: path.slice(0, depth) };
  }

  /** Ways that became one say what both said; of more than two nobody could tell which is which. */
  #joined(first: string, second: string): string {
    const both = joinLabels(this.words, first, second);
    if (both === first || this.#united.has(first)) return first;
    if (first !== '') this.#united.add(both);
    return both;
  }
}

/** Whether two paths begin with the same branches, so many of them. */
function samePlaces(a: readonly BranchPlace[], b: readonly BranchPlace[], depth: number): boolean {
  return (
    a.length >= depth &&
    b.length >= depth &&
    a.slice(0, depth).every(({ block, branch }, level) => b[level]?.block === block && b[level].branch === branch)
  );
}

/** The colour of the place at which most wait, where places have colours. */
function fullestOf(members: readonly GraphNode[]): Pick<GraphNode, 'load'> {
  const load = members.reduce<GraphNode['load']>(
    (most, each) => (each.load !== undefined && each.load >= (most ?? 0) ? each.load : most),
    undefined,
  );
  return load === undefined ? {} : { load };
}

function mostOf(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce<readonly [number, number] | undefined>(
    (most, each) => (most === undefined || each[1] > most[1] ? each : most),
    undefined,
  )?.[0];
}
