import type { AstNode, AstNodeDescription, LangiumCoreServices, LangiumDocument, ReferenceInfo, Scope } from 'langium';
import { AstUtils, DefaultScopeProvider, EMPTY_SCOPE, MapScope, WorkspaceCache } from 'langium';
import * as ast from '../generated/ast.js';
import { importedUri } from '../workspace/imports.js';
import {
  activitiesAt,
  attributesOf,
  categoriesOf,
  cohortsOf,
  namedActivities,
  neededBy,
  type NamedNode,
  pathwayAt,
} from './symbols.js';

/**
 * Which names a place can see: what its own file declares, what imported files declare (with the import's prefix
 * where it has one), and first of all what its surroundings give a meaning, such as the attributes of the patients
 * who pass or the levels of the skill just named.
 */
export class PathwayScopeProvider extends DefaultScopeProvider {
  private readonly services: LangiumCoreServices;
  private readonly scopes: WorkspaceCache<string, Scope>;
  private readonly visible: WorkspaceCache<string, readonly AstNodeDescription[]>;

  constructor(services: LangiumCoreServices) {
    super(services);
    this.services = services;
    this.scopes = new WorkspaceCache(services.shared);
    this.visible = new WorkspaceCache(services.shared);
  }

  /** Forgets every scope, for a compilation of other files. */
  forget(): void {
    this.scopes.clear();
    this.visible.clear();
  }

  override getScope(context: ReferenceInfo): Scope {
    const type = this.reflection.getReferenceType(context);
    const nearby = this.nearbyNodes(context);
    if (nearby?.only === true) return this.scopeOfNodes(nearby.nodes, type, undefined);
    const document = AstUtils.getDocument(context.container);
    const outcomes = asksForOutcome(context) ? this.globalScope(document, ast.Finish.$type) : EMPTY_SCOPE;
    if (outcomes.getElement(context.reference.$refText) !== undefined) return outcomes;
    const global = this.globalScope(document, type);
    const needed = neededAt(context.container);
    const around = needed.length === 0 ? global : this.scopeOfNodes(needed, type, global);
    return nearby === undefined ? around : this.scopeOfNodes(nearby.nodes, type, around);
  }

  /** Names of one type that a file sees; the same for every reference in it, so found once. */
  private globalScope(document: LangiumDocument, type: string): Scope {
    const key = `${type} ${document.uri.toString()}`;
    return this.scopes.get(key, () => new MapScope(this.unambiguous(this.visibleFrom(document), type)));
  }

  /** Everything a file sees, whatever its type; used for suggestions too. */
  visibleFrom(document: LangiumDocument): readonly AstNodeDescription[] {
    return this.visible.get(document.uri.toString(), () => this.collectVisible(document));
  }

  private collectVisible(document: LangiumDocument): readonly AstNodeDescription[] {
    const index = this.services.shared.workspace.IndexManager;
    const own = index.allElements(undefined, new Set([document.uri.toString()])).toArray();
    const root = document.parseResult.value;
    if (!ast.isDocument(root)) return own;
    const found: AstNodeDescription[] = [...own];
    for (const statement of root.imports) {
      const uri = importedUri(document.uri, statement.path);
      if (uri === undefined) continue;
      const exported = index.allElements(undefined, new Set([uri.toString()])).toArray();
      const prefix = statement.name;
      for (const description of exported) {
        found.push(prefix === undefined ? description : { ...description, name: `${prefix}.${description.name}` });
      }
      if (prefix !== undefined) found.push(this.descriptions.createDescription(statement, prefix, document));
    }
    return found;
  }

  /** A plain name that means several things of the wanted type means none: the qualified name is asked for. */
  private unambiguous(all: readonly AstNodeDescription[], type: string): AstNodeDescription[] {
    const byName = new Map<string, AstNodeDescription | undefined>();
    const nested = new Set<string>();
    for (const description of all) {
      if (!this.reflection.isSubtype(description.type, type)) continue;
      const isNested = NESTED.has(description.type);
      if (!byName.has(description.name)) {
        byName.set(description.name, description);
        if (isNested) nested.add(description.name);
      } else if (!isNested && nested.has(description.name)) {
        byName.set(description.name, description);
        nested.delete(description.name);
      } else if (isNested && nested.has(description.name) && !REPEATABLE.has(description.type)) {
        byName.set(description.name, undefined);
      }
    }
    return [...byName.values()].filter((description) => description !== undefined);
  }

