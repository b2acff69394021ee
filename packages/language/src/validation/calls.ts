import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, DISTRIBUTION_FORMS, nearestText, NUMBER, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { FUNCTIONS, isFamily, PAST_MEASURES, STATE_MEASURES } from '../lowering/expressions.js';
import { FORMULA_FUNCTIONS } from '../lowering/formulas.js';
import { pathwayAt } from '../scope/symbols.js';
import type { ValidationContext } from './context.js';
import { distributionIsPossible } from './distribution-arguments.js';
import { describeType } from './kinds-of-value.js';
import { measureArguments, WATCHED_FUNCTIONS } from './measures.js';
import { originOf, originOfProperty, replacement } from './places.js';
import { targetOf } from './references.js';
import { travelEndsArePlaces } from './travel.js';

/** Every function of the language, by the word that calls it. */
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
  ['log', 'ln'],
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
    const mustBePlain = name === 'exp' || name === 'ln' || index > 0;
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
