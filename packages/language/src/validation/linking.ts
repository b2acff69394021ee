import type { AstNode, AstNodeDescription, LangiumCoreServices, LangiumDocument, ReferenceInfo } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { LIBRARY_TEXTS } from '../library/generated/texts.js';
import { PathwayScopeProvider } from '../scope/scope-provider.js';
import { fileOf } from '../workspace/files.js';
import { referencesOf } from '../tree/nodes.js';
import { importedUri } from '../workspace/imports.js';
import { relativeImport } from '../workspace/paths.js';
import type { ValidationContext } from './context.js';
import { originOf, originOfProperty } from './places.js';
import { isShared } from './unused.js';
import { describeUnresolved, type NameElsewhere, type NameInSight } from './unresolved.js';

/** What is wrong with the names by which linked files refer to things: unknown, of the wrong kind, or ambiguous. */
export function validateNames(documents: readonly LangiumDocument[], services: LangiumCoreServices): Diagnostic[] {
  const roots = documents.map((document) => document.parseResult.value).filter(ast.isDocument);
  return roots.flatMap((root) => [...namesResolve(root, services), ...namesAreUnambiguous(root, services)]);
}

/** Every name of a file that refers to nothing, each with what was probably meant. */
function* namesResolve(root: ast.Document, services: LangiumCoreServices): Generator<Diagnostic> {
  let known: KnownNames | undefined;
  for (const info of referencesOf(root)) {
    if (info.reference.ref !== undefined || isWordOfCost(info.container) || followsAnUnresolvedName(info)) continue;
    known ??= new KnownNames(root, services);
    const type = services.shared.AstReflection.getReferenceType(info);
    const text = info.reference.$refText;
    if (known.isDeclaredInBrokenText(text)) continue;
    const { container, property, index } = info;
    const told = describeUnresolved(
      { container, property, index, text, type },
      known.visible(info, type),
      known.elsewhere(type),
    );
    // What is in no file that the text sees may be in the one that its import misspelt: that is the mistake to mend.
    if (known.lacksAnImport && (told.code === 'PW2013' || (told.code === 'PW2001' && told.fixes === undefined)))
      continue;
    yield told;
  }
}

/** The names of a type in files that a file does not import, of the project and of the shipped library. */
export function namesElsewhere(
  root: ast.Document,
  services: LangiumCoreServices,
  type: string,
): readonly NameElsewhere[] {
  return new KnownNames(root, services).elsewhere(type);
}

/** `cost(steps)` takes a word of its own, which names nothing. */
function isWordOfCost(node: AstNode): boolean {
  const call = ast.isNameReference(node) && ast.isArgument(node.$container) ? node.$container.$container : undefined;
  return call?.function === 'cost';
}

/** What is looked up inside something that is unknown itself brings no second message. */
function followsAnUnresolvedName({ container, property }: ReferenceInfo): boolean {
  if (ast.isSettingMember(container)) {
    const setting = container.$container;
    const before = setting.members.slice(0, setting.members.indexOf(container));
    return [setting.element, ...before.map((member) => member.element)].some(
      (reference) => reference !== undefined && reference.ref === undefined,
    );
  }
  if (property === 'level' && (ast.isHeldSkill(container) || ast.isSkillTarget(container)))
    return container.skill?.ref === undefined;
  if ((property === 'level' || property === 'least') && followsAnUnresolvedScale(container)) return true;
  if (ast.isCase(container) && property === 'values') return container.$container?.attribute?.ref === undefined;
  if (ast.isBranch(container) && property === 'subjects') {
    const attribute = container.$container?.attribute;
    return attribute !== undefined && attribute.ref === undefined;
  }
  return false;
}

function followsAnUnresolvedScale(node: AstNode): boolean {
  if (ast.isTrigger(node) || ast.isAllowPatch(node) || ast.isCard(node)) return node.scale?.ref === undefined;
  if (ast.isScoreLevel(node) || ast.isCountedLevel(node)) return node.$container?.scale?.ref === undefined;
  // A trigger or response has no levels, which is told of itself.
  const names = ast.isActivation(node) || ast.isStateInForce(node);
  return names && !ast.isScale(node.on?.ref) && !ast.isGauge(node.on?.ref);
}

