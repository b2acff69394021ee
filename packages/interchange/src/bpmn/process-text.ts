import { BpmnError } from './bpmn-error.js';
import { BranchText } from './branch-text.js';
import { tellLonelyJoins } from './joins.js';
import { type Loop, loopOf, tellLoop } from './loops.js';
import { NodeText } from './node-text.js';
import { EMPTY_GRAPH, type ReadGraph, type ReadNode } from './read-graph.js';
import { EXIT, FlowGraph } from './recover.js';
import {
  type Context,
  documented,
  read,
  type Region,
  type TextSetting,
  type TextWalk,
  type Written,
} from './text-walk.js';

/** Blocks that stand deeper in each other are nothing that a person can read. */
const DEEPEST = 100;
const TOP: Context = { stops: [], region: [], depth: 0 };

/**
 * The activities of a process as text: blocks where ways part and meet again in one place, `repeat` where one way leads back
 * to where a stretch began, and `go to` elsewhere.
 */
export class ProcessText implements TextWalk {
  readonly graph: FlowGraph;
  readonly isOwn: boolean;
  private readonly places = new Map<string, { readonly region: Region; readonly name: string | undefined }>();
  /** Names of nodes that ways jump to. */
  private readonly targets = new Map<string, string>();
  private readonly nodeText = new NodeText(this);
  private readonly branchText = new BranchText(this);
  private when: string | undefined;

  constructor(
    graph: ReadGraph,
    readonly setting: TextSetting,
  ) {
    this.isOwn = graph.nodes.some(({ meaning }) => meaning !== undefined) || setting.file.declarations.length > 0;
    this.graph = new FlowGraph(graph, setting.endsMeet ? 'meet' : this.isOwn ? 'written' : 'each');
  }

  /**
   * @param starts nodes at which somebody begins; the first is where the text begins
   * @returns the places at which the other starts enter, in their order: undefined where nobody can enter there
   */
  body(starts: readonly ReadNode[]): {
    readonly lines: readonly string[];
    readonly entries: readonly (string | undefined)[];
  } {
    const [first, ...others] = starts;
    if (!this.isOwn) tellLonelyJoins(starts, this.graph, this.setting.notSaid);
    const lines = first === undefined ? [] : this.sequence(this.begins(first), TOP);
    // What only later entries lead to stands after the rest; nobody comes there by going on.
    const later = others.flatMap((start) => {
      const at = this.begins(start);
      return at === undefined || this.isPlaced(this.real(at)) ? [] : this.sequence(at, TOP);
    });
    const entries = others.map((start) => this.entry(start));
    const closed =
      later.length === 0 || endsForSure(lines) ? lines : [...lines, `finish ${this.setting.names.for('Done')}`];
    const named = this.named([...closed, ...later, ...this.ends()]);
    return { lines: named, entries: entries.map((entry) => entry && this.nameOfTarget(entry)) };
  }

  /** The first node of those who begin at a start; without a start event, a process begins with its first node. */
  private begins(start: ReadNode): string | undefined {
    if (start.tag !== 'startEvent') return start.id;
    this.setting.uses.node(start);
    return this.graph.out(start.id)[0]?.to;
  }

  /** Where a later start enters: a place in the text that is neither in a loop nor in one of several ways that are gone at once. */
  private entry(start: ReadNode): string | undefined {
    const at = this.begins(start);
    const real = at === undefined ? undefined : this.real(at);
    const place = real === undefined ? undefined : this.places.get(real);
    if (real !== undefined && place?.region.length === 0) return this.target(real);
    const why =
      at === undefined ? 'it leads nowhere' : 'it leads into a loop, or into one of several ways that are gone at once';
    this.setting.notSaid.add(`Line ${start.line}: the start ${start.name}: ${why}; nobody enters there.`);
    return undefined;
  }

  sequence(from: string | undefined, context: Context): readonly string[] {
    const lines: string[] = [];
    const stop = context.stops.at(-1)?.id;
    for (let at = from; at !== undefined && at !== stop;) {
      const node = this.graph.nodes.get(at);
      if (node === undefined) break;
      if (this.places.has(at) || context.stops.some(({ id }) => id === at)) {
        const outcome = this.outcomeAt(at);
        lines.push(...(outcome === undefined ? this.jump(at, context) : this.end(outcome, context)));
        break;
      }
      this.setting.uses.node(node);
      // What stands after the block is not the end: from inside, the end has to be gone to.
      if (stop !== undefined && this.isTextEnd(node)) {
        lines.push(...this.toEnd(at, context));
        break;
      }
      this.places.set(at, { region: context.region, name: undefined });
      const [more, next] = this.element(node, context);
      // A place for a name before what cannot have one; kept only where a way jumps to it.
      lines.push(mark(at), ...more);
      at = next;
    }
    return lines;
  }

