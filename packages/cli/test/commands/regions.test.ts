import { describe, expect, test } from 'vitest';
import { type Outcome, runCli, temporaryFolder } from '../run-cli.js';

const TEXT = `import "std/readiness"

territory Devon "Devon" {
  population 1_200_000
  entrypoint Desk for citizens, professionals
}
territory Turin "Turin" { population 2_200_000 }
organisation Desk "Care coordination" {
  sector community
  in Devon
  phone "+44 1392 000000"
  hours "Mon-Fri 08:00-18:00"
  languages en, cy
  accepts "adults who live in Devon"
}
organisation HomeTeam "Home-care team" {
  sector home
  in Devon
}
travel Road "Roads" { from Desk to HomeTeam 12 min }
template pathway Round "Call-round" {
  needs organisation Caller
  needs maturity ProcessCoordination >= 4
  owner Caller
  step Call { at Caller  takes 10 min }
}
assessment First "Readiness 2025" of Devon using SciroccoExchange on 2025-01-15 {
  rater R1 { ProcessCoordination 1  ReadinessToChange 2 }
}
assessment Second "Readiness 2026" of Devon using SciroccoExchange on 2026-01-15 {
  rater R1 { ProcessCoordination 2 because "each house has its own form"  ReadinessToChange 0 because "nobody asks us" }
  rater R2 { ProcessCoordination 3  ReadinessToChange 4 because "joint board since 2024" }
  rater R3 { ProcessCoordination 2  ReadinessToChange 4 }
  improve ProcessCoordination to 4 by 2027-06-30 owner Desk "One referral form"
}
assessment There "Readiness of Turin" of Turin using SciroccoExchange on 2026-02-01 {
  rater R1 { ProcessCoordination 5  ReadinessToChange 3 }
}
pathway Care "Care" {
  owner Desk
  step Visit { takes 10 min }
}
question NightCover "Who calls at night?" for HomeTeam, Desk {
  asked 2026-03-01
  blocks Care
}
question Forms "Which form?" for Desk { asked 2026-02-01 }
decision OneForm "The form of Devon" {
  answers Forms
  decided 2026-03-01 by Desk
  because "all have it"
}
`;

/** Runs a command on the text. */
function runOn(text: string, ...args: readonly string[]): Promise<Outcome> {
  return runCli(args, { cwd: temporaryFolder({ 'a.pathway': text }) });
}

