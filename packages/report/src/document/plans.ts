import type { Estimate, PlanComparison, PlanFigure, StudyResults } from '@pathway/simulation';
import { differed, estimated, excludesZero, hasInterval, percent } from '../figures.js';
import { isUnchanged, kindOf, scenarioTitle } from '../study-view.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, paragraph, tableOf } from './blocks.js';

/** Figures that the answer tells of a crisis; the table has all of them. */
const MOST_FIGURES = 4;
/** From this on one is called the best. */
const CERTAIN = 0.95;

/**
 * What plans do in each crisis, a sentence or two for each figure that has a better side, promised ones first: which plan is
 * best on the first of them, how much better than none and how surely; then what that plan does to the others.
 */
export function planSentences(words: Words, study: StudyResults): readonly string[] {
  return (study.plans ?? []).flatMap((plans) => {
    const told = plans.figures.filter(({ better, kind }) => better !== undefined && kind === 'indicator');
    const [main, ...others] = told;
    const plan = main && bestPlan(main)?.scenario;
    if (main === undefined || plan === undefined) return [];
    return [
      mainSentence(words, study, plans, main, plan),
      ...others.slice(0, MOST_FIGURES - 1).map((figure) => sentenceOf(words, study, figure, plan)),
    ];
  });
}

/** The first figure: with the plan that is best on it, whether that is known, and what is usual. */
function mainSentence(
  words: Words,
  study: StudyResults,
  plans: PlanComparison,
  figure: PlanFigure,
  plan: string,
): string {
  const { say } = words;
  const usually =
    figure.usual === undefined
      ? []
      : [say`Where nothing happens it is ${estimated(words, figure.usual, kindOf(figure))}.`];
  const found = figure.values.find(({ scenario }) => scenario === plan);
  const isBest = figure.best?.scenario === plan && found !== undefined && excludesZero(found.difference);
  const choice =
    isBest && plans.alternatives.length > 1 ? [choiceOf(words, plans, figure, scenarioTitle(study, plan))] : [];
  return [sentenceOf(words, study, figure, plan), ...choice, ...usually].join(' ');
}

/** A figure without a plan and with one, and which of them is better on it. */
function sentenceOf(words: Words, study: StudyResults, figure: PlanFigure, plan: string): string {
  const { say } = words;
  const title = figureTitleOf(words, figure);
  const value = (estimate: Estimate): string => estimated(words, estimate, kindOf(figure));
  const found = figure.values.find(({ scenario }) => scenario === plan);
  if (found === undefined) return say`${title} is ${value(figure.without)} without a plan.`;
  if (isUnchanged(found.difference)) return say`${title} is ${value(figure.without)} with and without a plan.`;
  const both = say`${title} is ${value(figure.without)} without a plan, and ${value(found.estimate)} with ${scenarioTitle(study, plan)}`;
  const difference = differed(words, found.difference, kindOf(figure));
  if (!excludesZero(found.difference)) return say`${both}: which is better is not decided (${difference}).`;
  return found.difference.mean > 0 === (figure.better === 'higher')
    ? say`${both}: a difference of ${difference}, better with a certainty of ${sure(words, found.certainty)}.`
    : say`${both}: a difference of ${difference}, which is worse.`;
}

/** Which plan is the best of several, where that is known. */
function choiceOf(words: Words, { alternatives }: PlanComparison, { best }: PlanFigure, plan: string): string {
  const { say } = words;
  const count = alternatives.length;
  if (best === undefined || best.certainty < CERTAIN) return say`Which of ${count} plans is the best is not decided.`;
  return say`${plan} is the best of ${count} plans, with a certainty of at least ${bound(words, best.certainty)}.`;
}

/** The plan with the best mean. */
function bestPlan({ better, values, best }: PlanFigure): PlanFigure['values'][number] | undefined {
  const sign = better === 'higher' ? -1 : 1;
  const known = values.filter(({ estimate }) => estimate.replications > 0);
  const chosen = known.find(({ scenario }) => scenario === best?.scenario);
  return chosen ?? [...known].sort((a, b) => sign * (a.estimate.mean - b.estimate.mean))[0];
}

/** A probability that is never said to be 1: `more than 99.9 %`. */
function sure(words: Words, certainty: number | undefined): string {
  if (certainty === undefined) return words.say`no value`;
  return certainty > 0.999
    ? words.say`more than ${percent(words, 0.999)}`
    : percent(words, Math.floor(certainty * 1000) / 1000);
}

/** A lower bound of a probability, rounded down and never 1. */
function bound(words: Words, certainty: number): string {
  return percent(words, Math.min(0.999, Math.floor(certainty * 1000) / 1000));
}

/** The title of a figure; what simulation names itself is said in the language. */
function figureTitleOf(words: Words, { kind, title, argument }: PlanFigure): string {
  const { say } = words;
  if (kind === 'waiting') return say`Time waited by all together`;
  if (kind === 'outcome') return say`People who left: ${named(title)}`;
  return argument === undefined ? named(title) : `${named(title)} (${words.digits(String(argument))})`;
}

