import { allElements, type ReadGraph, type ReadNode, type ReadWay, told } from './read-graph.js';
import type { ReadMessage } from './read-bpmn.js';
import { shown } from './read-parts.js';

/** What of a file stands in the text, so that everything else can be told. */
export class Uses {
  /** Nodes that somebody comes to. */
  private readonly nodes = new Set<ReadNode>();
  private readonly documented = new Set<ReadNode>();
  private readonly named = new Set<ReadNode>();
  private readonly ways = new Map<string, { name: boolean; condition: boolean }>();
  private readonly messages = new Set<ReadMessage>();
  /** Elements of BPMN that nothing was made of. */
  private leftOut = 0;

  constructor(private readonly notSaid: Set<string>) {}

  /** A node stands in the text, or has been told. */
  node(node: ReadNode): void {
    this.nodes.add(node);
  }

  documentation(node: ReadNode): void {
    this.documented.add(node);
  }

  name(node: ReadNode): void {
    this.named.add(node);
  }

  /** The name of a way, or what decides on it, stands in the text or has been told. */
  way({ id }: ReadWay, parts: { readonly name?: boolean; readonly condition?: boolean }): void {
    const known = this.ways.get(id) ?? { name: false, condition: false };
    this.ways.set(id, {
      name: known.name || parts.name === true,
      condition: known.condition || parts.condition === true,
    });
  }

  message(message: ReadMessage): void {
    this.messages.add(message);
  }

  isUsed(node: ReadNode): boolean {
    return this.nodes.has(node);
  }

  /** How many elements nothing was made of. */
  get elementsLeftOut(): number {
    return this.leftOut;
  }

  /** Counts elements that were told to be left out. */
  leaveOut(elements: number): void {
    this.leftOut += elements;
  }

  /** Tells all of a graph that does not stand in its text. */
  tellRest(graph: ReadGraph, isOwn: boolean): void {
    for (const { told: text, elements } of graph.faulty) {
      this.notSaid.add(text);
      this.leaveOut(elements);
    }
    for (const node of graph.nodes) {
      if (!this.nodes.has(node)) {
        const why = node.special === undefined ? '' : `, and ${node.special}`;
        this.notSaid.add(`Line ${node.line}: ${told(node.tag, node.name)}: no way leads there${why}.`);
        // What is inside has a pathway of its own, which is counted by itself.
        this.leaveOut(node.inside === undefined ? allElements(node) : node.elements);
        if (node.inside === undefined) this.tellDocumentation(node);
      } else if (!isOwn) this.tellWords(node);
    }
    const used = new Set(graph.nodes.filter((node) => this.nodes.has(node)).map(({ id }) => id));
    for (const way of graph.ways) {
      if (!used.has(way.from)) {
        this.leaveOut(way.elements);
        if (way.name !== '') this.notSaid.add(`Line ${way.line}: ${told('sequenceFlow', way.name)}: nobody goes it.`);
      } else if (!isOwn) this.tellWay(way);
    }
  }

  private tellWords(node: ReadNode): void {
    if (node.name !== '' && !this.named.has(node))
      this.notSaid.add(`Line ${node.line}: the name of ${told(node.tag, node.name)}: nothing has it here.`);
    this.tellDocumentation(node);
  }

  private tellDocumentation(node: ReadNode): void {
    if (node.documentation !== undefined && !this.documented.has(node))
      this.notSaid.add(
        `Line ${node.line}: the documentation of ${told(node.tag, node.name)}: ${shown(node.documentation)}.`,
      );
  }

  private tellWay(way: ReadWay): void {
    const known = this.ways.get(way.id);
    if (way.name !== '' && known?.name !== true) this.notSaid.add(`Line ${way.line}: the name “${way.name}” of a way.`);
    if (way.condition !== undefined && known?.condition !== true)
      this.notSaid.add(`Line ${way.line}: the condition of a way; everybody goes it.`);
  }

  /** Tells messages that are no handover. */
  tellMessages(messages: readonly ReadMessage[]): void {
    for (const message of messages) {
      if (this.messages.has(message)) {
        if (message.name !== '')
          this.notSaid.add(`Line ${message.line}: the name “${message.name}” of a message; a handover has none.`);
        continue;
      }
      this.notSaid.add(
        `Line ${message.line}: ${told('messageFlow', message.name)}: it is no handover from a step to another organisation.`,
      );
      this.leaveOut(message.elements);
    }
  }
}
