import type { Instruction } from '@pathway/simulation';

/**
 * A stretch of the flat program as blocks. `choice` goes on at the statement after it where an arm does not end by
 * itself; the arms are in the order of `waysOf`. `again` begins the innermost loop anew; the end of a loop's body leaves it.
 */
export type Statement =
  | { readonly kind: 'do'; readonly at: number }
  | { readonly kind: 'choice'; readonly at: number; readonly arms: readonly (readonly Statement[])[] }
  | { readonly kind: 'loop'; readonly header: number; readonly body: readonly Statement[] }
  | { readonly kind: 'again' }
  /** Goes on in another section. */
  | { readonly kind: 'section'; readonly at: number }
  | { readonly kind: 'fork'; readonly at: number; readonly branches: readonly (readonly Section[])[] }
  | { readonly kind: 'gather'; readonly at: number; readonly inside: readonly Section[] }
  | { readonly kind: 'end' };

/** Blocks that begin at an instruction: the beginning of a way, or where it goes on from several places. */
export interface Section {
  readonly at: number;
  readonly body: readonly Statement[];
}

/** Where control may go after an instruction; several for one that chooses. */
export function waysOf(instruction: Instruction, at: number): readonly number[] {
  switch (instruction.op) {
    case 'request':
      return instruction.patience === undefined ? [at + 1] : [at + 1, instruction.patience.to];
    case 'work':
      return instruction.gives?.leaves === undefined ? [at + 1] : [at + 1, instruction.gives.leaves];
    case 'try':
      return [instruction.to, at + 1];
    case 'least busy':
      return instruction.options.map(({ to }) => to);
    case 'unless':
    case 'rounds':
      return instruction.op === 'rounds' && instruction.times === undefined ? [at + 1] : [at + 1, instruction.to];
    case 'again':
      return [instruction.to, at + 1];
    case 'share':
    case 'match':
      return [...instruction.branches.map(({ to }) => to), instruction.otherwise];
    case 'jump':
      return [instruction.to];
    case 'fork':
    case 'gather':
      return [instruction.then];
    // Without what changes the ways, everything goes as declared.
    case 'way':
      return [instruction.to[0] ?? at + 1];
    case 'join':
    case 'exit':
      return [];
    default:
      return [at + 1];
  }
}

/**
 * Brings the flat program back into blocks: choices that meet again, loops, branches. What does not fit into blocks (a
 * `go to` into the midst of something) becomes a section of its own.
 * @param entries where patients begin; the first is the first section
 */
export function structureFlow(program: readonly Instruction[], entries: readonly number[]): readonly Section[] {
  const heads = new Set(entries.map((entry) => landing(program, entry)));
  for (;;) {
    const sections: Section[] = [];
    let more: number | undefined;
    for (const head of heads) {
      const shape = new Shape(program, head, heads);
      sections.push({ at: head, body: shape.body() });
      more = shape.misfit;
      if (more !== undefined) break;
    }
    if (more === undefined) return sections;
    heads.add(more);
  }
}

/** Where jumps from an instruction lead in the end. */
export function landing(program: readonly Instruction[], at: number): number {
  let here = at;
  for (let steps = 0; steps <= program.length; steps++) {
    const instruction = program[here];
    if (instruction?.op !== 'jump') return here;
    here = instruction.to;
  }
  return here;
}

/** The blocks of one section. */
class Shape {
  /** A place that can be reached in ways that blocks cannot say. */
  misfit: number | undefined;
  /** Place in reverse postorder. */
  readonly #order = new Map<number, number>();
  readonly #back = new Map<number, Set<number>>();
  readonly #before = new Map<number, number[]>();
  readonly #reach = new Map<number, ReadonlySet<number>>();
  readonly #written = new Set<number>();
  readonly #open: number[] = [];

  constructor(
    readonly program: readonly Instruction[],
    readonly head: number,
    readonly heads: ReadonlySet<number>,
  ) {
    this.#explore();
  }

  body(): Statement[] {
    return this.#walk(this.head, undefined);
  }

