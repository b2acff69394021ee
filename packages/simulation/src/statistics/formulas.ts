import { applyFunction } from '../../engine/evaluator.js';
import type { FacilityRecord, RunRecord } from '../engine/run-record.js';
import type { SimulationInput } from '../input/types.js';
import type { InputFormula, InputStatistic } from '../input/measure-types.js';
import { FUNCTIONS } from '../program/expression-code.js';
import type { Program } from '../program/program.js';
import { evaluateCondition } from './condition.js';
import { shareInForce } from './in-force.js';
import { activationsOf, addedCosts, additionsCostOf, ownCostOf } from './response-cost.js';
import { type Observable, observableKey, observableOf } from './observables.js';
import { operate } from './operations.js';
import type { Sample } from './sample.js';

const NO_TIME = new Float64Array(0);

/** Evaluates formulas over what a finished run counted. NaN where a value does not exist. */
export class FormulaEvaluator {
  /** By the keys of the observables of a probability: the counts of each, and how long each combination held. */
  readonly #cells = new Map<
    string,
    { readonly columns: ReadonlyMap<string, Float64Array>; readonly time: Float64Array }
  >();

  readonly #siteOf: ReadonlyMap<number, number>;

  constructor(
    readonly program: Program,
    readonly record: RunRecord,
  ) {
    this.#siteOf = new Map(Array.from(program.siteInstruction, (instruction, site) => [instruction, site]));
    program.observables.forEach((observables, i) => {
      const joint = record.joints[i];
      if (joint === undefined) return;
      const keys = observables.map(observableKey);
      const columns = new Map(keys.map((key, d) => [key, this.#countsOf(observables[d]!, joint.counts[d]!)]));
      this.#cells.set(keys.join(';'), { columns, time: joint.time });
    });
  }

  get input(): SimulationInput {
    return this.program.input;
  }

  /** @param variable value of the table's variable */
  value(formula: InputFormula, variable: number): number {
    const go = (part: InputFormula): number => this.value(part, variable);
    const window = this.input.run;
    switch (formula.op) {
      case 'number':
        return formula.value;
      case 'variable':
        return variable;
      case 'operation':
        return operate(formula.operator, go(formula.left), go(formula.right));
      case 'negate':
        return -go(formula.of);
      case 'not':
        return Number(go(formula.of) === 0);
      case 'function': {
        const values = Float64Array.from(formula.arguments, go);
        return applyFunction(FUNCTIONS.indexOf(formula.name), values, 0, values.length);
      }
      case 'probability':
        return this.#probability(formula, variable);
      case 'census':
        return this.#total(formula.facilities, 'busyTime') / window;
      case 'queue': {
        const line = this.program.lines.placeOf(formula.facilities);
        const waiting = line === undefined ? this.#total(formula.facilities, 'waitingTime') : this.record.lines[line]!;
        return waiting / window;
      }
      case 'utilisation':
        return this.#total(formula.facilities, 'busyTime') / this.#capacityTime(formula.facilities);
      case 'busy time':
        return this.#total(formula.facilities, 'busyTime');
      case 'overtime':
        return this.#total(formula.facilities, 'overTime');
      case 'time share':
        return shareInForce(this.input, this.record.control?.told ?? [], formula.of);
      case 'activations':
        return activationsOf(this.input, this.record.control?.told ?? [], formula.response);
      case 'response cost':
        return this.#responseCost(formula.response, formula.of === 'all');
      case 'capacity':
        return this.#capacityTime(formula.facilities) / window;
      case 'waiting':
        return (
          formula.requests.reduce((t, r) => t + (this.record.siteWaiting[this.#siteOf.get(r) ?? -1] ?? 0), 0) / window
        );
      case 'arrivals':
        return this.input.flows.reduce(
          (total, flow, i) =>
            formula.cohorts === undefined || formula.cohorts.includes(flow.cohort)
              ? total + (this.record.flows[i]?.arrivals ?? 0)
              : total,
          0,
        );
      case 'starts':
      case 'completions': {
        const { op, activities } = formula;
        const counts = (activities ?? this.input.activities.map((_, i) => i)).map((a) => this.record.activities[a]);
        return counts.reduce((total, each) => total + (each?.[op] ?? 0), 0);
      }
      case 'time in':
        return formula.activities.reduce((total, a) => total + (this.record.activities[a]?.durationSum ?? 0), 0);
      case 'exits':
        return this.#exits(formula.outcome);
      case 'cost':
        return this.#cost(formula.of, formula.facilities);
      case 'window':
        return window;
      case 'indicator': {
        const argument = formula.argument === undefined ? Number.NaN : go(formula.argument);
        return this.statistic(formula.indicator, formula.statistic, argument);
      }
    }
  }

  /** A statistic of an indicator in this run. */
  statistic(indicator: number, statistic: InputStatistic, argument: number): number {
    const measure = this.input.indicators[indicator]?.measure;
    if (measure === undefined) return Number.NaN;
    if (measure.kind === 'value') {
      const value = this.value(measure.value, argument);
      return statistic === 'count' ? Number(!Number.isNaN(value)) : statistic === 'sd' ? Number.NaN : value;
    }
    const sample = this.sampleOf(indicator, 0);
    return sample === undefined ? Number.NaN : statisticOf(sample, statistic);
  }

  /** The observations of an indicator; group 0 is overall. */
  sampleOf(indicator: number, group: number): Sample | undefined {
    const place = this.program.table.collectors.findIndex((collector) => collector.indicator === indicator);
    return this.record.samples[place]?.[group];
  }

  /** The engine counts a capacity as one more than it is, and as 0 where it has no end. */
  #countsOf({ kind, of }: Observable, counted: Float64Array): Float64Array {
    if (kind !== 'capacity') return counted;
    const endless = of.length > 1 && of.some((f) => this.record.facilities[f]?.capacity === Number.POSITIVE_INFINITY);
    return counted.map((count) => (count === 0 || endless ? Number.POSITIVE_INFINITY : count - of.length));
  }

  #total(facilities: readonly number[], of: 'busyTime' | 'waitingTime' | 'overTime'): number {
    return facilities.reduce((total, f) => total + (this.record.facilities[f]?.[of] ?? 0), 0);
  }

  #capacityTime(facilities: readonly number[]): number {
    const timeOf = (facility: FacilityRecord | undefined): number =>
      facility?.capacity === Number.POSITIVE_INFINITY ? Number.NaN : (facility?.capacityTime ?? 0);
    return facilities.reduce((total, f) => total + timeOf(this.record.facilities[f]), 0);
  }

  #exits(outcome: number | undefined): number {
    return this.record.flows.reduce(
      (total, flow) => total + (outcome === undefined ? flow.exits : (flow.outcomes[outcome] ?? 0)),
      0,
    );
  }

  #responseCost(response: number, all: boolean): number {
    const { told = [], unitTime = NO_TIME } = this.record.control ?? {};
    return ownCostOf(this.input, told, response) + additionsCostOf(this.input, unitTime, response, all);
  }

  /** What all responses cost themselves, without what they bring. */
  #ownCostOfResponses(): number {
    const told = this.record.control?.told ?? [];
    return (this.input.control?.responses ?? []).reduce((total, _, i) => total + ownCostOf(this.input, told, i), 0);
  }

