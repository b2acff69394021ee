import { type Aim, type Better, betterOf } from '@pathway/model';
import type { Estimate, IndicatorResult, StudyResults } from '@pathway/simulation';
import { differed, estimated, excludesZero, hasInterval } from '../figures.js';
import type { ReportInput } from '../input.js';
import { argumentText, indicatorTitle, isUnchanged, kindOf } from '../study-view.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, paragraph, tableOf } from './blocks.js';

const AIMS: readonly Aim[] = ['health', 'experience', 'cost', 'staff', 'equity'];

/** One line of the comparison: a figure that every scenario may have. */
interface AimRow {
  readonly aim: string;
  readonly indicator: string;
  readonly group?: string;
  readonly argument?: number;
  readonly title: string;
}

/**
 * The scenarios beside one another by what their figures are for: health, experience, cost, staff, and equity by the
 * groups of each figure; an aim that nothing measures is said to be unmeasured. Of a table with a variable only the rows
 * that a promise names stand here, or the first where none does.
 */
export function aimBlocks(
  words: Words,
  study: StudyResults,
  input: ReportInput,
  mostColumns = Number.POSITIVE_INFINITY,
): readonly Block[] {
  const { say } = words;
  const rows = rowsOf(words, study, input);
  const missing = AIMS.filter((aim) => !rows.some((row) => row.aim === aim)).map((aim) => aimWord(words, aim));
  const unmeasured = missing.length === 0 ? [] : [paragraph(say`Not measured by this study: ${words.list(missing)}.`)];
  if (rows.length === 0) return unmeasured;
  const tableOfScenarios = (scenarios: StudyResults['scenarios']): Block => {
    const head = [say`Indicator`, say`Aim`, ...scenarios.map(({ title }) => named(title))];
    const cells = rows.map((row, i) => [
      row.title,
      rows[i - 1]?.aim === row.aim ? '' : aimWord(words, row.aim),
      ...scenarios.map(({ scenario }) => cellOf(words, row, scenario, study, input)),
    ]);
    return tableOf(`ll${'r'.repeat(scenarios.length)}`, head, cells);
  };
  return [
    ...inGroups(study.scenarios, mostColumns).map(tableOfScenarios),
    paragraph(
      say`Brackets hold 95 % intervals. A triangle says that the difference from the first scenario excludes zero; better and worse are said where the indicator tells which is which.`,
    ),
    ...gapBlocks(words, study, mostColumns),
    ...unmeasured,
  ];
}

/** How far the groups of each figure are apart, with the interval of that: the patients of one run share its luck. */
function gapBlocks(words: Words, study: StudyResults, mostColumns: number): readonly Block[] {
  const { say } = words;
  const [first] = study.scenarios;
  const rows = (first?.indicators ?? []).flatMap((row) => {
    const base = first?.indicators.find(({ indicator, group }) => indicator === row.indicator && group !== undefined);
    if (row.gap === undefined || row.group === undefined || base?.group === undefined) return [];
    return [{ row, title: `${named(row.title)}: ${say`${named(row.group)} minus ${named(base.group)}`}` }];
  });
  if (rows.length === 0) return [];
  const cell = ({ indicators }: StudyResults['scenarios'][number], { indicator, group }: IndicatorResult): string => {
    const found = indicators.find((each) => each.indicator === indicator && each.group === group);
    if (found?.gap === undefined) return '–';
    const open = hasInterval(found.gap) && !isUnchanged(found.gap) && !excludesZero(found.gap);
    return `${differed(words, found.gap, kindOf(found))}${open ? ` ? ${say`not decided`}` : ''}`;
  };
  return [
    ...inGroups(study.scenarios, mostColumns).map((scenarios) =>
      tableOf(
        `l${'r'.repeat(scenarios.length)}`,
        [say`Gap between groups`, ...scenarios.map(({ title }) => named(title))],
        rows.map(({ row, title }) => [title, ...scenarios.map((scenario) => cell(scenario, row))]),
      ),
    ),
    paragraph(say`A gap is taken within each replication; where its interval includes zero, it may be chance.`),
  ];
}

