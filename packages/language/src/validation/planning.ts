import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic, localTimeAt, ModelError } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { LIMITS } from '../parser/limits.js';
import { hasConditions } from '../lowering/schedules.js';
import type { ValidationContext } from './context.js';
import { originOf, originOfHead, originOfProperty, textOf } from './places.js';
import { type Demand, valueFits } from './demands.js';
import { listed, targetOf } from './references.js';
import { settableOf, whatCanBeSet } from './settable.js';
import { alike, describeType } from './kinds-of-value.js';

/** A path to something that can be set. */
export type SettingPath = ast.Setting | ast.VaryProperty | ast.FindLever;

export interface SettingTarget {
  readonly element: AstNode;
  /** Empty when the element itself is set. */
  readonly property: string;
}

/** What a setting's path leads to; undefined where a name on it did not resolve. */
export function targetOfSetting(setting: SettingPath): SettingTarget | undefined {
  const references = [
    setting.element,
    ...setting.members.flatMap((member) => (member.element === undefined ? [] : [member.element])),
  ];
  const last = references.at(-1);
  const element = targetOf<AstNode>(last);
  if (element === undefined || references.some((reference) => targetOf<AstNode>(reference) === undefined))
    return undefined;
  const property = setting.members.at(-1)?.property ?? '';
  return { element, property: property.replace(/^on\s*duty$/, 'on duty') };
}

export function pathText(setting: SettingPath): string {
  const members = setting.members.map((member) => textOf(member).replace(/\s+/g, ' '));
  return [setting.element?.$refText ?? '', ...members].join('.');
}

function originOfPath(setting: SettingPath): Diagnostic['range'] {
  const start = originOfProperty(setting, 'element');
  const last = setting.members.at(-1);
  const end = last === undefined ? start : originOf(last);
  return { ...start, endLine: end.endLine, endColumn: end.endColumn };
}

/** A scenario sets what can be set, to a value that fits. */
export function* settingIsPossible(setting: ast.Setting, context: ValidationContext): Generator<Diagnostic> {
  const target = targetOfSetting(setting);
  if (target === undefined) return;
  if (!isSettable(target)) yield cannotBeSet(setting, target);
  else yield* settingFits(setting, target, context);
}

/** Whether the target is something that scenarios can set. */
export function isSettable({ element, property }: SettingTarget): boolean {
  return settableOf(element)?.includes(property) === true;
}

/** That a path leads to nothing that can be set. */
export function cannotBeSet(setting: SettingPath, { element }: SettingTarget): Diagnostic {
  const params = { target: pathText(setting), settable: whatCanBeSet(element) };
  return createDiagnostic('PW7008', params, originOfPath(setting));
}

function* settingFits(
  setting: ast.Setting,
  { element, property }: SettingTarget,
  context: ValidationContext,
): Generator<Diagnostic> {
  const { value } = setting;
  if (value === undefined) return;
  const isArrivals = ast.isCohort(element) && property === 'arrives';
  const isPlain = ast.isPlainValue(value);
  if (!isPlain && isArrivals) return;
  if (!isPlain || (value.group !== undefined && !isArrivals)) {
    yield createDiagnostic(
      'PW4002',
      { place: `\`${pathText(setting)}\``, expected: 'a value', found: 'a way of arriving' },
      originOf(value),
    );
    return;
  }
  const isSchedule = (ast.isResource(element) && property === 'count') || property === 'on duty';
  const demand = demandOf(element, property, value);
  const rules = value.schedule?.rules ?? [];
  if (
    !isSchedule &&
    !isArrivals &&
    rules.some((rule, index) => index > 0 || rule.reaches !== undefined || hasConditions(rule))
  ) {
    yield createDiagnostic(
      'PW4002',
      { place: `\`${pathText(setting)}\``, expected: 'one value', found: 'a timetable' },
      originOf(value),
    );
    return;
  }
  if (isArrivals && rules.some((rule, index) => index > 0 || hasDates(rule))) {
    const expected = 'one way of arriving';
    const params = { place: `\`${pathText(setting)}\``, expected, found: 'a timetable' };
    yield createDiagnostic('PW4002', params, originOf(value));
    return;
  }
  for (const rule of rules) {
    if (demand !== undefined) {
      yield* valueFits(rule.amount, pathText(setting), demand, context);
      yield* valueFits(rule.reaches, pathText(setting), demand, context);
    } else yield* fitsWhatIsDeclared(rule.amount, element, setting, context);
  }
}

/** What a timetable can say and a way of arriving cannot. */
function hasDates({ reaches, since, until, week, holidays, otherwise, unlimited }: ast.ScheduleRule): boolean {
  return [reaches, since, until, week].some((each) => each !== undefined) || holidays || otherwise || unlimited;
}

