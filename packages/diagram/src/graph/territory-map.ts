import {
  type Activity,
  activitiesOf,
  byId,
  type Model,
  type Organisation,
  titleOf,
  audienceText,
  capitalised,
  channelText,
  sectorText,
} from '@pathway/model';
import type { PathwayGraph } from './graph.js';
import { MapBuilder } from './map-builder.js';
import { type DrawingWords, ENGLISH } from './words.js';

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

const MOST_PASSES = 2;
const MOST_STEPS = 4;
/** A lane of those without a sector. */
const ELSEWHERE = '';

/** Whether patients of a model can pass from one organisation to another. */
export function hasTerritoryMap(model: Model): boolean {
  return workOf(model).size > 1;
}

/**
 * The organisations of a model by sector, in the order in which patients come to them, with what each does; and ways where
 * patients pass from one to another: how, under which agreement, and in red what is missing.
 * @throws RangeError when fewer than two organisations do anything
 */
export function territoryMapGraph(
  model: Model,
  flows: readonly OrganisationFlow[],
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  const { say } = words;
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
      notes: notesOf(organisation, work.get(id) ?? [], model, words),
      origin: organisation?.origin,
    });
  }
  for (const flow of flows) map.join(flow.from, flow.to, wayText(flow, model, words), flow.missing.length > 0);
  const broken = flows.filter(({ missing }) => missing.length > 0).length;
  const territories = [...new Set(met.flatMap((id) => byId(model.organisations, id)?.territory ?? []))];
  const [only, ...others] = territories.map((id) => byId(model.territories, id));
  const where = only !== undefined && others.length === 0 ? titleOf(only) : model.title;
  const graph = map.finished(
    say`Organisations of ${where}`,
    flows.length === 1
      ? say`Map of ${met.length} organisations and of the way on which patients pass from one to another.`
      : say`Map of ${met.length} organisations and of ${flows.length} ways on which patients pass from one to another.`,
    sectors.map((id) => ({ id, title: id === ELSEWHERE ? say`Organisations` : capitalised(sectorText(words, id)) })),
  );
  const remark =
    broken === 0
      ? say`Nothing is missing where patients pass from one organisation to another.`
      : say`Red: something is missing on ${broken} of ${flows.length} ways between organisations (× says what).`;
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

function notesOf(
  organisation: Organisation | undefined,
  steps: readonly string[],
  model: Model,
  words: DrawingWords,
): readonly string[] {
  const { say } = words;
  const part = byId(model.organisations, organisation?.partOf ?? '');
  const territory = byId(model.territories, organisation?.territory ?? '');
  const entries = model.territories.flatMap(({ entrypoints }) =>
    entrypoints
      .filter((each) => each.organisation === organisation?.id)
      .flatMap(({ audiences }) => audiences.map((each) => audienceText(words, each))),
  );
  const more = steps.length - MOST_STEPS;
  return [
    ...(part === undefined ? [] : [say`part of ${titleOf(part)}`]),
    ...(territory === undefined ? [] : [say`in ${titleOf(territory)}`]),
    ...(entries.length === 0 ? [] : [say`entry for ${entries.join(', ')}`]),
    ...(steps.length === 0
      ? []
      : [[...steps.slice(0, MOST_STEPS), ...(more > 0 ? [say`${more} more`] : [])].join(', ')]),
  ];
}

/** Texts for what is missing; what is not among them stands as it is. */
function missingText({ say }: DrawingWords, kind: string): string {
  switch (kind) {
    case 'unannounced':
      return say`nobody hands over`;
    case 'unowned wait':
      return say`people wait and nobody is responsible`;
    case 'untold':
      return say`nothing in writing`;
    case 'closed':
      return say`not open when they come`;
    case 'not agreed':
      return say`no agreement`;
    case 'no way back':
      return say`no way to answer`;
    case 'no receiver':
      return say`nobody receives them`;
    default:
      return kind;
  }
}

function wayText(
  { passes, channels, agreements, missing }: OrganisationFlow,
  model: Model,
  words: DrawingWords,
): string {
  const { say } = words;
  const more = passes.length - MOST_PASSES;
  const listed = passes.slice(0, MOST_PASSES).map(({ from, to }) => `${from} → ${to}`);
  const titles = agreements.map((id) => {
    const agreement = byId(model.agreements ?? [], id);
    return agreement === undefined ? id : titleOf(agreement);
  });
  return [
    ...listed,
    ...(more > 0 ? [say`and ${more} more`] : []),
    ...(channels.length === 0 ? [] : [say`by ${channels.map((each) => channelText(words, each)).join(', ')}`]),
    ...(titles.length === 0 ? [] : [say`agreed: ${titles.join(', ')}`]),
    // The sign stays on a line with what is missing.
    ...missing.map((each) => `×\u00a0${missingText(words, each)}`),
  ].join('; ');
}
