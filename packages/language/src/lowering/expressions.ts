import type { Dimension, Distribution, DistributionFamily, Expression, FunctionName, OneOf } from '@pathway/model';
import { dimensionOf, DISTRIBUTION_FORMS, divideDimensions, FUNCTION_WORDS, NUMBER, parseUnit } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { LoweringContext } from './lowering-context.js';
import { unitText } from './unit-text.js';

/** Functions by the word that calls them; `greatest of` and `least of` have a syntax of their own. */
export const FUNCTIONS: ReadonlyMap<string, FunctionName> = new Map(
  (Object.entries(FUNCTION_WORDS) as [FunctionName, string][]).map(([name, word]) => [word, name]),
);

/** What an operator can see at an instant, by the word that asks for it. */
export const STATE_MEASURES = ['queue', 'busy', 'free', 'occupancy', 'capacity', 'level'] as const;

/** What happened to the patient before, by the word that asks for it. */
export const PAST_MEASURES = ['since', 'waited'] as const;

/** Whether a word names a family of distributions. */
export function isFamily(word: string): word is DistributionFamily {
  return Object.hasOwn(DISTRIBUTION_FORMS, word);
}

/** A value that stands for one that an error has already been told of. */
export const MISSING: Expression = Object.freeze({ kind: 'number', value: 0, dimension: NUMBER });

/**
 * The model's value of an expression, in canonical units. Whatever does not resolve becomes `MISSING`; the checks have
 * told why, and no model is given out then.
 */
export function lowerExpression(node: ast.Expression | undefined, context: LoweringContext): Expression {
  if (node === undefined) return MISSING;
  switch (node.$type) {
    case 'NumberLiteral':
      return lowerNumber(node, context);
    case 'Parenthesised':
      return lowerExpression(node.expression, context);
    case 'Negation':
      return { kind: 'unary', operator: node.operator, operand: lowerExpression(node.operand, context) };
    case 'BooleanLiteral':
      return { kind: 'boolean', value: node.value === 'true' };
    case 'DateLiteral':
      return MISSING;
    case 'BinaryExpression':
      return {
        kind: 'binary',
        operator: node.operator,
        left: lowerExpression(node.left, context),
        right: lowerExpression(node.right, context),
      };
    case 'Cases':
      return lowerCases(node, context);
    case 'OneOf':
      return lowerOneOf(node, context);
    case 'Extreme':
      return {
        kind: 'function',
        name: node.kind,
        arguments: node.arguments.map((argument) => lowerExpression(argument, context)),
      };
    case 'FunctionCall':
      return lowerCall(node, context);
    case 'EmpiricalColumn':
      return lowerObservations(node, context);
    case 'NameReference':
      return lowerName(node, context);
    case 'WaitedSoFar':
      return { kind: 'waited', origin: context.originOf(node) };
    case 'ArrivalMoment':
      return MISSING;
  }
}

function lowerNumber(node: ast.NumberLiteral, context: LoweringContext): Expression {
  const text = unitText(node);
  if (text === undefined)
    return { kind: 'number', value: node.value, dimension: NUMBER, origin: context.originOf(node) };
  const unit = parseUnit(text);
  return {
    kind: 'number',
    value: unit === undefined ? node.value : scaled(node.value, unit.factor),
    dimension: unit?.dimension ?? NUMBER,
    unit: text,
    origin: context.originOf(node),
  };
}

/** `24 %` is 0.24 and not 0.24000000000000002: dividing by a whole number rounds once. */
export function scaled(value: number, factor: number): number {
  const inverse = Math.round(1 / factor);
  return factor < 1 && Math.abs(inverse * factor - 1) < 1e-12 ? value / inverse : value * factor;
}

function lowerName(node: ast.NameReference, context: LoweringContext): Expression {
  const target = node.target.ref;
  const origin = context.originOf(node);
  if (ast.isNumberDeclaration(target)) {
    context.reader?.number(target);
    return { kind: 'reference', to: context.idOf(target), origin };
  }
  if (ast.isAttribute(target)) return { kind: 'attribute', name: target.name, origin };
  if (ast.isCategoryOption(target)) return { kind: 'category', value: target.name };
  return MISSING;
}

function lowerCases(node: ast.Cases, context: LoweringContext): Expression {
  const otherwise = node.cases.find((each) => each.otherwise);
  return {
    kind: 'cases',
    attribute: node.attribute.ref?.name ?? node.attribute.$refText,
    cases: node.cases
      .filter((each) => !each.otherwise)
      .map((each) => ({
        values: each.values.map((value) => value.ref?.name ?? value.$refText),
        then: lowerExpression(each.value, context),
      })),
    ...(otherwise === undefined ? {} : { otherwise: lowerExpression(otherwise.value, context) }),
    origin: context.originOf(node),
  };
}

