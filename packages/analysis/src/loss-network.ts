import { poissonProbabilities } from '@pathway/model';

/** Units kept for each of two classes of patients, and units that both may use. */
export interface PooledUnits {
  /** Offered load of each class, in Erlang. */
  readonly loads: readonly [number, number];
  /** Units kept for each class. */
  readonly dedicated: readonly [number, number];
  /** Units open to both, used once a class has filled its own. */
  readonly pooled: number;
}

/**
 * The share of arrivals of each class that find their own units and the shared ones taken and leave. Patients in shared
 * units are taken to move to their own class's as these come free, so that the state is the two censuses: independent
 * Poisson variables limited to (x₁ − d₁)⁺ + (x₂ − d₂)⁺ ≤ p. Product form of a loss network, the same for every law of
 * the stay (Kelly 1991, Loss networks, Annals of Applied Probability 1:319). A class is turned away in the states in
 * which one more of its patients would leave that set.
 * @throws RangeError for loads below 0 and numbers of units that are not whole and 0 or more
 */
export function pooledBlocking({ loads, dedicated, pooled }: PooledUnits): [number, number] {
  for (const units of [...dedicated, pooled]) {
    if (!(Number.isInteger(units) && units >= 0))
      throw new RangeError(`A number of units must be whole and 0 or more, not ${units}.`);
  }
  const [own1, own2] = dedicated;
  const [first, second] = [censusUpTo(loads[0], own1 + pooled), censusUpTo(loads[1], own2 + pooled)];
  let possible = 0;
  let blocked1 = 0;
  let blocked2 = 0;
  first.forEach((p1, x1) => {
    second.forEach((p2, x2) => {
      const shared = Math.max(0, x1 - own1) + Math.max(0, x2 - own2);
      if (shared > pooled) return;
      const weight = p1 * p2;
      possible += weight;
      if (shared < pooled) return;
      if (x1 >= own1) blocked1 += weight;
      if (x2 >= own2) blocked2 += weight;
    });
  });
  return [blocked1 / possible, blocked2 / possible];
}

/**
 * Weights of a Poisson census from 0 to `most`. They are taken relative to the largest among them, so that a load far
 * above the units does not lose them all in the tail.
 */
function censusUpTo(load: number, most: number): readonly number[] {
  const whole = poissonProbabilities(load);
  if (load <= most) return Array.from({ length: most + 1 }, (_, n) => whole[n] ?? 0);
  const weights = [1];
  for (let n = most; n > 0; n--) weights.unshift(((weights[0] ?? 0) * n) / load);
  return weights;
}
