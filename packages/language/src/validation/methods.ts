import type { Diagnostic, Dimension } from '@pathway/model';
import { createDiagnostic, NUMBER, tooManySets, USUAL_PLAN_SETS } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { sensitivityMethod } from '../lowering/studies.js';
import { constantOf, variationsOf } from './constants.js';
import type { ValidationContext } from './context.js';
import { cannotBeSet, isSettable, pathText, targetOfSetting, variedValueFits } from './planning.js';
import { originOf, originOfProperty, textOf } from './places.js';
import { happensWithoutPlan } from './plans.js';
import { measuresLike, valueFits } from './demands.js';
import { targetOf } from './references.js';

/** A study is repeated a whole number of times, at least once. */
export function* replicationIsPossible(replicate: ast.ReplicateProperty): Generator<Diagnostic> {
  for (const property of ['times', 'atMost'] as const) {
    const times = replicate[property];
    if (times === undefined || (Number.isInteger(times) && times >= 1)) continue;
    yield createDiagnostic(
      'PW4006',
      { sentence: `A study is repeated a whole number of times, at least once, not ${times}.` },
      originOfProperty(replicate, property),
    );
  }
}

/** What a figure measures; undefined where it cannot be known. */
function dimensionOfFigure(figure: ast.FigureReference | undefined, context: ValidationContext): Dimension | undefined {
  const indicator = targetOf(figure?.indicator);
  if (indicator === undefined) return undefined;
  if (figure?.statistic === 'count') return NUMBER;
  const type = context.types.ofIndicator(indicator);
  return type.kind === 'quantity' ? type.dimension : undefined;
}

/** A precision is one that the figure can have: in its own unit, or a share of it. */
export function* precisionIsPossible(target: ast.PrecisionTarget, context: ValidationContext): Generator<Diagnostic> {
  if (target.relative) {
    yield* valueFits(target.halfWidth, 'within', { measures: 'share', varies: [], least: 'above 0' }, context);
    return;
  }
  const wanted = dimensionOfFigure(target.figure, context);
  if (wanted !== undefined) yield* measuresLike(target.halfWidth, 'within', wanted, context);
  const value = target.halfWidth === undefined ? undefined : constantOf(target.halfWidth);
  if (target.halfWidth === undefined || value === undefined || value > 0) return;
  const sentence = `\`within\` must be above 0, not ${textOf(target.halfWidth)}: no number of runs leaves no doubt.`;
  yield createDiagnostic('PW4006', { sentence }, originOf(target.halfWidth));
}

const FEWEST_BATCHES = 5;
/** All are kept until the end; of so many, each is far too short to stand for a run. */
const MOST_BATCHES = 10_000;

function isNumberOfBatches(batches: number): boolean {
  return Number.isInteger(batches) && batches >= FEWEST_BATCHES && batches <= MOST_BATCHES;
}

