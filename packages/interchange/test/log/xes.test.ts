import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXesLog } from '../../src/log/read-xes.js';
import { casesOf, fault, readXes } from '../logs.js';

const event = (activity: string, time: string, more = ''): string =>
  `<event><string key="concept:name" value="${activity}"/><date key="time:timestamp" value="${time}"/>${more}</event>`;

const LOG = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="concept:name" value="the log's own name"/>
  <trace>
    <string key="concept:name" value="case 1"/>
    <int key="age" value="71"/>
    ${event('Triage', '2026-01-01T09:00:00.000+01:00', '<string key="lifecycle:transition" value="start"/>')}
    ${event('Triage', '2026-01-01T09:10:00.000+01:00', '<string key="lifecycle:transition" value="complete"/><string key="org:resource" value="Bob"/>')}
  </trace>
  <trace>
    ${event('Triage', '2026-01-02T09:10:00Z', '<string key="route" value="home"><string key="age" value="nested"/></string>')}
  </trace>
</log>`;

describe('an event log in XES', () => {
  test('traces are cases, with their lifecycle, times and attributes', async () => {
    const log = await readXes(LOG);
    expect(casesOf(log)).toEqual([
      `Triage start ${Date.UTC(2026, 0, 1, 8) / 1000}, Triage complete ${Date.UTC(2026, 0, 1, 8, 10) / 1000}`,
      `Triage complete ${Date.UTC(2026, 0, 2, 9, 10) / 1000}`,
    ]);
    expect(log.attributes.map(({ name, known }) => [name, known])).toEqual([
      ['age', 1],
      ['route', 1],
    ]);
  });

  test('it may come in pieces of any size', async () => {
    const whole = casesOf(await readXes(LOG));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (size) => {
        const bytes = Buffer.from(LOG);
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        expect(casesOf(await readXesLog(pieces))).toEqual(whole);
      }),
      { seed: 2, numRuns: 30 },
    );
  });

  const bomb = `<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><log><trace>${event('&b;', '2026-01-01')}</trace></log>`;
  const deep = `<log>${'<list>'.repeat(100)}${'</list>'.repeat(100)}</log>`;

  test.each<[string, string, RegExp]>([
    ['nothing', '', /The XML is not well formed|The log is empty/],
    ['entities', bomb, /^1:\d+ An event log has no document type\.$/],
    [
      'an entity that is not defined',
      `<log><trace>${event('&x;', '2026-01-01')}</trace></log>`,
      /not well formed: undefined entity/,
    ],
    ['an external entity', `<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>`, /has no document type/],
    ['elements deep in one another', deep, /Elements lie more than 64 deep/],
    ['another document', '<html></html>', /The first element is `aaaa`, not `log`\./],
    ['a tag that is not closed', '<log><trace>', /not well formed: unclosed tag/],
    [
      'a time that is none',
      `<log>\n<trace>\n${event('A', 'Ann Miller')}</trace></log>`,
      /^3:\d+ The time of this event is something like `aaa aaaaaa`\.$/,
    ],
    [
      'an attribute without a value',
      '<log><trace><event><string key="concept:name"/></event></trace></log>',
      /An attribute lacks its `key` or its `value`\./,
    ],
    [
      'a run of text without an element',
      `<log>${'x'.repeat(1_200_000)}</log>`,
      /No element ends within 1000000 characters\./,
    ],
  ])('%s ends with a message', async (_what, text, message) => {
    expect(await fault(readXes(text))).toMatch(message);
  });

  test('what it cannot use is counted', async () => {
    const log = await readXes(
      `<log><event/><trace><event/>${event('A', '', '')}${event('A', '2026-01-01', '<string key="lifecycle:transition" value="suspend"/>')}${event('A', '2026-01-01')}</trace></log>`,
    );
    expect(log.events).toBe(1);
    expect(log.leftOut).toEqual({ withoutCase: 1, withoutActivity: 1, withoutTime: 1, otherTransitions: 1 });
  });

  test('no cut or changed log ends in anything but a message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(LOG.length), fc.string({ maxLength: 5 }), fc.nat(20), async (at, put, out) => {
        expect(await fault(readXes(LOG.slice(0, at) + put + LOG.slice(at + out)))).toEqual(expect.any(String));
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
