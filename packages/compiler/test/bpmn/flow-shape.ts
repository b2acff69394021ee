import type { BpmnNode, BpmnProcess } from '@pathway/interchange';

/**
 * A process as lines that are the same for the same flow, wherever blocks begin and end in the text: nodes in the order in which
 * ways from the starts come to them, each with what it is, what is kept there, and where its ways lead. Nodes that only bring ways
 * together, or only give a place a name, are no part of the flow.
 */
export function flowShape({ nodes, ways }: Pick<BpmnProcess, 'nodes' | 'ways'>): readonly string[] {
  const byId = new Map(nodes.map((node) => [node.id, node] as const));
  const out = (id: string): BpmnProcess['ways'] => ways.filter(({ from }) => from === id);
  const takesNoTime = ({ kind, time }: BpmnNode): boolean => kind === 'timer' && time?.text === 'PT0S';
  const passes = (node: BpmnNode): boolean =>
    ((node.kind === 'exclusive' && node.name === '') || takesNoTime(node)) && out(node.id).length === 1;
  const beyondMerges = (id: string): string => {
    let at = id;
    const seen = new Set<string>();
    for (let node = byId.get(at); node !== undefined && passes(node) && !seen.has(at); node = byId.get(at)) {
      seen.add(at);
      at = out(at)[0]?.to ?? at;
    }
    return at;
  };
  const numbers = new Map<string, number>();
  const waiting: string[] = [];
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    waiting.push(id);
    return numbers.size - 1;
  };
  for (const { id, kind } of nodes) if (kind === 'start' || kind === 'entry') numberOf(id);
  const lines: string[] = [];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const node = byId.get(id);
    if (node === undefined) continue;
    const { kind, name, meaning, documentation = '', inside, holds, time } = node;
    const says = [meaning?.is, meaning?.is === 'entry' ? '' : meaning?.head, ...(meaning?.lines ?? [])].join(' | ');
    const leads = out(id)
      .map((way) => ({ way, says: [way.name, way.condition, way.isDefault === true, way.share].join(' | ') }))
      .sort((a, b) => (a.says < b.says ? -1 : a.says > b.says ? 1 : 0))
      .map(({ way, says: told }) => `${told} -> ${numberOf(beyondMerges(way.to))}`);
    const leaves = nodes.filter(({ attachedTo }) => attachedTo === id).map((event) => numberOf(event.id));
    lines.push(
      [numbers.get(id), kind, name, says, documentation, time?.text, holds.length, leaves, ...leads].join(' ; '),
    );
    if (inside !== undefined) lines.push(...flowShape(inside));
  }
  return lines;
}
