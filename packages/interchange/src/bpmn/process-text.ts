import { commented, identifier, type Names, quoted } from '../write/names.js';
import { secondsOf } from './duration-text.js';
import type { ReadBpmn, ReadGraph, ReadMeaning, ReadNode, ReadWay } from './read-bpmn.js';
import { EXIT, FlowGraph } from './recover.js';

/** What the text of one process is written with. */
export interface TextSetting {
  readonly file: ReadBpmn;
  readonly names: Names;
  /** What could not be represented, in plain words. */
  readonly notSaid: Set<string>;
  /** Name of the organisation of a node's lane. */
  readonly placeOf: (node: string) => string | undefined;
  /** Name of the organisations that a node's messages go to. */
  readonly receivers: (node: string) => readonly string[];
  /** Name of the pathway of a process or sub-process, by its id. */
  readonly pathwayOf: (id: string) => string | undefined;
  /** Whether ends lead on, as in a sub-process. */
  readonly endsMeet: boolean;
}

interface Context {
  /** Ends of the blocks around, innermost last. */
  readonly stops: readonly string[];
  /** The branch of parallel ways around; ways that jump stay in it. */
  readonly branch: string;
}

const IMPLICIT_SPLITS = new Set(['parallelGateway']);
const ALL_OR_SOME = new Set(['inclusiveGateway', 'complexGateway']);

/**
 * The activities of a process as text: blocks where ways part and meet again in one place, `repeat` where one way leads back
 * to where a stretch began, and `go to` elsewhere.
 */
export class ProcessText {
  private readonly graph: FlowGraph;
  private readonly place = new Map<string, { readonly branch: string; readonly name: string | undefined }>();
  /** Names of nodes that ways jump to. */
  private readonly targets = new Map<string, string>();
  private when: string | undefined;

  constructor(
    graph: ReadGraph,
    private readonly setting: TextSetting,
  ) {
    this.graph = new FlowGraph(graph, setting.endsMeet);
  }

  /** @param starts nodes at which somebody begins; the first is where the text begins, the others become its entries */
  body(starts: readonly string[]): { readonly lines: readonly string[]; readonly entries: readonly string[] } {
    const [first, ...others] = starts;
    // Without a start event, a process begins with its first node.
    const begins = (start = ''): string | undefined =>
      this.graph.nodes.get(start)?.tag === 'startEvent' ? this.graph.out(start)[0]?.to : start;
    const entries = others.map((start) => this.target(begins(start)));
    const lines = first === undefined ? [] : this.sequence(begins(first), { stops: [], branch: '' });
    // What only later entries lead to stands after the rest; nobody comes there by going on.
    const later = others.flatMap((start) => {
      const at = begins(start);
      if (at === undefined || this.place.has(this.real(at))) return [];
      return this.sequence(at, { stops: [], branch: '' });
    });
    const closed =
      later.length === 0 || endsForSure(lines) ? lines : [...lines, `finish ${this.setting.names.for('Done')}`];
    return { lines: this.named([...closed, ...later]), entries: entries.map((entry) => this.nameOfTarget(entry)) };
  }

  private sequence(from: string | undefined, context: Context): string[] {
    const lines: string[] = [];
    const stop = context.stops.at(-1);
    for (let at = from; at !== undefined && at !== stop;) {
      const node = this.graph.nodes.get(at);
      if (node === undefined) break;
      if (this.place.has(at) || context.stops.includes(at)) {
        lines.push(...this.jump(at, context));
        break;
      }
      this.place.set(at, { branch: context.branch, name: undefined });
      const [more, next] = this.element(node, context);
      lines.push(...this.marked(at, more), ...more);
      at = next;
    }
    return lines;
  }

  /** A place for a name before what cannot have one; kept only where a way jumps to it. */
  private marked(id: string, lines: readonly string[]): readonly string[] {
    return lines.length === 0 ? [] : [`\u0000mark ${id}`];
  }

