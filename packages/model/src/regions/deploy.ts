import { byId } from '../by-id.js';
import { type Cohort, type Declaration, type NamedNumber, titleOf } from '../elements.js';
import { emptyModel } from '../empty-model.js';
import { titleIn } from '../localise.js';
import { mentionedIn, WORDS_TO_READ } from '../mentions.js';
import { MEANING_LISTS, type MeaningList, type Model, type Template, type TemplateParts } from '../model.js';
import type { Activity, Pathway } from '../flow.js';
import { activitiesOf, walkActivities } from '../walk.js';
import type { Response } from '../crisis/response.js';
import { withArrivals } from './population.js';
import type { Deployment, NeededElement } from './template.js';

/** A template as it is declared; its parts are found in the model. */
export type DeclaredTemplate = Omit<Template, 'parts'>;

/**
 * A model in which every template has become its deployments. What speaks of a template (its pathway, indicators,
 * responses, expectations, scenarios, …) stands in the lists once for each deployment, in the place of its declaration, with
 * what is bound in the stead of what is needed; without one it is only kept with the template. A deployment that lacks
 * something it needs brings nothing about. Rates for so many people have become rates of arrival.
 * @param declared a model whose lists hold the templates' pathways and needs as if they were real
 */
export function withTemplates(declared: Model, templates: readonly DeclaredTemplate[]): Model {
  const kept = templates.map((template): Template => ({ ...template, parts: partsOf(template, declared) }));
  const made = kept.reduce(
    (model, template) =>
      replaced(
        model,
        template,
        (declared.deployments ?? []).filter((each) => each.template === template.id && isWhole(template, each)),
      ),
    declared,
  );
  const cohorts = made.cohorts.map((cohort) => withArrivals(cohort, made));
  return { ...made, cohorts, ...(kept.length > 0 && { templates: kept }) };
}

/** Needs of a template that stand for elements of the place. */
export function neededElements({ needs }: Pick<Template, 'needs'>): readonly NeededElement[] {
  return needs.filter((need): need is NeededElement => need.kind !== 'maturity');
}

/** What a deployment has to say and does not. */
export function openNeeds(
  template: DeclaredTemplate,
  deployment: Pick<Deployment, 'bindings'>,
): readonly NeededElement[] {
  return neededElements(template).filter(
    ({ optional, element }) => !optional && !deployment.bindings.some(({ need }) => need === element),
  );
}

/** Whether a deployment says all that its template needs, so that something comes of it. */
export function isWhole(template: DeclaredTemplate, deployment: Deployment): boolean {
  return openNeeds(template, deployment).length === 0;
}

/**
 * The model with one more deployment of a template, whether or not it is deployed elsewhere: what comes of it has the ids
 * that `deployment.pathway` gives it, and replaces what has these already.
 */
export function deployedAlso(model: Model, template: Template, deployment: Deployment): Model {
  const parts = instance(template.parts, template, deployment, model);
  const ids = new Set(MEANING_LISTS.flatMap((list) => (parts[list] ?? []).map(({ id }) => id)));
  const lists = MEANING_LISTS.flatMap((list) => {
    const made = parts[list] ?? [];
    const before: readonly { readonly id: string }[] = model[list] ?? [];
    return made.length === 0 ? [] : [[list, [...before.filter(({ id }) => !ids.has(id)), ...made]] as const];
  });
  const deployed = { ...model, ...Object.fromEntries(lists) };
  return { ...deployed, cohorts: deployed.cohorts.map((cohort) => withArrivals(cohort, deployed)) };
}

/** Ids of all that is said in terms of a template. */
function closureOf(template: DeclaredTemplate, model: Model): ReadonlySet<string> {
  const pathway = byId(model.pathways, template.id);
  const found = new Set([template.id, ...neededElements(template).map(({ element }) => element)]);
  for (const activity of pathway === undefined ? [] : activitiesOf(pathway)) found.add(activity.id);
  for (const { cohort } of pathway?.cohorts ?? [])
    if (comesWithTemplate(byId(model.cohorts, cohort))) found.add(cohort);
  const left = new Map(
    MEANING_LISTS.filter((list) => !SHARED.has(list)).flatMap((list) =>
      (model[list] ?? []).map((declaration) => [declaration.id, declaration] as const),
    ),
  );
  for (const id of found) left.delete(id);
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [id, declaration] of left) {
      if (![...mentionedIn(declaration, '')].some((text) => found.has(text))) continue;
      left.delete(id);
      found.add(id);
      for (const inner of innerIds(declaration)) found.add(inner);
    }
  }
  return found;
}

