import type { ReadGraph, ReadNode, ReadWay } from './read-graph.js';

/** Where every way that ends within a sub-process comes together. */
export const EXIT = '\u0001exit';

/** Gateways of which some ways are gone, each by a condition of its own. */
export const ALL_OR_SOME: ReadonlySet<string> = new Set(['inclusiveGateway', 'complexGateway']);

/**
 * A graph in which only gateways have several ways out, and what comes together again can be found. Nodes of other kinds
 * with several ways out get a gateway after them: all ways at once where none has a condition, as BPMN has it. The default
 * of ways with conditions is gone by those alone for whom none holds, so that it is one side of a choice.
 */
export class FlowGraph {
  readonly nodes = new Map<string, ReadNode>();
  private readonly outgoing = new Map<string, ReadWay[]>();
  private readonly incoming = new Map<string, ReadWay[]>();
  private readonly order = new Map<string, number>();
  private readonly attached = new Map<string, ReadNode[]>();
  /** Gateways of which one way is gone, whatever they are called. */
  private readonly eitherOr = new Set<string>();
  /** Ways without a condition out of an activity whose other ways have one. */
  private readonly always = new Set<string>();

  /**
   * @param ends `meet`: they lead to one exit, as in a sub-process that goes on after it; `each`: a node that no way leaves has
   *   an end after it, as BPMN has it; `written`: as our own files have them, where the text goes on to its end
   */
  constructor(graph: ReadGraph, ends: 'meet' | 'each' | 'written') {
    for (const node of graph.nodes) {
      this.nodes.set(node.id, node);
      if (node.attachedTo !== undefined) push(this.attached, node.attachedTo, node);
    }
    for (const way of graph.ways) this.link(way);
    for (const node of graph.nodes) this.separate(node);
    if (ends === 'meet') this.nodes.set(EXIT, plainNode(EXIT, 'endEvent', 0));
    for (const node of ends === 'written' ? [] : graph.nodes)
      if (this.out(node.id).length === 0 && node.attachedTo === undefined) this.close(node, ends === 'meet');
    this.number(graph.nodes);
  }

  out(id: string): readonly ReadWay[] {
    return this.outgoing.get(id) ?? [];
  }

  into(id: string): readonly ReadWay[] {
    return this.incoming.get(id) ?? [];
  }

  /** Whether one of a gateway's ways is gone, and not several at once. */
  isEitherOr({ id, tag }: ReadNode): boolean {
    return this.eitherOr.has(id) || (tag !== 'parallelGateway' && !ALL_OR_SOME.has(tag));
  }

  /** Whether a way is gone by everybody who comes to where it begins. */
  isAlways({ id }: ReadWay): boolean {
    return this.always.has(id);
  }

  boundary(host: string): readonly ReadNode[] {
    return this.attached.get(host) ?? [];
  }

  /** Where the ways from a node, those that leave it early included, lead. */
  private next(id: string): readonly string[] {
    return [...this.out(id), ...this.boundary(id).flatMap((event) => this.out(event.id))].map(({ to }) => to);
  }

  /** Everything that can be reached from a node without going on beyond some others; these are in it if they are reached. */
  reach(from: string, limits: ReadonlySet<string>): ReadonlySet<string> {
    const found = new Set([from]);
    const open = limits.has(from) ? [] : [from];
    for (let id = open.pop(); id !== undefined; id = open.pop())
      for (const to of this.next(id)) {
        if (found.has(to)) continue;
        found.add(to);
        if (!limits.has(to)) open.push(to);
      }
    return found;
  }

  /** The first node to which more than one of several ways come; undefined where they never meet. */
  meeting(ways: readonly string[], limits: ReadonlySet<string>, isPast: (id: string) => boolean): string | undefined {
    const count = new Map<string, number>();
    for (const way of ways) for (const id of this.reach(way, limits)) count.set(id, (count.get(id) ?? 0) + 1);
    const shared = [...count].filter(([id, times]) => times > 1 && !isPast(id)).map(([id]) => id);
    return shared.sort((a, b) => (this.order.get(a) ?? 0) - (this.order.get(b) ?? 0))[0];
  }

