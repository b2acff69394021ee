import { formatClock } from '@pathway/model';
import { textOf } from './flatten.js';
import { isJsonObject, isList, type Json, type JsonObject } from './json.js';
import { ruleText } from './rule-text.js';

/** The words of the language for lines of crises and responses, where the model calls them otherwise. */
export const LINE_WORDS: Readonly<Record<string, string>> = {
  diversion: 'divert',
  absence: 'absent',
  loss: 'lose',
  closure: 'close',
  slowdown: 'slow',
  'supply cut': 'cut',
  'hold back': 'delay',
  postpone: 'delay',
  team: 'staff',
};

/** What a line of a crisis or response is about, without its figures; undefined for any other element. */
export function lineName(kind: string, shell: JsonObject): string | undefined {
  const text = (name: string): string => textOf(shell[name]) ?? '';
  const place = (name: string): string => withoutPathway(text(name));
  const at = shell.organisation === undefined ? '' : ` at ${text('organisation')}`;
  switch (kind) {
    case 'arrivals':
      return `of ${names(shell.cohorts)}`;
    case 'absence':
      return `${text('role')}${at}`;
    case 'loss':
    case 'add':
    case 'team':
      return text('resource');
    case 'closure':
      return names(shell.organisations);
    case 'slowdown':
      return names(shell.places);
    case 'supply cut':
      return text('stock');
    case 'alert':
      return text('trigger');
    case 'replace':
    case 'remove':
    case 'reroute':
    case 'hold back':
      return place('place');
    case 'change':
      return shell.place === undefined ? undefined : place('place');
    case 'insert':
      return `${text('where')} ${place('place')}`;
    case 'merge':
      return names(shell.of);
    case 'ration':
      return names([shell.target ?? null]);
    case 'pause':
    case 'cancel':
    case 'start':
      return names(shell.cohorts);
    case 'diversion':
    case 'divert':
    case 'postpone':
      return text('cohort');
    case 'call in':
      return `${text('role')}${shell.from === undefined ? '' : ` from ${text('from')}`}`;
    case 'convert':
      return `${text('from')} to ${text('to')}`;
    case 'relax rules':
      return text('ruleSet');
    case 'allow':
      return `${names([shell.who ?? null])} as ${text('as')}`;
    case 'card':
      return `${text('role')}${at}`;
    default:
      return undefined;
  }
}

/** How the parts of a value read. */
export type PartText = (value: Json | undefined, property?: string) => string;

/** A value as crises, responses, triggers and gauges write it; undefined where it is none of theirs. */
export function planText(value: JsonObject, property: string, text: PartText): string | undefined {
  if (value.scale !== undefined && value.level !== undefined) return levelText(value, text);
  switch (property) {
    case 'change':
      return changeText(value, text);
    case 'span':
      return spanText(value, text);
    case 'fires':
      return firesText(value, text);
    case 'activations':
      if (value.kind === 'gauge')
        return `${text(value.gauge)} ${text(value.level)}${value.only === true ? ' only' : ''}`;
      return text(value.trigger);
    case 'recovery': {
      const delay = value.delay === undefined ? [] : [`after ${text(value.delay)}`];
      const others = isList(value.after) && value.after.length > 0 ? [`after ${text(value.after)}`] : [];
      return [...delay, ...others].join(', ') || 'at once';
    }
    case 'cost':
      return `${text(value.amount)}${value.each === true ? ' each' : ''}`;
    case 'supervision':
      return `${text(value.supervisors)} ${text(value.role)} per ${text(value.per)}`;
    case 'actions':
      return `“${text(value.text)}”${value.within === undefined ? '' : ` within ${text(value.within, 'duration')}`}`;
    case 'rules':
      return ruleText(value, text);
    case 'teams': {
      const members = isList(value.members) ? value.members.filter(isJsonObject) : [];
      const listed = members.map((each) => `${text(each.amount)} ${text(each.role)}`).join(' + ');
      return `${text(value.level)}: ${listed} per ${text(value.per)}`;
    }
    case 'fallbacks': {
      const battery = value.battery === undefined ? '' : ` battery ${text(value.battery)}`;
      const workaround = value.workaround === undefined ? '' : ` workaround ${text(value.workaround)}`;
      return `${text(value.on)}${battery}${workaround}`;
    }
    case 'places':
    case 'of':
    case 'who':
    case 'worstOf':
      return namedPart(value);
    case 'target':
      return value.resource === undefined && value.role === undefined ? undefined : namedPart(value);
    case 'scores': {
      const points = isList(value.points) ? value.points.filter(isJsonObject) : [];
      const lines = points.map((each) =>
        each.below === undefined ? `${text(each.points)} otherwise` : `${text(each.points)} below ${text(each.below)}`,
      );
      return `${text(value.value)} { ${lines.join(', ')} }`;
    }
    case 'thresholds':
      return `${text(value.level)} from ${text(value.from)} points`;
    case 'counted':
      return `${text(value.level)} when ${text(value.count)} of ${names(value.members)} have ${text(value.least)}`;
    default:
      return undefined;
  }
}

