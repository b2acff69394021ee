import { type Model, type Override, titleOf } from '@pathway/model';
import { compileInput } from '../input/compile.js';
import type { SimulationInput } from '../input/types.js';

/**
 * The input of a scenario with further changes on top of its own. What is expected in the scenario is expected here too.
 * @param scenarioId an empty text for the model as it is declared
 * @throws SimulationError or ModelError where the changed model cannot be simulated
 */
export function variantInput(
  model: Model,
  studyId: string,
  scenarioId: string,
  overrides: readonly Override[],
): SimulationInput {
  const base = model.scenarios.find(({ id }) => id === scenarioId);
  const id = `${scenarioId}: ${overrides.map(({ text }) => text).join(', ')}`;
  const origin = base?.origin ?? model.studies.find((each) => each.id === studyId)?.origin;
  if (origin === undefined || overrides.length === 0) return compileInput(model, studyId, scenarioId);
  const title = base === undefined ? 'As declared' : titleOf(base);
  const changed: Model = {
    ...model,
    scenarios: [
      ...model.scenarios,
      { id, name: id, title, origin, basedOn: base === undefined ? [] : [base.id], overrides },
    ],
    expectations: model.expectations.map((each) =>
      each.scenarios.includes(scenarioId)
        ? {
            ...each,
            scenarios: [id],
            ...(each.against?.scenario === scenarioId && { against: { ...each.against, scenario: id } }),
          }
        : each,
    ),
  };
  return compileInput(changed, studyId, id);
}