/** A long run is cut into enough batches for an interval, and is not repeated. */
export function* longRunIsPossible(run: ast.LongRunProperty): Generator<Diagnostic> {
  if (run.batches !== undefined && !isNumberOfBatches(run.batches)) {
    const sentence = `A long run is cut into a whole number of batches, from ${FEWEST_BATCHES} to ${MOST_BATCHES}, not ${run.batches}.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(run, 'batches'));
  }
  const study = run.$container;
  const other = study?.properties.find(
    (each) => ast.isReplicateProperty(each) || ast.isRankProperty(each) || ast.isFindProperty(each),
  );
  if (other === undefined) return;
  const word = ast.isReplicateProperty(other) ? 'replicate' : ast.isRankProperty(other) ? 'rank by' : 'find';
  const sentence = `One long run is not repeated, so \`${word}\` cannot stand beside it; \`replicate 30 times\` instead of the long run can.`;
  yield createDiagnostic('PW7010', { sentence }, originOf(run), {
    related: [{ message: `\`${word}\` is here.`, origin: originOf(other) }],
  });
}

/** A certainty lies above one half and below 1: nothing random is certain. */
function* certaintyIsPossible(
  expression: ast.Expression | undefined,
  context: ValidationContext,
): Generator<Diagnostic> {
  yield* valueFits(expression, 'with … certainty', { measures: 'share', varies: [] }, context);
  const value = expression === undefined ? undefined : constantOf(expression);
  if (expression === undefined || value === undefined || value < 0 || value > 1 || (value >= 0.5 && value < 1)) return;
  const sentence = `A certainty is at least 50% and below 100%, not ${textOf(expression)}.`;
  yield createDiagnostic('PW4006', { sentence }, originOf(expression));
}

/** There are scenarios to rank, and a difference that would matter. */
export function* rankingIsPossible(rank: ast.RankProperty, context: ValidationContext): Generator<Diagnostic> {
  yield* certaintyIsPossible(rank.certainty, context);
  const wanted = dimensionOfFigure(rank.figure, context);
  if (wanted !== undefined) yield* measuresLike(rank.indifference, 'indifferent below', wanted, context);
  const value = rank.indifference === undefined ? undefined : constantOf(rank.indifference);
  if (rank.indifference !== undefined && value !== undefined && value <= 0) {
    const sentence = `\`indifferent below\` must be above 0, not ${textOf(rank.indifference)}: no number of runs tells equals apart.`;
    yield createDiagnostic('PW4006', { sentence }, originOf(rank.indifference));
  }
  const study = rank.$container;
  if (study === undefined) return;
  if (study.properties.some((each) => ast.isVaryProperty(each) || ast.isPlansProperty(each))) return;
  const compared = study.properties.filter(ast.isCompareProperty).flatMap((each) => each.scenarios);
  if (compared.length > 1) return;
  const sentence = 'There is nothing to rank: the study has one scenario; `compare` more, or `vary` something.';
  yield createDiagnostic('PW7010', { sentence }, originOf(rank));
}

const SIZES = { Morris: { fewest: 2, what: 'paths' }, Sobol: { fewest: 8, what: 'samples' } } as const;

/** A sensitivity has a method that exists, and something uncertain to look at. */
export function* sensitivityIsPossible(
  node: ast.SensitivityProperty,
  context: ValidationContext,
): Generator<Diagnostic> {
  const { method: name, size } = node;
  const method = sensitivityMethod(name);
  if (name !== undefined && method === 'one at a time') {
    const sentence = `\`${name}\` is no method; write \`by Morris\` or \`by Sobol\`, or leave it out to vary one number at a time.`;
    yield createDiagnostic('PW7010', { sentence }, originOfProperty(node, 'method'));
  }
  if (method !== 'one at a time' && size !== undefined) {
    const { fewest, what } = SIZES[method];
    if (!Number.isInteger(size) || size < fewest) {
      const sentence = `${method} needs a whole number of ${what}, at least ${fewest}, not ${size}.`;
      yield createDiagnostic('PW4006', { sentence }, originOfProperty(node, 'size'));
    }
  }
  const numbers = context.documents.flatMap((root) => root.declarations.filter(ast.isNumberDeclaration));
  if (numbers.some((number) => number.uncertainty !== undefined)) return;
  const sentence =
    'No number is uncertain, so nothing can be varied; say what a number may also be: `number Stay = 6 d uncertain from 4 d to 8 d`.';
  yield createDiagnostic('PW7010', { sentence }, originOf(node));
}

/** A number of which there is a whole one, at least one. */
function* isWholeCount(node: ast.PlansProperty | ast.PressureProperty, what: string): Generator<Diagnostic> {
  const { most } = node;
  if (most === undefined || (Number.isInteger(most) && most >= 1)) return;
  const sentence = `${what} a whole number, at least 1, not ${most}.`;
  yield createDiagnostic('PW4006', { sentence }, originOfProperty(node, 'most'));
}

/** Plans of which every set is compared are few enough, each named once, and have a crisis to answer. */
export function* planSetsArePossible(node: ast.PlansProperty): Generator<Diagnostic> {
  yield* isWholeCount(node, '`at most` is');
  const names = node.responses.map(({ $refText }) => $refText);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    const sentence = `\`${twice}\` is named twice among the plans; each is in a set or not.`;
    yield createDiagnostic('PW7010', { sentence }, originOf(node));
  }
  const count = new Set(names).size;
  const most = node.most ?? USUAL_PLAN_SETS;
  if (most >= 1 && 2 ** count - 1 > most)
    yield createDiagnostic('PW7010', { sentence: tooManySets(count, most) }, originOf(node));
  const compared = node.$container?.properties.filter(ast.isCompareProperty).flatMap((each) => each.scenarios) ?? [];
  if (node.scenarios.length > 0 || compared.some((each) => happensWithoutPlan(targetOf(each)))) return;
  const sentence =
    'No scenario that is compared has a crisis and no responses, so that there is nothing to add plans to; compare one, or name it: `with each set of … in NoPlan`.';
  yield createDiagnostic('PW7010', { sentence }, originOf(node));
}

/** Pressure points are looked for a whole number of times. */
export function* pressureIsPossible(node: ast.PressureProperty): Generator<Diagnostic> {
  yield* isWholeCount(node, 'Places are run again with one more unit so many times:');
}

/** Everything that can be chosen is a number of units, and something is expected of the result. */
export function* findIsPossible(find: ast.FindProperty, context: ValidationContext): Generator<Diagnostic> {
  yield* certaintyIsPossible(find.certainty, context);
  const expectations = context.documents.flatMap((root) => root.declarations.filter(ast.isExpectation));
  if (expectations.length > 0) return;
  const sentence =
    'Nothing is expected, so every capacity will do; declare an `expect` that tells enough from too little.';
  yield createDiagnostic('PW7010', { sentence }, originOf(find));
}

