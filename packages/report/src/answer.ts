import { betterOf } from '@pathway/model';
import type { Comparison, StudyResults } from '@pathway/simulation';
import { planSentences, reliefSentences } from './document/plans.js';
import { differed, estimated, excludesZero, percent } from './figures.js';
import type { ReportInput } from './input.js';
import { overloadDigest, warningsOf } from './overload.js';
import {
  differencesOf,
  indicatorTitle,
  isUnchanged,
  kindOf,
  type NamedDifference,
  scenarioTitle,
  singleFigures,
} from './study-view.js';
import { named } from './text.js';
import type { Words } from './words/words.js';

/** Comparisons told one by one in the answer; more are told by the first indicator that has a better side. */
const MOST_COMPARISONS = 3;
/** Figures named in one clause of the answer. */
const MOST_FIGURES = 3;

/** The answer to a study's question: sentences, what is to be said of each alternative by itself, and sentences after it. */
export interface Answer {
  readonly before: string;
  readonly alternatives: readonly string[];
  readonly after: string;
}

/**
 * The answer to the study's question in a few sentences: which alternative is better on what, by how much and how
 * surely, what is not decided, and which promises hold. Claims nothing where a 95 % interval includes zero.
 */
export function answerOf(words: Words, study: StudyResults, input: ReportInput): Answer {
  const { say } = words;
  const { comparisons } = study;
  const [main, ...others] = planSentences(words, study);
  if (main !== undefined)
    return {
      before: [...overloadSentence(words, study, input), main].join(' '),
      alternatives: others,
      after: [...reliefSentences(words, study), ...promises(words, study)].join(' '),
    };
  const few = comparisons.length > 1 && comparisons.length <= MOST_COMPARISONS;
  const told =
    comparisons.length > MOST_COMPARISONS
      ? manyAlternatives(words, study, input)
      : comparisons.map((comparison) => verdictOn(words, study, comparison, input)).filter(isSaid);
  const after = [
    ...reliefSentences(words, study),
    ...promises(words, study),
    ...(comparisons.length === 0 ? [] : [say`Better and worse are said only where the 95 % interval excludes zero.`]),
  ];
  const before = [
    ...overloadSentence(words, study, input),
    ...rankingSentence(words, study),
    ...(comparisons.length === 0 ? alone(words, study) : few ? [] : told),
    ...(few ? [] : after),
  ];
  return {
    before: before.filter(isSaid).join(' '),
    alternatives: few ? told : [],
    after: few ? after.filter(isSaid).join(' ') : '',
  };
}

function isSaid(sentence: string): boolean {
  return sentence !== '';
}

function rankingSentence(words: Words, { ranking }: StudyResults): string[] {
  const [first] = ranking?.order ?? [];
  if (ranking === undefined || first === undefined) return [];
  const { say } = words;
  const sure = percent(words, Math.floor(ranking.probability * 1000) / 1000);
  if (ranking.decided)
    return [say`By ${named(ranking.title)}, ${named(first.title)} is best, with a probability of at least ${sure}.`];
  return [say`By ${named(ranking.title)}, ${named(first.title)} leads, but which one is best is not decided.`];
}

function alone(words: Words, study: StudyResults): string[] {
  const [scenario] = study.scenarios;
  if (scenario === undefined) return [];
  const figures = singleFigures(scenario)
    .filter(({ group }) => group === undefined)
    .slice(0, MOST_FIGURES)
    .map((each) => `${indicatorTitle(each)} ${estimated(words, each.estimate, kindOf(each))}`);
  return figures.length === 0 ? [] : [`${named(scenario.title)}: ${words.list(figures)}.`];
}

/** Differences of a comparison by what they show; rows of a table only where a promise names them. */
interface Verdict {
  readonly better: readonly NamedDifference[];
  readonly worse: readonly NamedDifference[];
  readonly higher: readonly NamedDifference[];
  readonly lower: readonly NamedDifference[];
  readonly open: readonly NamedDifference[];
  readonly same: readonly NamedDifference[];
}

function verdictOf(words: Words, study: StudyResults, comparison: Comparison, { model }: ReportInput): Verdict {
  const promised = new Set(model.expectations.map((each) => `${each.indicator} ${each.argument ?? ''}`));
  const all = differencesOf(words, study, comparison, model).filter(({ group }) => group === undefined);
  const shown = all.filter(
    ({ indicator, argument }) => argument === undefined || promised.has(`${indicator} ${argument}`),
  );
  const told = shown.length > 0 ? shown : all;
  const certain = told.filter(({ difference }) => excludesZero(difference) && !isUnchanged(difference));
  const sideOf = ({ indicator, difference }: NamedDifference): keyof Verdict => {
    const better = betterOf(model, indicator);
    const side = difference.mean > 0 ? 'higher' : 'lower';
    return better === undefined ? side : better === side ? 'better' : 'worse';
  };
  const at = (side: keyof Verdict): readonly NamedDifference[] => certain.filter((each) => sideOf(each) === side);
  return {
    better: at('better'),
    worse: at('worse'),
    higher: at('higher'),
    lower: at('lower'),
    open: told.filter(({ difference }) => !excludesZero(difference) && !isUnchanged(difference)),
    same: told.filter(({ difference }) => isUnchanged(difference)),
  };
}

