import type {
  Find,
  FigureReference,
  Lever,
  PlanSets,
  PresentPatients,
  PressurePoints,
  Ranking,
  ReplicationPlan,
  Sensitivity,
  Study,
  Territory,
  Variation,
} from '@pathway/model';
import { DURATION, NUMBER, USUAL_PLAN_SETS } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { countedArrivals, lowerArrivals } from './demand.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerStatistic } from './measure-parts.js';
import { overrideTarget, type SettingPath } from './planning.js';
import { sourceText } from './source-text.js';

const NO_TIME = Object.freeze({ kind: 'number', value: 0, dimension: DURATION } as const);
/** A Monday: where a study gives no date, nothing in it depends on one but the weekday. */
const DEFAULT_START = '2026-01-05T00:00';
const DEFAULT_REPLICATIONS = 30;
/** Places that are run again with one more unit where nothing is said. */
const DEFAULT_POINTS = 6;
const DEFAULT_CERTAINTY = Object.freeze({ kind: 'number', value: 0.95, dimension: NUMBER } as const);

/** Paths of Morris and samples of Sobol where nothing is said: Morris (1991) used 4 to 20, Saltelli at least some dozens. */
const DEFAULT_SIZES = { 'one at a time': 1, Morris: 10, Sobol: 64 } as const;

export function lowerStudy(node: ast.Study, territories: readonly Territory[], context: LoweringContext): Study {
  const { properties } = node;
  const compare = properties.filter(ast.isCompareProperty).flatMap((each) => each.scenarios);
  const from = properties.find(ast.isFromProperty);
  const run = properties.find(ast.isRunProperty);
  const seed = properties.find(ast.isSeedProperty)?.seed;
  const pathways = properties.filter(ast.isOfProperty).flatMap((each) => each.pathways);
  const indicators = properties.filter(ast.isMeasureProperty).flatMap((each) => each.indicators);
  const present = properties
    .filter(ast.isBeginsProperty)
    .flatMap((property) => property.groups.map((group) => lowerPresent(group, context)));
  const holidays = studyTerritory(node, territories, context, (territory) => territory.holidayDates);
  const plans = properties.filter(ast.isPlansProperty).map((each) => lowerPlans(each, context));
  const pressure = properties.filter(ast.isPressureProperty).map((each) => lowerPressure(each, context));
  const varied = properties.filter(ast.isVaryProperty).map((each) => lowerVariation(each, context));
  const rank = properties.find(ast.isRankProperty);
  const sensitivities = properties.filter(ast.isSensitivityProperty).map((each) => lowerSensitivity(each, context));
  const find = properties.find(ast.isFindProperty);
  return {
    ...context.declarationOf(node),
    scenarios: compare.map((scenario) => context.idOf(scenario.ref)),
    start: from === undefined ? DEFAULT_START : `${from.date}T${(from.time ?? '00:00').padStart(5, '0')}`,
    timezone: studyTerritory(node, territories, context, (territory) => territory.timezone) ?? 'UTC',
    ...(holidays === undefined ? {} : { holidays }),
    run: run === undefined ? NO_TIME : lowerExpression(run.duration, context),
    warmUp: run?.warmUp === undefined ? NO_TIME : lowerExpression(run.warmUp, context),
    ...(run?.automatic === true && { automaticWarmUp: true }),
    replications: replicationPlan(node, context),
    ...(present.length > 0 && { present }),
    seed: seed ?? 1,
    indicators: indicators.map((indicator) => context.idOf(indicator.ref)),
    pathways: pathways.map((pathway) => context.idOf(pathway.ref)),
    ...(plans.length > 0 && { plans }),
    ...(varied.length > 0 && { varied: varied.filter((each) => each !== undefined) }),
    ...(rank !== undefined && { ranking: lowerRanking(rank, context) }),
    ...(sensitivities.length > 0 && { sensitivities }),
    ...(pressure.length > 0 && { pressure }),
    ...(find !== undefined && { find: lowerFind(find, context) }),
  };
}

function lowerPresent(node: ast.PresentGroup, context: LoweringContext): PresentPatients {
  return {
    count: lowerExpression(node.count, context),
    cohort: context.idOf(node.cohort.ref),
    at: context.activityId(node.place.ref),
    ...(node.remaining === undefined ? {} : { remaining: lowerExpression(node.remaining, context) }),
    origin: context.originOf(node),
  };
}

/** What the study's territory says, or the only thing that territories say of it. */
function studyTerritory<T>(
  node: ast.Study,
  territories: readonly Territory[],
  context: LoweringContext,
  read: (territory: Territory) => T | undefined,
): T | undefined {
  const id = context.idOf(node.properties.find(ast.isInTerritoryProperty)?.territory.ref);
  const named = territories.find((territory) => territory.id === id);
  const own = named && read(named);
  if (own !== undefined) return own;
  const all = new Map(territories.map(read).flatMap((each) => (each === undefined ? [] : [[String(each), each]])));
  const [only] = all.values();
  return all.size === 1 ? only : undefined;
}

