import type { AstNode } from 'langium';
import type { Diagnostic, Severity } from '@pathway/model';
import { createDiagnostic, nearestText } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { originOfProperty } from './places.js';
import { listed } from './references.js';

const GRADES = ['A', 'B', 'C', 'D'];
const AIMS = ['health', 'experience', 'cost', 'staff', 'equity'];
const RESOURCE_KINDS = ['space', 'stuff', 'system', 'vehicle'];
const AUDIENCES = ['citizens', 'professionals'];
const SECTORS = [
  'hospital',
  'emergency',
  'primary',
  'home',
  'community',
  'rehabilitation',
  'mental',
  'social',
  'residential',
  'pharmacy',
  'laboratory',
  'transport',
  'public',
  'voluntary',
  'administration',
];

/** The words that can follow a keyword, where those are a list of the language. */
export const WORDS_AFTER: Readonly<Record<string, readonly string[]>> = {
  grade: GRADES,
  aim: AIMS,
  kind: RESOURCE_KINDS,
  sector: SECTORS,
};

/** Grades, aims, kinds, sectors and audiences are words of their lists. */
export function* wordIsKnown(node: AstNode): Generator<Diagnostic> {
  if (ast.isGradeProperty(node)) {
    const words = 'A (measured here), B (measured elsewhere), C (expert opinion) and D (assumed)';
    yield* oneOf(node, 'grade', node.grade, 'grade of evidence', GRADES, { words });
  }
  if (ast.isAimProperty(node)) yield* oneOf(node, 'aim', node.aim, 'aim', AIMS);
  if (ast.isKindProperty(node)) yield* oneOf(node, 'kind', node.kind, 'kind of resource', RESOURCE_KINDS);
  // Sectors are named differently from country to country: an unknown one is told and kept.
  if (ast.isSectorProperty(node))
    yield* oneOf(node, 'sector', node.sector, 'sector of care', SECTORS, { severity: 'warning' });
  if (ast.isEntrypointProperty(node)) {
    for (const [index, audience] of node.audiences.entries()) {
      yield* oneOf(node, 'audiences', audience, 'audience', AUDIENCES, { index });
    }
  }
}

function* oneOf(
  node: AstNode,
  property: string,
  word: string | undefined,
  what: string,
  list: readonly string[],
  extra: { readonly words?: string; readonly severity?: Severity; readonly index?: number } = {},
): Generator<Diagnostic> {
  if (word === undefined || list.includes(word)) return;
  const range = originOfProperty(node, property, extra.index);
  const nearest =
    list.find((each) => each.toLowerCase() === word.toLowerCase()) ??
    (list === GRADES ? undefined : nearestText(word, list));
  const fixes =
    nearest === undefined ? [] : [{ title: `Write \`${nearest}\``, edits: [{ origin: range, newText: nearest }] }];
  const params = { what, word, words: extra.words ?? listed(list) };
  yield createDiagnostic('PW4014', params, range, {
    fixes,
    ...(extra.severity !== undefined && { severity: extra.severity }),
  });
}

interface CodeForm {
  readonly what: string;
  readonly form: string;
  readonly pattern: RegExp;
}

const CODES: Readonly<Record<string, CodeForm>> = {
  isco: { what: 'ISCO-08 code', form: 'one to four digits, such as "2221"', pattern: /^[0-9]{1,4}$/ },
  esco: {
    what: 'ESCO code',
    form: 'its address, such as "http://data.europa.eu/esco/occupation/…", or its number, such as "2221.1"',
    pattern: /^(https?:\/\/data\.europa\.eu\/esco\/\S+|[0-9]{4}(\.[0-9]+)*|[A-Z][0-9](\.[0-9]+)*)$/,
  },
  snomed: {
    what: 'SNOMED CT identifier',
    form: '6 to 18 digits, such as "472191000119101"',
    pattern: /^[1-9][0-9]{5,17}$/,
  },
  loinc: {
    what: 'LOINC code',
    form: 'digits, a hyphen and a check digit, such as "8480-6"',
    pattern: /^[0-9]{1,7}-[0-9]$/,
  },
  icd: {
    what: 'ICD code',
    form: 'a code such as "I63.9" or "8B11"',
    pattern: /^([A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?|[0-9A-Z]{4}(\.[0-9A-Z]{1,2})?)$/,
  },
};

const CALENDAR: CodeForm = {
  what: 'holiday calendar',
  form: 'a country or region of ISO 3166, such as "GB-ENG"',
  pattern: /^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}$/,
};
const ADDRESS: CodeForm = {
  what: 'web address',
  form: 'one that begins with https:// or http://',
  pattern: /^https?:\/\/[^\s/]+\S*$/,
};
const EMAIL: CodeForm = {
  what: 'e-mail address',
  form: 'one such as "ward@example.org"',
  pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};

/** Codes and addresses have the form that their system gives them. */
export function* codeIsWellFormed(node: AstNode): Generator<Diagnostic> {
  if (ast.isCodeProperty(node)) yield* matches(node, 'code', node.code, CODES[node.system]);
  if (ast.isHolidaysProperty(node)) yield* matches(node, 'calendar', node.calendar, CALENDAR);
  if (ast.isUrlProperty(node)) yield* matches(node, 'url', node.url, ADDRESS);
  if (ast.isContactProperty(node)) {
    if (node.kind === 'email') yield* matches(node, 'value', node.value, EMAIL);
    if (node.kind === 'website') yield* matches(node, 'value', node.value, ADDRESS);
  }
  if (ast.isTimezoneProperty(node)) yield* timezoneExists(node);
}

function* matches(
  node: AstNode,
  property: string,
  text: string | undefined,
  code: CodeForm | undefined,
): Generator<Diagnostic> {
  if (text === undefined || code === undefined || code.pattern.test(text)) return;
  yield createDiagnostic('PW4015', { code: text, what: code.what, form: code.form }, originOfProperty(node, property));
}

function* timezoneExists(node: ast.TimezoneProperty): Generator<Diagnostic> {
  const { zone } = node;
  if (zone === undefined || isTimezone(zone)) return;
  const range = originOfProperty(node, 'zone');
  const nearest = nearestText(zone, Intl.supportedValuesOf('timeZone'));
  const form = nearest === undefined ? 'a name of the IANA list, such as "Europe/London"' : `"${nearest}"`;
  const fixes =
    nearest === undefined ? [] : [{ title: `Write "${nearest}"`, edits: [{ origin: range, newText: `"${nearest}"` }] }];
  yield createDiagnostic('PW4015', { code: zone, what: 'time zone', form }, range, { severity: 'error', fixes });
}

function isTimezone(zone: string): boolean {
  if (!/^(UTC|[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)+)$/.test(zone)) return false;
  try {
    // The only question that every browser answers for aliases too; the locale does not matter to it.
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
