import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { originOf, originOfProperty } from './places.js';

const SENTENCE =
  'Whoever comes at a clock time comes together: give their number there, and leave `each a group of` out.';

/** Groups come at a rate, or so long after each other; so many at a clock time are a group as they are. */
export function* groupsHaveNoClockTime(node: AstNode): Generator<Diagnostic> {
  if (!(ast.isCountedArrivals(node) || ast.isPlainValue(node)) || node.group === undefined) return;
  const isAtATime = ast.isCountedArrivals(node)
    ? node.at !== undefined && node.to === undefined
    : (node.schedule?.rules ?? []).some(({ from, to }) => from !== undefined && to === undefined);
  if (isAtATime) yield createDiagnostic('PW4006', { sentence: SENTENCE }, originOfProperty(node, 'group'));
}

const DAYS: readonly (string | undefined)[] = ['d', 'day', 'days', 'week', 'weeks', 'year'];

/** Within clock times a rate is that of these hours, so that `90 per day` would bring fewer than 90; and a profile would say them again. */
export function* hoursFitTheRate(node: AstNode): Generator<Diagnostic> {
  if (ast.isCountedArrivals(node)) yield* rateFits(node.amount, node.at, node.to, node.profile);
  if (!ast.isPlainValue(node)) return;
  for (const { amount, from, to } of node.schedule?.rules ?? []) yield* rateFits(amount, from, to, node.profile);
}

function* rateFits(
  amount: ast.Expression | undefined,
  from: string | undefined,
  to: string | undefined,
  profile: ast.Profile | undefined,
): Generator<Diagnostic> {
  if (amount === undefined || from === undefined || to === undefined) return;
  const tooLong = ast.isNumberLiteral(amount) && amount.unit === undefined && DAYS.includes(amount.per);
  if (!tooLong && profile === undefined) return;
  const sentence = `From ${from} to ${to} a rate is that of these hours, so many \`per h\`; \`profile\` shares out a day.`;
  yield createDiagnostic('PW4006', { sentence }, originOf(tooLong ? amount : (profile ?? amount)));
}
