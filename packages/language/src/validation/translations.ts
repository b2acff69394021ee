import type { AstNode } from 'langium';
import type { Diagnostic, Origin } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { canonicalTag, titledNode } from '../lowering/titles.js';
import { nodesOf } from '../tree/nodes.js';
import type { ValidationContext } from './context.js';
import { fileOfNode, originOf, originOfHead, originOfProperty } from './places.js';
import { listed, targetOf } from './references.js';

/** A declaration or step has one title in each language, also where several files give some. */
export function* titlesDiffer(translation: ast.Translation, context: ValidationContext): Generator<Diagnostic> {
  const target = targetOf(translation.element);
  if (target === undefined) return;
  const alike = context.documents
    .flatMap((document) => document.declarations.filter(ast.isTranslation))
    .filter((each) => sameTarget(targetOf(each.element), target));
  const first = new Map<string, ast.TranslatedTitle>();
  for (const title of alike.flatMap((each) => each.titles)) {
    const tag = canonicalTag(title.language ?? '');
    if (tag === undefined) continue;
    const before = first.get(tag);
    if (before === undefined) first.set(tag, title);
    else if (title.$container === translation) {
      yield createDiagnostic(
        'PW2018',
        { name: translation.element.$refText, language: tag },
        originOfProperty(title, 'language'),
        { related: [{ message: 'The first one is here.', origin: originOf(before) }] },
      );
    }
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
    if (!isShown(node) || node.name === undefined || seen.has(titledNode(node))) continue;
    seen.add(titledNode(node));
    const there = known.get(titledNode(node)) ?? new Set<string>();
    const missing = wanted.filter((tag) => !there.has(tag) && !there.has(tag.split('-')[0] ?? tag));
    if (missing.length === 0) continue;
    yield createDiagnostic('PW9005', { name: node.name, languages: listed(missing) }, originOfHead(node));
  }
}

/** Declarations with a title, and steps, whose name is shown where they have none. */
function isShown(node: AstNode): node is ast.Titled {
  return ast.isStep(node) || (ast.isTitled(node) && 'title' in node && node.title !== undefined);
}