  private jump(to: string, { branch, stops }: Context): readonly string[] {
    if (to === EXIT && stops.length === 0) return [];
    const known = this.place.get(to)?.branch ?? '';
    if (known !== branch) {
      this.setting.notSaid.add(`The way to ${this.titleOf(to)}: it leaves one of several ways that are gone at once.`);
      return [];
    }
    return [`go to \u0000${this.target(to)}\u0000`];
  }

  /** The first node from a place on that stands in the text. */
  private real(id: string): string {
    let at = id;
    for (let hops = 0; hops < 100; hops++) {
      const node = this.graph.nodes.get(at);
      const [only, ...others] = this.graph.out(at);
      if (node === undefined || only === undefined || others.length > 0 || !node.tag.endsWith('Gateway')) return at;
      if (this.loopOf(node) !== undefined) return at;
      at = only.to;
    }
    return at;
  }

  private target(id: string | undefined): string {
    const at = this.real(id ?? '');
    if (!this.targets.has(at)) this.targets.set(at, '');
    return at;
  }

  private nameOfTarget(id: string): string {
    const own = this.place.get(id)?.name;
    if (own !== undefined) return own;
    const known = this.targets.get(id);
    if (known !== undefined && known !== '') return known;
    const name = this.setting.names.fresh(`Before ${this.titleOf(id)}`);
    this.targets.set(id, name);
    return name;
  }

  private titleOf(id: string): string {
    const node = this.graph.nodes.get(id);
    return node?.name === undefined || node.name === '' ? (id === EXIT ? 'the end' : id) : node.name;
  }

  /** Puts names in where ways jump to, and takes the other places for names away. */
  private named(lines: readonly string[]): readonly string[] {
    return lines.flatMap((line) => {
      const mark = /^\u0000mark (.*)$/.exec(line)?.[1];
      if (mark === undefined) return [line.replace(/\u0000(.*?)\u0000/g, (_, id: string) => this.nameOfTarget(id))];
      if (!this.targets.has(mark) || this.place.get(mark)?.name !== undefined) return [];
      return [`wait ${this.nameOfTarget(mark)} for 0 min`];
    });
  }

  private element(node: ReadNode, context: Context): readonly [readonly string[], string | undefined] {
    const next = this.graph.out(node.id)[0]?.to;
    const loop = this.loopOf(node);
    if (loop !== undefined) return this.loop(node, loop, context);
    if (node.tag.endsWith('Gateway')) return this.gateway(node, context);
    if (node.tag === 'endEvent') return [this.end(node), undefined];
    const boundary = this.graph.boundary(node.id);
    const [lines, after] = node.meaning?.is === 'hold' ? this.hold(node, context) : [this.activity(node), next];
    const aside = boundary.filter(({ meaning }) => meaning?.is === 'waits' || meaning?.is === 'else');
    const others = boundary.filter((event) => !aside.includes(event));
    const [withAsides, beyond] = this.asides(node, lines, aside, after, context);
    return this.leaving(others, withAsides, beyond, context);
  }

