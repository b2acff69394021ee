import { Ints, newInts, oddOf, philoxRounds } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/*
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a function from
 * a 128-bit counter and a 64-bit key to 128 random bits, which passes BigCrush. Because any block can be computed without
 * the ones before it, a draw is addressed by who draws it, for what and when, and does not depend on anything else that
 * happens in a run. The rounds themselves are in the platform's files: they need products of 64 bits.
 */

const REPLICATION_STREAM: i32 = 0x70617468;

/** 2⁻⁵³ */
export const TWO_M53: f64 = 1.1102230246251565e-16;

/**
 * The source of random numbers of one replication. `address` says who draws for what; the draws that follow come from
 * that address alone, however many others were made before.
 */
export class RandomStream {
  /** The four words of the block in hand, of which `pair` says where the next two are, and the two of the key. */
  readonly block: Ints;
  private who: i32 = 0;
  private whose: i32 = 0;
  private what: i32 = 0;
  /** Number of the next block, after the visit; place of the next two words in this one, 4 where none are left. */
  private counter: i32 = 0;
  private next: i32 = 4;

  /**
   * @param low lower 32 bits of the study's seed
   * @param high upper 32 bits of the study's seed
   * @param replication from 0
   */
  constructor(low: i32, high: i32, replication: i32) {
    const block = newInts(6);
    block[4] = low;
    block[5] = high;
    philoxRounds(replication, 0, 0, REPLICATION_STREAM, block);
    block[4] = block[0]!;
    block[5] = block[1]!;
    this.block = block;
  }

  /** Whether anything was drawn so far: until then the block in hand is that of which the key was made. */
  hasDrawn(): boolean {
    const block = this.block;
    return block[0] !== block[4] || block[1] !== block[5];
  }

  /**
   * @param who number of the patient (or unit) within its group
   * @param whose hash of the group
   * @param what hash of the activity and the purpose of the draw
   * @param visit how often this `who` was here before
   */
  // @inline
  address(who: i32, whose: i32, what: i32, visit: i32): void {
    this.who = who;
    this.whose = whose;
    this.what = what;
    this.counter = visit << 12;
    this.next = 4;
  }

  /** As address, where a draw follows at once. */
  begin(who: i32, whose: i32, what: i32, visit: i32): void {
    const counter = visit << 12;
    this.who = who;
    this.whose = whose;
    this.what = what;
    this.counter = counter + 1;
    this.next = 0;
    philoxRounds(who, whose, what, counter, this.block);
  }

  /** The next 64 bits: place of the first of two words in `block`. */
  // @inline
  pair(): i32 {
    const next = this.next;
    if (next === 4) return this.refill();
    this.next = next + 2;
    return next;
  }

  private refill(): i32 {
    philoxRounds(this.who, this.whose, this.what, this.counter, this.block);
    this.counter = (this.counter + 1) | 0;
    this.next = 2;
    return 0;
  }

  /** Uniform on the open interval (0, 1): an odd multiple of 2⁻⁵³, so that a logarithm of it is always finite. */
  // @inline
  uniform(): f64 {
    return this.uniformAt(this.pair());
  }

  /** As uniform, of two words of the block in hand. */
  // @inline
  uniformAt(at: i32): f64 {
    const block = this.block;
    return oddOf(block[at]! >>> 6, block[at + 1]! >>> 6, 26) * TWO_M53;
  }

  /** The block that draws from an address begin with, for those who need no other. */
  // @inline
  firstBlock(who: i32, whose: i32, what: i32, visit: i32): void {
    philoxRounds(who, whose, what, visit << 12, this.block);
  }
}
