import * as trace from '../../engine/run.js';
import type { Program } from '../program/program.js';
import type { Engine, EngineRun } from './engine.js';
import { errorOf } from './faults.js';
import { DEFAULT_LIMITS, type RunLimits } from './limits.js';
import { readRecord, type RunRecord } from './run-record.js';
import { typescriptEngine } from './typescript.js';
import { webAssemblyEngine, webAssemblyWorks } from './webassembly.js';

/** One row of an event log. */
export interface TraceRow {
  readonly time: number;
  readonly patient: string;
  readonly what: 'arrive' | 'request' | 'start' | 'end' | 'give up' | 'finish';
  /** Activity, or the outcome of a finish. */
  readonly subject: string;
}

/** How a run is made. */
export interface RunOptions {
  readonly limits?: RunLimits;
  /** Keeps an event log, to be taken by takeTrace. */
  readonly tracing?: boolean;
  /** Without shortcuts, where it is false; for tests, since both ways give the same results. */
  readonly direct?: boolean;
  /** Without it WebAssembly where it works, else TypeScript; both give the same results. */
  readonly engine?: Engine;
}

/** WebAssembly where it is there and allowed, else TypeScript. */
function defaultEngine(): Engine {
  return webAssemblyWorks() ? webAssemblyEngine : typescriptEngine;
}

/** A replication that runs in chunks of events, so that others get a turn and it can be stopped. */
export class Run {
  readonly #program: Program;
  readonly #limits: RunLimits;
  readonly #run: EngineRun;
  #finished = false;
  #reported = 0;

  /** @throws SimulationError when it cannot begin */
  constructor(program: Program, replication: number, options: RunOptions = {}) {
    this.#program = program;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#run = (options.engine ?? defaultEngine()).prepare(program.image, {
      seed: program.input.seed,
      replication,
      limits: this.#limits,
      tracing: options.tracing ?? false,
      direct: options.direct ?? true,
    });
    this.#guarded(() => {
      this.#run.begin();
    });
  }

  /** Time as a share of the whole run. */
  get progress(): number {
    const { warmUp, run } = this.#program.input;
    return this.#finished && this.#reported + 1 >= this.#program.batches.length
      ? 1
      : Math.min(1, this.#run.now() / (warmUp + run));
  }

  /**
   * Runs at most so many events.
   * @returns true when the present batch has come to its end, and once it was asked for its record the run has no more
   * @throws SimulationError when it cannot go on
   */
  advance(events: number): boolean {
    if (!this.#finished) this.#finished = this.#guarded(() => this.#run.advance(events));
    return this.#finished;
  }

  /** The rows of the event log since the last call. */
  takeTrace(): TraceRow[] {
    const numbers = this.#run.takeTrace();
    const rows: TraceRow[] = [];
    for (let i = 0; i < numbers.length; i += 5) rows.push(traceRow(this.#program, numbers.subarray(i, i + 5)));
    return rows;
  }

  /**
   * What the batch has found that has come to its end; the next one begins. A run that is not cut into batches is one of
   * them, and so are those of a program's `batches` in their order.
   */
  record(): RunRecord {
    const report = this.#guarded(() => this.#run.report());
    this.#reported++;
    if (this.#reported < this.#program.batches.length) this.#finished = false;
    return readRecord(this.#program, report);
  }

  #guarded<T>(call: () => T): T {
    try {
      return call();
    } catch (thrown) {
      throw errorOf(this.#run, this.#program, this.#limits, thrown);
    }
  }
}

const WHAT: ReadonlyMap<number, TraceRow['what']> = new Map([
  [trace.TRACE_ARRIVE, 'arrive'],
  [trace.TRACE_REQUEST, 'request'],
  [trace.TRACE_START, 'start'],
  [trace.TRACE_END, 'end'],
  [trace.TRACE_GIVE_UP, 'give up'],
  [trace.TRACE_FINISH, 'finish'],
]);

function traceRow({ input }: Program, numbers: Float64Array): TraceRow {
  const [time = 0, cohort = 0, number = 0, kind = 0, subject = 0] = numbers;
  const what = WHAT.get(kind) ?? 'arrive';
  const name =
    what === 'arrive' ? '' : what === 'finish' ? (input.outcomes[subject] ?? '') : input.activities[subject]?.id;
  return { time, patient: `${input.cohorts[cohort]?.id ?? ''} ${number}`, what, subject: name ?? '' };
}
