import type {
  Activity,
  Branch,
  Choose,
  Fallback,
  Gather,
  Hold,
  Need,
  NeedTarget,
  ParallelBranch,
  Pathway,
  Release,
  Repeat,
  Step,
  Wait,
  WaitLimit,
} from '@pathway/model';
import { documentationOf } from '../tree/documentation.js';
import { holdsAround } from '../tree/holds-around.js';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerDays, minutesOf } from './schedules.js';
import { lowerConsumption } from './stock.js';
import { sourceText } from './source-text.js';

export function lowerPathway(node: ast.Pathway, context: LoweringContext): Pathway {
  const owner = node.items.find(ast.isOwnerProperty)?.organisation.ref;
  const essential = node.items.find(ast.isEssentialProperty);
  const outage = essential?.aspects.find((aspect) => aspect.kind === 'mtpd')?.value;
  const minimum = essential?.aspects.find((aspect) => aspect.kind === 'minimum')?.value;
  return {
    ...context.declarationOf(node, node.items.filter(ast.isSourceReference)),
    cohorts: node.entries.map((entry) => ({
      cohort: context.idOf(entry.cohort.ref),
      ...(entry.entry === undefined ? {} : { entry: context.activityId(entry.entry.ref) }),
    })),
    ...(owner === undefined ? {} : { owner: context.idOf(owner) }),
    ...(essential === undefined
      ? {}
      : {
          essential: {
            ...(outage === undefined ? {} : { maximumOutage: lowerExpression(outage, context) }),
            ...(minimum === undefined ? {} : { minimum: lowerExpression(minimum, context) }),
          },
        }),
    body: lowerActivities(node.items, context),
  };
}

export function lowerActivities(
  nodes: readonly { readonly $type: string }[],
  context: LoweringContext,
): readonly Activity[] {
  return nodes.filter((node) => ast.isActivity(node)).map((node) => lowerActivity(node, context));
}

function lowerActivity(node: ast.Activity, context: LoweringContext): Activity {
  switch (node.$type) {
    case 'Step':
      return lowerStep(node, context);
    case 'Hold':
      return lowerHold(node, context);
    case 'Release':
      return lowerRelease(node, context);
    case 'Choose':
      return lowerChoose(node, context);
    case 'Together':
      return { ...baseOf(node, context), kind: 'together', ...namesOf(node), branches: branchesOf(node, context) };
    case 'Race':
      return { ...baseOf(node, context), kind: 'race', ...namesOf(node), branches: branchesOf(node, context) };
    case 'Gather':
      return lowerGather(node, context);
    case 'Wait':
      return lowerWait(node, context);
    case 'SetAttribute':
      return {
        ...baseOf(node, context),
        kind: 'set',
        attribute: node.attribute.ref?.name ?? node.attribute.$refText,
        value: lowerExpression(node.value, context),
      };
    case 'Repeat':
      return lowerRepeat(node, context);
    case 'GoTo':
      return { ...baseOf(node, context), kind: 'go to', to: context.activityId(node.target.ref) };
    case 'Call':
      return { ...baseOf(node, context), kind: 'call', pathway: context.idOf(node.pathway.ref) };
    case 'Finish':
      return {
        ...baseOf(node, context),
        kind: 'finish',
        outcome: node.name,
        ...(node.title === undefined ? {} : { title: node.title }),
      };
  }
}

