import type {
  Comparison,
  ExpectationResult,
  IndicatorResult,
  ScenarioResults,
  StudyResults,
} from '@pathway/simulation';
import type { StaffingPlan } from '@pathway/staffing';
import {
  differed,
  estimated,
  excludesZero,
  figure,
  DURATION_FIGURE,
  hasInterval,
  liesInside,
  plain,
} from './figures.js';
import { answerOf } from './answer.js';
import { expectationTexts } from './expectation-texts.js';
import type { ReportInput } from './input.js';
import { isNote, overloadDigest, warningsOf, warningText } from './overload.js';
import {
  argumentText,
  differencesOf,
  type FigureTable,
  figureTables,
  indicatorTitle,
  isUnchanged,
  kindOf,
  kindOfExpectation,
  type NamedDifference,
  scenarioTitle,
  singleFigures,
} from './study-view.js';
import { named } from './text.js';
import type { Words } from './words/words.js';

/** A part of the summary; texts are plain, and escaped by whoever writes them out. */
export type SummaryPart =
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly lead: string; readonly items: readonly string[] };

/** From this many differences on, the reader is told that some exclude zero by chance. */
const MANY_DIFFERENCES = 6;

/**
 * A study in plain words: what was compared, warnings before any figure, the main figures of each scenario, which
 * differences are certain and which are not, which expectations fail, and how far exact formulas agree.
 */
export function summariseStudy(words: Words, study: StudyResults, input: ReportInput): readonly SummaryPart[] {
  const tables = figureTables(study, input.model);
  return [
    ...brokenLaws(words, study),
    ...answerParts(words, study, input),
    { kind: 'text', text: whatWasCompared(words, study) },
    ...warningParts(words, study, input),
    // Of more than two scenarios the comparison by aim has the figures side by side.
    ...(study.scenarios.length > 2
      ? []
      : [
          ...study.scenarios.flatMap((scenario) => mainFigures(words, scenario, tables)),
          ...study.comparisons.flatMap((comparison) => differenceParts(words, study, comparison, input)),
        ]),
    ...manyDifferences(words, study),
    ...expectationParts(words, study, input),
    ...exactAgreement(words, study),
  ];
}

/** The answer, where the study has something to say. */
function answerParts(words: Words, study: StudyResults, input: ReportInput): SummaryPart[] {
  const { before, alternatives, after } = answerOf(words, study, input);
  const said = (text: string): SummaryPart[] => (text === '' ? [] : [{ kind: 'text', text }]);
  const list: SummaryPart[] = alternatives.length === 0 ? [] : [{ kind: 'list', lead: '', items: alternatives }];
  return [...said(before), ...list, ...said(after)];
}

/** Warnings before any figure; many overloads are one warning with the places in a list. */
function warningParts(words: Words, study: StudyResults, input: ReportInput): SummaryPart[] {
  const warnings = warningsOf(words, study, input);
  const digest = overloadDigest(words, study, warnings);
  const single = warnings.filter((warning) => digest === undefined || warning.kind !== 'overload');
  const told = single.map((warning): SummaryPart => ({
    kind: isNote(warning.kind) ? 'note' : 'warning',
    text: warningText(words, warning, study.scenarios.length),
  }));
  if (digest === undefined) return told;
  const places: SummaryPart = { kind: 'list', lead: words.say`Overloaded:`, items: digest.items };
  return [{ kind: 'warning', text: digest.text }, places, ...told];
}

/** The staffing need of each scenario in a sentence for each role. */
export function summariseStaffing(words: Words, plans: readonly StaffingPlan[]): readonly SummaryPart[] {
  const told = plans
    .filter((plan) => plan.roles.length > 0)
    .map((plan) => ({
      title: named(plan.title),
      items: plan.roles.map((role) => `${named(role.title)}: ${headcountSentence(words, role)}`),
    }));
  // Scenarios that need the same people are told together.
  const byItems = new Map<string, { readonly titles: string[]; readonly items: readonly string[] }>();
  for (const { title, items } of told) {
    const key = items.join('\n');
    const same = byItems.get(key);
    if (same === undefined) byItems.set(key, { titles: [title], items });
    else same.titles.push(title);
  }
  return [...byItems.values()].map(({ titles, items }) => ({
    kind: 'list',
    lead: words.say`Staff that the work needs in ${words.list(titles)}:`,
    items,
  }));
}

