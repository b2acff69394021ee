import { decodeXml, readXmlTree, type XmlElement, type XmlRules } from '../xml-tree.js';
import { BpmnError } from './bpmn-error.js';
import { bpsimOf, type ReadBpsim } from './read-bpsim.js';
import { graphOf, type ReadGraph } from './read-graph.js';
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
} from './read-parts.js';
import {
  sizeOfElement,
  sizeOfRead,
  type UnreadElement,
  unreadElements,
  type UnreadExtension,
  unreadExtensions,
} from './unread.js';

const RULES: XmlRules = {
  bytes: 16 * 1024 * 1024,
  depth: 100,
  elements: 300_000,
  what: 'a process model',
  fault: (message, advice, place) => new BpmnError(message, advice, place),
};

export interface ReadProcess {
  readonly id: string;
  readonly name: string;
  readonly line: number;
  readonly documentation?: string;
  readonly meaning?: ReadMeaning;
  readonly graph: ReadGraph;
  /** Innermost lane of nodes, by the id of the node. */
  readonly laneOf: ReadonlyMap<string, string>;
  readonly lanes: readonly { readonly id: string; readonly name: string; readonly meaning?: ReadMeaning }[];
}

export interface ReadMessage {
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly line: number;
  readonly elements: number;
}

export interface ReadBpmn {
  readonly participants: readonly { readonly id: string; readonly name: string; readonly process?: string }[];
  readonly processes: readonly ReadProcess[];
  readonly messages: readonly ReadMessage[];
  readonly declarations: readonly string[];
  readonly bpsim: ReadBpsim;
  /** Elements of BPMN that nothing is made of. */
  readonly unread: readonly UnreadElement[];
  readonly extensions: readonly UnreadExtension[];
  /** How many elements of BPMN the file has below its first one, drawings left aside. */
  readonly elements: number;
}

/**
 * What a file of BPMN 2.0 holds, whoever wrote it: processes with their nodes and ways, lanes, pools, messages between
 * them, and numbers of BPSim.
 * @throws BpmnError for what is no BPMN, not well formed, with a document type, or larger than any model
 */
export function readBpmn(file: string | Uint8Array): ReadBpmn {
  const root = readXmlTree(typeof file === 'string' ? file : decodeXml(file, RULES), RULES);
  if (root.name !== 'definitions' || root.namespace !== BPMN_NAMESPACE)
    throw new BpmnError(
      'This is no BPMN 2.0: its first element is not `definitions` of BPMN.',
      'Export the model as BPMN 2.0 XML.',
      { line: root.line, column: root.column },
    );
  const collaborations = all(root, 'collaboration');
  const processes = withOwnIds(all(root, 'process').map(processOf));
  const isOwn = processes.some(({ meaning }) => meaning !== undefined);
  return {
    participants: collaborations.flatMap((each) =>
      all(each, 'participant').map(({ attributes }) => ({
        id: plainId(attributes.id ?? ''),
        name: nameOf(attributes.name),
        ...(attributes.processRef !== undefined && { process: local(attributes.processRef) }),
      })),
    ),
    processes,
    messages: collaborations.flatMap((each) =>
      all(each, 'messageFlow').map((message) => ({
        from: local(message.attributes.sourceRef ?? ''),
        to: local(message.attributes.targetRef ?? ''),
        name: nameOf(message.attributes.name),
        line: message.line,
        elements: sizeOfRead(message),
      })),
    ),
    declarations: collaborations.flatMap((each) =>
      ours(each, 'declaration').map(({ attributes }) => attributes.text ?? ''),
    ),
    bpsim: bpsimOf(root),
    unread: unreadElements(root, isOwn),
    extensions: unreadExtensions(root),
    elements: sizeOfElement(root) - 1,
  };
}

function processOf(element: XmlElement): ReadProcess {
  const laneOf = new Map<string, string>();
  const lanes: ReadProcess['lanes'][number][] = [];
  const visit = (set: XmlElement): void => {
    for (const lane of all(set, 'lane')) {
      const id = plainId(lane.attributes.id ?? '') || `lane ${lanes.length}`;
      lanes.push({ id, name: nameOf(lane.attributes.name), ...meaningOf(lane) });
      for (const { text } of all(lane, 'flowNodeRef')) laneOf.set(local(text), id);
      for (const inner of all(lane, 'childLaneSet')) visit(inner);
    }
  };
  for (const set of all(element, 'laneSet')) visit(set);
  return {
    id: plainId(element.attributes.id ?? ''),
    name: nameOf(element.attributes.name),
    line: element.line,
    ...documentationOf(element),
    ...meaningOf(element),
    graph: graphOf(element),
    laneOf,
    lanes,
  };
}

/** Processes of which each has an id: one that another has, too, gets one by its line. */
function withOwnIds(processes: readonly ReadProcess[]): readonly ReadProcess[] {
  const known = new Set<string>();
  return processes.map((process) => {
    const id = known.has(process.id) ? `${process.id}#${process.line}` : process.id;
    known.add(id);
    return { ...process, id };
  });
}
