import { type AstNode, AstUtils } from 'langium';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentHighlight,
  Location,
  LocationLink,
  Position,
  Range,
} from 'vscode-languageserver-types';
import { DocumentHighlightKind, SymbolKind } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { nodesOf } from '../tree/nodes.js';
import { fileOfNode } from '../validation/places.js';
import { importedUri } from '../workspace/imports.js';
import { fileOf } from '../workspace/files.js';
import {
  aroundPlace,
  cstRange,
  declarationLocation,
  EMPTY_RANGE,
  headRange,
  meantAt,
  type Spot,
  spotAt,
} from './places.js';
import type { EditorProject } from './project.js';
import { mentionsOf } from './mentions.js';

/** Where what a name means is declared. */
export function definitionAt(project: EditorProject, file: string, position: Position): LocationLink[] {
  const spot = spotAt(project, file, position);
  if (spot === undefined) return [];
  const imported = importAt(spot);
  if (imported !== undefined) return [imported];
  const meant = meantAt(spot);
  if (meant === undefined) return [];
  return [linkTo(project, meant.target, meant.range)];
}

/** Where the kind of a thing is declared: the role of staff, the skill of a level, the cohort of an attribute. */
export function typeDefinitionAt(project: EditorProject, file: string, position: Position): LocationLink[] {
  const spot = spotAt(project, file, position);
  const meant = spot && meantAt(spot);
  if (meant === undefined) return [];
  return typesOf(meant.target).map((node) => linkTo(project, node, meant.range));
}

function typesOf(node: AstNode): readonly AstNode[] {
  const found = ((): (AstNode | undefined)[] => {
    if (ast.isStaff(node)) return [node.role.ref];
    if (ast.isSkillLevel(node)) return [AstUtils.getContainerOfType(node, ast.isSkill)];
    if (ast.isScaleLevel(node)) return [node.$container];
    if (ast.isGauge(node)) return [node.scale.ref];
    if (ast.isTrigger(node)) return [node.scale?.ref];
    if (ast.isResponse(node)) return [node.pathway?.ref];
    if (ast.isPathway(node)) return node.entries.map(({ cohort }) => cohort.ref);
    if (ast.isAttribute(node) || ast.isCategoryOption(node)) return [AstUtils.getContainerOfType(node, ast.isCohort)];
    if (ast.isHold(node))
      return node.needs.flatMap(({ targets }) =>
        targets.map((target) => (ast.isHoldableTarget(target) ? target.holdable.ref : target.skill.ref)),
      );
    if (ast.isRole(node))
      return node.properties.filter(ast.isHasProperty).flatMap(({ skills }) => skills.map(({ skill }) => skill.ref));
    return [];
  })();
  return found.filter((each) => each !== undefined);
}

function linkTo(project: EditorProject, node: AstNode, from: Range): LocationLink {
  return {
    originSelectionRange: from,
    targetUri: project.uriOf(fileOfNode(node)),
    targetRange: cstRange(node.$cstNode),
    targetSelectionRange: headRange(node),
  };
}

function importAt({ project, root, offset, file }: Spot): LocationLink | undefined {
  const statement = root.imports.find(
    ({ $cstNode: cst }) => cst !== undefined && cst.offset <= offset && offset <= cst.end,
  );
  const document = project.file(file)?.document;
  const uri = statement && document && importedUri(document.uri, statement.path);
  if (uri === undefined || project.file(fileOf(uri)) === undefined) return undefined;
  return {
    originSelectionRange: cstRange(statement?.$cstNode),
    targetUri: project.uriOf(fileOf(uri)),
    targetRange: EMPTY_RANGE,
    targetSelectionRange: EMPTY_RANGE,
  };
}

/** Every place that names the same thing. */
export function referencesAt(
  project: EditorProject,
  file: string,
  position: Position,
  includeDeclaration: boolean,
): Location[] {
  const spot = spotAt(project, file, position);
  const meant = spot && meantAt(spot);
  if (meant === undefined) return [];
  return mentionsOf(project, meant.target)
    .filter(({ isDeclaration }) => includeDeclaration || !isDeclaration)
    .map((mention) => ({ uri: project.uriOf(mention.file), range: mention.range }));
}

/** The places in the same file that name the same thing. */
export function highlightsAt(project: EditorProject, file: string, position: Position): DocumentHighlight[] {
  const spot = spotAt(project, file, position);
  const meant = spot && meantAt(spot);
  if (meant === undefined) return [];
  return mentionsOf(project, meant.target, file).map(({ range, isDeclaration }) => ({
    range,
    kind: isDeclaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

/** The pathway around or named at a place, for the hierarchy of calls. */
export function callHierarchyAt(project: EditorProject, file: string, position: Position): CallHierarchyItem[] {
  const spot = spotAt(project, file, position);
  if (spot === undefined) return [];
  const target = meantAt(spot)?.target;
  const pathway = ast.isPathway(target) ? target : aroundPlace(spot.root, spot.offset, ast.isPathway);
  return pathway === undefined ? [] : [itemOf(project, pathway)];
}

function itemOf(project: EditorProject, node: ast.Pathway | ast.Response): CallHierarchyItem {
  const { uri, range } = declarationLocation(project, node);
  return {
    name: node.name,
    kind: ast.isPathway(node) ? SymbolKind.Class : SymbolKind.Event,
    ...(node.title !== undefined && { detail: node.title }),
    uri,
    range: cstRange(node.$cstNode),
    selectionRange: range,
  };
}

/** Who calls a pathway. */
export function incomingCalls(project: EditorProject, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const pathway = pathwayOf(project, item);
  if (pathway === undefined) return [];
  const found = new Map<ast.Pathway | ast.Response, Range[]>();
  for (const { root } of project.roots) {
    for (const call of nodesOf(root).filter(ast.isCall)) {
      if (call.pathway.$refText.split('.').at(-1) !== pathway.name || call.pathway.ref !== pathway) continue;
      const caller = callerOf(call);
      if (caller !== undefined) found.set(caller, [...(found.get(caller) ?? []), cstRange(call.$cstNode)]);
    }
  }
  return [...found].map(([from, fromRanges]) => ({ from: itemOf(project, from), fromRanges }));
}

/** Whom a pathway calls. */
export function outgoingCalls(project: EditorProject, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const caller = pathwayOf(project, item);
  if (caller === undefined) return [];
  const found = new Map<ast.Pathway, Range[]>();
  for (const call of nodesOf(caller).filter(ast.isCall)) {
    const to = call.pathway.ref;
    if (to !== undefined) found.set(to, [...(found.get(to) ?? []), cstRange(call.$cstNode)]);
  }
  return [...found].map(([to, fromRanges]) => ({ to: itemOf(project, to), fromRanges }));
}

function callerOf(call: ast.Call): ast.Pathway | ast.Response | undefined {
  return AstUtils.getContainerOfType(
    call.$container,
    (node): node is ast.Pathway | ast.Response => ast.isPathway(node) || ast.isResponse(node),
  );
}

function pathwayOf(
  project: EditorProject,
  { uri, selectionRange }: CallHierarchyItem,
): ast.Pathway | ast.Response | undefined {
  const entry = project.roots.find(({ file }) => project.uriOf(file) === uri);
  return entry?.root.declarations
    .filter((node) => ast.isPathway(node) || ast.isResponse(node))
    .find((node) => {
      const { start } = headRange(node);
      return start.line === selectionRange.start.line && start.character === selectionRange.start.character;
    });
}
