import {
  type AstNode,
  type AstNodeDescription,
  AstUtils,
  CstUtils,
  GrammarAST,
  GrammarUtils,
  type ReferenceInfo,
} from 'langium';
import { findFirstFeatures, findNextFeatures, type NextFeature } from 'langium/lsp';
import type { CompletionItem, CompletionList, Position, Range, TextEdit } from 'vscode-languageserver-types';
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import { DIAGNOSTIC_CODES, diagnosticTitle } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { LIBRARY_TEXTS } from '../library/generated/texts.js';
import { DECLARATION_WORDS } from '../parser/vocabulary.js';
import { namesElsewhere } from '../validation/linking.js';
import { kindName } from '../validation/references.js';
import { WORDS_AFTER } from '../validation/words.js';
import { importEdit } from '../validation/unresolved.js';
import { relativeImport } from '../workspace/paths.js';
import { SNIPPETS } from './generated/snippets.js';
import { completionKind, firstWord, functionsIn, UNITS } from './completion-words.js';
import { rangeOf, ruleOf } from './places.js';
import { type EditorProject, isForeign } from './project.js';

/** What could be written at a place: words that fit there, names of the right kind, units, snippets. */
export function completionAt(project: EditorProject, file: string, position: Position): CompletionList {
  const loaded = project.file(file);
  const root = project.root(file);
  if (loaded === undefined || root === undefined) return { isIncomplete: false, items: [] };
  const { textDocument } = loaded.document;
  const offset = textDocument.offsetAt(position);
  const before = textDocument.getText().slice(0, offset);
  const word = /(?:[\p{L}\p{N}_.]|`[^`\r\n]*)*$/u.exec(before)?.[0] ?? '';
  const start = offset - word.length;
  const range = { start: textDocument.positionAt(start), end: position };
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const special = inComment(before, line, range) ?? inText(project, file, line, position);
  const items = special ?? itemsAt({ project, file, root, text: before.slice(0, start), start, range });
  return { isIncomplete: false, items };
}

interface Place {
  readonly project: EditorProject;
  readonly file: string;
  readonly root: ast.Document;
  /** The text before the word that is being written. */
  readonly text: string;
  readonly start: number;
  readonly range: Range;
}

/** In a comment nothing is offered but the codes that `@allow` silences. */
function inComment(before: string, line: string, range: Range): CompletionItem[] | undefined {
  if (before.lastIndexOf('/*') > before.lastIndexOf('*/')) return [];
  const code = line.replace(/"(?:\\.|[^"\\])*"/g, (text) => ' '.repeat(text.length));
  if (!code.includes('//')) return undefined;
  if (!/\/\/\s*@allow\s+\w*$/.test(line)) return [];
  return DIAGNOSTIC_CODES.map((each) => ({
    label: each,
    detail: diagnosticTitle(each),
    kind: CompletionItemKind.Value,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: `${each} because \${1:reason}` },
  }));
}

/** In a text in quotes nothing is offered but the files that an import could name. */
function inText(project: EditorProject, file: string, line: string, position: Position): CompletionItem[] | undefined {
  const quotes = line.replace(/\\./g, '  ').split('"').length - 1;
  if (quotes % 2 === 0) return undefined;
  const written = /^\s*import\s+"([^"]*)$/.exec(line)?.[1];
  if (written === undefined) return [];
  const range = { start: { line: position.line, character: position.character - written.length }, end: position };
  const own = project.files.flatMap((each) => (each.file === file || isForeign(each.file) ? [] : [each.file]));
  const paths = [
    ...own.flatMap((each) => relativeImport(file, each) ?? []),
    ...Array.from(LIBRARY_TEXTS.keys(), (path) => path.replace(/\.pathway$/, '')),
  ];
  return [...new Set(paths)].map((path) => ({
    label: path,
    kind: CompletionItemKind.File,
    filterText: path,
    textEdit: { range, newText: path },
  }));
}

