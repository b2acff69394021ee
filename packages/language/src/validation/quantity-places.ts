import type { AstNode } from 'langium';
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
import { CRISIS_PLACES, crisisPlacesIn } from './crisis-places.js';
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

const FIXED: readonly Variation[] = [];
const DRAWN: readonly Variation[] = ['draw'];
const PATIENT: readonly Variation[] = ['draw', 'patient'];
const STATE: readonly Variation[] = ['draw', 'patient', 'state'];

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

/** Every place where an expression stands in a property, with what it demands. */
export function* placesFit(node: AstNode, context: ValidationContext): Generator<Diagnostic> {
  for (const { expression, place, demand } of placesIn(node)) yield* valueFits(expression, place, demand, context);
}

/** The types of nodes in which `placesIn` finds a place. */
export const PLACES: readonly string[] = [
  ...CRISIS_PLACES,
  ...[
    ast.TakesProperty,
    ast.EveryArrivals,
    ast.CountedArrivals,
    ast.AppointmentArrivals,
    ast.Attribute,
    ast.PriorityProperty,
    ast.WithinProperty,
    ast.CostsProperty,
    ast.WaitsProperty,
    ast.Step,
    ast.Hold,
    ast.Branch,
    ast.Repeat,
    ast.Gather,
    ast.Wait,
    ast.CostProperty,
    ast.BreakdownProperty,
    ast.PopulationProperty,
    ast.SpeedProperty,
    ast.LevelProperty,
    ast.MostProperty,
    ast.DeliveryProperty,
    ast.Consumption,
    ast.TravelLeg,
    ast.TrainableProperty,
    ast.AbsentProperty,
    ast.SupportProperty,
    ast.LostProperty,
    ast.Staff,
    ast.Need,
    ast.ScheduleRule,
    ast.EssentialAspect,
    ast.RunProperty,
    ast.PresentGroup,
    ast.Conversion,
    ast.NumberDeclaration,
    ast.ShareMeasure,
    ast.ValueMeasure,
    ast.CategoryOption,
    ast.Tariff,
    ast.RosterCover,
    ast.RosterNeed,
    ast.RestRule,
    ast.HoursRule,
    ast.AgeGroupProperty,
    ast.PopulationRate,
    ast.SplitProperty,
    ast.NightHoursRule,
    ast.NoticeRule,
    ast.Shift,
  ].map(({ $type }) => $type),
];

export interface Place {
  readonly expression: ast.Expression | undefined;
  readonly place: string;
  readonly demand: Demand;
}

function at(
  place: string,
  expression: ast.Expression | undefined,
  measured: Demand['measures'],
  varies: readonly Variation[],
  least?: Demand['least'],
): Place {
  return { expression, place, demand: { measures: measured, varies, ...(least !== undefined && { least }) } };
}

function placesIn(node: AstNode): readonly Place[] {
  if (ast.isTakesProperty(node)) return [at('takes', node.duration, 'duration', PATIENT, 0)];
  if (ast.isEveryArrivals(node)) return [at('every', node.between, 'duration', DRAWN, 'above 0')];
  if (ast.isCountedArrivals(node)) {
    return node.at === undefined
      ? [at('arrives', node.amount, 'rate', FIXED, 0)]
      : [at('arrives', node.amount, 'count', DRAWN, 0)];
  }
  if (ast.isAppointmentArrivals(node)) {
    return [
      at('The number booked', node.amount, 'count', FIXED, 1),
      at('every', node.every, 'duration', FIXED, 'above 0'),
      at('shows', node.shows, 'share', FIXED),
      at('punctual', node.deviation, 'deviation', DRAWN),
    ];
  }
  if (ast.isAttribute(node)) return [at('attribute', node.value, 'any', PATIENT)];
  if (ast.isPriorityProperty(node)) return [at('priority', node.priority, 'number', PATIENT)];
  if (ast.isWithinProperty(node)) {
    return [at('within', node.limit, 'duration', FIXED, 0), at('for', node.share, 'share', FIXED)];
  }
  if (ast.isCostsProperty(node))
    return [
      ast.isResponse(node.$container)
        ? at('costs', node.cost, 'price', FIXED, 0)
        : at('costs', node.cost, 'money', PATIENT, 0),
    ];
  if (ast.isWaitsProperty(node)) return [at('waits at most', node.limit, 'duration', PATIENT, 0)];
  if (ast.isStep(node) || ast.isHold(node)) return [at('when', node.condition, 'condition', STATE)];
  if (ast.isBranch(node))
    return [at('when', node.condition, 'condition', STATE), at('The share of a branch', node.share, 'share', PATIENT)];
  if (ast.isRepeat(node)) {
    return [
      at('at most', node.atMost, 'count', PATIENT, 0),
      at('times', node.times, 'count', PATIENT, 0),
      at('every', node.every, 'duration', PATIENT, 'above 0'),
      at('until', node.until, 'condition', STATE),
      at('again with', node.again, 'share', PATIENT),
    ];
  }
  if (ast.isGather(node)) {
    return [
      at('gather', node.size, 'count', FIXED, 1),
      at('after', node.after, 'duration', PATIENT, 0),
      at('at most', node.atMost, 'count', FIXED, 1),
      at('every', node.every, 'duration', FIXED, 'above 0'),
    ];
  }
  if (ast.isWait(node)) return [at('wait for', node.duration, 'duration', PATIENT, 0)];
  if (ast.isCostProperty(node)) return [at('cost', node.cost, 'money per time', FIXED, 0)];
  if (ast.isBreakdownProperty(node)) {
    return [at('down every', node.every, 'duration', DRAWN, 'above 0'), at('for', node.lasts, 'duration', DRAWN, 0)];
  }
  return morePlacesIn(node);
}