/** Needed against in post, in words; the cover alone where there is no staff group to compare with. */
export function headcountSentence(words: Words, role: StaffingPlan['roles'][number]): string {
  const { say } = words;
  const cover = plain(words, role.coverHoursPerWeek);
  if (role.headcount === null) {
    return role.onDutyByHour === null
      ? say`${cover} h of cover a week; nobody is declared in post.`
      : say`${cover} h of cover a week; absence and leave leave nobody in post to work.`;
  }
  const { existing, needed, shortfall } = role.headcount;
  const people = say`${plain(words, needed)} people needed for ${cover} h of cover a week, ${plain(words, existing)} in post`;
  if (role.countedInPart) return say`${people}; not all of their work is counted, so that more or fewer may be needed.`;
  if (shortfall > 0) return say`${people}: ${plain(words, shortfall)} too few.`;
  return shortfall < 0 ? say`${people}: ${plain(words, -shortfall)} more than needed.` : say`${people}: enough.`;
}

function whatWasCompared(words: Words, study: StudyResults): string {
  const { say } = words;
  const titles = study.scenarios.map((scenario) => named(scenario.title));
  const times = study.scenarios.map((scenario) => scenario.replications);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const run = figure(words, study.runLength, DURATION_FIGURE);
  const [first, ...others] = titles;
  if (first === undefined) return say`The study has no scenario, so nothing was simulated.`;
  return [
    others.length === 0
      ? say`The scenario ${first} was simulated.`
      : say`Compared with ${first}: ${words.list(others)}.`,
    least === most
      ? say`Each scenario ran ${least} times over ${run}.`
      : say`Each scenario ran ${least} to ${most} times over ${run}.`,
    ...(study.warmUp > 0 ? [say`A warm-up of ${figure(words, study.warmUp, DURATION_FIGURE)} is not counted.`] : []),
    ...(others.length === 0 ? [] : [say`The same patients come in all scenarios.`]),
    say`Brackets hold 95 % intervals.`,
    ...(study.interrupted ? [say`The run was interrupted: the figures hold for the replications that were done.`] : []),
  ].join(' ');
}

function brokenLaws(words: Words, study: StudyResults): SummaryPart[] {
  return study.scenarios.flatMap((scenario) =>
    scenario.checks
      .filter((check) => !check.holds)
      .map((check): SummaryPart => ({
        kind: 'warning',
        text: words.say`${named(scenario.title)}: ${words.known(named(check.law))} did not hold for ${named(check.subject)}. Do not use these figures before that is explained.`,
      })),
  );
}

function mainFigures(words: Words, scenario: ScenarioResults, tables: readonly FigureTable[]): SummaryPart[] {
  const singles = singleFigures(scenario)
    .filter((result) => result.group === undefined)
    .map((result) => `${indicatorTitle(result)}: ${estimated(words, result.estimate, kindOf(result))}`);
  const rows = tables.flatMap((table) => {
    const mine = scenario.indicators.filter(
      (result) =>
        result.indicator === table.indicator && result.argument !== undefined && indicatorTitle(result) === table.title,
    );
    return mine.length === 0 ? [] : [`${table.title}: ${firstToLast(words, table.variable, mine)}`];
  });
  const items = [...singles, ...rows];
  return items.length === 0 ? [] : [{ kind: 'list', lead: `${named(scenario.title)}:`, items }];
}

function firstToLast(words: Words, variable: string, rows: readonly IndicatorResult[]): string {
  const ordered = [...rows].sort((a, b) => (a.argument ?? 0) - (b.argument ?? 0));
  const text = (row: IndicatorResult): string =>
    words.say`${estimated(words, row.estimate, kindOf(row))} at ${`${named(variable)} = ${argumentText(words, row.argument ?? 0)}`}`;
  const [first] = ordered;
  const last = ordered[ordered.length - 1];
  if (first === undefined || last === undefined) return '';
  return first === last ? text(first) : words.say`from ${text(first)} to ${text(last)}`;
}

