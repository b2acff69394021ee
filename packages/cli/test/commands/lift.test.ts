import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const REGION = `territory Devon "Devon" { population 100_000 }
organisation Ward "Ward" {
  sector hospital
  in Devon
}
role Nurse "Nurse" { isco "2221" }
staff 4 Nurse at Ward { on duty 2 }
`;

const CARE = `import "./region.pathway"

cohort Patients "Patients" { arrives 3 per day }
cohort Booked "Booked" { arrives every 1 d }

pathway Care "Care" for Patients, Booked {
  owner Ward
  step Wash "Wash" {
    by 1 Nurse
    takes 20 min
  }
}

scale Surge { usual < crisis }
trigger Full sets Surge crisis when queue(Care.Wash) > 3 until queue(Care.Wash) < 1
response More adapts Care on Surge crisis { call in 2 Nurse from Ward after 1 h }
`;

describe('pathway lift', () => {
  test('writes the template and its deployment, and says what stays of the place', async () => {
    const cwd = temporaryFolder({ 'region.pathway': REGION, 'care.pathway': CARE });
    const shown = await runCli(['lift', 'Care', '--print'], { cwd });
    expect(readFileSync(join(cwd, 'care.pathway'), 'utf8')).toBe(CARE);
    const { exitCode, out, err } = await runCli(['lift', 'Care'], { cwd });
    expect([exitCode, out]).toEqual([0, '']);
    const text = readFileSync(join(cwd, 'care.pathway'), 'utf8');
    expect(shown.out).toBe(`// care.pathway\n${text}`);
    expect(text).toContain(
      'template pathway Care "Care" for Patients, Booked {\n  needs organisation Ward "Ward" sector',
    );
    expect(text).toContain('needs number WashTime "Wash: time" = 20 min');
    expect(text).toContain('ages 0 and over: 3 per day per 100_000');
    expect(text).toContain('deploy Care in Devon {\n  Ward = Ward\n  Nurse = Nurse\n}');
    expect(err).toContain('Care is a template, deployed in Devon: care.pathway.');
    expect(err).toContain('- The arrivals of `Booked` stay those of Devon');
    expect(err).toContain(
      '- `More` comes along with it and names what is of this place: write `Care.Nurse`, `Care.Ward`',
    );
    expect((await runCli(['check'], { cwd })).exitCode).toBe(0);
    const again = await runCli(['lift', 'Care'], { cwd });
    expect(again).toMatchObject({ exitCode: 2, out: '' });
    expect(again.err).toContain('Care is a template already.');
  });

  test('names the nearest pathway, and wants a territory', async () => {
    const cwd = temporaryFolder({
      'a.pathway': 'organisation Ward { sector hospital }\npathway Care { owner Ward  step Wash { takes 1 h } }\n',
    });
    expect((await runCli(['lift', 'Car'], { cwd })).err).toContain('did you mean Care?');
    const { exitCode, err } = await runCli(['lift', 'Care'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('There is no territory to deploy it in');
  });
});
