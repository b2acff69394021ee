import type { Model } from '@pathway/model';
import type {
  Comparison,
  Estimate,
  ExpectationResult,
  IndicatorResult,
  ScenarioResults,
  StudyResults,
} from '@pathway/simulation';
import { type FigureKind, fixed, NUMBER_FIGURE } from './figures.js';
import { named } from './text.js';
import type { Words } from './words/words.js';

/** The title of a scenario of a study, or its id where the study does not list it. */
export function scenarioTitle(study: StudyResults, scenario: string): string {
  return named(study.scenarios.find((each) => each.scenario === scenario)?.title ?? scenario);
}

/** The name of a figure: the indicator's title, with the group where it is one of a breakdown. */
export function indicatorTitle(result: Pick<IndicatorResult, 'title' | 'group'>): string {
  return result.group === undefined ? named(result.title) : `${named(result.title)}: ${named(result.group)}`;
}

/** What an indicator's figures measure. */
export function kindOf(result: Pick<IndicatorResult, 'unit' | 'currency'>): FigureKind {
  return { unit: result.unit, currency: result.currency };
}

/** What an expectation's figures measure; its currency is that of its indicator. */
export function kindOfExpectation(model: Model, result: ExpectationResult): FigureKind {
  const indicator = model.expectations.find((each) => each.id === result.expectation)?.indicator;
  const currency = model.indicators.find((each) => each.id === indicator)?.dimension.currency;
  return { unit: result.unit, currency };
}

/** Figures that stand alone: not a row of a table. */
export function singleFigures(scenario: ScenarioResults): readonly IndicatorResult[] {
  return scenario.indicators.filter((each) => each.argument === undefined);
}

/** One figure for each value of a variable, for every scenario that has it. */
export interface FigureTable {
  readonly indicator: string;
  readonly title: string;
  readonly kind: FigureKind;
  /** The variable's name as the model declares it, `n` where it does not. */
  readonly variable: string;
  /** Ascending. */
  readonly arguments: readonly number[];
  readonly scenarios: readonly { readonly title: string; readonly rows: readonly IndicatorResult[] }[];
}

/** The tables of a study in the order in which their first figures appear; a group of a breakdown is its own table. */
export function figureTables(study: StudyResults, model: Model): readonly FigureTable[] {
  const rows = study.scenarios.flatMap((scenario) => scenario.indicators.filter((each) => each.argument !== undefined));
  const keys = new Map(rows.map((row) => [keyOf(row), row] as const));
  return [...keys.entries()].map(([key, first]) => {
    const mine = rows.filter((row) => keyOf(row) === key);
    return {
      indicator: first.indicator,
      title: indicatorTitle(first),
      kind: kindOf(first),
      variable: variableOf(model, first.indicator),
      arguments: [...new Set(mine.map((row) => row.argument ?? 0))].sort((a, b) => a - b),
      scenarios: study.scenarios
        .map((scenario) => ({
          title: named(scenario.title),
          rows: scenario.indicators.filter((each) => each.argument !== undefined && keyOf(each) === key),
        }))
        .filter((scenario) => scenario.rows.length > 0),
    };
  });
}

function variableOf(model: Model, indicator: string): string {
  return model.indicators.find((each) => each.id === indicator)?.table?.variable ?? 'n';
}

function keyOf(row: Pick<IndicatorResult, 'indicator' | 'group'>): string {
  return JSON.stringify([row.indicator, row.group ?? null]);
}

/** A difference between two scenarios, with what is needed to write it. */
export interface NamedDifference {
  readonly indicator: string;
  readonly argument?: number;
  readonly group?: string;
  readonly title: string;
  /** For a row of a table: the indicator's title alone, and which row it is. */
  readonly row?: { readonly of: string; readonly at: string };
  readonly kind: FigureKind;
  readonly difference: Estimate;
}

/** The differences of a comparison with titles and units, in the order of the results. */
export function differencesOf(
  words: Words,
  study: StudyResults,
  comparison: Comparison,
  model: Model,
): readonly NamedDifference[] {
  const known = study.scenarios.flatMap((scenario) => scenario.indicators);
  return comparison.indicators.map((each) => {
    const result = known.find((candidate) => candidate.indicator === each.indicator);
    const title = indicatorTitle({
      title: result?.title ?? each.indicator,
      ...(each.group === undefined ? {} : { group: each.group }),
    });
    const at =
      each.argument === undefined
        ? undefined
        : `${named(variableOf(model, each.indicator))} = ${argumentText(words, each.argument)}`;
    return {
      indicator: each.indicator,
      ...(each.argument !== undefined && { argument: each.argument }),
      ...(each.group !== undefined && { group: each.group }),
      title: at === undefined ? title : words.say`${title} at ${at}`,
      ...(at === undefined ? {} : { row: { of: title, at } }),
      kind: result === undefined ? NUMBER_FIGURE : kindOf(result),
      difference: each.difference,
    };
  });
}

/** A value of a table's variable: whole where it is whole. */
export function argumentText(words: Words, value: number): string {
  return fixed(words, value, Number.isInteger(value) ? 0 : 2);
}

/** True when both scenarios gave the same value in every replication. */
export function isUnchanged(difference: Estimate): boolean {
  return difference.replications > 0 && difference.mean === 0 && difference.low === 0 && difference.high === 0;
}
