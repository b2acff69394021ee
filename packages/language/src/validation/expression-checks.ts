import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, explainUnknownUnit, formatShare, parseUnit, suggestUnit } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { unitText } from '../lowering/unit-text.js';
import { constantOf } from './constants.js';
import type { ValidationContext } from './context.js';
import { alike, describeType, type ValueType } from './kinds-of-value.js';
import { originOf, originOfProperty, replacement } from './places.js';

/** A number's unit is one of the language. */
export function* unitIsKnown(literal: ast.NumberLiteral): Generator<Diagnostic> {
  const text = unitText(literal);
  if (text === undefined || parseUnit(text) !== undefined) return;
  const both = literal.unit !== undefined && literal.per !== undefined;
  const range = both ? joined(literal) : originOfProperty(literal, literal.unit === undefined ? 'per' : 'unit');
  const written = literal.unit === undefined ? (literal.per ?? '') : text;
  const suggestion = suggestUnit(literal.unit === undefined ? `per ${written}` : text)?.replace(/^per +/, '');
  const sentence = literal.unit === undefined ? explainUnknownUnit(`per ${written}`) : explainUnknownUnit(text);
  yield createDiagnostic('PW4001', { sentence }, range, { fixes: replacement(range, suggestion) });
}

function joined(literal: ast.NumberLiteral) {
  const [start, end] = [originOfProperty(literal, 'unit'), originOfProperty(literal, 'per')];
  return { ...start, endLine: end.endLine, endColumn: end.endColumn };
}

/** The unit after `in` is one of the language. */
export function* unitOfDrawsIsKnown(
  call: ast.FunctionCall | ast.EmpiricalColumn | ast.Attribute,
): Generator<Diagnostic> {
  if (call.unit === undefined || parseUnit(call.unit) !== undefined) return;
  const range = originOfProperty(call, 'unit');
  const fixes = replacement(range, suggestUnit(call.unit));
  yield createDiagnostic('PW4001', { sentence: explainUnknownUnit(call.unit) }, range, { fixes });
}

/** Only like quantities are added and compared, only conditions are joined by `and` and `or`. */
export function* operandsFit(operation: ast.BinaryExpression, { types }: ValidationContext): Generator<Diagnostic> {
  const left = types.of(operation.left);
  const right = types.of(operation.right);
  if (left.kind === 'unknown' || right.kind === 'unknown') return;
  if (left.kind === 'element' || right.kind === 'element') return;
  const { operator } = operation;
  const range = originOf(operation);
  switch (operator) {
    case 'and':
    case 'or':
      if (left.kind === 'truth' && right.kind === 'truth') return;
      break;
    case '*':
    case '/':
      if (left.kind !== 'quantity' || right.kind !== 'quantity') break;
      if (left.dimension.currency === undefined || right.dimension.currency === undefined) return;
      if (left.dimension.currency === right.dimension.currency) return;
      break;
    case '+':
    case '-':
      if (left.kind === 'quantity' && alike(left, right)) return;
      break;
    case '=':
    case '!=':
      if (left.kind === 'category' && right.kind === 'category') {
        yield* comparedValueExists(operation, left, right);
        return;
      }
      if (alike(left, right)) return;
      break;
    default:
      if (left.kind === 'quantity' && alike(left, right)) return;
  }
  const currencies = currenciesOf(left, right);
  if (currencies !== undefined) {
    yield createDiagnostic('PW4004', currencies, range);
    return;
  }
  yield createDiagnostic(
    'PW4003',
    { left: capitalised(describeType(left)), operator: operator ?? '', right: describeType(right) },
    range,
  );
}

function currenciesOf(left: ValueType, right: ValueType): { first: string; second: string } | undefined {
  if (left.kind !== 'quantity' || right.kind !== 'quantity') return undefined;
  const [first, second] = [left.dimension.currency, right.dimension.currency];
  return first === undefined || second === undefined || first === second ? undefined : { first, second };
}

function* comparedValueExists(
  operation: ast.BinaryExpression,
  left: ValueType & { kind: 'category' },
  right: ValueType & { kind: 'category' },
): Generator<Diagnostic> {
  const [attribute, value, place] =
    left.attribute === undefined ? [right, left, operation.left] : [left, right, operation.right];
  const [word] = value.options;
  if (
    attribute.attribute === undefined ||
    value.attribute !== undefined ||
    word === undefined ||
    attribute.options.includes(word)
  )
    return;
  const params = { attribute: attribute.attribute, value: word, values: attribute.options.join(', ') };
  yield createDiagnostic('PW3004', params, originOf(place));
}

/** `not` stands before a condition, a minus before a quantity. */
export function* negationFits(negation: ast.Negation, { types }: ValidationContext): Generator<Diagnostic> {
  const type = types.of(negation.operand);
  if (type.kind === 'unknown' || type.kind === (negation.operator === 'not' ? 'truth' : 'quantity')) return;
  const expected = negation.operator === 'not' ? 'a condition' : 'a quantity';
  yield createDiagnostic(
    'PW4002',
    { place: `\`${negation.operator}\``, expected, found: describeType(type) },
    originOf(negation.operand),
  );
}

/** The cases of one value are of one kind. */
export function* valuesAreAlike(node: ast.Cases | ast.Extreme, { types }: ValidationContext): Generator<Diagnostic> {
  const values = ast.isCases(node) ? node.cases.map((each) => each.value) : node.arguments;
  const operator = ast.isCases(node) ? 'by' : node.kind;
  let first: ValueType | undefined;
  for (const value of values) {
    const type = types.of(value);
    if (type.kind === 'unknown') continue;
    first ??= type;
    if (alike(first, type)) continue;
    yield createDiagnostic(
      'PW4003',
      { left: capitalised(describeType(first)), operator: operator ?? '', right: describeType(type) },
      originOf(value),
    );
    return;
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Shares of `one of` add to 100 %, or leave something for the options without one. */
export function* optionSharesAddUp(oneOf: ast.OneOf): Generator<Diagnostic> {
  const given = oneOf.options.filter((option) => option.share !== undefined);
  const shares = given.map((option) => constantOf(option.share));
  if (given.length === 0 || shares.some((share) => share === undefined || share < 0 || share > 1)) return;
  const sum = shares.reduce<number>((total, share) => total + (share ?? 0), 0);
  const open = oneOf.options.length - given.length;
  const fits = open === 0 ? Math.abs(sum - 1) <= ROUNDING : sum <= 1 + ROUNDING;
  if (fits) return;
  yield createDiagnostic('PW3002', { sum: formatShare(sum, { digits: 4 }) }, originOf(oneOf));
}

/** How far shares may miss 100 %: figures are often rounded. The model's `categoryShares` allows as much. */
export const ROUNDING = 0.005;

/** The values of a column come as often as the file has them. */
export function* columnHasNoShares(attribute: ast.Attribute): Generator<Diagnostic> {
  if (!ast.isAttributeTable(attribute.$container) || !ast.isOneOf(attribute.value)) return;
  const share = attribute.value.options.find((option) => option.share !== undefined)?.share;
  if (share === undefined) return;
  const sentence = 'The values of a column come as often as the file has them; leave out the shares.';
  yield createDiagnostic('PW4006', { sentence }, originOf(share));
}
