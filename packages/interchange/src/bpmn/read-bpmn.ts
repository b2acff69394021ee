import { decodeXml, readXmlTree, type XmlElement, type XmlRules } from '../xml-tree.js';
import { PATHWAY_NAMESPACE } from './bpmn-xml.js';
import type { BranchOfWay } from './process.js';

/** Why a file of BPMN cannot be read, and what to do about it. */
export class BpmnError extends Error {
  override readonly name = 'BpmnError';

  constructor(
    message: string,
    readonly advice: string,
    readonly place?: { readonly line: number; readonly column: number },
  ) {
    super(message);
  }
}

const RULES: XmlRules = {
  bytes: 16 * 1024 * 1024,
  depth: 100,
  elements: 300_000,
  what: 'a process model',
  fault: (message, advice, place) => new BpmnError(message, advice, place),
};

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
/** More nodes in one process are no process that a person has drawn. */
const MOST_NODES = 5000;

/** What our own files say of an element. */
export interface ReadMeaning {
  readonly is: string;
  readonly head: string;
  readonly of: string;
  readonly lines: readonly string[];
}

export interface ReadNode {
  readonly id: string;
  /** Name of the element, such as `userTask`. */
  readonly tag: string;
  readonly name: string;
  readonly line: number;
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
}

export interface ReadWay {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly condition?: string;
  /** The branches that it stands for, in our own files. */
  readonly heads: readonly BranchOfWay[];
}

/** Nodes and ways of a process or sub-process. */
export interface ReadGraph {
  readonly nodes: readonly ReadNode[];
  readonly ways: readonly ReadWay[];
  /** Elements that are neither: data, notes and the like, by kind, with their names. */
  readonly others: readonly { readonly kind: string; readonly name: string; readonly line: number }[];
}

export interface ReadProcess {
  readonly id: string;
  readonly name: string;
  readonly documentation?: string;
  readonly meaning?: ReadMeaning;
  readonly graph: ReadGraph;
  /** Innermost lane of nodes, by the id of the node. */
  readonly laneOf: ReadonlyMap<string, string>;
  readonly lanes: readonly { readonly id: string; readonly name: string; readonly meaning?: ReadMeaning }[];
}

export interface ReadBpmn {
  readonly participants: readonly { readonly id: string; readonly name: string; readonly process?: string }[];
  readonly processes: readonly ReadProcess[];
  readonly messages: readonly { readonly from: string; readonly to: string; readonly name: string }[];
  readonly declarations: readonly string[];
  /** Shares of ways and times of activities from BPSim, by the id of the element; minutes are worked out. */
  readonly shares: ReadonlyMap<string, number>;
  readonly times: ReadonlyMap<string, string>;
  /** Parts of the file that are neither processes nor drawings. */
  readonly others: readonly { readonly kind: string; readonly name: string; readonly line: number }[];
}

const GATEWAYS = ['exclusiveGateway', 'parallelGateway', 'inclusiveGateway', 'complexGateway', 'eventBasedGateway'];
const EVENTS = ['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent'];
const ACTIVITIES = [
  ...['task', 'userTask', 'manualTask', 'serviceTask', 'scriptTask', 'sendTask', 'receiveTask', 'businessRuleTask'],
  ...['callActivity', 'subProcess', 'transaction', 'adHocSubProcess'],
];
const NODES: ReadonlySet<string> = new Set([...GATEWAYS, ...EVENTS, ...ACTIVITIES]);
const SILENT: ReadonlySet<string> = new Set(['documentation', 'extensionElements', 'incoming', 'outgoing', 'laneSet']);
const PARTS_OF_NODES: ReadonlySet<string> = new Set([
  ...['standardLoopCharacteristics', 'multiInstanceLoopCharacteristics', 'script'],
]);

/**
 * What a file of BPMN 2.0 holds, whoever wrote it: processes with their nodes and ways, lanes, pools, messages between
 * them, and numbers of BPSim.
 * @throws BpmnError for what is no BPMN, not well formed, with a document type, or larger than any model
 */
export function readBpmn(file: string | Uint8Array): ReadBpmn {
  const root = readXmlTree(typeof file === 'string' ? file : decodeXml(file, RULES), RULES);
  if (root.name !== 'definitions' || root.namespace !== BPMN)
    throw new BpmnError(
      'This is no BPMN 2.0: its first element is not `definitions` of BPMN.',
      'Export the model as BPMN 2.0 XML.',
      { line: root.line, column: root.column },
    );
  const processes = all(root, 'process').map(processOf);
  const collaborations = all(root, 'collaboration');
  const others = root.children
    .filter((each) => each.namespace === BPMN)
    .filter(
      ({ name }) => !['process', 'collaboration', 'extensionElements', 'relationship', 'documentation'].includes(name),
    )
    .map(otherOf);
  const inside = collaborations.flatMap(({ children }) =>
    children
      .filter(({ name }) => !['participant', 'messageFlow', 'extensionElements', 'documentation'].includes(name))
      .map(otherOf),
  );
  const bpsim = bpsimOf(root);
  return {
    participants: collaborations.flatMap((each) =>
      all(each, 'participant').map(({ attributes }) => ({
        id: attributes.id ?? '',
        name: nameOf(attributes.name),
        ...(attributes.processRef !== undefined && { process: local(attributes.processRef) }),
      })),
    ),
    processes,
    messages: collaborations.flatMap((each) =>
      all(each, 'messageFlow').map(({ attributes }) => ({
        from: local(attributes.sourceRef ?? ''),
        to: local(attributes.targetRef ?? ''),
        name: nameOf(attributes.name),
      })),
    ),
    declarations: collaborations.flatMap((each) =>
      ours(each, 'declaration').map(({ attributes }) => attributes.text ?? ''),
    ),
    ...bpsim,
    others: [...others, ...inside],
  };
}

