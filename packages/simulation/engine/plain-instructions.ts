import { Facility } from './facility.ts';
import { LAW_CONSTANT } from './laws.ts';
import * as op from './operations.ts';
import { Doubles, Ints, newDoubles, newInts, newNulls, Table } from './platform.ts';
import { Pool } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Activity, Recorder, Site } from './recorder.ts';
import { i32 } from './scalars.ts';

/** Values of an attribute up to which a choice is looked up; others are searched for. */
const MOST_VALUES: i32 = 4096;

/** An instruction with a shortcut, with all that its words name looked up before the run. */
export class Step {
  // What the commonest of them read comes first, in one line of the processor's fastest memory.
  /** Its operation. */
  operation: i32;
  /** The shortcut with which one goes on after it. */
  next: Step | null = null;
  /**
   * Times that it was done at once since it was last told to what it counts for: units taken without a wait, work begun
   * (see `tell`).
   */
  times: i32 = 0;
  /** Place of the count of visits of a request, or -1. */
  visit: i32 = -1;
  /** Where a token keeps what it takes or gives back. */
  slot: i32 = 0;
  activity: i32 = -1;
  /** Of a request. */
  pool: Pool | null = null;
  facility: Facility | null = null;
  /** What is counted of its activity. */
  counts: Activity | null = null;
  /** Where a token keeps when its activity began; -1 where the token itself has that. */
  register: i32 = -1;
  /** The word at which one goes on after it. */
  after: i32 = -1;
  /** Of work: the law of its time and where its parameters (or the time itself) are; hash of the stream. */
  law: i32 = LAW_CONSTANT;
  parameters: i32 = 0;
  stream: i32 = 0;
  /** Copy of the pathway, above the bits of the count of visits. */
  copy: i32 = 0;
  /** Place of the count of visits of work or a choice, or -1. */
  draws: i32 = -1;

  /** Its word. */
  readonly pc: i32;
  /** Of a request that waits. */
  queue: RequestClass | null = null;
  site: Site | null = null;
  /** Of several slots that are given back. */
  slotCount: i32 = 0;
  slots: Ints | null = null;
  /** Of a choice: its attribute, and the branch for each value; or the shares of its branches. */
  attribute: i32 = 0;
  valueCount: i32 = 0;
  branchOf: Ints | null = null;
  shares: Doubles | null = null;
  /** Words of the branches and the shortcuts there; the last is for all that have no other. */
  branchCount: i32 = 0;
  words: Ints | null = null;
  branches: Table<Step | null> | null = null;

  constructor(operation: i32, pc: i32) {
    this.operation = operation;
    this.pc = pc;
  }

  /** Of a request for nothing. */
  asks(code: Ints, recorder: Recorder): void {
    this.ofActivity(code[this.pc + 1]!, recorder);
  }

  /** Of a request for one unit. */
  takes(code: Ints, queue: RequestClass, recorder: Recorder): void {
    const pc = this.pc;
    this.ofActivity(code[pc + 1]!, recorder);
    this.pool = queue.pool;
    this.facility = queue.pool.facility;
    this.queue = queue;
    this.slot = code[pc + 3]!;
    this.visit = code[pc + 7]!;
    this.site = recorder.sites[code[pc + 9]!]!;
  }

  /** Of work of which only the time matters. */
  works(code: Ints, recorder: Recorder): void {
    const pc = this.pc;
    const at = code[pc + 2]!;
    this.ofActivity(code[pc + 1]!, recorder);
    this.draws = code[pc + 3]!;
    this.copy = code[pc + 4]! << 16;
    this.stream = code[at]!;
    const drawn = code[at + 1]! === op.E_LAW;
    this.law = drawn ? code[at + 2]! : LAW_CONSTANT;
    this.parameters = drawn ? code[at + 3]! : code[at + 2]!;
  }