  private scopeOfNodes(nodes: readonly NamedNode[], type: string, outer: Scope | undefined): Scope {
    const descriptions: AstNodeDescription[] = [];
    const taken = new Set<string>();
    for (const node of nodes) {
      // Of several with one name (the same attribute of several cohorts) the first stands for all.
      if (node.name === undefined || taken.has(node.name) || !this.reflection.isSubtype(node.$type, type)) continue;
      taken.add(node.name);
      descriptions.push(this.descriptions.createDescription(node, node.name, AstUtils.getDocument(node)));
    }
    return new MapScope(descriptions, outer ?? EMPTY_SCOPE);
  }

  /** What the surroundings offer; `only` when nothing else may be meant. */
  private nearbyNodes(
    context: ReferenceInfo,
  ): { readonly nodes: readonly NamedNode[]; readonly only: boolean } | undefined {
    const { container, property } = context;
    if (property === 'level' && (ast.isHeldSkill(container) || ast.isSkillTarget(container))) {
      return { nodes: levelsOf(container.skill?.ref), only: true };
    }
    if (property === 'level' && ast.isRosterCover(container))
      return { nodes: levelsOf(container.skill?.ref), only: true };
    if (ast.isCase(container) && property === 'values') {
      const cases = container.$container;
      return { nodes: this.categoriesAt(cases.attribute?.ref, cases), only: true };
    }
    if (ast.isBranch(container) && property === 'subjects') {
      const choose = container.$container;
      if (choose.attribute === undefined) return undefined;
      return { nodes: this.categoriesAt(choose.attribute.ref, choose), only: true };
    }
    if (ast.isBinding(container) && property === 'need') {
      const template = container.$container.template?.ref;
      return { nodes: template === undefined ? [] : neededBy(template), only: true };
    }
    if ((ast.isRating(container) || ast.isImprovement(container)) && property === 'dimension') {
      return { nodes: dimensionsAt(container), only: true };
    }
    if (ast.isSettingMember(container) && property === 'element') {
      return { nodes: membersBefore(container), only: true };
    }
    if (isLevelReference(context)) return { nodes: this.scaleLevelsAt(container, property), only: true };
    const pathway = pathwayAt(container);
    if (pathway !== undefined && isActivityReference(context)) return { nodes: activitiesAt(container), only: true };
    if (pathway !== undefined && ast.isDelayPatch(container)) return { nodes: activitiesAt(container), only: false };
    if (property === 'attribute') {
      const attributes = this.attributesAt(container);
      return attributes.length > 0 ? { nodes: attributes, only: !ast.isIndicator(container) } : undefined;
    }
    if (ast.isNameReference(container)) {
      const attributes = this.attributesAt(container);
      const variable = AstUtils.getContainerOfType(container, ast.isIndicator)?.variable;
      const activities = activitiesAt(container);
      const categories = attributes.flatMap((attribute) => categoriesOf(attribute));
      return { nodes: [...(variable ? [variable] : []), ...attributes, ...categories, ...activities], only: false };
    }
    return undefined;
  }

  /** Attributes that a patient at this place has; those of every visible cohort in a pathway that others call. */
  private attributesAt(node: AstNode): readonly ast.Attribute[] {
    const cohort = AstUtils.getContainerOfType(node, ast.isCohort);
    if (cohort !== undefined) return attributesOf(cohort);
    const pathway = pathwayAt(node);
    if (pathway === undefined) return [];
    const entering = cohortsOf(pathway);
    if (entering.length > 0) return entering.flatMap((each) => attributesOf(each));
    const document = AstUtils.getDocument(node);
    return this.visibleFrom(document)
      .filter((description) => description.type === ast.Attribute.$type)
      .map((description) => description.node)
      .filter((found): found is ast.Attribute => found !== undefined && ast.isAttribute(found));
  }

  /** The levels that may be meant: those of the scale named beside, else of every scale in sight. */
  private scaleLevelsAt(container: AstNode, property: string): readonly ast.ScaleLevel[] {
    const named = namedScale(container, property);
    if (named !== 'any') return named?.levels ?? [];
    return this.visibleFrom(AstUtils.getDocument(container))
      .map((description) => description.node)
      .filter((node) => node !== undefined && ast.isScale(node))
      .flatMap((scale) => scale.levels);
  }