  /** The end that a way comes to with nothing before it, in another tool's file: it may stand in several places. */
  private outcomeAt(id: string): ReadNode | undefined {
    let node = this.graph.nodes.get(id);
    // A merge is nothing before it; a join waits for others.
    for (let hops = 0; hops < 100 && node?.tag === 'exclusiveGateway'; hops++) {
      const [only, ...others] = this.graph.out(node.id);
      node = only === undefined || others.length > 0 ? undefined : this.graph.nodes.get(only.to);
    }
    if (node?.tag !== 'endEvent' || this.isOwn || this.setting.endsMeet) return undefined;
    this.setting.uses.node(node);
    return node;
  }

  /** A way to the end of the text; in a branch of ways that are gone at once, to the end of that. */
  private toEnd(end: string, context: Context): readonly string[] {
    const branch = context.region.findLastIndex((block) => block.startsWith('='));
    if (branch < 0) return [`go to \u0000${this.target(end)}\u0000`];
    const stop = context.stops.at(-1);
    const join = context.stops.findLast(({ region }) => region.length === branch);
    return join === undefined || join === stop ? [] : this.jump(join.id, context);
  }

  /** Whether a node is the end of the text, and not an outcome. */
  private isTextEnd(node: ReadNode): boolean {
    if (node.id === EXIT) return true;
    const isPlain = node.tag === 'endEvent' && node.meaning === undefined && node.events.length === 0;
    return this.isOwn && isPlain && node.name === 'End';
  }

  /** Places for ends that ways go to from inside of blocks, at the end of the text. */
  private ends(): readonly string[] {
    return [...this.targets.keys()]
      .filter((id) => !this.places.has(id) && this.graph.nodes.get(id)?.tag === 'endEvent')
      .map((id) => {
        this.place(id, []);
        return mark(id);
      });
  }

  within(context: Context, stop?: string, opens?: string): Context {
    const depth = context.depth + 1;
    if (depth > DEEPEST)
      throw new BpmnError(
        `Ways part more than ${DEEPEST} times in each other.`,
        'Export parts of the process one by one, or make sub-processes of them.',
      );
    const stops = stop === undefined ? context.stops : [...context.stops, { id: stop, region: context.region }];
    const region = opens === undefined ? context.region : [...context.region, opens];
    return { ...context, stops, region, depth };
  }

  withinBranch(context: Context, stop: string | undefined, branch: string, othersGoOn: boolean): Context {
    const { beside: around, ...inside } = this.within(context, stop, branch);
    return othersGoOn || around !== undefined ? { ...inside, beside: { branch, depth: inside.depth } } : inside;
  }

  endOfBranch({ stops, region, beside }: Context): readonly string[] {
    const stop = stops.at(-1);
    const branch = region.at(-1);
    const early = beside === undefined ? [] : [mark(endOf('', beside.branch))];
    return stop === undefined || branch === undefined ? early : [...early, mark(endOf(stop.id, branch))];
  }

  /** The end of a way; where others that are gone beside it go on, it ends its own branch and no more. */
  private end(node: ReadNode, context: Context): readonly string[] {
    const { beside, depth } = context;
    const endsAll = node.events.some(({ kind }) => kind === 'terminate');
    if (beside === undefined || endsAll || node.id === EXIT) return this.nodeText.end(node, isBeside(context));
    this.nodeText.tellEndBeside(node);
    // In the branch itself nothing stands after it.
    if (depth === beside.depth) return [];
    const end = endOf('', beside.branch);
    if (!this.targets.has(end)) this.targets.set(end, '');
    return [`go to \u0000${end}\u0000`];
  }

  isPlaced(id: string): boolean {
    return this.places.has(id);
  }

  place(id: string, region: Region): void {
    this.places.set(id, { region, name: undefined });
  }

  noteName(id: string, name: string | undefined): void {
    this.places.set(id, { region: this.places.get(id)?.region ?? [], name });
  }

  titleOf(id: string): string {
    const node = this.graph.nodes.get(id);
    if (node?.name !== undefined && node.name !== '') return node.name;
    return id === EXIT ? 'the end' : id.replace(/\u0001.*$/, '');
  }

  limits({ stops }: Context): ReadonlySet<string> {
    return new Set([...stops.map(({ id }) => id), ...this.places.keys()]);
  }

  meeting(ways: readonly string[], context: Context): string | undefined {
    return this.graph.meeting(ways, this.limits(context), (id) => this.places.has(id));
  }

