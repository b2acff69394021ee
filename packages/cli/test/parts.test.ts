import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runCli, temporaryFolder } from './run-cli.js';

const WARD = `organisation Hospital { sector hospital }
resource Bed { at Hospital  count 3 }
cohort Patients { arrives every exponential(3 h) }
pathway Stay for Patients {
  owner Hospital
  hold 1 Bed as Own { step Care { takes exponential(7 h) } }
}
indicator Wait { wait for Own }
scenario Three "Three beds" { }
scenario Four "Four beds" { set Bed.count = 4 }
study Beds {
  compare Three, Four
  from 2026-01-05 00:00
  run 30 d after 5 d warm-up
  replicate 30 times
  seed 1
}
`;
const UNTIL = WARD.replace('replicate 30 times', 'replicate until Wait within 3 h at most 30');

function ward(text = WARD): { cwd: string; cli: (...args: readonly string[]) => ReturnType<typeof runCli> } {
  const cwd = temporaryFolder({ 'ward.pathway': text });
  return { cwd, cli: (...args) => runCli(args, { cwd }) };
}

async function withParts(text = WARD): Promise<ReturnType<typeof ward>> {
  const made = ward(text);
  for (const range of ['0-11', '10-19', '20-29'])
    expect(await made.cli('simulate', '-n', range, '--out', `${range}.json`)).toMatchObject({ exitCode: 0, out: '' });
  return made;
}

const PARTS = ['20-29.json', '0-11.json', '10-19.json'];

describe('a study in parts', () => {
  test.each([
    ['a fixed number', WARD],
    ['until it is precise', UNTIL],
  ])('gives the very bytes of a run in one place: %s', async (_, text) => {
    const { cli } = await withParts(text);
    for (const format of ['json', 'text']) {
      const whole = await cli('simulate', '--format', format);
      const merged = await cli('simulate', '--format', format, '--merge', ...PARTS);
      expect(merged).toMatchObject({ exitCode: 0, out: whole.out });
    }
  });

  test('names the replications that are in no file', async () => {
    const { cli } = await withParts();
    const { exitCode, err } = await cli('simulate', '--merge', '0-11.json', '20-29.json');
    expect(exitCode).toBe(2);
    expect(err).toContain('Replications 12 to 19 of “Three beds” are in none of the files.');
    expect(await cli('simulate', '-n', '12', '--merge', '0-11.json')).toMatchObject({ exitCode: 0 });
  });

  test('refuses parts of other texts, of another seed and of another version', async () => {
    const { cli, cwd } = await withParts();
    expect((await cli('simulate', '--seed', '2', '--merge', ...PARTS)).err).toContain('have no rows of this study');
    writeFileSync(join(cwd, 'ward.pathway'), WARD.replace('count 3', 'count 5'));
    expect((await cli('simulate', '--merge', ...PARTS)).err).toContain('have no rows of this study');
    writeFileSync(join(cwd, 'ward.pathway'), WARD);
    const part = readFileSync(join(cwd, '0-11.json'), 'utf8');
    writeFileSync(join(cwd, '0-11.json'), part.replace(/"engine":"[^"]*"/, '"engine":"9.9.9"'));
    expect((await cli('simulate', '--merge', ...PARTS)).err).toContain('0-11.json was made by version 9.9.9');
  });

  test('refuses files that are damaged, contradict each other, or are something else', async () => {
    const { cli, cwd } = await withParts();
    const part = readFileSync(join(cwd, '0-11.json'), 'utf8');
    const told = async (content: string): Promise<string> => {
      writeFileSync(join(cwd, 'changed.json'), content);
      const { exitCode, err } = await cli('simulate', '--merge', 'changed.json', ...PARTS);
      expect(exitCode).toBe(2);
      return err;
    };
    expect(await told(part.slice(0, -40))).toContain('changed.json is not whole');
    expect(await told('{"format":"pathway-results"}')).toContain('changed.json holds no replications');
    expect(await told(part.replace(/"events":\d+/, '"events":"many"'))).toContain('changed.json: row 1 is damaged');
    expect(await told(part.replace(/"events":\d+/, '"events":7'))).toContain(
      'changed.json and 0-11.json say different things about replication 0.',
    );
    expect((await cli('simulate', '--merge', 'nowhere.json')).err).toContain('There is no file nowhere.json');
  });

  test.each([
    [['-n', '5-2', '--out', 'x.json'], 'There is no range 5-2'],
    [['-n', '0-9'], 'goes into a file'],
    [['-n', '0-9-12', '--out', 'x.json'], 'whole number'],
    [['--merge', '0-11.json', '--on', 'redis://h'], 'With --merge nothing is run'],
  ])('refuses %s', async (args, message) => {
    const { exitCode, err } = await ward().cli('simulate', ...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  test('refuses a study that decides on the way what it runs', async () => {
    const { cli } = ward(WARD.replace('after 5 d warm-up', 'after automatic warm-up'));
    const { exitCode, err } = await cli('simulate', '-n', '0-9', '--out', 'part.json');
    expect(exitCode).toBe(2);
    expect(err).toContain('only known on the way');
  });
});

describe('the examples for clusters', () => {
  const folder = fileURLToPath(new URL('../../../docs/distributed/', import.meta.url));

  test('for Kubernetes are manifests that fit together, with the password from a secret', () => {
    const documents = parseAllDocuments(readFileSync(`${folder}kubernetes.yaml`, 'utf8'));
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const manifests = documents.map((document) => document.toJS() as Record<string, never>);
    expect(manifests.map(({ kind }) => kind)).toEqual(['Service', 'Deployment', 'Deployment', 'Job']);
    const texts = documents.map(String);
    for (const text of texts.slice(1)) expect(text).toContain('secretKeyRef');
    for (const text of texts.slice(2)) {
      expect(text).toContain('redis://pathway-broker:6379');
      expect(text).toContain('PATHWAY_REDIS_PASSWORD');
    }
    // Everything may start at once, and a worker or study that finds no broker ends.
    for (const text of texts.slice(2)) expect(text).toContain('until valkey-cli -h pathway-broker ping');
    expect(manifests[0]).toMatchObject({ metadata: { name: 'pathway-broker' }, spec: { ports: [{ port: 6379 }] } });
  });

  test('for Slurm run each replication once', () => {
    const cwd = temporaryFolder({ 'bin/pathway': '#!/bin/sh\necho "$@"\n' });
    execFileSync('chmod', ['+x', join(cwd, 'bin/pathway')]);
    const ranges = Array.from({ length: 10 }, (_, task) => {
      const env = { PATH: `${join(cwd, 'bin')}:${process.env.PATH ?? ''}`, SLURM_ARRAY_TASK_ID: String(task) };
      const said = execFileSync('bash', [`${folder}slurm.sh`], { cwd, env, encoding: 'utf8' });
      expect(said).toContain(`--out parts/${task}.json`);
      return /--replications (\d+)-(\d+)/.exec(said)?.slice(1).map(Number) ?? [];
    });
    const covered = ranges.flatMap(([first = 0, last = 0]) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    );
    expect(covered).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });
});