  /** Categories of every attribute of that name that may be meant at this place. */
  private categoriesAt(attribute: ast.Attribute | undefined, place: AstNode): readonly ast.CategoryOption[] {
    if (attribute === undefined) return [];
    const alike = this.attributesAt(place).filter((each) => each.name === attribute.name && each !== attribute);
    return [attribute, ...alike].flatMap((each) => categoriesOf(each));
  }
}

/** What the template around a place, or the one that the response around it adapts, needs. */
function neededAt(node: AstNode): readonly NamedNode[] {
  const pathway = pathwayAt(node);
  return pathway?.template === true ? neededBy(pathway) : [];
}

/** The dimensions of the instrument of the assessment around a rating. */
function dimensionsAt(node: AstNode): readonly NamedNode[] {
  const assessment = AstUtils.getContainerOfType(node, ast.isAssessment);
  return assessment?.instrument?.ref?.properties.filter(ast.isMaturityDimension) ?? [];
}

const NESTED: ReadonlySet<string> = new Set([
  'Step',
  'Hold',
  'Choose',
  'Race',
  'Gather',
  'Wait',
  'Branch',
  'Finish',
  'Attribute',
  'CategoryOption',
  'MaturityDimension',
  'Together',
  'TogetherBranch',
]);
/** The same outcome, attribute or category in two places means the same: the first stands for all. */
const REPEATABLE: ReadonlySet<string> = new Set(['Finish', 'Attribute', 'CategoryOption']);

/** Patches whose references all name places of the adapted pathway. */
const PLACED_PATCHES: ReadonlySet<string> = new Set([
  'ReplacePatch',
  'InsertPatch',
  'RemovePatch',
  'ChangePatch',
  'ReroutePatch',
]);

function isActivityReference({ container, property }: ReferenceInfo): boolean {
  return (
    (ast.isGoTo(container) && property === 'target') ||
    (ast.isWithinProperty(container) && property === 'activity') ||
    (ast.isCohortEntry(container) && property === 'entry') ||
    PLACED_PATCHES.has(container.$type)
  );
}

const LEVELS: ReadonlySet<string> = new Set(['level', 'least', 'reached']);

function isLevelReference({ container, property }: ReferenceInfo): boolean {
  return LEVELS.has(property) && namedScale(container, property) !== undefined;
}

/** The scale whose levels a reference may name; `any` where none is said, undefined where it is no level of a scale. */
function namedScale(container: AstNode, property: string): ast.Scale | 'any' | undefined {
  if (!LEVELS.has(property)) return undefined;
  if (ast.isTrigger(container) || ast.isAllowPatch(container) || ast.isCard(container)) return container.scale?.ref;
  if (ast.isRosterCover(container) || ast.isRosterLevel(container)) return container.scale?.ref;
  if (ast.isActivation(container) || ast.isStateInForce(container)) {
    const on = container.on?.ref;
    return ast.isGauge(on) ? on.scale?.ref : ast.isScale(on) ? on : undefined;
  }
  if (ast.isScoreLevel(container) || ast.isCountedLevel(container)) return container.$container.scale?.ref;
  if (ast.isTeamLine(container))
    return container.$container.scale === undefined ? 'any' : container.$container.scale.ref;
  return undefined;
}

/** `exits(Home)` names an outcome, also where an indicator has the same name. */
function asksForOutcome({ container }: ReferenceInfo): boolean {
  const call =
    ast.isNameReference(container) && ast.isArgument(container.$container) && container.$container.$container;
  return ast.isFunctionCall(call) && call.function === 'exits';
}

function levelsOf(skill: ast.Skill | undefined): readonly ast.SkillLevel[] {
  return skill?.properties.filter(ast.isLevelsProperty).flatMap((property) => property.levels) ?? [];
}

/** What the member of a setting can be: inside the element that the path has reached so far. */
function membersBefore(member: ast.SettingMember): readonly NamedNode[] {
  const setting = member.$container;
  const index = setting.members.indexOf(member);
  const owner = index > 0 ? setting.members[index - 1]?.element?.ref : setting.element?.ref;
  if (owner === undefined) return [];
  if (ast.isCohort(owner)) return attributesOf(owner);
  if (ast.isPathway(owner)) {
    const branches = AstUtils.streamAllContents(owner).filter(ast.isBranch).toArray();
    return [...namedActivities(owner), ...branches];
  }
  return [];
}
