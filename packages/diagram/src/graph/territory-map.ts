import { type Activity, activitiesOf, byId, type Model, type Organisation, titleOf } from '@pathway/model';
import type { PathwayGraph } from './graph.js';
import { MapBuilder } from './map-builder.js';

/** Patients who pass from one organisation to another, and what is missing there. */
export interface OrganisationFlow {
  readonly from: string;
  readonly to: string;
  readonly passes: readonly { readonly from: string; readonly to: string }[];
  readonly channels: readonly string[];
  /** Ids. */
  readonly agreements: readonly string[];
  readonly missing: readonly string[];
}

/** Texts for what is missing; what is not among them stands as it is. */
const MISSING: Readonly<Record<string, string>> = {
  unannounced: 'nobody hands over',
  'unowned wait': 'people wait and nobody is responsible',
  untold: 'nothing in writing',
  closed: 'not open when they come',
  'not agreed': 'no agreement',
  'no way back': 'no way to answer',
  'no receiver': 'nobody receives them',
};
const MOST_PASSES = 2;
const MOST_STEPS = 4;
const ELSEWHERE = 'Organisations';

/** Whether patients of a model can pass from one organisation to another. */
export function hasTerritoryMap(model: Model): boolean {
  return workOf(model).size > 1;
}

/**
 * The organisations of a model by sector, in the order in which patients come to them, with what each does; and ways where
 * patients pass from one to another: how, under which agreement, and in red what is missing.
 * @throws RangeError when fewer than two organisations do anything
 */
export function territoryMapGraph(model: Model, flows: readonly OrganisationFlow[]): PathwayGraph {
  const work = workOf(model);
  if (work.size < 2)
    throw new RangeError('There is no territory map to draw: fewer than two organisations do anything.');
  const map = new MapBuilder<string>();
  const met = [...new Set([...work.keys(), ...flows.flatMap(({ from, to }) => [from, to])])];
  const sectors: string[] = [];
  for (const id of met) {
    const organisation = byId(model.organisations, id);
    const sector = organisation?.sector ?? ELSEWHERE;
    if (!sectors.includes(sector)) sectors.push(sector);
    map.add(sector, {
      id,
      title: organisation === undefined ? id : titleOf(organisation),
      notes: notesOf(organisation, work.get(id) ?? [], model),
      origin: organisation?.origin,
    });
  }
  for (const flow of flows) map.join(flow.from, flow.to, wayText(flow, model), flow.missing.length > 0);
  const broken = flows.filter(({ missing }) => missing.length > 0).length;
  const territories = [...new Set(met.flatMap((id) => byId(model.organisations, id)?.territory ?? []))];
  const [only, ...others] = territories.map((id) => byId(model.territories, id));
  const where = only !== undefined && others.length === 0 ? titleOf(only) : model.title;
  const graph = map.finished(
    `Organisations of ${where}`,
    `Map of ${met.length} organisations and of ${flows.length} ways on which patients pass from one to another.`,
    sectors.map((id) => ({ id, title: id.charAt(0).toUpperCase() + id.slice(1) })),
  );
  const remark =
    broken === 0
      ? 'Nothing is missing where patients pass from one organisation to another.'
      : `Red: something is missing on ${broken} of ${flows.length} ways between organisations (× says what).`;
  return { ...graph, remarks: [remark] };
}

/** Titles of the steps of each organisation that works on a pathway, in the order in which they are first met. */
function workOf(model: Model): ReadonlyMap<string, readonly string[]> {
  const work = new Map<string, string[]>();
  for (const pathway of model.pathways)
    for (const step of activitiesOf(pathway)) {
      const id = isStep(step) ? (step.organisation ?? pathway.owner) : undefined;
      if (id === undefined || !isStep(step)) continue;
      const titles = work.get(id) ?? [];
      work.set(id, titles);
      if (!titles.includes(titleOf(step))) titles.push(titleOf(step));
    }
  return work;
}

function isStep(activity: Activity): activity is Extract<Activity, { kind: 'step' }> {
  return activity.kind === 'step';
}

function notesOf(organisation: Organisation | undefined, steps: readonly string[], model: Model): readonly string[] {
  const part = byId(model.organisations, organisation?.partOf ?? '');
  const territory = byId(model.territories, organisation?.territory ?? '');
  const entries = model.territories.flatMap(({ entrypoints }) =>
    entrypoints.filter((each) => each.organisation === organisation?.id).flatMap(({ audiences }) => audiences),
  );
  const more = steps.length - MOST_STEPS;
  return [
    ...(part === undefined ? [] : [`part of ${titleOf(part)}`]),
    ...(territory === undefined ? [] : [`in ${titleOf(territory)}`]),
    ...(entries.length === 0 ? [] : [`entry for ${entries.join(', ')}`]),
    ...(steps.length === 0 ? [] : [[...steps.slice(0, MOST_STEPS), ...(more > 0 ? [`${more} more`] : [])].join(', ')]),
  ];
}

function wayText({ passes, channels, agreements, missing }: OrganisationFlow, model: Model): string {
  const more = passes.length - MOST_PASSES;
  const listed = passes.slice(0, MOST_PASSES).map(({ from, to }) => `${from} → ${to}`);
  const titles = agreements.map((id) => {
    const agreement = byId(model.agreements ?? [], id);
    return agreement === undefined ? id : titleOf(agreement);
  });
  return [
    ...listed,
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(channels.length === 0 ? [] : [`by ${channels.join(', ')}`]),
    ...(titles.length === 0 ? [] : [`agreed: ${titles.join(', ')}`]),
    ...missing.map((each) => `× ${MISSING[each] ?? each}`),
  ].join('; ');
}
