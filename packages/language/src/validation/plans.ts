import * as ast from '../generated/ast.js';
import { targetOf, targetsOf } from './references.js';

/** What a scenario has of crises and responses, those that it is based on included. */
interface Planned {
  readonly crises: ReadonlySet<ast.Crisis>;
  readonly responses: ReadonlySet<ast.Response>;
  /** The scenario with all that it is based on. */
  readonly chain: ReadonlySet<ast.Scenario>;
}

/** The crises and responses of a scenario. */
function plannedIn(scenario: ast.Scenario | undefined): Planned {
  const chain = new Set<ast.Scenario>();
  const collect = (each: ast.Scenario | undefined): void => {
    if (each === undefined || chain.has(each)) return;
    chain.add(each);
    for (const base of each.bases) collect(targetOf(base));
  };
  collect(scenario);
  const plans = [...chain].flatMap((each) => each.plans);
  return {
    chain,
    crises: new Set(plans.flatMap(({ crises }) => targetsOf(crises))),
    responses: new Set(plans.flatMap(({ responses }) => targetsOf(responses))),
  };
}

/** Whether something happens in a scenario and no response is at hand: what plans are added to. */
export function happensWithoutPlan(scenario: ast.Scenario | undefined): boolean {
  const { crises, responses } = plannedIn(scenario);
  return crises.size > 0 && responses.size === 0;
}

/**
 * The scenarios that a study compares: those that it names, and those of the documents that say the same as one of the sets
 * of plans that it runs.
 */
export function comparedBy(study: ast.Study, documents: readonly ast.Document[]): ReadonlySet<ast.Scenario> {
  const named = study.properties.filter(ast.isCompareProperty).flatMap((each) => targetsOf(each.scenarios));
  const found = new Set(named);
  for (const property of study.properties.filter(ast.isPlansProperty)) {
    const plans = new Set(targetsOf(property.responses));
    const bases = property.scenarios.length > 0 ? targetsOf(property.scenarios) : named.filter(happensWithoutPlan);
    for (const base of bases) {
      const before = plannedIn(base);
      for (const scenario of documents.flatMap(({ declarations }) => declarations.filter(ast.isScenario))) {
        const { chain, crises, responses } = plannedIn(scenario);
        const own = [...chain].filter((each) => !before.chain.has(each));
        const saysNoMore = own.every(({ settings, conversions }) => settings.length + conversions.length === 0);
        const isSet =
          responses.size > 0 && [...responses].every((each) => plans.has(each) || before.responses.has(each));
        const isSame = crises.size === before.crises.size && [...crises].every((each) => before.crises.has(each));
        if (saysNoMore && isSet && isSame) found.add(scenario);
      }
    }
  }
  return found;
}
