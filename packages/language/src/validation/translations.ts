import type { AstNode } from 'langium';
import type { Diagnostic, Origin } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { canonicalTag, isShipped, titledNode } from '../lowering/titles.js';
import { nodesOf } from '../tree/nodes.js';
import type { ValidationContext } from './context.js';
import { fileOfNode, originOf, originOfHead, originOfProperty } from './places.js';
import { listed, targetOf } from './references.js';

/** What is to be done has one text in each language. */
export function* actionTextsDiffer(action: ast.CardAction): Generator<Diagnostic> {
  const first = new Map<string, ast.TranslatedTitle>();
  for (const title of action.titles) {
    const tag = canonicalTag(title.language ?? '');
    if (tag === undefined) continue;
    const before = first.get(tag);
    if (before === undefined) first.set(tag, title);
    else yield twice(action.text ?? '', tag, title, before);
  }
}

function twice(name: string, language: string, title: ast.TranslatedTitle, before: ast.TranslatedTitle): Diagnostic {
  return createDiagnostic('PW2018', { name, language }, originOfProperty(title, 'language'), {
    related: [{ message: 'The first one is here.', origin: originOf(before) }],
  });
}

/** A declaration or step has one title in each language, also where several files give some. */
export function* titlesDiffer(translation: ast.Translation, context: ValidationContext): Generator<Diagnostic> {
  const target = targetOf(translation.element);
  if (target === undefined) return;
  const alike = context.documents
    .filter((document) => !isShipped(document))
    .flatMap((document) => document.declarations.filter(ast.isTranslation))
    .filter((each) => sameTarget(targetOf(each.element), target));
  const first = new Map<string, ast.TranslatedTitle>();
  for (const title of alike.flatMap((each) => each.titles)) {
    const tag = canonicalTag(title.language ?? '');
    if (tag === undefined) continue;
    const before = first.get(tag);
    if (before === undefined) first.set(tag, title);
    else if (title.$container === translation) yield twice(translation.element.$refText, tag, title, before);
  }
}

function sameTarget(a: AstNode | undefined, b: AstNode): boolean {
  return a !== undefined && titledNode(a) === titledNode(b);
}

/** The language of a title is a tag of BCP 47 that names a language, written as the standard writes it. */
export function* languageIsATag(title: ast.TranslatedTitle): Generator<Diagnostic> {
  yield* tagNamesALanguage(title.language, originOfProperty(title, 'language'));
}

/** So is each language in which an organisation serves people. */
export function* languagesAreTags(property: ast.LanguagesProperty): Generator<Diagnostic> {
  for (const [index, language] of property.languages.entries())
    yield* tagNamesALanguage(language, originOfProperty(property, 'languages', index));
}

function* tagNamesALanguage(language: string | undefined, range: Origin): Generator<Diagnostic> {
  if (language === undefined) return;
  const tag = canonicalTag(language);
  if (tag !== undefined && tag === language && isLanguage(tag)) return;
  const suggestion =
    tag !== undefined && tag !== language && isLanguage(tag) ? tag : MISTAKEN.get(language.toLowerCase());
  const form = suggestion === undefined ? 'one such as `it` or `pt-BR`' : `\`${suggestion}\``;
  const fixes =
    suggestion === undefined
      ? []
      : [{ title: `Write \`${suggestion}\``, edits: [{ origin: range, newText: suggestion }] }];
  const params = { code: language, what: 'language tag', form };
  yield createDiagnostic('PW4015', params, range, { severity: 'error', fixes });
}

function isLanguage(tag: string): boolean {
  const [language = ''] = tag.split('-');
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language) !== undefined;
}

/** Codes of countries, and older ones of languages, that are written for languages. */
const MISTAKEN: ReadonlyMap<string, string> = new Map([
  ['gb', 'en'],
  ['cz', 'cs'],
  ['dk', 'da'],
  ['gr', 'el'],
  ['jp', 'ja'],
  ['cn', 'zh'],
  ['us', 'en-US'],
]);

/** Whatever readers see has a title in each language that the project asks for. Off unless asked for. */
export function* titleIsTranslated(root: ast.Document, context: ValidationContext): Generator<Diagnostic> {
  const wanted = context.languages();
  if (wanted.length === 0 || /^(library|package):/.test(fileOfNode(root))) return;
  const known = context.translated();
  const seen = new Set<AstNode>();
  for (const node of nodesOf(root)) {
    if (ast.isCardAction(node)) yield* actionIsTranslated(node, wanted);
    if (!isShown(node) || node.name === undefined || seen.has(titledNode(node))) continue;
    seen.add(titledNode(node));
    const there = known.get(titledNode(node)) ?? new Set<string>();
    const missing = missingOf(wanted, there);
    if (missing.length === 0) continue;
    yield createDiagnostic('PW9005', { name: node.name, languages: listed(missing) }, originOfHead(node));
  }
}

/** What people are asked to do has the text itself for a name. */
function* actionIsTranslated(action: ast.CardAction, wanted: readonly string[]): Generator<Diagnostic> {
  const missing = missingOf(wanted, new Set(action.titles.map(({ language }) => canonicalTag(language ?? '') ?? '')));
  if (missing.length === 0 || action.text === undefined) return;
  const range = originOfProperty(action, 'text');
  yield createDiagnostic('PW9005', { name: action.text, languages: listed(missing) }, range);
}

/** The languages, of those that are wanted, in which there is no title: that of a language serves its regions. */
function missingOf(wanted: readonly string[], there: ReadonlySet<string>): readonly string[] {
  return wanted.filter((tag) => !there.has(tag) && !there.has(tag.split('-')[0] ?? tag));
}

/** Declarations with a title, and steps, whose name is shown where they have none. */
function isShown(node: AstNode): node is ast.Titled {
  return ast.isStep(node) || (ast.isTitled(node) && 'title' in node && node.title !== undefined);
}
