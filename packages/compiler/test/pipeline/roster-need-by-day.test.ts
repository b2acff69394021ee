import { fewestServers, type RosterChange } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { repairOfRoster, taskOfRoster } from '../../src/index.js';
import { modelOf } from './budget-of-text.js';

/** Four patients an hour from Monday 7 December, an hour of a nurse each; twice as many on Wednesday and Thursday. */
const TEXT = `
organisation Ward "Ward" { sector hospital }
role Nurse "Nurse"
shift Day 00:00-12:00
shift Night 12:00-24:00
staff 40 Nurse at Ward as Nurses { contract 37.5 h/week  works Day, Night  on duty 8 }
cohort Patients "Patients" { arrives 96 per day }
pathway Care "Care" for Patients {
  owner Ward
  step Visit { by 1 Nurse  takes 1 h }
}
scale Surge { conventional < crisis }
response Short "Shorter visits" adapts Care on Surge crisis { replace Visit with { step Look { by 1 Nurse  takes 15 min } } }
crisis Wave "Wave" {
  from day 2 for 2 d
  arrivals of Patients +100%
}
scenario Usual "Usual" {}
scenario InWave "In the wave" { crisis Wave with Short }
study Week "Week" {
  compare Usual, InWave
  from 2026-12-07
  run 7 d
  replicate 1 times
}
roster December "December" {
  from 2026-12-07 for 7 days
  cover Care in InWave at 80%
  with Nurses
}
`;

async function coverByDay(text: string): Promise<readonly number[]> {
  const model = await modelOf(text);
  const { task } = taskOfRoster(model, model.rosters![0]!);
  return wantedIn(task);
}

function wantedIn({ problem }: ReturnType<typeof taskOfRoster>['task']): readonly number[] {
  return Array.from({ length: 7 }, (_, day) =>
    Math.max(0, ...problem.needs.filter(({ slots }) => slots[0]?.day === day).map(({ required }) => required)),
  );
}

const WITH_LEVEL = TEXT.replace(
  '  with Nurses',
  '  with Nurses\n  level Surge crisis from 2026-12-10 until 2026-12-10',
);

describe('the need of a roster from pathways', () => {
  test('follows the crises of its scenario by date', async () => {
    const [monday, tuesday, wednesday, thursday, friday, saturday] = await coverByDay(TEXT);
    expect([tuesday, friday, saturday]).toEqual([monday, expect.any(Number), monday]);
    expect(wednesday).toBe(thursday);
    // So many that by Erlang's C at most a fifth waits, at loads of 4 and 8.
    expect([monday, wednesday]).toEqual([fewestServers(4, 0.2), fewestServers(8, 0.2)]);
  });

  test('follows the responses that levels of the roster call for, also those that a change tells', async () => {
    const usual = await coverByDay(TEXT);
    const levelled = await coverByDay(WITH_LEVEL);
    expect(levelled.slice(0, 3)).toEqual(usual.slice(0, 3));
    // Of Thursday's first hour the visits before midnight are not over: the need of a shift is its highest hour.
    expect(levelled[3]).toBeLessThan(usual[3]!);
    const model = await modelOf(TEXT);
    const [roster] = model.rosters!;
    const change: RosterChange = {
      name: 'Strain',
      known: '2026-12-09T12:00',
      absences: [],
      cover: [],
      levels: [{ scale: 'Surge', level: 'crisis', since: '2026-12-10', until: '2026-12-10', origin: roster!.origin }],
      origin: roster!.origin,
    };
    const { task } = taskOfRoster(model, roster!);
    const people = task.members.map(({ id }) => ({ person: id, shifts: new Array<null>(7).fill(null) }));
    const standing = { roster: roster!.id, from: roster!.from, days: 7, people };
    expect(wantedIn(repairOfRoster(model, roster!, change, standing).task)).toEqual(levelled);
  });

  test('says what it assumes or leaves out, once, and of its own pathways alone', async () => {
    const notesOf = async (text: string): Promise<readonly string[]> => {
      const model = await modelOf(text);
      return taskOfRoster(model, model.rosters![0]!).task.notes;
    };
    const uncalled = 'Shorter visits: nothing that happens in the scenario calls for it.';
    expect(await notesOf(TEXT)).toEqual([uncalled]);
    expect(await notesOf(WITH_LEVEL)).toEqual([]);
    const reckoned =
      'trigger Strain sets Surge crisis when absence(Nurse) > 10% for 1 h until absence(Nurse) < 5% for 1 h\ncrisis Wave';
    expect(await notesOf(TEXT.replace('crisis Wave', reckoned))).toEqual([
      'Shorter visits: when it begins follows from a run alone; it counts only where a level that is set calls for it.',
    ]);
    expect(await notesOf(WITH_LEVEL.replace('crisis Wave', reckoned))).toEqual([]);
    const lost = WITH_LEVEL.replace(
      'organisation Ward',
      'resource Records "Records" { at Ward  kind system }\norganisation Ward',
    )
      .replace('step Visit { by 1 Nurse', 'step Visit { by 1 Nurse  depends on Records')
      .replace('  arrivals of', '  lose Records for 3 h at day 2\n  arrivals of');
    const twice = lost.replace('  with Nurses', '  cover Care in InWave at 90%\n  with Nurses');
    expect(await notesOf(twice)).toEqual([
      'Wave: what depends on systems and things that are lost, or on deliveries, is counted as if they were there.',
    ]);
    // Of the usual week as of the days of crises, and not of the work of another pathway.
    const unskilled = (named: string): string =>
      `${TEXT.replace('InWave at 80%', 'Usual at 80%')}
skill Suturing "Suturing"
cohort Others "Others" { arrives 1 per day }
pathway Other "Other" for Others { owner Ward  step Close "Close" { by 1 ${named}  takes 1 h } }`;
    const work = unskilled('with Suturing');
    expect(await notesOf(work)).toEqual([]);
    expect(await notesOf(work.replace('cover Care in', 'cover Other in'))).toEqual([
      'Close: Nobody has the skill Suturing that it needs.',
    ]);
  });
});
