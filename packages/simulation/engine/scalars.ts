/**
 * The kinds of numbers of the engine, by the names that AssemblyScript has for them built in: the build for
 * WebAssembly leaves the import of this file out. A whole number has 32 bits and must be kept within them (`| 0`)
 * wherever it may leave them; one of 8 bits never does.
 */
export type i32 = number;
export type i8 = number;
export type f64 = number;
export const i32 = Number;
export const i8 = Number;
export const f64 = Number;
