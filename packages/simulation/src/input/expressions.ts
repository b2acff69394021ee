import { type Distribution, type Expression, foldExpression, formatOrigin, type Model, originOf } from '@pathway/model';
import { SimulationError } from '../errors.js';
import { PARAMETER_FORMS } from '../random/distribution-table.js';
import type { InputExpression } from './expression-types.js';

/** What names in expressions stand for. */
export interface ExpressionScope {
  readonly model: Model;
  attribute(name: string): number;
  category(value: string): number;
  facilities(id: string): readonly number[];
  /** How many wait at a step or hold. */
  waiting?(activity: string): InputExpression;
  /** The attribute that holds a patient's row of a file, and the rows in the order in which it counts them. */
  row?(table: string): { readonly attribute: number; readonly order?: readonly number[] };
  /** Place of the clock that remembers the last end of an activity, or its last wait. */
  clock(activity: string, of: 'end' | 'wait'): number;
}

/** Whether what is asked for is a resource, stock, role or staff, and not a step or hold. */
export function isThing(id: string, { resources, stocks, roles, staff }: Model): boolean {
  return [resources, stocks, roles, staff].some((list) => list.some((each) => each.id === id));
}

/** An expression with its names resolved and its constant parts computed. */
export function compileExpression(expression: Expression, scope: ExpressionScope): InputExpression {
  return compile(foldExpression(expression, scope.model), scope, []);
}

function compile(e: Expression, scope: ExpressionScope, open: readonly string[]): InputExpression {
  const go = (part: Expression): InputExpression => compile(part, scope, open);
  switch (e.kind) {
    case 'number':
      return { op: 'number', value: e.value };
    case 'boolean':
      return { op: 'number', value: e.value ? 1 : 0 };
    case 'category':
      return { op: 'number', value: scope.category(e.value) };
    case 'attribute':
      return { op: 'attribute', attribute: scope.attribute(e.name) };
    case 'reference': {
      const number = scope.model.numbers.find((each) => each.id === e.to);
      if (number === undefined || open.includes(e.to)) {
        throw new SimulationError(
          number === undefined ? `There is no number ${e.to}.` : `The number ${e.to} depends on itself.`,
          placeOf(e),
        );
      }
      return compile(foldExpression(number.value, scope.model), scope, [...open, e.to]);
    }
    case 'unary':
      return { op: e.operator === '-' ? 'negate' : 'not', of: go(e.operand) };
    case 'binary':
      return { op: 'operation', operator: e.operator, left: go(e.left), right: go(e.right) };
    case 'function':
      return { op: 'function', name: e.name, arguments: e.arguments.map(go) };
    case 'distribution':
      return compileDistribution(e, go);
    case 'one of':
      return compileOneOf(e, scope, go);
    case 'cases':
      return {
        op: 'match',
        attribute: scope.attribute(e.attribute),
        cases: e.cases.map(({ values, then }) => ({ values: values.map((v) => scope.category(v)), then: go(then) })),
        ...(e.otherwise && { otherwise: go(e.otherwise) }),
      };
    case 'column': {
      const row = scope.row?.(e.table);
      if (row === undefined || e.cells.length === 0) {
        throw new SimulationError(
          `The column ${e.column} of ${e.table} belongs to an attribute of a cohort.`,
          placeOf(e),
        );
      }
      const cells = row.order === undefined ? e.cells : row.order.flatMap((i) => e.cells[i] ?? []);
      return {
        op: 'element',
        values: cells.map((cell) => (typeof cell === 'number' ? cell : scope.category(cell))),
        at: { op: 'attribute', attribute: row.attribute },
      };
    }
    case 'state': {
      if (scope.waiting !== undefined && !isThing(e.of, scope.model)) return scope.waiting(e.of);
      // The level of a stock is the capacity of its pool.
      const measure = e.measure === 'level' ? 'capacity' : e.measure;
      return { op: 'state', measure, facilities: scope.facilities(e.of) };
    }
    case 'since':
      return e.of === 'arrival' ? { op: 'since' } : { op: 'since', clock: scope.clock(e.of, 'end') };
    case 'waited':
      return e.of === undefined ? { op: 'waited' } : { op: 'waited', clock: scope.clock(e.of, 'wait') };
  }
}

function compileDistribution(e: Distribution, go: (part: Expression) => InputExpression): InputExpression {
  const rest = {
    ...(e.scale !== undefined && { scale: e.scale }),
    ...(e.from && { from: go(e.from) }),
    ...(e.to && { to: go(e.to) }),
  };
  if (e.family === 'empirical') {
    const values = e.values ?? [];
    const weights = values.map((_, i): InputExpression => ({
      op: 'number',
      value: e.weights?.[i] ?? (e.weights ? 0 : 1),
    }));
    return { op: 'pick', values, weights, ...rest };
  }
  const forms = PARAMETER_FORMS[e.family] ?? [];
  const names = Object.keys(e.parameters);
  const form = forms.findIndex((each) => each.length === names.length && each.every((name) => names.includes(name)));
  const found = forms[form];
  if (found === undefined) {
    throw new SimulationError(`${e.family} cannot be given by ${names.join(', ') || 'nothing'}.`, placeOf(e));
  }
  const parameters = found.map((name) => go(e.parameters[name]!));
  return { op: 'draw', family: e.family, form, parameters, ...rest };
}

function compileOneOf(
  e: Extract<Expression, { kind: 'one of' }>,
  scope: ExpressionScope,
  go: (part: Expression) => InputExpression,
): InputExpression {
  const shares = e.options.map((option) => (option.share === undefined ? undefined : go(option.share)));
  const given = shares.filter((share) => share !== undefined);
  const open = shares.length - given.length;
  // Options without a share divide what the others leave.
  const rest: InputExpression = {
    op: 'operation',
    operator: '/',
    left: given.reduce<InputExpression>((left, right) => ({ op: 'operation', operator: '-', left, right }), {
      op: 'number',
      value: 1,
    }),
    right: { op: 'number', value: open },
  };
  const restValue = given.every((share) => share.op === 'number')
    ? ({
        op: 'number',
        value: Math.max(0, (1 - given.reduce((sum, share) => sum + share.value, 0)) / open),
      } as const)
    : rest;
  return {
    op: 'pick',
    values: e.options.map((option) => scope.category(option.value)),
    weights: shares.map((share) => share ?? restValue),
  };
}

/** Where an expression was written, for messages. */
function placeOf(expression: Expression): string | undefined {
  const origin = originOf(expression);
  return origin && formatOrigin(origin);
}
