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
import { counted, listOf, named } from './text.js';

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
export function summariseStudy(study: StudyResults, input: ReportInput): readonly SummaryPart[] {
  const tables = figureTables(study, input.model);
  return [
    { kind: 'text', text: whatWasCompared(study) },
    ...brokenLaws(study),
    ...warningParts(study, input),
    ...study.scenarios.flatMap((scenario) => mainFigures(scenario, tables)),
    ...study.comparisons.flatMap((comparison) => differenceParts(study, comparison, input)),
    ...manyDifferences(study),
    ...expectationParts(study, input),
    ...exactAgreement(study),
  ];
}

/** Warnings before any figure; many overloads are one warning with the places in a list. */
function warningParts(study: StudyResults, input: ReportInput): SummaryPart[] {
  const warnings = warningsOf(study, input);
  const digest = overloadDigest(study, warnings);
  const single = warnings.filter((warning) => digest === undefined || warning.kind !== 'overload');
  const told = single.map((warning): SummaryPart => ({
    kind: isNote(warning.kind) ? 'note' : 'warning',
    text: warningText(warning, study.scenarios.length),
  }));
  if (digest === undefined) return told;
  return [{ kind: 'warning', text: digest.text }, { kind: 'list', lead: 'Overloaded:', items: digest.items }, ...told];
}

/** The staffing need of each scenario in a sentence for each role. */
export function summariseStaffing(plans: readonly StaffingPlan[]): readonly SummaryPart[] {
  return plans
    .filter((plan) => plan.roles.length > 0)
    .map((plan) => ({
      kind: 'list',
      lead: `Staff that the work needs in ${named(plan.title)}:`,
      items: plan.roles.map((role) => `${named(role.title)}: ${headcountSentence(role)}`),
    }));
}

/** Needed against in post, in words; the cover alone where there is no staff group to compare with. */
export function headcountSentence(role: StaffingPlan['roles'][number]): string {
  const cover = `${plain(role.coverHoursPerWeek)} h of cover a week`;
  if (role.headcount === null) return `${cover}; nobody is declared in post.`;
  const { existing, needed, shortfall } = role.headcount;
  const people = `${plain(needed)} people needed for ${cover}, ${plain(existing)} in post`;
  if (shortfall > 0) return `${people}: ${plain(shortfall)} too few.`;
  return shortfall < 0 ? `${people}: ${plain(-shortfall)} more than needed.` : `${people}: enough.`;
}

function whatWasCompared(study: StudyResults): string {
  const titles = study.scenarios.map((scenario) => named(scenario.title));
  const times = [...new Set(study.scenarios.map((scenario) => scenario.replications))];
  const run = figure(study.runLength, DURATION_FIGURE);
  const warmUp = study.warmUp > 0 ? ` after ${figure(study.warmUp, DURATION_FIGURE)} of warm-up` : '';
  const often =
    times.length === 1 ? counted(times[0] ?? 0, 'time') : `${Math.min(...times)} to ${Math.max(...times)} times`;
  const [first, ...others] = titles;
  if (first === undefined) return 'The study has no scenario, so nothing was simulated.';
  const what =
    others.length === 0
      ? `The scenario ${first} was simulated`
      : `${listOf(others)} ${others.length === 1 ? 'is' : 'are'} compared with ${first}. Each scenario was simulated`;
  const paired = others.length === 0 ? '' : ', with the same patients in all of them';
  const stopped = study.interrupted
    ? ' The run was interrupted: the figures hold for the replications that were done.'
    : '';
  return `${what} ${often} over ${run}${warmUp}${paired}. Brackets hold 95 % intervals.${stopped}`;
}

function brokenLaws(study: StudyResults): SummaryPart[] {
  return study.scenarios.flatMap((scenario) =>
    scenario.checks
      .filter((check) => !check.holds)
      .map((check): SummaryPart => ({
        kind: 'warning',
        text: `${named(scenario.title)}: ${named(check.law)} did not hold for ${named(check.subject)}. Do not use these figures before that is explained.`,
      })),
  );
}

function mainFigures(scenario: ScenarioResults, tables: readonly FigureTable[]): SummaryPart[] {
  const singles = singleFigures(scenario)
    .filter((result) => result.group === undefined)
    .map((result) => `${indicatorTitle(result)}: ${estimated(result.estimate, kindOf(result))}`);
  const rows = tables.flatMap((table) => {
    const mine = scenario.indicators.filter(
      (result) =>
        result.indicator === table.indicator && result.argument !== undefined && indicatorTitle(result) === table.title,
    );
    return mine.length === 0 ? [] : [`${table.title}: ${firstToLast(table.variable, mine)}`];
  });
  const items = [...singles, ...rows];
  return items.length === 0 ? [] : [{ kind: 'list', lead: `${named(scenario.title)}:`, items }];
}

