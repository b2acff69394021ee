import type { BpmnNode, BpmnProcess, BpmnWay } from './process.js';

/** A way that is still open: it leads from a node to whatever comes next. */
export type OpenWay = Omit<BpmnWay, 'id' | 'to' | 'isReturn'>;

/** Where a part of the pathway stands. */
export interface Surroundings {
  readonly organisation: string;
  readonly holds: readonly string[];
  readonly branchPath: BpmnNode['branchPath'];
}

type Draft = Omit<BpmnNode, 'lane'> & { readonly organisation: string };
export type NodeContent = Omit<Draft, 'organisation' | 'holds' | 'branchPath'>;

/** Collects nodes and ways in the order of the text, and puts a gateway wherever ways meet. */
export class ProcessBuilder {
  readonly nodes: Draft[] = [];
  readonly holds: { readonly id: string; readonly title: string }[] = [];
  private readonly ways = new Map<string, Omit<BpmnWay, 'id'>>();

  /** Adds a node and leads all open ways into it; answers the way out of it. */
  add(content: NodeContent, organisation: string, around: Surroundings, ends: readonly OpenWay[]): readonly OpenWay[] {
    const { holds, branchPath } = around;
    this.nodes.push({ ...content, organisation, holds, branchPath });
    this.connect(ends, content.id);
    return [{ from: content.id, name: '' }];
  }

  /** Leads open ways to a node; two ways between the same nodes become one that stands for both. */
  connect(ends: readonly OpenWay[], to: string): void {
    for (const end of ends) {
      const key = `${end.from}\u0000${to}`;
      const known = this.ways.get(key);
      this.ways.set(key, known === undefined ? { ...end, to } : together(known, end));
    }
  }

  /** The organisation from which all open ways come; undefined when they come from several or from none. */
  commonOrganisation(ends: readonly OpenWay[]): string | undefined {
    const found = new Set(ends.map(({ from }) => this.nodes.find(({ id }) => id === from)?.organisation));
    return found.size === 1 ? [...found][0] : undefined;
  }

  /** @param titleOf title of an organisation */
  finish(about: Pick<BpmnProcess, 'id' | 'title' | 'documentation'>, titleOf: (id: string) => string): BpmnProcess {
    this.dropIdleGateways();
    this.mergeBefore();
    const lanes = [...new Set(this.nodes.map(({ organisation }) => organisation))];
    const isNamed = lanes.some((id) => id !== '');
    const place = new Map(this.nodes.map(({ id }, index) => [id, index] as const));
    const ways = [...this.ways.values()].map((way, index): BpmnWay => {
      const back = (place.get(way.to) ?? 0) <= (place.get(way.from) ?? 0);
      return { ...way, id: `${about.id}:way${index + 1}`, ...(back && { isReturn: true }) };
    });
    const nodes = this.nodes.map(({ organisation, ...node }): BpmnNode => ({
      ...node,
      lane: isNamed ? lanes.indexOf(organisation) : 0,
    }));
    return {
      ...about,
      lanes: isNamed ? lanes.map((id) => ({ id, title: id === '' ? 'Not assigned' : titleOf(id) })) : [],
      nodes,
      ways,
      holds: this.holds,
    };
  }

  /** A choice of which all ways lead to the same place decides nothing. */
  private dropIdleGateways(): void {
    for (const node of [...this.nodes]) {
      if (node.kind !== 'exclusive' && node.kind !== 'parallel') continue;
      const [incoming, outgoing] = [this.into(node.id), this.outOf(node.id)];
      const [only, ...others] = outgoing;
      // A gateway that a return needs, or whose branches say something, keeps its place.
      if (only === undefined || others.length > 0 || incoming.length > 1 || node.meaning?.is === 'repeat') continue;
      this.nodes.splice(this.nodes.indexOf(node), 1);
      for (const key of this.keysOf(({ from, to }) => from === node.id || to === node.id)) this.ways.delete(key);
      this.connect(incoming, only.to);
    }
  }

  private mergeBefore(): void {
    for (const node of [...this.nodes]) {
      if (node.meaning?.is === 'join' || node.meaning?.is === 'repeat' || node.meaning?.is === 'merge') continue;
      const incoming = this.into(node.id);
      if (incoming.length < 2) continue;
      const id = `${node.id}:merge`;
      const { organisation, branchPath } = node;
      // Those who come from elsewhere hold nothing yet where a hold begins.
      const holds = node.holds.filter((hold) => hold !== node.id);
      const merge: Draft = {
        id,
        kind: 'exclusive',
        name: '',
        organisation,
        holds,
        branchPath,
        meaning: { is: 'merge' },
      };
      this.nodes.splice(this.nodes.indexOf(node), 0, merge);
      for (const key of this.keysOf(({ to }) => to === node.id)) this.ways.delete(key);
      this.connect(incoming, id);
      this.connect([{ from: id, name: '' }], node.id);
    }
  }

  private into(id: string): readonly Omit<BpmnWay, 'id'>[] {
    return [...this.ways.values()].filter(({ to }) => to === id);
  }

  private outOf(id: string): readonly Omit<BpmnWay, 'id'>[] {
    return [...this.ways.values()].filter(({ from }) => from === id);
  }

  private keysOf(test: (way: Omit<BpmnWay, 'id'>) => boolean): readonly string[] {
    return [...this.ways].filter(([, way]) => test(way)).map(([key]) => key);
  }
}

function together(first: Omit<BpmnWay, 'id'>, second: OpenWay): Omit<BpmnWay, 'id'> {
  const either = (a: string | undefined, b: string | undefined): string | undefined =>
    a === undefined || b === undefined || a === '' || b === '' || a === b ? (a ?? b) : `${a} or ${b}`;
  const condition = either(first.condition, second.condition);
  const share = first.share === undefined || second.share === undefined ? undefined : first.share + second.share;
  const { condition: _condition, share: _share, ...rest } = first;
  return {
    ...rest,
    name: either(first.name, second.name) ?? '',
    ...(condition !== undefined && { condition }),
    ...(share !== undefined && { share: Number(share.toFixed(12)) }),
    ...((first.isDefault ?? second.isDefault) && { isDefault: true }),
    branches: [...(first.branches ?? []), ...(second.branches ?? [])],
  };
}
