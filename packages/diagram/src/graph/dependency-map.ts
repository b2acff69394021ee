import {
  activitiesOf,
  type Fallback,
  formatClock,
  type Hold,
  type Model,
  type Need,
  type Pathway,
  type Resource,
  type Step,
  type Stock,
  titleOf,
} from '@pathway/model';
import type { PathwayGraph } from './graph.js';
import { MapBuilder } from './map-builder.js';
import { mapWords, type MapWords } from './map-words.js';
import type { DrawingWords } from './words.js';

type DependencyMap = MapBuilder<'Steps' | 'Spaces and vehicles' | 'Systems and things' | 'Supplies'>;

/** Whether anything in a model depends on anything. */
export function hasDependencyMap(model: Model): boolean {
  return (
    model.resources.some(({ dependencies = [] }) => dependencies.length > 0) ||
    model.pathways.some((pathway) =>
      stepsOf(pathway).some(({ dependsOn, consumes = [] }) => dependsOn.length + consumes.length > 0),
    )
  );
}

/**
 * What each step does not work without: systems, what these depend on in their turn, and supplies; with what bridges a
 * loss, and how long the loss may be.
 * @throws RangeError when nothing in the model depends on anything
 */
export function dependencyMapGraph(model: Model, language?: DrawingWords): PathwayGraph {
  if (!hasDependencyMap(model))
    throw new RangeError('There is no dependency map to draw: nothing depends on anything.');
  const map: DependencyMap = new MapBuilder();
  const words = mapWords(model, language);
  const { say } = words;
  const known = reachedThings(model);
  for (const resource of model.resources.filter(({ id }) => known.has(id))) addResource(map, resource, words);
  for (const stock of model.stocks.filter(({ id }) => known.has(id))) addStock(map, stock, words);
  addDependencies(map, model, words);
  for (const pathway of model.pathways) for (const step of stepsOf(pathway)) addStep(map, step, pathway, words);
  return map.finished(say`Dependencies of ${model.title}`, say`Map of what steps do not work without.`, [
    { id: 'Steps', title: say`Steps` },
    { id: 'Systems and things', title: say`Systems and things` },
    { id: 'Supplies', title: say`Supplies` },
  ]);
}

/** Whether anything in a model uses a resource or a supply. */
export function hasResourceMap(model: Model): boolean {
  return usedThings(model).size > 0;
}

/**
 * Every resource and supply with the steps and holds that use it, and with what it depends on in its turn: what stands
 * still when it is lost.
 * @throws RangeError when nothing uses anything
 */
export function resourceMapGraph(model: Model, language?: DrawingWords): PathwayGraph {
  const known = usedThings(model);
  if (known.size === 0) throw new RangeError('There is no map of resources to draw: nothing uses anything.');
  const map: DependencyMap = new MapBuilder();
  const words = mapWords(model, language);
  const { say } = words;
  for (const resource of model.resources.filter(({ id }) => known.has(id))) {
    const isPlace = resource.resourceKind === 'space' || resource.resourceKind === 'vehicle';
    addResource(
      map,
      resource,
      words,
      isPlace ? 'Spaces and vehicles' : 'Systems and things',
      usersOf(model, resource.id),
    );
  }
  for (const stock of model.stocks.filter(({ id }) => known.has(id))) addStock(map, stock, words);
  addDependencies(map, model, words);
  for (const pathway of model.pathways) {
    for (const step of stepsOf(pathway)) addStep(map, step, pathway, words);
    for (const hold of activitiesOf(pathway)) if (hold.kind === 'hold') addHold(map, hold, pathway, words);
  }
  return map.finished(say`Resources of ${model.title}`, say`Map of what steps use and do not work without.`, [
    { id: 'Steps', title: say`Steps` },
    { id: 'Spaces and vehicles', title: say`Spaces and vehicles` },
    { id: 'Systems and things', title: say`Systems and things` },
    { id: 'Supplies', title: say`Supplies` },
  ]);
}

/** Ids of what steps and holds use, of what depends on something and of what is depended on. */
function usedThings(model: Model): ReadonlySet<string> {
  const used = model.pathways.flatMap((pathway) =>
    activitiesOf(pathway).flatMap((activity) =>
      activity.kind === 'step' || activity.kind === 'hold' ? activity.needs.flatMap(resourcesOf) : [],
    ),
  );
  const known = reachedThings(model);
  return new Set([
    ...used,
    ...model.resources.filter(({ id }) => known.has(id)).map(({ id }) => id),
    ...model.stocks.filter(({ id }) => known.has(id)).map(({ id }) => id),
  ]);
}

function resourcesOf({ of }: Need): readonly string[] {
  return of.flatMap((each) => (each.kind === 'resource' ? [each.resource] : []));
}

/** How many steps and holds use a resource or depend on it directly. */
function usersOf(model: Model, id: string): number {
  return model.pathways
    .flatMap((pathway) => activitiesOf(pathway))
    .filter((activity) => {
      if (activity.kind !== 'step' && activity.kind !== 'hold') return false;
      const depends = activity.kind === 'step' && activity.dependsOn.includes(id);
      return depends || activity.needs.some((need) => resourcesOf(need).includes(id));
    }).length;
}

function addHold(map: DependencyMap, hold: Hold, pathway: Pathway, words: MapWords): void {
  const needed = [...new Set(hold.needs.flatMap(resourcesOf))].filter((id) => map.has(id));
  if (needed.length === 0) return;
  map.add('Steps', {
    id: hold.id,
    kind: 'take',
    title: hold.title ?? words.name(hold.id),
    notes: [words.say`in ${titleOf(pathway)}`],
    group: pathway.id,
    origin: hold.origin,
  });
  for (const id of needed) map.join(hold.id, id, hold.policy === 'all' ? words.say`keeps` : words.say`keeps one of`);
}