/** Every figure of each crisis without and with each plan, with paired differences and certainties, and what was not run. */
export function planBlocks(words: Words, study: StudyResults): readonly Block[] {
  const { say } = words;
  const { plans = [] } = study;
  return plans.flatMap((each): Block[] => {
    const head = [
      say`Figure`,
      say`Scenario`,
      say`Value (95 % interval)`,
      say`Against no plan`,
      say`Better with a certainty of`,
    ];
    // Outcomes that no plan surely changes say nothing of it.
    const shown = each.figures.filter(
      ({ kind, values }) => kind !== 'outcome' || values.some(({ difference }) => excludesZero(difference)),
    );
    const rows = shown.flatMap((figure) => figureRows(words, study, each, figure));
    return [
      tableOf('llrrr', head, rows),
      paragraph(
        say`Certainties are probabilities that the true difference is on the better side, by Student's t of the paired differences; that of the best one is a lower bound over all comparisons with it (Bonferroni).`,
      ),
      ...each.leftOut.map(({ responses, between: [first = '', second = ''], place }) =>
        paragraph(
          say`${responses.map(named).join(' + ')} was not run: ${named(first)} and ${named(second)} do not go together at ${named(place)}.`,
        ),
      ),
    ];
  });
}

function figureRows(words: Words, study: StudyResults, plans: PlanComparison, figure: PlanFigure): string[][] {
  const { say } = words;
  const kind = kindOf(figure);
  const row = (scenario: string, estimate: Estimate, difference: string, certainty: string): string[] => [
    '',
    scenarioTitle(study, scenario),
    estimated(words, estimate, kind),
    difference,
    certainty,
  ];
  const bestMark = (scenario: string): string => {
    if (figure.best?.scenario !== scenario || plans.alternatives.length < 2) return '';
    if (figure.values.every(({ difference }) => isUnchanged(difference))) return '';
    return ` ★ ${say`best (at least ${bound(words, figure.best.certainty)})`}`;
  };
  const rows = [
    ...(plans.usual === undefined || figure.usual === undefined ? [] : [row(plans.usual, figure.usual, '–', '–')]),
    row(plans.without, figure.without, '–', `–${bestMark(plans.without)}`),
    ...figure.values.map(({ scenario, estimate, difference, certainty }) =>
      row(
        scenario,
        estimate,
        isUnchanged(difference) ? `= ${say`the same`}` : differed(words, difference, kind),
        isUnchanged(difference) || certainty === undefined || !hasInterval(difference)
          ? '–'
          : `${sure(words, certainty)}${bestMark(scenario)}`,
      ),
    ),
  ];
  return rows.map((cells, i) => (i === 0 ? [figureTitleOf(words, figure), ...cells.slice(1)] : cells));
}

/** What one more unit of each place near its limit changes: a table for each search, the most helpful first. */
export function reliefBlocks(words: Words, study: StudyResults): readonly Block[] {
  const { say } = words;
  return (study.pressure ?? []).flatMap((result): Block[] => {
    const title = named(result.title);
    const scenario = scenarioTitle(study, result.scenario);
    if (result.near === 0)
      return [paragraph(say`${scenario}: nothing is waited for and nothing is used much, so that nothing binds.`)];
    const others = [
      ...new Map(
        result.points.flatMap(({ figures }) =>
          figures
            .filter(({ indicator }) => indicator !== result.indicator)
            .map((each) => [`${each.indicator} ${each.argument ?? ''}`, each] as const),
        ),
      ).values(),
    ].slice(0, 2);
    const head = [
      say`One more of`,
      say`${title} changes by`,
      say`Better with a certainty of`,
      ...others.map((each) => named(each.title)),
    ];
    const rows = result.points.map((point) => [
      named(point.title),
      isUnchanged(point.difference) ? `= ${say`the same`}` : differed(words, point.difference, kindOf(result)),
      isUnchanged(point.difference) ? '–' : sure(words, point.certainty),
      ...others.map(({ indicator, argument }) => {
        const found = point.figures.find((each) => each.indicator === indicator && each.argument === argument);
        if (found === undefined) return '–';
        return isUnchanged(found.difference) ? `= ${say`the same`}` : differed(words, found.difference, kindOf(found));
      }),
    ]);
    const rest = result.near - result.points.length;
    return [
      tableOf(`lrr${'r'.repeat(others.length)}`, head, rows),
      paragraph(
        [
          say`${scenario}: each place was run again with one more unit and the same patients, ${result.replications} replications each, ${result.runs} in all.`,
          ...(rest === 0 ? [] : [say`${rest} more places are used much or waited for, and were not tried.`]),
        ].join(' '),
      ),
    ];
  });
}

/** Which place binds most, in a sentence for each search that found one. */
export function reliefSentences(words: Words, study: StudyResults): readonly string[] {
  const { say } = words;
  return (study.pressure ?? []).flatMap((result) => {
    const [first] = result.points;
    const scenario = scenarioTitle(study, result.scenario);
    if (first === undefined) return [];
    const gain = differed(words, first.difference, kindOf(result));
    const helps = excludesZero(first.difference) && first.difference.mean > 0 === (result.better === 'higher');
    return helps
      ? [say`${scenario}: ${named(first.title)} binds most; one more changes ${named(result.title)} by ${gain}.`]
      : [say`${scenario}: one more unit of no single place surely helps ${named(result.title)}.`];
  });
}