function itemsAt(place: Place): CompletionItem[] {
  const features = featuresAt(place);
  const found = new Map<string, CompletionItem>();
  const offer = (item: CompletionItem): void => {
    const key = `${item.label} ${item.kind ?? ''}`;
    if (!found.has(key)) found.set(key, item);
  };
  /** The words that fit, with the rules of the grammar in which they do. */
  const words = new Map<string, string[]>();
  const node = nodeBefore(place);
  for (const next of features) {
    const { feature } = next;
    if (GrammarAST.isCrossReference(feature)) {
      for (const item of namesFor(place, node, next, feature)) offer(item);
    } else if (GrammarAST.isKeyword(feature)) {
      if (!/\p{L}/u.test(feature.value) || isNameRule(feature)) continue;
      words.set(feature.value, [...(words.get(feature.value) ?? []), ruleOf(feature) ?? '']);
    } else if (GrammarAST.isRuleCall(feature)) {
      for (const item of terminalItems(place, feature)) offer(item);
    }
  }
  for (const item of listedWords(place)) offer(item);
  for (const item of snippetItems(place, words)) offer(item);
  for (const word of words.keys()) {
    offer({
      label: word,
      kind: CompletionItemKind.Keyword,
      sortText: `2${word}`,
      textEdit: { range: place.range, newText: word },
    });
  }
  return [...found.values()];
}

/** What the grammar allows next. The text is read from the declaration around the place, so that mistakes above do no harm. */
function featuresAt({ project, text }: Place): readonly NextFeature[] {
  const { CompletionParser } = project.services.parser;
  const { Grammar } = project.services;
  const from = text.slice(declarationStart(text));
  const { tokens, tokenIndex, elementStack } = CompletionParser.parse(from);
  const entry = GrammarUtils.getEntryRule(Grammar);
  if (tokenIndex === 0) {
    return entry === undefined ? [] : findFirstFeatures(entry.definition).flatMap((stack) => stack.at(-1) ?? []);
  }
  return findNextFeatures([elementStack.map((feature) => ({ feature }))], tokens.slice(tokenIndex));
}

const DECLARATION_START = new RegExp(`^(?:${[...DECLARATION_WORDS].join('|')})\\b`, 'gm');

/** Where the last line begins that looks like the head of a declaration and is not inside a block that is open before. */
function declarationStart(text: string): number {
  let start = 0;
  for (const match of text.matchAll(DECLARATION_START)) start = match.index;
  return start;
}

function nodeBefore({ root, start }: Place): AstNode {
  const leaf =
    root.$cstNode === undefined ? undefined : CstUtils.findLeafNodeBeforeOffset(root.$cstNode, Math.max(0, start - 1));
  return leaf?.astNode ?? root;
}

/** Rules whose words are names: that a keyword may be a name is no reason to offer it as one. */
const NAME_RULES: ReadonlySet<string> = new Set([
  'Name',
  'QualifiedName',
  'CalledName',
  'TargetName',
  'ExpressionName',
  'LevelName',
  'FunctionName',
  'ArgumentName',
  'AspectWord',
  'UnitWord',
  'PerUnit',
]);

function isNameRule(feature: AstNode): boolean {
  return NAME_RULES.has(ruleOf(feature) ?? '');
}

function terminalItems({ range, text }: Place, feature: GrammarAST.RuleCall): CompletionItem[] {
  const terminal = feature.rule.$refText;
  const rule = ruleOf(feature);
  if ((rule === 'UnitWord' || rule === 'PerUnit') && terminal === 'UNIT') {
    const units = rule === 'PerUnit' ? UNITS.filter(({ isTime }) => isTime) : UNITS;
    return units.map(({ unit, detail }) => ({
      label: unit,
      detail,
      kind: CompletionItemKind.Unit,
      sortText: `0${unit}`,
      textEdit: { range, newText: /\d$/.test(text) && unit !== '%' ? ` ${unit}` : unit },
    }));
  }
  if (rule === 'FunctionName' && terminal === 'CALL') {
    const declaration = /^\w*/.exec(text.slice(declarationStart(text)))?.[0] ?? '';
    return functionsIn(declaration).map(({ label, detail, body }) => ({
      label,
      detail,
      kind: CompletionItemKind.Function,
      sortText: `1${label}`,
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range, newText: body },
    }));
  }
  return [];
}

/** The words of a list of the language, such as the sectors of care. */
function listedWords({ text, range }: Place): CompletionItem[] {
  const keyword = /\b([a-z]+)\s+$/.exec(text)?.[1] ?? '';
  return (WORDS_AFTER[keyword] ?? []).map((word) => ({
    label: word,
    kind: CompletionItemKind.EnumMember,
    sortText: `0${word}`,
    textEdit: { range, newText: word },
  }));
}