/** What is searched is a count of units or people, over a range of whole numbers; what costs least has a cost. */
export function* leverIsPossible(lever: ast.FindLever): Generator<Diagnostic> {
  const target = targetOfSetting(lever);
  if (target !== undefined && !isSettable(target)) yield cannotBeSet(lever, target);
  else if (target !== undefined) yield* leverCounts(lever, target);
  const { low, high } = lever;
  if (low === undefined || high === undefined) return;
  for (const property of ['low', 'high'] as const) {
    if (Number.isInteger(lever[property])) continue;
    const sentence = `\`find\` goes through whole numbers, and ${lever[property]} is none.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(lever, property));
  }
  if (high < low) {
    const sentence = `The range runs from ${low} down to ${high}; swap them.`;
    yield createDiagnostic('PW4006', { sentence }, originOfProperty(lever, 'high'));
  }
}

function* leverCounts(
  lever: ast.FindLever,
  { element, property }: NonNullable<ReturnType<typeof targetOfSetting>>,
): Generator<Diagnostic> {
  if (!['count', 'on duty', 'headcount'].includes(property)) {
    const sentence = `\`${pathText(lever)}\` is no number of units; \`find\` searches \`count\` of resources and \`on duty\` or \`headcount\` of staff.`;
    yield createDiagnostic('PW7010', { sentence }, originOf(lever));
    return;
  }
  if (lever.$container?.objective !== 'cost') return;
  const costs = ast.isResource(element)
    ? element.properties.some(ast.isCostProperty)
    : ast.isStaff(element) && targetOf(element.role)?.properties.some(ast.isCostProperty);
  if (costs === true) return;
  const sentence = `\`${pathText(lever)}\` has no \`cost\`, so the least cost cannot be told; declare it, or search the \`least units\`.`;
  yield createDiagnostic('PW7010', { sentence }, originOf(lever));
}

/** What is varied can be set, to values that fit, each once. */
export function* variationIsPossible(vary: ast.VaryProperty, context: ValidationContext): Generator<Diagnostic> {
  const target = targetOfSetting(vary);
  if (target === undefined) return;
  if (!isSettable(target)) {
    yield cannotBeSet(vary, target);
    return;
  }
  const seen = new Set<string>();
  for (const value of vary.values) {
    yield* variedValueFits(vary, value, target, context);
    const text = textOf(value).replace(/\s+/g, ' ');
    if (seen.has(text)) {
      const sentence = `\`${pathText(vary)}\` is varied over ${text} twice, which would be one scenario twice.`;
      yield createDiagnostic('PW7010', { sentence }, originOf(value));
    }
    seen.add(text);
  }
}

/** What a number may also be measures the same, and a range runs upwards around the number itself. */
export function* uncertaintyFits(number: ast.NumberDeclaration, context: ValidationContext): Generator<Diagnostic> {
  const { uncertainty, value } = number;
  const type = context.types.of(value);
  if (uncertainty === undefined || value === undefined || type.kind !== 'quantity') return;
  if (variationsOf(value).size > 0) {
    const sentence = `\`${number.name}\` is drawn anew each time; \`uncertain\` is for a fixed number of which nobody is sure.`;
    yield createDiagnostic('PW7010', { sentence }, originOf(uncertainty));
    return;
  }
  const { low, high, law } = uncertainty;
  if (law !== undefined) {
    const lawType = context.types.of(law);
    if (lawType.kind === 'unknown') return;
    if (ast.isFunctionCall(law) && variationsOf(law).has('draw')) {
      yield* valueFits(law, 'uncertain', { measures: 'any quantity', varies: ['draw'] }, context);
      yield* measuresAs(law, type.dimension, context);
      return;
    }
    const sentence = `After \`uncertain\` stands a distribution, or \`from … to …\`, not ${textOf(law)}.`;
    yield createDiagnostic('PW7010', { sentence }, originOf(law));
    return;
  }
  yield* measuresLike(low, 'uncertain from', type.dimension, context);
  yield* measuresLike(high, 'to', type.dimension, context);
  const [from, to, own] = [low, high, value].map((each) => (each === undefined ? undefined : constantOf(each)));
  if (from === undefined || to === undefined || own === undefined || (from < to && own >= from && own <= to)) return;
  const sentence =
    from >= to
      ? `The range of \`${number.name}\` must run upwards, not from ${textOf(low)} to ${textOf(high)}.`
      : `\`${number.name}\` is ${textOf(value)}, which lies outside the range from ${textOf(low)} to ${textOf(high)}.`;
  yield createDiagnostic('PW4006', { sentence }, originOf(uncertainty));
}

function* measuresAs(law: ast.Expression, wanted: Dimension, context: ValidationContext): Generator<Diagnostic> {
  for (const found of measuresLike(law, 'uncertain', wanted, context)) {
    // That it is drawn is what a distribution is for.
    if (found.code !== 'PW4007') yield found;
  }
}
