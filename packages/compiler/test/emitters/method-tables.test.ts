import { compile } from '@pathway/language';
import { simulateStudy } from '@pathway/simulation';
import { expect, it } from 'vitest';
import { methodTables } from '../../src/emitters/method-tables.js';

const TEXT = `organisation Ward "Ward" { sector hospital }
resource Bed "Bed" { at Ward  count 3  cost 240 GBP/d }
stock Oxygen "Oxygen" {
  at Ward
  unit "L"
  count 100
  delivery 50 at 08:00
}
number Length "Length of stay" = 1 d uncertain from 20 h to 28 h
cohort Patients "Patients" { arrives every exponential(12 h) }
pathway Care "Care" for Patients {
  owner Ward
  step Stay {
    uses 1 Bed
    consumes 5 Oxygen
    takes exponential(Length)
  }
}
indicator Waited "Waited" { share of Stay waiting > 0 min }
scenario Today "Today" { }
scenario Four "Four beds" { set Bed.count = 4 }
expect Waited <= 60% in Today
study Plan "Plan" {
  compare Today, Four
  from 2026-01-05
  run 60 d
  replicate 10 times
  rank by Waited with 90% certainty, indifferent below 5%
  sensitivity of Waited
  find Bed.count from 2 to 5 least cost
}
`;

it('tables what became of stocks and what the methods of a study found', async () => {
  const { model, diagnostics } = await compile(['main.pathway'], { read: () => Promise.resolve(TEXT) });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const study = await simulateStudy(model!, 'Plan');
  const tables = new Map(methodTables(study).map(({ name, content }) => [name, content.trimEnd().split('\n')]));
  expect([...tables.keys()]).toEqual(['stocks.csv', 'ranking.csv', 'sensitivity.csv', 'found.csv']);
  for (const [name, [head = '', ...rows]] of tables) {
    expect(rows.length, name).toBeGreaterThan(0);
    // No cell of these has a comma in it.
    for (const row of rows) expect(row.split(',').length, name).toBe(head.split(',').length);
  }
  expect(tables.get('stocks.csv')?.[1]).toMatch(/^Today,Oxygen,Oxygen,L,/);
  const order = study.ranking?.order.map(({ scenario }, i) => `${i + 1},${scenario}`);
  expect(
    tables
      .get('ranking.csv')
      ?.slice(1)
      .map((row) => row.split(',').slice(0, 2).join(',')),
  ).toEqual(order);
  const [head, first] = tables.get('sensitivity.csv')?.map((row) => row.split(',')) ?? [];
  const change = Number(first?.[head?.indexOf('change') ?? -1]);
  expect(change).toBe(study.sensitivities?.[0]?.numbers[0]?.swing?.mean);
  const [foundHead, ...found] = tables.get('found.csv')?.map((row) => row.split(',')) ?? [];
  expect(foundHead?.slice(0, 3)).toEqual(['scenario', 'Bed.count', 'GBP_per_s']);
  expect(found.filter((row) => row[4] === '1').map((row) => Number(row[1]))).toEqual(study.found?.answer?.values);
});

it('makes no table of what a study does not ask for', async () => {
  const plain = TEXT.replace(/stock Oxygen[\s\S]*?\n}\n/, '')
    .replace('    consumes 5 Oxygen\n', '')
    .replace(/ {2}(rank|sensitivity|find) .*\n/g, '');
  const { model } = await compile(['main.pathway'], { read: () => Promise.resolve(plain) });
  expect(methodTables(await simulateStudy(model!, 'Plan'))).toEqual([]);
});
