import { type BudgetLine, budgetLines, byId, constantValue, type Model, SECONDS, titleOf } from '@pathway/model';
import type { Estimate, StudyResults } from '@pathway/simulation';

/** What is paid and spent in each scenario of a study, over its window. */
export interface Budget {
  readonly study: string;
  readonly title: string;
  /** Length of the window in years of 365.25 days. */
  readonly years: number;
  readonly scenarios: readonly BudgetOfScenario[];
}

export interface BudgetOfScenario {
  readonly scenario: string;
  readonly title: string;
  readonly lines: readonly BudgetFigure[];
  /** Who is clearly worse and better off than in the first scenario; absent for that one. */
  readonly shift?: MoneyShift;
}

/** A line with its amount, and what that differs by from the first scenario, paired by replication. */
export interface BudgetFigure {
  readonly line: BudgetLine;
  /** The people of the territories that the line is about; absent where one of them is not known. */
  readonly served?: Served;
  readonly amount: Estimate;
  readonly difference?: Estimate;
}

/** Territories, by their titles, and how many people live there. */
interface Served {
  readonly territories: readonly { readonly title: string; readonly people: number }[];
  readonly people: number;
}

/** Lines whose difference to the first scenario is certain: its 95 % interval leaves out 0. */
export interface MoneyShift {
  readonly paysMore: readonly BudgetFigure[];
  readonly paysLess: readonly BudgetFigure[];
  readonly gains: readonly BudgetFigure[];
  readonly loses: readonly BudgetFigure[];
  /** Whoever pays for it, or loses by it, is not whoever gains or saves. */
  readonly apart: boolean;
}

/** The budget of a study; undefined for a model without payers. */
export function budgetOf(model: Model, results: StudyResults): Budget | undefined {
  const lines = budgetLines(model);
  const study = byId(model.studies, results.study);
  if (lines.length === 0 || study === undefined) return undefined;
  const served = new Map(lines.map((line) => [line.id, servedBy(line, lines, model)]));
  return {
    study: study.id,
    title: titleOf(study),
    years: (constantValue(study.run, model) ?? 0) / SECONDS.year,
    scenarios: results.scenarios.map(({ scenario, title, indicators }) => {
      const compared = results.comparisons.find((each) => each.scenario === scenario);
      const figures = lines.flatMap((line): BudgetFigure[] => {
        const amount = indicators.find(({ indicator }) => indicator === line.id)?.estimate;
        const difference = compared?.indicators.find(({ indicator }) => indicator === line.id)?.difference;
        const people = served.get(line.id);
        if (amount === undefined) return [];
        return [{ line, amount, ...(people && { served: people }), ...(difference !== undefined && { difference }) }];
      });
      return { scenario, title, lines: figures, ...(compared !== undefined && { shift: shiftOf(figures) }) };
    }),
  };
}

function shiftOf(figures: readonly BudgetFigure[]): MoneyShift {
  const certain = (kind: BudgetLine['kind'], more: boolean): BudgetFigure[] =>
    figures.filter(
      (each) =>
        each.line.kind === kind &&
        each.difference !== undefined &&
        each.difference.replications > 1 &&
        isMoved(each) &&
        (more ? each.difference.low > 0 : each.difference.high < 0),
    );
  const [paysMore, paysLess] = [certain('total', true), certain('total', false)];
  const [gains, loses] = [certain('balance', true), certain('balance', false)];
  const apart = paysMore.length + loses.length > 0 && gains.length + paysLess.length > 0;
  return { paysMore, paysLess, gains, loses, apart };
}

/** Whether a line differs from the first scenario by more than sums that are rounded in another order do. */
export function isMoved({ amount, difference }: BudgetFigure): boolean {
  if (difference === undefined) return false;
  const { mean, low, high } = difference;
  return [mean, low, high].some((each) => Math.abs(each) > 1e-9 * Math.max(1, Math.abs(amount.mean)));
}

/**
 * Whom a line is about: the people where its organisation is, or where all are whom a payer pays; for money of no
 * organisation in particular those of the whole budget.
 */
function servedBy(line: BudgetLine, lines: readonly BudgetLine[], model: Model): Served | undefined {
  const about =
    line.organisation === undefined
      ? lines
          .filter(({ payer }) => line.payer === undefined || payer === line.payer)
          .flatMap(({ organisation }) => (organisation === undefined ? [] : [organisation]))
      : [line.organisation];
  const places = [...new Set(about.map((id) => territoryOf(id, model)))];
  const territories = places.flatMap((id) => {
    const territory = id === undefined ? undefined : byId(model.territories, id);
    const people = territory?.population && constantValue(territory.population, model);
    return territory === undefined || people === undefined || !(people > 0)
      ? []
      : [{ title: titleOf(territory), people }];
  });
  if (territories.length === 0 || territories.length < places.length) return undefined;
  return { territories, people: territories.reduce((total, { people }) => total + people, 0) };
}

/** The territory of an organisation, or of what it is part of. */
function territoryOf(id: string, model: Model): string | undefined {
  const seen = new Set<string>();
  for (let at = byId(model.organisations, id); at !== undefined && !seen.has(at.id);) {
    if (at.territory !== undefined) return at.territory;
    seen.add(at.id);
    at = at.partOf === undefined ? undefined : byId(model.organisations, at.partOf);
  }
  return undefined;
}

/** The amount of a line as an amount for each person who is served, a year; undefined where nobody knows how many. */
export function perHeadAndYear({ years }: Pick<Budget, 'years'>, { served, amount }: BudgetFigure): number | undefined {
  return served === undefined || !(years > 0) ? undefined : amount.mean / years / served.people;
}
