/* eslint-disable @typescript-eslint/prefer-for-of -- these loops run for every event: a counted one over a typed array makes no iterator */
import type { Program } from '../program/program.js';
import type { Recorder } from '../statistics/recorder.js';
import type { Pools } from './pools.js';
import { type Population, RUNNING, WAITING } from './population.js';
import { UnitMatching } from './unit-matching.js';

/**
 * Requests: who may have what, and who waits. A queue for each class of equal requests and each priority; a freed unit
 * looks at the queues that involve it in the order (priority, request).
 */
export class Queues {
  readonly #program: Program;
  readonly #tokens: Population;
  readonly #pools: Pools;
  readonly #recorder: Recorder;
  readonly #granted: (token: number) => void;
  readonly #levels: number;
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly waiting: Int32Array;
  readonly #candidate: Int32Array;
  readonly #cursor: Int32Array;
  readonly #seen: Int32Array;
  #round = 0;
  #order = 0;
  readonly #matching: UnitMatching;

  constructor(
    program: Program,
    tokens: Population,
    pools: Pools,
    recorder: Recorder,
    granted: (token: number) => void,
  ) {
    this.#program = program;
    this.#tokens = tokens;
    this.#pools = pools;
    this.#recorder = recorder;
    this.#granted = granted;
    this.#levels = Math.max(1, program.levels.length);
    const classes = program.classCount;
    this.#head = new Int32Array(classes * this.#levels).fill(-1);
    this.#tail = new Int32Array(classes * this.#levels).fill(-1);
    this.waiting = new Int32Array(classes);
    this.#candidate = new Int32Array(classes);
    this.#cursor = new Int32Array(classes);
    this.#seen = new Int32Array(classes);
    this.#matching = new UnitMatching(program, tokens, pools, (pool, token) => this.#heldBack(pool, token));
  }

  /** Gives a request its place in the order of requests. */
  register(token: number, requestClass: number, priority: number, now: number): void {
    const tokens = this.#tokens;
    tokens.requestClass[token] = requestClass;
    tokens.priority[token] = priority;
    tokens.order[token] = this.#order++;
    tokens.requestTime[token] = now;
  }

  /** Whether all that a request wants is free and no earlier request holds it back; notes the targets chosen. */
  canHave(token: number): boolean {
    const program = this.#program;
    const c = this.#tokens.requestClass[token]!;
    if (program.classOverlaps[c] === 1) return this.#matching.find(token, c);
    const from = program.classNeeds[c]!;
    const to = program.classNeeds[c + 1]!;
    const base = token * this.#tokens.needs;
    for (let need = from; need < to; need++) {
      const amount = this.#tokens.amount[base + need - from]!;
      if (amount === 0) continue;
      const targets = program.needTargets[need]!;
      let chosen = -1;
      for (let i = 0; i < targets.length; i++) {
        if (this.#available(targets[i]!, token) >= amount) {
          chosen = targets[i]!;
          break;
        }
      }
      if (chosen < 0) return false;
      this.#tokens.choice[base + need - from] = chosen;
    }
    return true;
  }

  /** Free units of a target that a request may take. */
  #available(target: number, token: number): number {
    const members = this.#program.targetPools[target]!;
    let sum = 0;
    for (let i = 0; i < members.length; i++) {
      const pool = members[i]!;
      const free = this.#pools.free(pool);
      if (free > 0 && !this.#heldBack(pool, token)) sum += free;
    }
    return sum;
  }

