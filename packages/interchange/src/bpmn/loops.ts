import type { ReadNode } from './read-graph.js';
import { EXIT } from './recover.js';
import { percent, type TextWalk } from './text-walk.js';

/** A stretch that is done again: the choice at its end, where those go who leave it, and what follows `repeat`. */
export interface Loop {
  readonly asks: string;
  readonly exit: string | undefined;
  readonly head: string;
}

/** Where one way leads back to a node: the choice that it leaves, if all ways from the node to it stay between them. */
export function loopOf(node: ReadNode, walk: TextWalk): Loop | undefined {
  const { graph, setting } = walk;
  if (node.meaning?.is === 'repeat') {
    const asks = [...graph.nodes.values()].find(({ meaning }) => meaning?.is === 'again' && meaning.of === node.id);
    const exit = asks && graph.out(asks.id).find(({ to }) => to !== node.id)?.to;
    return { asks: asks?.id ?? '', exit, head: node.meaning.head };
  }
  // Our own files say themselves what is repeated; other ways back are `go to` there.
  if (node.id === EXIT || walk.isOwn) return undefined;
  const inner = graph.into(node.id).flatMap(({ from }) => graph.nodes.get(from) ?? []);
  const asking = inner.filter(
    ({ id, tag }) => tag === 'exclusiveGateway' && id !== node.id && graph.out(id).length === 2,
  );
  for (const { id } of asking) {
    const stretch = graph.reach(node.id, new Set([id]));
    const exit = graph.out(id).find(({ to }) => to !== node.id);
    if (!stretch.has(id) || exit === undefined || stretch.has(exit.to)) continue;
    const others = inner.filter((each) => each.id !== id);
    // Another way back, or one into the middle, is no stretch.
    if (others.some((each) => stretch.has(each.id))) continue;
    const entered = [...stretch].some(
      (each) => each !== node.id && graph.into(each).some(({ from }) => !stretch.has(from)),
    );
    if (entered) continue;
    const back = graph.out(id).find(({ to }) => to === node.id);
    const share = back && setting.file.bpsim.shares.get(back.id);
    return { asks: id, exit: exit.to, head: `again with ${percent(share ?? 0.5)}` };
  }
  return undefined;
}

/** Tells what has to be set of a loop that another tool has drawn, and that its words stand nowhere. */
export function tellLoop({ asks }: Loop, node: ReadNode, walk: TextWalk): void {
  const { graph, setting } = walk;
  const asking = graph.nodes.get(asks);
  if (asking === undefined || walk.isOwn) return;
  const ways = graph.out(asks);
  const back = ways.find(({ to }) => to === node.id);
  const isKnown = back !== undefined && setting.file.bpsim.shares.has(back.id);
  setting.uses.name(asking);
  const title = walk.titleOf(asks);
  const why = isKnown
    ? 'its name and its conditions are left out.'
    : 'how likely another round is must be set; 50% stand in.';
  setting.notSaid.add(`Line ${asking.line}: ${title}: ${why}`);
  for (const way of ways) setting.uses.way(way, { condition: true });
}