function replicationPlan(study: ast.Study, context: LoweringContext): ReplicationPlan {
  const batches = study.properties.find(ast.isLongRunProperty)?.batches;
  if (batches !== undefined) return { kind: 'batches', batches };
  const node = study.properties.find(ast.isReplicateProperty);
  if (node === undefined || node.targets.length === 0)
    return { kind: 'fixed', times: node?.times ?? DEFAULT_REPLICATIONS };
  return {
    kind: 'precision',
    targets: node.targets.map((target) => ({
      ...lowerFigure(target.figure, context),
      halfWidth: lowerExpression(target.halfWidth, context),
      relative: target.relative,
    })),
    atMost: node.atMost ?? DEFAULT_REPLICATIONS,
  };
}

function lowerFigure(node: ast.FigureReference, context: LoweringContext): FigureReference {
  return {
    indicator: context.idOf(node.indicator.ref),
    statistic: lowerStatistic(node.statistic),
    ...(node.argument !== undefined && { argument: node.argument }),
  };
}

/** A path as it was written: `Bed.count`. */
function pathText(node: SettingPath): string {
  return [node.element.$refText, ...node.members.map((member) => sourceText(member))].join('.');
}

function lowerVariation(node: ast.VaryProperty, context: LoweringContext): Variation | undefined {
  const target = overrideTarget(node, context);
  if (target === undefined) return undefined;
  const values = node.values.map((value) => {
    const text = sourceText(value);
    if (!ast.isVariedAmount(value))
      return { text, value: { kind: 'arrivals', arrivals: lowerArrivals(value, context) } as const };
    if (target.kind === 'cohort' && target.property === 'arrives') {
      const arrivals = countedArrivals({ amount: value.amount }, context);
      return { text, value: { kind: 'arrivals', arrivals } as const };
    }
    return { text, value: { kind: 'expression', expression: lowerExpression(value.amount, context) } as const };
  });
  return { origin: context.originOf(node), text: pathText(node), target, values };
}

function lowerRanking(node: ast.RankProperty, context: LoweringContext): Ranking {
  return {
    ...lowerFigure(node.figure, context),
    origin: context.originOf(node),
    best: node.direction === 'greatest' ? 'greatest' : 'least',
    certainty: lowerExpression(node.certainty, context),
    indifference: lowerExpression(node.indifference, context),
  };
}

/** The method by its name in the text; one at a time where none is written (the checks tell of others). */
export function sensitivityMethod(name: string | undefined): Sensitivity['method'] {
  return name === 'Morris' || name === 'Sobol' ? name : 'one at a time';
}

function lowerSensitivity(node: ast.SensitivityProperty, context: LoweringContext): Sensitivity {
  const method = sensitivityMethod(node.method);
  return {
    ...lowerFigure(node.figure, context),
    origin: context.originOf(node),
    method,
    size: node.size ?? DEFAULT_SIZES[method],
    ...(node.scenario !== undefined && { scenario: context.idOf(node.scenario.ref) }),
  };
}

function lowerPlans(node: ast.PlansProperty, context: LoweringContext): PlanSets {
  const scenarios = node.scenarios.map((scenario) => context.idOf(scenario.ref));
  return {
    origin: context.originOf(node),
    responses: [...new Set(node.responses.map((response) => context.idOf(response.ref)))],
    ...(scenarios.length > 0 && { scenarios }),
    most: node.most ?? USUAL_PLAN_SETS,
  };
}

function lowerPressure(node: ast.PressureProperty, context: LoweringContext): PressurePoints {
  return {
    ...lowerFigure(node.figure, context),
    origin: context.originOf(node),
    ...(node.scenario !== undefined && { scenario: context.idOf(node.scenario.ref) }),
    most: node.most ?? DEFAULT_POINTS,
  };
}

function lowerFind(node: ast.FindProperty, context: LoweringContext): Find {
  return {
    origin: context.originOf(node),
    levers: node.levers.flatMap((lever): Lever[] => {
      const target = overrideTarget(lever, context);
      if (target === undefined) return [];
      const { low, high } = lever;
      return [{ origin: context.originOf(lever), text: pathText(lever), target, low, high }];
    }),
    objective: node.objective === 'cost' ? 'cost' : 'units',
    ...(node.scenario !== undefined && { scenario: context.idOf(node.scenario.ref) }),
    certainty: node.certainty === undefined ? DEFAULT_CERTAINTY : lowerExpression(node.certainty, context),
  };
}
