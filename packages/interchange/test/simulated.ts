import { calibrate, type CalibrateOptions, type Calibration } from '../src/calibrate.js';
import { readCsv } from './logs.js';
import { Random } from '../src/statistics/random.js';

export interface LogParts {
  readonly cases?: number;
  readonly seed?: number;
  /** More columns of a row, by case number and activity. */
  readonly more?: { readonly heading: string; cells(one: number, activity: string): string };
  readonly starts?: boolean;
}

const stamp = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('Z', '');

/**
 * A log of a small pathway whose numbers are known: registration, then a scan (gamma, mean 20 min, sd 10 min) after a
 * wait (exponential, 30 min), for three in ten a lysis (constant 60 min), then a stay (lognormal) with a mean of 5 d.
 */
export function simulatedLog({ cases = 800, seed = 1, more, starts = true }: LogParts = {}): string {
  const random = new Random(seed);
  const rows = [`case,activity,${starts ? 'start,' : ''}end${more === undefined ? '' : `,${more.heading}`}`];
  let arrival = Date.UTC(2026, 0, 5) / 1000;
  for (let one = 0; one < cases; one++) {
    arrival += random.exponential() * 3 * 3600;
    let at = arrival;
    const work = (activity: string, wait: number, takes: number): void => {
      const start = at + wait;
      at = start + takes;
      const extra = more === undefined ? '' : `,${more.cells(one, activity)}`;
      rows.push(`case ${one},${activity},${starts ? `${stamp(start)},` : ''}${stamp(at)}${extra}`);
    };
    work('Register', 0, 300);
    work('CT scan', random.exponential() * 1800, random.gamma(4) * 300);
    if (random.uniform() < 0.3) work('Lysis', 0, 3600);
    work('Stay', 0, Math.exp(Math.log(5 * 86_400) - 0.125 + 0.5 * random.normal()));
  }
  return `${rows.join('\n')}\n`;
}

export async function calibrated(text: string, options: CalibrateOptions = {}): Promise<Calibration> {
  return calibrate(await readCsv(text), options);
}
