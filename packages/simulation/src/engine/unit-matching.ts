/* eslint-disable @typescript-eslint/prefer-for-of -- these loops run for every event: a counted one over a typed array makes no iterator */
import type { Program } from '../program/program.js';
import { grownInts } from './event-heap.js';
import type { Pools } from './pools.js';
import type { Population } from './population.js';

/**
 * Finds units for requests whose needs overlap (a nurse, and someone who can do lysis): alternatives in their order, and
 * units by augmenting paths, so that nobody is taken for one need who alone could meet another.
 */
export class UnitMatching {
  /** Units found by the last search, with the need (from 0) and the pool of each. */
  count = 0;
  need = new Int32Array(16);
  pool = new Int32Array(16);
  readonly #program: Program;
  readonly #tokens: Population;
  readonly #pools: Pools;
  readonly #heldBack: (pool: number, token: number) => boolean;
  /** Units of each pool that the search has spoken for; pools that this path has been to. */
  readonly #used: Int32Array;
  readonly #visited: Int32Array;
  #visit = 0;

  /** @param heldBack whether an earlier request keeps a token from a pool */
  constructor(program: Program, tokens: Population, pools: Pools, heldBack: (pool: number, token: number) => boolean) {
    this.#program = program;
    this.#tokens = tokens;
    this.#pools = pools;
    this.#heldBack = heldBack;
    this.#used = new Int32Array(program.input.pools.length);
    this.#visited = new Int32Array(program.input.pools.length);
  }

  /** Whether all that a request of a class wants is free at once. */
  find(token: number, requestClass: number): boolean {
    return this.#matchNeed(token, requestClass, 0);
  }

  #matchNeed(token: number, c: number, need: number): boolean {
    const program = this.#program;
    const from = program.classNeeds[c]!;
    if (from + need === program.classNeeds[c + 1]) return this.#assign(token, c);
    const base = token * this.#tokens.needs;
    const targets = program.needTargets[from + need]!;
    if (this.#tokens.amount[base + need] === 0) return this.#matchNeed(token, c, need + 1);
    for (let i = 0; i < targets.length; i++) {
      this.#tokens.choice[base + need] = targets[i]!;
      if (this.#matchNeed(token, c, need + 1)) return true;
    }
    return false;
  }

  #assign(token: number, c: number): boolean {
    const program = this.#program;
    const base = token * this.#tokens.needs;
    const needs = program.classNeeds[c + 1]! - program.classNeeds[c]!;
    this.count = 0;
    this.#used.fill(0);
    for (let need = 0; need < needs; need++) {
      const amount = this.#tokens.amount[base + need]!;
      if (amount > 0 && this.#available(this.#tokens.choice[base + need]!, token) < amount) return false;
      for (let k = 0; k < amount; k++) {
        if (this.count === this.need.length) {
          this.need = grownInts(this.need, this.count * 2);
          this.pool = grownInts(this.pool, this.count * 2);
        }
        const unit = this.count++;
        this.need[unit] = need;
        this.pool[unit] = -1;
        this.#visit++;
        if (!this.#augment(token, base, unit)) return false;
      }
    }
    return true;
  }

  #augment(token: number, base: number, unit: number): boolean {
    const target = this.#tokens.choice[base + this.need[unit]!]!;
    const ordered = this.#inOrder(target, token);
    for (const pool of ordered) {
      if (this.#pools.free(pool) - this.#used[pool]! > 0) {
        this.#used[pool] = this.#used[pool]! + 1;
        this.pool[unit] = pool;
        return true;
      }
    }
    for (const pool of ordered) {
      if (this.#visited[pool] === this.#visit) continue;
      this.#visited[pool] = this.#visit;
      for (let other = 0; other < this.count; other++) {
        if (other === unit || this.pool[other] !== pool) continue;
        if (this.#augment(token, base, other)) {
          this.pool[unit] = pool;
          return true;
        }
      }
    }
    return false;
  }

  #inOrder(target: number, token: number): number[] {
    const members = this.#program.targetPools[target]!;
    const ranks = this.#program.targetRanks[target]!;
    const free = Array.from(members, (pool, i) => ({ pool, rank: ranks[i]! })).filter(
      ({ pool }) => this.#pools.free(pool) > 0 && !this.#heldBack(pool, token),
    );
    const freed = this.#pools.lastFreed;
    free.sort((a, b) => a.rank - b.rank || freed[a.pool]! - freed[b.pool]!);
    return free.map(({ pool }) => pool);
  }

  #available(target: number, token: number): number {
    const members = this.#program.targetPools[target]!;
    let sum = 0;
    for (let i = 0; i < members.length; i++) {
      const free = this.#pools.free(members[i]!);
      if (free > 0 && !this.#heldBack(members[i]!, token)) sum += free;
    }
    return sum;
  }
}
