import { distributionPartialMoments } from '@pathway/model';
import { addProduct, type Spectrum, spectrumOf, transformed, waveOf } from './fourier.js';
import { type Duration, isSum, meanOf, type SumOfTimes, textOf } from './duration.js';

const WEEK = 168;
const HOUR = 3600;

/** Points of an hour at which times may end; what ends between two of them is shared between both, which keeps means. */
const POINTS = 12;

/** Hours after which times of varied length are known by the hour only. */
const FINE_HOURS = 24;

/** Weeks that are looked ahead; what takes longer is spread evenly over the hours. */
const MOST_WEEKS = 8;

/** Values that are kept of spectra, as an editor goes on for days. */
const MOST_KEPT = 2_000_000;

/**
 * Times on a grid of some hours, as spectra: sums of times are products. The hours repeat; or else, what takes longer than all of
 * them is left out: values are damped along the grid so that a millionth of it is seen at its begin (as Abate and Whitt 1992 do
 * for generating functions).
 */
export class TimeGrid {
  private readonly size: number;
  /** Harmonics that say all of real values: from 0 to half of the points. */
  private readonly harmonics: number;
  /** By how much each point is damped against the one before. */
  private readonly damping: number;
  private readonly known = new Map<string, Spectrum>();
  private readonly arriving = new WeakMap<
    readonly number[],
    { readonly minute?: number | undefined; readonly spectrum: Spectrum }
  >();

  constructor(
    readonly hours: number,
    readonly repeats: boolean,
  ) {
    this.size = hours * POINTS;
    this.harmonics = this.size / 2 + 1;
    this.damping = repeats ? 1 : 1e-6 ** (1 / this.size);
  }