/** Names that a file sees and does not see, gathered when the first one is missing. */
class KnownNames {
  private readonly document: LangiumDocument;
  private readonly all: readonly AstNodeDescription[];

  constructor(
    private readonly root: ast.Document,
    private readonly services: LangiumCoreServices,
  ) {
    this.document = AstUtils.getDocument(root);
    this.all = services.shared.workspace.IndexManager.allElements().toArray();
  }

  visible(info: ReferenceInfo, type: string): readonly NameInSight[] {
    const { ScopeProvider } = this.services.references;
    const fitting = ScopeProvider.getScope(info).getAllElements().toArray();
    const everything = ScopeProvider instanceof PathwayScopeProvider ? ScopeProvider.visibleFrom(this.document) : [];
    const fits = new Set(fitting.map((each) => each.name));
    return [
      ...fitting.map((each) => ({ name: each.name, type: each.type, fits: true })),
      ...everything
        .filter((each) => !fits.has(each.name))
        .map((each) => ({ name: each.name, type: each.type, fits: this.isA(each.type, type) && !isNested(each) })),
    ];
  }

  elsewhere(type: string): readonly NameElsewhere[] {
    const own = this.document.uri.toString();
    const imported = new Set(this.root.imports.map((each) => importedUri(this.document.uri, each.path)?.toString()));
    const loaded = this.all
      .filter(({ documentUri }) => documentUri.toString() !== own && !imported.has(documentUri.toString()))
      .filter((each) => !isNested(each))
      .flatMap((each): NameElsewhere[] => {
        const file = fileOf(each.documentUri);
        const importPath = relativeImport(fileOf(this.document.uri), file);
        if (importPath === undefined) return [];
        return [{ name: each.name, type: each.type, fits: this.isA(each.type, type), file, importPath }];
      });
    return [...loaded, ...this.inLibrary(type)];
  }

  /** The shipped library may not be loaded; its declarations begin their lines with what they are. */
  private inLibrary(type: string): NameElsewhere[] {
    return [...LIBRARY_TEXTS].flatMap(([path, text]) =>
      [...text.matchAll(/^(source|skill|role|shift|number|organisation|scale) ([A-Za-z]\w*)/gm)].map(
        ([, keyword = '', name = '']) => {
          const declared = LIBRARY_TYPES.get(keyword) ?? '';
          const importPath = path.replace(/\.pathway$/, '');
          return { name, type: declared, fits: this.isA(declared, type), file: `library:${path}`, importPath };
        },
      ),
    );
  }

  /** True when an import that brings plain names into the file leads nowhere. */
  get lacksAnImport(): boolean {
    const { LangiumDocuments } = this.services.shared.workspace;
    return this.root.imports.some(({ path, name }) => {
      const uri = importedUri(this.document.uri, path);
      return path !== undefined && name === undefined && (uri === undefined || !LangiumDocuments.hasDocument(uri));
    });
  }

  /** True when a text with syntax errors seems to declare the name: the error there is the one to mend. */
  isDeclaredInBrokenText(name: string): boolean {
    const escaped = name.replace(/[^A-Za-z0-9_]/g, '\\$&');
    const declared = new RegExp(`\\b(${DECLARING.join('|')})\\s+\`?${escaped}(?![A-Za-z0-9_])`);
    return this.services.shared.workspace.LangiumDocuments.all.some(
      (document) => isBroken(document) && declared.test(document.textDocument.getText()),
    );
  }

  private isA(type: string, wanted: string): boolean {
    return this.services.shared.AstReflection.isSubtype(type, wanted);
  }
}

