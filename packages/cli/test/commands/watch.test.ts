import { watchRecordJsonSchema, type WatchRecord, watchRecordSchema } from '@pathway/compiler';
import { type CapAlert, capXml } from '@pathway/interchange';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bedCapacity, distributed, have1 } from '../../../interchange/test/have/reports.js';
import { runCli, type Surroundings, temporaryFolder } from '../run-cli.js';

const PLAN = `
import "std/scales"
territory Devon "Devon" {
  timezone "Europe/London"
  geocode "NUTS3" "UKK43"
}
organisation Royal "Royal Devon" {
  sector hospital
  in Devon
}
role Nurse "Nurse"
staff 20 Nurse at Royal { on duty 6 }
resource Bed "Bed" {
  at Royal
  count 10
}
trigger Full "Beds full" sets Surge contingency at Royal
  when occupancy(Bed) > 95% for 2 h
  until occupancy(Bed) < 85% for 4 h
trigger Heat "Heat warning" sets HeatHealth amber on alert {
  event "heat"
  severity >= Severe
  in Devon
}
response More "More beds" on Surge contingency at Royal {
  add 4 Bed after 24 h
  card Nurse at Royal {
    do "Move whoever can sit to the lounge" within 30 min
  }
}
response Calls "Call-round" on Heat {
  card Nurse from HeatHealth amber { do "Call everyone on the list" }
  card Nurse from HeatHealth red { do "Visit everyone on the list" }
}
`;

const TABLE =
  'time,occupancy(Bed)\n2026-04-01 08:00,80%\n2026-04-01 09:00,97%\n2026-04-01 12:00,0.90\n2026-04-01 14:00,70%\n';

function heat(identifier: string, more: Partial<CapAlert> = {}): string {
  return capXml({
    identifier,
    sender: 'met@example.org',
    sent: '2026-04-01T10:00:00+01:00',
    status: 'Actual',
    msgType: 'Alert',
    scope: 'Public',
    references: [],
    infos: [
      {
        language: 'en-GB',
        categories: ['Met'],
        event: 'Extreme heat',
        responseTypes: [],
        urgency: 'Expected',
        severity: 'Severe',
        certainty: 'Likely',
        expires: '2026-04-01T20:00:00+01:00',
        areas: [{ description: 'Devon', polygons: [], circles: [], geocodes: [{ system: 'NUTS3', code: 'UKK43' }] }],
      },
    ],
    hasSignature: false,
    ...more,
  });
}

function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  return temporaryFolder({ 'plan.pathway': PLAN, ...files });
}

/** Runs a watch once, and gives its records, each held to the published schema. */
async function recordsOf(
  cwd: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<readonly WatchRecord[]> {
  const { out, err } = await runCli(['watch', '-q', '--format', 'json', ...args], { cwd, ...surroundings });
  expect(err).toBe('');
  return parsed(out);
}

function parsed(out: string): readonly WatchRecord[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => watchRecordSchema.parse(JSON.parse(line)));
}

/** What happened, without notices and the beginning: a short text for each. */
function told(records: readonly WatchRecord[]): readonly string[] {
  return records.flatMap((record) => {
    const at = record.local.slice(5).replace('T', ' ');
    if (record.kind === 'trigger') return [`${at} ${record.trigger} ${record.phase}`];
    if (record.kind === 'level') return [`${at} ${record.scale} ${record.level}`];
    if (record.kind === 'response') return [`${at} ${record.response} ${record.phase}`];
    if (record.kind === 'alert') return [`${at} alert ${record.reason ?? 'counts'}`];
    return [];
  });
}