  /** Distinct places after an instruction, jumps left out. */
  #ways(at: number): readonly number[] {
    const instruction = this.program[at];
    return instruction === undefined ? [] : waysOf(instruction, at).map((to) => landing(this.program, to));
  }

  #isOther(at: number): boolean {
    return at !== this.head && this.heads.has(at);
  }

  /** Finds what leads back, and an order in which everything comes after what leads to it. */
  #explore(): void {
    const onPath = new Set<number>();
    const postorder: number[] = [];
    const stack: { readonly at: number; readonly ways: readonly number[]; next: number }[] = [];
    const enter = (at: number): void => {
      onPath.add(at);
      this.#order.set(at, -1);
      stack.push({ at, ways: [...new Set(this.#ways(at))].reverse(), next: 0 });
    };
    enter(this.head);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = top.ways[top.next++];
      if (to === undefined) {
        stack.pop();
        onPath.delete(top.at);
        postorder.push(top.at);
        continue;
      }
      if (this.#isOther(to)) continue;
      if (onPath.has(to)) push(this.#back, to, top.at);
      else {
        const before = this.#before.get(to);
        if (before === undefined) this.#before.set(to, [top.at]);
        else before.push(top.at);
        if (!this.#order.has(to)) enter(to);
      }
    }
    postorder.reverse().forEach((at, place) => this.#order.set(at, place));
  }

  /** Places that can be reached without going back. */
  #reached(from: number): ReadonlySet<number> {
    const known = this.#reach.get(from);
    if (known !== undefined) return known;
    const found = new Set<number>();
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (found.has(at)) continue;
      found.add(at);
      for (const to of this.#ways(at)) {
        if (!this.#isOther(to) && this.#back.get(to)?.has(at) !== true) open.push(to);
      }
    }
    this.#reach.set(from, found);
    return found;
  }

  /** What lies in a loop: everything from which one comes back to its header. */
  #loop(header: number): ReadonlySet<number> {
    const found = new Set([header]);
    const open = [...(this.#back.get(header) ?? [])];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (found.has(at)) continue;
      found.add(at);
      open.push(...(this.#before.get(at) ?? []), ...(this.#back.get(at) ?? []));
    }
    return found;
  }

  #first(places: Iterable<number>): number | undefined {
    let best: number | undefined;
    for (const at of places) {
      if (best === undefined || this.#placeOf(at) < this.#placeOf(best)) best = at;
    }
    return best;
  }

  #placeOf(at: number): number {
    return this.#order.get(at) ?? Number.POSITIVE_INFINITY;
  }

  #walk(start: number, follow: number | undefined): Statement[] {
    const out: Statement[] = [];
    let at = start;
    for (;;) {
      if (this.misfit !== undefined || at === follow) return out;
      if (this.#isOther(at)) return [...out, { kind: 'section', at }];
      if (this.#open.at(-1) === at) return [...out, { kind: 'again' }];
      if (this.#written.has(at)) {
        // From within a loop in it, a section begins anew as others do.
        if (at === this.head) return [...out, { kind: 'section', at }];
        this.misfit = at;
        return out;
      }
      if (this.#back.has(at)) {
        const loop = this.#loop(at);
        const exits = [...loop].flatMap((each) => this.#ways(each).filter((to) => !loop.has(to) && !this.#isOther(to)));
        const exit = this.#first(exits);
        this.#open.push(at);
        out.push({ kind: 'loop', header: at, body: this.#blocks(at, exit) });
        this.#open.pop();
        if (exit === undefined) return out;
        at = exit;
        continue;
      }
      return [...out, ...this.#blocks(at, follow)];
    }
  }

  /** Blocks from an instruction on, which is written even where a loop begins with it. */
  #blocks(start: number, follow: number | undefined): Statement[] {
    const out: Statement[] = [];
    this.#written.add(start);
    const ways = this.#ways(start);
    const statement = this.#plain(start);
    if (ways.length === 0) return [...out, { kind: 'end' }];
    const [only] = ways;
    if (ways.length === 1 && only !== undefined) {
      if (statement !== undefined) out.push(statement);
      return [...out, ...this.#walk(only, follow)];
    }
    const { meet, flat } = this.#meeting(ways, follow, start);
    const arms = ways.map((to, arm) => (arm === flat ? [] : this.#arm(start, to, meet)));
    out.push({ kind: 'choice', at: start, arms });
    return meet === undefined ? out : [...out, ...this.#walk(meet, follow)];
  }

  #arm(from: number, to: number, meet: number | undefined): Statement[] {
    // A way straight back to the header of the loop is `again`, wherever the ways meet.
    if (this.#back.get(to)?.has(from) === true && this.#open.at(-1) === to) return [{ kind: 'again' }];
    return this.#walk(to, meet);
  }

  /** Where the ways of a choice meet again; else the way after it that goes on longest. */
  #meeting(
    ways: readonly number[],
    follow: number | undefined,
    from: number,
  ): { readonly meet: number | undefined; readonly flat: number } {
    const isBack = (to: number): boolean => this.#back.get(to)?.has(from) === true;
    const reaches = ways.map((to) => (isBack(to) || this.#isOther(to) ? new Set<number>() : this.#reached(to)));
    const counts = new Map<number, number>();
    for (const reach of reaches) for (const at of reach) counts.set(at, (counts.get(at) ?? 0) + 1);
    const common = this.#first([...counts].flatMap(([at, count]) => (count > 1 ? [at] : [])));
    if (common !== undefined) return { meet: common, flat: -1 };
    const on = follow === undefined ? -1 : reaches.findIndex((reach) => reach.has(follow));
    const last = reaches.findLastIndex((reach) => reach.size > 0);
    const flat = on >= 0 ? on : last;
    return { meet: ways[flat], flat };
  }

  #plain(at: number): Statement | undefined {
    const instruction = this.program[at];
    if (instruction?.op === 'fork') {
      const branches = instruction.branches.map((branch) => structureFlow(this.program, [branch]));
      return { kind: 'fork', at, branches };
    }
    if (instruction?.op === 'gather') return { kind: 'gather', at, inside: structureFlow(this.program, [at + 1]) };
    return { kind: 'do', at };
  }
}

function push(map: Map<number, Set<number>>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, new Set([value]));
  else list.add(value);
}
