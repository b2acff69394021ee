import { hashText } from '../../src/random/hash.js';
import { randomStream } from '../../src/random/stream.js';

/** Uniform numbers on (0, 1) from a seed, apart from all that simulations draw. */
function uniforms(count: number, seed: number): number[] {
  const stream = randomStream(seed, 0);
  stream.address(0, hashText('test'), hashText('uniforms'), 0);
  return Array.from({ length: count }, () => stream.uniform());
}

/** Standard normal numbers from a seed, by Box and Muller. */
export function normals(count: number, seed: number): number[] {
  const u = uniforms(2 * count, seed);
  return Array.from({ length: count }, (_, i) => {
    const radius = Math.sqrt(-2 * Math.log(u[2 * i] ?? 0.5));
    return radius * Math.cos(2 * Math.PI * (u[2 * i + 1] ?? 0));
  });
}
