import type { XmlElement } from '../xml-tree.js';
import { all, BPMN_NAMESPACE, nameOf } from './read-parts.js';

/** An element of a file that is not read, with all that is in it. */
export interface UnreadElement {
  /** Name of the element, such as `dataObject`. */
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  /** How many elements of BPMN it is, with those in it. */
  readonly elements: number;
}

/** Extensions of other tools: elements and attributes of their namespaces or prefixes. */
export interface UnreadExtension {
  readonly of: string;
  readonly line: number;
  readonly count: number;
}

const GATEWAYS = ['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'complexGateway', 'eventBasedGateway'];
const EVENTS = ['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent'];
const PROCESSES = ['subProcess', 'transaction', 'adHocSubProcess'];
const ACTIVITIES = [
  ...['task', 'userTask', 'manualTask', 'serviceTask', 'scriptTask', 'sendTask', 'receiveTask', 'businessRuleTask'],
  ...['callActivity', ...PROCESSES],
];

/** Elements that are nodes of a process. */
export const NODES: ReadonlySet<string> = new Set([...GATEWAYS, ...EVENTS, ...ACTIVITIES]);
/** Nodes that have nodes in them. */
export const PROCESS_NODES: ReadonlySet<string> = new Set(PROCESSES);

const NODE_PARTS = ['incoming', 'outgoing', 'standardLoopCharacteristics', 'multiInstanceLoopCharacteristics'];
const EVENT_PARTS = [
  ...['message', 'timer', 'conditional', 'signal', 'error', 'escalation', 'terminate', 'cancel', 'compensate', 'link'],
].map((kind) => `${kind}EventDefinition`);
const PROCESS_PARTS = [...NODES, 'sequenceFlow'];

/** What is read of the elements in an element. All that is not named here is listed as not read. */
const READ: Readonly<Record<string, readonly string[]>> = {
  definitions: ['process', 'collaboration', 'relationship'],
  relationship: ['source', 'target'],
  collaboration: ['participant', 'messageFlow'],
  process: [...PROCESS_PARTS, 'laneSet', 'documentation'],
  laneSet: ['lane'],
  lane: ['flowNodeRef', 'childLaneSet'],
  childLaneSet: ['lane'],
  sequenceFlow: ['conditionExpression'],
  timerEventDefinition: ['timeDuration', 'timeDate', 'timeCycle'],
  conditionalEventDefinition: ['condition'],
  // How often something is done is told or set as a whole.
  standardLoopCharacteristics: ['loopCondition'],
  multiInstanceLoopCharacteristics: ['loopCardinality'],
};

function readIn(parent: string): readonly string[] {
  if (!NODES.has(parent)) return READ[parent] ?? [];
  const own = [...NODE_PARTS, ...EVENT_PARTS, 'documentation'];
  return PROCESS_NODES.has(parent) ? [...own, ...PROCESS_PARTS] : own;
}

/** Parts that only draw what is elsewhere in our own files: groups stand for holds. */
const DRAWN_IN_OURS: ReadonlySet<string> = new Set(['category', 'group']);

/** How many elements of BPMN an element is, with those in it and without those of drawings and extensions. */
export function sizeOfElement(element: XmlElement): number {
  const inside = element.children.reduce((sum, each) => sum + sizeOfElement(each), 0);
  return inside + (element.namespace === BPMN_NAMESPACE ? 1 : 0);
}

/** How many elements of BPMN an element is with those in it that are read. */
export function sizeOfRead(element: XmlElement): number {
  const read = readIn(element.name);
  return element.children.reduce((sum, each) => {
    if (each.namespace !== BPMN_NAMESPACE) return sum;
    if (each.name === 'extensionElements' || isEmptyNote(each)) return sum + sizeOfElement(each);
    return read.includes(each.name) ? sum + sizeOfRead(each) : sum;
  }, 1);
}

function isEmptyNote({ name, text }: XmlElement): boolean {
  return name === 'documentation' && text.trim() === '';
}

/**
 * Everything of BPMN in a document that nobody reads: what `READ` does not name where it stands. An element that is not read
 * stands for all that is in it.
 * @param isOwn the file was written by us; groups draw what stands elsewhere then
 */
export function unreadElements(root: XmlElement, isOwn: boolean): readonly UnreadElement[] {
  const found: UnreadElement[] = [];
  const categories = new Map(
    all(root, 'category')
      .flatMap((category) => all(category, 'categoryValue'))
      .map(({ attributes: { id = '', value } }) => [id, nameOf(value)] as const),
  );
  const nameIn = ({ name, text, attributes, children }: XmlElement): string =>
    nameOf(
      attributes.name ??
        all({ children }, 'text')[0]?.text ??
        (name === 'documentation' ? text : undefined) ??
        (attributes.categoryValueRef === undefined ? undefined : categories.get(attributes.categoryValueRef)),
    );
  const visit = (element: XmlElement): void => {
    const read = readIn(element.name);
    for (const child of element.children) {
      if (child.name === 'extensionElements' || child.namespace !== BPMN_NAMESPACE) continue;
      if (isEmptyNote(child) || (isOwn && DRAWN_IN_OURS.has(child.name))) continue;
      if (read.includes(child.name)) visit(child);
      else found.push({ kind: child.name, name: nameIn(child), line: child.line, elements: sizeOfElement(child) });
    }
  };
  visit(root);
  return found;
}

/** Namespaces that are no extensions: drawings, BPSim, and our own. */
const KNOWN =
  /^(?:http:\/\/www\.omg\.org\/spec\/(?:BPMN|DD)\/|http:\/\/www\.bpsim\.org\/|http:\/\/bpmn\.io\/schema\/bpmn\/biocolor|http:\/\/www\.omg\.org\/spec\/BPMN\/non-normative\/color|urn:pathway:)/;

/** Extensions that other tools have put into a file, by their namespaces, with the line of the first and how many there are. */
export function unreadExtensions(root: XmlElement): readonly UnreadExtension[] {
  const found = new Map<string, { line: number; count: number }>();
  const visit = (element: XmlElement): void => {
    if (!KNOWN.test(element.namespace)) {
      const known = found.get(element.namespace);
      if (known === undefined) found.set(element.namespace, { line: element.line, count: 1 });
      else known.count++;
    }
    element.children.forEach(visit);
  };
  visit(root);
  return [...found].map(([of, counted]) => ({ of, ...counted }));
}
