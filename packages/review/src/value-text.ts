import {
  type Expression,
  expressionText,
  formatClock,
  formatNumber,
  FUNCTION_WORDS,
  type FunctionName,
  SECONDS,
} from '@pathway/model';
import { slotOf, textOf } from './flatten.js';
import { isJsonObject, isList, type Json, type JsonObject } from './json.js';
import { planText } from './plan-text.js';
import { wordOf } from './words.js';

const EXPRESSIONS: ReadonlySet<string> = new Set<Expression['kind']>([
  'number',
  'reference',
  'attribute',
  'category',
  'boolean',
  'unary',
  'binary',
  'function',
  'distribution',
  'one of',
  'cases',
  'column',
  'state',
  'since',
  'waited',
]);

/** Declarations that look at what can be seen at a moment. */
const READING: ReadonlySet<string> = new Set(['trigger', 'gauge', 'signal']);
const READINGS: ReadonlySet<string> = new Set([
  'constant',
  'operation',
  'negate',
  'not',
  'function',
  'signal',
  'state',
  'recent',
]);

function isReading({ kind }: JsonObject): boolean {
  return typeof kind === 'string' && READINGS.has(kind);
}

/** How a list of elements inside a value reads, by its slot. */
export type SlotText = (slot: string) => string;

/**
 * A value of the model as people read it, close to how the language writes it, with units. What this does not know by
 * its shape is told by the names of its parts, so that nothing is left out.
 */
export function valueText(value: Json | undefined, kind: string, property: string, slotText: SlotText): string {
  if (value === undefined) return 'nothing';
  const slot = slotOf(value);
  if (slot !== undefined) return slotText(slot);
  if (typeof value === 'string') return property === 'title' || property === 'note' ? `“${value}”` : value;
  if (typeof value === 'number') return numberText(value, kind, property);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null) return 'nothing';
  if (isList(value)) return listText(value, kind, property, slotText);
  return objectText(value, kind, property, slotText);
}

function numberText(value: number, kind: string, property: string): string {
  if (kind === 'shift' && (property === 'from' || property === 'to')) return formatClock(value);
  if (property === 'at') return formatClock(value);
  if (kind === 'person' && property === 'contract') return `${formatNumber((value * SECONDS.week) / SECONDS.h)} h/week`;
  return formatNumber(value, { digits: 12 });
}

function listText(value: readonly Json[], kind: string, property: string, slotText: SlotText): string {
  if (value.length === 0) return 'nothing';
  const separator = property === 'levels' ? ' < ' : ', ';
  const texts = value.map((each) => valueText(each, kind, property, slotText));
  if (texts.length <= 12) return texts.join(separator);
  return `${texts.slice(0, 8).join(separator)} … ${texts.slice(-2).join(separator)} (${texts.length} in all)`;
}

