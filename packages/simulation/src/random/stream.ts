import { philox } from './philox.js';

const TWO_M52 = 2 ** -52;
const TWO_M53 = 2 ** -53;

/**
 * The source of random numbers of one replication. `address` says who draws for what; the draws that follow come from
 * that address alone, however many others were made before.
 */
export class RandomStream {
  readonly #block = new Int32Array(4);
  readonly #state = new Int32Array(8); // who, whose, what, visit<<12, next block, next word, key 0, key 1

  /**
   * @param seed of the study, a whole number; its lower 53 bits count
   * @param replication from 0
   */
  constructor(seed: number, replication: number) {
    const low = seed | 0;
    const high = Math.floor(seed / 4294967296) | 0;
    philox(replication, 0, 0, 0x70617468, low, high, this.#block);
    this.#state[6] = this.#block[0]!;
    this.#state[7] = this.#block[1]!;
  }

  /**
   * @param who number of the patient (or unit) within its group
   * @param whose hash of the group
   * @param what hash of the activity and the purpose of the draw
   * @param visit how often this `who` was here before
   */
  address(who: number, whose: number, what: number, visit: number): void {
    const state = this.#state;
    state[0] = who;
    state[1] = whose;
    state[2] = what;
    state[3] = visit << 12;
    state[4] = 0;
    state[5] = 4;
  }

  /** The next 32 bits, as a signed integer. */
  word(): number {
    const state = this.#state;
    let next = state[5]!;
    if (next >= 4) {
      const block = state[4]!;
      philox(state[0]!, state[1]!, state[2]!, state[3]! + block, state[6]!, state[7]!, this.#block);
      state[4] = block + 1;
      next = 0;
    }
    state[5] = next + 1;
    return this.#block[next]!;
  }

  /** Uniform on the open interval (0, 1): an odd multiple of 2⁻⁵³, so that a logarithm of it is always finite. */
  uniform(): number {
    const a = this.word() >>> 6;
    const b = this.word() >>> 6;
    return (a * 67108864 + b) * TWO_M52 + TWO_M53;
  }
}
