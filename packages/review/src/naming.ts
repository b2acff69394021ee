import type { ElementName } from './difference.js';
import { type FlatElement, type FlatModel, ROOT, slotOf, textOf } from './flatten.js';
import { isJsonObject, isList, type Json } from './json.js';
import { LINE_WORDS, lineName } from './plan-text.js';
import { valueText } from './value-text.js';

const KIND_WORDS: Readonly<Record<string, string>> = {
  choose: 'choice',
  expectation: 'expect',
  staff: 'staff group',
  project: 'project',
  ...LINE_WORDS,
};

/** How a kind of element is called in a sentence. */
function kindWord(kind: string): string {
  return KIND_WORDS[kind] ?? kind;
}

/** An element as people name it, with the declaration around it. */
export function nameOf(element: FlatElement, flat: FlatModel): ElementName {
  const title = textOf(element.shell.title);
  const top = flat.get(element.top);
  return {
    kind: kindWord(element.kind),
    name: plainName(element, flat),
    ...(title !== undefined && { title }),
    ...(top !== undefined && top.key !== element.key && top.key !== ROOT && { in: topName(top, flat) }),
  };
}

function topName(top: FlatElement, flat: FlatModel): NonNullable<ElementName['in']> {
  const title = textOf(top.shell.title);
  return { kind: kindWord(top.kind), name: plainName(top, flat), ...(title !== undefined && { title }) };
}

/** Elements that are nothing without the one around them. */
const NAMED_WITHIN: ReadonlySet<string> = new Set(['branch', 'attribute', 'setting', 'conversion', 'level']);

/** `step Scan`, `add StrokeBed`: an element where it is clear what it belongs to. */
export function shortPhrase(element: FlatElement, flat: FlatModel): string {
  const name = plainName(element, flat);
  return name === '' ? kindWord(element.kind) : `${kindWord(element.kind)} ${name}`;
}

/** An element beside words that say where it stands, which name a response, crisis or scale already. */
export function placedPhrase(element: FlatElement, flat: FlatModel): string {
  const isOfPlan = element.kind === 'level' || lineName(element.kind, element.shell) !== undefined;
  return isOfPlan ? shortPhrase(element, flat) : phraseOf(element, flat);
}

/** `step Scan`, `choice “Discharge to?”`, `branch 8% of choice Destination`, `call Rehabilitation`. */
export function phraseOf(element: FlatElement, flat: FlatModel): string {
  const phrase = shortPhrase(element, flat);
  const isLine = lineName(element.kind, element.shell) !== undefined;
  if (!isLine && !NAMED_WITHIN.has(element.kind)) return phrase;
  const parent = flat.get(element.parent ?? ROOT);
  return parent === undefined || parent.key === ROOT ? phrase : `${phrase} of ${phraseOf(parent, flat)}`;
}

/** The declared name; for what has none, what tells it from others. */
function plainName(element: FlatElement, flat: FlatModel): string {
  const { shell, kind } = element;
  switch (kind) {
    case 'call':
      return textOf(shell.pathway) ?? '';
    case 'finish':
      return textOf(shell.outcome) ?? '';
    case 'go to':
      return shortId(textOf(shell.to) ?? '', element, flat);
    case 'release':
      return listed(shell.targets);
    case 'expectation':
      return textOf(shell.text) ?? '';
    case 'conversion':
      return textOf(shell.text) ?? '';
    case 'approval':
      return `of ${textOf(shell.subject) ?? ''} by ${textOf(shell.approver) ?? ''}`;
    case 'setting':
      return textOf(shell.text) ?? valueText(shell.target, kind, 'target', () => '');
    case 'branch':
      return textOf(shell.name) ?? textOf(shell.label) ?? '';
    default:
      break;
  }
  const line = lineName(kind, shell);
  if (line !== undefined) return line;
  const declared = textOf(shell.name);
  if (declared !== undefined && !declared.includes('.#')) return declared;
  const title = textOf(shell.title);
  if (title !== undefined) return `“${title}”`;
  if (kind === 'choose' && textOf(shell.attribute) !== undefined) return `by ${textOf(shell.attribute) ?? ''}`;
  return '';
}

function listed(value: Json | undefined): string {
  return isList(value) ? value.filter((each) => typeof each === 'string').join(', ') : '';
}

/** An activity's id without the pathway that it stands in. */
function shortId(id: string, element: FlatElement, flat: FlatModel): string {
  const own = textOf(flat.get(element.top)?.shell.id);
  return own !== undefined && id.startsWith(`${own}.`) ? id.slice(own.length + 1) : id;
}

const MOST_LISTED = 6;

/** The value of a property as people read it; activities of the same pathway are told without its name. */
export function propertyText(element: FlatElement, property: string, flat: FlatModel): string {
  const value = withoutEmptySlots(element.shell[property], element);
  const own = textOf(flat.get(element.top)?.shell.id);
  const shortened = own === undefined ? value : withoutPrefix(value, `${own}.`);
  return valueText(shortened, element.kind, property, (slot) => slotText(element, slot, flat));
}

/** A value in which a list without elements is an empty list, and one with elements still a slot. */
export function withoutEmptySlots(value: Json | undefined, element: FlatElement): Json | undefined {
  const slot = slotOf(value);
  if (slot !== undefined) return (element.slots.get(slot)?.length ?? 0) === 0 ? [] : value;
  if (isList(value)) return value.map((each) => withoutEmptySlots(each, element) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, withoutEmptySlots(member, element) ?? null]),
  );
}

function withoutPrefix(value: Json | undefined, prefix: string): Json | undefined {
  if (typeof value === 'string') return value.startsWith(prefix) ? value.slice(prefix.length) : value;
  if (isList(value)) return value.map((each) => withoutPrefix(each, prefix) ?? null);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutPrefix(member, prefix) ?? null]));
}

function slotText(element: FlatElement, slot: string, flat: FlatModel): string {
  const phrases = (element.slots.get(slot) ?? [])
    .map((key) => flat.get(key))
    .map((each) => each && phraseOf(each, flat));
  if (phrases.length === 0) return 'nothing';
  const shown = phrases.slice(0, MOST_LISTED).join(', ');
  return phrases.length > MOST_LISTED ? `${shown} and ${phrases.length - MOST_LISTED} more` : shown;
}

/** `in hold StrokeBed, after step Scan`: where an element stands among the others. */
export function placeText(element: FlatElement, flat: FlatModel): string {
  const parent = flat.get(element.parent ?? ROOT);
  const siblings = parent?.slots.get(element.slot) ?? [];
  const before = flat.get(siblings[siblings.indexOf(element.key) - 1] ?? '?');
  const position = before === undefined ? 'first' : `after ${placedPhrase(before, flat)}`;
  if (parent === undefined || parent.key === ROOT) return position;
  const inner = OWN_SLOTS.has(element.slot) ? '' : `the ${slotWord(element.slot)} of `;
  return `in ${inner}${phraseOf(parent, flat)}, ${position}`;
}

/** Where an element's contents stand that need no further word. */
const OWN_SLOTS: ReadonlySet<string> = new Set(['body', 'branches', 'levels', 'effects', 'patches', 'cards', 'with']);

function slotWord(slot: string): string {
  return slot
    .replace(/^waits\./, '')
    .replace(/^fallbacks\.\d+\./, '')
    .replace('otherwise', 'else');
}

/** A sentence that begins with a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