  /** Takes what canHave found, into slots from `slot` on; needs kept from before are already there. */
  take(token: number, slot: number, activity: number, now: number): void {
    const program = this.#program;
    const c = this.#tokens.requestClass[token]!;
    const base = token * this.#tokens.needs;
    const place = token * this.#tokens.slots + slot;
    const since = this.#tokens.requestTime[token]!;
    if (program.classOverlaps[c] === 1) {
      const { count, need, pool } = this.#matching;
      for (let unit = 0; unit < count; unit++) {
        this.#takeUnits(pool[unit]!, 1, place + need[unit]!, activity, since, now);
      }
      return;
    }
    const needs = program.classNeeds[c + 1]! - program.classNeeds[c]!;
    for (let need = 0; need < needs; need++) {
      let amount = this.#tokens.amount[base + need]!;
      if (amount === 0) continue;
      const target = this.#tokens.choice[base + need]!;
      const members = program.targetPools[target]!;
      if (members.length === 1) {
        this.#takeUnits(members[0]!, amount, place + need, activity, since, now);
        continue;
      }
      while (amount > 0) {
        const pool = this.#best(target, token);
        const units = Math.min(amount, this.#pools.free(pool));
        this.#takeUnits(pool, units, place + need, activity, since, now);
        amount -= units;
      }
    }
  }

  #takeUnits(pool: number, units: number, place: number, activity: number, since: number, now: number): void {
    const slot = this.#tokens.slot;
    slot[place] = this.#pools.take(pool, units, activity, slot[place]!, now);
    this.#recorder.waitedFor(this.#pools.facility[pool]!, now - since);
  }

  /** The free member of a target that is taken first: lowest rank, then longest idle, then first declared. */
  #best(target: number, token: number): number {
    const members = this.#program.targetPools[target]!;
    const ranks = this.#program.targetRanks[target]!;
    let best = -1;
    let bestRank = 0;
    let bestFreed = 0;
    for (let i = 0; i < members.length; i++) {
      const pool = members[i]!;
      if (this.#pools.free(pool) <= 0 || this.#heldBack(pool, token)) continue;
      const rank = ranks[i]!;
      const freed = this.#pools.lastFreed[pool]!;
      if (best < 0 || rank < bestRank || (rank === bestRank && freed < bestFreed)) {
        best = pool;
        bestRank = rank;
        bestFreed = freed;
      }
    }
    return best;
  }

  /** Whether an earlier request that waits wants more of something with this pool than is free. */
  #heldBack(pool: number, token: number): boolean {
    const classes = this.#program.poolBigClasses[pool]!;
    for (let i = 0; i < classes.length; i++) {
      const c = classes[i]!;
      if (this.waiting[c] === 0) continue;
      for (let level = 0; level < this.#levels; level++) {
        let other = this.#head[c * this.#levels + level]!;
        while (other >= 0 && other !== token && this.#before(other, token)) {
          if (this.#wantsMoreThanFree(other, c, pool)) return true;
          other = this.#program.classUniform[c] === 1 ? -1 : this.#tokens.next[other]!;
        }
      }
    }
    return false;
  }

  #wantsMoreThanFree(other: number, c: number, pool: number): boolean {
    const program = this.#program;
    const from = program.classNeeds[c]!;
    const to = program.classNeeds[c + 1]!;
    for (let need = from; need < to; need++) {
      const amount = this.#tokens.amount[other * this.#tokens.needs + need - from]!;
      const targets = program.needTargets[need]!;
      for (let i = 0; i < targets.length; i++) {
        const members = program.targetPools[targets[i]!]!;
        if (!members.includes(pool)) continue;
        let free = 0;
        for (let m = 0; m < members.length; m++) free += Math.max(0, this.#pools.free(members[m]!));
        if (free < amount) return true;
      }
    }
    return false;
  }

