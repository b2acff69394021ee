import type {
  ArrivalChange,
  Crisis,
  CrisisMoment,
  Effect,
  EpidemicCurve,
  Expression,
  NamedNumber,
  SlowedPlace,
  Span,
} from '@pathway/model';
import { dimensionOf, NUMBER, RATE, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerProfile } from './demand.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { minutesOf } from './schedules.js';

export function lowerCrisis(node: ast.Crisis, context: LoweringContext): Crisis {
  const span = node.items[0]?.span;
  const effects = node.properties.filter(isEffect);
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    ...(span === undefined ? {} : { span: lowerSpan(span, context) }),
    effects: effects.map((effect, index) => lowerEffect(effect, `${context.idOf(node)}.#${index + 1}`, context)),
  };
}

type EffectNode = Exclude<ast.CrisisProperty, ast.SourceReference>;

function isEffect(property: ast.CrisisProperty): property is EffectNode {
  return !ast.isSourceReference(property);
}

function lowerSpan(node: ast.Span, context: LoweringContext): Span {
  return {
    ...(node.begin === undefined ? {} : { begin: lowerMoment(node.begin, context) }),
    ...(node.lasting === undefined ? {} : { lasting: lowerExpression(node.lasting, context) }),
    ...(node.end === undefined ? {} : { end: lowerMoment(node.end, context) }),
  };
}

function lowerMoment(node: ast.CrisisMoment, context: LoweringContext): CrisisMoment {
  const at = node.time === undefined ? {} : { at: minutesOf(node.time) };
  if (node.date !== undefined) return { kind: 'date', date: node.date, ...at };
  return { kind: 'day', day: lowerExpression(node.day, context), ...at };
}

function lowerEffect(node: EffectNode, id: string, context: LoweringContext): Effect {
  const base = {
    id,
    origin: context.originOf(node),
    ...(node.span === undefined ? {} : { span: lowerSpan(node.span, context) }),
  };
  switch (node.$type) {
    case 'ArrivalsEffect':
      return {
        ...base,
        kind: 'arrivals',
        cohorts: node.cohorts.map((cohort) => context.idOf(cohort.ref)),
        change: lowerChange(node, context),
      };
    case 'DivertEffect':
      return {
        ...base,
        kind: 'diversion',
        cohort: context.idOf(node.cohort.ref),
        share: lowerExpression(node.share, context),
        ...(node.target === undefined ? {} : { to: context.idOf(node.target.ref) }),
      };
    case 'AbsentEffect':
      return {
        ...base,
        kind: 'absence',
        role: context.idOf(node.role.ref),
        ...(node.organisation === undefined ? {} : { organisation: context.idOf(node.organisation.ref) }),
        share: lowerExpression(node.share, context),
      };
    case 'LoseEffect':
      return {
        ...base,
        kind: 'loss',
        resource: context.idOf(node.resource.ref),
        ...(node.amount === undefined ? {} : { amount: lowerExpression(node.amount, context) }),
        ...(node.share === undefined ? {} : { share: lowerExpression(node.share, context) }),
        ...(node.returns === undefined ? {} : { returnsOver: lowerExpression(node.returns, context) }),
      };
    case 'CloseEffect':
      return { ...base, kind: 'closure', organisations: node.organisations.map((each) => context.idOf(each.ref)) };
    case 'SlowEffect':
      return {
        ...base,
        kind: 'slowdown',
        places: node.places.map((place) => lowerPlace(place.ref, context)),
        share: lowerExpression(node.share, context),
      };
    case 'CutEffect':
      return {
        ...base,
        kind: 'supply cut',
        stock: context.idOf(node.stock.ref),
        ...(node.share === undefined ? {} : { share: lowerExpression(node.share, context) }),
      };
    case 'AlertEffect':
      return { ...base, kind: 'alert', trigger: context.idOf(node.trigger.ref) };
  }
}

function lowerPlace(place: ast.Slowed | undefined, context: LoweringContext): SlowedPlace {
  if (ast.isPathway(place)) return { kind: 'pathway', pathway: context.idOf(place) };
  if (ast.isOrganisation(place)) return { kind: 'organisation', organisation: context.idOf(place) };
  return { kind: 'step', step: context.activityId(place) };
}

/** A percentage is a share of those who come, a rate so many per time, a plain number so many people. */
function lowerChange(node: ast.ArrivalsEffect, context: LoweringContext): ArrivalChange {
  if (node.curve !== undefined) return { kind: 'curve', curve: lowerCurve(node.curve, context) };
  const written = lowerExpression(node.amount, context);
  const amount: Expression = node.sign === '-' ? { kind: 'unary', operator: '-', operand: written } : written;
  const dimension = dimensionOf(written, context) ?? NUMBER;
  if (sameDimension(dimension, RATE)) return { kind: 'rate', rate: amount };
  return isPercentage(written, context.numbers) ? { kind: 'share', share: amount } : { kind: 'people', people: amount };
}

function isPercentage(value: Expression, numbers: readonly NamedNumber[]): boolean {
  switch (value.kind) {
    case 'number':
      return value.unit === '%';
    case 'reference': {
      const named = numbers.find(({ id }) => id === value.to)?.value;
      return named !== undefined && named.kind !== 'reference' && isPercentage(named, numbers);
    }
    default:
      return false;
  }
}

/** The parameters of each curve: those that it needs, then those that it may have. */
export const CURVES = {
  logistic: { needs: ['total', 'doubling', 'peak'], may: [] },
  sir: { needs: ['population', 'infected', 'reproduction', 'infectious'], may: ['admitted', 'delay'] },
  seir: { needs: ['population', 'infected', 'reproduction', 'latent', 'infectious'], may: ['admitted', 'delay'] },
} as const;

function lowerCurve(node: ast.EpidemicCurve, context: LoweringContext): EpidemicCurve {
  if (ast.isCurveTable(node)) return { kind: 'table', profile: lowerProfile({ ...node, fromStart: true }, context) };
  const value = (name: string): Expression =>
    lowerExpression(node.properties.find((each) => each.name === name)?.value, context);
  const optional = (name: 'latent' | 'admitted' | 'delay') =>
    node.properties.some((each) => each.name === name) ? { [name]: value(name) } : {};
  if (node.model === 'logistic') {
    return { kind: 'logistic', total: value('total'), doubling: value('doubling'), peak: value('peak') };
  }
  return {
    kind: node.model === 'seir' ? 'seir' : 'sir',
    population: value('population'),
    infected: value('infected'),
    reproduction: value('reproduction'),
    infectious: value('infectious'),
    ...(node.model === 'seir' && optional('latent')),
    ...optional('admitted'),
    ...optional('delay'),
  };
}