  /** Ways of those who do not wait, or find nothing free: as our own files have them. */
  private asides(
    node: ReadNode,
    lines: readonly string[],
    events: readonly ReadNode[],
    next: string | undefined,
    context: Context,
  ): readonly [readonly string[], string | undefined] {
    if (events.length === 0) return [lines, next];
    const result = [...lines];
    const close = result.lastIndexOf('}');
    for (const event of events) {
      const inside = { ...context, stops: next === undefined ? context.stops : [...context.stops, next] };
      const body = this.sequence(this.graph.out(event.id)[0]?.to, inside);
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

  /** Boundary events of other tools: a share of the patients goes their way after the activity. */
  private leaving(
    events: readonly ReadNode[],
    lines: readonly string[],
    next: string | undefined,
    context: Context,
  ): readonly [readonly string[], string | undefined] {
    if (events.length === 0) return [lines, next];
    const { notSaid } = this.setting;
    for (const event of events)
      notSaid.add(
        `Line ${event.line}: ${event.name || 'an event'} (${eventWords(event)}) ${event.interrupts ? 'ends' : 'comes during'} ${this.titleOf(event.attachedTo ?? '')}; its way is a branch after it, with a share to be set.`,
      );
    const ways = events.flatMap((event) =>
      this.graph.out(event.id).map((way) => ({ way, title: event.name || eventWords(event) })),
    );
    const share = `${Math.floor(100 / (ways.length + 1) / 5) * 5 || 5}%`;
    const all = [...ways.map(({ way }) => way.to), ...(next === undefined ? [] : [next])];
    const limits = this.limits(context);
    const stop = context.stops.at(-1);
    // Who does not come to the end of the block otherwise must not go on with what stands after the branch.
    const goesOn = stop === undefined || next === undefined || this.graph.reach(next, limits).has(stop);
    const meeting = this.meeting(all, limits) ?? (goesOn ? next : stop);
    const inside = { ...context, stops: meeting === undefined ? context.stops : [...context.stops, meeting] };
    const branches = ways.flatMap(({ way, title }) => [
      `${share} ${quoted(title)} {`,
      ...this.sequence(way.to, inside),
      '}',
    ]);
    const rest = meeting === next ? [] : this.sequence(next, inside);
    return [[...lines, 'choose {', ...branches, 'otherwise {', ...rest, '}', '}'], meeting];
  }

  /** Where ways meet again; a place that is in the text already, as behind a way back, is none. */
  private meeting(ways: readonly string[], limits: ReadonlySet<string>): string | undefined {
    return this.graph.meeting(ways, limits, (id) => this.place.has(id));
  }

  private limits(context: Context): ReadonlySet<string> {
    return new Set([...context.stops, ...this.place.keys()]);
  }

  /** A hold of our own files, up to where what it keeps is given back. */
  private hold(node: ReadNode, context: Context): readonly [readonly string[], string | undefined] {
    const end = [...this.graph.nodes.values()].find(
      ({ meaning }) => meaning?.is === 'hold end' && meaning.of === meaningId(node),
    );
    const { head, lines } = read(node.meaning);
    this.noteName(node.id, / as (\S+)/.exec(head)?.[1]);
    const header = `${documented(node)}hold ${head}${this.takeWhen()} {`;
    const stops = end === undefined ? context.stops : [...context.stops, end.id];
    const body = this.sequence(this.graph.out(node.id)[0]?.to, { ...context, stops });
    if (end !== undefined) this.place.set(end.id, { branch: context.branch, name: undefined });
    const next = end === undefined ? undefined : this.graph.out(end.id)[0]?.to;
    return [[header, ...lines, ...body, '}'], next];
  }

  private takeWhen(): string {
    const { when } = this;
    this.when = undefined;
    return when === undefined ? '' : ` when ${when}`;
  }

  private noteName(id: string, name: string | undefined): void {
    this.place.set(id, { branch: this.place.get(id)?.branch ?? '', name });
  }

  /** A task, event or call on its own. */
  private activity(node: ReadNode): readonly string[] {
    const { meaning, tag } = node;
    const { notSaid, names, file } = this.setting;
    const { head, lines } = read(meaning);
    if (meaning !== undefined && OWN_STATEMENTS.has(meaning.is)) {
      if (meaning.is === 'step') this.noteName(node.id, head.split(' ')[0]);
      if (meaning.is === 'step') return [`${documented(node)}step ${head}${this.takeWhen()} {`, ...lines, '}'];
      if (meaning.is === 'race') return this.race(node, head);
      if (meaning.is === 'wait') this.noteName(node.id, /^(?!(?:for|until) )([\p{L}_]\S*) /u.exec(head)?.[1]);
      return [`${meaning.is} ${head}`];
    }
    if (meaning?.is === 'gather end') return [];
    if (node.special !== undefined) notSaid.add(`Line ${node.line}: ${this.titleOf(node.id)}: ${node.special}.`);
    const called = tag === 'callActivity' ? node.calls : node.inside === undefined ? undefined : node.id;
    const pathway = called === undefined ? undefined : this.setting.pathwayOf(called);
    if (pathway !== undefined) return this.looped(node, [`call ${pathway}`]);
    if (tag === 'callActivity')
      notSaid.add(
        `Line ${node.line}: ${this.titleOf(node.id)} calls ${node.calls ?? 'something'} that is not in the file; it is a step.`,
      );
    const timer = node.events.find(({ kind }) => kind === 'timer');
    if (tag === 'intermediateCatchEvent' && timer !== undefined) {
      const name = names.fresh(node.name || 'Wait');
      this.noteName(node.id, name);
      const seconds = secondsOf(timer.text);
      if (seconds === undefined)
        notSaid.add(
          `Line ${node.line}: ${node.name || 'a timer'} waits for ${shown(timer.text)}, which is no duration; it waits for no time.`,
        );
      return [`wait ${name}${node.name === '' ? '' : ` ${quoted(node.name)}`} for ${seconds ?? 0} s`];
    }
    if (tag.startsWith('intermediate') && node.events.length > 0)
      notSaid.add(`Line ${node.line}: ${node.name || 'an event'} (${eventWords(node)}) is a step that takes no time.`);
    // An event without a meaning of its own only marks a place.
    if (tag.startsWith('intermediate') && node.events.length === 0 && node.name === '') return [];
    const title = node.name || tag;
    const name = names.fresh(title);
    this.noteName(node.id, name);
    const place = this.setting.placeOf(node.id);
    const receivers = this.setting.receivers(node.id);
    const takes = file.times.get(node.id);
    return this.looped(node, [
      `${documented(node)}step ${name} ${quoted(title)} {`,
      ...(place === undefined ? [] : [`at ${place}`]),
      ...(takes === undefined ? [] : [`takes ${takes}`]),
      ...(receivers.length === 0 ? [] : [`handover to ${receivers.join(', ')}`]),
      '}',
    ]);
  }

  private looped(node: ReadNode, lines: readonly string[]): readonly string[] {
    if (node.loop === undefined) return lines;
    const { times, kind } = node.loop;
    if (times !== undefined) return [`repeat ${times} times {`, ...lines, '}'];
    if (kind === 'several') {
      this.setting.notSaid.add(
        `Line ${node.line}: ${this.titleOf(node.id)} is done several times, how often is not a number; it is done once.`,
      );
      return lines;
    }
    this.setting.notSaid.add(
      `Line ${node.line}: ${this.titleOf(node.id)} is done again and again; how likely another round is must be set, 50% stand in.`,
    );
    return ['repeat again with 50% {', ...lines, '}'];
  }

  /** A race of our own files is a sub-process; its branches leave its fork. */
  private race(node: ReadNode, head: string): readonly string[] {
    const inside = node.inside ?? { nodes: [], ways: [], others: [] };
    const fork = inside.nodes.find(({ meaning }) => meaning?.is === 'race fork');
    const branches = inside.ways
      .filter(({ from }) => from === fork?.id)
      .flatMap((way) => {
        const text = new ProcessText(inside, { ...this.setting, endsMeet: false });
        return [
          `branch ${way.heads[0]?.head ?? this.setting.names.fresh('Branch')} {`,
          ...text.named(text.sequence(way.to, { stops: [], branch: '' })),
          '}',
        ];
      });
    return [`race ${head} {`, ...branches, '}'];
  }

  private end(node: ReadNode): readonly string[] {
    const { names, notSaid } = this.setting;
    if (node.id === EXIT || node.tag !== 'endEvent') return [];
    if (node.meaning?.is === 'finish') return [`finish ${node.meaning.head}`];
    // Our own ends without an outcome are where the text ends, or a branch of a race.
    if (node.id.startsWith('Node_') && node.name === 'End' && node.meaning === undefined && this.isOwn()) return [];
    if (this.isOwn() && node.events.some(({ kind }) => kind === 'terminate')) return [];
    const kinds = node.events.filter(({ kind }) => kind !== 'terminate' && kind !== 'message');
    if (kinds.length > 0)
      notSaid.add(`Line ${node.line}: the end ${node.name} (${eventWords(node)}) is an outcome like any other.`);
    if (this.setting.endsMeet) return [];
    const title = node.name || 'Done';
    return [`finish ${names.for(title)}${identifier(title) === title ? '' : ` ${quoted(title)}`}`];
  }

  private isOwn(): boolean {
    return (
      [...this.graph.nodes.values()].some(({ meaning }) => meaning !== undefined) ||
      this.setting.file.declarations.length > 0
    );
  }

  /** Where one way leads back to a node: the choice that it leaves, if all ways from the node to it stay between them. */
  private loopOf(
    node: ReadNode,
  ): { readonly asks: string; readonly exit: string | undefined; readonly head: string } | undefined {
    if (node.meaning?.is === 'repeat') {
      const asks = [...this.graph.nodes.values()].find(
        ({ meaning }) => meaning?.is === 'again' && meaning.of === meaningId(node),
      );
      const exit = asks && this.graph.out(asks.id).find(({ to }) => to !== node.id)?.to;
      return { asks: asks?.id ?? '', exit, head: node.meaning.head };
    }
    // Our own files say themselves what is repeated; other ways back are `go to` there.
    if (node.id === EXIT || this.isOwn()) return undefined;
    const inner = this.graph.into(node.id).flatMap(({ from }) => this.graph.nodes.get(from) ?? []);
    const asking = inner.filter(
      ({ id, tag }) => tag === 'exclusiveGateway' && id !== node.id && this.graph.out(id).length === 2,
    );
    for (const { id } of asking) {
      const stretch = this.graph.reach(node.id, new Set([id]));
      const exit = this.graph.out(id).find(({ to }) => to !== node.id);
      if (!stretch.has(id) || exit === undefined || stretch.has(exit.to)) continue;
      const others = inner.filter((each) => each.id !== id);
      // Another way back, or one into the middle, is no stretch.
      if (others.some((each) => stretch.has(each.id))) continue;
      const entered = [...stretch].some(
        (each) => each !== node.id && this.graph.into(each).some(({ from }) => !stretch.has(from)),
      );
      if (entered) continue;
      const back = this.graph.out(id).find(({ to }) => to === node.id);
      const share = (back && this.setting.file.shares.get(back.id)) ?? undefined;
      if (share === undefined && this.place.has(node.id))
        this.setting.notSaid.add(`${this.titleOf(id)}: how likely another round is must be set; 50% stand in.`);
      return { asks: id, exit: exit.to, head: `again with ${percent(share ?? 0.5)}` };
    }
    return undefined;
  }

  private loop(
    node: ReadNode,
    { asks, exit, head }: NonNullable<ReturnType<ProcessText['loopOf']>>,
    context: Context,
  ): readonly [readonly string[], string | undefined] {
    const stops = asks === '' ? context.stops : [...context.stops, asks];
    const isGateway = node.tag.endsWith('Gateway');
    const inside = { ...context, stops };
    let lines: readonly string[];
    if (isGateway) lines = this.sequence(this.graph.out(node.id)[0]?.to, inside);
    else {
      const next = this.graph.out(node.id)[0]?.to;
      lines = [...this.activity(node), ...this.sequence(next, inside)];
    }
    if (asks !== '') this.place.set(asks, { branch: context.branch, name: undefined });
    return [[`repeat ${head} {`, ...lines, '}'], asks === '' ? undefined : exit];
  }

  private gateway(node: ReadNode, context: Context): readonly [readonly string[], string | undefined] {
    const ways = this.graph.out(node.id);
    const [only, ...others] = ways;
    if (only === undefined) return [[], undefined];
    if (others.length === 0) return [[], only.to];
    if (node.meaning?.is === 'when') return this.asked(node, context);
    if (IMPLICIT_SPLITS.has(node.tag) || ALL_OR_SOME.has(node.tag)) return this.parallel(node, ways, context);
    return this.choice(node, ways, context);
  }

  private asked(node: ReadNode, context: Context): readonly [readonly string[], string | undefined] {
    const ways = this.graph.out(node.id);
    const yes = ways.find(({ condition }) => condition !== undefined) ?? ways[0];
    const no = ways.find((way) => way !== yes);
    this.when = node.meaning?.head;
    const stops = no === undefined ? context.stops : [...context.stops, no.to];
    return [this.sequence(yes?.to, { ...context, stops }), no?.to];
  }

  private choice(
    node: ReadNode,
    ways: readonly ReadWay[],
    context: Context,
  ): readonly [readonly string[], string | undefined] {
    const { names, file, notSaid } = this.setting;
    const targets = ways.map(({ to }) => to);
    const meeting = this.meeting(targets, this.limits(context));
    const isOwn = node.meaning?.is === 'choose';
    const main = meeting !== undefined ? undefined : this.mainOf(ways, context, isOwn);
    const stops = meeting === undefined ? context.stops : [...context.stops, meeting];
    const rest = ways.find(({ id }) => id === node.default) ?? main ?? ways.at(-1);
    const known = ways.filter((way) => way !== rest).map(({ id }) => file.shares.get(id));
    const isKnown = known.every((share) => share !== undefined);
    if (!isOwn && !isKnown) {
      const why =
        node.tag === 'eventBasedGateway'
          ? 'which event comes first decides'
          : 'its conditions are not of this language';
      notSaid.add(`Line ${node.line}: ${node.name || 'a choice'}: ${why}; shares must be set, equal ones stand in.`);
    }
    const equal = `${Math.floor(10_000 / ways.length) / 100}%`;
    const heads = (way: ReadWay): ReadWay['heads'] => {
      if (way.heads.length > 0) return way.heads;
      // Who takes no written branch of our own goes on.
      if (isOwn) return way.to === meeting || way === main ? [] : [{ head: 'otherwise', place: ways.length }];
      const title = way.name === '' || (way === rest && way.name === 'otherwise') ? '' : ` ${quoted(way.name)}`;
      const share = file.shares.get(way.id);
      const text = way === rest ? 'otherwise' : isKnown ? percent(share ?? 0) : equal;
      return [{ head: `${text}${title}`, place: way === rest ? ways.length : ways.indexOf(way) }];
    };
    const branches = ways
      .flatMap((way) => {
        const body = way === main ? [] : this.sequence(way.to, { ...context, stops });
        return heads(way).map(({ head, place }) => ({ place, lines: [`${head} {`, ...body, '}'] }));
      })
      .sort((a, b) => a.place - b.place)
      .flatMap(({ lines }) => lines);
    const own = isOwn ? node.meaning.head : '';
    const name = isOwn
      ? /^([\p{L}_][\p{L}\p{N}_]*)(?:\s|$)/u.exec(own.replace(/^by\b.*/, ''))?.[1]
      : names.fresh(node.name || 'Choice');
    this.noteName(node.id, name);
    const head = isOwn ? own : `${name ?? ''}${node.name === '' ? '' : ` ${quoted(node.name)}`}`;
    return [[`${documented(node)}choose ${head} {`, ...branches, '}'], meeting ?? main?.to];
  }

  /**
   * Where all but one end, that one goes on after the choice: the one that comes to the end of the block, else the longest. In
   * our own files all that ends stays in its branch.
   */
  private mainOf(ways: readonly ReadWay[], context: Context, isOwn: boolean): ReadWay | undefined {
    const limits = this.limits(context);
    const reached = ways.map(({ to }) => this.graph.reach(to, limits));
    const stop = context.stops.at(-1);
    const onwards = ways.find((_, index) => stop !== undefined && reached[index]?.has(stop) === true);
    const sizes = reached.map(({ size }) => size);
    return onwards ?? (isOwn ? undefined : ways[sizes.indexOf(Math.max(...sizes))]);
  }

  private parallel(
    node: ReadNode,
    ways: readonly ReadWay[],
    context: Context,
  ): readonly [readonly string[], string | undefined] {
    const { names, notSaid, file } = this.setting;
    const isSome = ALL_OR_SOME.has(node.tag);
    if (isSome)
      notSaid.add(
        `Line ${node.line}: ${node.name || `an ${node.tag}`}: which of its ways are gone is decided one by one; shares must be set, 50% stand in.`,
      );
    const meeting = this.meeting(
      ways.map(({ to }) => to),
      this.limits(context),
    );
    const meets = meeting === undefined ? undefined : this.graph.nodes.get(meeting);
    if (meets !== undefined && !meets.tag.endsWith('Gateway') && meets.id !== EXIT)
      notSaid.add(
        `${meets.name || meets.id}: ways that are gone at once come there one by one; here it is done once, when all have come.`,
      );
    const stops = meeting === undefined ? context.stops : [...context.stops, meeting];
    const isOwn = node.meaning?.is === 'together';
    const name = isOwn ? undefined : names.fresh(node.name || 'Together');
    if (!isOwn) this.noteName(node.id, name);
    const branches = ways.flatMap((way, index) => {
      const body = this.sequence(way.to, { stops, branch: `${node.id}/${index}` });
      const head =
        way.heads[0]?.head ??
        `${names.fresh(way.name || `${this.titleOf(way.to)} branch`)}${way.name === '' ? '' : ` ${quoted(way.name)}`}`;
      const share = file.shares.get(way.id);
      const some =
        isSome && way.id !== node.default
          ? ['choose {', `${percent(share ?? 0.5)} {`, ...body, '}', 'otherwise { }', '}']
          : body;
      return [`branch ${head} {`, ...some, '}'];
    });
    const head = isOwn ? node.meaning.head : `${name ?? ''}${node.name === '' ? '' : ` ${quoted(node.name)}`}`;
    const isJoin = meets?.tag.endsWith('Gateway') === true && this.graph.out(meets.id).length === 1;
    if (isJoin && meeting !== undefined && meeting !== context.stops.at(-1)) {
      this.place.set(meeting, { branch: context.branch, name: undefined });
      return [[`together ${head} {`, ...branches, '}'], this.graph.out(meeting)[0]?.to];
    }
    return [[`together ${head} {`, ...branches, '}'], meeting];
  }
}

const OWN_STATEMENTS: ReadonlySet<string> = new Set(['step', 'wait', 'set', 'release', 'call', 'race', 'finish']);

/** Ids that our own files give to nodes: those of the text with a prefix. */
function meaningId(node: ReadNode): string {
  return node.id;
}

function read(meaning: ReadMeaning | undefined): { readonly head: string; readonly lines: readonly string[] } {
  return { head: meaning?.head ?? '', lines: meaning?.lines ?? [] };
}

function documented({ documentation }: ReadNode): string {
  return documentation === undefined ? '' : `/** ${commented(documentation)} */\n`;
}

function eventWords({ events }: ReadNode): string {
  return events.length === 0 ? 'no event' : events.map(({ kind }) => kind).join(', ');
}

function shown(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain === '' ? 'something' : `“${plain.slice(0, 60)}”`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(6))}%`;
}

function endsForSure(lines: readonly string[]): boolean {
  return /^(?:finish|go to) /.test(lines.at(-1) ?? '');
}
