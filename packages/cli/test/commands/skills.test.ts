import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { runCli } from '../run-cli.js';

const WARD = fileURLToPath(new URL('../../../../examples/ward-roster', import.meta.url));

describe('pathway skills', () => {
  test('tells who can do what, where it is thin, what is lent and what to train', { timeout: 60_000 }, async () => {
    const { out, exitCode } = await runCli(['skills', WARD]);
    expect(exitCode).toBe(0);
    expect(out).toContain('one person on a shift: N05');
    expect(out).toMatch(/Community lends \d+ hours of Nurse to Ward/);
    expect(out).toContain('Training one person more, in Three weeks of influenza');
  });

  test(
    'writes the matrix as CSV and a drawing, a page, and JSON that its schema takes',
    { timeout: 60_000 },
    async () => {
      const csv = await runCli(['skills', WARD, '--format', 'csv']);
      expect(csv.out).toContain('who,role,organisation,people,ShiftLead,Ventilation,Infusion\n');
      expect(csv.out).toContain('\nN02,Nurse,Ward,1,,expert,yes\n');
      expect((await runCli(['skills', WARD, '--format', 'svg'])).out).toMatch(/^<svg xmlns/);
      const page = await runCli(['skills', WARD, '--format', 'html', '--language', 'de']);
      expect(page.out).toContain('Dünne Stellen');
      const json = await runCli(['skills', WARD, '--format', 'json']);
      const schema = new URL('../../../../docs/schemas/skills.schema.json', import.meta.url);
      const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
      expect(validate(JSON.parse(json.out)), JSON.stringify(validate.errors)).toBe(true);
    },
  );

  test('says what is no target and what is no scenario', async () => {
    expect((await runCli(['skills', WARD, '--target', 'soon'])).err).toContain('soon is no target for cover.');
    expect((await runCli(['skills', WARD, '--scenario', 'Wav'])).err).toContain('did you mean Wave?');
    expect((await runCli(['staff', WARD, '--target', 'delay 0%'])).err).toContain('delay 0% is no target for cover.');
    const hours = await runCli(['staff', WARD, '--patient-hours', 'Porter=3']);
    expect(hours.err).toContain('Say it like Nurse=5.5, with a role of this project: Nurse, SeniorNurse, Assistant.');
  });
});