function objectText(value: JsonObject, kind: string, property: string, slotText: SlotText): string {
  const text = (each: Json | undefined, name = property): string => valueText(each, kind, name, slotText);
  if (READING.has(kind) && isReading(value)) return formulaText(value);
  if (isExpression(value)) return expressionText(value);
  if (isList(value.rules) && value.otherwise !== undefined) return scheduleText(value, text);
  if (isList(value.of) && value.amount !== undefined) return needText(value, text);
  const planned = planText(value, property, text);
  if (planned !== undefined) return planned;
  switch (property) {
    case 'titles':
      return Object.entries(value)
        .map(([language, title]) => `${language} ${text(title, 'title')}`)
        .join(', ');
    case 'arrivals':
      return arrivalsText(value, text);
    case 'within':
      return `${text(value.limit)} of ${text(value.of)}${value.share === undefined ? '' : ` for ${text(value.share)}`}`;
    case 'waits':
      return `at most ${text(value.atMost)}, else ${text(value.otherwise)}`;
    case 'handover': {
      const by = isList(value.by) && value.by.length > 0 ? ` by ${text(value.by)}` : '';
      return `to ${text(value.to)}${by}${value.returns === undefined ? '' : ` back by ${text(value.returns)}`}`;
    }
    case 'when':
      return branchText(value, text);
    case 'moves':
      return `${isJsonObject(value.to) ? text(value.to.resource ?? value.to.role ?? value.to.skill) : ''} when free`;
    case 'until':
      return `${text(value.at, 'at')}${value.days === undefined ? '' : ` on ${text(value.days)}`}`;
    case 'cohorts':
      return `${text(value.cohort)}${value.entry === undefined ? '' : ` at ${text(value.entry)}`}`;
    case 'skills':
      return `${text(value.skill)}${value.level === undefined ? '' : ` ${text(value.level)}`}`;
    case 'breakdown':
      return `every ${text(value.every)} for ${text(value.lasts)}`;
    case 'essential': {
      const outage = value.maximumOutage === undefined ? [] : [`mtpd ${text(value.maximumOutage)}`];
      const least = value.minimum === undefined ? [] : [`minimum ${text(value.minimum)}`];
      return outage.length + least.length === 0 ? 'yes' : [...outage, ...least].join(', ');
    }
    case 'measure':
      return measureText(value);
    case 'against': {
      const factor = value.factor === undefined ? '' : `${text(value.factor)} of `;
      const statistic = value.statistic === 'mean' ? '' : `${text(value.statistic, 'statistic')} of `;
      const row = value.argument === undefined ? '' : `(${text(value.argument)})`;
      return `${factor}${statistic}${text(value.indicator)}${row} in ${text(value.scenario)}`;
    }
    case 'statistic':
      return isJsonObject(value) ? `p${text(value.percentile)}` : text(value);
    case 'replications':
      return value.kind === 'fixed' ? `${text(value.times)} times` : partsText(value, kind, slotText);
    case 'target':
      return targetText(value, text);
    case 'value':
      return text(
        value.expression ?? value.schedule ?? value.arrivals,
        value.arrivals === undefined ? property : 'arrivals',
      );
    case 'dimension':
      return dimensionText(value);
    default:
      return partsText(value, kind, slotText);
  }
}

/** `from 2026-01-05, lasts 3 d`: parts by their names. */
function partsText(value: JsonObject, kind: string, slotText: SlotText): string {
  const parts = Object.entries(value).filter(([key]) => key !== 'kind');
  const own = textOf(value.kind);
  const told = parts.map(([key, member]) => {
    const text = valueText(member, kind, key, slotText);
    return member === true ? wordOf(kind, key) : `${wordOf(kind, key)} ${text}`;
  });
  return [...(own === undefined ? [] : [own]), ...told].join(', ') || 'yes';
}

function isExpression(value: JsonObject | Expression): value is Expression {
  if (typeof value.kind !== 'string' || !EXPRESSIONS.has(value.kind)) return false;
  // A measure's target and a setting's target have kinds that expressions have, too, but not their parts.
  if (value.kind === 'number') return 'value' in value;
  if (value.kind === 'attribute') return 'name' in value && !('cohort' in value);
  if (value.kind === 'category') return 'value' in value;
  return true;
}

type Text = (value: Json | undefined, property?: string) => string;

function scheduleText(value: JsonObject, text: Text): string {
  const rules = isList(value.rules) ? value.rules : [];
  const told = rules.filter(isJsonObject).map((rule) => {
    const parts = [text(rule.amount)];
    if (isList(rule.days)) parts.push(`on ${text(rule.days)}`);
    if (typeof rule.from === 'number')
      parts.push(`at ${formatClock(rule.from)}${typeof rule.to === 'number' ? `-${formatClock(rule.to)}` : ''}`);
    if (rule.since !== undefined) parts.push(`from ${text(rule.since)}`);
    if (rule.until !== undefined) parts.push(`until ${text(rule.until)}`);
    const known = new Set(['amount', 'days', 'from', 'to', 'since', 'until']);
    for (const key of Object.keys(rule))
      if (!known.has(key)) parts.push(`${wordOf('schedule', key)} ${text(rule[key])}`);
    return parts.join(' ');
  });
  const rest = text(value.otherwise);
  return told.length === 0 ? rest : [...told, `otherwise ${rest}`].join(', ');
}