/** A value that something is varied over fits what it is. */
export function* variedValueFits(
  vary: ast.VaryProperty,
  value: ast.VariedValue,
  { element, property }: SettingTarget,
  context: ValidationContext,
): Generator<Diagnostic> {
  if (!ast.isVariedAmount(value)) {
    if (ast.isCohort(element) && property === 'arrives') return;
    const params = { place: `\`${pathText(vary)}\``, expected: 'a value', found: 'a way of arriving' };
    yield createDiagnostic('PW4002', params, originOf(value));
    return;
  }
  const demand = demandOf(element, property, undefined);
  if (demand !== undefined) yield* valueFits(value.amount, pathText(vary), demand, context);
  else yield* fitsWhatIsDeclared(value.amount, element, vary, context);
}

function demandOf(element: AstNode, property: string, value: ast.PlainValue | undefined): Demand | undefined {
  switch (property) {
    case 'count':
    case 'on duty':
    case 'headcount':
      return { measures: 'count', varies: [], least: 0 };
    case 'cost':
      return { measures: 'money per time', varies: [], least: 0 };
    case 'absent':
      return { measures: 'share', varies: [] };
    case 'contract':
      return { measures: 'number', varies: [], least: 'above 0' };
    case 'arrives':
      return value?.schedule?.rules[0]?.from === undefined || value.schedule.rules[0].to !== undefined
        ? { measures: 'rate', varies: [], least: 0 }
        : { measures: 'count', varies: ['draw'], least: 0 };
    case 'priority':
      return { measures: 'number', varies: ['draw', 'patient'] };
    case 'takes':
      return { measures: 'duration', varies: ['draw', 'patient'], least: 0 };
    case 'within':
      return { measures: 'duration', varies: [], least: 0 };
    default:
      return ast.isBranch(element) ? { measures: 'share', varies: [] } : undefined;
  }
}

/** A named number or an attribute keeps what it measures. */
function* fitsWhatIsDeclared(
  expression: ast.Expression | undefined,
  element: AstNode,
  setting: SettingPath,
  context: ValidationContext,
): Generator<Diagnostic> {
  if (expression === undefined || (!ast.isNumberDeclaration(element) && !ast.isAttribute(element))) return;
  const declared = context.types.of(element.value);
  const type = context.types.of(expression);
  if (declared.kind === 'unknown' || type.kind === 'unknown' || alike(declared, type)) return;
  const params = { place: `\`${pathText(setting)}\``, expected: describeType(declared), found: describeType(type) };
  yield createDiagnostic('PW4002', params, originOf(expression), {
    related: [{ message: `\`${element.name}\` is declared here.`, origin: originOfHead(element) }],
  });
}

/** A scenario sets each thing once. */
export function* settingsDiffer(scenario: ast.Scenario): Generator<Diagnostic> {
  const seen = new Map<AstNode, Map<string, ast.Setting>>();
  for (const setting of scenario.settings) {
    const target = targetOfSetting(setting);
    if (target === undefined) continue;
    const properties = seen.get(target.element) ?? new Map<string, ast.Setting>();
    seen.set(target.element, properties);
    const first = properties.get(target.property);
    if (first === undefined) {
      properties.set(target.property, setting);
      continue;
    }
    yield createDiagnostic('PW7007', { target: pathText(setting) }, originOfPath(setting), {
      related: [{ message: 'It is set here first.', origin: originOfPath(first) }],
    });
  }
}

/** A study says what it compares, how long it runs and how often, and when it begins where that matters. */
export function* studyIsComplete(study: ast.Study, context: ValidationContext): Generator<Diagnostic> {
  const missing: string[] = [];
  if (!study.properties.some(ast.isCompareProperty)) missing.push(whatToCompare(context));
  if (!study.properties.some(ast.isRunProperty)) missing.push('how long it runs (`run 365 d after 60 d warm-up`)');
  if (!study.properties.some((each) => ast.isReplicateProperty(each) || ast.isLongRunProperty(each)))
    missing.push('how often it is repeated (`replicate 20 times`)');
  if (!study.properties.some(ast.isFromProperty) && dependsOnTheCalendar(context)) {
    missing.push('when it begins (`from 2026-01-05`), and something depends on the day or the hour');
  }
  if (missing.length === 0) return;
  yield createDiagnostic('PW7006', { study: `\`${study.name}\``, missing: listed(missing, 'or') }, originOfHead(study));
}

/** What is missing of a study that compares nothing; a scenario without settings is the model as it is written. */
function whatToCompare({ documents }: ValidationContext): string {
  const scenario = documents.flatMap((document) => document.declarations).find(ast.isScenario);
  return scenario === undefined
    ? 'which scenarios it compares (`scenario Today { }` is the model as it is, and `compare Today` runs it)'
    : `which scenarios it compares (\`compare ${scenario.name}\`)`;
}

