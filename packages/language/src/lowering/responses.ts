import type {
  ActionCard,
  Activation,
  ChangedProperties,
  Expression,
  Patch,
  Response,
  ScarceTarget,
} from '@pathway/model';
import type { Reference } from 'langium';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import {
  dependenciesOf,
  fallbacksOf,
  lowerActivities,
  lowerHandover,
  lowerNeed,
  lowerTarget,
  lowerWithin,
  waitsOf,
} from './flow.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerRule } from './rosters.js';
import { titlesIn } from './titles.js';
import { lowerConsumption } from './stock.js';
import { lowerLevel } from './watching.js';

export function lowerResponse(node: ast.Response, context: LoweringContext): Response {
  const id = context.idOf(node);
  const recovers = node.properties.filter(ast.isRecoversProperty);
  const delay = recovers.find((each) => each.delay !== undefined)?.delay;
  const costs = node.properties.filter(ast.isCostsProperty);
  const patches = node.properties.filter(isPatch).flatMap((patch) => lowerPatch(patch, context));
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    ...(node.pathway === undefined ? {} : { pathway: context.idOf(node.pathway.ref) }),
    activations: node.activations.map((each) => lowerActivation(each, context)),
    ...(node.priority === undefined ? {} : { priority: node.priority }),
    ...(node.limit === undefined ? {} : { atMost: lowerExpression(node.limit, context) }),
    patches: patches.map((patch, index) => ({ ...patch, id: `${id}.#${index + 1}` })),
    ...(costs.length === 0 ? {} : { costs: costs.map(({ cost }) => lowerExpression(cost, context)) }),
    recovery: {
      ...(delay === undefined ? {} : { delay: lowerExpression(delay, context) }),
      after: recovers.flatMap(({ responses }) => responses.map((each) => context.idOf(each.ref))),
    },
    cards: node.properties.filter(ast.isCard).map((card, index) => lowerCard(card, `${id}.card ${index + 1}`, context)),
  };
}

type BesidePatches = ast.RecoversProperty | ast.CostsProperty | ast.Card | ast.SourceReference;
type PatchNode = Exclude<ast.ResponseProperty, BesidePatches>;

function isPatch(property: ast.ResponseProperty): property is PatchNode {
  return ![ast.isRecoversProperty, ast.isCostsProperty, ast.isCard, ast.isSourceReference].some((is) => is(property));
}

/** What calls for a response, or what the time in force is measured of where that is no response. */
export function lowerActivation(node: ast.Activation | ast.StateInForce, context: LoweringContext): Activation {
  const on = node.on.ref;
  const origin = context.originOf(node);
  const id = context.idOf(on);
  if (!ast.isScale(on) && !ast.isGauge(on)) return { kind: 'trigger', trigger: id, origin };
  const level = node.level?.ref?.name ?? '';
  if (ast.isGauge(on)) return { kind: 'gauge', gauge: id, level, only: node.only, origin };
  const organisation = node.organisation?.ref;
  return {
    kind: 'level',
    scale: id,
    level,
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
    only: node.only,
    origin,
  };
}

function lowerCard(node: ast.Card, id: string, context: LoweringContext): ActionCard {
  const from = lowerLevel(node, context);
  return {
    id,
    role: context.idOf(node.role.ref),
    ...(node.organisation === undefined ? {} : { organisation: context.idOf(node.organisation.ref) }),
    ...(from === undefined ? {} : { from }),
    actions: node.properties.map((action) => ({
      text: action.text,
      ...titlesIn(action.titles),
      ...(action.limit === undefined ? {} : { within: lowerExpression(action.limit, context) }),
      origin: context.originOf(action),
    })),
    origin: context.originOf(node),
  };
}

type WithoutId<P> = P extends Patch ? Omit<P, 'id'> : never;

