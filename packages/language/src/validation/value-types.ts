import type { Dimension } from '@pathway/model';
import {
  divideDimensions,
  DURATION,
  multiplyDimensions,
  NUMBER,
  parseUnit,
  raiseDimension,
  sameDimension,
} from '@pathway/model';
import * as ast from '../generated/ast.js';
import { isFamily } from '../lowering/expressions.js';
import { unitText } from '../lowering/unit-text.js';
import { categoriesOf } from '../scope/symbols.js';
import { drawDimension } from './distribution-arguments.js';
import { alike, type ValueType } from './kinds-of-value.js';
import { targetOf } from './references.js';

const UNKNOWN: ValueType = Object.freeze({ kind: 'unknown' });
const TRUTH: ValueType = Object.freeze({ kind: 'truth' });
const DATE: ValueType = Object.freeze({ kind: 'date' });
const PLAIN: ValueType = Object.freeze({ kind: 'quantity', dimension: NUMBER, percentage: false });
const SHARE: ValueType = Object.freeze({ kind: 'quantity', dimension: NUMBER, percentage: true });

function quantityOf(dimension: Dimension): ValueType {
  return { kind: 'quantity', dimension, percentage: false };
}

/** The types of a compilation's expressions, each found once. */
export class TypeTable {
  private readonly known = new Map<ast.Expression, ValueType>();
  private readonly open = new Set<ast.Expression>();

  constructor(private readonly travelOf: (call: ast.FunctionCall) => ast.Travel | undefined) {}

  /** The type of an expression; `unknown` for one that is missing, wrong in itself, or depends on itself. */
  of(expression: ast.Expression | undefined): ValueType {
    if (expression === undefined) return UNKNOWN;
    const known = this.known.get(expression);
    if (known !== undefined) return known;
    if (this.open.has(expression)) return UNKNOWN;
    this.open.add(expression);
    const found = this.find(expression);
    this.open.delete(expression);
    this.known.set(expression, found);
    return found;
  }

  private find(expression: ast.Expression): ValueType {
    switch (expression.$type) {
      case 'NumberLiteral':
        return typeOfNumber(expression);
      case 'Parenthesised':
        return this.of(expression.expression);
      case 'BooleanLiteral':
        return TRUTH;
      case 'DateLiteral':
        return DATE;
      case 'Negation':
        return this.ofNegation(expression);
      case 'BinaryExpression':
        return this.ofOperation(expression);
      case 'OneOf':
        return { kind: 'category', options: expression.options.map((option) => option.name ?? '') };
      case 'Cases':
        return this.common(expression.cases.map((each) => each.value));
      case 'Extreme':
        return this.common(expression.arguments);
      case 'FunctionCall':
        return this.ofCall(expression);
      case 'EmpiricalColumn':
        return typeOfUnit(expression.unit);
      case 'NameReference':
        return this.ofName(expression);
      case 'WaitedSoFar':
        return quantityOf(DURATION);
      default:
        return UNKNOWN;
    }
  }

  private ofName(expression: ast.NameReference): ValueType {
    const target = targetOf(expression.target);
    if (target === undefined) return UNKNOWN;
    if (ast.isNumberDeclaration(target)) return this.of(target.value);
    if (ast.isAttribute(target)) {
      if (target.value === undefined) return typeOfUnit(target.unit);
      const type = this.of(target.value);
      if (type.kind !== 'category') return type;
      const options = [...new Set(categoriesOf(target).map((option) => option.name))];
      return { kind: 'category', options, attribute: target.name };
    }
    if (ast.isCategoryOption(target)) return { kind: 'category', options: [target.name] };
    if (ast.isTableVariable(target)) return PLAIN;
    if (ast.isSignal(target)) return this.ofSignal(target);
    return { kind: 'element', node: target };
  }

  private ofNegation(expression: ast.Negation): ValueType {
    const operand = this.of(expression.operand);
    if (expression.operator === 'not') return operand.kind === 'truth' ? TRUTH : UNKNOWN;
    return operand.kind === 'quantity' ? operand : UNKNOWN;
  }

  private ofOperation(expression: ast.BinaryExpression): ValueType {
    const left = this.of(expression.left);
    const right = this.of(expression.right);
    switch (expression.operator) {
      case 'and':
      case 'or':
      case '<':
      case '<=':
      case '>':
      case '>=':
      case '=':
      case '!=':
        return TRUTH;
      case '+':
      case '-':
        if (left.kind !== 'quantity' || right.kind !== 'quantity') return UNKNOWN;
        if (!sameDimension(left.dimension, right.dimension)) return UNKNOWN;
        return { ...left, percentage: left.percentage && right.percentage };
      case '*':
        return product(left, right, multiplyDimensions);
      case '/':
        return product(left, right, divideDimensions);
      default:
        return UNKNOWN;
    }
  }

