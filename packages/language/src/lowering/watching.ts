import type { AlertFilter, Gauge, GaugeMember, LevelReference, Scale, Signal, Trigger } from '@pathway/model';
import { CAP_ASPECTS, SECONDS } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerReading } from './readings.js';
import { minutesOf } from './schedules.js';

export function lowerScale(node: ast.Scale, context: LoweringContext): Scale {
  return {
    ...context.declarationOf(node),
    levels: node.levels.map((level) => ({
      name: level.name,
      ...(level.title === undefined ? {} : { title: level.title }),
      ...context.titlesOf(level),
      origin: context.originOf(level),
    })),
  };
}

export function lowerSignal(node: ast.Signal, context: LoweringContext): Signal {
  const { properties } = node;
  const unit = properties.find(ast.isUnitProperty)?.unit;
  const series = properties.find(ast.isSeriesProperty);
  const value = properties.find(ast.isValueMeasure)?.value;
  const averaged = properties.find(ast.isAveragedProperty)?.window;
  return {
    ...context.declarationOf(node, properties.filter(ast.isSourceReference)),
    ...(unit === undefined ? {} : { unit }),
    reads:
      series === undefined ? { kind: 'measure', value: lowerReading(value, context) } : lowerSeries(series, context),
    ...(averaged === undefined ? {} : { averagedOver: lowerExpression(averaged, context) }),
    ...samplingOf(properties),
  };
}

function samplingOf(properties: readonly { readonly $type: string }[]): { sampledAt?: number } {
  const at = properties.find((each) => ast.isSampledProperty(each))?.at;
  return at === undefined ? {} : { sampledAt: minutesOf(at) };
}

function lowerSeries(node: ast.SeriesProperty, context: LoweringContext): Signal['reads'] {
  const { tables } = context;
  const columns = [node.column, ...(node.times === undefined ? [] : [node.times])];
  const table = tables.tableWith(node, node.file, columns, context);
  const values = table?.rows.map((row) => tables.anyNumber(row, node.column, table, context)) ?? [];
  const series = { kind: 'series', file: node.file, column: node.column, values } as const;
  if (node.times !== undefined) {
    return { ...series, times: tables.moments(node, node.file, node.times, context), dated: node.times };
  }
  return { ...series, slot: node.slot === 'hourly' ? SECONDS.h : SECONDS.d };
}

export function lowerGauge(node: ast.Gauge, context: LoweringContext): Gauge {
  const { properties } = node;
  const organisation = node.organisation?.ref;
  return {
    ...context.declarationOf(node, properties.filter(ast.isSourceReference)),
    scale: context.idOf(node.scale.ref),
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
    ...samplingOf(properties),
    scores: properties.filter(ast.isScoreProperty).map((score) => ({
      value: lowerReading(score.value, context),
      points: score.points.map(({ points, limit }) => ({
        points,
        ...(limit === undefined ? {} : { below: lowerExpression(limit, context) }),
      })),
      origin: context.originOf(score),
    })),
    thresholds: properties.filter(ast.isScoreLevel).map((line) => ({
      level: line.level.ref?.name ?? line.level.$refText,
      from: line.score,
      origin: context.originOf(line),
    })),
    worstOf: properties.filter(ast.isWorstProperty).flatMap(({ members }) => lowerMembers(members, context)),
    counted: properties.filter(ast.isCountedLevel).map((line) => ({
      level: line.level.ref?.name ?? line.level.$refText,
      count: line.count,
      members: lowerMembers(line.members, context),
      least: line.least.ref?.name ?? line.least.$refText,
      origin: context.originOf(line),
    })),
  };
}

function lowerMembers(members: ast.WorstProperty['members'], context: LoweringContext): readonly GaugeMember[] {
  return members.map(({ ref }): GaugeMember => {
    const id = context.idOf(ref);
    return ast.isGauge(ref) ? { kind: 'gauge', gauge: id } : { kind: 'organisation', organisation: id };
  });
}

export function lowerTrigger(node: ast.Trigger, context: LoweringContext): Trigger {
  const sets = lowerLevel(node, context);
  const { condition, lasting, until, calm } = node;
  return {
    ...context.declarationOf(node),
    ...(sets === undefined ? {} : { sets }),
    fires: node.alert
      ? { kind: 'alert', filter: lowerAlert(node, context) }
      : {
          kind: 'condition',
          when: lowerReading(condition, context),
          ...(lasting === undefined ? {} : { lasting: lowerExpression(lasting, context) }),
        },
    ...(until === undefined ? {} : { until: lowerReading(until, context) }),
    ...(calm === undefined ? {} : { calm: lowerExpression(calm, context) }),
  };
}

/** A level with its scale, and with the organisation where one is said; undefined where no scale is named. */
export function lowerLevel(
  node: ast.Trigger | ast.AllowPatch | ast.Card,
  context: LoweringContext,
): LevelReference | undefined {
  if (node.scale === undefined || node.level === undefined) return undefined;
  const organisation = ast.isTrigger(node) ? node.organisation?.ref : undefined;
  return {
    scale: context.idOf(node.scale.ref),
    level: node.level.ref?.name ?? node.level.$refText,
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
  };
}

/** What a trigger may ask of an alert. */
export const ALERT_WORDS = {
  ...CAP_ASPECTS,
  type: ['Alert', 'Update'],
} as const;

type AlertWord = keyof typeof ALERT_WORDS;

/** Words that are compared by their order, from the greatest down; `Unknown` is no part of it. */
export function isRanked(aspect: string): aspect is 'severity' | 'urgency' | 'certainty' {
  return aspect === 'severity' || aspect === 'urgency' || aspect === 'certainty';
}

function lowerAlert(node: ast.Trigger, context: LoweringContext): AlertFilter {
  const aspects = node.properties.filter(ast.isAlertAspect);
  const territories = node.properties.filter(ast.isInTerritoryProperty);
  return {
    categories: wordsOf(aspects, 'category'),
    events: aspects.filter(({ aspect }) => aspect === 'event').flatMap(({ texts }) => texts),
    severities: wordsOf(aspects, 'severity'),
    urgencies: wordsOf(aspects, 'urgency'),
    certainties: wordsOf(aspects, 'certainty'),
    messageTypes: wordsOf(aspects, 'type'),
    territories: territories.map(({ territory }) => context.idOf(territory.ref)),
  };
}

/** The words that an aspect may be: those listed, or those that a comparison admits. */
function wordsOf(aspects: readonly ast.AlertAspect[], wanted: AlertWord): readonly string[] {
  const words: readonly string[] = ALERT_WORDS[wanted];
  return aspects
    .filter(({ aspect }) => aspect === wanted)
    .flatMap(({ operator, word, words: listed }) => {
      if (operator === undefined || word === undefined) return listed;
      const rank = words.indexOf(word);
      const known = words.filter((each) => each !== 'Unknown');
      return known.filter((each) => compares(rank - words.indexOf(each), operator));
    });
}

/** Whether a word that stands so much above another one meets a comparison with it. */
function compares(above: number, operator: string): boolean {
  switch (operator) {
    case '>':
      return above > 0;
    case '>=':
      return above >= 0;
    case '<':
      return above < 0;
    case '<=':
      return above <= 0;
    default:
      return above === 0;
  }
}
