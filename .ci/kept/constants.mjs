// Writes the numbers of a bundled module where their names stand. esbuild does so within a file alone, and V8 looks at a
// variable of a module each time that it is used, since others might change it.
import { minify } from 'terser';

/**
 * @param code a module that nothing else is put together with afterwards
 * @returns the same module, in which constants that hold a number or a text are written out where they are used
 */
export async function writtenOut(code) {
  const { code: shorter } = await minify(code, {
    module: true,
    ecma: 2020,
    mangle: false,
    // Nothing else is changed: functions that are put into each other here would be too large for V8 to do so well.
    compress: { defaults: false, toplevel: true, reduce_vars: true, evaluate: true, unused: true },
    format: { comments: false },
  });
  return shorter;
}
