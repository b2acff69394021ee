import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { originOfProperty } from './places.js';

const SENTENCE =
  'Whoever comes at a clock time comes together: give their number there, and leave `each a group of` out.';

/** Groups come at a rate, or so long after each other; so many at a clock time are a group as they are. */
export function* groupsHaveNoClockTime(node: AstNode): Generator<Diagnostic> {
  if (!(ast.isCountedArrivals(node) || ast.isPlainValue(node)) || node.group === undefined) return;
  const isAtATime = ast.isCountedArrivals(node)
    ? node.at !== undefined
    : (node.schedule?.rules ?? []).some(({ from }) => from !== undefined);
  if (isAtATime) yield createDiagnostic('PW4006', { sentence: SENTENCE }, originOfProperty(node, 'group'));
}
