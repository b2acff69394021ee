import { type ActivityDemand, applyScenario, type Model, ModelError } from '@pathway/model';
import { periodOf } from './arrival-rate.js';
import { type ClosedForm, closedFormsIn, reachesSteadyState } from './closed-forms.js';
import { demandByActivity } from './demand.js';
import type { OfferedLoad } from './facts.js';
import { type Demand, demandOf, offeredLoads } from './offered-load.js';
import { asUsual } from './usual-demand.js';

/**
 * The figures of a model in one scenario without the checks, each computed when it is asked for, all from the same
 * arrivals and ways: finding these takes most of the time.
 */
export class ScenarioFigures {
  readonly #model: Model;
  readonly #scenario: string | undefined;
  #demand: Demand | undefined;
  #offered: readonly OfferedLoad[] | undefined;

  /**
   * @param scenarioId the model as it is when absent
   * @throws ModelError for an unknown scenario
   */
  constructor(model: Model, scenarioId?: string) {
    this.#model = scenarioId === undefined ? model : applyScenario(model, scenarioId);
    this.#scenario = scenarioId;
  }

  /** Offered loads as the facts of `analyse` have them: none where a number cannot be computed with. */
  loads(): readonly OfferedLoad[] {
    try {
      return this.#loads();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      return [];
    }
  }

  /**
   * As `activityDemand`.
   * @throws ModelError for impossible numbers
   */
  activityDemand(): ActivityDemand[] {
    return demandByActivity(this.#model, this.#demandOf());
  }

  /**
   * As `closedForms`.
   * @throws ModelError for impossible numbers
   */
  closedForms(): ClosedForm[] {
    if (this.#scenario !== undefined && !reachesSteadyState(this.#model, this.#scenario)) return [];
    return closedFormsIn(this.#model, this.#demandOf(), this.#loads());
  }

  #demandOf(): Demand {
    this.#demand ??= asUsual(demandOf(this.#model, periodOf(this.#model, this.#scenario)), this.#model);
    return this.#demand;
  }

  #loads(): readonly OfferedLoad[] {
    this.#offered ??= offeredLoads(this.#model, this.#demandOf()).loads;
    return this.#offered;
  }
}
