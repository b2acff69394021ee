import { closedForms } from '@pathway/analysis';
import type { Model } from '@pathway/model';
import { attachClosedForm, type StudyResults } from '@pathway/simulation';

/** The results of a study with exact values beside the simulated ones, where a closed form holds. */
export function withClosedForms(model: Model, results: StudyResults): StudyResults {
  return results.scenarios.reduce(
    (found, { scenario }) =>
      attachClosedForm(
        found,
        closedForms(model, scenario).map((value) => ({ ...value, scenario })),
      ),
    results,
  );
}
