/** Largest number of people for which a cover is searched; beyond it the load itself is the answer. */
const MOST_PEOPLE = 100_000;

/**
 * Probability that work finds all of `people` busy and has to wait, at an offered load in people (Erlang C, by the
 * recursion of Erlang B: A. K. Erlang 1917). 1 where the load is at least the people.
 */
export function delayProbability(people: number, load: number): number {
  if (load <= 0) return 0;
  if (load >= people) return 1;
  let blocking = 1;
  for (let count = 1; count <= people; count++) blocking = (load * blocking) / (count + load * blocking);
  const occupancy = load / people;
  return blocking / (1 - occupancy * (1 - blocking));
}

/**
 * Fewest people on duty for which the probability of delay is at most `target` (square-root staffing in its exact
 * form: for large loads this is load + β√load). 0 where there is no work.
 */
export function coverFor(load: number, target: number): number {
  if (load < 1e-9) return 0;
  if (load > MOST_PEOPLE) return Math.ceil(load);
  let blocking = 1;
  for (let people = 1; ; people++) {
    blocking = (load * blocking) / (people + load * blocking);
    if (people <= load) continue;
    const delayed = blocking / (1 - (load / people) * (1 - blocking));
    if (delayed <= target) return people;
  }
}
