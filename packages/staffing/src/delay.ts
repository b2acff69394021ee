import { fewestServers } from '@pathway/model';

/** Largest load for which a cover is searched; beyond it the load itself is the answer, within a thousandth. */
const MOST_PEOPLE = 100_000;

/** Fewest people on duty for which the probability of delay (Erlang's C) is at most `target`. 0 where there is no work. */
export function coverFor(load: number, target: number): number {
  if (load < 1e-9) return 0;
  return load > MOST_PEOPLE ? Math.ceil(load) : fewestServers(load, target);
}