function lowerOneOf(node: ast.OneOf, context: LoweringContext): OneOf {
  return {
    kind: 'one of',
    options: node.options.map((option) => ({
      value: option.name,
      ...(option.title === undefined ? {} : { title: option.title }),
      ...(option.share === undefined ? {} : { share: lowerExpression(option.share, context) }),
    })),
    origin: context.originOf(node),
  };
}

function lowerCall(node: ast.FunctionCall, context: LoweringContext): Expression {
  if (isFamily(node.function)) return lowerDistribution(node, node.function, context);
  const name = FUNCTIONS.get(node.function);
  if (name !== undefined) {
    return { kind: 'function', name, arguments: node.arguments.map((each) => lowerExpression(each.value, context)) };
  }
  const travel = context.travel.called(node);
  if (travel !== undefined) return context.travel.time(node, travel);
  const measure = STATE_MEASURES.find((each) => each === node.function);
  const subject = node.arguments[0]?.value;
  if (measure !== undefined && ast.isNameReference(subject)) {
    const target = subject.target.ref;
    const of = ast.isStep(target) || ast.isHold(target) ? context.activityId(target) : context.idOf(target);
    return { kind: 'state', measure, of, origin: context.originOf(node) };
  }
  return lowerPast(node, subject, context);
}

/** `since(arrival)`, `since(Triage)`, `waited(StrokeBed)`. */
function lowerPast(node: ast.FunctionCall, subject: ast.Expression | undefined, context: LoweringContext): Expression {
  const measure = PAST_MEASURES.find((each) => each === node.function);
  const origin = context.originOf(node);
  if (measure === 'since' && ast.isArrivalMoment(subject)) return { kind: 'since', of: 'arrival', origin };
  const target = ast.isNameReference(subject) ? subject.target.ref : undefined;
  const of = ast.isActivity(target) ? context.activityId(target) : '';
  return measure === undefined || of === '' ? MISSING : { kind: measure, of, origin };
}

function lowerDistribution(node: ast.FunctionCall, family: DistributionFamily, context: LoweringContext): Distribution {
  const values = node.arguments.map((each) => lowerExpression(each.value, context));
  const unit = node.unit === undefined ? undefined : parseUnit(node.unit);
  const parameters = family === 'empirical' ? {} : namedParameters(node, family, values);
  return {
    kind: 'distribution',
    family,
    parameters,
    ...(family === 'empirical' ? { values: values.map((value) => (value.kind === 'number' ? value.value : 0)) } : {}),
    ...(unit === undefined ? {} : { scale: unit.factor }),
    ...(node.from === undefined ? {} : { from: lowerExpression(node.from, context) }),
    ...(node.to === undefined ? {} : { to: lowerExpression(node.to, context) }),
    dimension: unit?.dimension ?? drawDimension(family, parameters, values, context),
    origin: context.originOf(node),
  };
}

/** Each observation of a column as likely as the others. */
function lowerObservations(node: ast.EmpiricalColumn, context: LoweringContext): Distribution {
  const unit = node.unit === undefined ? undefined : parseUnit(node.unit);
  const table = context.tables.tableWith(node, node.file, [node.column], context);
  const cells = table?.rows.map((row) => context.tables.anyNumber(row, node.column, table, context)) ?? [];
  return {
    kind: 'distribution',
    family: 'empirical',
    parameters: {},
    values: cells.map((value) => scaled(value, unit?.factor ?? 1)),
    ...(node.low === undefined ? {} : { from: lowerExpression(node.low, context) }),
    ...(node.high === undefined ? {} : { to: lowerExpression(node.high, context) }),
    dimension: unit?.dimension ?? NUMBER,
    origin: context.originOf(node),
  };
}

/** Gives each argument its parameter's name: as written, or by position in the family's first form. */
function namedParameters(
  node: ast.FunctionCall,
  family: DistributionFamily,
  values: readonly Expression[],
): Readonly<Record<string, Expression>> {
  const positional = DISTRIBUTION_FORMS[family].find((form) => form.positional)?.parameters ?? [];
  const entries = node.arguments.map((argument, index): [string, Expression] => [
    argument.name ?? positional[index]?.name ?? `#${index + 1}`,
    values[index] ?? MISSING,
  ]);
  return Object.fromEntries(entries);
}

/** The dimension of a draw, taken from the first parameter that measures what a draw measures. */
function drawDimension(
  family: DistributionFamily,
  parameters: Readonly<Record<string, Expression>>,
  values: readonly Expression[],
  { numbers }: LoweringContext,
): Dimension {
  if (family === 'empirical') return (values[0] && dimensionOf(values[0], { numbers })) ?? NUMBER;
  for (const form of DISTRIBUTION_FORMS[family]) {
    for (const { name, dimension } of form.parameters) {
      const value = parameters[name];
      const found = value && dimensionOf(value, { numbers });
      if (found === undefined) continue;
      if (dimension === 'draw') return found;
      if (dimension === 'rate') return divideDimensions(NUMBER, found) ?? NUMBER;
    }
  }
  return NUMBER;
}
