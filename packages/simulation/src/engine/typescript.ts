import * as engine from '../../engine/engine.js';
import type { Engine, EngineRun } from './engine.js';

/** The engine as TypeScript compiles it: the reference, and where WebAssembly is not allowed. */
export const typescriptEngine: Engine = {
  name: 'TypeScript',
  prepare(image, { seed, replication, limits, tracing, direct }): EngineRun {
    const mark = engine.mark();
    const ints = engine.roomForInts(image.ints.length);
    ints.set(image.ints);
    const numbers = engine.roomForNumbers(image.numbers.length);
    numbers.set(image.numbers);
    const run = engine.prepare(
      ints,
      numbers,
      seed | 0,
      Math.floor(seed / 4294967296) | 0,
      replication,
      limits.events,
      limits.patients,
      limits.instant,
      tracing,
      direct,
    );
    return {
      begin: () => {
        engine.begin(run);
      },
      advance: (events) => engine.advance(run, events),
      now: () => engine.now(run),
      fault: () => ({ code: engine.faultOf(run), numbers: engine.faultNumbers(run) }),
      takeTrace: () => {
        const rows = engine.traceItems(run).slice(0, engine.traceLength(run));
        engine.clearTrace(run);
        return rows;
      },
      report: () => {
        const length = engine.writeReport(run);
        const numbers = engine.reportItems(run).slice(0, length);
        if (!engine.beginBatch(run)) engine.forget(mark);
        return numbers;
      },
    };
  },
};
