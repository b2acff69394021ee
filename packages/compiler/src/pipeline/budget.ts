import { type BudgetLine, budgetLines, byId, constantValue, type Model, SECONDS, titleOf } from '@pathway/model';
import type { Estimate, StudyResults } from '@pathway/simulation';
import { csvTable } from '@pathway/interchange';

/** What is paid and spent in each scenario of a study, over its window. */
export interface Budget {
  readonly study: string;
  readonly title: string;
  /** Length of the window in years of 365.25 days. */
  readonly years: number;
  /** The people who are served, where one territory has all organisations of the budget and says how many live there. */
  readonly population?: { readonly territory: string; readonly people: number };
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
  readonly amount: Estimate;
  readonly difference?: Estimate;
}

/** Lines whose difference to the first scenario is certain: its 95 % interval leaves out 0. */
interface MoneyShift {
  readonly paysMore: readonly BudgetFigure[];
  readonly paysLess: readonly BudgetFigure[];
  readonly gains: readonly BudgetFigure[];
  readonly loses: readonly BudgetFigure[];
}

/** The budget of a study; undefined for a model without payers. */
export function budgetOf(model: Model, results: StudyResults): Budget | undefined {
  const lines = budgetLines(model);
  const study = byId(model.studies, results.study);
  if (lines.length === 0 || study === undefined) return undefined;
  const population = populationOf(model, lines);
  return {
    study: study.id,
    title: titleOf(study),
    years: (constantValue(study.run, model) ?? 0) / SECONDS.year,
    ...(population !== undefined && { population }),
    scenarios: results.scenarios.map(({ scenario, title, indicators }) => {
      const compared = results.comparisons.find((each) => each.scenario === scenario);
      const figures = lines.flatMap((line): BudgetFigure[] => {
        const amount = indicators.find(({ indicator }) => indicator === line.id)?.estimate;
        const difference = compared?.indicators.find(({ indicator }) => indicator === line.id)?.difference;
        return amount === undefined ? [] : [{ line, amount, ...(difference !== undefined && { difference }) }];
      });
      return { scenario, title, lines: figures, ...(compared !== undefined && { shift: shiftOf(figures) }) };
    }),
  };
}

function shiftOf(figures: readonly BudgetFigure[]): MoneyShift {
  const certain = (kind: BudgetLine['kind'], more: boolean): BudgetFigure[] =>
    figures.filter(
      ({ line, difference }) =>
        line.kind === kind &&
        difference !== undefined &&
        difference.replications > 1 &&
        (more ? difference.low > 0 : difference.high < 0),
    );
  return {
    paysMore: certain('total', true),
    paysLess: certain('total', false),
    gains: certain('balance', true),
    loses: certain('balance', false),
  };
}

function populationOf(model: Model, lines: readonly BudgetLine[]): Budget['population'] {
  const named = lines.flatMap(({ organisation }) => (organisation === undefined ? [] : [organisation]));
  const places = new Set(named.map((id) => territoryOf(id, model)));
  const [only, ...others] = [...places];
  const territory = others.length > 0 || only === undefined ? undefined : byId(model.territories, only);
  const people = territory?.population && constantValue(territory.population, model);
  return territory === undefined || people === undefined || !(people > 0)
    ? undefined
    : { territory: titleOf(territory), people };
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

/** An amount over the window as an amount for each person who is served, a year; undefined where nobody knows how many. */
export function perHeadAndYear({ population, years }: Budget, amount: number): number | undefined {
  return population === undefined || !(years > 0) ? undefined : amount / years / population.people;
}

/** A budget as a table, one row for each line in each scenario. */
export function budgetCsv(budget: Budget): string {
  const header = [
    'study',
    'scenario',
    'line',
    'kind',
    'payer',
    'organisation',
    'title',
    'currency',
    'mean',
    'low',
    'high',
    'difference',
    'difference_low',
    'difference_high',
    'per_head_and_year',
  ];
  const rows = budget.scenarios.flatMap(({ scenario, lines }) =>
    lines.map(({ line, amount, difference }) => [
      budget.study,
      scenario,
      line.id,
      line.kind,
      line.payer,
      line.organisation,
      line.title,
      line.currency,
      amount.mean,
      amount.low,
      amount.high,
      difference?.mean,
      difference?.low,
      difference?.high,
      perHeadAndYear(budget, amount.mean),
    ]),
  );
  return csvTable(header, rows);
}
