import { describe, expect, test } from 'vitest';
import { compile } from '@pathway/language';
import type { Model } from '@pathway/model';
import { consequencesOf } from '../../src/index.js';

const WARD = `organisation Hospital { sector hospital }
role Nurse { cost 30 GBP/h }
resource Bed "Bed" { at Hospital  count 2 }
staff 5 Nurse at Hospital { on duty 3 }
cohort Patients { arrives every exponential(2 h) }
pathway Care "Care" for Patients {
  owner Hospital
  step Stay { uses 1 Bed  takes exponential(3 h) }
  step Talk { by 1 Nurse  takes 30 min }
}
indicator Wait "Wait for a bed" { wait for Stay  aim experience }
expect Wait <= 150 min
scenario Today { }
study Beds { compare Today  of Care  from 2026-01-05 00:00  run 100 d after 20 d warm-up  replicate 10 times  seed 3 }
`;

async function modelOf(text: string): Promise<Model> {
  const { model, diagnostics } = await compile(['a.pathway'], { read: () => Promise.resolve(text) });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

describe('consequences by closed forms', () => {
  test('give exact waits before and after, and what is there', async () => {
    const { rows } = await consequencesOf(await modelOf(WARD), await modelOf(WARD.replace('count 2', 'count 3')), {
      fast: true,
    });
    const wait = rows.find(({ about }) => about === 'indicator');
    // M/M/2 and M/M/3 with load 1.5: C(2) = 9/14 and C(3) = 9/38, mean wait C × 3 h / (c − 1.5).
    expect(wait?.before).toBeCloseTo(((9 / 14) * 3 * 3600) / 0.5, 6);
    expect(wait?.after).toBeCloseTo(((9 / 38) * 3 * 3600) / 1.5, 6);
    expect(rows).toContainEqual(expect.objectContaining({ about: 'capacity', title: 'Bed', before: 2, after: 3 }));
  });

  test('tell hours and cost of staff', async () => {
    const after = await modelOf(WARD.replace('takes 30 min', 'takes 60 min'));
    const { rows } = await consequencesOf(await modelOf(WARD), after, { fast: true });
    const [hours, cost] = rows.filter(({ about }) => about.startsWith('staff'));
    // 84 patients a week, half an hour each, then an hour each, at 30 GBP an hour.
    expect(hours).toMatchObject({ before: expect.closeTo(42, 6) as number, after: expect.closeTo(84, 6) as number });
    expect(cost).toMatchObject({
      currency: 'GBP',
      before: expect.closeTo(1260, 4) as number,
      after: expect.closeTo(2520, 4) as number,
    });
  });
});

describe('consequences by simulation', () => {
  test('meet the same patients: what changes nothing for them differs by nothing at all', async () => {
    const renamed = WARD.replaceAll('Stay', 'BedStay')
      .replace('pathway Care', 'pathway WardCare')
      .replace('of Care', 'of WardCare');
    const { rows, replications } = await consequencesOf(await modelOf(WARD), await modelOf(renamed), { fast: false });
    expect(replications).toBe(10);
    const wait = rows.find(({ about }) => about === 'indicator');
    expect(wait?.difference).toMatchObject({ mean: 0, halfWidth: 0, replications: 10 });
    expect(wait?.before).toBe(wait?.after);
  });

  test('tell the difference with its interval, and which promise breaks', async () => {
    const worse = await modelOf(WARD.replace('exponential(3 h)', 'exponential(3.7 h)'));
    const { rows, promises } = await consequencesOf(await modelOf(WARD), worse, { fast: false });
    const { difference } = rows.find(({ about }) => about === 'indicator') ?? {};
    expect(difference?.low).toBeGreaterThan(0);
    expect(promises).toEqual([
      { text: 'Wait <= 150 min', scenario: 'Today', before: expect.any(String) as string, after: 'fails' },
    ]);
  });

  test('say so where no study is in both versions', async () => {
    const other = await modelOf(WARD.replace(/^study.*$/m, ''));
    expect((await consequencesOf(await modelOf(WARD), other, { fast: false })).notes).toEqual([
      'No study is in both versions, so that nothing was simulated.',
    ]);
  });
});