/** The patches of a line: one for each place where several are removed. */
function lowerPatch(node: PatchNode, context: LoweringContext): readonly WithoutId<Patch>[] {
  const origin = context.originOf(node);
  const place = (reference: Reference<ast.Activity>): string => context.activityId(reference.ref);
  const body = (block: ast.Block) => lowerActivities(block.activities, context);
  switch (node.$type) {
    case 'ReplacePatch':
      return [{ kind: 'replace', origin, place: place(node.place), with: body(node.with) }];
    case 'InsertPatch':
      return [{ kind: 'insert', origin, where: node.where, place: place(node.place), with: body(node.with) }];
    case 'RemovePatch':
      return node.places.map((each) => ({ kind: 'remove', origin, place: place(each) }));
    case 'ChangePatch': {
      const to = lowerProperties(node, context);
      return [{ kind: 'change', origin, place: place(node.place), relaxes: node.verb === 'relax', to }];
    }
    case 'ReroutePatch': {
      const when = node.condition === undefined ? {} : { when: lowerExpression(node.condition, context) };
      return [{ kind: 'reroute', origin, place: place(node.place), to: place(node.target), ...when }];
    }
    case 'DelayPatch': {
      const by = lowerExpression(node.duration, context);
      const target = node.target.ref;
      if (ast.isCohort(target)) return [{ kind: 'postpone', origin, cohort: context.idOf(target), by }];
      return [{ kind: 'hold back', origin, place: context.activityId(target), by }];
    }
    case 'MergePatch':
      return [{ kind: 'merge', origin, of: node.resources.map((each) => scarce(each.ref, context)) }];
    case 'RationPatch':
      return [
        {
          kind: 'ration',
          origin,
          target: scarce(node.resource.ref, context),
          by: lowerExpression(node.priority, context),
        },
      ];
    default:
      return [lowerMeasure(node, context)];
  }
}

type MeasureNode = Exclude<
  PatchNode,
  | ast.ReplacePatch
  | ast.InsertPatch
  | ast.RemovePatch
  | ast.ChangePatch
  | ast.ReroutePatch
  | ast.DelayPatch
  | ast.MergePatch
  | ast.RationPatch
>;

function lowerMeasure(node: MeasureNode, context: LoweringContext): WithoutId<Patch> {
  const origin = context.originOf(node);
  switch (node.$type) {
    case 'PausePatch':
      return { kind: node.verb, origin, cohorts: node.cohorts.map((each) => context.idOf(each.ref)) };
    case 'StartPatch':
      return { kind: 'start', origin, cohorts: node.cohorts.map((each) => context.idOf(each.ref)) };
    case 'DivertPatch':
      return {
        kind: 'divert',
        origin,
        cohort: context.idOf(node.cohort.ref),
        share: lowerExpression(node.share, context),
        ...(node.target === undefined ? {} : { to: context.idOf(node.target.ref) }),
      };
    case 'AddPatch':
      return { kind: 'add', origin, resource: context.idOf(node.resource.ref), ...arrivalOf(node, context) };
    case 'CallInPatch':
      return {
        kind: 'call in',
        origin,
        role: context.idOf(node.role.ref),
        ...(node.organisation === undefined ? {} : { from: context.idOf(node.organisation.ref) }),
        ...arrivalOf(node, context),
      };
    case 'ConvertPatch':
      return {
        kind: 'convert',
        origin,
        amount: lowerExpression(node.amount, context),
        from: context.idOf(node.from.ref),
        to: context.idOf(node.to.ref),
        ...(node.lead === undefined ? {} : { after: lowerExpression(node.lead, context) }),
      };
    case 'AllowPatch':
      return lowerAllowance(node, context);
    case 'RelaxRulesPatch': {
      const rules = node.properties.map((rule) => lowerRule(rule, context));
      return { kind: 'relax rules', origin, ruleSet: context.idOf(node.set.ref), rules };
    }
    case 'TeamPatch':
      return {
        kind: 'team',
        origin,
        resource: context.idOf(node.resource.ref),
        scale: context.idOf(node.scale?.ref ?? node.cases[0]?.level.ref?.$container),
        teams: node.cases.map((line) => ({
          level: line.level.ref?.name ?? line.level.$refText,
          members: line.members.map(({ amount, role }) => ({ role: context.idOf(role.ref), amount })),
          per: line.units,
        })),
      };
  }
}

