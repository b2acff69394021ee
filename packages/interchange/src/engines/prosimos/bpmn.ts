import { diagramOf } from '../../bpmn/bpmn-drawing.js';
import type { DrawnProcess } from '../../bpmn/drawn-process.js';
import type { BpmnNode, BpmnProcess } from '../../bpmn/process.js';
import { xml, xmlDocument, type XmlElement } from '../../xml-text.js';

const ELEMENTS: Readonly<Partial<Record<BpmnNode['kind'], string>>> = {
  start: 'bpmn:startEvent',
  end: 'bpmn:endEvent',
  task: 'bpmn:task',
  timer: 'bpmn:intermediateCatchEvent',
  exclusive: 'bpmn:exclusiveGateway',
  parallel: 'bpmn:parallelGateway',
};

/**
 * A process for Prosimos, whose ids the parameters name. Prosimos reads the tasks, timers, gateways and ways; the drawing is
 * for those who look at it.
 */
export function prosimosBpmn(process: BpmnProcess, drawing?: DrawnProcess): string {
  const own = (id: string): string => id;
  const drawn =
    drawing === undefined
      ? []
      : diagramOf([{ process, drawing, isPool: true }], 'Collaboration', {
          node: own,
          way: own,
          pool: () => 'Pool',
          lane: (_, index) => `Lane_${index + 1}`,
          group: (_, index) => `Group_${index + 1}`,
        });
  return xmlDocument(
    xml(
      'bpmn:definitions',
      {
        'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL',
        'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI',
        'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
        'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI',
        id: 'Definitions',
        targetNamespace: 'urn:pathway:prosimos',
        exporter: 'Pathway',
      },
      [
        xml('bpmn:collaboration', { id: 'Collaboration' }, [
          xml('bpmn:participant', { id: 'Pool', name: process.title, processRef: process.id }),
        ]),
        xml('bpmn:process', { id: process.id, name: process.title, isExecutable: false }, [
          ...process.nodes.map((node) => flowNode(node, process)),
          ...process.ways.map(({ id, name, from, to }) =>
            xml('bpmn:sequenceFlow', { id, name: name === '' ? undefined : name, sourceRef: from, targetRef: to }),
          ),
        ]),
        ...drawn,
      ],
    ),
  );
}

function flowNode({ id, kind, name }: BpmnNode, { ways }: BpmnProcess): XmlElement {
  const element = ELEMENTS[kind];
  if (element === undefined) throw new RangeError(`Prosimos reads no ${kind}.`);
  return xml(element, { id, name: name === '' ? undefined : name }, [
    ...ways.filter(({ to }) => to === id).map((way) => xml('bpmn:incoming', {}, way.id)),
    ...ways.filter(({ from }) => from === id).map((way) => xml('bpmn:outgoing', {}, way.id)),
    kind === 'timer' ? xml('bpmn:timerEventDefinition', { id: `${id}_time` }) : undefined,
  ]);
}
