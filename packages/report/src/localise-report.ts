import type { ModelFacts } from '@pathway/analysis';
import { activitiesOf, type Activity, budgetLines, localiseModel, type Model, titleOf } from '@pathway/model';
import type { StudyResults } from '@pathway/simulation';
import type { StaffingPlan } from '@pathway/staffing';
import { budgetLineTitle } from './budget/budget-blocks.js';
import type { ReportInput } from './input.js';
import { languageFor } from './words/languages.js';
import { type Words, wordsOf } from './words/words.js';

/**
 * A report for readers of a language: titles of the model and of everything that was computed from it in that language
 * where they have one, and the words of the report in the nearest language that reports are written in, else English.
 * Drawings are left as they are: whoever draws gives them the localised model.
 */
export function localiseReport(input: ReportInput, tag: string): ReportInput {
  const language = languageFor(tag);
  const model = localiseModel(input.model, tag);
  const words = wordsOf(language);
  const changed = new Map([...titlesById(input.model, model), ...budgetTitles(words, input.model, model)]);
  const titles = inLanguage(words, changed);
  return {
    ...input,
    ...(language !== undefined && { language }),
    model,
    results: input.results.map((study) => withTitles(withEffects(study, words, changed), titles) as StudyResults),
    plans: input.plans.map((plan) => withNotes(withTitles(plan, titles) as StaffingPlan, titles)),
    facts: input.facts.map((facts) => withTitles(facts, titles) as ModelFacts),
  };
}

/** Titles that changed, by what they were: computed values carry titles, not always ids. */
type ChangedTitles = ReadonlyMap<string, string>;

/** A title as it reads now, of what it was. */
type Retitle = (title: string) => string;

/** Simulation names the indicator of a time target itself, after the step. */
const TIME_TARGET = ' within its time target';

/** Titles that simulation makes of what an effect of a crisis concerns. */
const EFFECTS: readonly { readonly before: string; readonly say: (words: Words, of: string) => string }[] = [
  { before: 'arrivals of ', say: ({ say }, of) => say`arrivals of ${of}` },
  { before: 'diversion of ', say: ({ say }, of) => say`diversion of ${of}` },
  { before: 'absence of ', say: ({ say }, of) => say`absence of ${of}` },
  { before: 'loss of ', say: ({ say }, of) => say`loss of ${of}` },
  { before: 'closure of ', say: ({ say }, of) => say`closure of ${of}` },
  { before: 'slower ', say: ({ say }, of) => say`slower ${of}` },
  { before: 'supply of ', say: ({ say }, of) => say`supply of ${of}` },
  { before: 'alert ', say: ({ say }, of) => say`alert ${of}` },
];

/** Titles that stand together in one: a crisis and its effect, a scale and its place, plans, several cohorts. */
const BETWEEN = [': ', ' + ', ', '] as const;

function inLanguage(words: Words, titles: ChangedTitles): Retitle {
  const retitle = (title: string): string => {
    const whole = titles.get(title);
    if (whole !== undefined) return whole;
    if (title.endsWith(TIME_TARGET))
      return words.say`${retitle(title.slice(0, -TIME_TARGET.length))} within its time target`;
    const [, count, counted] = /^(\d+) (.+)$/.exec(title) ?? [];
    if (count !== undefined && counted !== undefined) return `${count} ${retitle(counted)}`;
    const ended = endingIn(titles, title);
    if (ended !== undefined) return `${retitle(ended.before)}: ${ended.next}`;
    const between = BETWEEN.find((each) => title.includes(each));
    if (between !== undefined) {
      const parts = title.split(between);
      const changed = parts.map(retitle);
      return changed.some((part, i) => part !== parts[i]) ? changed.join(between) : title;
    }
    return title;
  };
  return retitle;
}

/** The title that another ends in after a colon, as it reads now: levels have colons and commas of their own. */
function endingIn(
  titles: ChangedTitles,
  title: string,
): { readonly before: string; readonly next: string } | undefined {
  for (let at = title.indexOf(': '); at >= 0; at = title.indexOf(': ', at + 1)) {
    const next = titles.get(title.slice(at + 2));
    if (next !== undefined) return { before: title.slice(0, at), next };
  }
  return undefined;
}

/** What an effect of a crisis is called: what happens to what, with the titles as they read now. */
function effectTitle(words: Words, titles: ChangedTitles, title: string): string {
  const [crisis, effect] = title.includes(': ') ? splitOnce(title, ': ') : ['', title];
  const found = EFFECTS.find(({ before }) => effect.startsWith(before));
  const retitle = inLanguage(words, titles);
  const said = found === undefined ? retitle(effect) : found.say(words, retitle(effect.slice(found.before.length)));
  return crisis === '' ? said : `${retitle(crisis)}: ${said}`;
}

