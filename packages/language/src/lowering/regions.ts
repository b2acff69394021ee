import type {
  Agreement,
  Decision,
  Expression,
  Payer,
  Question,
  ReviewPeriod,
  Tariff,
  TariffTarget,
} from '@pathway/model';
import { dimensionOf, NUMBER } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';

export function lowerAgreement(node: ast.Agreement, context: LoweringContext): Agreement {
  const { properties } = node;
  const dates = properties.filter((each) => ast.isSignedProperty(each) || ast.isValidProperty(each));
  const dated = (kind: string): string | undefined => dates.find((each) => each.kind === kind)?.date;
  const given = {
    signed: dated('signed'),
    from: dated('from'),
    until: dated('until'),
    review: reviewOf(node, context),
    reviewed: dated('reviewed'),
    url: properties.find(ast.isUrlProperty)?.url,
    note: properties.find(ast.isNoteProperty)?.note,
  };
  return {
    ...context.declarationOf(node),
    parties: [...new Set(node.parties.map((each) => context.idOf(each.ref)))],
    handovers: properties
      .filter(ast.isCoversProperty)
      .flatMap(({ places }) => places)
      .map(({ ref }) => (ast.isPathway(ref) ? context.idOf(ref) : context.activityId(ref))),
    data: properties.filter(ast.isDataProperty).flatMap(({ items }) => items),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/** How many days or months each unit of the calendar is; a year is twelve months and not 365.25 days. */
const REVIEW_UNITS: Readonly<Record<string, Pick<ReviewPeriod, 'count' | 'unit'>>> = {
  d: { count: 1, unit: 'day' },
  day: { count: 1, unit: 'day' },
  days: { count: 1, unit: 'day' },
  week: { count: 7, unit: 'day' },
  weeks: { count: 7, unit: 'day' },
  month: { count: 1, unit: 'month' },
  months: { count: 1, unit: 'month' },
  year: { count: 12, unit: 'month' },
  years: { count: 12, unit: 'month' },
};

/** The period of the calendar that `12 months` says; undefined for another unit. */
export function reviewPeriod(node: ast.ReviewProperty): Pick<ReviewPeriod, 'count' | 'unit'> | undefined {
  const unit = Object.hasOwn(REVIEW_UNITS, node.unit) ? REVIEW_UNITS[node.unit] : undefined;
  return unit === undefined ? undefined : { count: node.count * unit.count, unit: unit.unit };
}

function reviewOf(node: ast.Agreement, context: LoweringContext): ReviewPeriod | undefined {
  const review = node.properties.find(ast.isReviewProperty);
  const period = review === undefined ? undefined : reviewPeriod(review);
  return review === undefined || period === undefined ? undefined : { ...period, origin: context.originOf(review) };
}

export function lowerPayer(node: ast.Payer, context: LoweringContext): Payer {
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    tariffs: node.properties
      .filter(ast.isPaysProperty)
      .flatMap(({ tariffs }) => tariffs)
      .map((tariff) => lowerTariff(tariff, context)),
  };
}

function lowerTariff(node: ast.Tariff, context: LoweringContext): Tariff {
  const price: Expression =
    node.price === undefined ? { kind: 'number', value: 1, dimension: NUMBER } : lowerExpression(node.price, context);
  return {
    of: targetOf(node.target.ref, context),
    price,
    per: node.atCost || node.ofCost ? 'cost' : dimensionOf(price, context)?.time === -1 ? 'second' : 'time',
    origin: context.originOf(node),
  };
}

function targetOf(target: ast.Payable | undefined, context: LoweringContext): TariffTarget {
  if (ast.isStep(target) || ast.isHold(target)) return { kind: 'activity', activity: context.activityId(target) };
  if (ast.isResource(target)) return { kind: 'resource', resource: context.idOf(target) };
  if (ast.isCohort(target)) return { kind: 'cohort', cohort: context.idOf(target) };
  if (ast.isResponse(target)) return { kind: 'response', response: context.idOf(target) };
  return { kind: 'organisation', organisation: context.idOf(target) };
}

export function lowerQuestion(node: ast.Question, context: LoweringContext): Question {
  const { properties } = node;
  const asked = properties.find(ast.isAskedProperty)?.date;
  const note = properties.find(ast.isNoteProperty)?.note;
  return {
    ...context.declarationOf(node),
    organisations: node.organisations.map((each) => context.idOf(each.ref)),
    ...(asked === undefined ? {} : { asked }),
    blocks: properties
      .filter(ast.isBlocksProperty)
      .flatMap(({ subjects }) => subjects.map((each) => context.idOf(each.ref))),
    ...(note === undefined ? {} : { note }),
  };
}

export function lowerDecision(node: ast.Decision, context: LoweringContext): Decision {
  const { properties } = node;
  const decided = properties.find(ast.isDecidedProperty);
  const reason = properties.find(ast.isBecauseProperty)?.reason;
  const note = properties.find(ast.isNoteProperty)?.note;
  return {
    ...context.declarationOf(node),
    answers: properties
      .filter(ast.isAnswersProperty)
      .flatMap(({ questions }) => questions.map((each) => context.idOf(each.ref))),
    ...(decided === undefined ? {} : { decided: decided.date }),
    organisations: decided?.organisations.map((each) => context.idOf(each.ref)) ?? [],
    ...(reason === undefined ? {} : { reason }),
    ...(note === undefined ? {} : { note }),
  };
}