function baseOf(node: ast.Activity, context: LoweringContext) {
  const documentation = documentationOf(node);
  return {
    id: context.activityId(node),
    ...context.titlesOf(node),
    origin: context.originOf(node),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

function namesOf(node: { readonly name?: string; readonly title?: string }) {
  return {
    ...(node.name === undefined ? {} : { name: node.name }),
    ...(node.title === undefined ? {} : { title: node.title }),
  };
}

function branchesOf(node: ast.Together | ast.Race, context: LoweringContext): readonly ParallelBranch[] {
  return node.branches.map((branch) => ({
    ...namesOf(branch),
    name: branch.name,
    ...context.titlesOf(branch),
    origin: context.originOf(branch),
    body: lowerActivities(branch.activities, context),
  }));
}

function lowerGather(node: ast.Gather, context: LoweringContext): Gather {
  return {
    ...baseOf(node, context),
    kind: 'gather',
    ...namesOf(node),
    ...(node.size === undefined ? {} : { size: lowerExpression(node.size, context) }),
    ...(node.after === undefined ? {} : { after: lowerExpression(node.after, context) }),
    ...(node.every === undefined ? {} : { every: lowerExpression(node.every, context) }),
    ...(node.atMost === undefined ? {} : { atMost: lowerExpression(node.atMost, context) }),
    body: lowerActivities(node.activities, context),
  };
}

function lowerWait(node: ast.Wait, context: LoweringContext): Wait {
  const days = node.days === undefined ? {} : { days: lowerDays(node.days) };
  return {
    ...baseOf(node, context),
    kind: 'wait',
    ...namesOf(node),
    ...(node.duration === undefined ? {} : { duration: lowerExpression(node.duration, context) }),
    ...(node.time === undefined ? {} : { until: { at: minutesOf(node.time), ...days } }),
  };
}

function lowerStep(node: ast.Step, context: LoweringContext): Step {
  const { properties } = node;
  const organisation = properties.find(ast.isAtProperty)?.organisation.ref;
  const takes = properties.find(ast.isTakesProperty)?.duration;
  const within = properties.find(ast.isWithinProperty);
  const handover = properties.find(ast.isHandoverProperty);
  const interruption = properties.find(ast.isInterruptibleProperty)?.how;
  const sources = context.declarationOf(node, properties.filter(ast.isSourceReference)).sources;
  const needs = properties
    .filter((property) => ast.isByProperty(property) || ast.isUsesProperty(property))
    .flatMap((property) => property.needs);
  const consumes = properties.filter(ast.isConsumesProperty).flatMap((property) => property.amounts);
  return {
    ...baseOf(node, context),
    kind: 'step',
    name: node.name,
    ...(node.title === undefined ? {} : { title: node.title }),
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
    needs: needs.map((need) => lowerNeed(need, context)),
    ...(consumes.length === 0 ? {} : { consumes: consumes.map((each) => lowerConsumption(each, context)) }),
    ...(takes === undefined ? {} : { takes: lowerExpression(takes, context) }),
    ...(within === undefined ? {} : { within: lowerWithin(within, context) }),
    costs: properties.filter(ast.isCostsProperty).map((each) => lowerExpression(each.cost, context)),
    ...conditionOf(node.condition, context),
    ...priorityOf(properties.find(ast.isPriorityProperty), context),
    ...waitsOf(properties.find(ast.isWaitsProperty), context),
    ...(handover === undefined ? {} : { handover: lowerHandover(handover, context) }),
    dependsOn: dependenciesOf(properties, context),
    ...fallbacksOf(properties, context),
    remote: properties.some(ast.isRemoteProperty),
    ...(interruption === undefined ? {} : { interruption }),
    ...(properties.some(ast.isPreemptsProperty) ? { preempts: true } : {}),
    ...(properties.some(ast.isFitsProperty) ? { fitsShift: true } : {}),
    ...(properties.some(ast.isHandedOverProperty) ? { handedOver: true } : {}),
    ...(sources === undefined ? {} : { sources }),
  };
}

/** What the work depends on, of all lines together. */
export function dependenciesOf(properties: readonly { readonly $type: string }[], context: LoweringContext): string[] {
  const lines = properties.filter((property) => ast.isDependsProperty(property));
  return lines.flatMap((each) => each.resources.map((resource) => context.idOf(resource.ref)));
}

/** Batteries and workarounds, one for each line that has any. */
export function fallbacksOf(
  properties: readonly { readonly $type: string }[],
  context: LoweringContext,
): { fallbacks?: readonly Fallback[] } {
  const fallbacks = properties
    .filter((property) => ast.isDependsProperty(property))
    .filter(({ battery, workaround }) => battery !== undefined || workaround !== undefined)
    .map((line) => ({
      on: dependenciesOf([line], context),
      ...(line.battery === undefined ? {} : { battery: lowerExpression(line.battery, context) }),
      ...(line.workaround === undefined ? {} : { workaround: lowerActivities(line.workaround.activities, context) }),
      origin: context.originOf(line),
    }));
  return fallbacks.length === 0 ? {} : { fallbacks };
}

export function lowerWithin(within: ast.WithinProperty, context: LoweringContext): NonNullable<Step['within']> {
  return {
    limit: lowerExpression(within.limit, context),
    of: within.arrival ? 'arrival' : context.activityId(within.activity?.ref),
    ...(within.share === undefined ? {} : { share: lowerExpression(within.share, context) }),
  };
}

export function lowerHandover(handover: ast.HandoverProperty, context: LoweringContext): NonNullable<Step['handover']> {
  return {
    to: handover.organisations.map((each) => context.idOf(each.ref)),
    by: handover.channels.map(channelText),
    ...(handover.back === undefined ? {} : { returns: channelText(handover.back) }),
    origin: context.originOf(handover),
  };
}

function channelText(channel: ast.Channel): string {
  return channel.detail === undefined ? channel.kind : `${channel.kind} “${channel.detail}”`;
}

function conditionOf(condition: ast.Expression | undefined, context: LoweringContext) {
  return condition === undefined ? {} : { when: lowerExpression(condition, context) };
}

function priorityOf(property: ast.PriorityProperty | undefined, context: LoweringContext) {
  return property === undefined ? {} : { priority: lowerExpression(property.priority, context) };
}

export function waitsOf(property: ast.WaitsProperty | undefined, context: LoweringContext): { waits?: WaitLimit } {
  if (property === undefined) return {};
  const atMost = lowerExpression(property.limit, context);
  return { waits: { atMost, otherwise: lowerActivities(property.otherwise.activities, context) } };
}

export function lowerNeed(node: ast.Need, context: LoweringContext): Need {
  const from = node.organisation === undefined ? {} : { from: context.idOf(node.organisation.ref) };
  return {
    amount: node.amount === undefined ? ONE : lowerExpression(node.amount, context),
    of: node.targets.map((target) => lowerTarget(target, from, context)),
    origin: context.originOf(node),
  };
}

export function lowerTarget(
  target: ast.NeedTarget,
  from: { readonly from?: string },
  context: LoweringContext,
): NeedTarget {
  if (ast.isSkillTarget(target)) {
    const level = target.level?.ref?.name;
    const skill = context.idOf(target.skill.ref);
    return { kind: 'skill', skill, ...(level === undefined ? {} : { level }), ...from };
  }
  const holdable = target.holdable.ref;
  const id = context.idOf(holdable);
  return ast.isRole(holdable) ? { kind: 'role', role: id, ...from } : { kind: 'resource', resource: id };
}

const ONE = Object.freeze({ kind: 'number', value: 1, dimension: Object.freeze({ time: 0, money: 0 }) } as const);

function lowerHold(node: ast.Hold, context: LoweringContext): Hold {
  const target = node.needs[0]?.targets[0];
  const first = target !== undefined && ast.isHoldableTarget(target) ? target.holdable.ref : undefined;
  const title = node.title ?? (node.name === undefined ? first?.title : undefined);
  const moves = node.items.find(ast.isMovesProperty);
  return {
    ...baseOf(node, context),
    kind: 'hold',
    name: node.name ?? first?.name ?? context.activityId(node),
    ...(title === undefined ? {} : { title }),
    policy: node.policy === 'first' ? 'first free' : node.policy === 'least' ? 'least busy' : 'all',
    needs: node.needs.map((need) => lowerNeed(need, context)),
    ...(node.otherwise === undefined ? {} : { otherwise: lowerActivities(node.otherwise.activities, context) }),
    ...waitsOf(node.items.find(ast.isWaitsProperty), context),
    freesFirst: node.items.some(ast.isFreesFirstProperty),
    ...conditionOf(node.condition, context),
    ...priorityOf(node.items.find(ast.isPriorityProperty), context),
    ...(node.items.some(ast.isPreemptsProperty) ? { preempts: true } : {}),
    ...(moves === undefined
      ? {}
      : { moves: { to: lowerTarget(moves.target, {}, context), origin: context.originOf(moves) } }),
    body: lowerActivities(node.items, context),
  };
}

/** A release concerns the innermost hold around it that keeps the first of its targets. */
function lowerRelease(node: ast.Release, context: LoweringContext): Release {
  const wanted = node.targets[0]?.ref;
  const hold = holdsAround(node).find((each) => keeps(each, wanted));
  return {
    ...baseOf(node, context),
    kind: 'release',
    targets: node.targets.map((target) => context.idOf(target.ref)),
    hold: context.activityId(hold),
  };
}

function keeps(hold: ast.Hold, wanted: ast.Holdable | undefined): boolean {
  return hold.needs.some((need) =>
    need.targets.some((target) => ast.isHoldableTarget(target) && target.holdable.ref === wanted),
  );
}

function lowerChoose(node: ast.Choose, context: LoweringContext): Choose {
  const attribute = node.attribute?.ref;
  const byCondition = node.branches.some((branch) => branch.condition !== undefined);
  return {
    ...baseOf(node, context),
    kind: 'choose',
    ...namesOf(node),
    by: attribute !== undefined ? 'attribute' : byCondition ? 'condition' : 'shares',
    ...(attribute === undefined ? {} : { attribute: attribute.name }),
    branches: node.branches.map((branch) => lowerBranch(branch, attribute !== undefined, context)),
  };
}

function lowerBranch(node: ast.Branch, byAttribute: boolean, context: LoweringContext): Branch {
  return {
    origin: context.originOf(node),
    label: branchLabel(node),
    ...context.titlesOf(node),
    ...(node.name === undefined ? {} : { name: node.name }),
    when: branchCondition(node, byAttribute, context),
    body: lowerActivities(node.activities, context),
  };
}

function branchCondition(node: ast.Branch, byAttribute: boolean, context: LoweringContext): Branch['when'] {
  if (node.otherwise) return { kind: 'otherwise' };
  if (node.condition !== undefined) return { kind: 'condition', condition: lowerExpression(node.condition, context) };
  if (byAttribute) {
    return { kind: 'category', values: node.subjects.map((subject) => subject.ref?.name ?? subject.$refText) };
  }
  if (node.share !== undefined) return { kind: 'share', share: lowerExpression(node.share, context) };
  const share = node.subjects[0]?.ref;
  return { kind: 'share', share: { kind: 'reference', to: context.idOf(share), origin: context.originOf(node) } };
}

function branchLabel(node: ast.Branch): string {
  if (node.title !== undefined) return node.title;
  if (node.otherwise) return 'otherwise';
  if (node.condition !== undefined) return sourceText(node.condition);
  if (node.share !== undefined) return sourceText(node.share);
  return node.subjects.map((subject) => subject.ref?.title ?? subject.$refText).join(' or ');
}

function lowerRepeat(node: ast.Repeat, context: LoweringContext): Repeat {
  const optional = (name: 'times' | 'atMost' | 'every' | 'until' | 'again') =>
    node[name] === undefined ? {} : { [name]: lowerExpression(node[name], context) };
  return {
    ...baseOf(node, context),
    kind: 'repeat',
    ...(node.title === undefined ? {} : { title: node.title }),
    ...optional('times'),
    ...optional('atMost'),
    ...optional('every'),
    ...optional('until'),
    ...optional('again'),
    body: lowerActivities(node.activities, context),
  };
}
