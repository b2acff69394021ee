import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, DURATION, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { STATE_MEASURES } from '../lowering/expressions.js';
import { FORMULA_FUNCTIONS } from '../lowering/formulas.js';
import { RECENT_MEASURES } from '../lowering/readings.js';
import type { ValidationContext } from './context.js';
import { originOf, originOfProperty } from './places.js';
import { targetOf } from './references.js';

/** What signals, gauges and triggers alone can ask for; the counts among them mean something else in indicators. */
export const WATCHED_FUNCTIONS: readonly string[] = ['absence', 'wait'];

const MEASURES: readonly string[] = FORMULA_FUNCTIONS.filter(
  (name) => !STATE_MEASURES.some((measure) => measure === name),
);

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

/** What a count or a state of something is given, and where it may be asked for. */
export function* measureArguments(
  call: ast.FunctionCall,
  name: string,
  context: ValidationContext,
): Generator<Diagnostic> {
  const inIndicator = AstUtils.getContainerOfType(call, ast.isValueMeasure) !== undefined;
  const onTheWay = looksAtTheMoment(call);
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
  if (!inIndicator && !onTheWay) {
    const where = 'in conditions, shares, times and `set` of a pathway, and in indicators';
    yield createDiagnostic('PW4012', { text: name, where }, range);
    return;
  }
  if (inIndicator && name === 'free') {
    const where = 'in conditions; in an indicator write `capacity(…) - busy(…)`';
    yield createDiagnostic('PW4012', { text: name, where }, range);
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
  if (condition !== undefined && call.arguments.length === 1 && (type.kind === 'truth' || type.kind === 'unknown')) {
    yield* conditionsOfAnInstant(condition);
    return;
  }
  yield createDiagnostic(
    'PW4013',
    { function: 'P', needs: 'one condition, such as `census(Bed) = 4`' },
    originOf(condition ?? call),
  );
}

/** What is seen at an instant; the rest of what an indicator knows is one figure for the whole run. */
const SEEN_IN_PROBABILITY: readonly string[] = ['census', 'busy', 'queue', 'occupancy', 'capacity', 'level'];

/** Each comparison in a probability looks at something that changes, or it would hold always or never. */
function* conditionsOfAnInstant(condition: AstNode): Generator<Diagnostic> {
  for (const node of AstUtils.streamAst(condition)) {
    if (!ast.isBinaryExpression(node) || !COMPARISONS.includes(node.operator)) continue;
    const isSeen = AstUtils.streamAst(node).some(
      (part) => ast.isFunctionCall(part) && SEEN_IN_PROBABILITY.includes(part.function ?? ''),
    );
    if (isSeen) continue;
    const needs =
      'conditions about an instant, with `census`, `busy`, `queue`, `occupancy`, `capacity` or `level`; ' +
      'shares of patients are written as `share of Stay waiting > 4 h`';
    yield createDiagnostic('PW4013', { function: 'P', needs }, originOf(node));
  }
}

const COMPARISONS: readonly string[] = ['<', '<=', '>', '>=', '=', '!='];

/**
 * True where a patient on the way meets the moment, so that its state can be asked for: in conditions, shares of
 * branches, times, how often to go round again, and what an attribute is set to.
 */
function looksAtTheMoment(node: AstNode): boolean {
  for (let inner: AstNode | undefined = node; inner?.$container !== undefined; inner = inner.$container) {
    const property = inner.$containerProperty;
    const outer = inner.$container;
    if (property === 'condition' || (ast.isRepeat(outer) && (property === 'until' || property === 'again')))
      return true;
    if (ast.isBranch(outer)) return property === 'share';
    if (ast.isTakesProperty(outer) || ast.isWait(outer) || ast.isWaitsProperty(outer) || ast.isSetAttribute(outer))
      return property !== 'otherwise';
  }
  return false;
}
