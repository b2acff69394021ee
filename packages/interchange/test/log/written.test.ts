import { emptyModel, type Model, type Origin, type Step } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOcelLog } from '../../src/log/read-ocel.js';
import type { SimulatedLog, SimulatedRow } from '../../src/log/simulated-log.js';
import { type LogFormat, writeLog } from '../../src/log/write-log.js';
import { casesOf, fault, readCsv, readXes } from '../logs.js';

const origin: Origin = { file: 'care.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };
const step = (name: string, title: string, more: Partial<Step> = {}): Step => ({
  kind: 'step',
  id: `Care.${name}`,
  name,
  title,
  origin,
  needs: [],
  costs: [],
  dependsOn: [],
  remote: false,
  ...more,
});
const one = { kind: 'number', value: 1, dimension: { time: 0, money: 0 } } as const;
const base = emptyModel();
const model: Model = {
  ...base,
  organisations: [{ id: 'Hospital', name: 'Hospital', title: 'Hospital "St <A> & B"', contact: {}, origin }],
  resources: [
    {
      id: 'Scanner',
      name: 'Scanner',
      title: 'CT',
      resourceKind: 'stuff',
      count: { rules: [], otherwise: one },
      origin,
    },
  ],
  cohorts: [{ id: 'Stroke', name: 'Stroke', title: 'Stroke, acute', attributes: [], origin }],
  pathways: [
    {
      id: 'Care',
      name: 'Care',
      cohorts: [{ cohort: 'Stroke' }],
      owner: 'Hospital',
      origin,
      body: [
        step('Triage', 'See'),
        step('Scan', '=Scan "now"', {
          needs: [{ amount: one, of: [{ kind: 'resource', resource: 'Scanner' }], origin }],
        }),
        step('Again', 'See'),
        step('Quoted', "'=See"),
        { kind: 'finish', id: 'Care.#1', outcome: 'Home', title: 'At home', origin },
      ],
    },
  ],
};

const rows: readonly SimulatedRow[] = [
  { time: 0, patient: 'Stroke 0', what: 'arrive', subject: '' },
  { time: 0, patient: 'Stroke 0', what: 'start', subject: 'Care.Triage' },
  { time: 1.5, patient: 'Stroke 1', what: 'arrive', subject: '' },
  { time: 60.0004, patient: 'Stroke 0', what: 'end', subject: 'Care.Triage' },
  { time: 60.0004, patient: 'Stroke 0', what: 'request', subject: 'Care.Scan' },
  { time: 61, patient: 'Stroke 1', what: 'request', subject: 'Care.Scan' },
  { time: 90, patient: 'Stroke 1', what: 'give up', subject: 'Care.Scan' },
  { time: 95, patient: 'Stroke 1', what: 'finish', subject: 'Home' },
  { time: 99, patient: 'Stroke 0', what: 'start', subject: 'Care.Scan' },
];

const timestamp = (seconds: number): string =>
  new Date(Date.UTC(2026, 0, 5) + Math.round(seconds * 1000)).toISOString().replace('Z', '+00:00');
const logOf = (given: Iterable<SimulatedRow> = rows): SimulatedLog => ({
  model,
  rows: given,
  timestamp,
  title: 'Run 0 of "A & B"',
  withHolds: false,
});
const written = (format: LogFormat, given?: Iterable<SimulatedRow>): string =>
  [...writeLog(format, logOf(given))].join('');
const day = Date.UTC(2026, 0, 5) / 1000;

describe('a run as an event log', () => {
  test('tells in CSV one row an event, case by case, and guards what a spreadsheet would compute', () => {
    expect(written('csv')).toBe(`case,activity,lifecycle,time,organisation,cohort,outcome
Stroke 1,"'=Scan ""now""",schedule,2026-01-05T00:01:01.000+00:00,"Hospital ""St <A> & B""","Stroke, acute",At home
Stroke 1,"'=Scan ""now""",withdraw,2026-01-05T00:01:30.000+00:00,"Hospital ""St <A> & B""","Stroke, acute",At home
Stroke 0,See (Care.Triage),start,2026-01-05T00:00:00.000+00:00,"Hospital ""St <A> & B""","Stroke, acute",
Stroke 0,See (Care.Triage),complete,2026-01-05T00:01:00.000+00:00,"Hospital ""St <A> & B""","Stroke, acute",
Stroke 0,"'=Scan ""now""",schedule,2026-01-05T00:01:00.000+00:00,"Hospital ""St <A> & B""","Stroke, acute",
Stroke 0,"'=Scan ""now""",start,2026-01-05T00:01:39.000+00:00,"Hospital ""St <A> & B""","Stroke, acute",
`);
  });

  test('tells in XES what a case is, and reads back with its attributes', async () => {
    const log = await readXes(written('xes'), { timezone: 'UTC' });
    expect(casesOf(log)).toEqual([
      `=Scan "now" request ${day + 61}`,
      `See (Care.Triage) start ${day}, See (Care.Triage) complete ${day + 60}, =Scan "now" request ${day + 60}, =Scan "now" start ${day + 99}`,
    ]);
    expect(log.leftOut.otherTransitions).toBe(1);
    // The schema of the standard wants a decimal number.
    expect(written('xes')).toContain('<log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">');
    expect(written('xes')).toContain('<string key="org:group" value="Hospital &quot;St &lt;A&gt; &amp; B&quot;"/>');
  });

  test('has the same attributes of patients in every format: where work is done is none of them', async () => {
    const options = { timezone: 'UTC' };
    const logs = [
      await readCsv(written('csv'), options),
      await readXes(written('xes'), options),
      await readOcelLog([written('ocel')], options),
    ];
    for (const { attributes } of logs)
      expect(attributes.map(({ name, changing }) => [name, changing])).toEqual([
        ['cohort', 0],
        ['outcome', 0],
      ]);
    // In a log of another tool the column may be an attribute.
    const [, ...lines] = written('csv').split('\n');
    const other = await readCsv(
      ['case,activity,lifecycle,time,organisation,cohort,discharge', ...lines].join('\n'),
      options,
    );
    expect(other.attributes.map(({ name }) => name)).toEqual(['organisation', 'cohort', 'discharge']);
  });

  test('tells in OCEL which objects an event is about, each of them declared with its type', async () => {
    const text = written('ocel');
    const log = JSON.parse(text) as {
      objectTypes: { name: string; attributes: { name: string }[] }[];
      eventTypes: { name: string; attributes: { name: string }[] }[];
      objects: { id: string; type: string; attributes: { name: string; value: string }[] }[];
      events: {
        id: string;
        type: string;
        time: string;
        attributes: { name: string }[];
        relationships: { objectId: string; qualifier: string }[];
      }[];
    };
    const types = new Map(log.objectTypes.map(({ name, attributes }) => [name, attributes.map((each) => each.name)]));
    for (const { type, attributes } of log.objects)
      for (const { name } of attributes) expect(types.get(type)).toContain(name);
    const ids = new Set(log.objects.map(({ id }) => id));
    expect(ids.size).toBe(log.objects.length);
    const eventTypes = new Map(
      log.eventTypes.map(({ name, attributes }) => [name, attributes.map((each) => each.name)]),
    );
    for (const { type, attributes, relationships } of log.events) {
      for (const { name } of attributes) expect(eventTypes.get(type)).toContain(name);
      expect(eventTypes.has(type)).toBe(true);
      for (const { objectId } of relationships) expect(ids).toContain(objectId);
    }
    expect(log.events.map(({ time }) => time)).toEqual(log.events.map(({ time }) => time).sort());
    expect(log.events.find(({ type }) => type === '=Scan "now"')?.relationships).toEqual([
      { objectId: 'patient Stroke 0', qualifier: 'patient' },
      { objectId: 'organisation Hospital "St <A> & B"', qualifier: 'at' },
      { objectId: 'resource Scanner', qualifier: 'uses' },
    ]);
    expect(casesOf(await readOcelLog([text], { timezone: 'UTC' })).sort()).toEqual(
      casesOf(await readXes(written('xes'), { timezone: 'UTC' })).sort(),
    );
  });

  test('is the same read back from each format, whatever happened', async () => {
    const whats = ['arrive', 'request', 'start', 'end', 'give up', 'finish'] as const;
    const row = fc.record({
      time: fc.integer({ min: 0, max: 50_000_000 }).map((ms) => ms / 1000),
      patient: fc.integer({ min: 0, max: 5 }).map((n) => `Stroke ${n}`),
      what: fc.constantFrom(...whats),
      subject: fc.constantFrom('Care.Triage', 'Care.Again', 'Care.Scan', 'Care.Quoted', 'Care.Elsewhere'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (given) => {
        const inOrder = given
          .map((each): SimulatedRow => (each.what === 'arrive' ? { ...each, subject: '' } : each))
          .sort((a, b) => a.time - b.time)
          // Nothing happens to a patient who has left.
          .filter(
            (each, i, all) => !all.slice(0, i).some((one) => one.what === 'finish' && one.patient === each.patient),
          );
        const told = async (format: LogFormat, read: (text: string) => ReturnType<typeof readCsv>): Promise<string[]> =>
          casesOf(await read(written(format, inOrder)))
            .filter((each) => each !== '')
            .sort();
        const xes = await told('xes', (text) => readXes(text, { timezone: 'UTC' }));
        expect(await told('csv', (text) => readCsv(text, { timezone: 'UTC' }))).toEqual(xes);
        expect(await told('ocel', (text) => readOcelLog([text], { timezone: 'UTC' }))).toEqual(xes);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

describe('an object-centric log that cannot be read', () => {
  const small = (more: object): string =>
    JSON.stringify({
      objectTypes: [{ name: 'order' }, { name: 'item' }],
      eventTypes: [],
      objects: [],
      events: [],
      ...more,
    });

  test.each([
    ['no JSON', '{', '-:- This is no JSON.'],
    ['another JSON', '{"objects":[]}', '-:- This is no OCEL 2.0 log: `objectTypes` is not what the standard says.'],
    ['several types of objects', small({}), '-:- Which objects are the cases is not clear.'],
    [
      'a time that is none',
      small({ objectTypes: [{ name: 'Case' }], events: [{ id: 'e', type: 'A', time: 'noon' }] }),
      '-:- A time of an event is something like `aaaa`.',
    ],
  ])('says of %s what it is', async (_, text, message) => {
    expect(await fault(readOcelLog([text]))).toBe(message);
  });

  test('names the types of objects that there are', async () => {
    expect(await fault(readOcelLog([small({})], { columns: { case: 'patient' } }))).toBe(
      '-:- It has no objects of the type "patient".',
    );
  });
});
