import type {
  ReachedLevel,
  ReachedSpan,
  RosterAbsence,
  RosterChange,
  RosterCover,
  RosterDeclaration,
  RosterEntry,
  RosterNeed,
  RosterPair,
  RuleSet,
  StaffGroup,
  WorkingRule,
} from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { readEntries } from './roster-table.js';
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

export function lowerRule(rule: Exclude<ast.WorkingRule, ast.SourceReference>, context: LoweringContext): WorkingRule {
  const origin = context.originOf(rule);
  if (ast.isRunRule(rule)) {
    const what = rule.what === 'nights' ? 'nights' : rule.off ? 'days off' : 'days';
    return { kind: 'run', bound: rule.bound, what, count: rule.count, origin };
  }
  if (ast.isCountRule(rule)) return { kind: 'count', what: rule.what, count: rule.count, week: rule.week, origin };
  if (ast.isOffAfterNights(rule)) return { kind: 'off after nights', count: rule.count, origin };
  if (ast.isHoursRule(rule) || ast.isNightHoursRule(rule)) {
    const kind = ast.isHoursRule(rule) ? 'hours' : 'night hours';
    return { kind, limit: lowerExpression(rule.limit, context), average: rule.average, origin };
  }
  if (ast.isRestRule(rule)) {
    const idsOf = (shifts: ast.RestRule['after']): readonly string[] => shifts.map(({ ref }) => context.idOf(ref));
    const rest = lowerExpression(rule.rest, context);
    return { kind: 'rest', rest, after: idsOf(rule.after), before: idsOf(rule.before), origin };
  }
  if (ast.isNoticeRule(rule))
    return { kind: 'notice', notice: lowerExpression(rule.notice, context), always: rule.always, origin };
  if (ast.isFairRule(rule)) {
    const cost = rule.cost === undefined ? {} : { cost: rule.cost };
    return { kind: 'fair', what: rule.what, spread: rule.spread, ...cost, origin };
  }
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
    entries: [
      ...properties.filter(ast.isRosterDay).map((each) => lowerEntry(each, context)),
      ...properties.filter(ast.isRosterTable).flatMap((each) => readEntries(each, context)),
    ],
    pairs: properties.filter(ast.isRosterPair).map((each) => lowerPair(each, context)),
    changes: properties.filter(ast.isRosterChange).map((each) => lowerChange(each, context)),
    ...(properties.some(ast.isRosterLevel) && { levels: levelsIn(properties, context) }),
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
    ...(node.team.length > 0 && { team: [...node.team] }),
    ...(node.of !== undefined && { per: { units: node.units ?? 1, of: context.idOf(node.of.ref) } }),
    shifts: node.shifts.map((shift) => context.idOf(shift.ref)),
    ...(node.days === undefined ? {} : { days: lowerDays(node.days) }),
    ...(node.scale !== undefined && { reached: levelOf(node.scale, node.reached, context) }),
    ...spanOf(node),
    origin: context.originOf(node),
  };
}

function spanOf({ since, until }: { readonly since?: string; readonly until?: string }): {
  readonly since?: string;
  readonly until?: string;
} {
  return { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

function levelOf(
  scale: ast.RosterLevel['scale'],
  level: ast.RosterLevel['level'] | undefined,
  context: LoweringContext,
): ReachedLevel {
  return { scale: context.idOf(scale.ref), level: level?.ref?.name ?? '' };
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
    ...(node.only && { only: true }),
    shifts: node.shifts.map((shift) => context.idOf(shift.ref)),
    dates: [...node.dates],
    ...(node.cost !== undefined && { cost: node.cost }),
    origin: context.originOf(node),
  };
}

function lowerPair(node: ast.RosterPair, context: LoweringContext): RosterPair {
  const { kind, person, other, apart, cost } = node;
  return { kind, person, other, apart, ...(cost !== undefined && { cost }), origin: context.originOf(node) };
}

function lowerChange(node: ast.RosterChange, context: LoweringContext): RosterChange {
  const { properties } = node;
  return {
    name: node.name,
    ...(node.title !== undefined && { title: node.title }),
    known: `${node.date}T${(node.time ?? '00:00').padStart(5, '0')}`,
    absences: properties.filter(ast.isRosterAbsence).map((each) => lowerAbsence(each, context)),
    cover: properties.filter(ast.isRosterCover).map((each) => lowerCover(each, context)),
    levels: levelsIn(properties, context),
    origin: context.originOf(node),
  };
}

function levelsIn(
  properties: readonly (ast.RosterProperty | ast.ChangeProperty)[],
  context: LoweringContext,
): readonly ReachedSpan[] {
  return properties.filter(ast.isRosterLevel).map((each) => ({
    ...levelOf(each.scale, each.level, context),
    since: each.since,
    ...(each.until !== undefined && { until: each.until }),
    origin: context.originOf(each),
  }));
}

function lowerAbsence(node: ast.RosterAbsence, context: LoweringContext): RosterAbsence {
  const { since, until, dates } = node;
  return {
    person: node.person,
    spans:
      since === undefined
        ? dates.map((date) => ({ from: date, until: date }))
        : [{ from: since, ...(until !== undefined && { until }) }],
    origin: context.originOf(node),
  };
}
