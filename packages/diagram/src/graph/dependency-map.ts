import {
  activitiesOf,
  type Fallback,
  formatClock,
  type Model,
  type Pathway,
  type Resource,
  type Step,
  type Stock,
  titleOf,
} from '@pathway/model';
import type { PathwayGraph } from './graph.js';
import { MapBuilder } from './map-builder.js';
import { mapWords, type MapWords } from './map-words.js';

const STAGES = ['Steps', 'Systems and things', 'Supplies'] as const;

type DependencyMap = MapBuilder<(typeof STAGES)[number]>;

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
export function dependencyMapGraph(model: Model): PathwayGraph {
  if (!hasDependencyMap(model))
    throw new RangeError('There is no dependency map to draw: nothing depends on anything.');
  const map: DependencyMap = new MapBuilder();
  const words = mapWords(model);
  const known = reachedThings(model);
  for (const resource of model.resources.filter(({ id }) => known.has(id))) addResource(map, resource, words);
  for (const stock of model.stocks.filter(({ id }) => known.has(id))) addStock(map, stock, words);
  for (const { id, dependencies = [] } of model.resources) {
    for (const { on, battery } of dependencies) {
      for (const each of on)
        map.join(id, each, battery === undefined ? 'at once' : `battery ${words.duration(battery)}`);
    }
  }
  for (const pathway of model.pathways) for (const step of stepsOf(pathway)) addStep(map, step, pathway, words);
  return map.finished(`Dependencies of ${model.title}`, 'Map of what steps do not work without.', STAGES);
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

function addResource(map: DependencyMap, resource: Resource, words: MapWords): void {
  const { objective, maximumOutage } = resource.recovery ?? {};
  map.add('Systems and things', {
    id: resource.id,
    kind: 'call',
    title: titleOf(resource),
    notes: [
      ...(resource.organisation === undefined ? [] : [`at ${words.name(resource.organisation)}`]),
      ...(objective === undefined ? [] : [`back within ${words.duration(objective)} (rto)`]),
      ...(maximumOutage === undefined ? [] : [`must be within ${words.duration(maximumOutage)} (mtpd)`]),
    ],
    origin: resource.origin,
  });
}

function addStock(map: DependencyMap, stock: Stock, words: MapWords): void {
  const unit = stock.unit === undefined ? '' : ` ${stock.unit}`;
  const deliveries = stock.deliveries.map((delivery) =>
    delivery.kind === 'scheduled'
      ? `${words.number(delivery.amount)}${unit} at ${formatClock(delivery.at)}`
      : `${words.number(delivery.amount)}${unit} when below ${words.number(delivery.below)}, after ${words.duration(delivery.after)}`,
  );
  map.add('Supplies', {
    id: stock.id,
    kind: 'take',
    title: titleOf(stock),
    notes: [
      `${words.number(stock.level)}${unit} at first`,
      ...(deliveries.length === 0 ? ['no delivery'] : deliveries),
    ],
    origin: stock.origin,
  });
}

function addStep(map: DependencyMap, step: Step, pathway: Pathway, words: MapWords): void {
  const { dependsOn, consumes = [], fallbacks = [] } = step;
  const needed = step.needs.flatMap(({ of }) =>
    of.flatMap((each) => (each.kind === 'resource' ? [each.resource] : [])),
  );
  const needs = needed.filter((id) => map.has(id) && !dependsOn.includes(id));
  if (dependsOn.length + consumes.length + needs.length === 0) return;
  map.add('Steps', {
    id: step.id,
    title: titleOf(step),
    notes: [`in ${titleOf(pathway)}`, ...essentialNotes(pathway, words)],
    group: pathway.id,
    origin: step.origin,
  });
  for (const id of dependsOn) {
    const fallback = fallbacks.filter(({ on }) => on.includes(id)).map((each) => fallbackText(each, words));
    map.join(step.id, id, fallback.length === 0 ? 'no workaround' : fallback.join(', '));
  }
  for (const id of needs) map.join(step.id, id, 'uses');
  for (const { stock, amount, overTime } of consumes)
    map.join(step.id, stock, overTime ? 'consumes over time' : `consumes ${words.number(amount)}`);
}

function fallbackText({ battery, workaround }: Fallback, words: MapWords): string {
  const titles = (workaround ?? []).flatMap((each) => (each.kind === 'step' ? [titleOf(each)] : []));
  return [
    ...(battery === undefined ? [] : [`battery ${words.duration(battery)}`]),
    ...(workaround === undefined
      ? ['no workaround']
      : titles.length === 0
        ? ['workaround']
        : [`else ${titles.join(', ')}`]),
  ].join(', then ');
}

function essentialNotes({ essential }: Pathway, words: MapWords): readonly string[] {
  if (essential === undefined) return [];
  const { maximumOutage, minimum } = essential;
  const limits = [
    ...(maximumOutage === undefined ? [] : [`mtpd ${words.duration(maximumOutage)}`]),
    ...(minimum === undefined ? [] : [`minimum ${words.share(minimum)}`]),
  ];
  return [limits.length === 0 ? 'essential' : `essential: ${limits.join(', ')}`];
}