function levelText(value: JsonObject, text: PartText): string {
  const only = value.only === true ? ' only' : '';
  const at = value.organisation === undefined ? '' : ` at ${text(value.organisation)}`;
  return `${text(value.scale)} ${text(value.level)}${only}${at}`;
}

function changeText(value: JsonObject, text: PartText): string | undefined {
  const amount = value.share ?? value.rate ?? value.people;
  if (amount !== undefined) {
    const written = text(amount);
    return written.startsWith('-') ? written : `+${written}`;
  }
  const curve = isJsonObject(value.curve) ? value.curve : undefined;
  if (curve === undefined) return undefined;
  const parts = Object.entries(curve).filter(([name]) => name !== 'kind');
  return `follow ${textOf(curve.kind) ?? ''} { ${parts.map(([name, part]) => `${name} ${text(part, name)}`).join('  ')} }`;
}

function spanText({ begin, lasting, end }: JsonObject, text: PartText): string {
  const open = lasting === undefined && end === undefined;
  const parts = [
    ...(begin === undefined ? [] : [`${open ? 'at' : 'from'} ${momentText(begin, text)}`]),
    ...(lasting === undefined ? [] : [`for ${text(lasting)}`]),
    ...(end === undefined ? [] : [`until ${momentText(end, text)}`]),
  ];
  return parts.join(' ');
}

function momentText(moment: Json, text: PartText): string {
  if (!isJsonObject(moment)) return '';
  const day = moment.kind === 'day' ? `day ${text(moment.day)}` : text(moment.date);
  return typeof moment.at === 'number' ? `${day} ${formatClock(moment.at)}` : day;
}

/** What an alert must say: `category Met, severity Severe or Extreme`. */
const ASPECTS = [
  ['categories', 'category'],
  ['events', 'event'],
  ['severities', 'severity'],
  ['urgencies', 'urgency'],
  ['certainties', 'certainty'],
  ['messageTypes', 'type'],
  ['territories', 'in'],
] as const;

function firesText(value: JsonObject, text: PartText): string {
  if (value.kind === 'condition')
    return `${text(value.when, 'when')}${value.lasting === undefined ? '' : ` for ${text(value.lasting)}`}`;
  const filter = isJsonObject(value.filter) ? value.filter : {};
  const told = ASPECTS.flatMap(([name, word]) => {
    const asked = filter[name];
    return isList(asked) && asked.length > 0 ? [`${word} ${asked.map((each) => text(each)).join(' or ')}`] : [];
  });
  return `on alert { ${told.join(', ')} }`;
}

/** The element that a part names, whatever kind it is of. */
function namedPart(value: JsonObject): string {
  const { step, pathway, organisation, resource, role, person, gauge } = value;
  return withoutPathway(textOf(step ?? pathway ?? organisation ?? resource ?? role ?? person ?? gauge) ?? '');
}

function names(value: Json | undefined): string {
  if (!isList(value)) return '';
  return value.map((each) => (isJsonObject(each) ? namedPart(each) : (textOf(each) ?? ''))).join(', ');
}

/** A step's id without the pathway that it stands in. */
function withoutPathway(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}
