import { xml, xmlDocument, type XmlElement } from '../xml-text.js';
import { bpsimParameters, bpsimRelationship } from './bpsim.js';
import { diagramOf, type NamedDrawing } from './bpmn-drawing.js';
import type { BpmnDocument } from './document.js';
import type { DrawnProcess } from './drawn-process.js';
import type { BpmnNode, BpmnProcess, BpmnWay, Meaning } from './process.js';
import { XmlNames } from './xml-names.js';
import { declaredName } from '../write/expressions.js';

/** Namespace of what the language says of an element, kept in its extension elements. */
export const PATHWAY_NAMESPACE = 'urn:pathway:bpmn:1';

const FORMAL = { 'xsi:type': 'bpmn:tFormalExpression' };

const ELEMENTS: Readonly<Record<BpmnNode['kind'], string>> = {
  start: 'bpmn:startEvent',
  entry: 'bpmn:startEvent',
  end: 'bpmn:endEvent',
  terminate: 'bpmn:endEvent',
  task: 'bpmn:task',
  'user task': 'bpmn:userTask',
  call: 'bpmn:callActivity',
  timer: 'bpmn:intermediateCatchEvent',
  throw: 'bpmn:intermediateThrowEvent',
  exclusive: 'bpmn:exclusiveGateway',
  parallel: 'bpmn:parallelGateway',
  'sub-process': 'bpmn:subProcess',
  'boundary timer': 'bpmn:boundaryEvent',
  'boundary condition': 'bpmn:boundaryEvent',
};

/**
 * A document as BPMN 2.0 with its drawing: a pool with lanes for each pathway, tasks, gateways, timers, sub-processes, ends
 * with their outcomes, called pathways as call activities, holds as groups, numbers for simulation in BPSim 2.0, and in
 * extension elements what the language says, so that it can be read back. Conditions are in the words of the language.
 * @param drawings the drawing of every process and of what is inside, by the id of the process
 */
export function bpmnXml(document: BpmnDocument, drawings: ReadonlyMap<string, DrawnProcess>): BpmnFile {
  return new BpmnWriter(document, drawings).write();
}

/** A file of BPMN, and what it does not say: in plain words, each once. */
export interface BpmnFile {
  readonly xml: string;
  readonly notSaid: readonly string[];
}

class BpmnWriter {
  private readonly names = new XmlNames();
  private readonly ids = {
    node: (id: string): string => this.names.of('Node', id),
    way: (id: string): string => this.names.of('Flow', id),
    process: (id: string): string => this.names.of('Process', id),
    pool: (id: string): string => this.names.of('Pool', id),
    lane: (process: string, index: number): string => this.names.of('Lane', `${process}_${index + 1}`),
    group: (process: string, index: number): string => this.names.of('Group', `${process}_${index + 1}`),
  };

  constructor(
    private readonly document: BpmnDocument,
    private readonly drawings: ReadonlyMap<string, DrawnProcess>,
  ) {}

  write(): BpmnFile {
    const { document, ids } = this;
    const [main] = document.processes;
    const { model } = document;
    const notSaid = new Set(document.notSaid);
    const parameters = document.processes.flatMap(({ pathway, process }) =>
      bpsimParameters(model, pathway, process, ids, notSaid),
    );
    const processes = document.processes.map(({ process }) => process);
    const root = xml(
      'bpmn:definitions',
      {
        'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
        'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI',
        'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
        'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI',
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xmlns:bpsim': 'http://www.bpsim.org/schemas/2.0',
        'xmlns:pathway': PATHWAY_NAMESPACE,
        id: 'Definitions',
        targetNamespace: 'urn:pathway',
        expressionLanguage: PATHWAY_NAMESPACE,
        exporter: 'Pathway',
        exporterVersion: model.languageVersion,
      },
      [
        ...processes.flatMap((process) => this.categories(process)),
        xml('bpmn:collaboration', { id: 'Collaboration' }, [
          this.declarations(),
          ...processes.map((process) =>
            xml('bpmn:participant', {
              id: ids.pool(process.id),
              name: process.title,
              processRef: ids.process(process.id),
            }),
          ),
          ...processes.flatMap((process) => this.groups(process)),
        ]),
        ...document.processes.map(({ process, pathway }) => this.process(process, pathway)),
        ...diagramOf(this.drawn(processes), 'Collaboration', ids),
        bpsimRelationship(parameters, ids.process(main?.process.id ?? '')),
      ],
    );
    return { xml: xmlDocument(root), notSaid: [...notSaid] };
  }

  private drawn(processes: readonly BpmnProcess[], isPool = true): readonly NamedDrawing[] {
    return processes.flatMap((process) => {
      const drawing = this.drawings.get(process.id);
      if (drawing === undefined) throw new RangeError(`The process ${process.id} has no drawing.`);
      const inside = process.nodes.flatMap((node) => (node.inside === undefined ? [] : [node.inside]));
      return [{ process, drawing, isPool }, ...this.drawn(inside, false)];
    });
  }

  private declarations(): XmlElement | undefined {
    const { declarations } = this.document;
    if (declarations.length === 0) return undefined;
    return xml(
      'bpmn:extensionElements',
      {},
      declarations.map((text) => xml('pathway:declaration', { text })),
    );
  }

  /** What a group is called is said in a category. */
  private categories(process: BpmnProcess): readonly XmlElement[] {
    return this.regions(process).map(({ title }, index) => {
      const id = this.ids.group(process.id, index);
      return xml('bpmn:category', { id: `${id}_category` }, [
        xml('bpmn:categoryValue', { id: `${id}_value`, value: `Keeps ${title}` }),
      ]);
    });
  }

