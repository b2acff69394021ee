import {
  constantValue,
  type Formula,
  type MeasureTarget,
  type Model,
  requireConstant,
  type Statistic,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { callOf } from './control-responses.js';
import type { InputFormula } from './measure-types.js';

/** What formulas speak of, by its place in the input. */
export interface FormulaSurroundings {
  readonly model: Model;
  /** Ids of the responses at hand in the scenario, in the order of declaration. */
  readonly responses: readonly string[];
  readonly facilities: (id: string) => readonly number[];
  readonly requests: (target: MeasureTarget) => readonly number[];
  readonly activity: (id: string) => number;
  readonly cohort: (id: string) => readonly number[];
  readonly indicator: (id: string, place: string) => number;
  readonly outcome: (id: string) => number;
}

/**
 * Compiles a formula of an indicator to what the engine counts.
 * @param place where the indicator is declared
 * @throws SimulationError for a formula of something that is not there
 */
export function compileFormula(formula: Formula, place: string, known: FormulaSurroundings): InputFormula {
  const go = (part: Formula): InputFormula => compileFormula(part, place, known);
  switch (formula.kind) {
    case 'constant': {
      const value = constantValue(formula.value, known.model);
      if (value === undefined) {
        return { op: 'number', value: requireConstant(formula.value, known.model, 'a value in an indicator') };
      }
      return { op: 'number', value };
    }
    case 'variable':
      return { op: 'variable' };
    case 'operation':
      return { op: 'operation', operator: formula.operator, left: go(formula.left), right: go(formula.right) };
    case 'negate':
    case 'not':
      return { op: formula.kind, of: go(formula.operand) };
    case 'function':
      return { op: 'function', name: formula.name, arguments: formula.arguments.map(go) };
    case 'probability':
      return { op: 'probability', condition: go(formula.condition) };
    case 'census':
      return { op: 'census', facilities: known.facilities(formula.resource) };
    case 'queue':
      return formula.target.kind === 'activity'
        ? { op: 'waiting', requests: known.requests(formula.target) }
        : { op: 'queue', facilities: facilitiesOf(formula.target, 'queue', place, known) };
    case 'level':
      return { op: 'capacity', facilities: known.facilities(formula.stock) };
    case 'utilisation':
    case 'busy time':
    case 'capacity':
      return { op: formula.kind, facilities: facilitiesOf(formula.target, formula.kind, place, known) };
    case 'overtime':
      return { op: 'overtime', facilities: known.facilities(formula.role) };
    case 'time share':
      return timeShare(formula.of, known);
    case 'count':
      return countFormula(formula, known);
    case 'cost':
      return { op: 'cost', of: formula.of };
    case 'duration of window':
      return { op: 'window' };
    case 'indicator':
      return {
        op: 'indicator',
        indicator: known.indicator(formula.indicator, place),
        statistic: statisticOf(formula.statistic),
        ...(formula.argument && { argument: go(formula.argument) }),
      };
  }
}

/** A response that is not at hand is never in force; a level that nothing raises is always the calmest. */
function timeShare(of: Extract<Formula, { kind: 'time share' }>['of'], known: FormulaSurroundings): InputFormula {
  if (of.kind === 'response') {
    const response = known.responses.indexOf(of.response);
    return response < 0 ? { op: 'number', value: 0 } : { op: 'time share', of: { response } };
  }
  const call = callOf(of, known.model);
  if ('place' in call && call.place < 0) return { op: 'number', value: Number(call.level === 0) };
  return { op: 'time share', of: call };
}

function countFormula(formula: Extract<Formula, { kind: 'count' }>, known: FormulaSurroundings): InputFormula {
  const { target } = formula;
  switch (formula.of) {
    case 'arrivals':
      return { op: 'arrivals', ...(target !== undefined && { cohorts: known.cohort(target) }) };
    case 'exits':
      return { op: 'exits', ...(target !== undefined && { outcome: known.outcome(target) }) };
    default:
      return { op: formula.of, ...(target !== undefined && { activities: [known.activity(target)] }) };
  }
}

function facilitiesOf(
  target: MeasureTarget,
  what: string,
  place: string,
  known: FormulaSurroundings,
): readonly number[] {
  if (target.kind === 'activity') {
    throw new SimulationError(`The ${what} is that of a resource or role, not of an activity.`, place);
  }
  return known.facilities(target.kind === 'resource' ? target.resource : target.role);
}

function statisticOf(statistic: Statistic): Statistic {
  return typeof statistic === 'string' ? statistic : { percentile: statistic.percentile };
}
