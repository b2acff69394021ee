import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import * as ast from '../generated/ast.js';
import { nodesOf } from '../tree/nodes.js';
import { noteInside } from '../tree/reads.js';

/** A node that can be referred to by a name. */
export type NamedNode = AstNode & { readonly name?: string };

/** Activities that others may refer to by their names. */
export type NamedActivity = ast.Step | ast.Hold | ast.Choose | ast.Race | ast.Gather | ast.Wait;

/** Found once per pathway: a changed text is parsed to new nodes, so an entry never goes stale. */
const activitiesByOwner = new WeakMap<ast.Pathway | ast.Response, readonly NamedActivity[]>();

/** Activities with a name of their own, however deeply nested, in textual order. */
export function namedActivities(owner: ast.Pathway | ast.Response): readonly NamedActivity[] {
  noteInside(owner);
  const known = activitiesByOwner.get(owner);
  if (known !== undefined) return known;
  const found = nodesOf(owner)
    .filter((node) => isNamedActivity(node))
    .filter((node) => node.name !== undefined);
  activitiesByOwner.set(owner, found);
  return found;
}

function isNamedActivity(node: AstNode): node is NamedActivity {
  return (
    ast.isStep(node) ||
    ast.isHold(node) ||
    ast.isChoose(node) ||
    ast.isRace(node) ||
    ast.isGather(node) ||
    ast.isWait(node)
  );
}

/** The pathway that a place belongs to: the one around it, or the one that the response around it adapts. */
export function pathwayAt(node: AstNode): ast.Pathway | undefined {
  const around = AstUtils.getContainerOfType(node, ast.isPathway);
  // A response's own reference to its pathway is looked up from outside.
  if (ast.isResponse(node)) return undefined;
  return around ?? AstUtils.getContainerOfType(node, ast.isResponse)?.pathway?.ref;
}

/** The activities that a place can name: those of its pathway, after those that the response around it brings. */
export function activitiesAt(node: AstNode): readonly NamedActivity[] {
  const response = AstUtils.getContainerOfType(node, ast.isResponse);
  const pathway = pathwayAt(node);
  return [
    ...(response === undefined ? [] : namedActivities(response)),
    ...(pathway === undefined ? [] : namedActivities(pathway)),
  ];
}

/** What a template needs of the place that it is deployed in, as elements that stand for those of the place. */
export function neededBy(pathway: ast.Pathway): readonly NeededNode[] {
  return pathway.items.filter(ast.isRequirement).flatMap(({ elements }) => elements);
}

/** An element of a template that stands for one of the place, or a number that the place may say. */
export type NeededNode = ast.Requirement['elements'][number];

/** The attributes that a cohort declares, in order. */
export function attributesOf(cohort: ast.Cohort): readonly ast.Attribute[] {
  return cohort.properties.flatMap((property) => {
    if (ast.isAttributeTable(property)) return property.columns;
    return ast.isAttribute(property) ? [property] : [];
  });
}

/** The categories an attribute can take: the options of every `one of` in its value, first mention first. */
export function categoriesOf(attribute: ast.Attribute): readonly ast.CategoryOption[] {
  return nodesOf(attribute).filter(ast.isCategoryOption);
}

/** The cohorts that enter a pathway, as far as they are known. */
export function cohortsOf(pathway: ast.Pathway): readonly ast.Cohort[] {
  return pathway.entries.map((entry) => entry.cohort.ref).filter((cohort) => cohort !== undefined);
}

/**
 * What a file declares, by the name under which others refer to it: `Name` for declarations, `Pathway.Step` and
 * `Cohort.attribute` for what stands inside, and the plain name of the latter too.
 */
export function* exportedSymbols(root: ast.Document): Generator<{ readonly name: string; readonly node: NamedNode }> {
  for (const declaration of root.declarations) {
    const name = 'name' in declaration ? declaration.name : undefined;
    if (name !== undefined) yield { name, node: declaration };
    for (const node of innerSymbols(declaration)) {
      if (node.name === undefined) continue;
      yield { name: node.name, node };
      if (name !== undefined) yield { name: `${name}.${node.name}`, node };
    }
    // What a template needs has a plain name inside of it only.
    for (const node of qualifiedOnly(declaration)) {
      if (node.name !== undefined && name !== undefined) yield { name: `${name}.${node.name}`, node };
    }
  }
}

/** What has no name without that of what holds it: levels of scales, stages of instruments. */
function qualifiedOnly(declaration: ast.Declaration): readonly NamedNode[] {
  if (ast.isScale(declaration)) return declaration.levels;
  if (ast.isInstrument(declaration)) return declaration.properties.filter(ast.isStageProperty);
  return ast.isPathway(declaration) ? neededBy(declaration) : [];
}

function innerSymbols(declaration: ast.Declaration): readonly NamedNode[] {
  if (ast.isInstrument(declaration)) return declaration.properties.filter(ast.isMaturityDimension);
  if (ast.isCohort(declaration)) {
    return attributesOf(declaration).flatMap((attribute) => [attribute, ...categoriesOf(attribute)]);
  }
  if (ast.isPathway(declaration) || ast.isResponse(declaration)) {
    const inner: NamedNode[] = [...namedActivities(declaration)];
    const outcomes = new Set<string>();
    for (const node of nodesOf(declaration)) {
      if ((ast.isBranch(node) || ast.isTogetherBranch(node) || ast.isTogether(node)) && node.name !== undefined)
        inner.push(node);
      if (ast.isFinish(node) && !outcomes.has(node.name)) {
        outcomes.add(node.name);
        inner.push(node);
      }
    }
    return inner;
  }
  return [];
}
