import { exp, log } from './elementary.ts';
import { Doubles, newDoubles } from './platform.ts';
import { RandomStream } from './random.ts';
import { f64, i32 } from './scalars.ts';

/*
 * The ziggurat method (Marsaglia and Tsang, Journal of Statistical Software 5(8), 2000) with 256 layers, and with 53-bit
 * abscissae and independent bits for the layer, which avoids the correlation found by Doornik (2005). The tables are
 * computed with our own exp and log and are therefore the same everywhere.
 */

const LAYERS: i32 = 256;
const TWO_M52: f64 = 2.220446049250313e-16;
const EXPONENTIAL_R: f64 = 7.69711747013104972;
const EXPONENTIAL_V: f64 = 0.0039496598225815571993;
const NORMAL_R: f64 = 3.6541528853610088;
const NORMAL_V: f64 = 0.00492867323399;

function exponentialDensity(x: f64): f64 {
  return exp(-x);
}

function normalDensity(x: f64): f64 {
  return exp(-0.5 * x * x);
}

function exponentialAbscissae(): Doubles {
  const x = newDoubles(LAYERS + 1);
  x[0] = EXPONENTIAL_V / exponentialDensity(EXPONENTIAL_R);
  x[1] = EXPONENTIAL_R;
  for (let i = 2; i < LAYERS; i++) {
    const previous = x[i - 1]!;
    x[i] = -log(EXPONENTIAL_V / previous + exponentialDensity(previous));
  }
  return x;
}

function normalAbscissae(): Doubles {
  const x = newDoubles(LAYERS + 1);
  x[0] = NORMAL_V / normalDensity(NORMAL_R);
  x[1] = NORMAL_R;
  for (let i = 2; i < LAYERS; i++) {
    const previous = x[i - 1]!;
    x[i] = Math.sqrt(-2 * log(NORMAL_V / previous + normalDensity(previous)));
  }
  return x;
}

const exponentialX: Doubles = exponentialAbscissae();
const exponentialY: Doubles = newDoubles(LAYERS + 1);
const normalX: Doubles = normalAbscissae();
const normalY: Doubles = newDoubles(LAYERS + 1);

for (let i = 0; i <= LAYERS; i++) {
  exponentialY[i] = exponentialDensity(exponentialX[i]!);
  normalY[i] = normalDensity(normalX[i]!);
}

/** A draw from the exponential distribution with mean 1. */
export function exponential(random: RandomStream): f64 {
  let offset: f64 = 0;
  for (;;) {
    const at = random.pair();
    const word = random.block[at]!;
    const layer = word & 255;
    const high: f64 = word >>> 8;
    const low: f64 = random.block[at + 1]! >>> 4;
    const u = (high * 268435456 + low + 0.5) * TWO_M52;
    const x = u * exponentialX[layer]!;
    if (x < exponentialX[layer + 1]!) return offset + x;
    if (layer === 0) {
      // Without memory: the tail beyond r is a fresh draw moved by r.
      offset += EXPONENTIAL_R;
      continue;
    }
    const below = exponentialY[layer]!;
    const above = exponentialY[layer + 1]!;
    if (below + random.uniform() * (above - below) < exp(-x)) return offset + x;
  }
  return NaN;
}

/** A draw from the normal distribution with mean 0 and standard deviation 1. */
export function standardNormal(random: RandomStream): f64 {
  for (;;) {
    const at = random.pair();
    const word = random.block[at]!;
    const layer = word & 255;
    const sign: f64 = 1 - ((word >> 7) & 2);
    const high: f64 = word >>> 9;
    const low: f64 = random.block[at + 1]! >>> 3;
    const u = (high * 536870912 + low + 0.5) * TWO_M52;
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
    const below = normalY[layer]!;
    const above = normalY[layer + 1]!;
    if (below + random.uniform() * (above - below) < exp(-0.5 * x * x)) return sign * x;
  }
  return NaN;
}
