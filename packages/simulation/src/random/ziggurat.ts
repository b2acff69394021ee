import { exp, log } from '../numeric/elementary.js';
import type { RandomStream } from './stream.js';

/*
 * The ziggurat method (Marsaglia and Tsang, Journal of Statistical Software 5(8), 2000) with 256 layers, and with 53-bit
 * abscissae and independent bits for the layer, which avoids the correlation found by Doornik (2005). The tables are
 * computed with our own exp and log and are therefore the same everywhere.
 */

const LAYERS = 256;
const TWO_M52 = 2 ** -52;
const EXPONENTIAL_R = 7.69711747013104972;
const EXPONENTIAL_V = 0.0039496598225815571993;
const NORMAL_R = 3.6541528853610088;
const NORMAL_V = 0.00492867323399;

function table(r: number, v: number, density: (x: number) => number, inverse: (y: number) => number): Float64Array {
  const x = new Float64Array(LAYERS + 1);
  x[0] = v / density(r);
  x[1] = r;
  for (let i = 2; i < LAYERS; i++) {
    const previous = x[i - 1]!;
    x[i] = inverse(v / previous + density(previous));
  }
  x[LAYERS] = 0;
  return x;
}

const exponentialX = table(
  EXPONENTIAL_R,
  EXPONENTIAL_V,
  (x) => exp(-x),
  (y) => -log(y),
);
const exponentialY = exponentialX.map((x) => exp(-x));
const normalX = table(
  NORMAL_R,
  NORMAL_V,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
);
const normalY = normalX.map((x) => exp(-0.5 * x * x));

/** A draw from the exponential distribution with mean 1. */
export function exponential(random: RandomStream): number {
  let offset = 0;
  for (;;) {
    const word = random.word();
    const layer = word & 255;
    const u = ((word >>> 8) * 268435456 + (random.word() >>> 4) + 0.5) * TWO_M52;
    const x = u * exponentialX[layer]!;
    if (x < exponentialX[layer + 1]!) return offset + x;
    if (layer === 0) {
      // Without memory: the tail beyond r is a fresh draw moved by r.
      offset += EXPONENTIAL_R;
      continue;
    }
    const low = exponentialY[layer]!;
    const high = exponentialY[layer + 1]!;
    if (low + random.uniform() * (high - low) < exp(-x)) return offset + x;
  }
}

/** A draw from the normal distribution with mean 0 and standard deviation 1. */
export function standardNormal(random: RandomStream): number {
  for (;;) {
    const word = random.word();
    const layer = word & 255;
    const sign = (word & 256) === 0 ? 1 : -1;
    const u = ((word >>> 9) * 536870912 + (random.word() >>> 3) + 0.5) * TWO_M52;
    const x = u * normalX[layer]!;
    if (x < normalX[layer + 1]!) return sign * x;
    if (layer === 0) {
      // Marsaglia's tail.
      for (;;) {
        const a = -log(random.uniform()) / NORMAL_R;
        const b = -log(random.uniform());
        if (b + b > a * a) return sign * (NORMAL_R + a);
      }
    }
    const low = normalY[layer]!;
    const high = normalY[layer + 1]!;
    if (low + random.uniform() * (high - low) < exp(-0.5 * x * x)) return sign * x;
  }
}