function needText(value: JsonObject, text: Text): string {
  const targets = isList(value.of) ? value.of.filter(isJsonObject) : [];
  const from = targets.find((target) => target.from !== undefined)?.from;
  const told = targets.map((target) => {
    const level = target.level === undefined ? '' : ` ${text(target.level)}`;
    if (target.kind === 'skill') return `with ${text(target.skill)}${level}`;
    return text(target.role ?? target.resource ?? target.stock) + level;
  });
  return `${text(value.amount)} ${told.join(' or ')}${from === undefined ? '' : ` from ${text(from)}`}`;
}

function arrivalsText(value: JsonObject, text: Text): string {
  const days = isList(value.days) ? ` on ${text(value.days)}` : '';
  const profile = isJsonObject(value.profile) ? ` profile ${profileText(value.profile, text)}` : '';
  const group = value.group === undefined ? '' : ` each a group of ${text(value.group)}`;
  switch (value.kind) {
    case 'every':
      return `every ${text(value.between)}${group}${value.first === undefined ? '' : `, first after ${text(value.first)}`}`;
    case 'rate':
      return `${text(value.rate)}${days}${isJsonObject(value.hours) ? ` at ${text(value.hours.from, 'at')}-${text(value.hours.to, 'at')}` : ''}${profile}${group}`;
    case 'table':
      return `${isJsonObject(value.profile) ? profileText(value.profile, text) : ''}${value.scale === undefined ? '' : ` × ${text(value.scale)}`}${group}`;
    case 'batch':
      return `${text(value.size)} at ${text(value.at, 'at')} daily${days}`;
    case 'recorded':
      return `${isList(value.times) ? value.times.length : 0} recorded arrivals`;
    default:
      return partsText(value, 'cohort', () => '');
  }
}

function profileText(profile: JsonObject, text: Text): string {
  const slot =
    profile.slot === SECONDS.h ? 'hourly' : profile.slot === SECONDS.d ? 'daily' : `every ${text(profile.slot)} s`;
  return `${slot} (${text(profile.values)})${profile.anchor === 'study' ? ' from the start' : ''}`;
}

function branchText(value: JsonObject, text: Text): string {
  switch (value.kind) {
    case 'share':
      return text(value.share);
    case 'category':
      return isList(value.values) ? value.values.map((each) => text(each)).join(' or ') : '';
    case 'condition':
      return `when ${text(value.condition)}`;
    default:
      return text(value.kind);
  }
}

function targetText(value: JsonObject, text: Text): string {
  const of = text(value.id ?? value.cohort);
  if (value.name !== undefined) return `${of}.${text(value.name)}`;
  if (typeof value.branch === 'number') return `share of branch ${value.branch + 1} of ${of}`;
  return value.property === undefined ? of : `${of}.${text(value.property)}`;
}

function dimensionText(value: JsonObject): string {
  const { time, money, currency } = value;
  if (time === 0 && money === 0) return 'a number';
  if (time === 1 && money === 0) return 'a time';
  if (time === -1 && money === 0) return 'a rate';
  return `${money === 1 ? (textOf(currency) ?? 'money') : `money^${plain(money)}`}${time === 0 ? '' : ` × time^${plain(time)}`}`;
}

