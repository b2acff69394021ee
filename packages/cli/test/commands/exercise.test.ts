import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const PLAN = `
import "std/scales"
territory Devon "Devon" { timezone "Europe/London" }
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
cohort Stroke "Stroke" { arrives 1 per day }
pathway Care "Care" for Stroke {
  owner Royal
  step Note "First note" {
    by 1 Nurse
    takes 10 min
  }
  hold 1 Bed { step Stay { takes 5 d } }
}
signal Level "Level of the bulletin" { from "levels.csv" column "level" dated "date" }
trigger Warned "Bulletin at 2" sets HeatHealth amber when Level >= 2 for 12 h until Level < 2
trigger Alerted "Alert" sets HeatHealth red on alert { event "heat" }
trigger Full "Beds full" sets Surge contingency when occupancy(Bed) > 95% until occupancy(Bed) < 80%
crisis Heat "Ten hot days" {
  from 2026-07-03 for 10 d
  arrivals of Stroke +14%
  absent Nurse 12%
  slow Note by 20%
  lose 3 Bed from day 4 12:00 for 2 d
  alert Alerted from 2026-07-05 10:00 for 3 d
}
response Calls "Call-round" on HeatHealth amber {
  card Nurse { do "Call everyone on the list" within 4 h }
}
response More "More beds" on Full { add 4 Bed }
scenario Usual "As usual" { }
scenario NoPlan "Heat, no plan" { crisis Heat }
scenario Plan "Heat, with the plan" { crisis Heat with Calls, More }
study Summer "Summer" {
  compare Usual, NoPlan, Plan
  from 2026-07-01
  run 30 d
  replicate 2 times
}
`;

function folder(): string {
  return temporaryFolder({
    'plan.pathway': PLAN,
    'levels.csv': 'date,level\n2026-06-28,1\n2026-07-02,2\n2026-07-14,0\n',
  });
}