function firstToLast(variable: string, rows: readonly IndicatorResult[]): string {
  const ordered = [...rows].sort((a, b) => (a.argument ?? 0) - (b.argument ?? 0));
  const text = (row: IndicatorResult): string =>
    `${estimated(row.estimate, kindOf(row))} at ${named(variable)} = ${argumentText(row.argument ?? 0)}`;
  const [first] = ordered;
  const last = ordered[ordered.length - 1];
  if (first === undefined || last === undefined) return '';
  return first === last ? text(first) : `from ${text(first)} to ${text(last)}`;
}

function differenceParts(study: StudyResults, comparison: Comparison, input: ReportInput): SummaryPart[] {
  const differences = differencesOf(study, comparison, input.model);
  const pair = `${scenarioTitle(study, comparison.scenario)} against ${scenarioTitle(study, comparison.base)}`;
  const unchanged = differences.filter((each) => isUnchanged(each.difference));
  const rest = differences.filter((each) => !isUnchanged(each.difference));
  const certain = rest.filter((each) => excludesZero(each.difference));
  const open = rest.filter((each) => hasInterval(each.difference) && !excludesZero(each.difference));
  const without = rest.filter((each) => !hasInterval(each.difference));
  return [
    ...listPart(`${pair}, a difference is shown (the 95 % interval excludes zero):`, inBrief(certain)),
    ...listPart(
      `${pair}, no difference is shown (the interval includes zero, so either may be higher):`,
      inBrief(open),
    ),
    ...listPart(`${pair}, not decided (too few replications for an interval):`, inBrief(without)),
    ...listPart(`${pair}, the same in every replication:`, [
      ...new Set(unchanged.map((each) => each.row?.of ?? each.title)),
    ]),
  ];
}

/** One line a figure; the rows of a table are told by the first and the last of them, and stand in full below. */
function inBrief(differences: readonly NamedDifference[]): readonly string[] {
  const lines = new Map<string, NamedDifference[]>();
  for (const each of differences) {
    const key = each.row?.of ?? each.title;
    lines.set(key, [...(lines.get(key) ?? []), each]);
  }
  return [...lines].flatMap(([title, rows]) => {
    const [first] = rows;
    const last = rows[rows.length - 1];
    if (first === undefined || last === undefined) return title;
    if (rows.length < 3) return rows.map((row) => `${row.title}: ${differed(row.difference, row.kind)}`);
    const text = (row: NamedDifference): string => `${differed(row.difference, row.kind)} at ${row.row?.at ?? ''}`;
    return `${title}: from ${text(first)} to ${text(last)}`;
  });
}

function listPart(lead: string, items: readonly string[]): SummaryPart[] {
  return items.length === 0 ? [] : [{ kind: 'list', lead, items }];
}

function manyDifferences(study: StudyResults): SummaryPart[] {
  const differences = study.comparisons.flatMap((comparison) => comparison.indicators.map((each) => each.difference));
  const count = differences.filter((each) => hasInterval(each) && !isUnchanged(each)).length;
  if (count < MANY_DIFFERENCES) return [];
  const text = `Each of these ${count} intervals stands for itself: where nothing differs, about 1 in 20 still excludes zero by chance.`;
  return [{ kind: 'text', text }];
}

function expectationParts(study: StudyResults, input: ReportInput): SummaryPart[] {
  const all = study.scenarios.flatMap((scenario) => scenario.expectations.map((result) => ({ scenario, result })));
  if (all.length === 0) return [];
  const of = (verdict: ExpectationResult['verdict']): typeof all =>
    all.filter((each) => each.result.verdict === verdict);
  const write = ({ scenario, result }: (typeof all)[number]): string =>
    `${named(result.text)}, in ${named(scenario.title)}: ${estimated(result.estimate, kindOfExpectation(input.model, result))}`;
  const text = `Expectations, each counted in every scenario: holds ${of('holds').length}, fails ${of('fails').length}, not decided ${of('not decided').length}.`;
  return [
    { kind: 'text', text },
    ...listPart('Expectations that fail:', of('fails').map(write)),
    ...listPart('Expectations that more replications would have to decide:', of('not decided').map(write)),
  ];
}

function exactAgreement(study: StudyResults): SummaryPart[] {
  const compared = study.scenarios
    .flatMap((scenario) => scenario.indicators)
    .map((result) => result.closedForm && liesInside(result.closedForm.value, result.estimate))
    .filter((inside) => inside !== undefined);
  if (compared.length === 0) return [];
  const inside = compared.filter(Boolean).length;
  const text = `For ${counted(compared.length, 'figure')} an exact formula gives the value too; it lies in the simulated interval for ${inside} of them. About 1 in 20 is expected to lie outside by chance.`;
  return [{ kind: 'text', text }];
}