/** A plain value as text; what has parts reads as nothing here. */
function plain(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const STATISTIC_OF_COUNT: Readonly<Record<string, string>> = {
  arrivals: 'arrivals',
  starts: 'starts',
  completions: 'completions',
  exits: 'exits',
};

/** A measure as an indicator declares it. */
function measureText(value: JsonObject): string {
  const only = isList(value.cohorts) ? ` only ${value.cohorts.map(plain).join(', ')}` : '';
  switch (value.kind) {
    case 'time':
      return `time from ${momentText(value.from)} to ${momentText(value.to)}${only}`;
    case 'wait':
      return `wait for ${measureTarget(value.of)}${only}`;
    case 'share':
      return `share of ${isJsonObject(value.of) ? measureText(value.of) : ''} ${textOf(value.operator) ?? ''} ${formulaPart(value.limit)}`;
    case 'outcome share':
      return `share of patients finishing ${textOf(value.outcome) ?? ''}${only}`;
    case 'value':
      return `value ${formulaText(value.value)}`;
    default:
      return partsText(value, 'indicator', () => '');
  }
}

function momentText(value: Json | undefined): string {
  if (!isJsonObject(value)) return 'nothing';
  if (value.kind !== 'activity') return textOf(value.kind) ?? '';
  return `${value.at === 'start' || value.at === undefined ? '' : `${textOf(value.at) ?? ''} of `}${textOf(value.activity) ?? ''}`;
}

function measureTarget(value: Json | undefined): string {
  if (!isJsonObject(value)) return 'nothing';
  return textOf(value.activity ?? value.resource ?? value.role) ?? partsText(value, 'indicator', () => '');
}

function formulaPart(value: Json | undefined): string {
  return isJsonObject(value) && isExpression(value) ? expressionText(value) : formulaText(value);
}

/** Arithmetic over what a run counted, as it reads in an indicator. */
function formulaText(value: Json | undefined): string {
  if (!isJsonObject(value)) return plain(value);
  const inner = (part: Json | undefined): string => {
    const text = formulaText(part);
    return isJsonObject(part) && part.kind === 'operation' ? `(${text})` : text;
  };
  switch (value.kind) {
    case 'constant':
      return formulaPart(value.value);
    case 'variable':
      return textOf(value.name) ?? '';
    case 'operation':
      return `${inner(value.left)} ${textOf(value.operator) ?? ''} ${inner(value.right)}`;
    case 'negate':
      return `-${inner(value.operand)}`;
    case 'not':
      return `not ${inner(value.operand)}`;
    case 'function':
      return `${isFunctionName(value.name) ? FUNCTION_WORDS[value.name] : (textOf(value.name) ?? '')}(${isList(value.arguments) ? value.arguments.map(formulaText).join(', ') : ''})`;
    case 'probability':
      return `P(${formulaText(value.condition)})`;
    case 'signal':
      return textOf(value.signal) ?? '';
    case 'state':
      return `${textOf(value.measure) ?? ''}(${textOf(value.of) ?? ''})`;
    case 'recent': {
      const of = value.of === undefined ? '' : `${textOf(value.of) ?? ''}, `;
      return `${textOf(value.measure) ?? ''}(${of}${formulaPart(value.over)})`;
    }
    case 'census':
      return `census(${textOf(value.resource) ?? ''})`;
    case 'queue':
    case 'utilisation':
    case 'busy time':
    case 'capacity':
      return `${value.kind}(${measureTarget(value.target)})`;
    case 'overtime':
      return `overtime(${textOf(value.role) ?? ''})`;
    case 'time share':
      return `share of time in ${stateText(value.of)}`;
    case 'count':
      return `${STATISTIC_OF_COUNT[textOf(value.of) ?? ''] ?? 'count'}(${textOf(value.target) ?? ''})`;
    case 'cost':
      return `cost(${textOf(value.of) ?? ''})`;
    case 'indicator': {
      const statistic = isJsonObject(value.statistic)
        ? `p${plain(value.statistic.percentile)}`
        : (textOf(value.statistic) ?? '');
      const argument = value.argument === undefined ? '' : `(${formulaText(value.argument)})`;
      return `${statistic} of ${textOf(value.indicator) ?? ''}${argument}`;
    }
    default:
      return partsText(value, 'indicator', () => '');
  }
}

/** A trigger, a response, or a level of a scale or gauge, as it is written. */
function stateText(value: Json | undefined): string {
  if (!isJsonObject(value)) return '';
  const on = textOf(value.scale ?? value.gauge ?? value.trigger ?? value.response) ?? '';
  const level = value.level === undefined ? '' : ` ${textOf(value.level) ?? ''}`;
  const where = value.organisation === undefined ? '' : ` at ${textOf(value.organisation) ?? ''}`;
  return `${on}${level}${value.only === true ? ' only' : ''}${where}`;
}

function isFunctionName(name: Json | undefined): name is FunctionName {
  return typeof name === 'string' && Object.hasOwn(FUNCTION_WORDS, name);
}
