import type { Element } from './elements.js';

/** Rules in which `-` stands between the ends of a span: `07:00-15:00`, `Mon-Fri`, and between the parts of a language: `pt-BR`. */
const SPANS = new Set(['Shift', 'ScheduleRule', 'DayRange', 'AppointmentArrivals', 'CountedArrivals', 'LanguageTag']);
/** Rules whose parenthesis follows a name directly. */
const CALLS = new Set(['FunctionCall', 'Expectation', 'FigureReference']);
const SIGNS = new Set(['+', '-']);
/** Rules in which a sign stands before a value. */
const SIGNED = new Set(['Negation', 'ArrivalsEffect']);
const TIGHT_BEFORE = new Set([',', ')', '.', ':']);
const TIGHT_AFTER = new Set(['(', '.']);

/** The space between two tokens, or a comment and a token, on one line. */
export function spaceBetween(before: Element, after: Element): '' | ' ' {
  if (before.kind !== 'token' || after.kind !== 'token') return ' ';
  if (TIGHT_BEFORE.has(after.type) || TIGHT_AFTER.has(before.type)) return '';
  if (after.type === 'UNIT' && after.text === '%') return '';
  if (after.type === '(' && CALLS.has(after.rule)) return '';
  if (isSpan(before) || isSpan(after)) return '';
  return SIGNS.has(before.type) && SIGNED.has(before.rule) ? '' : ' ';
}

function isSpan(element: Element): boolean {
  return element.type === '-' && SPANS.has(element.rule);
}