function arrivalOf(node: ast.AddPatch | ast.CallInPatch, context: LoweringContext) {
  return {
    amount: lowerExpression(node.amount, context),
    ...(node.lead === undefined ? {} : { after: lowerExpression(node.lead, context) }),
    ...(node.cost === undefined ? {} : { cost: { amount: lowerExpression(node.cost, context), each: node.each } }),
  };
}

function lowerAllowance(node: ast.AllowPatch, context: LoweringContext): WithoutId<Patch> {
  const as = context.idOf(node.instead.ref);
  const from = lowerLevel(node, context);
  const supervisor = node.supervisor === undefined ? as : context.idOf(node.supervisor.ref);
  return {
    kind: 'allow',
    origin: context.originOf(node),
    who:
      node.person === undefined
        ? { kind: 'role', role: context.idOf(node.role?.ref) }
        : { kind: 'person', person: node.person },
    as,
    ...(from === undefined ? {} : { from }),
    ...(node.supervisors === undefined || node.supervised === undefined
      ? {}
      : { supervision: { role: supervisor, supervisors: node.supervisors, per: node.supervised } }),
    ...(node.training === undefined ? {} : { training: lowerExpression(node.training, context) }),
    ...(node.speed === undefined ? {} : { speed: lowerExpression(node.speed, context) }),
  };
}

function scarce(target: ast.Holdable | undefined, context: LoweringContext): ScarceTarget {
  const id = context.idOf(target);
  return ast.isRole(target) ? { kind: 'role', role: id } : { kind: 'resource', resource: id };
}

function lowerProperties({ properties }: ast.ChangePatch, context: LoweringContext): ChangedProperties {
  const value = (expression: ast.Expression | undefined): Expression | undefined =>
    expression === undefined ? undefined : lowerExpression(expression, context);
  const needs = properties
    .filter((property) => ast.isByProperty(property) || ast.isUsesProperty(property))
    .flatMap((property) => property.needs.map((need) => lowerNeed(need, context)));
  const staff = needs.filter((need) => need.of.some(({ kind }) => kind !== 'resource'));
  const things = needs.filter((need) => !staff.includes(need));
  const consumes = properties.filter(ast.isConsumesProperty).flatMap(({ amounts }) => amounts);
  const costs = properties.filter(ast.isCostsProperty).map(({ cost }) => lowerExpression(cost, context));
  const within = properties.find(ast.isWithinProperty);
  const handover = properties.find(ast.isHandoverProperty);
  const interruption = properties.find(ast.isInterruptibleProperty)?.how;
  const moves = properties.find(ast.isMovesProperty);
  const organisation = properties.find(ast.isAtProperty)?.organisation.ref;
  const takes = value(properties.find(ast.isTakesProperty)?.duration);
  const priority = value(properties.find(ast.isPriorityProperty)?.priority);
  const dependsOn = dependenciesOf(properties, context);
  return {
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
    ...(staff.length > 0 && { staff }),
    ...(things.length > 0 && { things }),
    ...(consumes.length > 0 && { consumes: consumes.map((each) => lowerConsumption(each, context)) }),
    ...(takes === undefined ? {} : { takes }),
    ...(within === undefined ? {} : { within: lowerWithin(within, context) }),
    ...(costs.length > 0 && { costs }),
    ...(priority === undefined ? {} : { priority }),
    ...waitsOf(properties.find(ast.isWaitsProperty), context),
    ...(handover === undefined ? {} : { handover: lowerHandover(handover, context) }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...fallbacksOf(properties, context),
    ...(properties.some(ast.isRemoteProperty) && { remote: true }),
    ...(interruption === undefined ? {} : { interruption }),
    ...(properties.some(ast.isPreemptsProperty) && { preempts: true }),
    ...(properties.some(ast.isFitsProperty) && { fitsShift: true }),
    ...(properties.some(ast.isHandedOverProperty) && { handedOver: true }),
    ...(properties.some(ast.isFreesFirstProperty) && { freesFirst: true }),
    ...(moves === undefined
      ? {}
      : { moves: { to: lowerTarget(moves.target, {}, context), origin: context.originOf(moves) } }),
  };
}
