import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const WARD = `organisation Ward "Ward" { sector hospital }
role Nurse "Nurse"
role Senior "Senior nurse"
role Student "Student"
scale Surge { calm < crisis }
shift Early 07:00-15:00 working time 7.5 h
shift Night 22:00-06:00
staff 8 Nurse at Ward { contract 40 h/week  works Early, Night  on duty 1 }
staff 2 Senior at Ward { contract 40 h/week  works Early  on duty 1 }
staff 1 Student at Ward { contract 40 h/week  works Early  on duty 1 }
rules Ours {
  rest at least 11 h
  at most 2 nights a week
  change at least 6 h before
  change 3 d before
}
roster December "December" {
  from 2026-12-07 for 1 week
  cover 1 Nurse on Early, Night
  cover 2 Nurse on Early from Surge crisis
  cover 1 Student on Early only on Mon-Wed
  cover 1 Senior per 2 Student on Early
  with staff at Ward
  under Ours
  set "Nurse 1" Early on 2026-12-10, 2026-12-11
  set "Nurse 2" only Night on 2026-12-08
  set "Senior 1" only Early on 2026-12-07
  request "Senior 2" with "Student 1"
  change Flu "Flu" from 2026-12-10 05:00 {
    absent "Nurse 1" from 2026-12-10
    level Surge crisis from 2026-12-12
  }
}
`;
const SICK = 'what,person,from,until,role,shift,count,level\nabsent,Nurse 1,2026-12-10,2026-12-11\n';

interface Made {
  readonly people: readonly {
    readonly person: string;
    readonly shifts: readonly (string | null)[];
    readonly hours: number;
  }[];
  readonly shortfalls: readonly { readonly sentence: string }[];
  readonly repair?: {
    readonly lostShifts: number;
    readonly changes: readonly {
      readonly person: string;
      readonly date: string;
      readonly lost: boolean;
      readonly tell?: { readonly by: string; readonly atOnce: boolean };
    }[];
    readonly calls: readonly {
      readonly date: string;
      readonly shift: string;
      readonly who: string;
      readonly people: readonly { readonly planned: boolean }[];
    }[];
  };
}

const QUICK = ['--effort', '1', '--no-explain'];

