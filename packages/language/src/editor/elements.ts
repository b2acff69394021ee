import type { AstNode } from 'langium';
import type { ModelFacts, OfferedLoad } from '@pathway/analysis';
import type { Model, Origin } from '@pathway/model';
import { fileOfNode } from '../validation/places.js';
import { isNamed, ownerOf } from './places.js';
import type { EditorProject } from './project.js';

interface Element {
  readonly id: string;
  readonly origin: Origin;
}

/**
 * What a declaration or activity became in the latest model that the texts had. Names tell it, not lines, which may have
 * moved since.
 */
export function elementOf<T extends Element & { readonly name?: string }>(
  list: readonly T[] | undefined,
  node: AstNode,
): T | undefined {
  if (!isNamed(node)) return undefined;
  const file = fileOfNode(node);
  return list?.find(({ name, origin }) => name === node.name && origin.file === file);
}

/** The id that an activity has in the model. */
export function activityIdOf(model: Model, node: AstNode): string | undefined {
  const owner = ownerOf(node);
  if (owner === undefined || !isNamed(node)) return undefined;
  const element = elementOf(model.pathways, owner) ?? elementOf(model.responses, owner);
  return element && `${element.id}.${node.name}`;
}

/** The group of staff that was written on a line of a file. */
export function staffOf(model: Model, file: string, line: number): Model['staff'][number] | undefined {
  return model.staff.find(({ origin }) => origin.file === file && origin.line === line);
}

/** The load of a station by its id. */
export function loadOf(facts: ModelFacts | undefined, id: string | undefined): OfferedLoad | undefined {
  return facts?.loads.find((each) => each.id === id);
}

/** The model and its facts, where the texts have had one. */
export function lastMeaning(
  project: EditorProject,
): { readonly model: Model; readonly facts: ModelFacts | undefined } | undefined {
  const model = project.lastModel;
  return model && { model, facts: project.lastFacts };
}