function addDependencies(map: DependencyMap, model: Model, { say, duration }: MapWords): void {
  for (const { id, dependencies = [] } of model.resources)
    for (const { on, battery } of dependencies)
      for (const each of on)
        map.join(id, each, battery === undefined ? say`at once` : say`battery ${duration(battery)}`);
}

function stepsOf(pathway: Pathway): readonly Step[] {
  const steps = activitiesOf(pathway).filter((activity) => activity.kind === 'step');
  const workarounds = steps.flatMap(({ fallbacks = [] }) => fallbacks.flatMap(({ workaround = [] }) => workaround));
  return steps.filter((step) => !workarounds.includes(step));
}

/** Ids of what depends on something and of what is depended on. */
function reachedThings(model: Model): ReadonlySet<string> {
  const steps = model.pathways.flatMap((pathway) => stepsOf(pathway));
  return new Set([
    ...model.resources.flatMap(({ id, dependencies = [] }) =>
      dependencies.length === 0 ? [] : [id, ...dependencies.flatMap(({ on }) => on)],
    ),
    ...steps.flatMap(({ dependsOn, consumes = [] }) => [...dependsOn, ...consumes.map(({ stock }) => stock)]),
  ]);
}

function addResource(
  map: DependencyMap,
  resource: Resource,
  words: MapWords,
  stage: 'Spaces and vehicles' | 'Systems and things' = 'Systems and things',
  users?: number,
): void {
  const { say } = words;
  const { objective, maximumOutage } = resource.recovery ?? {};
  const count = resource.count.rules.length > 0 ? undefined : resource.count.otherwise;
  const counted = count === undefined || count === 'unlimited' ? undefined : words.number(count);
  map.add(stage, {
    id: resource.id,
    kind: 'call',
    title: titleOf(resource),
    notes: [
      ...(users === undefined || counted === undefined ? [] : [say`${counted} of them`]),
      ...(users === undefined || users < 2 ? [] : [say`${users} places stop without it`]),
      ...(resource.organisation === undefined ? [] : [say`at ${words.name(resource.organisation)}`]),
      ...(objective === undefined ? [] : [say`back within ${words.duration(objective)} (rto)`]),
      ...(maximumOutage === undefined ? [] : [say`must be within ${words.duration(maximumOutage)} (mtpd)`]),
    ],
    origin: resource.origin,
  });
}

function addStock(map: DependencyMap, stock: Stock, words: MapWords): void {
  const { say } = words;
  const unit = stock.unit === undefined ? '' : ` ${stock.unit}`;
  const deliveries = stock.deliveries.map((delivery) =>
    delivery.kind === 'scheduled'
      ? say`${`${words.number(delivery.amount)}${unit}`} delivered at ${formatClock(delivery.at)}`
      : say`${`${words.number(delivery.amount)}${unit}`} when below ${words.number(delivery.below)}, after ${words.duration(delivery.after)}`,
  );
  map.add('Supplies', {
    id: stock.id,
    kind: 'take',
    title: titleOf(stock),
    notes: [
      say`${`${words.number(stock.level)}${unit}`} at first`,
      ...(deliveries.length === 0 ? [say`no delivery`] : deliveries),
    ],
    origin: stock.origin,
  });
}

function addStep(map: DependencyMap, step: Step, pathway: Pathway, words: MapWords): void {
  const { say } = words;
  const { dependsOn, consumes = [], fallbacks = [] } = step;
  const needed = step.needs.flatMap(resourcesOf);
  const needs = needed.filter((id) => map.has(id) && !dependsOn.includes(id));
  if (dependsOn.length + consumes.length + needs.length === 0) return;
  map.add('Steps', {
    id: step.id,
    title: titleOf(step),
    notes: [say`in ${titleOf(pathway)}`, ...essentialNotes(pathway, words)],
    group: pathway.id,
    origin: step.origin,
  });
  for (const id of dependsOn) {
    const fallback = fallbacks.filter(({ on }) => on.includes(id)).map((each) => fallbackText(each, words));
    map.join(step.id, id, fallback.length === 0 ? say`no workaround` : fallback.join(', '));
  }
  for (const id of needs) map.join(step.id, id, say`uses`);
  for (const { stock, amount, overTime } of consumes)
    map.join(step.id, stock, overTime ? say`consumes over time` : say`consumes ${words.number(amount)}`);
}

function fallbackText({ battery, workaround }: Fallback, words: MapWords): string {
  const titles = (workaround ?? []).flatMap((each) => (each.kind === 'step' ? [titleOf(each)] : []));
  const { say } = words;
  const instead =
    workaround === undefined
      ? say`no workaround`
      : titles.length === 0
        ? say`workaround`
        : say`else ${titles.join(', ')}`;
  return battery === undefined ? instead : say`battery ${words.duration(battery)}, then ${instead}`;
}

function essentialNotes({ essential }: Pathway, words: MapWords): readonly string[] {
  if (essential === undefined) return [];
  const { say } = words;
  const { maximumOutage, minimum } = essential;
  const limits = [
    ...(maximumOutage === undefined ? [] : [say`mtpd ${words.duration(maximumOutage)}`]),
    ...(minimum === undefined ? [] : [say`minimum ${words.share(minimum)}`]),
  ];
  return [limits.length === 0 ? say`essential` : say`essential: ${limits.join(', ')}`];
}