  /**
   * Of a request for one unit and the work of the same activity behind it: they are one shortcut from now on.
   * Whoever has to wait goes on with that of the work alone.
   */
  joins(): void {
    const work = this.next;
    if (this.operation !== op.TAKE_UNIT || work === null) return;
    if (work.operation !== op.PLAIN_WORK || work.activity !== this.activity) return;
    this.operation = op.TAKE_AND_WORK;
    this.next = work.next;
    this.after = work.after;
    this.law = work.law;
    this.parameters = work.parameters;
    this.stream = work.stream;
    this.copy = work.copy;
    this.draws = work.draws;
  }

  /** Adds the times that it was done at once to what counts them. */
  tell(): void {
    const times = this.times;
    if (times === 0) return;
    this.times = 0;
    const counts = this.counts!;
    const operation = this.operation;
    if (operation === op.TAKE_UNIT || operation === op.TAKE_AND_WORK) {
      counts.waits += times;
      this.facility!.waits += times;
    }
    if (operation !== op.TAKE_UNIT) counts.starts += times;
  }

  /** Of the end of an activity, or the beginning of one whose start a register holds. */
  marks(code: Ints, recorder: Recorder): void {
    this.ofActivity(code[this.pc + 1]!, recorder);
    this.register = code[this.pc + 2]!;
  }

  /** Of several slots that are given back. */
  frees(code: Ints): void {
    const n = code[this.pc + 1]!;
    this.slotCount = n;
    const slots = newInts(n);
    for (let i = 0; i < n; i++) slots[i] = code[this.pc + 2 + i]!;
    this.slots = slots;
  }

  /** Of a choice by an attribute; whether its values can be looked up. */
  matches(code: Ints): boolean {
    const pc = this.pc;
    const n = code[pc + 3]!;
    let most = -1;
    for (let branch = 0, at = pc + 4; branch < n; branch++) {
      for (let i = code[at + 1]!; i > 0; i--) {
        const value = code[at + 1 + i]!;
        if (value < 0 || value >= MOST_VALUES) return false;
        if (value > most) most = value;
      }
      at += 2 + code[at + 1]!;
    }
    this.attribute = code[pc + 1]!;
    const words = this.makeBranches(n);
    words[n] = code[pc + 2]!;
    const branchOf = newInts(most + 1);
    this.valueCount = most + 1;
    this.branchOf = branchOf;
    for (let value = 0; value <= most; value++) branchOf[value] = n;
    for (let branch = 0, at = pc + 4; branch < n; branch++) {
      words[branch] = code[at]!;
      for (let i = 0; i < code[at + 1]!; i++) {
        const value = code[at + 2 + i]!;
        if (branchOf[value]! === n) branchOf[value] = branch;
      }
      at += 2 + code[at + 1]!;
    }
    return true;
  }

  /** Of a choice by shares; whether they are all constants. */
  chooses(code: Ints, constants: Doubles): boolean {
    const pc = this.pc;
    const n = code[pc + 6]!;
    for (let i = 0; i < n; i++) {
      const at = code[pc + 7 + 2 * i]!;
      if (code[at + 1]! !== op.E_CONSTANT || code[at + 3]! !== op.E_RETURN) return false;
    }
    this.stream = code[pc + 2]!;
    this.draws = code[pc + 3]!;
    this.copy = code[pc + 4]! << 16;
    const words = this.makeBranches(n);
    words[n] = code[pc + 5]!;
    const shares = newDoubles(n);
    this.shares = shares;
    for (let i = 0; i < n; i++) {
      shares[i] = constants[code[code[pc + 7 + 2 * i]! + 2]!]!;
      words[i] = code[pc + 8 + 2 * i]!;
    }
    return true;
  }

  /** Room for so many branches and for the way of all others; their words, to be filled. */
  private makeBranches(count: i32): Ints {
    const words = newInts(count + 1);
    this.branchCount = count;
    this.words = words;
    this.branches = newNulls<Step>(count + 1);
    return words;
  }

  private ofActivity(activity: i32, recorder: Recorder): void {
    this.activity = activity;
    this.counts = recorder.activities[activity]!;
  }
}
