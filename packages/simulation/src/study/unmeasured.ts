import type { ScenarioResults, StudyResults } from '../results.js';

const AIMS = ['health', 'experience', 'cost', 'staff', 'equity'];

/** The aims for which no scenario has a figure; figures by group are about equity. Empty where every aim has one. */
export function unmeasuredAims(
  scenarios: readonly Pick<ScenarioResults, 'indicators'>[],
): Pick<StudyResults, 'unmeasured'> {
  const figures = scenarios.flatMap(({ indicators }) => indicators);
  const measured = new Set(figures.map(({ aim, group }) => (group === undefined ? aim : 'equity')));
  const unmeasured = AIMS.filter((aim) => !measured.has(aim));
  return unmeasured.length === 0 ? {} : { unmeasured };
}
