import { runFindings } from '@pathway/analysis';
import { byId, type Diagnostic, type Model, titleOf, withVariations } from '@pathway/model';

/** Scenarios that are looked at; of a large grid the first ones say enough. */
const MOST_SCENARIOS = 30;

/** A warning about a study that is about to run. */
export interface StudyWarning {
  readonly diagnostic: Diagnostic;
  /** Titles of the scenarios that it is about. */
  readonly scenarios: readonly string[];
}

/**
 * What looks wrong in the scenarios of a study and was not told of the model as it is declared: an overload, nobody who
 * arrives. The study runs all the same: overloaded models are legitimate.
 */
export function studyWarnings(declared: Model, studyId: string): readonly StudyWarning[] {
  const study = byId(declared.studies, studyId);
  if (study === undefined) return [];
  const model = withVariations(declared, study);
  const scenarios = byId(model.studies, studyId)?.scenarios.slice(0, MOST_SCENARIOS) ?? [];
  const found = new Map<string, { readonly diagnostic: Diagnostic; readonly scenarios: string[] }>();
  for (const id of scenarios) {
    const scenario = byId(model.scenarios, id);
    for (const diagnostic of runFindings({ ...model, studies: [study] }, id, studyId)) {
      const key = placeOf(diagnostic) + diagnostic.message;
      const entry = found.get(key) ?? { diagnostic, scenarios: [] };
      found.set(key, entry);
      entry.scenarios.push(scenario === undefined ? id : titleOf(scenario));
    }
  }
  if (found.size === 0) return [];
  const told = new Set(runFindings(declared).map(placeOf));
  return [...found.values()].filter(({ diagnostic }) => !told.has(placeOf(diagnostic)));
}

/** What a finding is about, whatever its figures. */
function placeOf({ code, range }: Diagnostic): string {
  return `${code} ${range.file}:${range.line} `;
}
