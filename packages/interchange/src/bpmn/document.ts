import type { Model, Pathway } from '@pathway/model';
import { withCalled } from '../called-pathways.js';
import { declarationsFor } from '../write/declaration-text.js';
import { declaredName } from '../write/expressions.js';
import { buildProcess } from './build-process.js';
import type { BpmnNode, BpmnProcess } from './process.js';

/** Everything that a file of BPMN says of a pathway, and what it leaves out. */
export interface BpmnDocument {
  readonly model: Model;
  /** The pathway, then those that it calls, in the order in which they are first called. */
  readonly processes: readonly { readonly pathway: Pathway; readonly process: BpmnProcess }[];
  /** Declarations that the processes name, as text of the language. */
  readonly declarations: readonly string[];
  /** In plain words, each once. */
  readonly notSaid: readonly string[];
}

/**
 * A pathway, with those that it calls, as processes of BPMN that have no drawing yet.
 * @throws RangeError when the model has no such pathway
 */
export function bpmnDocument(model: Model, pathwayId: string): BpmnDocument {
  const notSaid = new Set<string>();
  const processes = withCalled(model, pathwayId).map((pathway) => ({
    pathway,
    process: buildProcess(model, pathway, notSaid),
  }));
  const texts = processes.flatMap(({ process }) => [
    ...textsOf(process),
    ...process.lanes.map(({ id }) => declaredName(id)),
  ]);
  const owners = processes.flatMap(({ pathway }) => (pathway.owner === undefined ? [] : [declaredName(pathway.owner)]));
  const declarations = declarationsFor(model, [...texts, ...owners], notSaid).map(({ text }) => text);
  if ((model.responses ?? []).length > 0)
    notSaid.add(
      'Crises and responses: the processes are those of everyday. A response is exported as the pathway that it makes.',
    );
  return { model, processes, declarations, notSaid: [...notSaid] };
}

function textsOf(process: BpmnProcess): readonly string[] {
  const ofNode = ({ meaning, inside }: BpmnNode): readonly string[] => [
    meaning?.head ?? '',
    ...(meaning?.lines ?? []),
    ...(inside === undefined ? [] : textsOf(inside)),
  ];
  return [
    ...process.nodes.flatMap(ofNode),
    ...process.ways.flatMap(({ branches = [] }) => branches.map(({ head }) => head)),
  ];
}
