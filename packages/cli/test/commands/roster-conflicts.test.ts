import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

interface Place {
  readonly sentence: string;
  readonly place?: string;
}

interface Made {
  readonly optimal: boolean;
  readonly shortfalls: readonly object[];
  readonly withoutLine: readonly string[];
  readonly explanation?: {
    readonly conflicts: readonly { readonly smallest: boolean; readonly parts: readonly Place[] }[];
    readonly relaxations: readonly {
      readonly kind: string;
      readonly sentence: string;
      readonly missingHours: number;
      readonly cost: number;
    }[];
  };
}

const HEAD = `organisation Ward "Ward" { sector hospital }
skill Lead "Leads a shift"
role Nurse "Nurse"
role Senior "Senior" { has Lead }
shift Early 07:00-15:00
shift Late 14:30-22:30
shift Night 22:00-07:30
`;

/** A week with these people, this rule, and these lines of the roster, each on a line of its own. */
function ward(staff: readonly string[], rules: readonly string[], lines: readonly string[]): string {
  return `${HEAD}${staff.join('\n')}
rules Ours {
${rules.map((rule) => `  ${rule}`).join('\n')}
}
roster December "December" {
  from 2026-12-07 for 7 days
  with staff at Ward
  under Ours
${lines.map((line) => `  ${line}`).join('\n')}
}
`;
}

async function made(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Made> {
  const cwd = temporaryFolder(files);
  const args = ['roster', 'ward.pathway', '--effort', '2', '--format', 'json', ...options];
  return JSON.parse((await runCli(args, { cwd })).out) as Made;
}

/** Everything without one line of a file. */
function withoutLine(files: Readonly<Record<string, string>>, place: string): Readonly<Record<string, string>> {
  const [file = '', line = ''] = place.split(':');
  const lines = (files[file] ?? '').split('\n');
  return { ...files, [file]: lines.toSpliced(Number(line) - 1, 1).join('\n') };
}

const NURSES = 'staff 5 Nurse at Ward { contract 40 h/week  works Early, Late, Night  on duty 1 }';
const REST = 'rest at least 11 h';

describe('a roster that cannot be kept', () => {
  const cases: readonly {
    readonly name: string;
    readonly files: Readonly<Record<string, string>>;
    /** In the conflict, with the line where it stands. */
    readonly conflict: readonly string[];
    readonly cheapest: RegExp;
  }[] = [
    {
      name: 'has too few people on a shift',
      files: { 'ward.pathway': ward([NURSES], [REST], ['cover 3 Nurse on Early, Late only on Mon']) },
      conflict: [
        'ward.pathway:16:3: cover 3 Nurse on Early, Late',
        'ward.pathway:8:1: the roster has no more than 5 Nurse',
      ],
      cheapest: /^Borrow 1 Nurse on Monday \w+: nothing is missing\.$/,
    },
    {
      name: 'has a rule that lets nobody work a shift',
      files: { 'ward.pathway': ward([NURSES], ['nights at most 8 h'], ['cover 1 Nurse on Night only on Mon, Wed']) },
      conflict: ['ward.pathway:10:3: nights at most 8 h (Ours)', 'ward.pathway:16:3: cover 1 Nurse on Night'],
      // An hour more would let nobody work it either; one person is enough.
      cheapest: /^Allow nights at most 9\.5 h for 1 person \(Nurse \d\): nothing is missing\.$/,
    },
    {
      name: 'has everybody on leave',
      files: {
        'ward.pathway': ward(
          ['staff from "people.csv" as Nurse at Ward { contract 40 h/week  works Early  on duty 1 }'],
          [REST],
          ['cover 1 Nurse on Early'],
        ),
        'people.csv': 'id,leave\nN1,2026-12-09..2026-12-10\nN2,2026-12-08..2026-12-09\nN3,2026-12-09\n',
      },
      conflict: [
        'people.csv:2:1: "N1" is on leave from 2026-12-09 until 2026-12-10',
        'people.csv:3:1: "N2" is on leave from 2026-12-08 until 2026-12-09',
        'people.csv:4:1: "N3" is on leave on 2026-12-09',
        'ward.pathway:16:3: cover 1 Nurse on Early on 2026-12-09',
      ],
      cheapest: /^Allow work on days of leave for 1 person \(N\d\): nothing is missing\.$/,
    },
    {
      name: 'wants a skill on a shift that nobody with it works',
      files: {
        'ward.pathway': ward(
          [NURSES, 'staff 3 Senior at Ward { contract 40 h/week  works Early, Late  on duty 1 }'],
          [REST],
          ['cover 1 with Lead on Night only on Tue, Thu'],
        ),
      },
      conflict: [
        'ward.pathway:9:1: 3 people of Senior, Ward work only Early, Late',
        'ward.pathway:17:3: cover 1 with Leads a shift on Night',
      ],
      cheapest: /^Allow Night to Senior, Ward for 1 person \(Senior \d\): nothing is missing\.$/,
    },
    {
      name: 'sets somebody on two shifts without the rest between them',
      files: {
        'ward.pathway': ward(
          [NURSES],
          [REST],
          ['cover 1 Nurse on Early', 'set "Nurse 3" Late on 2026-12-08', 'set "Nurse 3" Early on 2026-12-09'],
        ),
      },
      conflict: [
        'ward.pathway:10:3: rest at least 11 h (Ours)',
        'ward.pathway:17:3: "Nurse 3" Late on 2026-12-08',
        'ward.pathway:18:3: "Nurse 3" Early on 2026-12-09',
      ],
      cheapest: /^Leave out "Nurse 3" (?:Late on 2026-12-08|Early on 2026-12-09): Nurse 3 has a line\.$/,
    },
    {
      name: 'wants more hours than a rule gives',
      files: { 'ward.pathway': ward([NURSES], ['at most 16 h per week'], ['cover 2 Nurse on Early']) },
      conflict: ['ward.pathway:10:3: at most 16 h per week (Ours)', 'ward.pathway:16:3: cover 2 Nurse on Early'],
      // Fourteen shifts are two for each of one and three for each of four.
      cheapest: /^Allow at most 24 h per week for 4 people \(Nurse \d(?:, Nurse \d){3}\): nothing is missing\.$/,
    },
  ];

  test.each(cases)('$name: says so with lines, and what would help most cheaply', { timeout: 60_000 }, async (each) => {
    const { explanation } = await made(each.files);
    const [conflict, ...more] = explanation?.conflicts ?? [];
    expect(more).toEqual([]);
    expect(conflict?.smallest).toBe(true);
    expect(conflict?.parts.map(({ sentence, place }) => `${place ?? ''}: ${sentence}`)).toEqual(each.conflict);
    const [first, ...others] = explanation?.relaxations ?? [];
    expect(first?.sentence).toMatch(each.cheapest);
    expect(others.every(({ cost }) => cost >= (first?.cost ?? Infinity))).toBe(true);
  });

  test.each(cases.slice(4))(
    '$name: can be kept without any one line of the conflict',
    { timeout: 60_000 },
    async ({ files, conflict }) => {
      const whole = await made(files, '--no-explain');
      expect(whole.shortfalls.length + whole.withoutLine.length).toBeGreaterThan(0);
      // Without the line that is to be covered it would be no roster.
      for (const place of conflict.filter((each) => !each.includes('cover'))) {
        const { shortfalls, withoutLine: lost } = await made(withoutLine(files, place), '--no-explain');
        expect([place, shortfalls, lost]).toEqual([place, [], []]);
      }
    },
  );
});
