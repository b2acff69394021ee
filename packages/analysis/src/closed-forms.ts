import {
  applyFunction,
  applyOperator,
  applyScenario,
  constantValue,
  type Formula,
  type Indicator,
  type Model,
  type Need,
  poissonProbabilities,
  scenarioChain,
  waitingLine,
  waitingLongerThan,
} from '@pathway/model';
import { periodOf, studyOf } from './arrival-rate.js';
import { censusesIn, compileFormula } from './compile-formula.js';
import type { OfferedLoad } from './facts.js';
import { overlap } from './feeding.js';
import { type Demand, demandOf, offeredLoads, type Request, requestsOf } from './offered-load.js';
import { asUsual } from './usual-demand.js';

/** A figure of an indicator that follows exactly from the model, in the indicator's canonical unit. */
export interface ClosedForm {
  readonly indicator: string;
  /** The value of the table's variable, where the indicator is a table. */
  readonly argument?: number;
  /** The category, where the figure is for some patients only. */
  readonly group?: string;
  readonly value: number;
  /** By what reasoning, for readers. */
  readonly method: string;
}

/**
 * The indicators that follow exactly in steady state, without simulation: probabilities, ratios and other arithmetic
 * over censuses of unlimited resources that Poisson patients come to unhindered, which are then independent Poisson
 * variables (M/G/∞; Palm 1943), and waits of single M/M/c stations. Silent about everything else, and about scenarios
 * and studies that are in no steady state.
 * @param studyId whose calendar and pathways count; the first study that has the scenario when absent
 * @throws ModelError for an unknown scenario and for impossible numbers
 */
export function closedForms(model: Model, scenarioId: string, studyId?: string): ClosedForm[] {
  if (!reachesSteadyState(model, scenarioId, studyId)) return [];
  const changed = applyScenario(model, scenarioId);
  const demand = asUsual(demandOf(changed, periodOf(changed, scenarioId, studyId)), changed);
  return closedFormsIn(changed, demand, offeredLoads(changed, demand).loads);
}

/**
 * Whether what a scenario's study looks at is a steady state: nothing happens in it, no plan changes anything, and
 * neither patients who are there at its start nor an empty beginning are part of what is counted.
 */
export function reachesSteadyState(model: Model, scenarioId: string, studyId?: string): boolean {
  const isChanged = scenarioChain(model, scenarioId).some(({ crises = [], responses = [], conversions = [] }) =>
    [crises, responses, conversions].some(({ length }) => length > 0),
  );
  if (isChanged) return false;
  const study = studyOf(model, scenarioId, studyId);
  if (study === undefined) return true;
  const warmsUp = study.automaticWarmUp === true || (constantValue(study.warmUp, model) ?? 0) > 0;
  return warmsUp && study.present === undefined;
}

/** As closedForms, of a model to which the scenario is applied already. */
export function closedFormsIn(model: Model, demand: Demand, loads: readonly OfferedLoad[]): ClosedForm[] {
  const system = new System(model, loads, requestsOf(model, demand), demand);
  return model.indicators.flatMap((indicator) => formsOf(indicator, system));
}

function formsOf(indicator: Indicator, system: System): ClosedForm[] {
  const { table } = indicator;
  if (table === undefined) {
    const found = system.measure(indicator, new Map());
    return found === undefined ? [] : [{ indicator: indicator.id, ...found }];
  }
  return table.values.flatMap((argument) => {
    const found = system.measure(indicator, new Map([[table.variable, argument]]));
    return found === undefined ? [] : [{ indicator: indicator.id, argument, ...found }];
  });
}

interface Figure {
  readonly value: number;
  readonly method: string;
}

/** Cells of a joint census that are still summed: more would be felt while typing. */
const MOST_CELLS = 4_000_000;

class System {
  private readonly probabilities = new Map<string, Float64Array>();
  private readonly independent = new Map<string, boolean>();

  constructor(
    private readonly model: Model,
    private readonly loads: readonly OfferedLoad[],
    private readonly requests: readonly Request[],
    private readonly demand: Demand,
  ) {}

  measure({ measure }: Indicator, variables: ReadonlyMap<string, number>): Figure | undefined {
    if (measure.kind === 'value') {
      const value = this.value(measure.value, variables);
      if (value === undefined || !Number.isFinite(value)) return undefined;
      const resources = censusesIn(measure.value);
      return resources.length === 0 ? undefined : { value, method: this.method(measure.value, resources) };
    }
    const inner = measure.kind === 'share' ? measure.of : measure;
    if (inner.kind !== 'wait') return undefined;
    const load = this.lineFor(inner.of);
    if (load === undefined || load.capacity === null || load.expectedWait === undefined) return undefined;
    const method = `M/M/${load.capacity} with load ${load.load.toFixed(3)}`;
    if (measure.kind === 'wait')
      return { value: waitingLine(load.load, load.capacity, load.meanTimeKept).meanWait, method };
    if (measure.kind !== 'share') return undefined;
    const limit = constantValue(measure.limit, this.model);
    if (limit === undefined || limit < 0) return undefined;
    const above = waitingLongerThan(load.load, load.capacity, load.meanTimeKept, limit);
    if (measure.operator === '>') return { value: above, method };
    if (measure.operator === '<=') return { value: 1 - above, method };
    // Beyond 0 no single wait has a probability of its own, so that `>=` and `>` are the same there.
    if (measure.operator === '>=') return { value: limit === 0 ? 1 : above, method };
    if (measure.operator === '<') return { value: limit === 0 ? 0 : 1 - above, method };
    return undefined;
  }