/** True when anything in the compilation happens by the clock, the weekday or a date. */
function dependsOnTheCalendar({ documents }: ValidationContext): boolean {
  return documents.some((document) =>
    AstUtils.streamAllContents(document).some((node) => {
      if (ast.isScheduleRule(node)) return hasConditions(node);
      if (ast.isAppointmentArrivals(node)) return true;
      if (ast.isStudyMoment(node)) return node.date !== undefined;
      if (ast.isDeliveryProperty(node)) return node.at !== undefined;
      if (ast.isCountedArrivals(node)) return node.days !== undefined || node.at !== undefined;
      return (ast.isTableArrivals(node) || ast.isProfile(node)) && !node.fromStart;
    }),
  );
}

/** A study begins at a moment that the clocks of its place show: none in the hour that summer time leaves out. */
export function* studyBeginsAtAMoment(study: ast.Study, context: ValidationContext): Generator<Diagnostic> {
  const from = study.properties.find(ast.isFromProperty);
  const timezone = zoneOf(study, context);
  if (from?.date === undefined || from.time === undefined || timezone === undefined) return;
  const time = from.time.padStart(5, '0');
  // Impossible dates and unknown zones are told where they are written.
  if (startTrouble(`${from.date}T${time}`, 'UTC') ?? startTrouble(`${from.date}T12:00`, timezone)) return;
  const sentence = startTrouble(`${from.date}T${time}`, timezone);
  if (sentence !== undefined) yield createDiagnostic('PW7002', { sentence }, originOfProperty(from, 'time'));
}

/** Why a study cannot start at a local time; undefined where it can. */
function startTrouble(start: string, timezone: string): string | undefined {
  try {
    localTimeAt(0, { start, timezone, horizonSeconds: 0 });
    return undefined;
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return error.message;
  }
}

/** The zone of the study's territory, or of the only zone that any territory has. */
function zoneOf(study: ast.Study, { documents }: ValidationContext): string | undefined {
  const zoneIn = (territory: ast.Territory | undefined): string | undefined =>
    territory?.properties.find(ast.isTimezoneProperty)?.zone;
  const own = zoneIn(targetOf(study.properties.find(ast.isInTerritoryProperty)?.territory));
  if (own !== undefined) return own;
  const territories = documents.flatMap((document) => document.declarations.filter(ast.isTerritory));
  const zones = new Set(territories.map(zoneIn).filter((zone) => zone !== undefined));
  return zones.size === 1 ? [...zones][0] : undefined;
}

/** A seed is a whole number that a random number generator can begin with. */
export function* seedIsWhole(seed: ast.SeedProperty): Generator<Diagnostic> {
  if (seed.seed === undefined || (Number.isInteger(seed.seed) && seed.seed <= 0xff_ff_ff_ff)) return;
  yield createDiagnostic(
    'PW4006',
    { sentence: `A seed is a whole number up to 4294967295, not ${seed.seed}.` },
    originOfProperty(seed, 'seed'),
  );
}

type Circular = ast.NumberDeclaration | ast.Scenario | ast.Organisation | ast.RuleSet;

/** No number, scenario or organisation refers to itself through others. */
export function* dependsOnOthersOnly(node: Circular): Generator<Diagnostic> {
  const way: Circular[] = [];
  if (!leadsBack(node, node, way, new Set())) return;
  const circle = [node, ...way].map((each) => each.name).join(' → ');
  yield createDiagnostic('PW2011', { name: node.name, circle }, originOfHead(node));
}

function leadsBack(from: Circular, to: Circular, way: Circular[], seen: Set<Circular>): boolean {
  for (const next of dependenciesOf(from)) {
    if (next === to) {
      way.push(next);
      return true;
    }
    if (seen.has(next) || way.length > LIMITS.numberDepth) continue;
    seen.add(next);
    way.push(next);
    if (leadsBack(next, to, way, seen)) return true;
    way.pop();
  }
  return false;
}

function dependenciesOf(node: Circular): readonly Circular[] {
  if (ast.isRuleSet(node)) return node.bases.map((base) => targetOf(base)).filter((base) => base !== undefined);
  if (ast.isScenario(node)) return node.bases.map((base) => targetOf(base)).filter((base) => base !== undefined);
  if (ast.isOrganisation(node)) {
    return node.properties
      .filter(ast.isPartOfProperty)
      .map((part) => targetOf(part.organisation))
      .filter((each) => each !== undefined);
  }
  return AstUtils.streamAllContents(node)
    .filter(ast.isNameReference)
    .map((reference) => targetOf(reference.target))
    .filter(ast.isNumberDeclaration)
    .toArray();
}
