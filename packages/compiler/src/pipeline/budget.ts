import { csvTable } from '@pathway/interchange';
import type { Model } from '@pathway/model';
import { type Budget, perHeadAndYear } from '@pathway/report';
import * as z from 'zod';

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
    lines.map((figure) => {
      const { line, amount, difference } = figure;
      return [
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
        perHeadAndYear(budget, figure),
      ];
    }),
  );
  return csvTable(header, rows);
}

const text = z.string();
const interval = z
  .strictObject({ mean: z.number(), low: z.number().nullable(), high: z.number().nullable(), replications: z.int() })
  .describe('Money over the window of the study; null bounds where one replication gives no interval.');

const line = z.strictObject({
  line: text.describe('As the indicator of the results that holds its figures.'),
  kind: z
    .enum(['pays', 'total', 'costs', 'balance'])
    .describe(
      'What a payer pays an organisation, what it pays in all, what an organisation costs, and what it is paid less that.',
    ),
  payer: text.exactOptional(),
  organisation: text.exactOptional(),
  title: text,
  currency: text.exactOptional().describe('ISO 4217.'),
  amount: interval,
  difference: interval.exactOptional().describe('From the first scenario, with the same patients.'),
  served: z
    .strictObject({ people: z.number(), territories: z.array(z.strictObject({ title: text, people: z.number() })) })
    .exactOptional()
    .describe('Who lives where the organisations of the line are.'),
  perHeadAndYear: z.number().exactOptional(),
});

/** The budgets of a project as `pathway budget --format json` writes them. */
export const budgetFileSchema = z.strictObject({
  format: z.literal('pathway-budget'),
  formatVersion: z.literal(1),
  languageVersion: text,
  sourceHash: text,
  studies: z.array(
    z.strictObject({
      study: text,
      title: text,
      years: z.number().describe('Length of the window, in years of 365.25 days.'),
      scenarios: z.array(
        z.strictObject({
          scenario: text,
          title: text,
          lines: z.array(line),
          shift: z
            .strictObject({
              paysMore: z.array(text).describe('Payers.'),
              paysLess: z.array(text),
              gains: z.array(text).describe('Organisations.'),
              loses: z.array(text),
              apart: z.boolean().describe('Whoever pays for it, or loses by it, is not whoever gains or saves.'),
            })
            .exactOptional()
            .describe('Whose money clearly moves against the first scenario: the 95 % interval leaves out 0.'),
        }),
      ),
    }),
  ),
});

type BudgetFile = z.infer<typeof budgetFileSchema>;

/** The JSON Schema that is published as `docs/schemas/budget.schema.json`. */
export function budgetJsonSchema(): object {
  return { $id: 'urn:pathway:schema:budget:1', ...z.toJSONSchema(budgetFileSchema) };
}

/** Budgets for machines. */
export function budgetFile(model: Model, budgets: readonly Budget[]): BudgetFile {
  return {
    format: 'pathway-budget',
    formatVersion: 1,
    languageVersion: model.languageVersion,
    sourceHash: model.sourceHash,
    studies: budgets.map((budget) => ({
      study: budget.study,
      title: budget.title,
      years: budget.years,
      scenarios: budget.scenarios.map(({ scenario, title, lines, shift }) => ({
        scenario,
        title,
        lines: lines.map((figure) => lineOf(figure, budget)),
        ...(shift && {
          shift: {
            paysMore: shift.paysMore.flatMap(({ line: { payer } }) => payer ?? []),
            paysLess: shift.paysLess.flatMap(({ line: { payer } }) => payer ?? []),
            gains: shift.gains.flatMap(({ line: { organisation } }) => organisation ?? []),
            loses: shift.loses.flatMap(({ line: { organisation } }) => organisation ?? []),
            apart: shift.apart,
          },
        }),
      })),
    })),
  };
}

type Figure = Budget['scenarios'][number]['lines'][number];

function lineOf(figure: Figure, budget: Budget): z.infer<typeof line> {
  const { line: of, amount, difference, served } = figure;
  const perHead = perHeadAndYear(budget, figure);
  return {
    line: of.id,
    kind: of.kind,
    ...(of.payer !== undefined && { payer: of.payer }),
    ...(of.organisation !== undefined && { organisation: of.organisation }),
    title: of.title,
    ...(of.currency !== undefined && { currency: of.currency }),
    amount: intervalOf(amount),
    ...(difference && { difference: intervalOf(difference) }),
    ...(served && { served: { people: served.people, territories: [...served.territories] } }),
    ...(perHead !== undefined && { perHeadAndYear: perHead }),
  };
}

function intervalOf({ mean, low, high, replications }: Figure['amount']): z.infer<typeof interval> {
  const bound = (value: number): number | null => (replications > 1 && Number.isFinite(value) ? value : null);
  return { mean, low: bound(low), high: bound(high), replications };
}
