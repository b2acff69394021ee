import { batchesOf, joinBatches, type ReplicationResult } from '@pathway/simulation';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLedger, rangesOf, type Range, type Wanted } from '../../src/host/distributed/ledger.js';

function result(replication: number, events = replication): ReplicationResult {
  return {
    replication,
    events,
    hasDrawn: false,
    indicators: [],
    expectations: [],
    facilities: [],
    stocks: [],
    flows: [],
    activities: [],
    work: [],
    checks: [],
    impossible: [],
    negative: [],
  };
}

const row = ({ input, replication }: Wanted) => ({ input, replication, result: result(replication) });

const wantedRows = fc
  .uniqueArray(fc.record({ input: fc.constantFrom('a', 'b', 'c'), replication: fc.nat(60) }), {
    selector: ({ input, replication }) => `${input}${replication}`,
    maxLength: 80,
  })
  .map((rows): readonly Wanted[] => rows);

describe('the ledger', () => {
  test('answers in the order of what was wanted, whatever the order and number of deliveries', () => {
    const given = wantedRows.chain((wanted) =>
      fc.record({
        wanted: fc.constant(wanted),
        deliveries: fc
          .array(fc.nat(Math.max(0, wanted.length - 1)), { maxLength: 200 })
          .map((places) => places.flatMap((place): readonly Wanted[] => wanted.slice(place, place + 1))),
      }),
    );
    fc.assert(
      fc.property(given, ({ wanted, deliveries }) => {
        const ledger = createLedger(wanted);
        const accepted = deliveries.filter((each) => ledger.accept(row(each)) === 1).length;
        const distinct = new Set(deliveries);
        expect(accepted).toBe(distinct.size);
        expect(ledger.missing).toBe(wanted.length - distinct.size);
        const expected = wanted.map((each) => (distinct.has(each) ? each.replication : undefined));
        expect(ledger.answer().map((each) => each?.replication)).toEqual(expected);
      }),
      { seed: 9 },
    );
  });

  test('keeps the first of two rows, and takes none that nobody wants', () => {
    const ledger = createLedger([{ input: 'a', replication: 0 }]);
    expect(ledger.accept({ input: 'a', replication: 0, result: result(0, 10) })).toBe(1);
    expect(ledger.accept({ input: 'a', replication: 0, result: result(0, 20) })).toBeUndefined();
    expect(ledger.accept({ input: 'b', replication: 0, result: result(0) })).toBeUndefined();
    expect(ledger.accept({ input: 'a', replication: 1, result: result(1) })).toBeUndefined();
    expect(ledger.answer().map((each) => each?.events)).toEqual([10]);
  });

  test('counts each batch of a run once, and answers a stop with the first ones that came without a gap', () => {
    const run = { input: 'a', replication: 0 };
    const batch = (number: number): ReplicationResult => result(0, 100 + number);
    const deliveries = fc.array(fc.oneof(fc.nat(7), fc.constant('whole' as const)), { maxLength: 30 });
    fc.assert(
      fc.property(deliveries, (delivered) => {
        const ledger = createLedger([run]);
        let parts = 0;
        const came = new Set<number>();
        for (const each of delivered) {
          const whole = each === 'whole';
          const found = whole ? joinBatches(batch(0), [1, 2, 3, 4, 5, 6, 7].map(batch)) : batch(each);
          parts += ledger.accept({ ...run, ...(!whole && { batch: each }), result: found }) ?? 0;
          for (const number of whole ? [0, 1, 2, 3, 4, 5, 6, 7] : [each]) came.add(number);
        }
        expect(parts).toBe(came.size);
        expect(ledger.missing).toBe(delivered.includes('whole') ? 0 : 1);
        let without = 0;
        while (came.has(without)) without += 1;
        const [answer] = ledger.answer();
        const events = answer === undefined ? [] : batchesOf(answer).map((own) => own.events);
        expect(events).toEqual(Array.from({ length: without }, (_, i) => 100 + i));
      }),
      { seed: 9 },
    );
  });

  test('knows what is left of a range, without what has come', () => {
    const wanted = Array.from({ length: 6 }, (_, replication) => ({ input: 'a', replication }));
    const ledger = createLedger(wanted);
    for (const replication of [0, 3]) ledger.accept(row({ input: 'a', replication }));
    const range: Range = { input: 'a', first: 0, last: 5, attempt: 1, avoid: ['w'] };
    expect(ledger.restOf(range)).toEqual([
      { ...range, first: 1, last: 2 },
      { ...range, first: 4, last: 5 },
    ]);
  });
});

describe('ranges', () => {
  test('hold each replication exactly once, for any number of cores', () => {
    fc.assert(
      fc.property(wantedRows, fc.nat(40), (wanted, cores) => {
        const covered = rangesOf(wanted, cores).flatMap(({ input, first, last }) =>
          Array.from({ length: last - first + 1 }, (_, i) => `${input}${first + i}`),
        );
        expect(covered.sort()).toEqual(wanted.map(({ input, replication }) => `${input}${replication}`).sort());
      }),
      { seed: 9 },
    );
  });

  test('are short where there are many cores, and begin with the first replications of all inputs', () => {
    const wanted = ['a', 'b'].flatMap((input) =>
      Array.from({ length: 20 }, (_, replication) => ({ input, replication })),
    );
    expect(rangesOf(wanted, 100).every(({ first, last }) => first === last)).toBe(true);
    const few = rangesOf(wanted, 2).map(({ input, first, last }) => `${input} ${first}-${last}`);
    expect(few.slice(0, 4)).toEqual(['a 0-4', 'b 0-4', 'a 5-9', 'b 5-9']);
  });
});
