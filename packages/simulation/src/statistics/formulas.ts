import { applyFunction } from '../engine/evaluator.js';
import type { InputFormula, InputStatistic, SimulationInput } from '../input/types.js';
import { FUNCTIONS } from '../program/expression-code.js';
import { type CollectorTable, observableKey } from './collectors.js';
import type { Recorder } from './recorder.js';
import { evaluateCondition } from './condition.js';
import { operate } from './operations.js';
import type { Sample } from './sample.js';

/** Evaluates formulas over what a finished run counted. NaN where a value does not exist. */
export class FormulaEvaluator {
  /** By the keys of the observables of a probability: the counts of each, and how long each combination held. */
  readonly #cells = new Map<
    string,
    { readonly columns: ReadonlyMap<string, Float64Array>; readonly time: Float64Array }
  >();

  constructor(
    readonly input: SimulationInput,
    readonly recorder: Recorder,
    readonly siteOf: ReadonlyMap<number, number>,
  ) {
    recorder.observables.forEach((observables, i) => {
      const cells = recorder.census.joints[i]?.cells();
      if (cells === undefined) return;
      const keys = observables.map((o) => observableKey(o.kind, o.facilities));
      const columns = new Map(keys.map((key, d) => [key, cells.counts[d]!]));
      this.#cells.set(keys.join(';'), { columns, time: cells.time });
    });
  }

  /** @param variable value of the table's variable */
  value(formula: InputFormula, variable: number): number {
    const go = (part: InputFormula): number => this.value(part, variable);
    const { census } = this.recorder;
    const window = this.input.run;
    const sum = (array: Float64Array, places: readonly number[]): number =>
      places.reduce((total, place) => total + (array[place] ?? 0), 0);
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
      case 'queue':
        return sum(formula.op === 'census' ? census.busyTime : census.waitingTime, formula.facilities) / window;
      case 'utilisation':
        return sum(census.busyTime, formula.facilities) / this.#capacityTime(formula.facilities);
      case 'busy time':
        return sum(census.busyTime, formula.facilities);
      case 'capacity':
        return this.#capacityTime(formula.facilities) / window;
      case 'waiting':
        return (
          formula.requests.reduce((t, r) => t + (this.recorder.siteWaiting[this.siteOf.get(r) ?? -1] ?? 0), 0) / window
        );
      case 'arrivals':
        return this.input.flows.reduce(
          (total, flow, i) =>
            formula.cohorts === undefined || formula.cohorts.includes(flow.cohort)
              ? total + (this.recorder.arrivals[i] ?? 0)
              : total,
          0,
        );
      case 'starts':
      case 'completions': {
        const array = formula.op === 'starts' ? this.recorder.starts : this.recorder.completions;
        return sum(array, formula.activities ?? this.input.activities.map((_, i) => i));
      }
      case 'exits':
        return this.#exits(formula.outcome);
      case 'cost':
        return this.#cost(formula.of);
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
    const sample = sampleOf(this.recorder.table, indicator, 0);
    return sample === undefined ? Number.NaN : statisticOf(sample, statistic);
  }

  #capacityTime(facilities: readonly number[]): number {
    const { census } = this.recorder;
    return facilities.reduce(
      (total, f) =>
        total + (census.capacity[f] === Number.POSITIVE_INFINITY ? Number.NaN : (census.capacityTime[f] ?? 0)),
      0,
    );
  }

  #exits(outcome: number | undefined): number {
    const { exits, outcomeCounts, outcomeColumns } = this.recorder;
    if (outcome === undefined) return exits.reduce((a, b) => a + b, 0);
    return this.input.flows.reduce(
      (total, _, flow) => total + (outcomeCounts[flow * outcomeColumns + outcome] ?? 0),
      0,
    );
  }

  #cost(of: 'steps' | 'staff' | 'resources' | 'all'): number {
    const { census, stepCost } = this.recorder;
    const steps = of === 'steps' || of === 'all' ? (stepCost[0] ?? 0) : 0;
    return this.input.facilities.reduce((total, facility, f) => {
      const wanted =
        of === 'all' ||
        (of === 'staff' ? facility.kind === 'staff' : of === 'resources' && facility.kind === 'resource');
      if (!wanted) return total;
      // Who is on duty is paid, and overtime besides; of what is unlimited, what is used.
      const unlimited = census.capacity[f] === Number.POSITIVE_INFINITY;
      const time = unlimited
        ? (census.busyTime[f] ?? 0)
        : (census.capacityTime[f] ?? 0) + (facility.kind === 'staff' ? (census.overTime[f] ?? 0) : 0);
      return total + facility.cost * time;
    }, steps);
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
  switch (formula.op) {
    case 'census':
    case 'queue':
      into.add(observableKey(formula.op, formula.facilities));
      return;
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

/** The observations of an indicator; group 0 is overall. */
export function sampleOf(table: CollectorTable, indicator: number, group: number): Sample | undefined {
  return table.collectors.find((collector) => collector.indicator === indicator)?.samples[group];
}

/** A statistic of a sample; NaN where there is nothing to take it of. */
function statisticOf(sample: Sample, statistic: InputStatistic): number {
  if (statistic === 'count') return sample.count;
  if (sample.count === 0) return Number.NaN;
  if (typeof statistic === 'object') return sample.quantiles([statistic.percentile / 100])[0] ?? Number.NaN;
  return sample[statistic];
}
