import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic, DiagnosticFix } from '@pathway/model';
import {
  createDiagnostic,
  DURATION,
  explainUnknownUnit,
  formatShare,
  nearestText,
  NUMBER,
  parseUnit,
  sameDimension,
  suggestUnit,
} from '@pathway/model';
import { DISTRIBUTION_FORMS } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { FUNCTIONS, isFamily, PAST_MEASURES, STATE_MEASURES } from '../lowering/expressions.js';
import { unitText } from '../lowering/unit-text.js';
import { pathwayAt } from '../scope/symbols.js';
import { RECENT_MEASURES } from '../lowering/readings.js';
import { FORMULA_FUNCTIONS } from '../lowering/formulas.js';
import { constantOf } from './constants.js';
import type { ValidationContext } from './context.js';
import { distributionIsPossible } from './distribution-arguments.js';
import { originOf, originOfProperty } from './places.js';
import { targetOf } from './references.js';
import { alike, describeType, type ValueType } from './kinds-of-value.js';
import { travelEndsArePlaces } from './travel.js';

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

function replacement(origin: Diagnostic['range'], newText: string | undefined): readonly DiagnosticFix[] {
  return newText === undefined ? [] : [{ title: `Write \`${newText}\``, edits: [{ origin, newText }] }];
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

/** What signals, gauges and triggers alone can ask for; the counts among them mean something else in indicators. */
const WATCHED_FUNCTIONS: readonly string[] = ['absence', 'wait'];

const MEASURES: readonly string[] = FORMULA_FUNCTIONS.filter(
  (name) => !STATE_MEASURES.some((measure) => measure === name),
);
const KNOWN_FUNCTIONS: readonly string[] = [
  ...Object.keys(DISTRIBUTION_FORMS),
  ...FUNCTIONS.keys(),
  ...STATE_MEASURES,
  ...PAST_MEASURES,
  ...FORMULA_FUNCTIONS,
  ...WATCHED_FUNCTIONS,
];

/** Words that people write for a distribution or function of another name. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['expo', 'exponential'],
  ['exponent', 'exponential'],
  ['gaussian', 'normal'],
  ['norm', 'normal'],
  ['max', 'greatest of'],
  ['maximum', 'greatest of'],
  ['min', 'least of'],
  ['minimum', 'least of'],
  ['ceil', 'ceiling'],
  ['ln', 'log'],
  ['pow', 'power'],
  ['tri', 'triangular'],
  ['probability', 'P'],
  ['prob', 'P'],
  ['p', 'P'],
]);

/** A call names a distribution or a function, where it may stand, with the arguments that it needs. */
export function* callIsPossible(call: ast.FunctionCall, context: ValidationContext): Generator<Diagnostic> {
  const name = call.function ?? '';
  if (isFamily(name)) {
    yield* distributionIsPossible(call, name, (expression) => context.types.of(expression));
    return;
  }
  const travel = context.travelOf(call);
  if (travel !== undefined) {
    yield* travelEndsArePlaces(call, travel, context);
    return;
  }
  const range = originOfProperty(call, 'function');
  if (!KNOWN_FUNCTIONS.includes(name)) {
    const suggestion = SYNONYMS.get(name.toLowerCase()) ?? nearestText(name.toLowerCase(), KNOWN_FUNCTIONS) ?? '';
    yield createDiagnostic('PW4011', { name, suggestion }, range, {
      fixes: suggestion === '' ? [] : replacement(range, suggestion),
    });
    return;
  }
  if (call.unit !== undefined || call.from !== undefined) {
    yield createDiagnostic(
      'PW4013',
      { function: name, needs: 'no `in` and no `from … to …`, which belong to distributions' },
      range,
    );
    return;
  }
  if (PAST_MEASURES.some((measure) => measure === name)) yield* pastIsPossible(call, name);
  else if (FUNCTIONS.has(name)) yield* ordinaryArguments(call, name, context);
  else yield* measureArguments(call, name, context);
}

function* ordinaryArguments(call: ast.FunctionCall, name: string, { types }: ValidationContext): Generator<Diagnostic> {
  const wanted = name === 'power' ? 2 : 1;
  if (call.arguments.length !== wanted || call.arguments.some((argument) => argument.name !== undefined)) {
    yield createDiagnostic(
      'PW4013',
      { function: name, needs: wanted === 1 ? 'one value' : 'a value and an exponent' },
      originOf(call),
    );
    return;
  }
  for (const [index, argument] of call.arguments.entries()) {
    const type = types.of(argument.value);
    if (type.kind === 'unknown') continue;
    const mustBePlain = name === 'exp' || name === 'log' || index > 0;
    const fits = type.kind === 'quantity' && (!mustBePlain || sameDimension(type.dimension, NUMBER));
    if (fits) continue;
    const expected = mustBePlain ? 'a plain number' : 'a quantity';
    yield createDiagnostic(
      'PW4002',
      { place: `\`${name}\``, expected, found: describeType(type) },
      originOf(argument.value),
    );
  }
}

/** `since` and `waited` ask for the past of a patient, so they stand in a pathway and name something of it. */
function* pastIsPossible(call: ast.FunctionCall, name: string): Generator<Diagnostic> {
  if (pathwayAt(call) === undefined) {
    yield createDiagnostic(
      'PW4012',
      { text: name, where: 'in the activities of a pathway' },
      originOfProperty(call, 'function'),
    );
    return;
  }
  const [first, second] = call.arguments;
  const value = first?.value;
  if (ast.isNameReference(value) && targetOf(value.target) === undefined) return;
  const target = ast.isNameReference(value) ? targetOf(value.target) : undefined;
  const isWaited = ast.isStep(target) || ast.isHold(target) || ast.isGather(target);
  const fits =
    name === 'since' ? ast.isArrivalMoment(value) || isWaited || ast.isWait(target) || ast.isRace(target) : isWaited;
  if (fits && second === undefined && first?.name === undefined) return;
  const needs =
    name === 'since'
      ? '`arrival`, or the name of a step, hold, `gather`, `race` or `wait`'
      : 'the name of a step, hold or `gather`';
  yield createDiagnostic('PW4013', { function: name, needs }, originOf(first ?? call));
}

/** How long a request has waited so far is known in its priority alone. */
export function* waitedIsPossible(node: ast.WaitedSoFar): Generator<Diagnostic> {
  if (AstUtils.getContainerOfType<AstNode>(node, ast.isPriorityProperty) !== undefined) return;
  const where = 'in `priority`; elsewhere write `waited(…)` with the name of a step or hold';
  yield createDiagnostic('PW4012', { text: 'waited', where }, originOf(node));
}

/** `arrival` is a moment, which `since` counts from. */
export function* arrivalIsPossible(node: ast.ArrivalMoment): Generator<Diagnostic> {
  const call = ast.isArgument(node.$container) ? node.$container.$container : undefined;
  // What `since` is given is told there.
  if (call?.function === 'since' || call?.function === 'waited') return;
  yield createDiagnostic('PW4012', { text: 'arrival', where: 'in `since(arrival)`' }, originOf(node));
}

interface MeasureNeed {
  readonly needs: string;
  readonly accepts: (target: AstNode | undefined) => boolean;
  /** True when nothing at all may stand between the parentheses. */
  readonly optional?: boolean;
}

const isWaitable = (target: AstNode | undefined): boolean =>
  ast.isResource(target) || ast.isRole(target) || ast.isStep(target) || ast.isHold(target) || ast.isStock(target);
const hasCapacity = (target: AstNode | undefined): boolean => ast.isResource(target) || ast.isRole(target);

/** What stands between the parentheses of each measure. */
const MEASURE_NEEDS: Readonly<Record<string, MeasureNeed>> = {
  level: { needs: 'the name of a stock', accepts: (target) => ast.isStock(target) },
  queue: { needs: 'the name of a resource, role, stock, step or hold', accepts: isWaitable },
  busy: { needs: 'the name of a resource or role', accepts: hasCapacity },
  free: { needs: 'the name of a resource or role', accepts: hasCapacity },
  occupancy: { needs: 'the name of a resource or role', accepts: hasCapacity },
  capacity: { needs: 'the name of a resource or role', accepts: hasCapacity },
  utilisation: { needs: 'the name of a resource or role', accepts: hasCapacity },
  busyTime: { needs: 'the name of a resource or role', accepts: hasCapacity },
  overtime: { needs: 'the name of a role', accepts: (target) => ast.isRole(target) },
  census: { needs: 'the name of a resource', accepts: (target) => ast.isResource(target) },
  arrivals: { needs: 'the name of a cohort, or nothing', accepts: (target) => ast.isCohort(target), optional: true },
  starts: { needs: 'the name of a step or hold', accepts: (target) => ast.isStep(target) || ast.isHold(target) },
  completions: { needs: 'the name of a step or hold', accepts: (target) => ast.isStep(target) || ast.isHold(target) },
  exits: { needs: 'the name of an outcome, or nothing', accepts: (target) => ast.isFinish(target), optional: true },
  wait: { needs: 'the name of a step, hold, resource, role or stock', accepts: isWaitable },
  absence: { needs: 'the name of a role', accepts: (target) => ast.isRole(target) },
  mean: { needs: 'the name of an indicator', accepts: (target) => ast.isIndicator(target) },
  median: { needs: 'the name of an indicator', accepts: (target) => ast.isIndicator(target) },
  percentile: {
    needs: 'the name of an indicator and a number from 0 to 100',
    accepts: (target) => ast.isIndicator(target),
  },
};

const WATCHING = 'in signals, gauges and triggers';

/** Whether an expression stands where somebody watches: in a signal, a gauge or a trigger. */
function isWatched(node: AstNode): boolean {
  const watcher = (each: unknown): each is AstNode => ast.isSignal(each) || ast.isGauge(each) || ast.isTrigger(each);
  return AstUtils.getContainerOfType<AstNode>(node, watcher) !== undefined;
}

/** A signal is looked at by those who watch. */
export function* signalIsWatched(reference: ast.NameReference): Generator<Diagnostic> {
  if (!ast.isSignal(targetOf(reference.target)) || isWatched(reference)) return;
  yield createDiagnostic('PW4012', { text: reference.target.$refText, where: WATCHING }, originOf(reference));
}

/** What a value that is watched asks for: the state of something now, or a count over the time before. */
function* readingArguments(call: ast.FunctionCall, name: string, { types }: ValidationContext): Generator<Diagnostic> {
  const need = MEASURE_NEEDS[name];
  const recent = RECENT_MEASURES.some((measure) => measure === name);
  const isState = name === 'absence' || STATE_MEASURES.some((measure) => measure === name);
  if (need === undefined || (!recent && !isState)) {
    const where = 'in the `value` of an indicator';
    yield createDiagnostic('PW4012', { text: name, where }, originOfProperty(call, 'function'));
    return;
  }
  const [first, ...others] = call.arguments.map((argument) => argument.value);
  const reference = ast.isNameReference(first) ? first.target : undefined;
  const target = targetOf(reference);
  if (reference !== undefined && target === undefined) return;
  if (!recent) {
    if (need.accepts(target) && others.length === 0) return;
    yield createDiagnostic('PW4013', { function: name, needs: need.needs }, originOf(call));
    return;
  }
  const named = need.accepts(target);
  const [over, ...rest] = named ? others : [first, ...others];
  const type = types.of(over);
  const fitsName = named || need.optional === true;
  const lasts = over !== undefined && type.kind === 'quantity' && sameDimension(type.dimension, DURATION);
  if (fitsName && lasts && rest.length === 0) return;
  const needs = `${need.needs}, and over how long: \`${name}(…, 24 h)\``;
  yield createDiagnostic('PW4013', { function: name, needs }, originOf(call));
}

function* measureArguments(call: ast.FunctionCall, name: string, context: ValidationContext): Generator<Diagnostic> {
  const inIndicator = AstUtils.getContainerOfType(call, ast.isValueMeasure) !== undefined;
  const inCondition = isInCondition(call);
  if (isWatched(call)) {
    yield* readingArguments(call, name, context);
    return;
  }
  // Inside a call that is out of place itself nothing more needs saying.
  const outer = AstUtils.getContainerOfType(call.$container, ast.isFunctionCall);
  if (!inIndicator && outer !== undefined && MEASURES.includes(outer.function ?? '')) return;
  const range = originOfProperty(call, 'function');
  if (WATCHED_FUNCTIONS.includes(name)) {
    yield createDiagnostic('PW4012', { text: name, where: WATCHING }, range);
    return;
  }
  if (!inIndicator && MEASURES.includes(name)) {
    yield createDiagnostic('PW4012', { text: name, where: 'in the `value` of an indicator' }, range);
    return;
  }
  if (!inIndicator && !inCondition) {
    yield createDiagnostic('PW4012', { text: name, where: 'in conditions (`when`, `until`) and indicators' }, range);
    return;
  }
  if (name === 'P') {
    yield* probabilityOfACondition(call, context);
    return;
  }
  if (name === 'cost') {
    yield* costOfWhat(call);
    return;
  }
  const need = MEASURE_NEEDS[name];
  const [first] = call.arguments;
  if (need === undefined) return;
  if (first === undefined) {
    if (need.optional !== true) yield createDiagnostic('PW4013', { function: name, needs: need.needs }, originOf(call));
    return;
  }
  const target = ast.isNameReference(first.value) ? targetOf(first.value.target) : undefined;
  if (ast.isNameReference(first.value) && target === undefined) return;
  const isIndicatorCall = name === 'mean' || name === 'median' || name === 'percentile';
  const most = isIndicatorCall ? 3 : 1;
  if (need.accepts(target) && call.arguments.length <= most && percentileIsPossible(call, name)) return;
  yield createDiagnostic('PW4013', { function: name, needs: need.needs }, originOf(first));
}

const COSTS = ['steps', 'staff', 'resources', 'all'];

function* costOfWhat(call: ast.FunctionCall): Generator<Diagnostic> {
  const [first, second] = call.arguments;
  if (first === undefined) return;
  const word = ast.isNameReference(first.value) ? first.value.target?.$refText : undefined;
  if (second === undefined && word !== undefined && COSTS.includes(word)) return;
  const needs = '`steps`, `staff`, `resources` or `all`, or nothing';
  yield createDiagnostic('PW4013', { function: 'cost', needs }, originOf(first));
}

function percentileIsPossible(call: ast.FunctionCall, name: string): boolean {
  if (name !== 'percentile') return true;
  const second = call.arguments[1]?.value;
  return ast.isNumberLiteral(second) && second.unit === undefined && second.value <= 100;
}

function* probabilityOfACondition(call: ast.FunctionCall, { types }: ValidationContext): Generator<Diagnostic> {
  const [condition] = call.arguments;
  const type = types.of(condition?.value);
  if (condition !== undefined && call.arguments.length === 1 && (type.kind === 'truth' || type.kind === 'unknown'))
    return;
  yield createDiagnostic(
    'PW4013',
    { function: 'P', needs: 'one condition, such as `census(Bed) = 4`' },
    originOf(condition ?? call),
  );
}

/** True inside `when`, `until` and the conditions of branches, where the state of the moment can be asked for. */
function isInCondition(node: AstNode): boolean {
  for (let inner: AstNode | undefined = node; inner?.$container !== undefined; inner = inner.$container) {
    const property = inner.$containerProperty;
    const outer = inner.$container;
    if (property === 'condition' || (property === 'until' && ast.isRepeat(outer))) return true;
  }
  return false;
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