function verdictOn(words: Words, study: StudyResults, comparison: Comparison, input: ReportInput): string {
  const { say } = words;
  const { better, worse, higher, lower, open, same } = verdictOf(words, study, comparison, input);
  const figures = (some: readonly NamedDifference[]): string =>
    fewOf(words, some, (each) => `${each.title} ${differed(words, each.difference, each.kind)}`);
  const titles = (some: readonly NamedDifference[]): string => fewOf(words, some, ({ title }) => title);
  const clauses = [
    ...(better.length === 0 ? [] : [say`better on ${figures(better)}`]),
    ...(worse.length === 0 ? [] : [say`worse on ${figures(worse)}`]),
    ...(lower.length === 0 ? [] : [say`lower: ${figures(lower)}`]),
    ...(higher.length === 0 ? [] : [say`higher: ${figures(higher)}`]),
    ...(open.length === 0 ? [] : [say`not decided on ${titles(open)}`]),
    ...(same.length === 0 ? [] : [say`the same on ${titles(same)}`]),
  ];
  if (clauses.length === 0) return '';
  const scenario = scenarioTitle(study, comparison.scenario);
  const base = scenarioTitle(study, comparison.base);
  return say`${scenario} compared with ${base}: ${clauses.join('; ')}.`;
}

function fewOf(words: Words, some: readonly NamedDifference[], text: (each: NamedDifference) => string): string {
  const shown = some.slice(0, MOST_FIGURES).map(text);
  const rest = some.length - shown.length;
  return rest === 0 ? words.list(shown) : words.list([...shown, words.say`${rest} more`]);
}

/** Many alternatives by the first indicator with a better side: how many are better, worse and open, and the best. */
function manyAlternatives(words: Words, study: StudyResults, input: ReportInput): string[] {
  const { say } = words;
  const verdicts = study.comparisons.map((comparison) => ({
    scenario: scenarioTitle(study, comparison.scenario),
    ...verdictOf(words, study, comparison, input),
  }));
  const sided = verdicts.flatMap(({ better, worse, open }) => [...better, ...worse, ...open]);
  const main = sided.find(({ indicator }) => betterOf(input.model, indicator) !== undefined)?.title;
  if (main === undefined) return [];
  const count = (side: 'better' | 'worse' | 'open'): number =>
    verdicts.filter((each) => each[side].some(({ title }) => title === main)).length;
  const [best] = verdicts
    .flatMap(({ scenario, better }) => better.filter(({ title }) => title === main).map((each) => ({ scenario, each })))
    .sort((a, b) => Math.abs(b.each.difference.mean) - Math.abs(a.each.difference.mean));
  const base = scenarioTitle(study, study.comparisons[0]?.base ?? '');
  const counted = say`On ${main}, of ${verdicts.length} alternatives to ${base} ${count('better')} are better, ${count('worse')} worse, and ${count('open')} not decided.`;
  if (best === undefined) return [counted];
  const difference = differed(words, best.each.difference, best.each.kind);
  return [counted, say`The largest gain against ${base} is that of ${best.scenario}: ${difference}.`];
}

function promises(words: Words, study: StudyResults): string[] {
  const all = study.scenarios.flatMap(({ expectations }) => expectations);
  if (all.length === 0) return [];
  const of = (verdict: (typeof all)[number]['verdict']): number =>
    all.filter((each) => each.verdict === verdict).length;
  const [holds, fails, open] = [of('holds'), of('fails'), of('not decided')];
  return [words.say`Of ${all.length} expectations, ${holds} hold, ${fails} fail and ${open} are not decided.`];
}

function overloadSentence(words: Words, study: StudyResults, input: ReportInput): string[] {
  const warnings = warningsOf(words, study, input);
  if (!warnings.some(({ kind }) => kind === 'overload')) return [];
  const places = overloadDigest(words, study, warnings)?.items.length;
  const { say } = words;
  if (places !== undefined)
    return [say`In ${places} places more is asked than can be done, so that figures depend on how long that lasts.`];
  return [
    say`Somewhere more is asked than can be done, so that figures depend on how long that lasts: see the warnings.`,
  ];
}
