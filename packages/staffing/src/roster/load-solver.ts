import load, { type Highs, type InitOptions } from 'highs';

/** The declarations describe the CommonJS module, whose loader is called `default`; the ES module is the loader itself. */
function loaderOf(module: typeof load | typeof load.default): typeof load.default {
  return typeof module === 'function' ? module : module.default;
}

/**
 * Loads HiGHS as WebAssembly. In Node and from most bundlers it finds its binary itself; elsewhere `wasmBinary` or
 * `locateFile` give it.
 */
export function loadSolver(options?: InitOptions): Promise<Highs> {
  return loaderOf(load)(options);
}
