import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const WARD = `import "std/working-time"
organisation Ward "Ward" { sector hospital }
role Nurse "Nurse"
shift Early 07:00-15:00
shift Night 22:00-06:00
staff 4 Nurse at Ward { contract 40 h/week  works Early, Night  on duty 1 }
rules Ours extends EuropeanWorkingTime { at most 2 nights in a row }
roster December "December" {
  from 2026-12-07 for 1 week
  cover 1 Nurse on Early, Night
  with staff at Ward
  under Ours
  request "Nurse 2" off on 2026-12-09
  set "Nurse 1" Night on 2026-12-07
}
`;

interface Line {
  readonly person: string;
  readonly shifts: readonly (string | null)[];
}

describe('pathway roster', () => {
  test('makes a sheet, JSON that its schema takes, rows and a calendar', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const text = await runCli(['roster', 'ward.pathway', '--effort', '2'], { cwd });
    expect(text.out).toContain('Nobody is missing on any shift.');
    expect(text.out).toContain('proved that no roster costs less');

    const json = await runCli(['roster', 'ward.pathway', '--effort', '2', '--format', 'json'], { cwd });
    const schema = new URL('../../../../docs/schemas/roster.schema.json', import.meta.url);
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    const made = JSON.parse(json.out) as { people: readonly Line[] };
    expect(validate(made)).toBe(true);
    const lineOf = (name: string): Line['shifts'] => made.people.find(({ person }) => person === name)?.shifts ?? [];
    expect(lineOf('Nurse 1')[0]).toBe('Night');
    expect(lineOf('Nurse 2')[2]).toBeNull();
    for (const { shifts } of made.people) {
      const days = shifts.map((shift) => (shift === null ? '-' : shift.slice(0, 1))).join('');
      expect(days).not.toMatch(/NNN/);
      // From 06:00 to 07:00 on the same day is one hour of rest.
      expect(days).not.toContain('NE');
    }

    const calendar = await runCli(
      ['roster', 'ward.pathway', '--effort', '2', '--format', 'ics', '--person', 'Nurse 1'],
      { cwd },
    );
    expect(calendar.out).toContain('DTSTART:20261207T220000\r\nDTEND:20261208T060000\r\nSUMMARY:Night\r\n');
    const csv = await runCli(['roster', 'ward.pathway', '--effort', '2', '--format', 'csv'], { cwd });
    expect(csv.out).toContain('Nurse 1,Nurse,2026-12-07,Night,22:00,06:00\n');
  });

  test('says who is missing where there are too few', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD.replace('cover 1 Nurse on Early', 'cover 4 Nurse on Early') });
    const { out } = await runCli(['roster', 'ward.pathway', '--effort', '2'], { cwd });
    expect(out).toMatch(/2026-12-\d\d, Early: \d Nurse missing of 4\./);
  });

  test(
    'numbers people of one role from one group to the next, and has no two of one name',
    { timeout: 60_000 },
    async () => {
      const two = `organisation Ward "Ward" { sector hospital }
organisation Other "Other" { sector hospital }
role Nurse "Nurse"
shift Early 07:00-15:00
staff 2 Nurse at Ward as Own { contract 40 h/week  works Early  on duty 1 }
staff 1 Nurse at Other as Lent { contract 40 h/week  works Early  on duty 1 }
staff from "people.csv" as Nurse at Ward as Named { contract 40 h/week  works Early  on duty 1 }
roster December "December" { from 2026-12-07 for 1 week  cover 1 Nurse on Early  with Own, Lent, Named }
`;
      const cwd = temporaryFolder({ 'ward.pathway': two, 'people.csv': 'id\nN1\n' });
      const args = ['roster', 'ward.pathway', '--effort', '1', '--format', 'json', '--no-explain'];
      const made = JSON.parse((await runCli(args, { cwd })).out) as { people: readonly { readonly person: string }[] };
      expect(made.people.map(({ person }) => person)).toEqual(['Nurse 1', 'Nurse 2', 'Nurse 3', 'N1']);

      const same = temporaryFolder({ 'ward.pathway': two, 'people.csv': 'id\nNurse 2\n' });
      const refused = await runCli(args, { cwd: same });
      expect(refused.exitCode).toBe(2);
      expect(refused.err).toContain(
        'Two people of the roster December are called "Nurse 2": one of Own, one of Named.',
      );
    },
  );

  test('tells of a roster, a person or a day of nobody that there is not', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD, 'lost.pathway': WARD.replace('"Nurse 2"', '"Nurse 9"') });
    const named = await runCli(['roster', 'ward.pathway', '--roster', 'Decembre'], { cwd });
    expect(named).toMatchObject({ exitCode: 2 });
    expect(named.err).toContain('There is no roster Decembre; did you mean December?');
    const nothing = await runCli(['roster', 'ward.pathway', '--effort', '0'], { cwd });
    expect(nothing.err).toContain("argument '0' is invalid. It must be above 0.");
    const person = await runCli(['roster', 'ward.pathway', '--format', 'ics', '--person', 'Nurse 7'], { cwd });
    expect(person.err).toContain('Nobody in this roster is called Nurse 7');
    const lost = await runCli(['roster', 'lost.pathway'], { cwd });
    expect(lost.err).toContain('lost.pathway:13: nobody in the roster December is called "Nurse 9"');
  });

  test(
    'shows names where a key is given, of the people of the roster and nothing else of it',
    { timeout: 60_000 },
    async () => {
      const key = 'id,name,phone\nNurse 1,Ada Ruiz,555-1\nNurse 9,Not Here,555-9\n';
      const cwd = temporaryFolder({ 'ward.pathway': WARD, 'names.csv': key });
      const roster = ['roster', 'ward.pathway', '--effort', '1', '--key', 'names.csv'];
      const page = await runCli([...roster, '--format', 'html'], { cwd });
      expect(page.err).toContain('names.csv has no name for Nurse 2, Nurse 3, Nurse 4.');
      expect(page.out).toContain('Ada Ruiz');
      expect(page.out).not.toMatch(/Not Here|555-\d/);
      const sheet = await runCli([...roster, '--format', 'xlsx', '--out', 'ward.xlsx'], { cwd });
      expect(sheet).toMatchObject({ exitCode: 0 });
      expect(readFileSync(`${cwd}/ward.xlsx`).subarray(0, 2).toString()).toBe('PK');
    },
  );

  test('refuses what a key is not for', async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD, 'names.csv': 'person,name\nNurse 1,Ada\n' });
    const roster = ['roster', 'ward.pathway', '--key', 'names.csv'];
    const machine = await runCli([...roster, '--format', 'json'], { cwd });
    expect(machine).toMatchObject({ exitCode: 2 });
    expect(machine.err).toContain('keeps pseudonyms');
    expect((await runCli(roster, { cwd })).err).toContain('names.csv is no key: it needs the columns id and name.');
    expect((await runCli([...roster, '--out', 'names.csv'], { cwd })).err).toContain('names.csv is the key itself.');
    expect((await runCli(['roster', 'ward.pathway', '--key', 'no.csv'], { cwd })).err).toContain(
      'There is no file no.csv.',
    );
    const without = await runCli(['roster', 'ward.pathway', '--format', 'xlsx'], { cwd });
    expect(without.err).toContain('Say where it goes: --out roster.xlsx');
  });
});
