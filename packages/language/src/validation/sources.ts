import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { originOfHead } from './places.js';

/** A named number says where it comes from, itself or by the numbers that it is made of. Off unless asked for. */
export function* numberHasASource(number: ast.NumberDeclaration): Generator<Diagnostic> {
  if (number.sources.length > 0 || number.name === undefined) return;
  const isWritten = ast.isNumberLiteral(number.value) || ast.isFunctionCall(number.value) || ast.isOneOf(number.value);
  if (!isWritten) return;
  yield createDiagnostic('PW4010', { text: `\`${number.name}\`` }, originOfHead(number));
}
