import { analyse, runFindings } from '@pathway/analysis';
import { DURATION, type Model } from '@pathway/model';
import { expect, test } from 'vitest';
import { loadExample } from './load-example.js';

const ABOUT_RUNS: readonly string[] = ['PW5001', 'PW7011', 'PW7012', 'PW7013'];
const EXAMPLES = ['heat-wave', 'network-outage', 'stroke', 'treatment-centre', 'urgent-care'];

/** A model as it is written, and with what each finding is about. */
function variants(model: Model): readonly Model[] {
  const studies = model.studies.map((study) => ({ ...study, run: study.warmUp, warmUp: study.run }));
  const short = model.studies.map((study) => {
    const run = { kind: 'number', value: 60, dimension: DURATION } as const;
    return { ...study, run, warmUp: { ...run, value: 0 } };
  });
  const cohorts = model.cohorts.map(({ arrivals: _, ...cohort }) => cohort);
  return [model, { ...model, studies }, { ...model, studies: short }, { ...model, cohorts }];
}

test('what is told before a run is what the whole analysis says of runs', { timeout: 120_000 }, async () => {
  const codes = new Set<string>();
  for (const name of EXAMPLES) {
    const { model } = await loadExample(name);
    const [study] = model.studies;
    for (const variant of variants(model))
      for (const scenario of [undefined, ...(study?.scenarios ?? []).slice(0, 2)]) {
        const found = runFindings(variant, scenario, study?.id);
        const all = analyse(variant, scenario, study?.id).diagnostics.filter(({ code }) => ABOUT_RUNS.includes(code));
        expect(found).toEqual(all);
        for (const { code } of found) codes.add(code);
      }
  }
  expect([...codes].sort()).toEqual(ABOUT_RUNS);
});