describe('pathway watch', () => {
  test('tells from a table which levels and responses are active, why, and what everybody does', async () => {
    const cwd = folder({ 'values.csv': TABLE });
    const { exitCode, out } = await runCli(['watch', '-q', '--values', 'values.csv', '--as-of', '2026-04-01T20:00'], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(out).toBe(`2026-04-01 20:00  watch     Pathway: watching
2026-04-01 09:00  trigger   Beds full: occupancy(Bed) > 95% holds, and fires it if it goes on for 2 h (occupancy(Bed) is 97%)
2026-04-01 11:00  trigger   Beds full: fires, occupancy(Bed) > 95% holds since 2026-04-01 09:00 (occupancy(Bed) is 97%)
2026-04-01 11:00  level     Surge level at Royal Devon is Contingency: not usual, care of the same worth (was Conventional: usual space, staff and supplies), because of Beds full
2026-04-01 11:00  response  More beds: in force, called for by Surge level at Royal Devon: Contingency: not usual, care of the same worth
    Nurse, Royal Devon
      - Move whoever can sit to the lounge (within 30 min)
2026-04-01 18:00  trigger   Beds full: ends, occupancy(Bed) < 85% holds since 2026-04-01 14:00 (occupancy(Bed) is 70%)
2026-04-01 18:00  level     Surge level at Royal Devon is Conventional: usual space, staff and supplies (was Contingency: not usual, care of the same worth)
2026-04-01 18:00  response  More beds: ends
2026-04-01 20:00  notice    No new value of occupancy(Bed) since 2026-04-01 14:00; what was last known still counts.
2026-04-01 20:00  now       No response is in force.
    Surge level at Royal Devon: Conventional: usual space, staff and supplies
    Heat-health alert: Green: preparedness
`);
  });

  test('tells the same in pieces, with a state between them, as at once', async () => {
    const cwd = folder({ 'values.csv': TABLE, 'inbox/a.xml': heat('A') });
    const places = ['--values', 'values.csv', '--alerts', 'inbox'];
    const whole = told(await recordsOf(cwd, [...places, '--as-of', '2026-04-01T22:00']));
    const pieces: string[] = [];
    for (const hour of ['08:30', '09:30', '10:59', '11:00', '15:00', '22:00']) {
      pieces.push(...told(await recordsOf(cwd, [...places, '--state', 'state.json', '--as-of', `2026-04-01T${hour}`])));
    }
    // Before it was sent, an alert is told as one of later.
    expect(pieces.filter((line) => !line.endsWith('alert early'))).toEqual(whole);
    expect(whole).toEqual([
      '04-01 09:00 Full pending',
      '04-01 10:00 alert counts',
      '04-01 10:00 Heat active',
      '04-01 10:00 HeatHealth amber',
      '04-01 10:00 Calls active',
      '04-01 11:00 Full active',
      '04-01 11:00 Surge contingency',
      '04-01 11:00 More active',
      '04-01 18:00 Full rest',
      '04-01 18:00 Surge conventional',
      '04-01 18:00 More rest',
      '04-01 20:00 Heat rest',
      '04-01 20:00 HeatHealth green',
      '04-01 20:00 Calls rest',
    ]);
  });

  test('prints the cards of the level that is reached, not of higher ones', async () => {
    const cwd = folder({ 'a.xml': heat('A') });
    const records = await recordsOf(cwd, ['--alerts', 'a.xml', '--as-of', '2026-04-01T12:00']);
    const response = records.find((record) => record.kind === 'response');
    expect(response).toMatchObject({ cards: [{ role: 'Nurse', actions: [{ do: 'Call everyone on the list' }] }] });
  });

  test('reports whatever is wrong with alerts, and changes no level by it', async () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY x "xx">]><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><note>&x;</note></alert>';
    const cwd = folder({
      'inbox/bomb.xml': bomb,
      'inbox/large.xml': new Uint8Array(5 * 1024 * 1024),
      'inbox/broken.xml': heat('B').slice(0, 400),
      'inbox/not-text.xml': Uint8Array.from([0x3c, 0xff, 0xfe, 0x00]),
      'inbox/namespace.xml': heat('C').replace('cap:1.2', 'cap:9'),
      'inbox/test.xml': heat('D', { status: 'Test' }),
      'inbox/exercise.xml': heat('E', { status: 'Exercise' }),
      'inbox/elsewhere.xml': heat('F').replace('UKK43', 'ITI43').replace('>Devon<', '>Lazio<'),
      'inbox/dates.xml': heat('G').replace('2026-04-01T20', '2026-04-31T20'),
      'inbox/steers\u202e.xml': heat('H', { sender: 'mallory@example.org' }),
      'inbox/readme.txt': 'no alert',
    });
    const args = ['--alerts', 'inbox', '--sender', 'met@example.org', '--as-of', '2026-04-01T12:00'];
    const records = await recordsOf(cwd, args);
    expect(records.filter(({ kind }) => kind === 'level' || kind === 'trigger' || kind === 'response')).toEqual([]);
    const notices = records.flatMap((record) => (record.kind === 'notice' ? [record.file] : []));
    expect(notices.sort()).toEqual([
      'inbox/bomb.xml',
      'inbox/broken.xml',
      'inbox/dates.xml',
      'inbox/large.xml',
      'inbox/namespace.xml',
      'inbox/not-text.xml',
    ]);
    const refused = records.flatMap((record) =>
      record.kind === 'alert' ? [`${record.file} ${record.reason ?? ''}`] : [],
    );
    expect(refused.sort()).toEqual([
      'inbox/elsewhere.xml no trigger',
      'inbox/exercise.xml status',
      'inbox/steers\u202e.xml sender',
      'inbox/test.xml status',
    ]);
    const { exitCode, out } = await runCli(['watch', '-q', ...args], { cwd });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/inbox\/dates\.xml:\d+ does not count\./);
    expect(out).not.toContain('\u202e');
  });

  test('counts exercises in a drill only, says so on every line, and keeps its state apart', async () => {
    const cwd = folder({ 'inbox/e.xml': heat('E', { status: 'Exercise' }), 'inbox/real.xml': heat('R') });
    const drill = [
      'watch',
      '-q',
      '--alerts',
      'inbox',
      '--drill',
      '--as-of',
      '2026-04-01T12:00',
      '--state',
      'drill.json',
    ];
    const { out, exitCode } = await runCli(drill, { cwd });
    expect(exitCode).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('DRILL ')),
    ).toBe(true);
    expect(out).toContain('fires Heat warning');
    expect(out).toContain('it is REAL, and this is a drill');
    const mixed = await runCli(
      drill.filter((each) => each !== '--drill'),
      { cwd },
    );
    expect(mixed).toMatchObject({ exitCode: 2 });
    expect(mixed.err).toContain('the state of a drill, and this is none');
  });

  test('goes on while files grow, are half written, are rotated and while the clock jumps, until Ctrl-C', async () => {
    const cwd = folder({ 'values.csv': 'time,occupancy(Bed)\n2026-04-01 09:00,97%\n2026-04-01 23:00,10%\n' });
    const inbox = temporaryFolder({ 'a.xml': heat('A').slice(0, 500) });
    const at = (hour: number): number => Date.UTC(2026, 3, 1, hour - 1) / 1000;
    let now = at(10);
    let interrupt: () => void = () => undefined;
    const done = new Set<string>();
    const once = (step: string, isReady: boolean, act: () => void): void => {
      if (!isReady || done.has(step)) return;
      done.add(step);
      setTimeout(act, 150);
    };
    const { exitCode, out, err } = await runCli(
      [
        'watch',
        '--format',
        'json',
        '--values',
        'values.csv',
        '--alerts',
        inbox,
        '--interval',
        '0.05',
        '--state',
        'state.json',
      ],
      {
        cwd,
        time: () => now,
        onListening: (press) => (interrupt = press),
        onOut: (text) => {
          once('whole', text.includes('"Full"'), () => {
            writeFileSync(join(inbox, 'a.xml'), heat('A'));
            now = at(12);
          });
          once('rotated', text.includes('"HeatHealth"') && text.includes('"phase":"active"'), () => {
            // A new file with later rows only, the last line not yet whole; then the clock goes back.
            writeFileSync(join(cwd, 'values.csv'), 'time,occupancy(Bed)\n2026-04-01 13:00,50%\n2026-04-01 14:00,1');
            now = at(13);
          });
          once('back', text.includes('"2026-04-01T13:00"') || done.has('rotated'), () => {
            setTimeout(() => {
              now = at(3);
              appendFileSync(join(cwd, 'values.csv'), '0%\n');
              setTimeout(() => {
                now = at(18);
                setTimeout(() => interrupt(), 400);
              }, 300);
            }, 400);
          });
        },
      },
    );
    expect(exitCode).toBe(0);
    expect(err).toContain('Ctrl-C ends');
    const records = parsed(out);
    expect(
      records.flatMap((record) => (record.kind === 'trigger' ? [`${record.trigger} ${record.phase}`] : [])),
    ).toEqual(['Full pending', 'Heat active', 'Full active', 'Full rest']);
    expect(records.filter((record) => record.kind === 'notice' && record.about === 'alert')).toEqual([]);
    expect(records.filter((record) => record.kind === 'notice' && record.about === 'clock')).toHaveLength(1);
    expect(existsSync(join(cwd, 'state.json'))).toBe(true);
  });

  test.each([
    [['--once'], 'Nothing says what is to be watched.'],
    [['--alerts', 'x', '--as-of', 'noon'], '`noon` is not a date and time.'],
    [['--alerts', 'x', '--once', '--state', 'plan.pathway'], 'plan.pathway is not the state of a watch'],
    [['--alerts', 'x', '--once', '--timezone', 'Mars/Base'], 'is not a time zone'],
    [['--alerts', 'x', '--once', '--scenario', 'Nope'], 'There is no scenario Nope.'],
    [['--alerts', 'x', '--interval', '0'], 'It must be a number of seconds'],
  ])('refuses %j with a reason', async (args, reason) => {
    const { exitCode, err } = await runCli(['watch', ...args], { cwd: folder({}) });
    expect(exitCode).toBe(2);
    expect(err).toContain(reason);
  });

  test('has a state for itself, and takes over what a process that is no more has left', async () => {
    const cwd = folder({});
    const args = ['watch', '--alerts', 'inbox', '--as-of', '2026-04-01T12:00', '--state', 'state.json'];
    mkdirSync(join(cwd, 'inbox'), { recursive: true });
    const lock = join(cwd, 'state.json.lock');
    writeFileSync(lock, JSON.stringify({ process: process.pid, host: hostname() }));
    const second = await runCli(args, { cwd });
    expect(second.exitCode).toBe(2);
    expect(second.err).toContain(`state.json is in use by another watch (process ${process.pid} on ${hostname()})`);
    expect(second.err).toContain('delete state.json.lock');
    // No process has the largest number there can be.
    writeFileSync(lock, JSON.stringify({ process: 2 ** 31 - 1, host: hostname() }));
    expect((await runCli(args, { cwd })).exitCode).toBe(0);
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, 'half a li');
    expect((await runCli(args, { cwd })).exitCode).toBe(0);
  });

  test('tells what is wrong with a table, and reads the rest of it', async () => {
    const cwd = folder({
      'values.csv':
        'time,occupancy(Bed),colour\nsoon,1,red\n2026-04-01 09:00,lots,red\n2026-04-01 09:30,NA,\n2026-04-01 10:00+00:00,97%,\n',
    });
    const { exitCode, out } = await runCli(
      ['watch', '-q', '--values', 'values.csv', '--values', 'none.csv', '--as-of', '2026-04-01T14:00'],
      { cwd },
    );
    expect(exitCode).toBe(1);
    expect(out).toContain(
      'values.csv:1: The column "colour" is nothing that a trigger or gauge looks at, and is left out; these are: occupancy(Bed).',
    );
    expect(out).toContain('values.csv:2: The time is not written like');
    expect(out).toContain('values.csv:3: The value of occupancy(Bed) is no number');
    expect(out).toContain('none.csv does not exist');
    expect(out).toContain('Beds full: fires');
  });
});

