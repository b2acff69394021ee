import { IntList } from './arrays.ts';
import { Facility } from './facility.ts';
import { newNulls, Table } from './platform.ts';
import { Pool, Target } from './pools.ts';
import { i32 } from './scalars.ts';
import { Token } from './tokens.ts';

/** One thing that a request asks for: targets in order of preference. */
export class Need {
  /** Fixed amount, or -1 when its code is to be evaluated. */
  readonly amount: i32;
  readonly code: i32;
  /** Place of the count of visits for its draws: that of the work for amounts made with its time, else -2. */
  readonly visit: i32;
  /** Whether its units are used up. */
  readonly consumes: boolean;
  readonly count: i32;
  readonly targets: Table<Target>;
  /** The first pool of the first target. */
  readonly pool: Pool;

  constructor(amount: i32, code: i32, visit: i32, consumes: boolean, count: i32, targets: Table<Target>, pool: Pool) {
    this.amount = amount;
    this.code = code;
    this.visit = visit;
    this.consumes = consumes;
    this.count = count;
    this.targets = targets;
    this.pool = pool;
  }

  /** Whether others may stand in for what it asks for. */
  replaceable(): boolean {
    for (let i = 0; i < this.count; i++) if (this.targets[i]!.standIns.count > 0) return true;
    return false;
  }
}

/** Whether each need is a fixed amount, above 0, of one pool, at which nobody is held back. */
function isSimple(needs: Table<Need>, count: i32): boolean {
  for (let k = 0; k < count; k++) {
    const need = needs[k]!;
    if (need.consumes || need.amount <= 0 || need.count !== 1 || need.targets[0]!.count !== 1) return false;
    if (need.pool.bigClasses.count > 0) return false;
  }
  return true;
}

/** Requests that ask for the same things share a queue for each priority. */
export class RequestClass {
  // What joining the queue and leaving it reads and writes comes first, in one line of the processor's fastest memory.
  readonly index: i32;
  waiting: i32 = 0;
  /** Distinct priorities, and by each of them who is first and last. */
  readonly levels: i32;
  readonly head: Table<Token | null>;
  readonly tail: Table<Token | null>;
  /** The pool of the first need. */
  readonly pool: Pool;
  readonly poolCount: i32;
  readonly pools: Table<Pool>;
  readonly otherCount: i32;
  readonly others: Table<Pool>;
  readonly needCount: i32;
  readonly needs: Table<Need>;
  /** All its requests ask for the same amounts, so that where one fails the others need no look. */
  readonly uniform: boolean;
  /** May ask for more than one unit of something at once, and so hold others back. */
  readonly big: boolean;
  /** Two of its needs may be met by the same pool. */
  readonly overlaps: boolean;
  /** Takes what it lacks from work that gives way. */
  readonly preempts: boolean;
  /** Its requests become more or less urgent while they wait. */
  readonly dynamic: boolean;
  /** Its staff must stay on duty for as long as the token says. */
  readonly fitted: boolean;
  /** Each need is a fixed amount of one pool, at which nobody is ever held back. */
  readonly simple: boolean;
  /** Whether one of its allowances holds at present. */
  open: boolean = false;
  /** Code of how long its staff must stay. */
  readonly fits: i32;
  /** Allowances by which others may stand in, their pools and those who supervise. */
  readonly allowances: IntList;
  readonly facilityCount: i32;
  readonly facilities: Table<Facility>;
  /** Whether a round of serving has seen it, and where it stands. */
  seen: i32 = 0;
  cursor: Token | null = null;

  constructor(
    index: i32,
    needCount: i32,
    needs: Table<Need>,
    flags: i32,
    fits: i32,
    poolCount: i32,
    pools: Table<Pool>,
    allowances: IntList,
    otherCount: i32,
    others: Table<Pool>,
    facilityCount: i32,
    facilities: Table<Facility>,
    levels: i32,
  ) {
    this.index = index;
    this.needCount = needCount;
    this.needs = needs;
    const uniform = (flags & 1) !== 0;
    const overlaps = (flags & 4) !== 0;
    this.uniform = uniform;
    this.big = (flags & 2) !== 0;
    this.overlaps = overlaps;
    this.simple = uniform && !overlaps && allowances.count === 0 && isSimple(needs, needCount);
    this.preempts = (flags & 8) !== 0;
    this.dynamic = (flags & 16) !== 0;
    this.fitted = (flags & 32) !== 0;
    this.fits = fits;
    this.pool = needs[0]!.pool;
    this.poolCount = poolCount;
    this.pools = pools;
    this.allowances = allowances;
    this.otherCount = otherCount;
    this.others = others;
    this.facilityCount = facilityCount;
    this.facilities = facilities;
    this.levels = levels;
    this.head = newNulls<Token>(levels);
    this.tail = newNulls<Token>(levels);
  }

  /** The first who waits at a level or at one after it. */
  firstFrom(level: i32): Token | null {
    for (let i = level; i < this.levels; i++) {
      const head = this.head[i] as Token | null;
      if (head !== null) return head;
    }
    return null;
  }

  /** Takes somebody who is first at their level out of a queue of requests for one pool. */
  removeFirst(token: Token): void {
    const level = token.level;
    const next = token.next;
    this.head[level] = next;
    if (next === null) this.tail[level] = null;
    else next.previous = null;
    this.waiting--;
    this.pool.waiting--;
  }

  /** Puts a token into the queue of its level, behind those that go before it. */
  insert(token: Token, level: i32): void {
    token.level = level;
    let before = this.tail[level] as Token | null;
    // Only where priorities are not known before the run can there be someone less urgent at the end of the queue.
    // Those who were interrupted come back to their old place.
    while (before !== null && token.before(before)) before = before.previous;
    this.put(token, level, before);
  }

  private put(token: Token, level: i32, before: Token | null): void {
    const after = before === null ? (this.head[level] as Token | null) : before.next;
    token.previous = before;
    token.next = after;
    if (before === null) this.head[level] = token;
    else before.next = token;
    if (after === null) this.tail[level] = token;
    else after.previous = token;
    this.waiting++;
    for (let i = 0; i < this.poolCount; i++) this.pools[i]!.waiting++;
    for (let i = 0; i < this.otherCount; i++) this.others[i]!.waiting++;
  }

  /** Puts those who wait at the only level into the order of their priorities. */
  sort(): void {
    let token = this.head[0] as Token | null;
    while (token !== null) {
      const next: Token | null = token.next;
      const before = token.previous;
      if (before !== null && token.before(before)) {
        this.remove(token);
        let place: Token | null = before.previous;
        while (place !== null && token.before(place)) place = place.previous;
        this.put(token, 0, place);
      }
      token = next;
    }
  }

  remove(token: Token): void {
    const before = token.previous;
    const after = token.next;
    if (before === null) this.head[token.level] = after;
    else before.next = after;
    if (after === null) this.tail[token.level] = before;
    else after.previous = before;
    this.waiting--;
    for (let i = 0; i < this.poolCount; i++) this.pools[i]!.waiting--;
    for (let i = 0; i < this.otherCount; i++) this.others[i]!.waiting--;
  }
}
