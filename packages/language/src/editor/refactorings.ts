import { type AstNode, AstUtils } from 'langium';
import type { Range } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { nodesOf, referencesOf } from '../tree/nodes.js';
import { FileEdits, freeName, indentOf, lineEnd, lineStart, reindent } from './edits.js';
import { liftPathway } from './lift.js';
import { isNamed, nodeAt } from './places.js';
import type { EditorProject } from './project.js';

/** A change of form that keeps the meaning, or begins something new from a selection. */
export interface Refactoring {
  readonly title: string;
  readonly kind: 'refactor.extract' | 'refactor.inline' | 'refactor.rewrite' | 'source.organizeImports';
  readonly edits: FileEdits;
}

interface Selection {
  readonly project: EditorProject;
  readonly root: ast.Document;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly edit: () => FileEdits;
}

/** What can be made of a selection. */
export function refactoringsAt(project: EditorProject, file: string, range: Range): Refactoring[] {
  const loaded = project.file(file);
  const root = project.root(file);
  if (loaded === undefined || root === undefined || loaded.document.parseResult.parserErrors.length > 0) return [];
  const { textDocument } = loaded.document;
  const selection: Selection = {
    project,
    root,
    file,
    start: textDocument.offsetAt(range.start),
    end: textDocument.offsetAt(range.end),
    edit: () => new FileEdits(loaded),
  };
  return [
    ...ofActivities(selection),
    ...inlineCall(selection),
    ...nameNumber(selection),
    ...liftToTemplate(selection),
    ...addOtherwise(selection),
    ...organiseImports(selection),
  ];
}

/** Activities that stand one after another in one block and fill the selection. */
function selectedActivities({ root, start, end }: Selection): readonly ast.Activity[] {
  const first = AstUtils.getContainerOfType(nodeAt(root, start), ast.isActivity) ?? firstAfter(root, start, end);
  if (first === undefined) return [];
  const found: ast.Activity[] = [];
  for (const each of siblings(first)) {
    const cst = each.$cstNode;
    if (cst === undefined) continue;
    const isIn = start === end ? each === first : cst.offset < end && cst.end > start;
    if (isIn) found.push(each);
  }
  return found;
}

function firstAfter(root: ast.Document, start: number, end: number): ast.Activity | undefined {
  return nodesOf(root)
    .filter(ast.isActivity)
    .find(({ $cstNode: cst }) => cst !== undefined && cst.offset >= start && cst.offset < end);
}

function siblings(activity: ast.Activity): readonly ast.Activity[] {
  const owner = activity.$container;
  const list: readonly AstNode[] = 'activities' in owner ? owner.activities : 'items' in owner ? owner.items : [];
  return list.filter(ast.isActivity);
}

function ofActivities(selection: Selection): Refactoring[] {
  const chosen = selectedActivities(selection);
  const first = chosen[0]?.$cstNode;
  const last = chosen.at(-1)?.$cstNode;
  if (first === undefined || last === undefined) return [];
  const edits = selection.edit();
  const { text } = edits;
  const indent = indentOf(text, first.offset);
  const from = lineStart(text, first.offset);
  // What shares its line with something else is left as it is.
  if (text.slice(from, first.offset).trim() !== '' || text.slice(last.end, lineEnd(text, last.end)).trim() !== '')
    return [];
  const body = text.slice(from, last.end).replaceAll('\r\n', '\n');
  const deeper = reindent(body, indent, `${indent}  `);
  const found: Refactoring[] = [...extractPathway(selection, chosen, { from, end: last.end, indent, body })];
  const resource = visibleResource(selection);
  if (resource !== undefined) {
    const held = `${indent}hold 1 ${resource} {\n${deeper}\n${indent}}`;
    found.push({
      title: `Wrap in \`hold 1 ${resource}\``,
      kind: 'refactor.rewrite',
      edits: selection.edit().replace(from, last.end, held),
    });
  }
  if (chosen.length > 1) {
    const branches = chosen.map((each, index) => branchOf(each, index, text, indent));
    found.push({
      title: 'Do them at the same time, in `together`',
      kind: 'refactor.rewrite',
      edits: selection.edit().replace(from, last.end, `${indent}together {\n${branches.join('\n')}\n${indent}}`),
    });
  }
  return found;
}

function branchOf(activity: ast.Activity, index: number, text: string, indent: string): string {
  const cst = activity.$cstNode;
  const name = isNamed(activity) ? `${activity.name}Branch` : `Branch${index + 1}`;
  const own = text.slice(lineStart(text, cst?.offset ?? 0), cst?.end ?? 0).replaceAll('\r\n', '\n');
  return `${indent}  branch ${name} {\n${reindent(own, indent, `${indent}    `)}\n${indent}  }`;
}

