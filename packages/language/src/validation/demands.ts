import type { Diagnostic, DiagnosticFix, Dimension } from '@pathway/model';
import {
  createDiagnostic,
  describeDimension,
  distributionCdfBelow,
  DURATION,
  LENGTH,
  formatNumber,
  formatShare,
  ModelError,
  NUMBER,
  RATE,
  sameDimension,
  SPEED,
} from '@pathway/model';
import * as ast from '../generated/ast.js';
import { isFamily } from '../lowering/expressions.js';
import { constantOf, variationsOf, type Variation } from './constants.js';
import type { ValidationContext } from './context.js';
import { resolvedCall } from './distribution-arguments.js';
import { originOf, textOf } from './places.js';
import { describeType, type ValueType } from './kinds-of-value.js';

/** What a place asks of the value that stands in it. */
export interface Demand {
  readonly measures:
    | 'duration'
    | 'rate'
    | 'number'
    | 'count'
    | 'share'
    | 'money'
    | 'money per time'
    | 'speed'
    | 'way'
    | 'price'
    | 'deviation'
    | 'condition'
    | 'any quantity'
    | 'any';
  /** What it may vary with; nothing for a value that has to be fixed. */
  readonly varies: readonly Variation[];
  /** The least value allowed, canonical units; `above 0` leaves 0 out. */
  readonly least?: 0 | 1 | 'above 0';
}

/** What a value may vary with: nothing; draws; draws and the patient; the state of the moment too. */
export const FIXED: readonly Variation[] = [];
export const DRAWN: readonly Variation[] = ['draw'];
export const PATIENT: readonly Variation[] = ['draw', 'patient'];
export const STATE: readonly Variation[] = ['draw', 'patient', 'state'];

/** The value of a place is what the place demands. `place` is how the message calls it, such as `takes`. */
export function* valueFits(
  expression: ast.Expression | undefined,
  place: string,
  demand: Demand,
  { types }: ValidationContext,
): Generator<Diagnostic> {
  if (expression === undefined) return;
  const type = types.of(expression);
  if (type.kind === 'unknown') return;
  if (!measures(type, demand.measures)) {
    yield createDiagnostic(
      'PW4002',
      { place: quoted(place), expected: expectationOf(demand.measures), found: describeType(type) },
      originOf(expression),
      { fixes: conversions(expression, type, demand.measures) },
    );
    return;
  }
  const variations = variationsOf(expression);
  if ([...variations].some((each) => !demand.varies.includes(each))) {
    // A state in the wrong place is told where the call stands.
    if (variations.has('state') && !demand.varies.includes('state')) return;
    yield createDiagnostic('PW4007', { place: quoted(place), text: textOf(expression) }, originOf(expression));
    return;
  }
  yield* valueIsPossible(expression, place, demand);
  if (demand.measures === 'duration') yield* drawsAreNotNegative(expression, types.of.bind(types));
}

function quoted(place: string): string {
  return place.startsWith('The ') || place.startsWith('A ') ? place : `\`${place}\``;
}

function measures(type: ValueType, wanted: Demand['measures']): boolean {
  if (wanted === 'any') return type.kind !== 'date' && type.kind !== 'element';
  if (wanted === 'condition') return type.kind === 'truth';
  if (type.kind !== 'quantity') return false;
  const { time, money } = type.dimension;
  switch (wanted) {
    case 'any quantity':
      return true;
    case 'duration':
      return sameDimension(type.dimension, DURATION);
    case 'rate':
      return sameDimension(type.dimension, RATE);
    case 'number':
    case 'share':
      return sameDimension(type.dimension, NUMBER);
    case 'count':
      return sameDimension(type.dimension, NUMBER) && !type.percentage;
    case 'speed':
      return sameDimension(type.dimension, SPEED);
    case 'deviation':
      return sameDimension(type.dimension, DURATION);
    case 'way':
      return sameDimension(type.dimension, LENGTH) || sameDimension(type.dimension, DURATION);
    case 'money':
      return money === 1 && time === 0;
    case 'money per time':
      return money === 1 && time === -1;
    case 'price':
      return money === 1 && (time === 0 || time === -1);
    default:
      return false;
  }
}

function expectationOf(wanted: Demand['measures']): string {
  switch (wanted) {
    case 'duration':
      return 'a duration, such as `20 min`';
    case 'rate':
      return 'a number per time, such as `14 per day`';
    case 'number':
      return 'a plain number';
    case 'count':
      return 'a number of people or things';
    case 'share':
      return 'a share, such as `5%`';
    case 'money':
      return 'an amount of money, such as `350 GBP`';
    case 'money per time':
      return 'money per time, such as `34 GBP/h`';
    case 'price':
      return 'a price, such as `180 GBP` or `310 GBP/d`';
    case 'speed':
      return 'a speed, such as `50 km/h`';
    case 'deviation':
      return 'a duration before or after, such as `normal(mean 0 min, sd 5 min)`';
    case 'way':
      return 'a distance or a duration, such as `12 km` or `25 min`';
    case 'condition':
      return 'a condition, such as `age < 90`';
    case 'any quantity':
    case 'any':
      return 'a value';
  }
}

