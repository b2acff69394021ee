import { applyFunction, applyOperator, constantValue, type Formula, type Model } from '@pathway/model';

/** The value of a condition or expression for the numbers of units in use, in the order asked for. */
export type StateFunction = (census: ArrayLike<number>) => number;

/**
 * A formula over censuses as a closure, so that it can be evaluated for many states quickly; comparisons and logic give
 * 1 or 0.
 * @param resources ids in the order of the states that the closure will be given
 * @param variables values of the table's variable
 * @returns undefined when the formula looks at anything but censuses, constants and variables
 */
export function compileFormula(
  formula: Formula,
  resources: readonly string[],
  variables: ReadonlyMap<string, number>,
  model: Model,
): StateFunction | undefined {
  const compile = (part: Formula): StateFunction | undefined => compileFormula(part, resources, variables, model);
  switch (formula.kind) {
    case 'constant': {
      const value = constantValue(formula.value, model);
      return value === undefined ? undefined : () => value;
    }
    case 'variable': {
      const value = variables.get(formula.name);
      return value === undefined ? undefined : () => value;
    }
    case 'census': {
      const place = resources.indexOf(formula.resource);
      return place === -1 ? undefined : (census) => census[place] ?? 0;
    }
    case 'negate':
    case 'not': {
      const operand = compile(formula.operand);
      if (operand === undefined) return undefined;
      return formula.kind === 'not' ? (census) => Number(operand(census) === 0) : (census) => -operand(census);
    }
    case 'operation': {
      const left = compile(formula.left);
      const right = compile(formula.right);
      if (left === undefined || right === undefined) return undefined;
      if (readsCensus(formula.left) || readsCensus(formula.right)) return operation(formula.operator, left, right);
      const value = applyOperator(formula.operator, left([]), right([]));
      return () => value;
    }
    case 'function': {
      const parts = formula.arguments.map(compile).filter((part) => part !== undefined);
      if (parts.length < formula.arguments.length) return undefined;
      const { name } = formula;
      if (formula.arguments.some(readsCensus))
        return (census) =>
          applyFunction(
            name,
            parts.map((part) => part(census)),
          );
      const value = applyFunction(
        name,
        parts.map((part) => part([])),
      );
      return () => value;
    }
    default:
      return undefined;
  }
}

function operation(
  operator: Extract<Formula, { kind: 'operation' }>['operator'],
  left: StateFunction,
  right: StateFunction,
): StateFunction {
  // The second half of a conjunction is skipped where the first decides: most cells of a large grid.
  if (operator === 'and') return (census) => Number(left(census) !== 0 && right(census) !== 0);
  if (operator === 'or') return (census) => Number(left(census) !== 0 || right(census) !== 0);
  return (census) => applyOperator(operator, left(census), right(census));
}

function readsCensus(formula: Formula): boolean {
  return censusesIn(formula).length > 0;
}

/** Ids of the resources whose census a formula reads, each once, in reading order. */
export function censusesIn(formula: Formula): readonly string[] {
  switch (formula.kind) {
    case 'census':
      return [formula.resource];
    case 'operation':
      return [...new Set([...censusesIn(formula.left), ...censusesIn(formula.right)])];
    case 'function':
      return [...new Set(formula.arguments.flatMap(censusesIn))];
    case 'negate':
    case 'not':
      return censusesIn(formula.operand);
    case 'probability':
      return censusesIn(formula.condition);
    default:
      return [];
  }
}