describe('pathway exercise', () => {
  test('writes what happens and what should be seen and done, by the clock', async () => {
    const { exitCode, out } = await runCli(['exercise', '-q', '--format', 'markdown'], { cwd: folder() });
    expect(exitCode).toBe(0);
    expect(out).toContain('# Exercise: Heat, with the plan, for the facilitator');
    const rows = out
      .replace(/[\u00a0\u202f]/g, ' ')
      .split('\n')
      .filter((line) => line.startsWith('| 2026'));
    expect(rows).toEqual([
      '| 2026-06-28 00:00 | Level of the bulletin: 1 |  |',
      '| 2026-07-02 00:00 | Level of the bulletin: 2 |  |',
      '| 2026-07-02 12:00 |  | Heat-health alert: Amber: impacts across services likely; Call-round begins; Nurse: Call everyone on the list (within 4 h) |',
      '| 2026-07-03 00:00 | Ten hot days begins; Stroke, arrivals: +14 %; 12 % of Nurse are absent; First note: takes 20 % longer |  |',
      '| 2026-07-05 10:00 | An alert comes: Alert | Heat-health alert: Red: danger to life for everyone |',
      '| 2026-07-05 12:00 | Bed: 3 not available |  |',
      '| 2026-07-07 12:00 | It is over: Bed: 3 not available |  |',
      '| 2026-07-08 10:00 | It is over: An alert comes: Alert | Heat-health alert: Amber: impacts across services likely |',
      '| 2026-07-13 00:00 | Ten hot days ends |  |',
      '| 2026-07-14 00:00 | Level of the bulletin: 0 | Heat-health alert: Green: preparedness; Call-round ends |',
    ]);
    expect(out).toContain(
      '- Beds full: occupancy(Bed) \\> 95% → More beds'.replace('\\>', out.includes('\\> 95%') ? '\\>' : '>'),
    );
    // Each part says that it is an exercise.
    expect(out.match(/EXERCISE\. Nothing of this is real\./g)).toHaveLength((out.match(/^## /gm) ?? []).length);
  });

  test('writes its alerts for a drill, in which they fire what waits for them when they come', async () => {
    const cwd = folder();
    const args = ['exercise', '-q', '--alerts', 'inbox', '--out', 'script.html'];
    expect(await runCli(args, { cwd })).toMatchObject({ exitCode: 0 });
    const file = join(cwd, 'inbox', '01-Alerted.xml');
    expect(readFileSync(file, 'utf8')).toContain('<status>Exercise</status>');
    const watch = ['watch', '--alerts', 'inbox', '--format', 'json'];
    const levels = async (at: string, ...more: string[]): Promise<string> =>
      (await runCli([...watch, '--as-of', at, ...more], { cwd })).out;
    expect(await levels('2026-07-05T10:30', '--drill')).toContain('"level":"red"');
    expect(await levels('2026-07-05T09:30', '--drill')).not.toContain('"level":"red"');
    const [, situation = ''] = /(.*"kind":"situation".*)/.exec(await levels('2026-07-08T10:30', '--drill')) ?? [];
    expect(situation).toContain('"level":"amber"');
    // Outside of a drill an exercise never counts.
    expect(await levels('2026-07-05T10:30')).not.toContain('"level":"red"');
    const [crisis = ''] = PLAN.split('\n').filter((line) => line.includes('alert Alerted from'));
    const quiet = temporaryFolder({
      'plan.pathway': PLAN.replace(crisis, ''),
      'levels.csv': 'date,level\n2026-06-28,1\n',
    });
    const none = await runCli(args, { cwd: quiet });
    expect(none.exitCode).toBe(2);
    expect(none.err).toContain('No alert comes in this scenario');
  });

  test('writes its alerts in the language that is asked for', async () => {
    const cwd = temporaryFolder({
      'plan.pathway': `${PLAN}title Alerted { it "Allerta caldo" }\n`,
      'levels.csv': 'date,level\n2026-06-28,1\n',
    });
    const wordsOf = async (...more: string[]): Promise<readonly string[]> => {
      const args = ['exercise', '-q', '--alerts', 'inbox', '--out', 'script.html', ...more];
      expect(await runCli(args, { cwd })).toMatchObject({ exitCode: 0 });
      const text = readFileSync(join(cwd, 'inbox', '01-Alerted.xml'), 'utf8');
      return ['language', 'note', 'headline', 'event'].map(
        (name) => new RegExp(`<${name}>(.*)</${name}>`).exec(text)?.[1] ?? '',
      );
    };
    const notReal = 'EXERCISE. Nothing of this is real.';
    expect(await wordsOf()).toEqual(['en-US', notReal, `${notReal} Alert`, 'heat']);
    const nonReale = 'ESERCITAZIONE. Nulla di ciò è reale.';
    expect(await wordsOf('--language', 'it')).toEqual(['it', nonReale, `${nonReale} Allerta caldo`, 'heat']);
  });

  test('tells participants what they do, and not what comes', async () => {
    const args = ['exercise', '-q', '--for', 'participants', '--format', 'markdown'];
    const { out } = await runCli(args, { cwd: folder() });
    expect(out).toContain('for participants');
    expect(out).toContain('Call everyone on the list');
    expect(out).toContain('What did we decide?');
    for (const secret of ['2026-07', 'Ten hot days', 'An alert comes', '14 %']) expect(out).not.toContain(secret);
  });

  test('is a page and a printed document too, in every language', async () => {
    const cwd = folder();
    const page = await runCli(['exercise', '-q', '--language', 'it'], { cwd });
    expect(page.out).toContain('<html lang="it">');
    expect(page.out).toContain('ESERCITAZIONE. Nulla di ciò è reale.');
    const pdf = await runCli(['exercise', '-q', '--format', 'pdf', '--out', 'exercise.pdf'], { cwd });
    expect(pdf.exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'exercise.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test.each([
    [['--scenario', 'Usual'], 'Nothing happens in this scenario'],
    [['--scenario', 'Plam'], 'did you mean Plan?'],
    [['--format', 'pdf'], 'Say where it goes'],
  ])('refuses %j with a reason', async (args, reason) => {
    const { exitCode, err } = await runCli(['exercise', ...args], { cwd: folder() });
    expect(exitCode).toBe(2);
    expect(err).toContain(reason);
  });
});