const LIBRARY_TYPES: ReadonlyMap<string, string> = new Map([
  ['source', 'Source'],
  ['skill', 'Skill'],
  ['role', 'Role'],
  ['shift', 'Shift'],
  ['number', 'NumberDeclaration'],
  ['organisation', 'Organisation'],
  ['scale', 'Scale'],
]);

const DECLARING = [
  'source',
  'territory',
  'organisation',
  'skill',
  'role',
  'shift',
  'as',
  'resource',
  'number',
  'cohort',
  'attribute',
  'scale',
  'signal',
  'gauge',
  'trigger',
  'crisis',
  'response',
  'pathway',
  'step',
  'hold',
  'choose',
  'finish',
  'indicator',
  'scenario',
  'study',
  'of',
  ',',
];

/** True for a file with mistakes of syntax, of which parts may be missing from the tree. */
export function isBroken(document: LangiumDocument): boolean {
  const { lexerErrors, parserErrors } = document.parseResult;
  return lexerErrors.length > 0 || parserErrors.length > 0;
}

const NESTED = ['Step', 'Hold', 'Choose', 'Race', 'Gather', 'Wait', 'Branch', 'Finish', 'Attribute', 'CategoryOption'];

function isNested({ type }: AstNodeDescription): boolean {
  return NESTED.includes(type);
}

/** Every import brings something that the file uses. Whoever makes a package is told where it is made. */
export function* importsAreUsed(root: ast.Document, context: ValidationContext): Generator<Diagnostic> {
  if (isShared(root)) return;
  if (root.imports.length === 0 || root.declarations.length === 0) return;
  const { uri } = AstUtils.getDocument(root);
  const used = new Set<AstNode | string>();
  for (const { reference } of referencesOf(root)) {
    const target = reference.ref;
    if (target === undefined) continue;
    used.add(target);
    used.add(AstUtils.getDocument(target).uri.toString());
  }
  const seen = new Set<string>();
  for (const statement of root.imports) {
    const target = importedUri(uri, statement.path ?? '')?.toString();
    if (target === undefined || !context.isLoaded(target)) continue;
    const isRepeated = seen.has(target) && statement.name === undefined;
    seen.add(target);
    if (!isRepeated && (used.has(target) || used.has(statement))) continue;
    const range = originOf(statement);
    const line = { ...range, column: 1, endLine: range.line + 1, endColumn: 1 };
    yield createDiagnostic('PW2005', { path: statement.path }, originOfProperty(statement, 'path'), {
      fixes: [{ title: 'Remove the import', edits: [{ origin: line, newText: '' }] }],
    });
  }
}

/** A plain name comes from one imported file only. */
function* namesAreUnambiguous(root: ast.Document, services: LangiumCoreServices): Generator<Diagnostic> {
  const { ScopeProvider } = services.references;
  if (root.imports.length < 2 || !(ScopeProvider instanceof PathwayScopeProvider)) return;
  const document = AstUtils.getDocument(root);
  const own = document.uri.toString();
  const byName = new Map<string, AstNodeDescription[]>();
  for (const description of ScopeProvider.visibleFrom(document)) {
    if (isNested(description)) continue;
    const alike = byName.get(description.name) ?? [];
    byName.set(description.name, alike);
    alike.push(description);
  }
  for (const info of referencesOf(root)) {
    const found = byName.get(info.reference.$refText);
    const target = info.reference.ref;
    if (found === undefined || found.length < 2 || target === undefined || !found.some((each) => each.node === target))
      continue;
    if (found.some((each) => each.documentUri.toString() === own)) continue;
    const type = services.shared.AstReflection.getReferenceType(info);
    const files = found
      .filter((each) => services.shared.AstReflection.isSubtype(each.type, type))
      .map((each) => fileOf(each.documentUri));
    const different = [...new Set(files)].sort();
    if (different.length < 2) continue;
    const params = { name: info.reference.$refText, files: different.map((file) => `\`${file}\``).join(' or ') };
    yield createDiagnostic('PW2008', params, originOfProperty(info.container, info.property, info.index));
  }
}