  #before(a: number, b: number): boolean {
    const { priority, order } = this.#tokens;
    const pa = priority[a]!;
    const pb = priority[b]!;
    return pa < pb || (pa === pb && order[a]! < order[b]!);
  }

  /** Puts a registered request into its queue. */
  enqueue(token: number, now: number): void {
    const tokens = this.#tokens;
    const c = tokens.requestClass[token]!;
    const level = this.#levelOf(tokens.priority[token]!);
    const queue = c * this.#levels + level;
    tokens.level[token] = level;
    tokens.state[token] = WAITING;
    let before = this.#tail[queue]!;
    // Only where priorities are not known before the run can there be someone less urgent at the end of the queue.
    while (before >= 0 && tokens.priority[before]! > tokens.priority[token]!) {
      before = tokens.previous[before]!;
    }
    const after = before < 0 ? this.#head[queue]! : tokens.next[before]!;
    tokens.previous[token] = before;
    tokens.next[token] = after;
    if (before < 0) this.#head[queue] = token;
    else tokens.next[before] = token;
    if (after < 0) this.#tail[queue] = token;
    else tokens.previous[after] = token;
    this.waiting[c] = this.waiting[c]! + 1;
    const facilities = this.#program.classFacilities[c]!;
    for (let i = 0; i < facilities.length; i++) this.#recorder.census.changeWaiting(facilities[i]!, 1, now);
  }

  /** Takes a request out of its queue. @param site of the request, for statistics */
  dequeue(token: number, site: number, now: number): void {
    const tokens = this.#tokens;
    const c = tokens.requestClass[token]!;
    const queue = c * this.#levels + tokens.level[token]!;
    const before = tokens.previous[token]!;
    const after = tokens.next[token]!;
    if (before < 0) this.#head[queue] = after;
    else tokens.next[before] = after;
    if (after < 0) this.#tail[queue] = before;
    else tokens.previous[after] = before;
    tokens.state[token] = RUNNING;
    this.waiting[c] = this.waiting[c]! - 1;
    const facilities = this.#program.classFacilities[c]!;
    for (let i = 0; i < facilities.length; i++) this.#recorder.census.changeWaiting(facilities[i]!, -1, now);
    this.#recorder.leftQueue(facilities, site, tokens.requestTime[token]!, now);
    if (this.#program.classBig[c] === 1) {
      // It may have held back others at pools that nothing else would draw attention to.
      const pools = this.#program.classPools[c]!;
      for (let i = 0; i < pools.length; i++) {
        if (this.#pools.free(pools[i]!) > 0) this.#pools.markDirty(pools[i]!);
      }
    }
  }

  #levelOf(priority: number): number {
    const { levels } = this.#program;
    for (let i = levels.length - 1; i > 0; i--) if (levels[i]! <= priority) return i;
    return 0;
  }

  /** Serves those who wait for units that became free, in order of priority, then request. */
  serve(): void {
    const pools = this.#pools;
    while (pools.dirtyCount > 0) {
      const candidates = this.#gather();
      pools.clearDirty();
      if (candidates > 0) this.#serve(candidates);
    }
  }

  /** Classes with someone waiting for a pool that has free units. */
  #gather(): number {
    const pools = this.#pools;
    const program = this.#program;
    const round = ++this.#round;
    let count = 0;
    for (let i = 0; i < pools.dirtyCount; i++) {
      const pool = pools.dirty[i]!;
      if (pools.free(pool) <= 0) continue;
      const classes = program.poolClasses[pool]!;
      for (let k = 0; k < classes.length; k++) {
        const c = classes[k]!;
        if (this.waiting[c] === 0 || this.#seen[c] === round) continue;
        this.#seen[c] = round;
        this.#candidate[count] = c;
        this.#cursor[count] = this.#firstOf(c, 0);
        count++;
      }
    }
    return count;
  }

  #firstOf(c: number, fromLevel: number): number {
    for (let level = fromLevel; level < this.#levels; level++) {
      const head = this.#head[c * this.#levels + level]!;
      if (head >= 0) return head;
    }
    return -1;
  }

  #serve(candidates: number): void {
    const tokens = this.#tokens;
    let count = candidates;
    while (count > 0) {
      let best = 0;
      for (let i = 1; i < count; i++) {
        if (this.#before(this.#cursor[i]!, this.#cursor[best]!)) best = i;
      }
      const c = this.#candidate[best]!;
      const token = this.#cursor[best]!;
      let next = tokens.next[token]!;
      if (next < 0) next = this.#firstOf(c, tokens.level[token]! + 1);
      if (this.canHave(token)) this.#granted(token);
      else if (this.#program.classUniform[c] === 1) next = -1;
      if (next >= 0) {
        this.#cursor[best] = next;
      } else {
        count--;
        this.#candidate[best] = this.#candidate[count]!;
        this.#cursor[best] = this.#cursor[count]!;
      }
    }
  }
}