  private jump(to: string, { region, stops }: Context): readonly string[] {
    if (to === EXIT && stops.length === 0) return [];
    const there = this.places.get(to)?.region ?? stops.find(({ id }) => id === to)?.region ?? [];
    const isAround = there.every((block, index) => region[index] === block);
    if (isAround && !region.slice(there.length).some((block) => block.startsWith('='))) {
      return [`go to \u0000${this.target(to)}\u0000`];
    }
    const branch = region.findLast((block) => block.startsWith('='));
    const isEnd = stops.some(
      ({ id, region: outside }) => id === to && outside.length === region.lastIndexOf(branch ?? ''),
    );
    if (branch !== undefined && isEnd) {
      // Where its branch ends, a way does not go to the join: it goes to the end of the branch.
      const end = endOf(to, branch);
      if (!this.targets.has(end)) this.targets.set(end, '');
      return [`go to \u0000${end}\u0000`];
    }
    const why = isAround ? 'it leaves one of several ways that are gone at once' : 'it leads into a loop or a branch';
    const line = this.graph.nodes.get(to)?.line ?? 0;
    const place = line === 0 ? 'The' : `Line ${line}: the`;
    this.setting.notSaid.add(`${place} way to ${this.titleOf(to)}: ${why}; it goes on with what stands after it.`);
    return [];
  }

  /** The first node from a place on that stands in the text. */
  private real(id: string): string {
    let at = id;
    for (let hops = 0; hops < 100; hops++) {
      const node = this.graph.nodes.get(at);
      const [only, ...others] = this.graph.out(at);
      if (node === undefined || only === undefined || others.length > 0 || !node.tag.endsWith('Gateway')) return at;
      if (loopOf(node, this) !== undefined) return at;
      at = only.to;
    }
    return at;
  }

  private target(id: string): string {
    const at = this.real(id);
    // Behind a gateway there may be a place that nobody can jump to; the gateway itself can be.
    const isThere = this.places.get(at)?.region.join('\n') === this.places.get(id)?.region.join('\n');
    const target = isThere ? at : id;
    if (!this.targets.has(target)) this.targets.set(target, '');
    return target;
  }

  private nameOfTarget(id: string): string {
    const own = this.places.get(id)?.name;
    if (own !== undefined) return own;
    const known = this.targets.get(id);
    if (known !== undefined && known !== '') return known;
    const title = this.titleOf(id);
    const name = this.setting.names.fresh(title === '' ? 'End of way' : `Before ${title}`);
    this.targets.set(id, name);
    return name;
  }

  /** Puts names in where ways jump to, and takes the other places for names away. */
  private named(lines: readonly string[]): readonly string[] {
    return lines.flatMap((line) => {
      const mark = /^\u0000mark (.*)$/.exec(line)?.[1];
      if (mark === undefined) return [line.replace(/\u0000(.*?)\u0000/g, (_, id: string) => this.nameOfTarget(id))];
      if (!this.targets.has(mark) || this.places.get(mark)?.name !== undefined) return [];
      return [`wait ${this.nameOfTarget(mark)} for 0 min`];
    });
  }

  private element(node: ReadNode, context: Context): Written {
    const loop = loopOf(node, this);
    if (loop !== undefined) return this.loop(node, loop, context);
    if (node.tag.endsWith('Gateway')) return this.gateway(node, context);
    if (node.tag === 'endEvent') return [this.end(node, context), undefined];
    return this.withBoundary(node, context);
  }

  /** An activity or event with what leaves it early. */
  private withBoundary(node: ReadNode, context: Context): Written {
    const boundary = this.graph.boundary(node.id);
    const aside = boundary.filter(({ meaning }) => meaning?.is === 'waits' || meaning?.is === 'else');
    const others = boundary.filter((event) => !aside.includes(event));
    return this.branchText.leaving(others, this.asides(node, this.statement(node, context), aside, context), context);
  }

  private statement(node: ReadNode, context: Context): Written {
    if (node.meaning?.is === 'hold' || node.meaning?.is === 'gather') return this.block(node, node.meaning.is, context);
    const next = this.graph.out(node.id)[0]?.to;
    if (node.meaning?.is === 'race') return [this.race(node), next];
    const lines = this.nodeText.activity(node, this.takeWhen());
    // In a branch of our own, `finish` ends the branch wherever it stands.
    return [lines, node.meaning?.is === 'finish' ? undefined : next];
  }

  /** Ways of those who do not wait, or find nothing free: as our own files have them. */
  private asides(node: ReadNode, [lines, next]: Written, events: readonly ReadNode[], context: Context): Written {
    if (events.length === 0) return [lines, next];
    const result = [...lines];
    const close = result.lastIndexOf('}');
    for (const event of events) {
      this.setting.uses.node(event);
      const body = this.sequence(this.graph.out(event.id)[0]?.to, this.within(context, next));
      if (event.meaning?.is === 'else') result.push('else {', ...body, '}');
      else
        result.splice(
          node.meaning?.is === 'hold' ? 1 : close,
          0,
          `waits ${event.meaning?.head ?? ''} else {`,
          ...body,
          '}',
        );
    }
    return [result, next];
  }

