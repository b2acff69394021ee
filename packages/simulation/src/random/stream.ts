import { RandomStream } from '../../engine/random.js';

/**
 * The source of random numbers of one replication, for draws outside a run.
 * @param seed of the study, a whole number; its lower 53 bits count
 * @param replication from 0
 */
export function randomStream(seed: number, replication: number): RandomStream {
  return new RandomStream(seed | 0, Math.floor(seed / 4294967296) | 0, replication);
}