describe('pathway readiness', () => {
  test('shows split dimensions first, then what is agreed, gaps, twins and the plan', async () => {
    const { exitCode, out } = await runOn(TEXT, 'readiness', '--territory', 'Devon');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/raters are split\nReadiness to change: 0, 4, 4\n- 0 by R1: nobody asks us/);
    expect(out).toMatch(/Readiness to change +0 4 4 +4 +2 +split +66\.7 % +1\.33\n/);
    expect(out).toMatch(/Process coordination +2 2 3 +2 +1 +2 +Initial +100 % +0\.333\n/);
    // Required 4, here 2, there 5: all of the gap of 2 is covered, and nothing of a gap of 0.
    expect(out).toMatch(/Process coordination +4 +2 +2 +Call-round +Care coordination, by 2027-06-30\n/);
    expect(out).toMatch(/Turin +100 % +0 % +Process coordination\n/);
    expect(out).toMatch(/2027-06-30 +Process coordination +4 +no +Care coordination +One referral form\n/);
    // Units {0, 4, 4} and {2, 2, 3}: observed (64 / 2 + 4 / 2) / 6; all pairs (140 over 6 values) / (6 × 5).
    expect(out).toContain(`alpha -0.232`);
    expect(out).not.toContain('Readiness of Turin');
  });

  test('draws a radar with whiskers, what was before and what is required', async () => {
    const { exitCode, out } = await runOn(TEXT, 'readiness', '--territory', 'Devon', '--format', 'svg');
    expect(exitCode).toBe(0);
    expect(out).toContain('<desc>Readiness to change: 4, from 0 to 4, split;');
    expect(out.match(/<circle/g)).toHaveLength(2);
    expect(out).toMatch(/>required<.*|>before</);
  });

  test('measures a twin by the whole gap, also where the other was rated on little', async () => {
    const text = `import "std/readiness"
territory Hill { population 1 }
territory Coast { population 1 }
territory Plain { population 1 }
assessment H of Hill using SciroccoExchange { rater R { Funding 1  CapacityBuilding 2  EvaluationMethods 0 } }
assessment C of Coast using SciroccoExchange { rater R { Funding 3  CapacityBuilding 3  EvaluationMethods 4 } }
assessment P of Plain using SciroccoExchange { rater R { Funding 5 } }
`;
    const { out } = await runOn(text, 'readiness', '--territory', 'Hill');
    // The gap to 5 points is 4 + 3 + 5 = 12; Coast is ahead by 2 + 1 + 4 = 7, Plain by 4. Hill is ahead of neither.
    expect(out).toMatch(
      /Twins\n.*\n.*\nCoast +58\.3 % +0 % +Funding, Evaluation methods, Capacity building\nPlain +33\.3 %/,
    );
  });

  test('is a page with the radar and the years, and one instrument of several', async () => {
    const second = 'assessment List of Devon using RegionalCollaboration { rater R1 { Finance 1 } }\n';
    const args = ['readiness', '--territory', 'Devon', '--instrument', 'SciroccoExchange', '--format', 'html', '-q'];
    const { exitCode, out } = await runOn(TEXT + second, ...args);
    expect(exitCode).toBe(0);
    expect(out).toContain('<h1>Devon: Readiness 2026</h1>');
    expect(out.match(/<svg/g)).toHaveLength(2);
    expect(out).toContain('Process coordination: 2025-01-15 1, 2026-01-15 2;');
    expect(out).not.toContain('Checklist');
    const other = await runOn(TEXT + second, 'readiness', '--instrument', 'RegionalCollaboration');
    expect(other.out).toMatch(/^Devon: List\nChecklist for regional collaboration, 1 rater\./);
  });

  test('says what it cannot show', async () => {
    const two = await runOn(TEXT, 'readiness', '--format', 'svg');
    expect([two.exitCode, two.err]).toEqual([
      2,
      expect.stringContaining('among: Devon, SCIROCCO Exchange; Turin, SCIROCCO Exchange.'),
    ]);
    const wrong = await runOn(TEXT, 'readiness', '--territory', 'Devin');
    expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('did you mean Devon?')]);
    const none = await runOn('organisation Ward { sector hospital }\n', 'readiness');
    expect([none.exitCode, none.err]).toEqual([
      2,
      expect.stringContaining('No territory of this project was assessed.'),
    ]);
  });
});

