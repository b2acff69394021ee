import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import { AstUtils } from 'langium';
import * as ast from '../generated/ast.js';
import { LIMITS } from '../parser/limits.js';
import { originOfHead } from './places.js';
import { targetOf } from './references.js';

/**
 * A number stays short when all that it is made of is written out. Numbers that each use the one before twice double with
 * every line, and whatever writes them out, as an engine must where they are drawn, would never end.
 */
export function* numberIsOfFewParts(number: ast.NumberDeclaration): Generator<Diagnostic> {
  if (partsOf(number, new Map(), 0) <= LIMITS.numberParts) return;
  yield createDiagnostic('PW4018', { name: number.name, limit: LIMITS.numberParts }, originOfHead(number));
}

/** Each number is counted once, however often it is used; one that depends on itself is told elsewhere. */
function partsOf(number: ast.NumberDeclaration, known: Map<ast.NumberDeclaration, number>, depth: number): number {
  const counted = known.get(number);
  if (counted !== undefined) return counted;
  if (depth > LIMITS.numberDepth) return Number.POSITIVE_INFINITY;
  known.set(number, 0);
  let parts = 1;
  for (const node of number.value === undefined ? [] : AstUtils.streamAst(number.value)) {
    const target = ast.isNameReference(node) ? targetOf(node.target) : undefined;
    parts += ast.isNumberDeclaration(target) ? partsOf(target, known, depth + 1) : 1;
  }
  known.set(number, parts);
  return parts;
}
