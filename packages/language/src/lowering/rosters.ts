import type {
  RosterCover,
  RosterDeclaration,
  RosterEntry,
  RosterNeed,
  RuleSet,
  StaffGroup,
  WorkingRule,
} from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerDays } from './schedules.js';

/** A Monday, for a roster whose period is missing, which an error has told. */
const NO_DATE = '2026-01-05';

export function lowerRuleSet(node: ast.RuleSet, context: LoweringContext): RuleSet {
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    bases: node.bases.map((base) => context.idOf(base.ref)),
    rules: node.properties.flatMap((rule) => (ast.isSourceReference(rule) ? [] : [lowerRule(rule, context)])),
  };
}

function lowerRule(rule: Exclude<ast.WorkingRule, ast.SourceReference>, context: LoweringContext): WorkingRule {
  const origin = context.originOf(rule);
  if (ast.isRunRule(rule)) {
    const what = rule.what === 'nights' ? 'nights' : rule.off ? 'days off' : 'days';
    return { kind: 'run', bound: rule.bound, what, count: rule.count, origin };
  }
  if (ast.isOffAfterNights(rule)) return { kind: 'off after nights', count: rule.count, origin };
  if (ast.isHoursRule(rule))
    return { kind: 'hours', limit: lowerExpression(rule.limit, context), average: rule.average, origin };
  if (ast.isRestRule(rule)) return { kind: 'rest', rest: lowerExpression(rule.rest, context), origin };
  return { kind: 'weekends off', count: rule.count, of: rule.of, origin };
}

/** @param staff the groups of the model, of which those at an organisation are taken */
export function lowerRoster(
  node: ast.Roster,
  staff: readonly StaffGroup[],
  context: LoweringContext,
): RosterDeclaration {
  const { properties } = node;
  const period = properties.find(ast.isRosterPeriod);
  return {
    ...context.declarationOf(node),
    from: period?.date ?? NO_DATE,
    days: period === undefined ? 7 : daysOf(period),
    groups: [...new Set(properties.filter(ast.isRosterStaff).flatMap((each) => groupsOf(each, staff, context)))],
    ruleSets: properties.filter(ast.isRosterRules).flatMap(({ sets }) => sets.map((set) => context.idOf(set.ref))),
    cover: properties.filter(ast.isRosterCover).map((each) => lowerCover(each, context)),
    needs: properties.filter(ast.isRosterNeed).map((each) => lowerNeed(each, context)),
    entries: properties.filter(ast.isRosterDay).map((each) => lowerEntry(each, context)),
  };
}

function daysOf({ count, unit }: ast.RosterPeriod): number {
  return unit === 'week' || unit === 'weeks' ? 7 * count : count;
}

function groupsOf(node: ast.RosterStaff, staff: readonly StaffGroup[], context: LoweringContext): readonly string[] {
  if (node.organisation === undefined) return node.groups.map((group) => context.idOf(group.ref));
  const place = context.idOf(node.organisation.ref);
  return staff.filter(({ organisation }) => organisation === place).map(({ id }) => id);
}

function lowerCover(node: ast.RosterCover, context: LoweringContext): RosterCover {
  const level = node.level?.ref?.name;
  return {
    amount: lowerExpression(node.amount, context),
    ...(node.role === undefined ? {} : { role: context.idOf(node.role.ref) }),
    ...(node.skill === undefined ? {} : { skill: context.idOf(node.skill.ref) }),
    ...(level === undefined ? {} : { level }),
    shifts: node.shifts.map((shift) => context.idOf(shift.ref)),
    ...(node.days === undefined ? {} : { days: lowerDays(node.days) }),
    origin: context.originOf(node),
  };
}

function lowerNeed(node: ast.RosterNeed, context: LoweringContext): RosterNeed {
  return {
    pathways: node.pathways.map((pathway) => context.idOf(pathway.ref)),
    ...(node.scenario === undefined ? {} : { scenario: context.idOf(node.scenario.ref) }),
    ...(node.share === undefined ? {} : { target: lowerExpression(node.share, context) }),
    origin: context.originOf(node),
  };
}

function lowerEntry(node: ast.RosterDay, context: LoweringContext): RosterEntry {
  return {
    kind: node.kind,
    person: node.person,
    ...(node.shift === undefined ? {} : { shift: context.idOf(node.shift.ref) }),
    dates: [...node.dates],
    origin: context.originOf(node),
  };
}