  #cost(of: 'steps' | 'staff' | 'resources' | 'all', only?: readonly number[]): number {
    const { control, stepCost } = this.record;
    const steps = of === 'steps' || of === 'all' ? stepCost : 0;
    const beyond = addedCosts(this.input, control?.unitTime ?? NO_TIME);
    const added =
      (of === 'staff' || of === 'all' ? beyond.staff : 0) +
      (of === 'resources' || of === 'all' ? beyond.things : 0) +
      (of === 'all' && only === undefined ? this.#ownCostOfResponses() : 0);
    return this.input.facilities.reduce(
      (total, facility, f) => {
        if (only?.includes(f) === false) return total;
        const wanted =
          of === 'all' ||
          (of === 'staff' ? facility.kind === 'staff' : of === 'resources' && facility.kind === 'resource');
        if (!wanted) return total;
        const counted = this.record.facilities[f];
        if (counted === undefined) return total;
        // Who is on duty is paid, and overtime besides; a unit that is to go is there until it is given back; of what is unlimited, what is used.
        const unlimited = counted.capacity === Number.POSITIVE_INFINITY;
        const time = unlimited ? counted.busyTime : counted.capacityTime + counted.overTime;
        return total + facility.cost * time;
      },
      only === undefined ? steps + added : 0,
    );
  }

  #probability(formula: Extract<InputFormula, { op: 'probability' }>, variable: number): number {
    const keys = new Set<string>();
    observablesIn(formula.condition, keys);
    const cells = this.#cells.get([...keys].join(';'));
    if (cells === undefined) return Number(this.value(formula.condition, variable) !== 0);
    const { columns, time } = cells;
    const holds = evaluateCondition(formula.condition, columns, (part) => this.value(part, variable));
    let held = 0;
    let total = 0;
    for (let row = 0; row < time.length; row++) {
      total += time[row]!;
      const here = typeof holds === 'number' ? holds : holds[row]!;
      if (here !== 0 && !Number.isNaN(here)) held += time[row]!;
    }
    return held / total;
  }
}

function observablesIn(formula: InputFormula, into: Set<string>): void {
  const observable = observableOf(formula);
  if (observable !== undefined) into.add(observableKey(observable));
  switch (formula.op) {
    case 'operation':
      observablesIn(formula.left, into);
      observablesIn(formula.right, into);
      return;
    case 'negate':
    case 'not':
      observablesIn(formula.of, into);
      return;
    case 'function':
      for (const argument of formula.arguments) observablesIn(argument, into);
      return;
    default:
  }
}

/** A statistic of a sample; NaN where there is nothing to take it of. */
function statisticOf(sample: Sample, statistic: InputStatistic): number {
  if (statistic === 'count') return sample.count;
  if (sample.count === 0) return Number.NaN;
  if (typeof statistic === 'object') return sample.quantiles([statistic.percentile / 100])[0] ?? Number.NaN;
  return sample[statistic];
}