/** The name of a resource to begin with: one of this file, or one that it refers to. */
function visibleResource({ root }: Selection): string | undefined {
  const own = root.declarations.find(ast.isResource);
  if (own !== undefined) return own.name;
  return referencesOf(root).find(({ reference }) => ast.isResource(reference.ref))?.reference.$refText;
}

interface Extract {
  readonly from: number;
  readonly end: number;
  readonly indent: string;
  readonly body: string;
}

/** Steps become a pathway of their own, which is called where they stood. */
function extractPathway(
  selection: Selection,
  chosen: readonly ast.Activity[],
  { from, end, indent, body }: Extract,
): Refactoring[] {
  const pathway = AstUtils.getContainerOfType(chosen[0], ast.isPathway);
  const after = pathway?.$cstNode?.end;
  if (pathway === undefined || after === undefined || !canMove(chosen, pathway)) return [];
  const name = freeName(selection.root, `${pathway.name}Part`);
  const owner = pathway.items.find(ast.isOwnerProperty)?.$cstNode?.text;
  const text = `\n\npathway ${name} {\n${owner === undefined ? '' : `  ${owner}\n`}${reindent(body, indent, '  ')}\n}`;
  return [
    {
      title: `Move to a pathway \`${name}\` that is called here`,
      kind: 'refactor.extract',
      edits: selection.edit().replace(from, end, `${indent}call ${name}`).insert(after, text),
    },
  ];
}

/** Whether activities lean on nothing of the pathway around them, and it on nothing of theirs. */
function canMove(chosen: readonly ast.Activity[], pathway: ast.Pathway): boolean {
  const moved = new Set(chosen.flatMap((each) => nodesOf(each)));
  if ([...moved].some((node) => ast.isRelease(node))) return false;
  return referencesOf(pathway).every(({ container, reference }) => {
    const target = reference.ref;
    if (target === undefined || AstUtils.getContainerOfType(target, ast.isPathway) !== pathway) return true;
    return target === pathway || moved.has(container) === moved.has(target);
  });
}

/** A call gives way to what the pathway does; the pathway goes where nothing else needs it. */
function inlineCall(selection: Selection): Refactoring[] {
  const call = AstUtils.getContainerOfType(nodeAt(selection.root, selection.start), ast.isCall);
  const target = call?.pathway.ref;
  const place = call?.$cstNode;
  if (call === undefined || place === undefined || target?.$container !== selection.root) return [];
  const activities = target.items.filter(ast.isActivity);
  const caller = AstUtils.getContainerOfType(call, ast.isPathway);
  const firstCst = activities[0]?.$cstNode;
  const lastCst = activities.at(-1)?.$cstNode;
  if (firstCst === undefined || lastCst === undefined || caller === undefined || caller === target) return [];
  const taken = new Set(nodesOf(caller).flatMap((node) => (ast.isActivity(node) && isNamed(node) ? [node.name] : [])));
  const clash = nodesOf(target).some(
    (node) => ast.isActivity(node) && isNamed(node) && !ast.isFinish(node) && taken.has(node.name),
  );
  if (clash) return [];
  const edits = selection.edit();
  const { text } = edits;
  const indent = indentOf(text, place.offset);
  const isAlone = text.slice(lineStart(text, place.offset), place.offset).trim() === '';
  const inner = indentOf(text, firstCst.offset);
  const body = text.slice(lineStart(text, firstCst.offset), lastCst.end).replaceAll('\r\n', '\n');
  const deeper = isAlone ? indent : `${indent}  `;
  const inlined = reindent(body, inner, deeper);
  edits.replace(
    isAlone ? lineStart(text, place.offset) : place.offset,
    place.end,
    isAlone ? inlined : `\n${inlined}\n${indent}`,
  );
  const uses = selection.project.roots
    .flatMap(({ root }) => referencesOf(root))
    .filter(({ reference }) => reference.$refText.includes(target.name) && leadsInto(reference.ref, target));
  if (uses.length === 1 && target.entries.length === 0) edits.remove(target);
  return [{ title: `Write out what \`${target.name}\` does`, kind: 'refactor.inline', edits }];
}

function leadsInto(node: AstNode | undefined, pathway: ast.Pathway): boolean {
  return node !== undefined && (node === pathway || AstUtils.getContainerOfType(node, ast.isPathway) === pathway);
}

/** A number in an expression gets a name, so that scenarios can set it and a source can stand beside it. */
function nameNumber(selection: Selection): Refactoring[] {
  const literal = nodeAt(selection.root, selection.start);
  const cst = literal.$cstNode;
  if (!ast.isNumberLiteral(literal) || cst === undefined || !isExpressionPlace(literal)) return [];
  const declaration = topLevel(literal);
  if (declaration?.$cstNode === undefined || ast.isNumberDeclaration(declaration)) return [];
  const name = freeName(selection.root, suggestedName(literal));
  const edits = selection.edit();
  const before = lineStart(edits.text, commentStart(edits.text, declaration.$cstNode.offset));
  edits.insert(before, `number ${name} = ${cst.text}\n\n`).replace(cst.offset, cst.end, name);
  return [{ title: `Give it a name: \`number ${name}\``, kind: 'refactor.extract', edits }];
}