describe('a roster that stands', () => {
  test('is repaired with few changes, in time, and says whom to call', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD, 'sick.csv': SICK });
    await runCli(['roster', 'ward.pathway', ...QUICK, '--format', 'json', '--out', 'december.json'], { cwd });
    const repair = async (...given: string[]): Promise<Made> => {
      const { out, err } = await runCli(
        ['roster', 'ward.pathway', '--current', 'december.json', '--format', 'json', ...given],
        { cwd },
      );
      expect(err).not.toContain('error');
      return JSON.parse(out) as Made;
    };
    const flu = await repair('--given', 'Flu');
    const lineOf = ({ people }: Made, name: string): readonly (string | null)[] =>
      people.find(({ person }) => person === name)?.shifts ?? [];
    expect(flu.repair?.lostShifts).toBe(2);
    expect(lineOf(flu, 'Nurse 1').slice(3)).toEqual([null, null, null, null]);
    // Two hours' notice is too little for 10 December, a day's is enough for the 11th.
    expect(flu.shortfalls.map(({ sentence }) => sentence)).toEqual(['2026-12-10, Early: 1 Nurse missing of 1.']);
    expect(flu.repair?.changes.every(({ date, lost }) => lost || date > '2026-12-10')).toBe(true);
    const crisis = flu.people.filter(({ shifts, person }) => person.startsWith('Nurse') && shifts[6] === 'Early');
    expect(crisis).toHaveLength(2);
    expect(flu.repair?.calls.find(({ date }) => date === '2026-12-11')?.people[0]?.planned).toBe(true);

    const table = await repair('--given', 'sick.csv', '--known', '2026-12-09T12:00');
    expect(table.shortfalls).toEqual([]);
    expect(table.repair?.changes.filter(({ lost }) => !lost).length).toBeLessThanOrEqual(3);
    const text = await runCli(['roster', 'ward.pathway', '--current', 'december.json', '--given', 'Flu'], { cwd });
    expect(text.out).toContain('Flu, known 2026-12-10 05:00: 2 shifts lost');
    expect(text.out).toContain('2026-12-10: Nurse 1 cannot work Early.');
    expect(text.out).toMatch(/1\. Nurse \d \(planned\): off that day; .* of 40 h with it; 26 h notice/);
  });

  test('tells people in time, and in each form what changed', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD, 'names.csv': 'id,name\nNurse 1,Ada Ruiz\n' });
    await runCli(['roster', 'ward.pathway', ...QUICK, '--format', 'json', '--out', 'december.json'], { cwd });
    const repair = async (...more: string[]): Promise<string> => {
      const args = ['roster', 'ward.pathway', '--current', 'december.json', '--given', 'Flu', ...more];
      return (await runCli(args, { cwd })).out;
    };
    const json = await repair('--format', 'json');
    const schema = new URL('../../../../docs/schemas/roster.schema.json', import.meta.url);
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    const made = JSON.parse(json) as Made;
    expect(validate(made), JSON.stringify(validate.errors)).toBe(true);
    const changes = made.repair?.changes ?? [];
    // Of the 11th three days' notice can no longer be kept, but six hours': at once, and by 01:00 on the day for an early shift.
    for (const { date, lost, tell } of changes)
      expect(tell?.atOnce).toBe(lost ? undefined : Date.parse(date) < Date.parse('2026-12-13'));
    const told = changes.find(({ date, lost }) => !lost && date === '2026-12-11');
    expect(told?.tell?.by).toBe('2026-12-11T01:00');
    const onceEach = made.repair?.calls.map(({ date, shift, who }) => `${date} ${shift} ${who}`) ?? [];
    expect(new Set(onceEach).size).toBe(onceEach.length);

    expect(await repair()).toMatch(
      /2026-12-11: Nurse \d works Early .*\. Tell at once, by 2026-12-11 01:00 at the latest\./,
    );
    const csv = await repair('--format', 'csv', '--key', 'names.csv');
    expect(csv).toContain('Ada Ruiz,Nurse,2026-12-10,,,,absent,Early,,,,\n');
    expect(csv).toContain(',,2026-12-10,,,,missing,,,,Early: Nurse,1\n');
    const calendar = await repair('--format', 'ics', '--key', 'names.csv', '--language', 'it');
    expect(calendar).toContain('DESCRIPTION:Cambiato: Early → non può lavorare\r\nSTATUS:CANCELLED\r\n');
    expect(calendar).toContain('BEGIN:VTODO');
    const page = await repair('--format', 'html', '--key', 'names.csv', '--language', 'nl');
    expect(page).toContain('Wie te bellen, in deze volgorde');
    expect(page).toContain('Ada Ruiz');
  });

  test('says whom to call for what became short, and neither for what has begun nor for what was short', async () => {
    const night = WARD.replace('cover 1 Nurse on Early, Night', 'cover 1 Nurse on Night, Early')
      .replace(
        'level Surge crisis from',
        'cover 2 Nurse on Night from 2026-12-11 until 2026-12-11\n    level Surge crisis from',
      )
      .replace('cover 1 Student', 'cover 9 Nurse on Early only on Mon\n  cover 1 Student');
    const cwd = temporaryFolder({ 'ward.pathway': night });
    await runCli(['roster', 'ward.pathway', ...QUICK, '--format', 'json', '--out', 'december.json'], { cwd });
    const { out } = await runCli(
      ['roster', 'ward.pathway', '--current', 'december.json', '--given', 'Flu', '--format', 'json'],
      { cwd },
    );
    const { repair, shortfalls } = JSON.parse(out) as Made;
    // There are eight nurses. Monday is over.
    expect(shortfalls.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(/^2026-12-07, Early: \d Nurse missing of 9\.$/),
    );
    const calls = repair?.calls.map(({ date, shift }) => `${date} ${shift}`) ?? [];
    expect(calls.every((call) => call >= '2026-12-10')).toBe(true);
    // By the clock, not by the line that asks.
    expect(calls.filter((call) => call.startsWith('2026-12-11'))).toEqual(['2026-12-11 Early', '2026-12-11 Night']);
  });

  test('keeps availability, ratios, colleagues and working time', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({ 'ward.pathway': WARD });
    const { out } = await runCli(['roster', 'ward.pathway', ...QUICK, '--format', 'json'], { cwd });
    const { people, shortfalls } = JSON.parse(out) as Made;
    const of = (name: string): Made['people'][number] => people.find(({ person }) => person === name)!;
    expect(shortfalls).toEqual([]);
    expect(of('Nurse 2').shifts.filter((shift, day) => shift !== null && day !== 1)).toEqual([]);
    expect(
      of('Senior 1')
        .shifts.slice(1)
        .every((shift) => shift === null),
    ).toBe(true);
    // Where the student works, a senior does; Senior 1 can only on Monday.
    expect(of('Student 1').shifts.slice(0, 3)).toEqual(['Early', 'Early', 'Early']);
    expect(of('Senior 2').shifts.slice(1, 3)).toEqual(['Early', 'Early']);
    expect(of('Student 1').hours).toBe(22.5);
    for (const { shifts } of people) expect(shifts.filter((shift) => shift === 'Night').length).toBeLessThanOrEqual(2);
  });

  test('is told apart from what it is not', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({
      'ward.pathway': WARD,
      'sick.csv': SICK.replace('Nurse 1', 'Nurse 9'),
      'bad.csv': SICK.replace('2026-12-11', 'Friday'),
      'other.json': '{"format":"pathway-roster","roster":"X","from":"2026-12-07","days":7,"people":[]}',
    });
    const told = async (...args: string[]): Promise<string> => {
      const { exitCode, err } = await runCli(['roster', 'ward.pathway', ...args], { cwd });
      expect(exitCode).toBe(2);
      return err;
    };
    await runCli(['roster', 'ward.pathway', ...QUICK, '--format', 'json', '--out', 'december.json'], { cwd });
    expect(await told('--given', 'Flu')).toContain('Give the roster that stands with --current');
    expect(await told('--current', 'december.json')).toContain('not what happened to it');
    expect(await told('--given', 'Flue', '--current', 'december.json')).toContain('did you mean Flu?');
    expect(await told('--given', 'Flu', '--current', 'other.json')).toContain('The roster given is X');
    expect(await told('--given', 'Flu', '--current', 'sick.csv')).toContain('sick.csv cannot be read. It is not JSON.');
    expect(await told('--given', 'sick.csv', '--current', 'december.json')).toContain(
      'sick.csv:2: nobody in the roster',
    );
    expect(await told('--given', 'bad.csv', '--current', 'december.json')).toContain(
      'bad.csv, line 2, column until: expected a date such as 2026-12-14, found "Friday".',
    );
    expect(await told('--after', 'december.json')).toContain('must end on the day before 2026-12-07');
  });

  test('goes on from the roster before', { timeout: 60_000 }, async () => {
    const alone = `organisation Ward "Ward" { sector hospital }
role Nurse "Nurse"
shift Early 07:00-15:00
shift Night 22:00-06:00
staff 2 Nurse at Ward { contract 40 h/week  works Early, Night  on duty 1 }
rules Ours { rest at least 11 h }
roster One "One" { from 2026-12-07 for 1 days  cover 2 Nurse on Night  with staff at Ward  under Ours }
roster Two "Two" { from 2026-12-08 for 1 days  cover 1 Nurse on Early  with staff at Ward  under Ours }
`;
    const cwd = temporaryFolder({ 'ward.pathway': alone.replaceAll('40 h/week', '80 h/week') });
    await runCli(['roster', 'ward.pathway', '--roster', 'One', ...QUICK, '--format', 'json', '--out', 'one.json'], {
      cwd,
    });
    const free = await runCli(['roster', 'ward.pathway', '--roster', 'Two', ...QUICK], { cwd });
    const after = await runCli(['roster', 'ward.pathway', '--roster', 'Two', '--after', 'one.json', ...QUICK], { cwd });
    expect(free.out).toContain('Nobody is missing');
    expect(after.out).toContain('2026-12-08, Early: 1 Nurse missing of 1.');
  });
});