describe('pathway directory', () => {
  test('lists entry points first, with hours, languages and ways', async () => {
    const { exitCode, out } = await runOn(TEXT, 'directory');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Care coordination\n {2}entry point for citizens, professionals\n/);
    expect(out).toContain('  on the way      12 min from Care coordination\n');
  });

  test('is a page in which numbers can be called, a part for each territory', async () => {
    const { exitCode, out } = await runOn(TEXT, 'directory', '--format', 'html', '-q');
    expect(exitCode).toBe(0);
    expect(out).toContain('<a href="tel:+441392000000">+44 1392 000000</a>');
    expect(out.match(/<h2[^>]*>Devon</g)).toHaveLength(1);
    expect(out.match(/<article/g)).toHaveLength(2);
    const markdown = await runOn(TEXT, 'directory', '--format', 'markdown', '-q');
    expect(markdown.out).toMatch(/^## Devon\n\n### Care coordination\n\n- entry point for: citizens, professionals\n/);
  });

  test('is a table, and FHIR with times that machines read, and with its organisations and places', async () => {
    const table = await runOn(TEXT, 'directory', '--format', 'csv');
    expect(table.out).toContain('HomeTeam,Home-care team,home,,Devon,,,,,,,,Care coordination: 12');
    const { out } = await runOn(TEXT, 'directory', '--format', 'fhir');
    expect(JSON.parse(out)).toMatchObject({
      resourceType: 'Bundle',
      entry: [
        {
          resource: {
            resourceType: 'HealthcareService',
            id: 'Desk',
            telecom: [{ system: 'phone', value: '+44 1392 000000' }],
            communication: [{ coding: [{ code: 'en' }] }, { coding: [{ code: 'cy' }] }],
            availableTime: [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'], availableStartTime: '08:00:00' }],
          },
        },
        { resource: { id: 'HomeTeam' } },
        { resource: { resourceType: 'Organization', id: 'Desk' } },
        { resource: { resourceType: 'Organization', id: 'HomeTeam' } },
        { resource: { resourceType: 'Location', id: 'territory-Devon' } },
        { resource: { resourceType: 'Location', id: 'territory-Turin' } },
        { resource: { resourceType: 'Location', id: 'site-Desk' } },
        { resource: { resourceType: 'Location', id: 'site-HomeTeam' } },
      ],
    });
  });
});

describe('what is told of regions', () => {
  // A word that only this language has, in each of the three.
  test.each([
    ['en', 'Talk about these first', 'entry point for', 'Open questions'],
    ['it', 'Da discutere per primi', 'punto di accesso per', 'Domande aperte'],
    ['es', 'Para hablar primero', 'punto de entrada para', 'Preguntas abiertas'],
    ['pt', 'Para falar primeiro', 'ponto de entrada para', 'Perguntas em aberto'],
    ['pl', 'Omówić najpierw', 'punkt wejścia dla', 'Otwarte pytania'],
    ['fr', 'À discuter d’abord', 'point d’entrée pour', 'Questions ouvertes'],
    ['nl', 'Praat hier het eerst over', 'toegangspunt voor', 'Open vragen'],
    ['de', 'Zuerst darüber sprechen', 'Anlaufstelle für', 'Offene Fragen'],
  ])('is in %s', async (language, split, entry, open) => {
    const told = (...args: string[]): Promise<Outcome> => runOn(TEXT, ...args, '--language', language);
    expect((await told('readiness', '--territory', 'Devon')).out).toContain(split);
    expect((await told('directory')).out).toContain(entry);
    expect((await told('minutes')).out).toContain(`## ${open}`);
  });

  test('is in the words of the language in pictures too', async () => {
    const picture = await runOn(TEXT, 'readiness', '--territory', 'Devon', '--format', 'svg', '--language', 'it');
    expect(picture.out).toContain('>dalla valutazione più bassa alla più alta<');
    expect(picture.out).toContain('da 0 a 4, divisi;');
  });
});

describe('pathway minutes', () => {
  test('tells what is open and how long, where raters are split, and what was decided', async () => {
    const { exitCode, out } = await runOn(TEXT, 'minutes', '--as-of', '2026-05-01');
    expect(exitCode).toBe(0);
    expect(out).toContain(
      '- **Who calls at night?** For Home-care team, Care coordination. Asked 2026-03-01 (61 days ago). Blocks the sign-off of Care.',
    );
    expect(out).toContain('- **Readiness to change** (Devon, Readiness 2026): 0, 4, 4');
    expect(out).toContain(
      '- **The form of Devon.** Decided 2026-03-01, by Care coordination. Because: all have it. Answers: Which form?',
    );
    expect(out).not.toContain('**Which form?**');
    const page = await runOn(TEXT, 'minutes', '--as-of', '2026-05-01', '--format', 'html');
    expect(page.out).toContain(
      '<li>Who calls at night? For Home-care team, Care coordination. Asked 2026-03-01 (61 days ago).',
    );
    expect(page.out).toMatch(/Readiness to change \(Devon, Readiness 2026\): 0, 4, 4[^]*?<li>0 by /u);
    // On a day before it was asked it has no age.
    const before = await runOn(TEXT, 'minutes', '--as-of', '2026-02-01');
    expect(before.out).toContain('Asked 2026-03-01. Blocks');
  });

  test('what a question blocks is not approved', async () => {
    const { exitCode, err } = await runOn(TEXT, 'approve', 'Care', '--by', 'Desk');
    expect([exitCode, err]).toEqual([2, expect.stringContaining('Care waits for an answer: Who calls at night?')]);
  });
});