function all({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((each) => each.name === name);
}

/** Our own elements in the extension elements of one. */
function ours(element: XmlElement, name: string): readonly XmlElement[] {
  return all(element, 'extensionElements')
    .flatMap(({ children }) => children)
    .filter((each) => each.namespace === PATHWAY_NAMESPACE && each.name === name);
}

/** A reference without the prefix of a namespace. */
function local(reference: string): string {
  return reference.trim().replace(/^[A-Za-z_][\w.-]*:(?=.)/, '');
}

function nameOf(name: string | undefined): string {
  return (name ?? '').replace(/\s+/g, ' ').trim().slice(0, 300);
}

function otherOf({ name, attributes, children, line }: XmlElement): ReadGraph['others'][number] {
  const text = all({ children } as XmlElement, 'text')[0]?.text;
  return { kind: name, name: nameOf(attributes.name ?? text), line };
}

function documentationOf(element: XmlElement): { readonly documentation?: string } {
  const text = all(element, 'documentation')
    .map((each) => each.text.trim())
    .filter((each) => each !== '')
    .join('\n');
  return text === '' ? {} : { documentation: text };
}

function meaningOf(element: XmlElement): { readonly meaning?: ReadMeaning } {
  const [found] = ours(element, 'meaning');
  if (found === undefined) return {};
  const { is = '', head = '', of = '' } = found.attributes;
  return { meaning: { is, head, of, lines: all(found, 'says').map(({ attributes }) => attributes.text ?? '') } };
}

function processOf(element: XmlElement): ReadProcess {
  const laneOf = new Map<string, string>();
  const lanes: ReadProcess['lanes'][number][] = [];
  const visit = (set: XmlElement): void => {
    for (const lane of all(set, 'lane')) {
      const id = lane.attributes.id ?? `lane ${lanes.length}`;
      lanes.push({ id, name: nameOf(lane.attributes.name), ...meaningOf(lane) });
      for (const { text } of all(lane, 'flowNodeRef')) laneOf.set(local(text), id);
      for (const inner of all(lane, 'childLaneSet')) visit(inner);
    }
  };
  for (const set of all(element, 'laneSet')) visit(set);
  return {
    id: element.attributes.id ?? '',
    name: nameOf(element.attributes.name),
    ...documentationOf(element),
    ...meaningOf(element),
    graph: graphOf(element),
    laneOf,
    lanes,
  };
}

function graphOf(element: XmlElement): ReadGraph {
  const nodes: ReadNode[] = [];
  const ways: ReadWay[] = [];
  const others: ReadGraph['others'][number][] = [];
  for (const child of element.children) {
    if (child.name === 'sequenceFlow') ways.push(wayOf(child));
    else if (NODES.has(child.name)) nodes.push(nodeOf(child));
    else if (!SILENT.has(child.name) && !PARTS_OF_NODES.has(child.name) && child.namespace === BPMN)
      others.push(otherOf(child));
  }
  if (nodes.length > MOST_NODES)
    throw new BpmnError(`A process has more than ${MOST_NODES} nodes.`, 'Export its parts one by one.', {
      line: element.line,
      column: element.column,
    });
  const known = new Set(nodes.map(({ id }) => id));
  const lost = ways.filter(({ from, to }) => !known.has(from) || !known.has(to));
  return {
    nodes,
    ways: ways.filter((way) => !lost.includes(way)),
    others: [...others, ...lost.map(({ id }) => ({ kind: 'sequenceFlow to nowhere', name: id, line: element.line }))],
  };
}

function wayOf(element: XmlElement): ReadWay {
  const { id = '', sourceRef = '', targetRef = '', name } = element.attributes;
  const condition = all(element, 'conditionExpression')[0]?.text.trim();
  return {
    id,
    from: local(sourceRef),
    to: local(targetRef),
    name: nameOf(name),
    ...(condition !== undefined && condition !== '' && { condition }),
    heads: ours(element, 'branch').map(({ attributes: { head: text = '', place = '0' } }) => ({
      head: text,
      place: Number(place) || 0,
    })),
  };
}

function nodeOf(element: XmlElement): ReadNode {
  const { attributes, name: tag, line } = element;
  const special =
    attributes.triggeredByEvent === 'true'
      ? 'it begins by an event of its own'
      : attributes.isForCompensation === 'true'
        ? 'it is done to make up for something'
        : tag === 'adHocSubProcess'
          ? 'its activities have no order'
          : undefined;
  return {
    id: attributes.id ?? '',
    tag,
    name: nameOf(attributes.name),
    line,
    ...documentationOf(element),
    ...meaningOf(element),
    events: element.children
      .filter(({ name }) => name.endsWith('EventDefinition'))
      .map((each) => ({ kind: each.name.replace(/EventDefinition$/, ''), text: textOf(each) })),
    ...(attributes.attachedToRef !== undefined && { attachedTo: local(attributes.attachedToRef) }),
    interrupts: attributes.cancelActivity !== 'false',
    ...(attributes.calledElement !== undefined && { calls: local(attributes.calledElement) }),
    ...loopOf(element),
    ...(['subProcess', 'transaction', 'adHocSubProcess'].includes(tag) && { inside: graphOf(element) }),
    ...(attributes.default !== undefined && { default: local(attributes.default) }),
    ...(special !== undefined && { special }),
  };
}

function textOf({ text, children }: XmlElement): string {
  return [text, ...children.map(textOf)].join(' ').trim();
}

function loopOf(element: XmlElement): Pick<ReadNode, 'loop'> {
  if (all(element, 'standardLoopCharacteristics').length > 0) return { loop: { kind: 'standard' } };
  const [several] = all(element, 'multiInstanceLoopCharacteristics');
  if (several === undefined) return {};
  const times = Number(all(several, 'loopCardinality')[0]?.text.trim() ?? Number.NaN);
  return { loop: { kind: 'several', ...(Number.isInteger(times) && times > 0 && times <= 1000 && { times }) } };
}

const TIME_UNITS: Readonly<Record<string, string>> = { ms: 's', s: 's', min: 'min', hour: 'h', day: 'd' };

/** Times and shares of the first scenario of BPSim. */
function bpsimOf(root: XmlElement): Pick<ReadBpmn, 'shares' | 'times'> {
  const shares = new Map<string, number>();
  const times = new Map<string, string>();
  const scenario = all(root, 'relationship')
    .flatMap((each) => all(each, 'extensionElements'))
    .flatMap((each) => all(each, 'BPSimData'))
    .flatMap((each) => all(each, 'Scenario'))[0];
  if (scenario === undefined) return { shares, times };
  const unit = TIME_UNITS[all(scenario, 'ScenarioParameters')[0]?.attributes.baseTimeUnit ?? 'min'] ?? 'min';
  for (const parameters of all(scenario, 'ElementParameters')) {
    const element = local(parameters.attributes.elementRef ?? '');
    const inside = parameters.children.flatMap(({ children }) => children);
    const share = Number(
      inside.find(({ name }) => name === 'Probability')?.children[0]?.attributes.value ?? Number.NaN,
    );
    if (share >= 0 && share <= 1) shares.set(element, share);
    const law = inside.find(({ name }) => name === 'ProcessingTime')?.children[0];
    const text = law === undefined ? undefined : lawText(law, unit);
    if (text !== undefined) times.set(element, text);
  }
  return { shares, times };
}

function lawText({ name, attributes }: XmlElement, unit: string): string | undefined {
  const value = (key: string): string | undefined => {
    const number = Number(attributes[key]);
    return attributes[key] !== undefined && Number.isFinite(number) && number >= 0 && number < 1e9
      ? String(number)
      : undefined;
  };
  const time = (key: string): string | undefined =>
    value(key) === undefined ? undefined : `${value(key) ?? ''} ${unit}`;
  const written = (family: string, parts: readonly (string | undefined)[]): string | undefined =>
    parts.includes(undefined) || parts.some((part) => part?.includes('e'))
      ? undefined
      : `${family}(${parts.join(', ')})`;
  switch (name) {
    case 'FloatingParameter':
    case 'NumericParameter':
      return time('value');
    case 'NegativeExponentialDistribution':
      return written('exponential', [time('mean')]);
    case 'UniformDistribution':
      return written('uniform', [time('min'), time('max')]);
    case 'TriangularDistribution':
      return written('triangular', [time('min'), time('mode'), time('max')]);
    case 'NormalDistribution':
      return written('normal', [
        time('mean') && `mean ${time('mean') ?? ''}`,
        time('standardDeviation') && `sd ${time('standardDeviation') ?? ''}`,
      ]);
    case 'LogNormalDistribution':
      return written('lognormal', [
        time('mean') && `mean ${time('mean') ?? ''}`,
        time('standardDeviation') && `sd ${time('standardDeviation') ?? ''}`,
      ]);
    case 'GammaDistribution':
      return written('gamma', [value('shape'), time('scale')]);
    default:
      return undefined;
  }
}