function splitOnce(text: string, at: string): readonly [string, string] {
  const place = text.indexOf(at);
  return [text.slice(0, place), text.slice(place + at.length)];
}

/** The results with the titles of what was in force in the language: effects have titles that simulation makes. */
function withEffects(study: StudyResults, words: Words, titles: ChangedTitles): StudyResults {
  return {
    ...study,
    scenarios: study.scenarios.map((scenario) => {
      const { timeline } = scenario;
      if (timeline === undefined) return scenario;
      return {
        ...scenario,
        timeline: {
          ...timeline,
          effects: timeline.effects.map((each) => ({
            ...each,
            title: effectTitle(words, titles, each.title),
            crisis: titles.get(each.crisis) ?? each.crisis,
          })),
          people: timeline.people.map((each) => ({ ...each, title: effectTitle(words, titles, each.title) })),
          events: timeline.events.map((each) =>
            each.kind === 'effect' ? { ...each, title: effectTitle(words, titles, each.title) } : each,
          ),
        },
      };
    }),
  };
}

/** A plan with titles in the language at the beginning of its notes, and of what holds on its days. */
function withNotes(plan: StaffingPlan, titles: Retitle): StaffingPlan {
  const roles = plan.roles.map((role) => ({ ...role, notes: role.notes.map(titles) }));
  return withDays({ ...plan, roles }, titles);
}

function withDays(plan: StaffingPlan, titles: Retitle): StaffingPlan {
  const { byDay } = plan;
  if (byDay === undefined) return plan;
  const roles = byDay.roles.map((role) => ({
    ...role,
    stretches: role.stretches.map((each) => ({
      ...each,
      crises: each.crises.map(titles),
      responses: each.responses.map(titles),
    })),
  }));
  return { ...plan, byDay: { ...byDay, roles, notes: byDay.notes.map(titles) } };
}

/** Simulation names the lines of a budget in English, after who pays and who is paid. */
function budgetTitles(words: Words, before: Model, after: Model): readonly (readonly [string, string])[] {
  const lines = budgetLines(after);
  return budgetLines(before).flatMap(({ title }, i) => {
    const line = lines[i];
    return line === undefined ? [] : [[title, budgetLineTitle(words, line, after)] as const];
  });
}

function titlesById(before: Model, after: Model): ChangedTitles {
  const changed = new Map<string, string>();
  const note = (old: string, next: string): void => {
    if (old !== next && !changed.has(old)) changed.set(old, next);
  };
  const lists = [
    'organisations',
    'skills',
    'roles',
    'staff',
    'resources',
    'stocks',
    'numbers',
    'cohorts',
    'pathways',
    'indicators',
    'scenarios',
    'studies',
  ] as const;
  for (const list of lists) before[list].forEach((each, i) => note(titleOf(each), titleOf(after[list][i] ?? each)));
  for (const list of ['scales', 'signals', 'gauges', 'triggers', 'crises', 'responses'] as const)
    before[list]?.forEach((each, i) => note(titleOf(each), titleOf(after[list]?.[i] ?? each)));
  before.scales?.forEach(({ levels }, i) => {
    levels.forEach((level, at) => {
      const next = after.scales?.[i]?.levels[at] ?? level;
      note(level.title ?? level.name, next.title ?? next.name);
    });
  });
  before.pathways.forEach((pathway, i) => {
    const others = activitiesOf(after.pathways[i] ?? pathway);
    activitiesOf(pathway).forEach((activity, at) => {
      const [old, next] = [shownTitle(activity), shownTitle(others[at])];
      if (old !== undefined && next !== undefined) note(old, next);
    });
  });
  return changed;
}

/** What a reader sees of an activity: its title, else its name. */
function shownTitle(activity: Activity | undefined): string | undefined {
  if (activity === undefined) return undefined;
  if ('title' in activity) return activity.title;
  return 'name' in activity ? activity.name : undefined;
}

/** Members that hold what readers see. */
const SHOWN: ReadonlySet<string> = new Set(['title', 'subject']);

/** A value in which every title that changed reads as it does now; nothing else is touched. */
function withTitles(value: unknown, titles: Retitle): unknown {
  if (Array.isArray(value))
    return value.length > 0 && typeof value[0] !== 'object' ? value : value.map((each) => withTitles(each, titles));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SHOWN.has(name) && typeof member === 'string' ? titles(member) : withTitles(member, titles),
    ]),
  );
}