/** Snippets for what may begin here. A word begins several things: which of them fit is known by the rules. */
function snippetItems({ range }: Place, words: ReadonlyMap<string, readonly string[]>): CompletionItem[] {
  return SNIPPETS.filter(({ rule, body }) => words.get(firstWord(body))?.includes(rule)).map(
    ({ prefix, body, description }) => ({
      label: prefix,
      detail: description,
      kind: CompletionItemKind.Snippet,
      sortText: `1${prefix}`,
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range, newText: body.replace(/\n\$0$/, '') },
    }),
  );
}

function* namesFor(
  place: Place,
  node: AstNode,
  next: NextFeature,
  feature: GrammarAST.CrossReference,
): Generator<CompletionItem> {
  const property = AstUtils.getContainerOfType(feature, GrammarAST.isAssignment)?.feature;
  if (property === undefined) return;
  const { services } = place.project;
  const reflection = services.shared.AstReflection;
  const container = containerFor(place, node, next, property);
  if (container === undefined) return;
  const info: ReferenceInfo = { reference: { $refText: '', ref: undefined }, container, property };
  const type = reflection.getReferenceType(info);
  const seen = new Set<string>();
  for (const description of services.references.ScopeProvider.getScope(info).getAllElements()) {
    if (type === 'NamedValue' && !isValue(description, node)) continue;
    seen.add(description.name);
    yield itemOf(description, place);
  }
  if (ONLY_NEARBY.has(type)) return;
  for (const { name, type: found, fits: isKind, importPath, file } of namesElsewhere(place.root, services, type)) {
    if (!isKind || seen.has(name)) continue;
    seen.add(name);
    const edit = importEdit(place.root, importPath);
    yield {
      label: name,
      labelDetails: { description: importPath },
      detail: `${kindName(found)}, imported from ${file}`,
      kind: completionKind(found),
      sortText: `3${name}`,
      textEdit: { range: place.range, newText: name },
      additionalTextEdits: [{ range: rangeOf(edit.origin), newText: edit.newText } satisfies TextEdit],
    };
  }
}

/** What is looked up in the surroundings alone is in no other file. */
const ONLY_NEARBY: ReadonlySet<string> = new Set([
  'Activity',
  'Attribute',
  'CategoryOption',
  'SkillLevel',
  'ScaleLevel',
  'NamedValue',
]);

/** Names that say something outside of a call: in one, what is measured may be of any kind. */
const VALUES: ReadonlySet<string> = new Set(['NumberDeclaration', 'Attribute', 'CategoryOption', 'TableVariable']);

function isValue({ type, name }: AstNodeDescription, node: AstNode): boolean {
  return AstUtils.hasContainerOfType(node, ast.isFunctionCall) || (VALUES.has(type) && !name.includes('.'));
}

function itemOf({ name, type, node }: AstNodeDescription, { range }: Place): CompletionItem {
  const title = node !== undefined && 'title' in node && typeof node.title === 'string' ? node.title : undefined;
  const written = name.split('.').map((part) => (/^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(part) ? part : `\`${part}\``));
  return {
    label: name,
    ...(title !== undefined && { labelDetails: { description: title } }),
    detail: kindName(type),
    kind: completionKind(type),
    sortText: `0${name.includes('.') ? '1' : '0'}${name}`,
    textEdit: { range, newText: written.join('.') },
  };
}

/** The node in which a reference would stand: the one that is being written, or a new one inside the right parent. */
function containerFor({ project }: Place, node: AstNode, next: NextFeature, property: string): AstNode | undefined {
  const reflection = project.services.shared.AstReflection;
  if (next.type === undefined) return withProperty(project, node, property) ?? node;
  const parent = next.property === undefined ? node : (withProperty(project, node, next.property) ?? node);
  const created: AstNode & { $containerProperty?: string } = { $type: next.type, $container: parent };
  if (next.property !== undefined) Reflect.set(created, '$containerProperty', next.property);
  AstUtils.assignMandatoryProperties(reflection, created);
  return created;
}

/** The nearest node around a place that can have a property. */
function withProperty(project: EditorProject, node: AstNode, property: string): AstNode | undefined {
  const reflection = project.services.shared.AstReflection;
  for (let current: AstNode | undefined = node; current !== undefined; current = current.$container) {
    if (Object.values(reflection.getTypeMetaData(current.$type).properties).some(({ name }) => name === property))
      return current;
  }
  return undefined;
}
