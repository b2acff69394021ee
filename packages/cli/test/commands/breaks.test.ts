import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const TEXT = `organisation Desk "Desk" { sector community }
organisation Ward "Ward" { sector hospital }
organisation Home "Home team" { sector home  hours "Mon-Fri 08:00-16:00" }
organisation Clinic "Clinic" { sector primary }
cohort Callers { arrives 1 per day }
pathway Care "Care" for Callers {
  owner Desk
  step Call { takes 10 min  handover to Ward, Clinic by phone }
  step Scan { at Ward  takes 1 h }
  wait for 3 d
  step Visit { at Home  takes 1 h }
}
`;

describe('pathway diagram --view breaks', () => {
  test('draws the breaks that the checks find', async () => {
    const cwd = temporaryFolder({ 'a.pathway': TEXT });
    const { out: findings } = await runCli(['check'], { cwd });
    const { exitCode, out } = await runCli(['diagram', '--view', 'breaks'], { cwd });
    expect(exitCode).toBe(0);
    // Told of the handover: nobody receives it at the clinic, nobody can answer, nothing is written.
    for (const code of ['PW3009', 'PW3010', 'PW8003', 'PW8004', 'PW8005']) expect(findings).toContain(code);
    const text = out.replaceAll(/<[^>]*>\s*/g, ' ').replaceAll(/\s+/g, ' ');
    expect(text).toContain('3 ways from one organisation to another, 3 of them broken.');
    for (const said of ['nobody goes on', 'the story is', 'no way back', 'waiting that', 'cannot begin'])
      expect(text).toContain(said);
  });

  test('is in the language of the reader', async () => {
    const { out } = await runCli(['diagram', '--view', 'breaks', '--language', 'fr'], {
      cwd: temporaryFolder({ 'a.pathway': TEXT }),
    });
    expect(out).toContain('personne ne continue');
  });

  test('says what is missing where there is one organisation', async () => {
    const cwd = temporaryFolder({ 'a.pathway': TEXT.replaceAll(/ {2}handover[^}]*| at (Ward|Home) /g, ' ') });
    const { exitCode, err } = await runCli(['diagram', '--view', 'breaks'], { cwd });
    expect([exitCode, err]).toEqual([2, expect.stringContaining('There are no breaks to draw')]);
  });
});
