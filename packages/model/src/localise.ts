import { titleOf, type Declaration, type StaffGroup, type Titles } from './elements.js';
import type { Response } from './crisis/response.js';
import type { Activity } from './flow.js';
import type { Model } from './model.js';
import { mapActivities } from './walk.js';

/**
 * The title of an element in a language; `pt-BR` falls back to `pt`. Undefined where the element has none in it.
 */
export function titleIn(element: { readonly titles?: Titles | undefined }, language: string): string | undefined {
  const { titles } = element;
  if (titles === undefined) return undefined;
  const [primary = language] = language.split('-');
  return [language, primary].map((tag) => (Object.hasOwn(titles, tag) ? titles[tag] : undefined)).find(Boolean);
}

/**
 * The model with every title in a language where there is one, for readers of that language; ids and names stay. A hold
 * that is called after its resource, and a group of staff after its role and place, follow these.
 */
export function localiseModel(model: Model, language: string): Model {
  const own = <Each extends Declaration>(each: Each): Each => {
    const title = titleIn(each, language);
    return title === undefined ? each : { ...each, title };
  };
  const organisations = model.organisations.map(own);
  const roles = model.roles.map(own);
  const resources = model.resources.map(own);
  const studies = model.studies.map(own);
  const pathways = model.pathways.map(own);
  const renamed = new Map(
    model.resources.flatMap(({ title }, i): [string, string][] => {
      const next = resources[i]?.title;
      return title === undefined || next === undefined ? [] : [[title, next]];
    }),
  );
  const staffTitle = (group: StaffGroup): StaffGroup => {
    const role = roles.find(({ id }) => id === group.role);
    const place = organisations.find(({ id }) => id === group.organisation);
    if (role?.title === undefined) return group;
    return { ...group, title: place === undefined ? role.title : `${role.title}, ${titleOf(place)}` };
  };
  const called = <Each extends { readonly titles?: Titles; readonly title?: string }>(each: Each): Each => {
    const title = titleIn(each, language);
    return title === undefined ? each : { ...each, title };
  };
  const activity = (each: Activity): Activity => activityIn(each, language, renamed);
  const body = (activities: readonly Activity[]): readonly Activity[] => mapActivities(activities, activity);
  return {
    ...model,
    title: projectTitle(model, { ...model, studies, pathways }),
    sources: model.sources.map(own),
    territories: model.territories.map(own),
    organisations,
    skills: model.skills.map(own),
    roles,
    shifts: model.shifts.map(own),
    staff: model.staff.map((group) => (titleIn(group, language) === undefined ? staffTitle(group) : own(group))),
    resources,
    stocks: model.stocks.map(own),
    travel: model.travel.map(own),
    numbers: model.numbers.map(own),
    cohorts: model.cohorts.map((each) => ({ ...own(each), attributes: each.attributes.map(called) })),
    pathways: pathways.map((pathway) => ({ ...pathway, body: body(pathway.body) })),
    indicators: model.indicators.map(own),
    ...(model.scales !== undefined && {
      scales: model.scales.map((each) => ({ ...own(each), levels: each.levels.map(called) })),
    }),
    ...(model.signals !== undefined && { signals: model.signals.map(own) }),
    ...(model.gauges !== undefined && { gauges: model.gauges.map(own) }),
    ...(model.triggers !== undefined && { triggers: model.triggers.map(own) }),
    ...(model.crises !== undefined && { crises: model.crises.map(own) }),
    ...(model.responses !== undefined && {
      responses: model.responses.map((each) => responseIn(own(each), language, body)),
    }),
    ...(model.agreements !== undefined && { agreements: model.agreements.map(own) }),
    ...(model.ruleSets !== undefined && { ruleSets: model.ruleSets.map(own) }),
    ...(model.rosters !== undefined && { rosters: model.rosters.map(own) }),
    ...(model.payers !== undefined && { payers: model.payers.map(own) }),
    ...(model.deployments !== undefined && { deployments: model.deployments.map(own) }),
    ...(model.assessments !== undefined && { assessments: model.assessments.map(own) }),
    ...(model.usages !== undefined && { usages: model.usages.map(own) }),
    ...(model.questions !== undefined && { questions: model.questions.map(own) }),
    ...(model.decisions !== undefined && { decisions: model.decisions.map(own) }),
    ...(model.instruments !== undefined && {
      instruments: model.instruments.map((each) => ({
        ...own(each),
        stages: each.stages.map(called),
        dimensions: each.dimensions.map((dimension) => ({
          ...dimension,
          title: titleIn(dimension, language) ?? titleOf(dimension),
        })),
      })),
    }),
    scenarios: model.scenarios.map(own),
    studies,
  };
}

/** What a response brings, and what it asks people to do. */
function responseIn(
  response: Response,
  language: string,
  body: (activities: readonly Activity[]) => readonly Activity[],
): Response {
  return {
    ...response,
    patches: response.patches.map((patch) => ('with' in patch ? { ...patch, with: body(patch.with) } : patch)),
    cards: response.cards.map((card) => ({
      ...card,
      actions: card.actions.map((action) => ({ ...action, text: titleIn(action, language) ?? action.text })),
    })),
  };
}

function activityIn(activity: Activity, language: string, renamed: ReadonlyMap<string, string>): Activity {
  const title = titleIn(activity, language);
  if (activity.kind === 'together' || activity.kind === 'race') {
    const branches = activity.branches.map((branch) => {
      const own = titleIn(branch, language);
      return own === undefined ? branch : { ...branch, title: own };
    });
    return { ...activity, ...(title !== undefined && { title }), branches };
  }
  if (title !== undefined && activity.kind !== 'choose') return { ...activity, title } as Activity;
  if (activity.kind === 'hold' && activity.title !== undefined) {
    const called = renamed.get(activity.title);
    return called === undefined ? activity : { ...activity, title: called };
  }
  if (activity.kind !== 'choose') return activity;
  const named = title === undefined ? activity : { ...activity, title };
  const branches = activity.branches.map((branch) => ({ ...branch, label: titleIn(branch, language) ?? branch.label }));
  return { ...named, branches };
}

/** A project without a title of its own is called after its first study or pathway, in any language. */
function projectTitle(model: Model, localised: Pick<Model, 'studies' | 'pathways'>): string {
  const pairs = [
    [model.studies[0], localised.studies[0]],
    [model.pathways[0], localised.pathways[0]],
  ] as const;
  for (const [before, after] of pairs) {
    if (before !== undefined && after !== undefined && titleOf(before) === model.title) return titleOf(after);
  }
  return model.title;
}
