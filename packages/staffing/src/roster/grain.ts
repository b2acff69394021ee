import type { CompiledRoster } from './compiled.js';

/** Costs are looked at as multiples of one over so much, at most: shares of hours are weeks' parts or per cents. */
const LARGEST_DENOMINATOR = 60;

/**
 * The greatest number that all costs of rosters are multiples of, 0 where there is none: two rosters that differ in cost
 * differ by as much, and a bound may be rounded up to the next multiple.
 */
export function grainOf(roster: CompiledRoster): number {
  const costs = stepsOf(roster);
  for (let denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator += 1) {
    const whole = costs?.map((cost) => wholeOf(cost * denominator));
    if (whole?.every((cost) => cost !== undefined) === true) return whole.reduce(gcd, 0) / denominator;
  }
  return 0;
}

/** What the cost of a roster is a sum of; undefined where it cannot be said. */
function stepsOf({ problem, people }: CompiledRoster): readonly number[] | undefined {
  const costs = new Set<number>();
  const counts: number[] = [];
  for (const { under, over, required, coefficients, slots } of problem.needs) {
    costs.add(under).add(over);
    counts.push(required, ...(coefficients ?? []));
    for (const slot of slots) counts.push(...(slot.coefficients ?? []));
  }
  // Time is counted in whole units, so that overtime costs some of these and what the last unit before it leaves.
  for (const { shape } of people)
    if (shape.overtimeCost > 0) costs.add(shape.overtimeCost).add(shape.overtimeCost * shape.overtimeFrom);
  for (const { wishes, refusals, rules } of problem.people) {
    for (const { weight } of wishes) costs.add(weight);
    for (const { free, cost } of refusals ?? []) {
      costs.add(cost);
      counts.push(free);
    }
    for (const { least, most, cost } of rules.shares ?? []) {
      costs.add(cost);
      counts.push(least, most);
    }
  }
  return counts.every(Number.isInteger) ? [...costs] : undefined;
}

function wholeOf(cost: number): number | undefined {
  const whole = Math.round(cost);
  return Math.abs(cost - whole) <= 1e-12 * Math.max(1, Math.abs(cost)) ? Math.abs(whole) : undefined;
}

function gcd(a: number, b: number | undefined): number {
  return b === undefined || b === 0 ? a : gcd(b, a % b);
}
