import { closedForms } from '@pathway/analysis';
import type { Model } from '@pathway/model';
import { attachClosedForm, type ClosedFormValue, type StudyResults } from '@pathway/simulation';

/** The results of a study with exact values beside the simulated ones, where a closed form holds. */
export function withClosedForms(model: Model, results: StudyResults): StudyResults {
  const declared = results.scenarios.filter(({ scenario }) => model.scenarios.some(({ id }) => id === scenario));
  const values = declared.flatMap(({ scenario }) =>
    closedForms(model, scenario, results.study).map((form): ClosedFormValue => ({ ...form, scenario })),
  );
  return attachClosedForm(results, values);
}