function morePlacesIn(node: AstNode): readonly Place[] {
  if (ast.isPopulationProperty(node)) return [at('population', node.value, 'count', FIXED, 0)];
  if (ast.isLevelProperty(node)) return [at('count', node.level, 'count', FIXED, 0)];
  if (ast.isMostProperty(node)) return [at('at most', node.most, 'count', FIXED, 0)];
  if (ast.isDeliveryProperty(node)) {
    return [
      at('delivery', node.amount, 'count', DRAWN, 0),
      at('when below', node.below, 'count', FIXED, 0),
      at('after', node.after, 'duration', DRAWN, 0),
    ];
  }
  if (ast.isConsumption(node)) return [at('consumes', node.amount, 'count', PATIENT, 0)];
  if (ast.isSpeedProperty(node)) return [at('speed', node.speed, 'speed', FIXED, 'above 0')];
  if (ast.isTravelLeg(node)) return [at('A way', node.length, 'way', FIXED, 0)];
  if (ast.isTrainableProperty(node)) return [at('trainable in', node.duration, 'duration', FIXED, 0)];
  if (ast.isAbsentProperty(node)) return [at('absent', node.share, 'share', DRAWN)];
  if (ast.isSupportProperty(node)) return [at('support', node.share, 'share', FIXED)];
  if (ast.isLostProperty(node)) return [at('per shift', node.duration, 'duration', FIXED, 0)];
  if (ast.isStaff(node)) return [at('staff', node.headcount, 'count', FIXED, 0)];
  if (ast.isNeed(node)) return [at('The number needed', node.amount, 'count', PATIENT, 1)];
  if (ast.isScheduleRule(node) && !ast.isPlainValue(node.$container?.$container)) {
    const place = ast.isCountProperty(node.$container?.$container) ? 'count' : 'on duty';
    return [at(place, node.amount, 'count', FIXED, 0), at(place, node.reaches, 'count', FIXED, 0)];
  }
  if (ast.isEssentialAspect(node)) {
    return [
      node.kind === 'mtpd' ? at('mtpd', node.value, 'duration', FIXED, 0) : at('minimum', node.value, 'share', FIXED),
    ];
  }
  if (ast.isPresentGroup(node)) {
    return [
      at('The number of patients', node.count, 'count', FIXED, 0),
      at('remaining', node.remaining, 'duration', PATIENT, 0),
    ];
  }
  if (ast.isConversion(node)) {
    return [at('convert', node.amount, 'count', FIXED, 0), at('for', node.lasts, 'duration', FIXED, 'above 0')];
  }
  if (ast.isRunProperty(node)) {
    return [at('run', node.duration, 'duration', FIXED, 'above 0'), at('after', node.warmUp, 'duration', FIXED, 0)];
  }
  if (ast.isNumberDeclaration(node)) return [at('number', node.value, 'any quantity', DRAWN)];
  if (ast.isShareMeasure(node) && node.limit !== undefined) return [at('The limit', node.limit, 'duration', FIXED, 0)];
  if (ast.isValueMeasure(node)) return [at('value', node.value, 'any quantity', ['state'])];
  if (ast.isCategoryOption(node)) return [at('The share of a value', node.share, 'share', PATIENT)];
  if (ast.isTariff(node))
    return [node.ofCost ? at('pays', node.price, 'share', FIXED) : at('pays', node.price, 'price', FIXED, 0)];
  if (ast.isRosterCover(node)) return [at('cover', node.amount, 'count', FIXED, 0)];
  if (ast.isRosterNeed(node)) return [at('at', node.share, 'share', FIXED)];
  if (ast.isRestRule(node)) return [at('rest', node.rest, 'duration', FIXED, 0)];
  if (ast.isHoursRule(node)) return [at('at most', node.limit, 'share', FIXED, 0)];
  if (ast.isAgeGroupProperty(node)) return [at('ages', node.people, 'count', FIXED, 0)];
  if (ast.isPopulationRate(node)) return [at('ages', node.rate, 'rate', FIXED, 0)];
  if (ast.isSplitProperty(node)) return [at('split at', node.share, 'share', FIXED)];
  if (ast.isNightHoursRule(node))
    return [at('nights at most', node.limit, node.average ? 'share' : 'duration', FIXED, 'above 0')];
  if (ast.isNoticeRule(node)) return [at('change', node.notice, 'duration', FIXED, 0)];
  if (ast.isShift(node)) return [at('working time', node.working, 'duration', FIXED, 0)];
  return crisisPlacesIn(node);
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