/** Lists whose declarations are about many things: what they say of a template is replaced inside them. */
const SHARED: ReadonlySet<MeaningList> = new Set(['payers', 'agreements', 'territories', 'sources', 'organisations']);

function comesWithTemplate(cohort: Cohort | undefined): boolean {
  return cohort?.population !== undefined && cohort.population.territory === undefined;
}

function innerIds(declaration: object): readonly string[] {
  if ('body' in declaration) return idsIn((declaration as Pathway).body);
  if (!('patches' in declaration)) return [];
  return (declaration as Response).patches.flatMap((patch) => ('with' in patch ? idsIn(patch.with) : []));
}

function idsIn(body: readonly Activity[]): readonly string[] {
  return Array.from(walkActivities(body), ({ activity }) => activity.id);
}

function partsOf(template: DeclaredTemplate, model: Model): TemplateParts {
  const ids = closureOf(template, model);
  const lists = MEANING_LISTS.map(
    (list) =>
      [list, ((model[list] ?? []) as readonly { readonly id: string }[]).filter(({ id }) => ids.has(id))] as const,
  );
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

/** The model with all that speaks of a template once for each deployment, and not at all without one. */
function replaced(model: Model, template: Template, deployments: readonly Deployment[]): Model {
  const ids = closureOf(template, model);
  const lists = MEANING_LISTS.flatMap((list) => {
    const declared: readonly Declared[] = model[list] ?? [];
    if (declared.length === 0) return [];
    const made = declared.flatMap((each): readonly Declared[] => {
      if (!ids.has(each.id)) return SHARED.has(list) ? sharedAmong(each, ids, template, deployments) : [each];
      return deployments.flatMap((deployment) => {
        const [own] = instances([each], template, deployment, model, ids);
        return own === undefined ? [] : [own];
      });
    });
    return [[list, made] as const];
  });
  return withoutEmptied({ ...model, ...Object.fromEntries(lists) });
}

type Declared = Pick<Declaration, 'id' | 'origin'> & Partial<Pick<Declaration, 'name' | 'title' | 'titles'>>;

/** Leaves out lists that a model has only where they hold something. */
function withoutEmptied(model: Model): Model {
  const required = new Set(Object.keys(emptyModel()));
  const kept = Object.entries(model).filter(
    ([list, value]) => required.has(list) || !Array.isArray(value) || value.length > 0,
  );
  // What is left out is optional, so that the rest is a model still.
  return Object.fromEntries(kept) as object as Model;
}

/** A payer's prices and an agreement's handovers, each that speaks of the template once for each deployment. */
function sharedAmong(
  declared: Declared,
  ids: ReadonlySet<string>,
  template: Template,
  deployments: readonly Deployment[],
): readonly Declared[] {
  const lists = (['tariffs', 'handovers'] as const).flatMap((property) => {
    const before = (declared as Readonly<Record<string, unknown>>)[property];
    return Array.isArray(before) ? [[property, before as readonly unknown[]] as const] : [];
  });
  const changed = lists.map(([property, before]) => {
    const after = before.flatMap((item) =>
      [...mentionedIn(item, '')].some((text) => ids.has(text))
        ? deployments.map((deployment) => substituted(item, substitution(template, deployment, ids)))
        : [item],
    );
    return { property, after, isEmptied: before.length > 0 && after.length === 0 };
  });
  // An agreement that covers nothing any more would cover everything.
  if (changed.some(({ isEmptied }) => isEmptied)) return [];
  return [{ ...declared, ...Object.fromEntries(changed.map(({ property, after }) => [property, after])) }];
}

function instance(parts: TemplateParts, template: Template, deployment: Deployment, model: Model): TemplateParts {
  const ids = new Set(
    MEANING_LISTS.flatMap((list) =>
      ((parts[list] ?? []) as readonly Declared[]).flatMap((each) => [each.id, ...innerIds(each)]),
    ),
  );
  const lists = MEANING_LISTS.map(
    (list) => [list, instances((parts[list] ?? []) as readonly Declared[], template, deployment, model, ids)] as const,
  );
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

/** Declarations as a deployment has them; what stands for something of the place goes away. */
function instances<T extends Declared>(
  declared: readonly T[],
  template: Template,
  deployment: Deployment,
  model: Model,
  ids: ReadonlySet<string>,
): readonly T[] {
  const needed = new Map(neededElements(template).map((need) => [need.element, need]));
  const names = substitution(template, deployment, ids);
  return declared.flatMap((each) => {
    const need = needed.get(each.id);
    if (need !== undefined && need.kind !== 'number') return [];
    const made = named(substituted(each, names), each, template, deployment, model);
    const placed = comesWithTemplate(made as object as Cohort) ? withTerritory(made, deployment.territory) : made;
    return [need === undefined ? placed : (bound(placed as object as NamedNumber, each.id, deployment) as object as T)];
  });
}

function withTerritory<T extends Declared>(declared: T, territory: string): T {
  const { population } = declared as object as Cohort;
  return { ...declared, population: { ...population, territory } };
}

function bound(number: NamedNumber, need: string, deployment: Deployment): NamedNumber {
  const binding = deployment.bindings.find((each) => each.need === need);
  if (binding?.to.kind !== 'value') return number;
  const { sources: _, uncertainty: __, ...rest } = number;
  const { value, sources } = binding.to;
  return { ...rest, value, origin: binding.origin, ...(sources !== undefined && { sources }) };
}

/** By which names a deployment calls what the template calls otherwise. */
function substitution(
  template: DeclaredTemplate,
  deployment: Deployment,
  ids: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const id of ids) {
    const renamed = renamedIn(id, template, deployment);
    if (renamed !== id) names.set(id, renamed);
  }
  for (const { need, to } of deployment.bindings) if (to.kind === 'element') names.set(need, to.element);
  return names;
}

function renamedIn(id: string, template: DeclaredTemplate, { pathway }: Deployment): string {
  if (pathway === template.id) return id;
  return id === template.id || id.startsWith(`${template.id}.`)
    ? pathway + id.slice(template.id.length)
    : `${pathway}.${id}`;
}

function named<T extends Declared>(
  made: T,
  before: T,
  template: DeclaredTemplate,
  deployment: Deployment,
  model: Model,
): T {
  const isPathway = before.id === template.id;
  const given = isPathway && deployment.title !== undefined ? { title: deployment.title } : {};
  if (deployment.pathway === template.id) return { ...made, ...given };
  if (before.name === undefined) return made;
  const territory = byId(model.territories, deployment.territory);
  const place = territory === undefined ? deployment.territory : titleOf(territory);
  const title = `${before.title ?? before.name} (${place})`;
  const titles = Object.entries(before.titles ?? {}).map(([language, text]): [string, string] => [
    language,
    `${text} (${(territory === undefined ? undefined : titleIn(territory, language)) ?? place})`,
  ]);
  return {
    ...made,
    name: isPathway ? deployment.pathway : `${deployment.pathway}.${before.name}`,
    title,
    ...(titles.length > 0 && { titles: Object.fromEntries(titles) }),
    ...given,
  };
}

/** A copy in which every text that names one of the elements names another one. */
function substituted<T>(value: T, names: ReadonlyMap<string, string>): T;
function substituted(value: unknown, names: ReadonlyMap<string, string>, property?: string): unknown;
function substituted(value: unknown, names: ReadonlyMap<string, string>, property = ''): unknown {
  if (typeof value === 'string') return WORDS_TO_READ.has(property) ? value : (names.get(value) ?? value);
  if (Array.isArray(value)) return value.map((item: unknown) => substituted(item, names, property));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => [
      key,
      key === 'origin' ? member : substituted(member, names, key),
    ]),
  );
}
