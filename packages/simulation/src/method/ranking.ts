import { unseenShare } from '../statistics/people-share.js';
import type { PooledFigure } from '../statistics/pooled-figure.js';

/** What a ranking asks for. */
export interface RankingSettings {
  readonly best: 'least' | 'greatest';
  /** Wanted probability of a correct selection, above 1 / systems and below 1. */
  readonly certainty: number;
  /** Smallest difference that matters, above 0. */
  readonly indifference: number;
  /** Observations of each system before anything is left out, at least 2. */
  readonly first: number;
}

/** Where a ranking stands after so many observations of each system that is still in. */
export interface RankingState {
  /** Places of the systems that may still be best. */
  readonly inPlay: readonly number[];
  /** For each system, the number of observations after which it was left out; undefined while it is in. */
  readonly leftOutAfter: readonly (number | undefined)[];
  /** The observations by which the last decision was made. */
  readonly observations: number;
  readonly decided: boolean;
}

/**
 * The fully sequential selection of the best of k systems that share random numbers: KN++ (S.-H. Kim and B. L. Nelson, "On
 * the asymptotic validity of fully sequential selection procedures for steady-state simulation", Operations Research 54,
 * 2006, with c = 1), with replications as its observations. After each observation of those still in, a system is left out
 * when it trails another by more than a margin that narrows as observations come in; the variance of each difference is
 * estimated anew each time. If the best leads by `indifference` at least, it is selected with the wanted probability (as
 * the indifference becomes small); otherwise one that is within the indifference of the best.
 *
 * Where all differences are 0, margins are 0 and systems are equal: for good, unless what is looked at is a share of people, or of time, who may
 * all have been lucky alike. Those are equal once the share that nobody was seen of (`unseenShare`) is at most the indifference, with
 * the certainty that a pair takes.
 * @param samples by system; observation r of one belongs with observation r of the others. A system that is out may have
 *   fewer. Rows in which any system in play has no value (null) are left out for all.
 * @param people of a share of people, how many each observation is of; of a share of time one
 */
export function selectBest(
  samples: readonly (readonly (number | null)[])[],
  settings: RankingSettings,
  people?: readonly (readonly number[])[],
): RankingState {
  const systems = samples.length;
  const sign = settings.best === 'least' ? 1 : -1;
  const pairs = new PairSums(systems);
  const leftOutAfter: (number | undefined)[] = samples.map(() => undefined);
  let inPlay = samples.map((_, i) => i);
  let seen = 0;
  const peopleSeen = samples.map(() => 0);
  const beta = (1 - settings.certainty) / Math.max(1, systems - 1);
  for (let r = 0; inPlay.length > 1; r++) {
    const row = inPlay.map((system) => samples[system]?.[r]);
    if (row.includes(undefined)) break;
    if (row.includes(null)) continue;
    pairs.add(
      inPlay,
      row.map((value) => sign * (value ?? 0)),
    );
    seen++;
    for (const i of inPlay) peopleSeen[i] = peopleSeen[i]! + (people?.[i]?.[r] ?? 0);
    if (seen < settings.first) continue;
    const n = seen;
    // The margin in units of the sum of differences: h² S² / (2 δ) − δ r / 2, with h² = 2 η (r − 1).
    const eta = ((2 * beta) ** (-2 / (n - 1)) - 1) / 2;
    const trails = (i: number): boolean =>
      inPlay.some((l) => {
        if (l === i) return false;
        const variance = pairs.variance(i, l, n);
        const margin = Math.max(
          0,
          (eta * (n - 1) * variance) / settings.indifference - (settings.indifference * n) / 2,
        );
        return pairs.sum(i, l) > margin;
      });
    const out = inPlay.filter(trails);
    // Where all differences are 0 nobody trails, and the first declared is as good as any.
    const staying = inPlay.filter((i) => !out.includes(i));
    for (const i of out) leftOutAfter[i] = n;
    inPlay = staying.length === 0 ? inPlay.slice(0, 1) : staying;
    const fewest = Math.min(...inPlay.map((i) => peopleSeen[i]!));
    const mayDiffer =
      people !== undefined && unseenShare({ runs: n, people: fewest }, 1 - 2 * beta) > settings.indifference;
    if (inPlay.length > 1 && !mayDiffer && allEqual(inPlay, pairs, n, settings.indifference, eta)) {
      for (const i of inPlay.slice(1)) leftOutAfter[i] = n;
      inPlay = inPlay.slice(0, 1);
    }
  }
  return { inPlay, leftOutAfter, observations: seen, decided: inPlay.length === 1 };
}

/** Whether the margins of all that are left have come down to 0 with nothing between them: they are equal for good. */
function allEqual(inPlay: readonly number[], pairs: PairSums, n: number, indifference: number, eta: number): boolean {
  return inPlay.every((i) =>
    inPlay.every(
      (l) =>
        i === l ||
        (pairs.sum(i, l) === 0 && (eta * (n - 1) * pairs.variance(i, l, n)) / indifference <= (indifference * n) / 2),
    ),
  );
}

/** Running sums of differences between each two systems. */
class PairSums {
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;

  constructor(readonly systems: number) {
    this.#sums = new Float64Array(systems * systems);
    this.#squares = new Float64Array(systems * systems);
  }

  add(inPlay: readonly number[], row: readonly number[]): void {
    inPlay.forEach((i, a) => {
      inPlay.forEach((l, b) => {
        const difference = (row[a] ?? 0) - (row[b] ?? 0);
        const place = i * this.systems + l;
        this.#sums[place] = (this.#sums[place] ?? 0) + difference;
        this.#squares[place] = (this.#squares[place] ?? 0) + difference * difference;
      });
    });
  }

  sum(i: number, l: number): number {
    return this.#sums[i * this.systems + l] ?? 0;
  }

  /** Sample variance of the difference between two systems after n observations of both. */
  variance(i: number, l: number, n: number): number {
    const sum = this.sum(i, l);
    return Math.max(0, ((this.#squares[i * this.systems + l] ?? 0) - (sum * sum) / n) / (n - 1));
  }
}

/**
 * A lower bound of the probability that the first sample's mean is at least as good as that of each other less the
 * indifference: 1 − Σ P(the other is better by more), by Bonferroni's inequality and Student's t of the paired
 * differences (the approximate probability of correct selection of C.-H. Chen et al., "Simulation budget allocation for
 * further enhancing the efficiency of ordinal optimization", Discrete Event Dynamic Systems 10, 2000, with pairs).
 * @param differences for each other system, by how much it is worse than the selected one
 */
export function selectionProbability(differences: readonly PooledFigure[], indifference: number): number {
  const doubt = differences.reduce((sum, { probabilityUpTo }) => sum + probabilityUpTo(-indifference, false), 0);
  return Math.max(0, 1 - doubt);
}
