import type { XmlElement } from '../xml-tree.js';
import { BpmnError } from './bpmn-error.js';
import type { BranchOfWay } from './process.js';
import {
  all,
  BPMN_NAMESPACE,
  documentationOf,
  local,
  meaningOf,
  nameOf,
  ours,
  plainId,
  type ReadMeaning,
  shown,
  textOf,
} from './read-parts.js';
import { NODES, PROCESS_NODES, sizeOfRead } from './unread.js';

/** More nodes in one process are no process that a person has drawn. */
/** Tasks, events and gateways together: a pathway of 5,000 steps has room with what leads to them and joins them. */
const MOST_NODES = 10_000;

export interface ReadNode {
  readonly id: string;
  /** Name of the element, such as `userTask`. */
  readonly tag: string;
  readonly name: string;
  readonly line: number;
  /** How many elements of BPMN it is, without the nodes and ways inside. */
  readonly elements: number;
  readonly documentation?: string;
  readonly meaning?: ReadMeaning;
  /** Names of event definitions without `EventDefinition`, with the text in them. */
  readonly events: readonly { readonly kind: string; readonly text: string }[];
  readonly attachedTo?: string;
  readonly interrupts: boolean;
  readonly calls?: string;
  readonly loop?: { readonly kind: 'standard' | 'several'; readonly times?: number };
  readonly inside?: ReadGraph;
  readonly default?: string;
  /** Triggered by an event, for compensation, or in no order. */
  readonly special?: string;
  /** Name of the link of a link event: a throwing one leads to the catching one of the same name. */
  readonly link?: string;
}

export interface ReadWay {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly line: number;
  readonly elements: number;
  readonly condition?: string;
  /** The branches that it stands for, in our own files. */
  readonly heads: readonly BranchOfWay[];
}

/** Nodes and ways of a process or sub-process. */
export interface ReadGraph {
  readonly nodes: readonly ReadNode[];
  readonly ways: readonly ReadWay[];
  /** Nodes and ways that cannot be used, and why. */
  readonly faulty: readonly { readonly told: string; readonly elements: number }[];
}

/** A graph without anything. */
export const EMPTY_GRAPH: ReadGraph = { nodes: [], ways: [], faulty: [] };

/**
 * The nodes and ways of a process or sub-process. Those whose ids others have, and ways that lead from or to nothing, are faulty.
 * @throws BpmnError for more nodes than a process has
 */
export function graphOf(element: XmlElement): ReadGraph {
  const inside = element.children.filter(({ namespace }) => namespace === BPMN_NAMESPACE);
  const drafts = inside.filter(({ name }) => NODES.has(name)).map(nodeOf);
  if (drafts.length > MOST_NODES)
    throw new BpmnError(
      `A process has ${drafts.length} tasks, events and gateways; at most ${MOST_NODES} are read.`,
      'Export its parts one by one.',
      {
        line: element.line,
        column: element.column,
      },
    );
  const faulty: ReadGraph['faulty'][number][] = [];
  const known = new Set<string>();
  const nodes = drafts.filter((node) => {
    if (!known.has(node.id)) {
      known.add(node.id);
      return true;
    }
    faulty.push({
      told: `Line ${node.line}: ${told(node.tag, node.name)}: another node has its id${noteOf(node)}.`,
      elements: allElements(node),
    });
    return false;
  });
  const ids = new Set<string>();
  const ways = inside
    .filter(({ name }) => name === 'sequenceFlow')
    .map(wayOf)
    .filter((way) => {
      const isLost = !known.has(way.from) || !known.has(way.to);
      if (!isLost && !ids.has(way.id)) {
        ids.add(way.id);
        return true;
      }
      const why = isLost ? 'it leads from or to nothing' : 'another way has its id';
      faulty.push({
        told: `Line ${way.line}: ${told('sequenceFlow', way.name || way.id)}: ${why}.`,
        elements: way.elements,
      });
      return false;
    });
  return { nodes, ways: [...ways, ...linked(nodes)], faulty };
}

