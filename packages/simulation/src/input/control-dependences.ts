import { activitiesOf, type Expression, type Model, type Origin, type Step, titleOf } from '@pathway/model';
import type { ControlContext } from './control-context.js';
import type { InputControl, InputDependence } from './control-types.js';
import type { StepDependence } from './surroundings.js';

/** Ids of the resources and stocks that may be missing in this run. @param lost those that effects take */
export function fallible(model: Model, lost: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set([
    ...lost,
    ...model.resources.filter(({ breakdown }) => breakdown !== undefined).map(({ id }) => id),
    ...model.stocks.map(({ id }) => id),
  ]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { id, dependencies } of model.resources) {
      if (dependencies?.some(({ on }) => on.some((each) => found.has(each))) === true) found.add(id);
    }
  }
  return found;
}

/** Whether anything in a model depends on something that may be missing. */
export function dependsOnFallible(model: Model, missing: ReadonlySet<string>): boolean {
  return (
    model.resources.some(({ dependencies }) => dependencies?.some(({ on }) => on.some((id) => missing.has(id)))) ||
    model.pathways.some((pathway) =>
      activitiesOf(pathway).some((a) => a.kind === 'step' && a.dependsOn.some((id) => missing.has(id))),
    )
  );
}

/** What work and things depend on, each combination of systems and battery once. */
export class DependenceTable {
  readonly list: InputDependence[] = [];
  readonly needs: InputControl['needs'];
  readonly #places = new Map<string, number>();

  constructor(
    readonly context: ControlContext,
    readonly missing: ReadonlySet<string>,
  ) {
    this.needs = context.model.resources.flatMap((resource) => {
      const dependences = (resource.dependencies ?? []).flatMap(({ on, battery }) =>
        this.#place(on, battery, resource.origin),
      );
      return dependences.length === 0 ? [] : context.poolsOf(resource.id).map((pool) => ({ pool, dependences }));
    });
  }

  /** What a step depends on: what it has a way around or a battery for, then the rest. */
  of(step: Step): readonly StepDependence[] {
    if (step.dependsOn.length === 0) return [];
    const fallbacks = step.fallbacks ?? [];
    const covered = new Set(fallbacks.flatMap(({ on }) => on));
    return [
      ...fallbacks.flatMap(({ on, battery, workaround, origin }) =>
        this.#place(on, battery, origin).map((dependence) => ({ dependence, ...(workaround && { workaround }) })),
      ),
      ...this.#place(
        step.dependsOn.filter((id) => !covered.has(id)),
        undefined,
        step.origin,
      ).map((dependence) => ({ dependence })),
    ];
  }

  #place(on: readonly string[], battery: Expression | undefined, origin: Origin): readonly number[] {
    const ids = on.filter((id) => this.missing.has(id));
    if (ids.length === 0) return [];
    const lasts = battery === undefined ? 0 : this.context.constant(battery, 'How long a battery lasts', origin);
    const pools = [...new Set(ids.flatMap((id) => this.context.poolsOf(id)))].sort((a, b) => a - b);
    const key = `${pools.join(' ')} for ${lasts}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      const { resources, stocks } = this.context.model;
      const title = [...resources, ...stocks]
        .filter(({ id }) => ids.includes(id))
        .map((each) => titleOf(each))
        .join(', ');
      place = this.list.push({ title, pools, battery: Math.max(0, lasts) }) - 1;
      this.#places.set(key, place);
    }
    return [place];
  }
}
