import { byId } from './by-id.js';
import type { Expectation } from './measurement.js';
import type { Model } from './model.js';
import { ModelError } from './model-error.js';
import type { Override, Scenario, Study, Variation } from './study.js';
import { deepFreeze } from './json.js';
import { titleOf } from './elements.js';
import { withPlanSets } from './plan-sets.js';

/** Scenarios that one study may have: more would be no table that anybody reads. */
const MOST_SCENARIOS = 1000;

/**
 * The model with a scenario for each set of plans that a study compares, and for each combination of the values over
 * which it varies something, named by its values: `Today: Bed.count = 8`. They stand in the study in place of the scenarios that they are based on, those of the first
 * one first, the last thing varied changing fastest. What is expected in a scenario is expected in its variants.
 * A study that varies nothing and names no plans leaves the model as it is.
 * @throws ModelError for more than 1000 combinations, and as of `withPlanSets`
 */
export function withVariations(declared: Model, asDeclared: Study): Model {
  const model = withPlanSets(declared, asDeclared);
  // With plans, the study is the one that names their scenarios.
  const study = (model === declared ? undefined : byId(model.studies, asDeclared.id)) ?? asDeclared;
  const varied = study.varied ?? [];
  if (varied.length === 0) return model;
  const combinations = varied.reduce<readonly (readonly Choice[])[]>(
    (found, variation) =>
      found.flatMap((chosen) => variation.values.map((_, value) => [...chosen, { variation, value }])),
    [[]],
  );
  const bases = model.scenarios.filter(({ id }) => study.scenarios.includes(id));
  const ordered = study.scenarios.flatMap((id) => bases.filter((base) => base.id === id));
  if (combinations.length * ordered.length > MOST_SCENARIOS) {
    const count = combinations.length * ordered.length;
    throw new ModelError(
      `The study ${study.name} has ${count} combinations of values; at most ${MOST_SCENARIOS} are simulated.`,
      varied[0]?.origin,
    );
  }
  const variants = ordered.map((base) => ({
    base: base.id,
    scenarios: combinations.map((choices) => variant(base, choices, ordered.length > 1)),
  }));
  const ids = (base: string): readonly string[] =>
    variants.find((each) => each.base === base)?.scenarios.map(({ id }) => id) ?? [];
  const all = variants.flatMap(({ scenarios }) => scenarios);
  return deepFreeze({
    ...model,
    scenarios: [...model.scenarios, ...all],
    expectations: model.expectations.flatMap((each): readonly Expectation[] => {
      const { against, scenarios } = each;
      if (scenarios.length === 0) return [each];
      if (against === undefined)
        return [{ ...each, scenarios: scenarios.flatMap((scenario) => [scenario, ...ids(scenario)]) }];
      // A variant is compared with the variant of the same values.
      return combinations
        .map((_, i) => ({
          ...each,
          scenarios: scenarios.flatMap((scenario) => ids(scenario)[i] ?? []),
          against: { ...against, scenario: ids(against.scenario)[i] ?? against.scenario },
        }))
        .filter((variant) => variant.scenarios.length > 0);
    }),
    studies: model.studies.map((each) =>
      each.id === study.id ? { ...each, scenarios: all.map(({ id }) => id), varied: [] } : each,
    ),
  });
}

interface Choice {
  readonly variation: Variation;
  /** Place in the list of values. */
  readonly value: number;
}

function variant(base: Scenario, choices: readonly Choice[], named: boolean): Scenario {
  const overrides = choices.flatMap(({ variation, value }): Override[] => {
    const chosen = variation.values[value];
    if (chosen === undefined) return [];
    const { origin, target, text } = variation;
    return [{ origin, target, value: chosen.value, text: `${text} = ${chosen.text}` }];
  });
  const values = overrides.map(({ text }) => text).join(', ');
  return {
    id: `${base.id}: ${values}`,
    name: `${base.name}: ${values}`,
    title: named ? `${titleOf(base)}: ${values}` : values,
    origin: base.origin,
    basedOn: [base.id],
    overrides,
  };
}
