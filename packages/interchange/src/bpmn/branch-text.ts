import { quoted } from '../write/names.js';
import type { ReadNode, ReadWay } from './read-graph.js';
import { ALL_OR_SOME, EXIT } from './recover.js';
import { type Context, documented, eventWords, percent, type TextWalk, type Written } from './text-walk.js';

/** After all branches. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Blocks where ways part: choices, ways that are gone at once, and those that leave an activity. */
export class BranchText {
  constructor(private readonly walk: TextWalk) {}

  /** A gateway with several ways out. */
  gateway(node: ReadNode, ways: readonly ReadWay[], context: Context): Written {
    return this.walk.graph.isEitherOr(node) ? this.choice(node, ways, context) : this.parallel(node, ways, context);
  }

  private choice(node: ReadNode, ways: readonly ReadWay[], context: Context): Written {
    const { walk } = this;
    const { names, file, uses } = walk.setting;
    const meeting = walk.meeting(
      ways.map(({ to }) => to),
      context,
    );
    const isOwn = node.meaning?.is === 'choose';
    const main = meeting !== undefined ? undefined : this.mainOf(ways, context, isOwn);
    const rest = ways.find(({ id }) => id === node.default) ?? main ?? ways.at(-1);
    const known = ways.filter((way) => way !== rest).map(({ id }) => file.bpsim.shares.get(id));
    const isKnown = known.every((share) => share !== undefined);
    if (!isOwn) {
      this.tellChoice(node, ways, isKnown);
      this.tellStuck(node, meeting);
    }
    const equal = `${Math.floor(10_000 / ways.length) / 100}%`;
    const heads = (way: ReadWay): ReadWay['heads'] => {
      // Who takes no written branch of our own goes on, or the way of one of the branches.
      const isImplied = isOwn && way.to !== meeting && way !== main && !way.heads.some(isRest);
      const implied =
        isImplied && (way.heads.length === 0 || way.id === node.default) ? [{ head: 'otherwise', place: LAST }] : [];
      if (isOwn || way.heads.length > 0) return [...way.heads, ...implied];
      const title = way.name === '' || (way === rest && way.name === 'otherwise') ? '' : ` ${quoted(way.name)}`;
      uses.way(way, { name: true });
      const share = file.bpsim.shares.get(way.id);
      const text = way === rest ? 'otherwise' : isKnown ? percent(share ?? 0) : equal;
      return [{ head: `${text}${title}`, place: way === rest ? LAST : ways.indexOf(way) }];
    };
    const inside = walk.within(context, meeting);
    const branches = ways
      .flatMap((way) =>
        // Of branches that one way stands for, the first has what is there, and the others go to it.
        heads(way).map(({ head, place }) => ({
          place,
          lines: [`${head} {`, ...(way === main ? [] : walk.sequence(way.to, inside)), '}'],
        })),
      )
      .sort((a, b) => a.place - b.place)
      .flatMap(({ lines }) => lines);
    const own = isOwn ? node.meaning.head : '';
    const name = isOwn
      ? /^([\p{L}_][\p{L}\p{N}_]*)(?:\s|$)/u.exec(own.replace(/^by\b.*/, ''))?.[1]
      : names.fresh(node.name || 'Choice');
    walk.noteName(node.id, name);
    uses.name(node);
    const head = isOwn ? own : titled(name, node.name);
    return [[`${documented(node, uses)}choose ${head} {`, ...branches, '}'], meeting ?? main?.to];
  }

  private tellChoice(node: ReadNode, ways: readonly ReadWay[], isKnown: boolean): void {
    const { notSaid, uses } = this.walk.setting;
    for (const way of ways) uses.way(way, { condition: true });
    const title = `Line ${node.line}: ${node.name || 'a choice'}`;
    if (!isKnown) {
      const why =
        node.tag === 'eventBasedGateway'
          ? 'which event comes first decides'
          : 'its conditions are not of this language';
      notSaid.add(`${title}: ${why}; shares must be set, equal ones stand in.`);
    } else if (ways.some(({ condition }) => condition !== undefined))
      notSaid.add(`${title}: its conditions are not of this language; the shares of BPSim stand in.`);
  }

