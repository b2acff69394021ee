import type { ModelFacts } from '@pathway/analysis';
import { activitiesOf, type Activity, localiseModel, type Model, titleOf } from '@pathway/model';
import type { StudyResults } from '@pathway/simulation';
import type { StaffingPlan } from '@pathway/staffing';
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
  const titles = inLanguage(wordsOf(language), titlesById(input.model, model));
  return {
    ...input,
    ...(language !== undefined && { language }),
    model,
    results: input.results.map((study) => withTitles(study, titles) as StudyResults),
    plans: input.plans.map((plan) => withTitles(plan, titles) as StaffingPlan),
    facts: input.facts.map((facts) => withTitles(facts, titles) as ModelFacts),
  };
}

/** Titles that changed, by what they were: computed values carry titles, not always ids. */
type ChangedTitles = ReadonlyMap<string, string>;

/** A title as it reads now, of what it was. */
type Retitle = (title: string) => string;

/** Simulation names the indicator of a time target itself, after the step. */
const TIME_TARGET = ' within its time target';

function inLanguage(words: Words, titles: ChangedTitles): Retitle {
  return (title) =>
    title.endsWith(TIME_TARGET)
      ? words.say`${inLanguage(words, titles)(title.slice(0, -TIME_TARGET.length))} within its time target`
      : (titles.get(title) ?? title);
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
