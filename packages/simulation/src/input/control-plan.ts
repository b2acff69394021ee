import { byId, type Crisis, type Model, scenarioChain } from '@pathway/model';
import type { ControlContext } from './control-context.js';
import { DependenceTable, dependsOnFallible, fallible } from './control-dependences.js';
import { compileCrisis, type Slowdown } from './control-effects.js';
import { compileResponses } from './control-responses.js';
import { allowedBy, compileAllowances } from './control-staff.js';
import type { InputControl, InputEffect } from './control-types.js';
import { compileWatch, type WatchScope } from './control-watch.js';
import type { Surroundings } from './surroundings.js';
import { type Variants, variantsOf } from './variants.js';

/** What a scenario has of crises and responses, each once, where it is first met. */
export interface Planned {
  readonly crises: readonly Crisis[];
  /** Ids. */
  readonly responses: readonly string[];
}

/** What happens in a scenario, and which responses are at hand in it. */
export function plannedIn(model: Model, scenarioId: string): Planned {
  const chain = scenarioId === '' ? [] : scenarioChain(model, scenarioId);
  const crises = [...new Set(chain.flatMap(({ crises: own }) => own ?? []))];
  return {
    crises: crises.flatMap((id) => byId(model.crises ?? [], id) ?? []),
    responses: [...new Set(chain.flatMap(({ responses }) => responses ?? []))],
  };
}

/** Cohorts that come only while a response lets them, and none at hand can. */
export function dormantCohorts(model: Model, planned: Planned): ReadonlySet<string> {
  const startedBy = (of: (id: string) => boolean): string[] =>
    (model.responses ?? [])
      .filter(({ id }) => of(id))
      .flatMap(({ patches }) => patches.flatMap((patch) => (patch.kind === 'start' ? patch.cohorts : [])));
  const atHand = new Set(startedBy((id) => planned.responses.includes(id)));
  return new Set(startedBy(() => true).filter((id) => !atHand.has(id)));
}

/** What is watched and changed from outside in a scenario: first what the program must know of it, then the rest. */
export class ControlPlan {
  readonly surroundings: Surroundings;
  readonly variants: Variants;
  /** Who may stand in for whom. */
  readonly allowed: ReturnType<typeof allowedBy>;
  readonly #context: ControlContext;
  readonly #planned: Planned;
  readonly #effects: readonly InputEffect[];
  readonly #dependences: DependenceTable;
  readonly #triggers: readonly string[];

  private constructor(context: ControlContext, planned: Planned, missing: ReadonlySet<string>) {
    const { model } = context;
    this.#context = context;
    this.#planned = planned;
    this.#triggers = (model.triggers ?? []).map(({ id }) => id);
    const compiled = planned.crises.map((crisis) => compileCrisis(crisis, context, this.#triggers));
    this.#effects = compiled.flatMap(({ effects }) => effects);
    const slowdowns: readonly Slowdown[] = compiled.flatMap(({ slowdowns: own }) => own);
    this.#dependences = new DependenceTable(context, missing);
    this.variants = variantsOf(model, planned.responses);
    this.allowed = allowedBy(model, planned.responses);
    this.surroundings = {
      slowing: (step, pathway) => slowdowns.filter((each) => each.slows(step, pathway)).map(({ variable }) => variable),
      dependsOn: (step) => this.#dependences.of(step),
    };
  }

  /**
   * The plan of a scenario; undefined where nothing is watched or changed from outside.
   * @param isWatched true where an indicator asks for levels, gauges or triggers, whatever they call for
   */
  static of(context: ControlContext, planned: Planned, isWatched: boolean): ControlPlan | undefined {
    const { model } = context;
    const missing = fallible(model, lostIn(planned.crises, context));
    const isCalm = !isWatched && planned.crises.length === 0 && planned.responses.length === 0;
    return isCalm && !dependsOnFallible(model, missing) ? undefined : new ControlPlan(context, planned, missing);
  }

  /** Everything, once the program is there. */
  compile(scope: WatchScope): InputControl {
    const context = this.#context;
    const watch = compileWatch(context, scope);
    const responses = compileResponses(this.#planned.responses, context, this.variants);
    return {
      ...watch,
      variables: context.variables,
      components: this.variants.responses.length,
      standIns: this.variants.standIns.flatMap(({ place, activities }) => {
        const [activity, first, last] = [place, activities[0], activities.at(-1)].map((id) =>
          scope.flow.activities.findIndex((each) => each.id === id),
        );
        const known = activity !== undefined && first !== undefined && last !== undefined;
        return known && Math.min(activity, first, last) >= 0 ? [{ activity, first, last }] : [];
      }),
      responses,
      changes: context.changes,
      allowances: compileAllowances(
        scope.flow.targets.standIns,
        context,
        new Map(context.changes.map(({ id }, i) => [id, i])),
      ),
      teams: context.teams,
      effects: this.#effects,
      sources: context.sources,
      dependences: this.#dependences.list,
      needs: this.#dependences.needs,
    };
  }
}

/** Resources and stocks that crises take, by loss or closure. */
function lostIn(crises: readonly Crisis[], context: ControlContext): ReadonlySet<string> {
  const lost = new Set<string>();
  for (const effect of crises.flatMap(({ effects }) => effects)) {
    if (effect.kind === 'loss') lost.add(effect.resource);
    if (effect.kind !== 'closure') continue;
    const closed = new Set(effect.organisations.flatMap((each) => [...context.within(each)]));
    for (const { id, organisation } of context.model.resources) {
      if (organisation !== undefined && closed.has(organisation)) lost.add(id);
    }
  }
  return lost;
}