/** Corrections that can only mean one thing: `3 per day` is one in `1 d / 3`, 37.5 h of contract are a week's. */
function conversions(
  expression: ast.Expression,
  type: ValueType,
  wanted: Demand['measures'],
): readonly DiagnosticFix[] {
  if (!ast.isNumberLiteral(expression) || type.kind !== 'quantity' || expression.value === 0) return [];
  const text = formatNumber(expression.value, { digits: 12 });
  // Few places of a plan are measured in metres, and many write minutes so.
  if (wanted === 'duration' && expression.unit === 'm') return [rewrite(expression, `${text} min`)];
  if (wanted === 'duration' && sameDimension(type.dimension, RATE)) {
    const unit = PER_WORDS.get(expression.per ?? '') ?? expression.per;
    const newText = expression.value === 1 ? `1 ${unit ?? 'd'}` : `1 ${unit ?? 'd'} / ${text}`;
    return expression.per === undefined ? [] : [rewrite(expression, newText)];
  }
  if (
    wanted === 'rate' &&
    sameDimension(type.dimension, DURATION) &&
    expression.value === 1 &&
    expression.unit !== undefined
  ) {
    return [rewrite(expression, `1 per ${expression.unit}`)];
  }
  return [];
}

const PER_WORDS: ReadonlyMap<string, string> = new Map([
  ['second', 's'],
  ['minute', 'min'],
  ['hour', 'h'],
  ['day', 'd'],
]);

function rewrite(expression: ast.Expression, newText: string): DiagnosticFix {
  return { title: `Write \`${newText}\``, edits: [{ origin: originOf(expression), newText }] };
}

function* valueIsPossible(expression: ast.Expression, place: string, demand: Demand): Generator<Diagnostic> {
  const value = constantOf(expression);
  if (value === undefined) return;
  const range = originOf(expression);
  if (demand.measures === 'share' && (value < 0 || value > 1)) {
    const bare = ast.isNumberLiteral(expression) && expression.unit === undefined && value <= 100;
    const fixes = bare ? [rewrite(expression, `${formatNumber(value, { digits: 12 })}%`)] : [];
    yield createDiagnostic('PW4008', { value: formatShare(value, { digits: 6 }) }, range, { fixes });
    return;
  }
  const text = textOf(expression);
  if (demand.least === 'above 0' ? value <= 0 : value < (demand.least ?? Number.NEGATIVE_INFINITY)) {
    const least = demand.least === 'above 0' ? 'above 0' : `${demand.least ?? 0} or more`;
    yield createDiagnostic('PW4006', { sentence: `${quoted(place)} must be ${least}, not ${text}.` }, range);
    return;
  }
  if (demand.measures === 'count' && demand.least === 1 && !Number.isInteger(value)) {
    yield createDiagnostic('PW4006', { sentence: `${quoted(place)} must be a whole number, not ${text}.` }, range);
  }
}

/** Draws below zero that are rarer than this are no more than the tail of a law chosen for its middle. */
const NEGLIGIBLE = 1e-4;

function* drawsAreNotNegative(
  expression: ast.Expression,
  typeOf: (expression: ast.Expression | undefined) => ValueType,
): Generator<Diagnostic> {
  const call = ast.isParenthesised(expression) ? expression.expression : expression;
  if (!ast.isFunctionCall(call) || !isFamily(call.function ?? '')) return;
  const family = call.function;
  if (!isFamily(family)) return;
  try {
    const law = resolvedCall(call, family, typeOf);
    const share = law === undefined ? 0 : distributionCdfBelow(law, 0);
    if (share <= NEGLIGIBLE) return;
    yield createDiagnostic('PW4017', { text: textOf(call), share: formatShare(share, { digits: 2 }) }, originOf(call));
  } catch (error) {
    // An impossible distribution is told of where its arguments are checked.
    if (!(error instanceof ModelError)) throw error;
  }
}

/** Both values measure the same, for an expectation's limit and the like. */
export function* measuresLike(
  expression: ast.Expression | undefined,
  place: string,
  wanted: Dimension,
  { types }: ValidationContext,
): Generator<Diagnostic> {
  const type = types.of(expression);
  if (expression === undefined || type.kind === 'unknown') return;
  if (type.kind === 'quantity' && sameDimension(type.dimension, wanted)) {
    if ([...variationsOf(expression)].length > 0) {
      yield createDiagnostic('PW4007', { place: quoted(place), text: textOf(expression) }, originOf(expression));
    }
    return;
  }
  const params = { place: quoted(place), expected: describeDimension(wanted), found: describeType(type) };
  yield createDiagnostic('PW4002', params, originOf(expression));
}

/** `contract 37.5 h/week` is time per time; hours alone leave the week open. */
export function* contractIsPerTime(
  property: ast.ContractProperty,
  { types }: ValidationContext,
): Generator<Diagnostic> {
  const { hours } = property;
  const type = types.of(hours);
  if (hours === undefined || type.kind === 'unknown') return;
  if (type.kind === 'quantity' && sameDimension(type.dimension, NUMBER)) {
    if (variationsOf(hours).size > 0) {
      yield createDiagnostic('PW4007', { place: '`contract`', text: textOf(hours) }, originOf(hours));
      return;
    }
    const value = constantOf(hours);
    if (value === undefined || (value > 0 && value <= 1)) return;
    const sentence = `A contract lies above 0 and at most 168 h/week, not ${textOf(hours)}.`;
    yield createDiagnostic('PW4006', { sentence }, originOf(hours));
    return;
  }
  const isHours = ast.isNumberLiteral(hours) && hours.unit === 'h' && hours.per === undefined;
  const fixes = isHours ? [rewrite(hours, `${textOf(hours)}/week`)] : [];
  const params = {
    place: '`contract`',
    expected: 'working time per time, such as `37.5 h/week`',
    found: describeType(type),
  };
  yield createDiagnostic('PW4002', params, originOf(hours), { fixes });
}