  /** A join to which one way of a choice comes waits for the others for ever. */
  private tellStuck(node: ReadNode, meeting: string | undefined): void {
    const join = meeting === undefined ? undefined : this.walk.graph.nodes.get(meeting);
    if (join?.tag === 'parallelGateway')
      this.walk.setting.notSaid.add(
        `Line ${join.line}: ${join.name || 'a parallelGateway'}: it waits for ways of which ${node.name || 'a choice'} lets one be gone; here they go on.`,
      );
  }

  /**
   * Where all but one end, that one goes on after the choice: the one that comes to the end of the block, else the longest. In
   * our own files all that ends stays in its branch.
   */
  private mainOf(ways: readonly ReadWay[], context: Context, isOwn: boolean): ReadWay | undefined {
    const limits = this.walk.limits(context);
    const reached = ways.map(({ to }) => this.walk.graph.reach(to, limits));
    const stop = context.stops.at(-1)?.id;
    const onwards = ways.find((_, index) => stop !== undefined && reached[index]?.has(stop) === true);
    const sizes = reached.map(({ size }) => size);
    return onwards ?? (isOwn ? undefined : ways[sizes.indexOf(Math.max(...sizes))]);
  }

  private parallel(node: ReadNode, ways: readonly ReadWay[], context: Context): Written {
    const { walk } = this;
    const { names, notSaid, file, uses } = walk.setting;
    const isSome = ALL_OR_SOME.has(node.tag);
    if (isSome) {
      notSaid.add(
        `Line ${node.line}: ${node.name || `an ${node.tag}`}: which of its ways are gone is decided one by one, so that it may be none; shares must be set, 50% stand in.`,
      );
      for (const way of ways) uses.way(way, { condition: true });
    }
    const meeting = walk.meeting(
      ways.map(({ to }) => to),
      context,
    );
    this.tellMeeting(node, ways, meeting, context);
    const isOwn = node.meaning?.is === 'together';
    const name = isOwn ? undefined : names.fresh(node.name || 'Together');
    const branches = ways.map((way, index) => {
      const othersGoOn = this.goOnWithout(way, ways, meeting, context);
      const inside = walk.withinBranch(context, meeting, `=${node.id}/${index}`, othersGoOn);
      const body = [...walk.sequence(way.to, inside), ...walk.endOfBranch(inside)];
      const title = way.name === '' ? '' : ` ${quoted(way.name)}`;
      const head = way.heads[0]?.head ?? `${names.fresh(way.name || `${walk.titleOf(way.to)} branch`)}${title}`;
      const share = percent(file.bpsim.shares.get(way.id) ?? 0.5);
      const some =
        isSome && !walk.graph.isAlways(way) ? ['choose {', `${share} {`, ...body, '}', 'otherwise { }', '}'] : body;
      return { body, lines: [`branch ${head} {`, ...some, '}'] };
    });
    // Where nothing is done on any way, as before ends, there is nothing to do at once.
    if (!isOwn && branches.every(({ body }) => body.every(isMark)))
      return [branches.flatMap(({ body }) => body), meeting];
    for (const way of ways) uses.way(way, { name: true });
    uses.name(node);
    const head = isOwn ? node.meaning.head : titled(name, node.name);
    const lines = [`${documented(node, uses)}together ${head} {`, ...branches.flatMap((branch) => branch.lines), '}'];
    return [lines, meeting];
  }

  /** Whether others of several ways go on after one of them has ended: a join that it leads to waits for it. */
  private goOnWithout(way: ReadWay, ways: readonly ReadWay[], meeting: string | undefined, context: Context): boolean {
    const { walk } = this;
    if (walk.isOwn || walk.setting.endsMeet) return false;
    const stop = context.stops.at(-1)?.id;
    const limits = walk.limits(context);
    if (meeting === undefined)
      return stop !== undefined && ways.some(({ to }) => walk.graph.reach(to, limits).has(stop));
    const reached = walk.graph.reach(way.to, new Set([...limits, meeting]));
    return walk.graph.nodes.get(meeting)?.tag !== 'parallelGateway' || !reached.has(meeting);
  }