  /** The spectrum of a time. */
  of(time: Duration): Spectrum {
    const key = textOf(time);
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size * this.harmonics > MOST_KEPT) this.known.clear();
    const found = isSum(time)
      ? time.parts.map((part) => this.of(part)).reduce((sum, part) => this.product(sum, part))
      : this.spectrum(this.pointsOf(time));
    this.known.set(key, found);
    return found;
  }

  private product(first: Spectrum, second: Spectrum): Spectrum {
    const found = spectrumOf(this.harmonics);
    addProduct(found, first, 1, second);
    return found;
  }

  /** On hours that repeat, how many of one that begins evenly within an hour are under way so many hours later. */
  lagsOf(time: Duration): readonly number[] {
    const once = new Array<number>(this.hours).fill(0);
    once[0] = 1;
    const { load } = this.byHour(this.coming(once), this.lasting(time, meanOf(time), true));
    // What is left of sums that come to nothing would have somebody at work at all hours.
    return load.map((each) => (each > 1e-9 ? each : 0));
  }

  /**
   * The spectrum of those who come evenly within each hour, or so many minutes after its begin; `byHour` counts what is at a point
   * as that of the hour around.
   */
  coming(arrivals: readonly number[], minute?: number): Spectrum {
    const known = this.arriving.get(arrivals);
    if (known?.minute === minute && known) return known.spectrum;
    const points = new Float64Array(this.size);
    for (const [hour, people] of arrivals.entries())
      for (let point = 1 - POINTS; point < POINTS; point++) {
        // What is within an hour is seen at its begin; of those who come evenly in it, less the further away that is.
        const share = minute === undefined ? 1 - Math.abs(point) / POINTS : Number(point <= 0);
        const place = hour * POINTS + point + ((minute ?? 0) / 60) * POINTS;
        const part = place - Math.floor(place);
        this.add(points, Math.floor(place), people * share * (1 - part));
        this.add(points, Math.floor(place) + 1, people * share * part);
      }
    const spectrum = this.spectrum(points);
    this.arriving.set(arrivals, { minute, spectrum });
    return spectrum;
  }

  /**
   * On hours that repeat, the spectrum of what is under way of something that begins, from that of how long it lasts: from its begin on, until then. Where
   * it begins `evenly` between two points, half of it is at work there.
   */
  lasting(time: Duration, mean: number, evenly: boolean): Spectrum {
    const key = `${evenly} ${textOf(time)}`;
    const known = this.known.get(key);
    if (known) return known;
    const { re, im } = this.of(time);
    const wave = waveOf(this.size);
    const found = spectrumOf(this.harmonics);
    this.known.set(key, found);
    for (let k = 0; k < this.harmonics; k++) {
      // 1 / (1 − z), with z one point later; and half of 1 + z.
      const c = 1 - (wave.re[k] ?? 0);
      const d = -(wave.im[k] ?? 0);
      const square = c * c + d * d;
      const a = (1 - (re[k] ?? 0)) / POINTS;
      const b = -(im[k] ?? 0) / POINTS;
      const x = (a * c + b * d) / square;
      const y = (b * c - a * d) / square;
      const half = evenly ? 1 - c / 2 : 1;
      const other = evenly ? -d / 2 : 0;
      found.re[k] = k === 0 ? mean / HOUR : x * half - y * other;
      found.im[k] = k === 0 ? 0 : x * other + y * half;
    }
    return found;
  }

  /** How often something begins in each hour that has this spectrum, and how much of it is under way that lasts so. */
  byHour({ re, im }: Spectrum, lasting?: Spectrum): { readonly starts: number[]; readonly load: number[] } {
    // Both at once, as the real and the imaginary part of one transform.
    const folded = spectrumOf(this.hours);
    for (let k = 0; k < this.harmonics; k++) {
      const a = re[k] ?? 0;
      const b = im[k] ?? 0;
      const c = lasting?.re[k] ?? 0;
      const d = lasting?.im[k] ?? 0;
      const x = a * c - b * d;
      const y = a * d + b * c;
      const slot = k % this.hours;
      folded.re[slot] = (folded.re[slot] ?? 0) + a + y;
      folded.im[slot] = (folded.im[slot] ?? 0) - b + x;
      // Those above half of the points mirror those below.
      if (k === 0 || k === this.harmonics - 1) continue;
      const mirrored = (this.hours - slot) % this.hours;
      folded.re[mirrored] = (folded.re[mirrored] ?? 0) + a - y;
      folded.im[mirrored] = (folded.im[mirrored] ?? 0) + b + x;
    }
    const found = transformed(folded);
    const undamped = (values: Float64Array): number[] =>
      Array.from(values, (each, hour) => each / this.size / (this.repeats ? 1 : this.damping ** (hour * POINTS)));
    return { starts: undamped(found.re), load: undamped(found.im) };
  }

  private add(points: Float64Array, point: number, value: number): void {
    const slot = (point + this.size) % this.size;
    points[slot] = (points[slot] ?? 0) + value * this.damping ** point;
  }

  private spectrum(re: Float64Array): Spectrum {
    const found = transformed({ re, im: new Float64Array(this.size) });
    return { re: found.re.slice(0, this.harmonics), im: found.im.slice(0, this.harmonics) };
  }

  /** The share of a time at each point: by what its mean, cut off at a point, gains from point to point. */
  private pointsOf(time: Exclude<Duration, SumOfTimes>): Float64Array {
    const points = new Float64Array(this.size);
    let most = Math.max(MOST_WEEKS * WEEK, this.hours) * POINTS;
    let [here, reached, left] = [0, 0, 1];
    let fine = FINE_HOURS * POINTS;
    if (typeof time === 'number') {
      here = Math.floor((time / HOUR) * POINTS);
      reached = here / POINTS;
      fine = most = here + 2;
    }
    while (here < most && left > 1e-13) {
      const next = here < fine ? here + 1 : here + POINTS;
      const cutOff = meanUpTo(time, next / POINTS);
      const gain = Math.min(left, Math.max(0, ((cutOff - reached) * POINTS) / (next - here)));
      this.add(points, here, left - gain);
      [here, reached, left] = [next, cutOff, gain];
    }
    return this.repeats ? points.map((each) => each + left / this.size) : points;
  }
}

/** E[min(T, x)], in hours. */
function meanUpTo(time: Exclude<Duration, SumOfTimes>, hours: number): number {
  if (typeof time === 'number') return Math.min(time / HOUR, hours);
  const { share, first } = distributionPartialMoments(time, hours * HOUR);
  return first / HOUR + hours * (1 - share);
}
