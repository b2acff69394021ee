import { highWord, lowWord, nearest, scaled, withHighWord } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/*
 * log and exp as in fdlibm (Sun Microsystems, 1993; e_log.c and e_exp.c): below 1 unit in the last place, and made of
 * additions, multiplications and divisions only, so that every platform gives the same bits. Math.log and Math.exp
 * differ between engines; Math.sqrt, Math.floor and Math.abs are exact everywhere.
 */

const LN2_HIGH: f64 = 6.9314718036912381649e-1;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const TWO_54: f64 = 18014398509481984;

const LG1: f64 = 6.66666666666673513e-1;
const LG2: f64 = 3.999999999940941908e-1;
const LG3: f64 = 2.857142874366239149e-1;
const LG4: f64 = 2.222219843214978396e-1;
const LG5: f64 = 1.818357216161805012e-1;
const LG6: f64 = 1.531383769920937332e-1;
const LG7: f64 = 1.479819860511658591e-1;

/** Natural logarithm; -Infinity at 0, NaN below. */
export function log(argument: f64): f64 {
  let x = argument;
  let high = highWord(x);
  let k: i32 = 0;
  if (high < 0x00100000) {
    if (((high & 0x7fffffff) | lowWord(x)) === 0) return -Infinity;
    if (high < 0) return NaN;
    k = -54;
    x *= TWO_54;
    high = highWord(x);
  }
  if (high >= 0x7ff00000) return x + x;
  k += (high >> 20) - 1023;
  high &= 0x000fffff;
  const i = (high + 0x95f64) & 0x100000;
  x = withHighWord(x, high | (i ^ 0x3ff00000));
  k += i >> 20;
  const f = x - 1;
  if ((0x000fffff & (2 + high)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    const r = f * f * (0.5 - 0.33333333333333333 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (LG2 + w * (LG4 + w * LG6));
  const t2 = z * (LG1 + w * (LG3 + w * (LG5 + w * LG7)));
  const r = t2 + t1;
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const half = 0.5 * f * f;
    return k === 0 ? f - (half - s * (half + r)) : k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

const INVERSE_LN2: f64 = 1.442695040888963387;
const OVERFLOW: f64 = 7.09782712893383973096e2;
const UNDERFLOW: f64 = -7.4513321910194110842e2;
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.6533902205465251539e-6;
const P5: f64 = 4.13813679705723846039e-8;
const TWO_M1000: f64 = 9.3326361850321887899e-302;

/** e to the power of `x`. */
export function exp(argument: f64): f64 {
  const size = Math.abs(argument);
  return size > 1.04 && size < 700 ? expBetween(argument) : expAnywhere(argument);
}

/** As exp, where neither `x` nor the result is small or large, which is what nearly all arguments are. */
// @inline
export function expBetween(x: f64): f64 {
  // As below; V8 takes what is a constant of a function for a number, but looks up what is one of a module.
  const p1: f64 = 1.66666666666666019037e-1;
  const p2: f64 = -2.77777777770155933842e-3;
  const p3: f64 = 6.61375632143793436117e-5;
  const p4: f64 = -1.6533902205465251539e-6;
  const p5: f64 = 4.13813679705723846039e-8;
  const k = nearest(1.442695040888963387 * x);
  const high = x - k * 6.9314718036912381649e-1;
  const low = k * 1.90821492927058770002e-10;
  const rest = high - low;
  const t = rest * rest;
  const c = rest - t * (p1 + t * (p2 + t * (p3 + t * (p4 + t * p5))));
  return scaled(1 - (low - (rest * c) / (2 - c) - high), k);
}

function expAnywhere(argument: f64): f64 {
  let x = argument;
  if (x !== x) return x;
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  const size = Math.abs(x);
  let high: f64 = 0;
  let low: f64 = 0;
  let k: i32 = 0;
  if (size > 0.34657359027997264) {
    if (size < 1.0397207708399179) {
      k = x < 0 ? -1 : 1;
      high = x - k * LN2_HIGH;
      low = k * LN2_LOW;
    } else {
      k = nearest(INVERSE_LN2 * x);
      high = x - k * LN2_HIGH;
      low = k * LN2_LOW;
    }
    x = high - low;
  } else if (size < 3.725290298461914e-9) {
    return 1 + x;
  }
  const t = x * x;
  const c = x - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  if (k === 0) return 1 - ((x * c) / (c - 2) - x);
  const y = 1 - (low - (x * c) / (2 - c) - high);
  if (k >= -1021) {
    if (k === 1024) return y * 2 * 8.98846567431158e307;
    return withHighWord(y, highWord(y) + (k << 20));
  }
  return withHighWord(y, highWord(y) + ((k + 1000) << 20)) * TWO_M1000;
}

/** `base` to the power of `exponent`: exact for whole exponents up to 64, else by exp and log of a positive base. */
export function power(base: f64, exponent: f64): f64 {
  if (Math.abs(exponent) <= 64 && Math.floor(exponent) === exponent) {
    let result: f64 = 1;
    for (let i: f64 = 0; i < Math.abs(exponent); i++) result *= base;
    return exponent < 0 ? 1 / result : result;
  }
  if (base === 0) return exponent > 0 ? 0 : Infinity;
  return exp(exponent * log(base));
}
