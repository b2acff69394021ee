import { AstUtils } from 'langium';
import type { Position } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { elementOf } from './elements.js';
import { cstRange, nodeAt, spotAt } from './places.js';
import type { EditorProject } from './project.js';

/** What can be drawn around a place. */
export interface Drawable {
  readonly kind: 'pathway' | 'crisis' | 'response';
  /** Id in the model. */
  readonly id: string;
  /** First line of the innermost activity around the place, from 1; of the declaration where there is none. */
  readonly line: number;
}

/** The pathway, crisis or response around a place; undefined where none is, or none has had a meaning yet. */
export function drawableAt(project: EditorProject, file: string, position: Position): Drawable | undefined {
  const spot = spotAt(project, file, position);
  const model = project.lastModel;
  if (spot === undefined || model === undefined) return undefined;
  const node = nodeAt(spot.root, spot.offset);
  const line = cstRange((AstUtils.getContainerOfType(node, ast.isActivity) ?? node).$cstNode).start.line + 1;
  const pathway = AstUtils.getContainerOfType(node, ast.isPathway);
  const crisis = AstUtils.getContainerOfType(node, ast.isCrisis);
  const response = AstUtils.getContainerOfType(node, ast.isResponse);
  const found =
    (pathway && { kind: 'pathway' as const, element: elementOf(model.pathways, pathway) }) ??
    (crisis && { kind: 'crisis' as const, element: elementOf(model.crises, crisis) }) ??
    (response && { kind: 'response' as const, element: elementOf(model.responses, response) });
  return found?.element && { kind: found.kind, id: found.element.id, line };
}