function differenceParts(words: Words, study: StudyResults, comparison: Comparison, input: ReportInput): SummaryPart[] {
  const differences = differencesOf(words, study, comparison, input.model);
  const { say } = words;
  const pair = say`${scenarioTitle(study, comparison.scenario)} against ${scenarioTitle(study, comparison.base)}`;
  const unchanged = differences.filter((each) => isUnchanged(each.difference));
  const rest = differences.filter((each) => !isUnchanged(each.difference));
  const certain = rest.filter((each) => excludesZero(each.difference));
  const open = rest.filter((each) => hasInterval(each.difference) && !excludesZero(each.difference));
  const without = rest.filter((each) => !hasInterval(each.difference));
  return [
    ...listPart(say`${pair}, a difference is shown (the 95 % interval excludes zero):`, inBrief(words, certain)),
    ...listPart(
      say`${pair}, no difference is shown (the interval includes zero, so either may be higher):`,
      inBrief(words, open),
    ),
    ...listPart(say`${pair}, not decided (too few replications for an interval):`, inBrief(words, without)),
    ...listPart(say`${pair}, the same in every replication:`, [
      ...new Set(unchanged.map((each) => each.row?.of ?? each.title)),
    ]),
  ];
}

/** One line a figure; the rows of a table are told by the first and the last of them, and stand in full below. */
function inBrief(words: Words, differences: readonly NamedDifference[]): readonly string[] {
  const lines = new Map<string, NamedDifference[]>();
  for (const each of differences) {
    const key = each.row?.of ?? each.title;
    lines.set(key, [...(lines.get(key) ?? []), each]);
  }
  return [...lines].flatMap(([title, rows]) => {
    const [first] = rows;
    const last = rows[rows.length - 1];
    if (first === undefined || last === undefined) return title;
    if (rows.length < 3) return rows.map((row) => `${row.title}: ${differed(words, row.difference, row.kind)}`);
    const text = (row: NamedDifference): string =>
      words.say`${differed(words, row.difference, row.kind)} at ${row.row?.at ?? ''}`;
    return `${title}: ${words.say`from ${text(first)} to ${text(last)}`}`;
  });
}

function listPart(lead: string, items: readonly string[]): SummaryPart[] {
  return items.length === 0 ? [] : [{ kind: 'list', lead, items }];
}

function manyDifferences(words: Words, study: StudyResults): SummaryPart[] {
  const differences = study.comparisons.flatMap((comparison) => comparison.indicators.map((each) => each.difference));
  const count = differences.filter((each) => hasInterval(each) && !isUnchanged(each)).length;
  if (count < MANY_DIFFERENCES) return [];
  const text = words.say`Each of these ${count} intervals stands for itself: where nothing differs, about 1 in 20 still excludes zero by chance.`;
  return [{ kind: 'text', text }];
}

function expectationParts(words: Words, study: StudyResults, input: ReportInput): SummaryPart[] {
  const { say } = words;
  const all = study.scenarios.flatMap((scenario) => scenario.expectations.map((result) => ({ scenario, result })));
  const of = (verdict: ExpectationResult['verdict']): typeof all =>
    all.filter((each) => each.result.verdict === verdict);
  const write = ({ scenario, result }: (typeof all)[number]): string =>
    `${named(result.text)}, ${named(scenario.title)}: ${expectationTexts(words, result, kindOfExpectation(input.model, result)).simulated}`;
  return [
    ...listPart(say`Expectations that fail:`, of('fails').map(write)),
    ...listPart(say`Expectations that more replications would have to decide:`, of('not decided').map(write)),
  ];
}

function exactAgreement(words: Words, study: StudyResults): SummaryPart[] {
  const compared = study.scenarios
    .flatMap((scenario) => scenario.indicators)
    .map((result) => result.closedForm && liesInside(result.closedForm.value, result.estimate))
    .filter((inside) => inside !== undefined);
  if (compared.length === 0) return [];
  const inside = compared.filter(Boolean).length;
  const text = words.say`For ${compared.length} figures an exact formula gives the value too; it lies in the simulated interval for ${inside} of them. About 1 in 20 is expected to lie outside by chance.`;
  return [{ kind: 'text', text }];
}
