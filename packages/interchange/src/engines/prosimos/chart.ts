import type { BpmnNode, BpmnProcess, BpmnWay } from '../../bpmn/process.js';
import { type Condition, either } from './conditions.js';

/** A sign of the chart while it is made. */
export interface Sign {
  readonly id: string;
  readonly kind: 'start' | 'end' | 'task' | 'timer' | 'exclusive' | 'parallel';
  readonly name: string;
}

/** A way between two signs; ways out of a choice say how likely they are, and where they are taken. */
export interface ChartWay {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly share?: number;
  readonly condition?: Condition;
}

/** Names that XML takes as ids, each given once. */
export class FreshNames {
  readonly #taken = new Set<string>();

  of(kind: string, text: string): string {
    const plain = `${kind}_${text.replace(/[^A-Za-z0-9_.-]/gu, '_')}`;
    let name = plain;
    for (let n = 2; this.#taken.has(name); n++) name = `${plain}_${n}`;
    this.#taken.add(name);
    return name;
  }
}

/** Signs and ways, in which several ways may meet anywhere until it is finished. */
export class Chart {
  readonly #signs = new Map<string, Sign>();
  readonly #ways = new Map<string, ChartWay>();

  add(sign: Sign): string {
    this.#signs.set(sign.id, sign);
    return sign.id;
  }

  /** Two ways between the same signs are one. */
  connect(way: ChartWay): void {
    const key = `${way.from}\u0000${way.to}`;
    const known = this.#ways.get(key);
    this.#ways.set(key, known === undefined ? way : together(known, way));
  }

  /** The kinds of all signs from which ways lead to a sign. */
  kindsBefore(id: string): ReadonlySet<Sign['kind']> {
    const found = new Set<string>();
    const ways = [...this.#into(id)];
    for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
      if (found.has(way.from)) continue;
      found.add(way.from);
      ways.push(...this.#into(way.from));
    }
    return new Set([...found].flatMap((each) => this.#signs.get(each)?.kind ?? []));
  }

  get size(): number {
    return this.#signs.size;
  }

  /** The ways out of every sign at which one is chosen. */
  choices(): readonly { readonly gateway: string; readonly ways: readonly BpmnWayOfChoice[] }[] {
    const named = this.#named();
    return [...this.#signs.values()].flatMap(({ id, kind }) => {
      const ways = named.filter(({ from }) => from === id);
      return kind === 'exclusive' && ways.length > 1 ? [{ gateway: id, ways }] : [];
    });
  }

  /** Without gateways that decide nothing, with one wherever ways meet, in the order of the way. */
  finish(): void {
    this.#dropIdle();
    this.#mergeBefore();
    this.#order();
  }

  process(id: string, title: string): BpmnProcess {
    const paths = this.#branchPaths();
    const order = [...this.#signs.keys()];
    const place = new Map(order.map((each, i) => [each, i] as const));
    return {
      id,
      title,
      lanes: [],
      holds: [],
      nodes: [...this.#signs.values()].map((sign): BpmnNode => ({
        ...sign,
        lane: 0,
        holds: [],
        branchPath: paths.get(sign.id) ?? [],
      })),
      ways: this.#named().map(({ id: way, from, to, name }): BpmnWay => {
        const isReturn = (place.get(to) ?? 0) <= (place.get(from) ?? 0);
        return { id: way, from, to, name, ...(isReturn && { isReturn }) };
      }),
    };
  }