  /** What comes after a node that no way leaves. */
  private close(node: ReadNode, endsMeet: boolean): void {
    if (endsMeet) this.link(plainWay(`${node.id}\u0001exit`, node.id, EXIT));
    else if (node.tag !== 'endEvent') {
      const end = plainNode(`${node.id}\u0001end`, 'endEvent', node.line);
      this.nodes.set(end.id, end);
      this.link(plainWay(`${end.id}\u0001in`, node.id, end.id));
    }
  }

  private link(way: ReadWay): void {
    push(this.outgoing, way.from, way);
    push(this.incoming, way.to, way);
  }

  private separate(node: ReadNode): void {
    const ways = this.out(node.id);
    const isGateway = node.tag.endsWith('Gateway');
    const joins = node.tag === 'parallelGateway' && this.into(node.id).length > 1;
    if (ways.length < 2) return;
    if (isGateway && !joins) {
      if (ALL_OR_SOME.has(node.tag)) this.separateDefault(node);
      return;
    }
    if (joins || !ways.some(({ condition }) => condition !== undefined)) {
      this.lead(node, ways, 'parallelGateway', 'out');
      return;
    }
    for (const way of ways) if (way.condition === undefined && way.id !== node.default) this.always.add(way.id);
    this.separateDefault(this.lead(node, ways, 'inclusiveGateway', 'out'));
  }

  /** Makes the default of a gateway one side of a choice of which the other are the ways with conditions. */
  private separateDefault(node: ReadNode): void {
    const ways = this.out(node.id);
    const asked = ways.filter((way) => way.id !== node.default && !this.isAlways(way));
    const rest = ways.filter(({ id }) => id === node.default);
    if (rest.length === 0 || asked.length === 0) return;
    if (asked.length + rest.length < ways.length)
      this.separateDefault(this.lead(node, [...asked, ...rest], 'inclusiveGateway', 'asked'));
    else {
      this.eitherOr.add(node.id);
      if (asked.length > 1) this.lead(node, asked, 'inclusiveGateway', 'some');
    }
  }

  /** Lets some ways out of a node leave a gateway behind it. */
  private lead(node: ReadNode, ways: readonly ReadWay[], tag: string, suffix: string): ReadNode {
    const id = `${node.id}\u0001${suffix}`;
    const made = { ...plainNode(id, tag, node.line), ...(node.default !== undefined && { default: node.default }) };
    this.nodes.set(id, made);
    this.outgoing.set(
      node.id,
      this.out(node.id).filter((way) => !ways.includes(way)),
    );
    const into = plainWay(`${id}\u0001in`, node.id, id);
    this.always.add(into.id);
    this.link(into);
    for (const way of ways) {
      this.incoming.set(
        way.to,
        (this.incoming.get(way.to) ?? []).filter((each) => each !== way),
      );
      this.link({ ...way, from: id });
    }
    return made;
  }

  /**
   * Numbers nodes so that ways, but for those that lead back, go from a smaller number to a larger one. Begins at the starts:
   * from the middle of a loop, other ways would lead back.
   */
  private number(nodes: readonly ReadNode[]): void {
    const finished: string[] = [];
    const seen = new Set<string>();
    const starts = [...nodes].filter(({ id }) => this.into(id).length === 0).map(({ id }) => id);
    for (const start of [...starts, ...nodes.map(({ id }) => id)]) {
      const open: { readonly id: string; readonly rest: string[] }[] = [];
      const enter = (id: string): void => {
        if (seen.has(id)) return;
        seen.add(id);
        open.push({ id, rest: [...this.next(id)] });
      };
      enter(start);
      for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
        const to = top.rest.pop();
        if (to !== undefined) enter(to);
        else {
          finished.push(top.id);
          open.pop();
        }
      }
    }
    finished.reverse().forEach((id, index) => this.order.set(id, index));
  }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [value]);
  else known.push(value);
}

function plainNode(id: string, tag: string, line: number): ReadNode {
  return { id, tag, name: '', line, elements: 0, events: [], interrupts: true };
}

function plainWay(id: string, from: string, to: string): ReadWay {
  return { id, from, to, name: '', line: 0, elements: 0, heads: [] };
}