describe('a roster that cannot be', () => {
  const SHORT = `organisation Ward "Ward" { sector hospital }
role Nurse "Nurse"
resource Bed "Bed" { count 4 }
shift Early 07:00-15:00
shift Night 22:00-06:00
staff 3 Nurse at Ward { contract 80 h/week  works Early, Night  on duty 1 }
rules Ours {
  at most 2 nights in a row
  at least 2 days off after nights
  rest at least 11 h
}
roster December "December" {
  from 2026-12-07 for 6 days
  cover 1 Nurse per 2 Bed on Night
  with staff at Ward
  under Ours
}
roster Lost "Lost" {
  from 2026-12-07 for 3 days
  cover 1 Nurse on Early
  with staff at Ward
  under Ours
  set "Nurse 1" Night on 2026-12-07
  set "Nurse 1" Early on 2026-12-08
}
`;

  test('says which rules and needs cannot all be kept, and what would help', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({ 'ward.pathway': SHORT });
    const { out } = await runCli(['roster', 'ward.pathway', '--effort', '3'], { cwd });
    // Two nights and one day off by turns are two of three on every night; with two days off they are not.
    expect(out).toMatch(/Night: \d Nurse missing of 2/);
    expect(out).toContain('these cannot all be kept, and without any one of them they could.');
    expect(out).toContain('ward.pathway:8:3: at most 2 nights in a row (Ours)');
    expect(out).toContain('ward.pathway:9:3: at least 2 days off after nights (Ours)');
    expect(out).toContain('ward.pathway:14:3: cover 2 Nurse on Night');
    expect(out).toMatch(/Allow at least 1 days off after nights for \d p.*: nothing is missing/);
    expect(out).toMatch(/Borrow .* Nurse on \w+day Night.*: nothing is missing/);
    expect(out).toMatch(/Close \d Bed/);
  });

  test(
    'relaxes two rules together where neither alone is enough, and says where they stand',
    { timeout: 60_000 },
    async () => {
      const rules = `rules Ours {
  at most 3 nights a week
  at most 24 h per week
}
roster December "December" {
  from 2026-12-07 for 7 days
  cover 1 Nurse on Night
  with staff at Ward
  under Ours
}
`;
      const head = SHORT.slice(0, SHORT.indexOf('rules Ours'))
        .replace('staff 3', 'staff 2')
        .replace('Early, Night', 'Night');
      const cwd = temporaryFolder({ 'ward.pathway': `${head}${rules}` });
      const { out } = await runCli(['roster', 'ward.pathway', '--effort', '3'], { cwd });
      // Twice three nights of eight hours are six of seven; four take both more nights and more hours.
      expect(out).toMatch(/Allow at most 4 nights a week, and at most 32 h per week for \d p.*: nothing is missing/);
      expect(out).toContain('(ward.pathway:8:3, ward.pathway:9:3)');
      expect(out).not.toMatch(/Allow at most 4 nights a week for/);
    },
  );

  test('says what leaves a person without a line', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder({ 'ward.pathway': SHORT });
    const { out } = await runCli(['roster', 'ward.pathway', '--roster', 'Lost', '--effort', '1'], { cwd });
    expect(out).toContain('Nurse 1 has no line: these cannot all be kept');
    expect(out).toContain('ward.pathway:23:3: "Nurse 1" Night on 2026-12-07');
    expect(out).toContain('ward.pathway:24:3: "Nurse 1" Early on 2026-12-08');
    expect(out).not.toContain('at most 2 nights in a row (Ours)');
  });
});
