import type { Model } from '@pathway/model';
import type { Estimate, StudyResults } from '@pathway/simulation';
import * as z from 'zod';
import { fileNames } from '../pipeline/file-names.js';
import { csvTable, type Cell } from '@pathway/interchange';
import { defineEmitter } from './emitter.js';
import { jsonText } from './json-text.js';
import { methodTables } from './method-tables.js';
import { budgetOf } from '@pathway/report';
import { budgetCsv } from '../pipeline/budget.js';

/** What the studies found, for other programs and for spreadsheets. */
export const results = defineEmitter({
  name: 'results',
  describes: 'What each study found: JSON with everything, and tables as CSV.',
  options: z.strictObject({ tables: z.boolean().default(true) }),
  async emit(model, { options, products }) {
    const names = fileNames(model.studies.map(({ id }) => id));
    const files = [];
    for (const study of await products.results()) {
      const folder = `results/${names.get(study.study) ?? study.study}`;
      files.push({ path: `${folder}/results.json`, content: jsonText(study) });
      if (!options.tables) continue;
      files.push(
        { path: `${folder}/indicators.csv`, content: indicatorTable(study) },
        { path: `${folder}/comparisons.csv`, content: comparisonTable(study) },
        { path: `${folder}/resources.csv`, content: resourceTable(study) },
        { path: `${folder}/activities.csv`, content: activityTable(study) },
        { path: `${folder}/expectations.csv`, content: expectationTable(study) },
        ...budgetTable(model, study).map((content) => ({ path: `${folder}/budget.csv`, content })),
        ...methodTables(study).map(({ name, content }) => ({ path: `${folder}/${name}`, content })),
      );
    }
    return files;
  },
});

/** The budget where somebody pays. */
function budgetTable(model: Model, study: StudyResults): readonly string[] {
  const budget = budgetOf(model, study);
  return budget === undefined ? [] : [budgetCsv(budget)];
}

const ESTIMATE_HEADER = ['mean', 'low', 'high', 'replications'];

function estimateCells(estimate: Estimate): readonly Cell[] {
  // An end that is not known is no number.
  return [estimate.mean, estimate.low, estimate.open === true ? undefined : estimate.high, estimate.replications];
}

function indicatorTable(study: StudyResults): string {
  const header = [
    'scenario',
    'indicator',
    'title',
    'argument',
    'group',
    'statistic',
    'unit',
    'currency',
    ...ESTIMATE_HEADER,
    'closed_form',
    'closed_form_method',
  ];
  const rows = study.scenarios.flatMap(({ scenario, indicators }) =>
    indicators.flatMap(({ indicator, title, argument, group, unit, currency, estimate, distribution, closedForm }) => {
      const about: readonly Cell[] = [scenario, indicator, title, argument, group];
      const measured = [unit === 'duration' ? 's' : unit, currency];
      return [
        [...about, 'mean', ...measured, ...estimateCells(estimate), closedForm?.value, closedForm?.method],
        ...(distribution?.percentiles ?? []).map(({ percentile, estimate: value }) => [
          ...about,
          `p${percentile}`,
          ...measured,
          ...estimateCells(value),
          undefined,
          undefined,
        ]),
      ];
    }),
  );
  return csvTable(header, rows);
}

function comparisonTable(study: StudyResults): string {
  const rows = study.comparisons.flatMap(({ base, scenario, indicators }) =>
    indicators.map(({ indicator, argument, group, difference }) => [
      base,
      scenario,
      indicator,
      argument,
      group,
      ...estimateCells(difference),
    ]),
  );
  return csvTable(['base', 'scenario', 'indicator', 'argument', 'group', ...ESTIMATE_HEADER], rows);
}

function resourceTable(study: StudyResults): string {
  const rows = study.scenarios.flatMap(({ scenario, resources }) =>
    resources.map((resource): readonly Cell[] => [
      scenario,
      resource.id,
      resource.title,
      resource.kind,
      resource.capacity ?? 'unlimited',
      resource.census.mean,
      resource.utilisation?.mean,
      resource.queue.mean,
      resource.wait.mean,
      resource.waitedShare.mean,
      resource.overtime?.mean,
    ]),
  );
  return csvTable(
    [
      'scenario',
      'id',
      'title',
      'kind',
      'capacity',
      'mean_in_use',
      'utilisation',
      'mean_waiting',
      'mean_wait_s',
      'waited_share',
      'overtime_s',
    ],
    rows,
  );
}

function activityTable(study: StudyResults): string {
  const rows = study.scenarios.flatMap(({ scenario, activities }) =>
    activities.map(({ activity, title, starts, completions, wait, duration }) => [
      scenario,
      activity,
      title,
      starts.mean,
      completions.mean,
      wait.mean,
      duration.mean,
    ]),
  );
  return csvTable(['scenario', 'activity', 'title', 'starts', 'completions', 'mean_wait_s', 'mean_duration_s'], rows);
}

function expectationTable(study: StudyResults): string {
  const rows = study.scenarios.flatMap(({ scenario, expectations }) =>
    expectations.map(({ text, verdict, estimate, operator, limit, unit, against }) => [
      scenario,
      text,
      verdict,
      ...estimateCells(estimate),
      operator,
      limit,
      unit === 'duration' ? 's' : unit,
      ...[against?.scenario ?? '', against?.factor ?? '', against?.figure.mean ?? '', against?.compared.mean ?? ''],
    ]),
  );
  const head = ['scenario', 'expectation', 'verdict', ...ESTIMATE_HEADER, 'operator', 'limit', 'unit'];
  return csvTable([...head, 'compared_with', 'factor', 'figure_mean', 'compared_mean'], rows);
}