  /** The type that several values share; `unknown` when they differ. Categories put their values together. */
  private common(expressions: readonly (ast.Expression | undefined)[]): ValueType {
    const types = expressions.map((each) => this.of(each)).filter((type) => type.kind !== 'unknown');
    const [first] = types;
    if (first === undefined) return UNKNOWN;
    if (first.kind === 'category') {
      if (!types.every((type) => type.kind === 'category')) return UNKNOWN;
      const options = types.flatMap((type) => (type.kind === 'category' ? type.options : []));
      return { kind: 'category', options: [...new Set(options)] };
    }
    if (types.every((type) => alike(first, type))) return first;
    return UNKNOWN;
  }

  private ofCall(call: ast.FunctionCall): ValueType {
    const name = call.function ?? '';
    if (isFamily(name)) {
      const unit = call.unit === undefined ? undefined : parseUnit(call.unit);
      if (call.unit !== undefined && unit === undefined) return UNKNOWN;
      const dimension = unit?.dimension ?? drawDimension(call, name, (argument) => this.of(argument));
      return dimension === undefined ? UNKNOWN : quantityOf(dimension);
    }
    const [first, second] = call.arguments.map((argument) => argument.value);
    switch (name) {
      case 'abs':
      case 'floor':
      case 'ceiling':
      case 'round':
        return this.of(first);
      case 'exp':
      case 'log':
        return PLAIN;
      case 'sqrt':
        return raised(this.of(first), 0.5);
      case 'power':
        return raised(this.of(first), ast.isNumberLiteral(second) ? second.value : Number.NaN);
      case 'occupancy':
      case 'utilisation':
      case 'absence':
      case 'P':
        return SHARE;
      case 'busyTime':
      case 'overtime':
      case 'window':
      case 'since':
      case 'waited':
      case 'wait':
        return quantityOf(DURATION);
      case 'mean':
      case 'median':
      case 'percentile':
        return this.ofIndicatorCall(first);
      case 'cost':
        return UNKNOWN;
      case 'queue':
      case 'busy':
      case 'free':
      case 'capacity':
      case 'level':
      case 'census':
      case 'arrivals':
      case 'starts':
      case 'completions':
      case 'exits':
        return PLAIN;
      default:
        return this.travelOf(call) === undefined ? UNKNOWN : quantityOf(DURATION);
    }
  }

  private ofIndicatorCall(argument: ast.Expression | undefined): ValueType {
    const target = ast.isNameReference(argument) ? targetOf(argument.target) : undefined;
    return ast.isIndicator(target) ? this.ofIndicator(target) : UNKNOWN;
  }

  /** A series from a file is of plain numbers; what is measured is what its value is. */
  private ofSignal(signal: ast.Signal): ValueType {
    const value = signal.properties.find(ast.isValueMeasure)?.value;
    return value === undefined ? PLAIN : this.of(value);
  }

  /** The type of an indicator's figures. */
  ofIndicator(indicator: ast.Indicator): ValueType {
    const measure = indicator.properties.find(
      (each) =>
        ast.isTimeMeasure(each) || ast.isWaitMeasure(each) || ast.isShareMeasure(each) || ast.isValueMeasure(each),
    );
    if (ast.isTimeMeasure(measure) || ast.isWaitMeasure(measure)) return quantityOf(DURATION);
    if (ast.isShareMeasure(measure)) return SHARE;
    return ast.isValueMeasure(measure) ? this.of(measure.value) : UNKNOWN;
  }
}

/** The type of numbers from a file that are counted in a unit. */
function typeOfUnit(text: string | undefined): ValueType {
  if (text === undefined) return PLAIN;
  const unit = parseUnit(text);
  return unit === undefined ? UNKNOWN : { kind: 'quantity', dimension: unit.dimension, percentage: unit.percentage };
}

function typeOfNumber(literal: ast.NumberLiteral): ValueType {
  const text = unitText(literal);
  if (text === undefined) return PLAIN;
  const unit = parseUnit(text);
  return unit === undefined ? UNKNOWN : { kind: 'quantity', dimension: unit.dimension, percentage: unit.percentage };
}

function product(
  left: ValueType,
  right: ValueType,
  combine: (a: Dimension, b: Dimension) => Dimension | undefined,
): ValueType {
  if (left.kind !== 'quantity' || right.kind !== 'quantity') return UNKNOWN;
  const dimension = combine(left.dimension, right.dimension);
  if (dimension === undefined) return UNKNOWN;
  return { kind: 'quantity', dimension, percentage: left.percentage && right.percentage };
}

function raised(type: ValueType, exponent: number): ValueType {
  if (type.kind !== 'quantity') return UNKNOWN;
  if (sameDimension(type.dimension, NUMBER)) return PLAIN;
  const dimension = raiseDimension(type.dimension, exponent);
  return dimension === undefined ? UNKNOWN : quantityOf(dimension);
}
