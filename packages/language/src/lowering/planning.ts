import { AstUtils } from 'langium';
import type { Conversion, Override, OverrideTarget, Scenario, StudyMoment } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { countedArrivals, lowerArrivals } from './demand.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerSchedule } from './schedules.js';
import { sourceText } from './source-text.js';

export function lowerScenario(node: ast.Scenario, context: LoweringContext): Scenario {
  const overrides = node.settings.map((setting) => lowerSetting(setting, context));
  const conversions = node.conversions.map((conversion) => lowerConversion(conversion, context));
  const crises = node.plans.flatMap((plan) => plan.crises.map((crisis) => context.idOf(crisis.ref)));
  const responses = node.plans.flatMap((plan) => plan.responses.map((response) => context.idOf(response.ref)));
  return {
    ...context.declarationOf(node),
    basedOn: node.bases.map((base) => context.idOf(base.ref)),
    overrides: overrides.filter((override) => override !== undefined),
    ...(conversions.length > 0 && { conversions }),
    ...(crises.length > 0 && { crises }),
    ...(responses.length > 0 && { responses }),
  };
}

function lowerConversion(node: ast.Conversion, context: LoweringContext): Conversion {
  return {
    origin: context.originOf(node),
    text: sourceText(node),
    amount: lowerExpression(node.amount, context),
    resource: context.idOf(node.resource.ref),
    target: context.idOf(node.target.ref),
    ...(node.begins !== undefined && { begins: lowerMoment(node.begins) }),
    ...(node.ends !== undefined && { ends: lowerMoment(node.ends) }),
    ...(node.lasts !== undefined && { lasts: lowerExpression(node.lasts, context) }),
  };
}

function lowerMoment(node: ast.StudyMoment): StudyMoment {
  if (node.date === undefined) return { kind: 'day', day: node.day ?? 0 };
  return { kind: 'date', at: `${node.date}T${(node.time ?? '00:00').padStart(5, '0')}` };
}

function lowerSetting(node: ast.Setting, context: LoweringContext): Override | undefined {
  const target = overrideTarget(node, context);
  if (target === undefined) return undefined;
  return {
    origin: context.originOf(node),
    text: sourceText(node).replace(/^set /, ''),
    target,
    value: overrideValue(node.value, target, context),
  };
}

/** A path to something that can be set. */
export type SettingPath = ast.Setting | ast.VaryProperty | ast.FindLever;

/** What a setting's path leads to; undefined when it leads nowhere that can be set (the checks say so). */
export function overrideTarget(node: SettingPath, context: LoweringContext): OverrideTarget | undefined {
  const last = node.members.at(-1);
  const elements = [node.element.ref, ...node.members.map((member) => member.element?.ref)];
  const element = elements.filter((each) => each !== undefined).at(-1);
  const property = last?.property;
  if (ast.isNumberDeclaration(element)) return { kind: 'number', id: context.idOf(element) };
  if (ast.isResource(element) && (property === 'count' || property === 'cost')) {
    return { kind: 'resource', id: context.idOf(element), property };
  }
  if (ast.isRole(element) && property === 'cost') return { kind: 'role', id: context.idOf(element), property };
  if (ast.isCohort(element) && (property === 'arrives' || property === 'priority')) {
    return { kind: 'cohort', id: context.idOf(element), property };
  }
  if (ast.isAttribute(element)) {
    return {
      kind: 'attribute',
      cohort: context.idOf(AstUtils.getContainerOfType(element, ast.isCohort)),
      name: element.name,
    };
  }
  if (ast.isStep(element) && (property === 'takes' || property === 'within' || property === 'priority')) {
    return { kind: 'step', id: context.activityId(element), property };
  }
  if (ast.isBranch(element)) {
    const choose = element.$container;
    return { kind: 'share', id: context.activityId(choose), branch: choose.branches.indexOf(element) };
  }
  return ast.isStaff(element) ? staffTarget(element, property, context) : undefined;
}

function staffTarget(
  element: ast.Staff,
  property: string | undefined,
  context: LoweringContext,
): OverrideTarget | undefined {
  const names = { headcount: 'headcount', onduty: 'on duty', absent: 'absence', contract: 'contract' } as const;
  const key = property?.replace(/\s+/g, '');
  const known = (Object.keys(names) as (keyof typeof names)[]).find((each) => each === key);
  return known === undefined ? undefined : { kind: 'staff', id: context.idOf(element), property: names[known] };
}

function overrideValue(node: ast.SettingValue, target: OverrideTarget, context: LoweringContext): Override['value'] {
  if (!ast.isPlainValue(node)) return { kind: 'arrivals', arrivals: lowerArrivals(node, context) };
  const rule = node.schedule.rules[0];
  if (target.kind === 'cohort' && target.property === 'arrives') {
    const arrivals = countedArrivals(
      {
        ...(rule?.amount === undefined ? {} : { amount: rule.amount }),
        ...(rule?.days === undefined ? {} : { days: rule.days }),
        ...(rule?.from === undefined ? {} : { at: rule.from }),
        ...(rule?.to === undefined ? {} : { to: rule.to }),
        ...(node.profile === undefined ? {} : { profile: node.profile }),
        ...(node.group === undefined ? {} : { group: node.group }),
      },
      context,
    );
    return { kind: 'arrivals', arrivals };
  }
  const isSchedule =
    (target.kind === 'resource' && target.property === 'count') ||
    ('property' in target && target.property === 'on duty');
  if (isSchedule) return { kind: 'schedule', schedule: lowerSchedule(node.schedule, context) };
  return { kind: 'expression', expression: lowerExpression(rule?.amount, context) };
}
