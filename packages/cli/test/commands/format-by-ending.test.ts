import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const WARD = `organisation Ward "Ward"
role Nurse "Nurse"
staff 8 Nurse at Ward { on duty 2 }
resource Bed "Bed" { at Ward  count 3 }
cohort Patients "Patients" { arrives every exponential(8 h) }
pathway Care "Care" for Patients {
  owner Ward
  hold 1 Bed as Stay { step Treat { by 1 Nurse  takes 1 h } }
}
scenario Today "As it is" { }
study S "Study" {
  compare Today
  from 2026-01-05
  run 10 d
  replicate 2 times
}
`;

/** The first letters of what a command writes to a file of this name. */
async function beginning(args: readonly string[], file: string): Promise<string> {
  const cwd = temporaryFolder({ 'ward.pathway': WARD });
  const { exitCode, err } = await runCli([...args, '--out', file], { cwd });
  expect({ exitCode, err: exitCode === 0 ? '' : err }).toEqual({ exitCode: 0, err: '' });
  return readFileSync(join(cwd, file), 'latin1').slice(0, 30);
}

describe('a file has the form that its name ends in', () => {
  test.each([
    [['report', '-q', '--cards'], 'cards.pdf', /^%PDF-/],
    [['report', '-q', '--quick'], 'report.xlsx', /^PK/],
    [['report', '-q', '--quick'], 'REPORT.MD', /^# /],
    [['report', '-q', '--quick'], 'report.html', /^<!doctype html>/i],
    [['report', '-q', '--quick'], 'report', /^<!doctype html>/i],
    [['simulate', '-q'], 'results.json', /^\{/],
    [['simulate', '-q'], 'results.txt', /^Study/],
    [['simulate', '-q'], 'results.md', /^Study/],
    [['staff', '-q'], 'need.csv', /^[a-z_]+,/],
    [['directory', '-q'], 'services.json', /^\{/],
    [['directory', '-q', '--format', 'fhir'], 'services.json', /^\{/],
    [['simulate', '-q', '--format', 'text'], 'results.json', /^Study/],
  ])('%j writes %s', async (args, file, form) => {
    expect(await beginning(args, file)).toMatch(form);
  });

  test.each([
    [
      ['report', '--format', 'html', '--out', 'report.pdf'],
      'report.pdf ends in .pdf, but --format is html. Leave one of them out.',
    ],
    [['simulate', '--format', 'json', '--out', 'a.svg'], 'a.svg ends in .svg, but --format is json.'],
    [['simulate', '--out', 'a.pdf'], 'a.pdf ends in .pdf, but `pathway simulate` writes text, json, svg.'],
  ])('and %j is refused before anything runs', async (args, message) => {
    const { exitCode, err, out } = await runCli(args, { cwd: temporaryFolder({ 'ward.pathway': WARD }) });
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});