/** Ways that link events stand for: from each that throws to the one that catches. */
function linked(nodes: readonly ReadNode[]): readonly ReadWay[] {
  const catching = nodes.filter(({ tag }) => tag === 'intermediateCatchEvent');
  return nodes.flatMap(({ id, tag, link, line }) => {
    const to = tag === 'intermediateThrowEvent' ? catching.find((each) => each.link === link) : undefined;
    if (link === undefined || to === undefined) return [];
    return [{ id: `${id}#link`, from: id, to: to.id, name: '', line, elements: 0, heads: [] }];
  });
}

function noteOf({ documentation }: ReadNode): string {
  return documentation === undefined ? '' : `; its documentation is ${shown(documentation)}`;
}

/** An element in words: `dataObject “Letter”`. */
export function told(kind: string, name: string): string {
  return name === '' ? kind : `${kind} “${name}”`;
}

/** How many elements of BPMN a node is, with all that is inside. */
export function allElements({ elements, inside }: ReadNode): number {
  if (inside === undefined) return elements;
  const sum = (list: readonly { readonly elements: number }[]): number =>
    list.reduce((total, each) => total + each.elements, 0);
  return (
    elements +
    sum(inside.ways) +
    sum(inside.faulty) +
    inside.nodes.reduce((total, node) => total + allElements(node), 0)
  );
}

function wayOf(element: XmlElement): ReadWay {
  const { id = '', sourceRef = '', targetRef = '', name } = element.attributes;
  const condition = all(element, 'conditionExpression')[0]?.text.trim();
  return {
    id: plainId(id) || `#${element.line}:${element.column}`,
    from: local(sourceRef),
    to: local(targetRef),
    name: nameOf(name),
    line: element.line,
    elements: sizeOfRead(element),
    // One that is not said in words is a condition, too.
    ...(condition !== undefined && { condition }),
    heads: ours(element, 'branch').map(({ attributes: { head: text = '', place = '0' } }) => ({
      head: text,
      place: Number(place) || 0,
    })),
  };
}

function nodeOf(element: XmlElement): ReadNode {
  const { attributes, name: tag, line, column } = element;
  const special =
    attributes.triggeredByEvent === 'true'
      ? 'it begins by an event of its own'
      : attributes.isForCompensation === 'true'
        ? 'it is done to make up for something'
        : tag === 'adHocSubProcess'
          ? 'its activities have no order'
          : undefined;
  const isProcess = PROCESS_NODES.has(tag);
  const children = element.children.filter(({ name }) => !NODES.has(name) && name !== 'sequenceFlow');
  return {
    id: plainId(attributes.id ?? '') || `#${line}:${column}`,
    tag,
    name: nameOf(attributes.name),
    line,
    elements: sizeOfRead({ ...element, children }),
    ...documentationOf(element),
    ...meaningOf(element),
    events: element.children
      .filter(({ name }) => name.endsWith('EventDefinition'))
      .map((each) => ({ kind: each.name.replace(/EventDefinition$/, ''), text: textOf(each) })),
    ...(attributes.attachedToRef !== undefined && { attachedTo: local(attributes.attachedToRef) }),
    interrupts: attributes.cancelActivity !== 'false',
    ...(attributes.calledElement !== undefined && { calls: local(attributes.calledElement) }),
    ...loopOf(element),
    ...(isProcess && { inside: graphOf(element) }),
    ...(attributes.default !== undefined && { default: local(attributes.default) }),
    ...(special !== undefined && { special }),
    ...linkOf(element),
  };
}

function linkOf(element: XmlElement): Pick<ReadNode, 'link'> {
  const [link] = all(element, 'linkEventDefinition');
  // Some tools name the event and not the link.
  const name = link === undefined ? '' : nameOf(link.attributes.name) || nameOf(element.attributes.name);
  return name === '' ? {} : { link: name };
}

function loopOf(element: XmlElement): Pick<ReadNode, 'loop'> {
  if (all(element, 'standardLoopCharacteristics').length > 0) return { loop: { kind: 'standard' } };
  const [several] = all(element, 'multiInstanceLoopCharacteristics');
  if (several === undefined) return {};
  const times = Number(all(several, 'loopCardinality')[0]?.text.trim() ?? Number.NaN);
  return { loop: { kind: 'several', ...(Number.isInteger(times) && times > 0 && times <= 1000 && { times }) } };
}