/** The first of a list with so many others at a time that no group has more than `most`. */
function inGroups<Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] {
  const [first, ...others] = items;
  if (first === undefined || items.length <= most) return [items];
  const each = most - 1;
  const groups = Math.ceil(others.length / each);
  return Array.from({ length: groups }, (_, i) => [first, ...others.slice(i * each, (i + 1) * each)]);
}

/** Rows in the order of the aims; figures by group are about equity. */
function rowsOf(words: Words, study: StudyResults, { model }: ReportInput): readonly AimRow[] {
  const promised = new Set(model.expectations.map(({ indicator, argument }) => `${indicator} ${argument ?? ''}`));
  const results = study.scenarios.flatMap(({ indicators }) => indicators);
  const rows = new Map<string, AimRow>();
  const tables = new Map<string, number>();
  for (const result of results) {
    const { indicator, group, argument } = result;
    if (argument !== undefined && !promised.has(`${indicator} ${argument}`)) {
      const hasPromise = model.expectations.some((each) => each.indicator === indicator && each.argument !== undefined);
      if (hasPromise) continue;
      if (!tables.has(indicator)) tables.set(indicator, argument);
      if (tables.get(indicator) !== argument) continue;
    }
    const key = JSON.stringify([indicator, group, argument]);
    if (!rows.has(key))
      rows.set(
        key,
        rowOf(
          words,
          result,
          model.indicators.find(({ id }) => id === indicator),
        ),
      );
  }
  const order = (aim: string): number => (AIMS.findIndex((each) => each === aim) + AIMS.length + 1) % (AIMS.length + 1);
  return [...rows.values()].sort((a, b) => order(a.aim) - order(b.aim));
}

function rowOf(
  words: Words,
  { indicator, title, group, argument, aim }: IndicatorResult,
  declared: ReportInput['model']['indicators'][number] | undefined,
): AimRow {
  const own = indicatorTitle({ title, ...(group !== undefined && { group }) });
  const variable = declared?.table?.variable ?? 'n';
  return {
    indicator,
    aim: group === undefined ? (aim ?? declared?.aim ?? '') : 'equity',
    ...(group !== undefined && { group }),
    ...(argument !== undefined && { argument }),
    title:
      argument === undefined ? own : words.say`${own} at ${`${named(variable)} = ${argumentText(words, argument)}`}`,
  };
}

function aimWord({ say }: Words, aim: string): string {
  switch (aim) {
    case 'health':
      return say`Health`;
    case 'experience':
      return say`Experience`;
    case 'cost':
      return say`Costs`;
    case 'staff':
      return say`Staff`;
    case 'equity':
      return say`Equity, by group`;
    default:
      return say`Without an aim`;
  }
}

function cellOf(words: Words, row: AimRow, scenario: string, study: StudyResults, input: ReportInput): string {
  const same = (each: { readonly indicator: string; readonly group?: string; readonly argument?: number }): boolean =>
    each.indicator === row.indicator && each.group === row.group && each.argument === row.argument;
  const result = study.scenarios.find((each) => each.scenario === scenario)?.indicators.find(same);
  if (result === undefined) return '–';
  const comparison = study.comparisons.find((each) => each.scenario === scenario);
  const difference = comparison?.indicators.find(same)?.difference;
  const verdict = difference === undefined ? '' : verdictOf(words, difference, betterOf(input.model, row.indicator));
  const text = estimated(words, result.estimate, kindOf(result));
  return verdict === '' ? text : `${text} ${verdict}`;
}

function verdictOf({ say }: Words, difference: Estimate, better: Better | undefined): string {
  if (isUnchanged(difference)) return `= ${say`the same`}`;
  if (!hasInterval(difference) || !excludesZero(difference)) return `? ${say`not decided`}`;
  const isHigher = difference.mean > 0;
  const arrow = isHigher ? '▲' : '▼';
  if (better === undefined) return isHigher ? `${arrow} ${say`higher`}` : `${arrow} ${say`lower`}`;
  return (better === 'higher') === isHigher ? `${arrow} ${say`better`}` : `${arrow} ${say`worse`}`;
}
