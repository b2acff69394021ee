import type { SimulationInput } from '../input/types.js';
import type { WarmUpChoice } from '../method-results.js';
import { censusGrid } from '../statistics/census-grid.js';
import { meanOf } from '../statistics/estimate.js';
import type { ReplicationResult } from '../study/replication.js';
import type { Runner } from './runner.js';
import { movingMean, mser5 } from './warm-up.js';

/** Pilot runs of each scenario: their mean smooths what MSER-5 would otherwise take for a transient. */
const PILOTS = 10;

/**
 * The warm-up that a study needs, from pilot runs of every scenario without warm-up, each as long as the study's run. MSER-5
 * is applied to the number in use and waiting of each resource and staff group, averaged over the pilots; the longest cut of
 * all is taken, rounded up to whole days where the run has more than a week.
 * @returns undefined when it was stopped
 */
export async function chooseWarmUp(
  inputs: readonly SimulationInput[],
  runner: Runner,
): Promise<WarmUpChoice | undefined> {
  runner.expect(PILOTS * inputs.length);
  const jobs = inputs.flatMap((input) => Array.from({ length: PILOTS }, (_, replication) => ({ input, replication })));
  const found = await runner.run(jobs);
  if (found.includes(undefined)) return undefined;
  const candidates = inputs.flatMap((input, s) => {
    const results = found.slice(s * PILOTS, (s + 1) * PILOTS).filter((result) => result !== undefined);
    return input.facilities.map((_, f) => seriesOf(input, f, results));
  });
  const [worst] = [...candidates].sort((a, b) => b.cut - a.cut);
  const first = inputs[0];
  if (worst === undefined || first === undefined) return undefined;
  const unit = first.run > 7 * 86_400 ? 86_400 : 3600;
  const { cut, ...shown } = worst;
  return {
    method: 'MSER-5',
    warmUp: Math.max(0, Math.ceil(cut / unit - 1e-9)) * unit,
    pilots: PILOTS,
    ...shown,
    settled: candidates.every(({ settled }) => settled),
  };
}

function seriesOf(
  input: SimulationInput,
  f: number,
  results: readonly ReplicationResult[],
): Pick<WarmUpChoice, 'scenario' | 'subject' | 'title' | 'slot' | 'series' | 'movingMean' | 'settled'> & {
  readonly cut: number;
} {
  const grid = censusGrid(input);
  const slot = grid.tick * grid.ticksPerSlot;
  const series = Array.from({ length: grid.slots }, (_, i) =>
    meanOf(
      results.map(({ facilities }) => {
        const own = facilities[f]?.series;
        return (own?.census[i] ?? 0) + (own?.queue[i] ?? 0);
      }),
    ),
  );
  const facility = input.facilities[f];
  // Values of the series are means over a slot already; batches of five of them stand for the batches of MSER-5.
  const { cut, settled } = mser5(series);
  return {
    scenario: input.scenario,
    subject: facility?.id ?? '',
    title: facility?.title ?? '',
    slot,
    series,
    movingMean: movingMean(series, Math.max(1, Math.floor(grid.slots / 20))),
    settled,
    cut: cut * slot,
  };
}
