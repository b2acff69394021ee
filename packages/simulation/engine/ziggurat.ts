import { exp, log } from './elementary.ts';
import { Doubles, newDoubles, oddOf, withSign } from './platform.ts';
import { RandomStream, TWO_M53 } from './random.ts';
import { f64, i32 } from './scalars.ts';

/*
 * The ziggurat method (Marsaglia and Tsang, Journal of Statistical Software 5(8), 2000) with 256 layers, and with 53-bit
 * abscissae and independent bits for the layer, which avoids the correlation found by Doornik (2005). The tables are
 * computed with our own exp and log and are therefore the same everywhere.
 */

const LAYERS: i32 = 256;
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

/**
 * By layer, side by side since a draw reads both: its abscissa for numbers that are odd multiples of 1, which times 2⁻⁵³
 * are uniform, and the abscissa of the layer above it.
 */
function pairsOf(x: Doubles): Doubles {
  const pairs = newDoubles(2 * LAYERS);
  for (let i = 0; i < LAYERS; i++) {
    pairs[2 * i] = x[i]! * TWO_M53;
    pairs[2 * i + 1] = x[i + 1]!;
  }
  return pairs;
}

const exponentialPairs: Doubles = pairsOf(exponentialX);
const normalPairs: Doubles = pairsOf(normalX);

/**
 * What nearly every draw from the exponential distribution with mean 1 comes to, by two words of the block in hand; NaN
 * where it takes more than them.
 */
// @inline
export function exponentialAt(random: RandomStream, at: i32): f64 {
  const word = random.block[at]!;
  const layer = word & 255;
  const x = oddOf(word >>> 8, random.block[at + 1]! >>> 4, 28) * exponentialPairs[2 * layer]!;
  return x < exponentialPairs[2 * layer + 1]! ? x : NaN;
}

/** A draw from the exponential distribution with mean 1. */
export function exponential(random: RandomStream): f64 {
  let offset: f64 = 0;
  for (;;) {
    const at = random.pair();
    const word = random.block[at]!;
    const layer = word & 255;
    const x = oddOf(word >>> 8, random.block[at + 1]! >>> 4, 28) * exponentialPairs[2 * layer]!;
    if (x < exponentialPairs[2 * layer + 1]!) return offset + x;
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

/** As exponential, of the draws for an address by those who make no other from there. */
export function exponentialFor(random: RandomStream, who: i32, whose: i32, what: i32, visit: i32): f64 {
  random.firstBlock(who, whose, what, visit);
  const drawn = exponentialAt(random, 0);
  if (!isNaN(drawn)) return drawn;
  random.begin(who, whose, what, visit);
  return exponential(random);
}

/** As exponentialAt, for the normal distribution with mean 0 and standard deviation 1. */
// @inline
export function normalAt(random: RandomStream, at: i32): f64 {
  const word = random.block[at]!;
  const layer = word & 255;
  const x = oddOf(word >>> 9, random.block[at + 1]! >>> 3, 29) * normalPairs[2 * layer]!;
  return x < normalPairs[2 * layer + 1]! ? withSign(x, (word >> 8) & 1) : NaN;
}

/** A draw from the normal distribution with mean 0 and standard deviation 1. */
export function standardNormal(random: RandomStream): f64 {
  for (;;) {
    const at = random.pair();
    const word = random.block[at]!;
    const layer = word & 255;
    const negative = (word >> 8) & 1;
    const x = oddOf(word >>> 9, random.block[at + 1]! >>> 3, 29) * normalPairs[2 * layer]!;
    if (x < normalPairs[2 * layer + 1]!) return withSign(x, negative);
    if (layer === 0) {
      // Marsaglia's tail.
      for (;;) {
        const a = -log(random.uniform()) / NORMAL_R;
        const b = -log(random.uniform());
        if (b + b > a * a) return withSign(NORMAL_R + a, negative);
      }
    }
    const below = normalY[layer]!;
    const above = normalY[layer + 1]!;
    if (below + random.uniform() * (above - below) < exp(-0.5 * x * x)) return withSign(x, negative);
  }
  return NaN;
}