  /** Tells where ways that are gone at once come together otherwise than in BPMN. */
  private tellMeeting(node: ReadNode, ways: readonly ReadWay[], meeting: string | undefined, context: Context): void {
    const { walk } = this;
    if (walk.isOwn) return;
    const meets = meeting === undefined ? undefined : walk.graph.nodes.get(meeting);
    if (meets === undefined) this.tellLeftAlone(node, ways, context);
    else if (meets.tag === 'parallelGateway') this.tellWaiting(node, ways, meets, context);
    else if (meets.id !== EXIT && !ALL_OR_SOME.has(meets.tag))
      walk.setting.notSaid.add(
        `Line ${meets.line}: ${meets.name || meets.id}: ways that are gone at once come there one by one; here it is done once, when all have come.`,
      );
  }

  /** Of ways that never meet, one goes on with what stands after the block; in the text it waits for the others. */
  private tellLeftAlone(node: ReadNode, ways: readonly ReadWay[], context: Context): void {
    const { walk } = this;
    const stop = context.stops.at(-1)?.id;
    if (stop === undefined) return;
    const limits = walk.limits(context);
    const reached = ways.map(({ to }) => walk.graph.reach(to, limits));
    const others = reached.filter((each) => !each.has(stop));
    const isWork = (id: string): boolean => !/Gateway$|^endEvent$/.test(walk.graph.nodes.get(id)?.tag ?? 'endEvent');
    if (others.length < reached.length && others.some((each) => [...each].some(isWork)))
      walk.setting.notSaid.add(
        `Line ${node.line}: ${node.name || `a ${node.tag}`}: of its ways one goes on where others end; here it goes on when all have ended.`,
      );
  }

  /** A join waits for ever for a way that has ended before it. */
  private tellWaiting(node: ReadNode, ways: readonly ReadWay[], join: ReadNode, context: Context): void {
    const { walk } = this;
    const limits = new Set([...walk.limits(context), join.id]);
    const mayEnd = ways.some(({ to }) => {
      const reached = walk.graph.reach(to, limits);
      return reached.has(join.id) && [...reached].some((id) => walk.graph.nodes.get(id)?.tag === 'endEvent');
    });
    if (mayEnd)
      walk.setting.notSaid.add(
        `Line ${join.line}: ${join.name || 'a parallelGateway'}: it waits for a way out of ${node.name || `a ${node.tag}`} that may end before it; here nobody waits for ever.`,
      );
  }

  /** Boundary events of other tools: a share of the patients goes their way after the activity. */
  leaving(events: readonly ReadNode[], [lines, next]: Written, context: Context): Written {
    if (events.length === 0) return [lines, next];
    const { walk } = this;
    const { notSaid, uses } = walk.setting;
    for (const event of events) {
      uses.node(event);
      uses.name(event);
      notSaid.add(
        `Line ${event.line}: ${event.name || 'an event'} (${eventWords(event)}) ${event.interrupts ? 'ends' : 'comes during'} ${walk.titleOf(event.attachedTo ?? '')}; its way is a branch after it, with a share to be set.`,
      );
    }
    const ways = events.flatMap((event) =>
      walk.graph.out(event.id).map((way) => ({ way, title: event.name || eventWords(event) })),
    );
    if (ways.length === 0) return [lines, next];
    const share = `${Math.floor(100 / (ways.length + 1) / 5) * 5 || 5}%`;
    const all = [...ways.map(({ way }) => way.to), ...(next === undefined ? [] : [next])];
    const stop = context.stops.at(-1)?.id;
    // Who does not come to the end of the block otherwise must not go on with what stands after the branch.
    const goesOn = stop === undefined || next === undefined || walk.graph.reach(next, walk.limits(context)).has(stop);
    const meeting = walk.meeting(all, context) ?? (goesOn ? next : stop);
    const inside = walk.within(context, meeting);
    const branches = ways.flatMap(({ way, title }) => [
      `${share} ${quoted(title)} {`,
      ...walk.sequence(way.to, inside),
      '}',
    ]);
    const rest = meeting === next ? [] : walk.sequence(next, inside);
    return [[...lines, 'choose {', ...branches, 'otherwise {', ...rest, '}', '}'], meeting];
  }
}

function isRest({ head }: ReadWay['heads'][number]): boolean {
  return /^otherwise\b/.test(head);
}

function titled(name: string | undefined, title: string): string {
  return `${name ?? ''}${title === '' ? '' : ` ${quoted(title)}`}`;
}

/** Whether a line is but a place that ways may jump to. */
function isMark(line: string): boolean {
  return line.startsWith('\u0000mark ');
}
