import { type AstNode, GrammarUtils } from 'langium';
import type { Range } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { attributesOf, categoriesOf, cohortsOf } from '../scope/symbols.js';
import { nodesOf, type PlacedReference, referencesOf } from '../tree/nodes.js';
import { fileOfNode } from '../validation/places.js';
import { importedUri } from '../workspace/imports.js';
import { cstRange, isNamed, nameNode, ownerOf, segmentsOf, travelCalls } from './places.js';
import type { EditorProject } from './project.js';

/** A place where something is named. */
export interface Mention {
  readonly file: string;
  /** The name itself, without what qualifies it. */
  readonly range: Range;
  readonly isDeclaration: boolean;
}

/**
 * Every place that names a thing: where it is declared, where it is referred to, where it qualifies another name. What
 * is one thing in several places (the same outcome, the same attribute of several cohorts) is found in all of them.
 * @param only a file to look in alone
 */
export function mentionsOf(project: EditorProject, target: AstNode, only?: string): readonly Mention[] {
  const same = new Set(alike(project, target));
  const names = new Set([...same].flatMap((node) => (isNamed(node) ? [node.name] : [])));
  const found: Mention[] = [];
  for (const node of same) {
    const file = fileOfNode(node);
    const name = nameNode(node);
    if (name !== undefined && (only === undefined || only === file))
      found.push({ file, range: cstRange(name), isDeclaration: true });
  }
  for (const { file, root } of project.roots) {
    if (only !== undefined && only !== file) continue;
    const document = project.file(file)?.document.textDocument;
    if (document === undefined) continue;
    for (const placed of referencesOf(root)) {
      if (![...names].some((name) => placed.reference.$refText.includes(name))) continue;
      for (const { offset, length } of segmentsNaming(placed, same)) {
        const range = { start: document.positionAt(offset), end: document.positionAt(offset + length) };
        found.push({ file, range, isDeclaration: false });
      }
    }
    found.push(...callsOf(project, root, same).map((range) => ({ file, range, isDeclaration: false })));
  }
  return found;
}

function callsOf(project: EditorProject, root: ast.Document, same: ReadonlySet<AstNode>): Range[] {
  if (![...same].some(ast.isTravel)) return [];
  const calls = travelCalls(project);
  return nodesOf(root)
    .filter(ast.isFunctionCall)
    .filter((call) => {
      const travel = calls.of(call);
      return travel !== undefined && same.has(travel);
    })
    .map((call) => cstRange(GrammarUtils.findNodeForProperty(call.$cstNode, 'function')));
}

function segmentsNaming(
  { reference, container }: PlacedReference,
  same: ReadonlySet<AstNode>,
): { readonly offset: number; readonly length: number }[] {
  const segments = segmentsOf(reference.$refText, reference.$refNode);
  const last = segments.at(-1);
  const target = reference.ref;
  if (target === undefined || last === undefined) return [];
  const found = same.has(target) ? [last] : [];
  const before = segments.at(-2);
  if (before === undefined) return found;
  const owner = ownerOf(target);
  if (owner !== undefined && same.has(owner) && owner.name === before.name) found.push(before);
  const first = segments[0];
  for (const node of same) {
    if (first !== undefined && ast.isImport(node) && node.$container === rootOf(container) && first.name === node.name)
      found.push(first);
  }
  return found;
}

function rootOf(node: AstNode): AstNode {
  return node.$container === undefined ? node : rootOf(node.$container);
}

/** All nodes that are one thing with a node. */
function alike(project: EditorProject, target: AstNode): readonly AstNode[] {
  if (ast.isFinish(target)) {
    const owner = ownerOf(target);
    return owner === undefined
      ? [target]
      : nodesOf(owner).filter((node) => ast.isFinish(node) && node.name === target.name);
  }
  if (ast.isAttribute(target)) return attributesLike(project, target);
  if (ast.isCategoryOption(target)) {
    const attribute = attributeOf(target);
    if (attribute === undefined) return [target];
    const options = attributesLike(project, attribute).flatMap((each) => categoriesOf(each));
    return options.filter(({ name }) => name === target.name);
  }
  return [target];
}

function attributeOf(option: ast.CategoryOption): ast.Attribute | undefined {
  let node: AstNode | undefined = option;
  while (node !== undefined && !ast.isAttribute(node)) node = node.$container;
  return node;
}

/** The attribute of that name of every cohort that goes through a pathway with this one's, directly or by others. */
function attributesLike(project: EditorProject, attribute: ast.Attribute): readonly ast.Attribute[] {
  const groups = project.roots.flatMap(({ root }) => root.declarations.filter(ast.isPathway).map(cohortsOf));
  const cohorts = new Set<ast.Cohort>();
  const open = [ownerOf(attribute)].filter((owner) => ast.isCohort(owner));
  for (let cohort = open.pop(); cohort !== undefined; cohort = open.pop()) {
    if (cohorts.has(cohort)) continue;
    cohorts.add(cohort);
    if (!attributesOf(cohort).some(({ name }) => name === attribute.name)) continue;
    for (const group of groups) if (group.includes(cohort)) open.push(...group);
  }
  return [...cohorts].flatMap((cohort) => attributesOf(cohort).filter(({ name }) => name === attribute.name));
}

/** How often something is referred to elsewhere. */
export function countMentions(project: EditorProject, target: AstNode): number {
  return mentionsOf(project, target).filter(({ isDeclaration }) => !isDeclaration).length;
}

/** The files that import a file. */
export function importersOf(
  project: EditorProject,
  uri: string,
): readonly { readonly file: string; readonly statement: ast.Import }[] {
  return project.roots.flatMap(({ file, root }) => {
    const from = project.file(file)?.document.uri;
    if (from === undefined) return [];
    return root.imports
      .filter(({ path }) => importedUri(from, path)?.toString() === uri)
      .map((statement) => ({ file, statement }));
  });
}
