import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const WARD = `organisation Hospital { sector hospital }
territory Region { timezone "Europe/Paris" }
resource Bed { at Hospital  kind space  count 3 }
cohort Stroke "Stroke" { arrives every exponential(3 h) }
pathway Care "Stroke care" for Stroke {
  owner Hospital
  step Triage { takes 20 min }
  hold 1 Bed as Ward {
    step Stay { takes exponential(5 h) }
  }
  finish Home
}
indicator Stay "Time in care" { time from arrival to exit  aim experience }
scenario Today { }
scenario Fewer { set Bed.count = 2 }
study Month "A month" {
  compare Today, Fewer
  from 2026-03-20 00:00
  run 30 d after 1 d warm-up
  replicate 2 times
  seed 7
}
`;

describe('pathway export of event logs', () => {
  test(
    'writes a run that calibrate reads back from each format with the same figures',
    { timeout: 60_000 },
    async () => {
      const cwd = temporaryFolder({ 'ward.pathway': WARD });
      const told: string[] = [];
      for (const [format, file] of [
        ['xes', 'run.xes.gz'],
        ['csv', 'run.csv'],
        ['ocel', 'run.json'],
      ] as const) {
        const { exitCode, out, err } = await runCli(['export', '--to', format, '--out', file], { cwd });
        expect({ exitCode, out, err }).toEqual({ exitCode: 0, out: '', err: `Wrote ${file}.\n` });
        const args = ['calibrate', file, '--timezone', 'Europe/Paris', '--attributes', 'none'];
        const read = await runCli(args, { cwd });
        expect(read.exitCode, read.err).toBe(0);
        told.push(`${read.err.slice(read.err.search(/\\d+ cases/))}${read.out.replace(/SHA-256 .*/g, '')}`);
      }
      expect(told[0]).toContain('takes 20 min');
      expect(new Set(told).size).toBe(1);
    },
  );

  test('gives the same bytes again, local times across the change of clocks, and holds where asked', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const args = ['export', '--to', 'csv', '--scenario', 'Fewer', '--replication', '1'];
    const [first, second] = [await runCli(args, { cwd }), await runCli([...args, '--holds'], { cwd })];
    expect(first.exitCode).toBe(0);
    expect(first.out).toMatch(/,2026-03-28T\d\d:\d\d:\d\d\.\d{3}\+01:00,/);
    expect(first.out).toMatch(/,2026-03-30T\d\d:\d\d:\d\d\.\d{3}\+02:00,/);
    expect(await runCli(args, { cwd })).toEqual(first);
    expect(first.out).not.toContain(',Ward,');
    const steps = second.out.split('\n').filter((line) => !line.includes(',Ward,'));
    expect(steps).toEqual(first.out.split('\n'));
  });

  test('leaves nothing behind where it cannot be written', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD, 'taken/file': '' });
    const { exitCode, err } = await runCli(['export', '--to', 'xes', '--out', 'taken'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('taken is a folder');
    const below = await runCli(['export', '--to', 'xes', '--out', 'ward.pathway/run.xes'], { cwd });
    expect(below.exitCode).toBe(2);
    expect(below.err).toContain('ward.pathway/run.xes cannot be written');
    expect(readdirSync(cwd).sort()).toEqual(['taken', 'ward.pathway']);
  });

  test('packs what ends in .gz', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    await runCli(['export', '--to', 'csv', '--out', 'logs/run.csv.gz', '-q'], { cwd });
    const { out } = await runCli(['export', '--to', 'csv'], { cwd });
    expect(gunzipSync(readFileSync(join(cwd, 'logs/run.csv.gz'))).toString()).toBe(out);
  });

  test.each([
    [['--study', 'Mont'], 'There is no study Mont; did you mean Month?'],
    [['--scenario', 'Toady'], 'There is no scenario Toady; did you mean Today?'],
  ])('says of %j what there is', async (more, message) => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const { exitCode, err } = await runCli(['export', '--to', 'csv', '--out', 'run.csv', ...more], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(existsSync(join(cwd, 'run.csv'))).toBe(false);
  });
});

describe('pathway export to FHIR', () => {
  test('writes a bundle, and says what FHIR cannot say', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const args = ['export', '--to', 'fhir-r5', '--base', 'https://fhir.example.org/r5/', '--out', 'ward.json'];
    const { exitCode, out, err } = await runCli(args, { cwd });
    expect({ exitCode, out }, err).toEqual({ exitCode: 0, out: '' });
    expect(err).toContain('Not said there:\n  - Ward: that 1 Bed is kept over what is inside; it stands in words.');
    expect(JSON.parse(readFileSync(join(cwd, 'ward.json'), 'utf8'))).toMatchObject({
      resourceType: 'Bundle',
      entry: [
        { fullUrl: 'https://fhir.example.org/r5/PlanDefinition/Care', resource: { title: 'Stroke care' } },
        {},
        {},
        {},
        {},
        {},
        {},
        {},
      ],
    });
  });

  test.each([
    [['--base', 'fhir.example.org'], 'It is no address such as https://fhir.example.org/r4.'],
    [['--base', 'https://me:secret@fhir.example.org'], 'An address of a server has no `?`, `#` and no password.'],
    [['--pathway', 'Car'], 'There is no pathway Car; did you mean Care?'],
  ])('refuses %j', async (args, message) => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const { exitCode, err } = await runCli(['export', '--to', 'fhir-r4', ...args], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});