  /** A hold or group of our own files, up to where what it keeps is given back, or the group parts. */
  private block(node: ReadNode, keyword: string, context: Context): Written {
    const end = [...this.graph.nodes.values()].find(
      ({ meaning }) => meaning?.is === `${keyword} end` && meaning.of === node.id,
    );
    const { head, lines } = read(node.meaning);
    this.noteName(node.id, / as (\S+)/.exec(head)?.[1]);
    const header = `${documented(node, this.setting.uses)}${keyword} ${head}${this.takeWhen()} {`;
    const body = this.sequence(this.graph.out(node.id)[0]?.to, this.within(context, end?.id));
    if (end !== undefined) {
      this.setting.uses.node(end);
      this.place(end.id, context.region);
    }
    const next = end === undefined ? undefined : this.graph.out(end.id)[0]?.to;
    return [[header, ...lines, ...body, ...(end === undefined ? [] : [mark(end.id)]), '}'], next];
  }

  private takeWhen(): string {
    const { when } = this;
    this.when = undefined;
    return when === undefined ? '' : ` when ${when}`;
  }

  /** A race of our own files is a sub-process; its branches leave its fork. */
  private race(node: ReadNode): readonly string[] {
    const inside = node.inside ?? EMPTY_GRAPH;
    const fork = inside.nodes.find(({ meaning }) => meaning?.is === 'race fork');
    for (const each of inside.nodes) if (each.tag === 'startEvent' || each === fork) this.setting.uses.node(each);
    const branches = inside.ways
      .filter(({ from }) => from === fork?.id)
      .flatMap((way) => {
        const text = new ProcessText(inside, { ...this.setting, endsMeet: false });
        const head = way.heads[0]?.head ?? this.setting.names.fresh('Branch');
        return [`branch ${head} {`, ...text.named(text.sequence(way.to, TOP)), '}'];
      });
    this.setting.uses.tellRest(inside, true);
    return [`${documented(node, this.setting.uses)}race ${read(node.meaning).head} {`, ...branches, '}'];
  }

  private loop(node: ReadNode, loop: Loop, context: Context): Written {
    const { asks, exit, head } = loop;
    tellLoop(loop, node, this);
    const opened = this.within(context, undefined, node.id);
    const inside = asks === '' ? opened : { ...opened, stops: [...opened.stops, { id: asks, region: opened.region }] };
    const isGateway = node.tag.endsWith('Gateway');
    // A gateway may bring ways together and part them again.
    const isMerge = isGateway && this.graph.out(node.id).length < 2;
    const [own, next] = isGateway ? this.gateway(node, inside) : this.withBoundary(node, inside);
    const lines = [...own, ...this.sequence(next, inside), mark(asks)];
    // Nobody can jump to what is inside; the loop as a whole can be gone to.
    if (!isMerge) this.noteName(node.id, undefined);
    const asking = this.graph.nodes.get(asks);
    if (asking !== undefined) {
      this.setting.uses.node(asking);
      this.place(asks, inside.region);
    }
    return [
      [`${isMerge ? documented(node, this.setting.uses) : ''}repeat ${head} {`, ...lines, '}'],
      asking === undefined ? undefined : exit,
    ];
  }

  private gateway(node: ReadNode, context: Context): Written {
    const ways = this.graph.out(node.id);
    const [only, ...others] = ways;
    if (only === undefined) return [[], undefined];
    if (others.length === 0) return [[], only.to];
    if (node.meaning?.is === 'when') return this.asked(node, context);
    return this.branchText.gateway(node, ways, context);
  }

  private asked(node: ReadNode, context: Context): Written {
    const ways = this.graph.out(node.id);
    const yes = ways.find(({ condition }) => condition !== undefined) ?? ways[0];
    const no = ways.find((way) => way !== yes);
    this.when = node.meaning?.head;
    return [this.sequence(yes?.to, this.within(context, no?.to)), no?.to];
  }
}

/** Whether something stands in one of several ways that are gone at once. */
function isBeside({ region }: Context): boolean {
  return region.some((block) => block.startsWith('='));
}

/** A place for a name in the text, where ways may jump to. */
function mark(id: string): string {
  return `\u0000mark ${id}`;
}

/** The end of a branch that leads to a join. */
function endOf(join: string, branch: string): string {
  return `${join}\u0001${branch}`;
}

function endsForSure(lines: readonly string[]): boolean {
  return /^(?:\/\*\*.*\*\/\n)?(?:finish|go to) /.test(
    lines.filter((line) => !line.startsWith('\u0000mark')).at(-1) ?? '',
  );
}