  private groups(process: BpmnProcess): readonly XmlElement[] {
    return this.regions(process).map((_, index) => {
      const id = this.ids.group(process.id, index);
      return xml('bpmn:group', { id, categoryValueRef: `${id}_value` });
    });
  }

  private regions(process: BpmnProcess): DrawnProcess['regions'] {
    return this.drawings.get(process.id)?.regions ?? [];
  }

  private process(process: BpmnProcess, pathway: { readonly name: string; readonly owner?: string }): XmlElement {
    const { ids } = this;
    const lanes = process.lanes.map(({ id, title }, index) =>
      xml('bpmn:lane', { id: ids.lane(process.id, index), name: title }, [
        id === ''
          ? undefined
          : xml('bpmn:extensionElements', {}, [xml('pathway:meaning', { is: 'organisation', head: declaredName(id) })]),
        ...process.nodes
          .filter(({ lane }) => lane === index)
          .map((node) => xml('bpmn:flowNodeRef', {}, ids.node(node.id))),
      ]),
    );
    const meaning: Meaning = {
      is: 'pathway',
      head: pathway.name,
      ...(pathway.owner !== undefined && { lines: [`owner ${declaredName(pathway.owner)}`] }),
    };
    return xml('bpmn:process', { id: ids.process(process.id), name: process.title, isExecutable: true }, [
      documentationOf(process),
      extension(meaning),
      lanes.length === 0 ? undefined : xml('bpmn:laneSet', { id: `${ids.process(process.id)}_lanes` }, lanes),
      ...this.contents(process),
    ]);
  }

  private contents({ nodes, ways }: BpmnProcess): readonly XmlElement[] {
    return [...nodes.map((node) => this.flowNode(node, ways)), ...ways.map((way) => this.way(way))];
  }

  private flowNode(node: BpmnNode, ways: readonly BpmnWay[]): XmlElement {
    const { ids } = this;
    const [incoming, outgoing] = [ways.filter(({ to }) => to === node.id), ways.filter(({ from }) => from === node.id)];
    const otherwise = outgoing.length > 1 ? outgoing.find(({ isDefault }) => isDefault) : undefined;
    const isGateway = node.kind === 'exclusive' || node.kind === 'parallel';
    return xml(
      ELEMENTS[node.kind],
      {
        id: ids.node(node.id),
        name: node.name === '' ? undefined : node.name,
        attachedToRef: node.attachedTo && ids.node(node.attachedTo),
        calledElement: node.calls && ids.process(node.calls),
        gatewayDirection: isGateway ? (outgoing.length > 1 ? 'Diverging' : 'Converging') : undefined,
        default: otherwise && ids.way(otherwise.id),
      },
      [
        documentationOf(node),
        node.meaning &&
          extension({ ...node.meaning, ...(node.meaning.of !== undefined && { of: ids.node(node.meaning.of) }) }),
        ...incoming.map(({ id }) => xml('bpmn:incoming', {}, ids.way(id))),
        ...outgoing.map(({ id }) => xml('bpmn:outgoing', {}, ids.way(id))),
        ...this.definitionOf(node),
        ...(node.inside === undefined ? [] : this.contents(node.inside)),
      ],
    );
  }

  private definitionOf(node: BpmnNode): readonly XmlElement[] {
    const id = `${this.ids.node(node.id)}_event`;
    switch (node.kind) {
      case 'entry':
        return [xml('bpmn:messageEventDefinition', { id })];
      case 'terminate':
        return [xml('bpmn:terminateEventDefinition', { id })];
      case 'timer':
      case 'boundary timer': {
        const time = node.time ?? { kind: 'words', text: node.name };
        // A time that is known only in a run is a condition: an engine takes nothing but dates and durations for times.
        if (time.kind === 'words') return [conditional(id, time.text)];
        return [xml('bpmn:timerEventDefinition', { id }, [xml('bpmn:timeDuration', FORMAL, time.text)])];
      }
      case 'boundary condition':
        return [conditional(id, node.name)];
      default:
        return [];
    }
  }

  private way(way: BpmnWay): XmlElement {
    const { ids } = this;
    return xml(
      'bpmn:sequenceFlow',
      {
        id: ids.way(way.id),
        name: way.name === '' ? undefined : way.name,
        sourceRef: ids.node(way.from),
        targetRef: ids.node(way.to),
      },
      [
        way.branches === undefined || way.branches.length === 0
          ? undefined
          : xml(
              'bpmn:extensionElements',
              {},
              way.branches.map(({ head, place }) => xml('pathway:branch', { head, place })),
            ),
        way.condition === undefined ? undefined : xml('bpmn:conditionExpression', FORMAL, way.condition),
      ],
    );
  }
}

function conditional(id: string, condition: string): XmlElement {
  return xml('bpmn:conditionalEventDefinition', { id }, [xml('bpmn:condition', FORMAL, condition)]);
}

function documentationOf({ documentation }: { readonly documentation?: string }): XmlElement | undefined {
  return documentation === undefined ? undefined : xml('bpmn:documentation', {}, documentation);
}

function extension({ is, head, of, lines = [] }: Meaning): XmlElement {
  return xml('bpmn:extensionElements', {}, [
    xml(
      'pathway:meaning',
      { is, head, of },
      lines.map((text) => xml('pathway:says', { text })),
    ),
  ]);
}