/** A doc comment belongs to the declaration after it. */
function commentStart(text: string, offset: number): number {
  const comment = /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*$/.exec(text.slice(0, offset));
  return comment === null ? offset : comment.index;
}

/** Where the grammar wants a number and nothing else, a name cannot stand. */
function isExpressionPlace(literal: ast.NumberLiteral): boolean {
  const { $container: owner } = literal;
  return (
    !ast.isBranch(owner) && !ast.isCategoryOption(owner) && !ast.isCrisisProperty(owner) && !ast.isScheduleRule(owner)
  );
}

function topLevel(node: AstNode): ast.Declaration | undefined {
  let current: AstNode | undefined = node;
  while (current !== undefined && !ast.isDocument(current.$container)) current = current.$container;
  return ast.isDeclaration(current) ? current : undefined;
}

function suggestedName(literal: ast.NumberLiteral): string {
  let owner: AstNode | undefined = literal.$container;
  let property = '';
  while (owner !== undefined && !isNamed(owner)) {
    property ||= PROPERTY_WORDS[owner.$type] ?? '';
    owner = owner.$container;
  }
  const name = owner !== undefined && isNamed(owner) ? owner.name : '';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}${property === '' ? 'Value' : property}`;
}

const PROPERTY_WORDS: Readonly<Record<string, string>> = {
  TakesProperty: 'Time',
  WithinProperty: 'Limit',
  WaitsProperty: 'Patience',
  CostProperty: 'Cost',
  CostsProperty: 'Cost',
  ArrivesProperty: 'Arrivals',
  AbsentProperty: 'Absence',
  ContractProperty: 'Contract',
  RunProperty: 'Length',
};

/** A pathway becomes a template that is deployed where the pathway was; offered at its first line. */
function liftToTemplate({ project, root, start, edit }: Selection): Refactoring[] {
  const at = nodeAt(root, start);
  const pathway = ast.isPathway(at) ? at : undefined;
  if (pathway === undefined) return [];
  const lift = liftPathway(project, pathway, false);
  const changes = typeof lift === 'string' ? undefined : [...lift.edits.values()];
  if (changes?.length !== 1) return [];
  const edits = edit().take(changes[0] ?? []);
  return [{ title: `Make a template of \`${pathway.name}\`, deployed here`, kind: 'refactor.rewrite', edits }];
}

/** A choice by shares gets a branch for the rest. */
function addOtherwise(selection: Selection): Refactoring[] {
  const choose = AstUtils.getContainerOfType(nodeAt(selection.root, selection.start), ast.isChoose);
  if (choose === undefined || choose.branches.some(({ otherwise }) => otherwise)) return [];
  return [
    {
      title: 'Add a branch for all others',
      kind: 'refactor.rewrite',
      edits: selection.edit().insertInBlock(choose, 'otherwise { }'),
    },
  ];
}

/** Imports in order, the library first, then packages, then the project's own files; each once, without unused ones. */
function organiseImports({ root, edit, project, file }: Selection): Refactoring[] {
  const { imports } = root;
  const first = imports[0]?.$cstNode;
  const last = imports.at(-1)?.$cstNode;
  if (first === undefined || last === undefined) return [];
  const edits = edit();
  // A comment between imports says something about its place.
  if (/\/\/|\/\*/.test(edits.text.slice(first.offset, last.end))) return [];
  const unused = new Set(
    (project.latest?.diagnostics ?? [])
      .filter(({ code, range }) => code === 'PW2005' && range.file === file)
      .map(({ range }) => range.line),
  );
  const kept = imports.filter(({ $cstNode: cst }) => cst !== undefined && !unused.has(cst.range.start.line + 1));
  const texts = new Map(
    kept.map((each) => [`import "${each.path}"${each.name === undefined ? '' : ` as ${each.name}`}`, each.path]),
  );
  const ordered = [...texts]
    .sort(([, a], [, b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0))
    .map(([text]) => text);
  const before = edits.text.slice(first.offset, last.end).replaceAll('\r\n', '\n');
  const after = ordered.join('\n');
  if (before === after) return [];
  return [
    { title: 'Organise imports', kind: 'source.organizeImports', edits: edits.replace(first.offset, last.end, after) },
  ];
}

function rank(path: string): number {
  if (path.startsWith('std/')) return 0;
  return path.startsWith('.') ? 2 : 1;
}
