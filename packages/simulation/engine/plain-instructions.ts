import { Facility } from './census.ts';
import * as op from './operations.ts';
import { Doubles, Ints } from './platform.ts';
import { Pool } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Activity, Recorder, Site } from './recorder.ts';
import { f64, i32 } from './scalars.ts';

/*
 * Instructions with a shortcut, with all that they name looked up before the run.
 */

/** A request for one unit of a plain pool, with all that it names. */
export class PlainRequest {
  readonly pool: Pool;
  readonly facility: Facility;
  readonly slot: i32;
  readonly activity: i32;
  readonly counts: Activity;
  /** Place of the count of visits, or -1. */
  readonly visit: i32;
  readonly queue: RequestClass;
  readonly site: Site;

  /** @param pc word of the request */
  constructor(code: Ints, pc: i32, queue: RequestClass, recorder: Recorder) {
    this.activity = code[pc + 1]!;
    this.counts = recorder.activities[code[pc + 1]!]!;
    this.pool = queue.pool;
    this.facility = queue.pool.facility;
    this.queue = queue;
    this.slot = code[pc + 3]!;
    this.visit = code[pc + 7]!;
    this.site = recorder.sites[code[pc + 9]!]!;
  }
}

/** Work of which only the time matters. */
export class PlainWork {
  readonly activity: i32;
  readonly counts: Activity;
  /** The law of its time, with the place of its parameters and the hash of the stream; -1 for a constant. */
  readonly law: i32;
  readonly parameters: i32;
  readonly stream: i32;
  readonly visit: i32;
  readonly copy: i32;
  readonly takes: f64;

  /** @param pc word of the instruction */
  constructor(code: Ints, pc: i32, constants: Doubles, recorder: Recorder) {
    const at = code[pc + 2]!;
    const drawn = code[at + 1]! === op.E_LAW;
    this.activity = code[pc + 1]!;
    this.counts = recorder.activities[code[pc + 1]!]!;
    this.visit = code[pc + 3]!;
    this.copy = code[pc + 4]!;
    this.stream = code[at]!;
    this.law = drawn ? code[at + 2]! : -1;
    this.parameters = drawn ? code[at + 3]! : 0;
    this.takes = drawn ? 0 : constants[code[at + 2]!]!;
  }
}
