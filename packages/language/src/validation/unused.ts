import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { ValidationContext } from './context.js';
import { fileOfNode, originOfHead } from './places.js';
import { kindName } from './references.js';

/** Declarations that exist to be referred to are referred to. Shared files are exempt: others use what they declare. */
export function* declarationsAreUsed(root: ast.Document, context: ValidationContext): Generator<Diagnostic> {
  if (isShared(root)) return;
  for (const declaration of root.declarations) {
    if (!isToBeReferredTo(declaration) || declaration.name === undefined) continue;
    if (context.isReferenced(declaration)) continue;
    yield createDiagnostic(
      'PW2006',
      { kind: kindName(declaration.$type), name: declaration.name },
      originOfHead(declaration),
    );
  }
}

/** Whether a file is of the library or of a package: what stands there for others cannot be changed here. */
export function isShared(root: ast.Document): boolean {
  return /^(library|package):/.test(fileOfNode(root));
}

type Referable =
  | ast.Source
  | ast.Skill
  | ast.Role
  | ast.Shift
  | ast.Resource
  | ast.Stock
  | ast.Travel
  | ast.NumberDeclaration
  | ast.Cohort;

function isToBeReferredTo(declaration: ast.Declaration): declaration is Referable {
  return (
    ast.isSource(declaration) ||
    ast.isSkill(declaration) ||
    ast.isRole(declaration) ||
    ast.isShift(declaration) ||
    ast.isResource(declaration) ||
    ast.isStock(declaration) ||
    ast.isTravel(declaration) ||
    ast.isNumberDeclaration(declaration) ||
    ast.isCohort(declaration)
  );
}
