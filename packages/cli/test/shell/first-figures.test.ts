import { compileInput, runReplication } from '@pathway/simulation';
import { emptyModel, type Model } from '@pathway/model';
import { expect, test } from 'vitest';
import { FirstFigures } from '../../src/shell/first-figures.js';
import { createContext } from '../../src/shell/context.js';
import { createProgress } from '../../src/shell/progress.js';

const HERE = { file: 'a.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };
const declared = (id: string) => ({ id, name: id, origin: HERE });
const seconds = (value: number) => ({ kind: 'number', value, dimension: { time: 1, money: 0 } }) as const;

/** Two patients, who take ten seconds each. */
const model: Model = emptyModel({
  sourceHash: '0'.repeat(64),
  title: 'Test',
  cohorts: [{ ...declared('X'), arrivals: { kind: 'recorded', times: [0, 50] }, attributes: [] }],
  pathways: [
    {
      ...declared('P'),
      cohorts: [{ cohort: 'X' }],
      body: [
        {
          kind: 'step',
          id: 'P.S',
          name: 'S',
          origin: HERE,
          needs: [],
          takes: seconds(10),
          costs: [],
          dependsOn: [],
          remote: false,
        },
      ],
    },
  ],
  indicators: Array.from({ length: 10 }, (_, i) => ({
    ...declared(`Time${i}`),
    title: `Time ${i}`,
    measure: { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } },
    dimension: { time: 1, money: 0 },
    percentage: false,
  })),
  studies: [
    {
      ...declared('Study'),
      scenarios: [],
      start: '2026-01-05T00:00',
      timezone: 'UTC',
      run: seconds(1000),
      warmUp: seconds(0),
      replications: { kind: 'fixed', times: 2 },
      seed: 1,
      indicators: [],
      pathways: [],
    },
  ],
});

test('the first figures are means so far, a few of them', () => {
  const figures = new FirstFigures();
  expect(figures.lines()).toEqual([]);
  const input = compileInput(model, 'Study', '');
  figures.add(input, runReplication(input, 0));
  expect(figures.lines().slice(0, 2)).toEqual(['So far, from 1 replication:', '  10 s, –  Time 0, As declared']);
  figures.add(input, runReplication(input, 1));
  expect(figures.lines()[1]).toBe('  10 s, 10 s to 10 s  Time 0, As declared');
  expect(figures.lines()).toHaveLength(10);
  expect(figures.lines().at(-1)).toBe('  and 2 more figures');
});

test('lines below the progress are cleared before they are drawn anew, and in the end', () => {
  let written = '';
  const sink = { write: (text: string) => void (written += text), isTerminal: true };
  let now = 0;
  const io = {
    cwd: '/',
    env: {},
    out: sink,
    err: sink,
    now: () => (now += 1000),
    time: () => 0,
    today: () => '2026-04-02',
    onInterrupt: () => () => undefined,
  };
  const progress = createProgress(createContext(io, {}));
  progress.step('Running');
  progress.advance(1, 4, () => ['one', 'x'.repeat(200)]);
  expect(written.endsWith(`\none\n${'x'.repeat(79)}`)).toBe(true);
  written = '';
  progress.advance(2, 4, () => ['two']);
  expect(written.startsWith('\u001b[2A\r\u001b[J')).toBe(true);
  written = '';
  progress.end();
  expect(written).toBe('\u001b[1A\r\u001b[J');
});