test('the lines of a watch have a schema that is published, and follow it', async () => {
  const path = fileURLToPath(new URL('../../../../docs/schemas/watch.schema.json', import.meta.url));
  const schema = `${JSON.stringify(watchRecordJsonSchema(), undefined, 2)}\n`;
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, schema);
  expect(readFileSync(path, 'utf8')).toBe(schema);
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const validate = ajv.compile(watchRecordJsonSchema());
  const cwd = folder({ 'values.csv': TABLE, 'a.xml': heat('A'), 'b.xml': '<a/>' });
  const args = ['--values', 'values.csv', '--alerts', 'a.xml', '--alerts', 'b.xml', '--as-of', '2026-04-01T22:00'];
  for (const record of await recordsOf(cwd, args)) expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
});

describe('pathway watch on reports of hospitals', () => {
  const watchOf = (files: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    runCli(['watch', '--values', 'beds.xml', '--as-of', '2026-04-01T12:00', ...args], { cwd: folder(files) });
  const full = have1({ name: 'Royal Devon', beds: [bedCapacity('Bed', 0, 10)] });

  test('judges what they say of the beds of a hospital, at the time of the report', async () => {
    const { exitCode, out } = await watchOf({ 'beds.xml': full });
    expect(exitCode, out).toBe(0);
    expect(out).toContain('2026-04-01 11:00');
    expect(out).toContain('In force: More beds.');
  });

  test('takes beds by a table where their names differ', async () => {
    const report = have1({ name: 'RD&amp;E Wonford', id: 'RH8', beds: [bedCapacity('AdultICU', 0, 10)] });
    const beds = 'hospital,bed,resource\nRH8,AdultICU,Bed\n';
    const without = await watchOf({ 'beds.xml': report });
    expect(without.exitCode).toBe(1);
    expect(without.out).toContain('beds.xml:2: RD&E Wonford (RH8) is no organisation of this project; it is left out.');
    const { exitCode, out } = await watchOf({ 'beds.xml': report, 'beds.csv': beds }, '--beds', 'beds.csv');
    expect(exitCode, out).toBe(0);
    expect(out).toContain('In force: More beds.');
  });

  test.each([
    ['a near name', have1({ name: 'Royal Devn', beds: [] }), 'did you mean Royal Devon?'],
    [
      'other beds',
      have1({ name: 'Royal', beds: [bedCapacity('Burn', 1, 2)] }),
      'Burn of Royal: no resource is called that (there: Bed)',
    ],
    ['a drill', distributed(full, 'Exercise'), 'Its distribution has the status Exercise, and Actual counts here'],
    ['no whole message', full.slice(0, 300), 'It is no well-formed XML'],
  ])('tells of %s, and changes nothing', async (_, report, message) => {
    const { exitCode, out } = await watchOf({ 'beds.xml': report });
    expect(exitCode).toBe(1);
    expect(out).toContain(message);
    expect(out).not.toContain('In force: More beds.');
  });

  test('refuses a table of beds that is none', async () => {
    const { exitCode, err } = await watchOf(
      { 'beds.xml': full, 'beds.csv': 'hospital,bed\nA,B\n' },
      '--beds',
      'beds.csv',
    );
    expect(exitCode).toBe(2);
    expect(err).toContain('beds.csv:2: a hospital, bed or resource is missing.');
  });
});