  /** Ways with ids, in the order of the signs that they leave. */
  #named(): readonly BpmnWayOfChoice[] {
    const order = new Map([...this.#signs.keys()].map((id, i) => [id, i] as const));
    return [...this.#ways.values()]
      .map((way, i) => ({ way, i }))
      .sort((a, b) => (order.get(a.way.from) ?? 0) - (order.get(b.way.from) ?? 0) || a.i - b.i)
      .map(({ way }, i) => ({ ...way, id: `Flow_${i + 1}` }));
  }

  #dropIdle(): void {
    for (const { id, kind } of [...this.#signs.values()]) {
      const outgoing = this.#outOf(id);
      const [only, ...others] = outgoing;
      const incoming = this.#into(id);
      if ((kind !== 'exclusive' && kind !== 'parallel') || only === undefined || others.length > 0) continue;
      if (kind === 'parallel' && incoming.length > 1) continue;
      // Ways of one branch meet before they meet those of the others.
      if (incoming.length > 1 && this.#signs.get(only.to)?.kind === 'parallel') continue;
      this.#signs.delete(id);
      this.#remove(({ from, to }) => from === id || to === id);
      for (const way of incoming) this.connect({ ...way, to: only.to });
    }
  }

  #mergeBefore(): void {
    for (const { id, kind } of [...this.#signs.values()]) {
      const incoming = this.#into(id);
      if (incoming.length < 2 || (kind === 'parallel' && this.#outOf(id).length < 2)) continue;
      if (kind === 'exclusive' && this.#outOf(id).length < 2) continue;
      const merge = this.add({ id: `${id}.merge`, kind: 'exclusive', name: '' });
      this.#remove(({ to }) => to === id);
      for (const way of incoming) this.connect({ ...way, to: merge });
      this.connect({ from: merge, to: id, name: '' });
    }
  }

  /** Signs in an order in which everything comes after what leads to it, ways back left aside. */
  #order(): void {
    const postorder: string[] = [];
    const seen = new Set<string>();
    const [start = ''] = this.#signs.keys();
    const open: { readonly id: string; readonly next: string[] }[] = [];
    const enter = (id: string): void => {
      seen.add(id);
      open.push({ id, next: this.#outOf(id).map(({ to }) => to) });
    };
    enter(start);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const to = top.next.pop();
      if (to === undefined) {
        open.pop();
        postorder.push(top.id);
      } else if (!seen.has(to)) enter(to);
    }
    const signs = postorder.reverse().flatMap((id) => this.#signs.get(id) ?? []);
    this.#signs.clear();
    for (const sign of signs) this.#signs.set(sign.id, sign);
    this.#remove(({ from, to }) => !this.#signs.has(from) || !this.#signs.has(to));
  }

  /** In which branch of which choice or split everything stands: where one alone leads to it, and nothing else does. */
  #branchPaths(): ReadonlyMap<string, BpmnNode['branchPath']> {
    const order = [...this.#signs.keys()];
    const place = new Map(order.map((id, i) => [id, i] as const));
    const forward = (id: string): string[] =>
      this.#outOf(id).flatMap(({ to }) => ((place.get(to) ?? 0) > (place.get(id) ?? 0) ? [to] : []));
    const reach = (from: string, without?: string): ReadonlySet<string> => {
      const found = new Set<string>();
      const open = [from];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (found.has(id) || id === without) continue;
        found.add(id);
        open.push(...forward(id));
      }
      return found;
    };
    const paths = new Map<string, { block: number; branch: number; opener: string }[]>();
    let block = 0;
    for (const opener of order) {
      const ways = forward(opener);
      if (ways.length < 2) continue;
      const aside = reach(order[0] ?? '', opener);
      const reaches = ways.map((to) => reach(to));
      ways.forEach((_, branch) => {
        block++;
        for (const id of reaches[branch] ?? []) {
          if (aside.has(id) || reaches.some((other, i) => i !== branch && other.has(id))) continue;
          const path = paths.get(id) ?? [];
          path.push({ block, branch, opener });
          paths.set(id, path);
        }
      });
    }
    return paths;
  }

  #into(id: string): readonly ChartWay[] {
    return [...this.#ways.values()].filter(({ to }) => to === id);
  }

  #outOf(id: string): readonly ChartWay[] {
    return [...this.#ways.values()].filter(({ from }) => from === id);
  }

  #remove(test: (way: ChartWay) => boolean): void {
    for (const [key, way] of [...this.#ways]) if (test(way)) this.#ways.delete(key);
  }
}

/** A way with the id that a file gives it. */
export type BpmnWayOfChoice = ChartWay & { readonly id: string };

function together(a: ChartWay, b: ChartWay): ChartWay {
  const share = a.share === undefined || b.share === undefined ? undefined : a.share + b.share;
  const condition =
    a.condition === undefined || b.condition === undefined ? undefined : either(a.condition, b.condition);
  const name = a.name === '' || b.name === '' ? '' : `${a.name} or ${b.name}`;
  return {
    from: a.from,
    to: a.to,
    name,
    ...(share !== undefined && { share }),
    ...(condition !== undefined && { condition }),
  };
}
