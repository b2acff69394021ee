import { ENGINE_BINARY } from '../generated/engine-binary.js';
import type { Engine, EngineRun } from './engine.js';

/** What engine.ts exports, with addresses for arrays and runs and 0 or 1 for truth. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  mark(): number;
  forget(mark: number): void;
  roomForInts(length: number): number;
  roomForNumbers(length: number): number;
  prepare(
    ints: number,
    numbers: number,
    seedLow: number,
    seedHigh: number,
    replication: number,
    mostEvents: number,
    mostPatients: number,
    mostInstant: number,
    tracing: number,
    direct: number,
  ): number;
  begin(run: number): void;
  beginBatch(run: number): number;
  advance(run: number, budget: number): number;
  now(run: number): number;
  faultOf(run: number): number;
  faultNumbers(run: number): number;
  traceLength(run: number): number;
  traceItems(run: number): number;
  clearTrace(run: number): void;
  writeReport(run: number): number;
  reportItems(run: number): number;
}

const FAULT_NUMBERS = 8;

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  if (compiled === undefined) {
    const text = atob(ENGINE_BINARY);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    compiled = new WebAssembly.Module(bytes);
  }
  return compiled;
}

/** Whether WebAssembly is there and allowed (a content-security policy may forbid it). */
export function webAssemblyWorks(): boolean {
  if (typeof WebAssembly === 'undefined') return false;
  try {
    compile();
    return true;
  } catch {
    return false;
  }
}

/** An instance with more memory than this, in bytes, is not kept for another run. */
const MOST_KEPT = 64 * 1024 * 1024;

/** Instances whose run is over. To make one, and to let its memory grow, takes longer than many a replication. */
const idle: Exports[] = [];

function instance(): Exports {
  // The exports are those of engine.ts, of which the binary was made.
  return idle.pop() ?? (new WebAssembly.Instance(compile(), {}).exports as unknown as Exports);
}

/**
 * The engine as AssemblyScript compiles it. Each run under way has an instance, and so a memory, of its own; once its
 * report is written, another run may have it.
 */
export const webAssemblyEngine: Engine = {
  name: 'WebAssembly',
  prepare(image, { seed, replication, limits, tracing, direct }): EngineRun {
    const engine = instance();
    const { memory } = engine;
    const mark = engine.mark();
    const ints = engine.roomForInts(image.ints.length);
    new Int32Array(memory.buffer, ints, image.ints.length).set(image.ints);
    const numbers = engine.roomForNumbers(image.numbers.length);
    new Float64Array(memory.buffer, numbers, image.numbers.length).set(image.numbers);
    const run = engine.prepare(
      ints,
      numbers,
      seed | 0,
      Math.floor(seed / 4294967296) | 0,
      replication,
      limits.events,
      limits.patients,
      limits.instant,
      Number(tracing),
      Number(direct),
    );
    let found: Float64Array | undefined;
    return {
      begin: () => {
        engine.begin(run);
      },
      advance: (events) => engine.advance(run, events) !== 0,
      now: () => engine.now(run),
      fault: () => ({
        code: engine.faultOf(run),
        numbers: new Float64Array(memory.buffer, engine.faultNumbers(run), FAULT_NUMBERS),
      }),
      takeTrace: () => {
        const rows = new Float64Array(memory.buffer, engine.traceItems(run), engine.traceLength(run)).slice();
        engine.clearTrace(run);
        return rows;
      },
      report: () => {
        if (found !== undefined) return found;
        const length = engine.writeReport(run);
        const report = new Float64Array(memory.buffer, engine.reportItems(run), length).slice();
        if (engine.beginBatch(run) !== 0) return report;
        found = report;
        if (memory.buffer.byteLength <= MOST_KEPT) {
          engine.forget(mark);
          idle.push(engine);
        }
        return found;
      },
    };
  },
};
