import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { Variation } from './constants.js';
import type { ValidationContext } from './context.js';
import { CRISIS_PLACES, crisisPlacesIn } from './crisis-places.js';
import { type Demand, DRAWN, FIXED, PATIENT, STATE, valueFits } from './demands.js';

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
    ast.TableArrivals,
    ast.PlainValue,
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
    ast.LeaveProperty,
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

function together(group: ast.Expression | undefined): Place {
  return at('a group of', group, 'count', DRAWN, 0);
}

function placesIn(node: AstNode): readonly Place[] {
  if (ast.isTakesProperty(node)) return [at('takes', node.duration, 'duration', STATE, 0)];
  if (ast.isEveryArrivals(node)) return [at('every', node.between, 'duration', DRAWN, 'above 0'), together(node.group)];
  if (ast.isTableArrivals(node) || ast.isPlainValue(node)) return [together(node.group)];
  if (ast.isCountedArrivals(node)) {
    return node.at === undefined || node.to !== undefined
      ? [at('arrives', node.amount, 'rate', FIXED, 0), together(node.group)]
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
  if (ast.isWaitsProperty(node)) return [at('waits at most', node.limit, 'duration', STATE, 0)];
  if (ast.isStep(node) || ast.isHold(node)) return [at('when', node.condition, 'condition', STATE)];
  if (ast.isBranch(node))
    return [at('when', node.condition, 'condition', STATE), at('The share of a branch', node.share, 'share', STATE)];
  if (ast.isRepeat(node)) {
    return [
      at('at most', node.atMost, 'count', PATIENT, 0),
      at('times', node.times, 'count', PATIENT, 0),
      at('every', node.every, 'duration', PATIENT, 'above 0'),
      at('until', node.until, 'condition', STATE),
      at('again with', node.again, 'share', STATE),
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
  if (ast.isWait(node)) return [at('wait for', node.duration, 'duration', STATE, 0)];
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
  if (ast.isLeaveProperty(node)) return [at('leave', node.days, 'count', DRAWN, 0)];
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
  if (ast.isCategoryOption(node)) return [at('The share of a value', node.share, 'share', STATE)];
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
