/** Complex numbers, in two lists. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Complex numbers of one real part, and nothing beside it. */
export function spectrumOf(length: number, value = 0): Spectrum {
  return { re: new Float64Array(length).fill(value), im: new Float64Array(length) };
}

/** Adds so much of one spectrum, times another where there is one, to a third. */
export function addProduct(into: Spectrum, from: Spectrum, amount: number, time: Spectrum | undefined): void {
  for (let k = 0; k < into.re.length; k++) {
    let re = at(from.re, k);
    let im = at(from.im, k);
    if (time) [re, im] = [re * at(time.re, k) - im * at(time.im, k), re * at(time.im, k) + im * at(time.re, k)];
    into.re[k] = at(into.re, k) + amount * re;
    into.im[k] = at(into.im, k) + amount * im;
  }
}

/**
 * The discrete Fourier transform, X(k) = Σ x(j) exp(−2πi jk / n), of any number of values; fast where that has small
 * factors only, one of which is taken after the other (Cooley and Tukey 1965, in the order of Stockham).
 */
export function transformed(values: Spectrum): Spectrum {
  const { length } = values.re;
  const wave = waveOf(length);
  let found = values;
  let stride = 1;
  for (let rest = length; rest > 1;) {
    const radix = smallestFactor(rest);
    rest /= radix;
    const next = spectrumOf(length);
    for (let place = 0; place < rest; place++)
      for (let part = 0; part < radix; part++)
        for (let other = 0; other < radix; other++) {
          const from = stride * (place + rest * other);
          const into = stride * (place * radix + part);
          const turn = (part * from) % length;
          const c = at(wave.re, turn);
          const d = at(wave.im, turn);
          for (let each = 0; each < stride; each++) {
            const a = at(found.re, from + each);
            const b = at(found.im, from + each);
            next.re[into + each] = at(next.re, into + each) + a * c - b * d;
            next.im[into + each] = at(next.im, into + each) + a * d + b * c;
          }
        }
    found = next;
    stride *= radix;
  }
  return found;
}

const waves = new Map<number, Spectrum>();

/** exp(−2πi j / n) for each j. */
export function waveOf(length: number): Spectrum {
  const known = waves.get(length);
  if (known) return known;
  const wave = spectrumOf(length);
  for (let j = 0; j < length; j++) {
    const angle = (-2 * Math.PI * j) / length;
    wave.re[j] = Math.cos(angle);
    wave.im[j] = Math.sin(angle);
  }
  waves.set(length, wave);
  return wave;
}

function smallestFactor(length: number): number {
  let factor = 2;
  while (length % factor !== 0) factor++;
  return factor;
}

function at(values: Float64Array, place: number): number {
  return values[place] ?? 0;
}