  /** The M/M/c station that a wait is for, where all requests of it are of that kind. */
  private lineFor(target: {
    kind: string;
    activity?: string;
    resource?: string;
    role?: string;
  }): OfferedLoad | undefined {
    const stations = new Set(
      this.requests
        .filter(({ visit, station }) =>
          target.activity !== undefined ? visit.activity.id === target.activity : station === target.resource,
        )
        .map(({ station }) => station),
    );
    const [station] = stations;
    if (stations.size !== 1) return undefined;
    return this.loads.find(({ id, erlangC }) => id === station && erlangC !== undefined);
  }

  private value(formula: Formula, variables: ReadonlyMap<string, number>): number | undefined {
    switch (formula.kind) {
      case 'constant':
        return constantValue(formula.value, this.model);
      case 'variable':
        return variables.get(formula.name);
      case 'probability':
        return this.probability(formula.condition, variables);
      case 'census':
        return this.isPoissonCensus([formula.resource]) ? this.loadOf(formula.resource) : undefined;
      case 'negate':
      case 'not': {
        const operand = this.value(formula.operand, variables);
        if (operand === undefined) return undefined;
        return formula.kind === 'not' ? Number(operand === 0) : -operand;
      }
      case 'operation': {
        const left = this.value(formula.left, variables);
        const right = this.value(formula.right, variables);
        return left === undefined || right === undefined ? undefined : applyOperator(formula.operator, left, right);
      }
      case 'function': {
        const values = formula.arguments
          .map((part) => this.value(part, variables))
          .filter((part) => part !== undefined);
        return values.length < formula.arguments.length ? undefined : applyFunction(formula.name, values);
      }
      default:
        return undefined;
    }
  }

  /** Sum over the joint census, cut where less than 1e-15 of each tail is left, of the states where a condition holds. */
  private probability(condition: Formula, variables: ReadonlyMap<string, number>): number | undefined {
    const resources = censusesIn(condition);
    if (!this.isPoissonCensus(resources)) return undefined;
    const holds = compileFormula(condition, resources, variables, this.model);
    if (holds === undefined) return undefined;
    const sides = resources.map((id) => this.poisson(id));
    if (sides.reduce((cells, side) => cells * side.length, 1) > MOST_CELLS) return undefined;
    const state = new Int32Array(sides.length);
    const sum = (place: number, weight: number): number => {
      const side = sides[place];
      if (side === undefined) return holds(state) !== 0 ? weight : 0;
      let total = 0;
      for (let n = 0; n < side.length; n++) {
        state[place] = n;
        total += sum(place + 1, weight * (side[n] ?? 0));
      }
      return total;
    };
    return sum(0, 1);
  }

  private poisson(resource: string): Float64Array {
    const known = this.probabilities.get(resource);
    if (known !== undefined) return known;
    const made = poissonProbabilities(this.loadOf(resource) ?? 0);
    this.probabilities.set(resource, made);
    return made;
  }

  private loadOf(resource: string): number | undefined {
    return this.loads.find(({ id }) => id === resource)?.load;
  }

  /** Whether the censuses are Poisson, and independent of one another: nobody is counted in two of them at once. */
  private isPoissonCensus(resources: readonly string[]): boolean {
    const key = resources.join('\n');
    const known = this.independent.get(key);
    if (known !== undefined) return known;
    const poisson = resources.every((id) => {
      const load = this.loads.find((each) => each.id === id);
      // A resource that nobody asks for is empty for certain.
      return load?.capacity === null && (load.poisson || load.requestRate === 0);
    });
    const answer = poisson && !this.heldTogether(resources);
    this.independent.set(key, answer);
    return answer;
  }

  private heldTogether(resources: readonly string[]): boolean {
    const isAsked = ({ of }: Need): boolean =>
      of.some((target) => target.kind === 'resource' && resources.includes(target.resource));
    const asking = this.demand.traffic.flatMap(({ cohort, kinds }) =>
      kinds.flatMap(({ graph, visits }) => {
        const own = visits.filter(({ activity }) => activity.needs.some(isAsked));
        return own.length === 0 ? [] : [{ cohort, graph, visits: own }];
      }),
    );
    const pathways = this.demand.traffic.filter(({ kinds }) =>
      kinds.some(({ graph }) => asking.some((each) => each.graph === graph)),
    );
    // A cohort that enters several pathways enters all of them at once.
    if (new Set(pathways.map(({ cohort }) => cohort)).size < pathways.length) return true;
    return asking.some(
      ({ graph, visits }) =>
        visits.some(({ activity }) => activity.needs.filter(isAsked).length > 1) ||
        visits.some((a) => visits.some((b) => a !== b && overlap(graph, a.node, b.node))),
    );
  }

  private method(formula: Formula, resources: readonly string[]): string {
    const loads = resources.map((id) => (this.loadOf(id) ?? 0).toFixed(3));
    const text = `${loads.length === 1 ? 'load' : 'loads'} ${loads.join(' and ')}`;
    if (resources.length > 1) return `independent Poisson censuses (M/G/∞) with ${text}`;
    if (formula.kind === 'census') return `mean of a Poisson census (M/G/∞), ${text}`;
    return isErlangB(formula) ? `Poisson census (M/G/∞), Erlang B with ${text}` : `Poisson census (M/G/∞) with ${text}`;
  }
}

/** `P(census = n) / P(census <= n)` of one and the same census. */
function isErlangB(formula: Formula): boolean {
  if (formula.kind !== 'operation' || formula.operator !== '/') return false;
  const [above, below] = [formula.left, formula.right].map((part) =>
    part.kind === 'probability' && part.condition.kind === 'operation' ? part.condition : undefined,
  );
  return (
    above?.operator === '=' &&
    below?.operator === '<=' &&
    above.left.kind === 'census' &&
    below.left.kind === 'census' &&
    JSON.stringify(above.right) === JSON.stringify(below.right)
  );
}
