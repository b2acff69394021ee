import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Outcome, runCli, temporaryFolder } from '../run-cli.js';

const TEXT = `import "std/health"
territory Devon "Devon" {
  ages 0 to 64: 926_000
  ages 65 and over: 274_000
}
territory Turin "Turin" {
  ages 0 to 64: 1_600_000
  ages 65 and over: 548_000
}
organisation Desk "Care coordination" { sector community  in Devon }
organisation Centrale "Centrale operativa" { sector community  in Turin }
organisation ADI "Assistenza domiciliare" { sector home  in Turin }
role DistrictNurse "District nurse" { isco "2221"  has GeneralNursing registered, HomeVisit }
role Infermiere "Infermiere" { isco "2221"  has GeneralNursing registered }
role Autista "Autista" { isco "8322" }
staff 6 DistrictNurse at Desk { on duty 4 }
staff 9 Infermiere at Centrale { on duty 5 }
staff 2 Autista at ADI { on duty 1 }
cohort AtRisk "People at risk" {
  arrives by population { ages 65 and over: 2_000 per year per 100_000 }
}
template pathway Round "Call-round" for AtRisk {
  needs organisation Caller "Who calls" sector community
  needs role Nurse "Community nurse" with HomeVisit, GeneralNursing registered isco "2221"
  needs number Calls "Calls in an hour" = 6
  owner Caller
  step Call "Call" { at Caller  by 1 Nurse  takes 60 min / Calls }
}
indicator Waited "Wait for the call" { wait for Round.Call  aim experience }
deploy Round in Devon {
  Caller = Desk
  Nurse = DistrictNurse
  Calls = 5
}
scenario Today "Today" { }
study Calls "Calls" {
  compare Today
  run 20 d after 2 d warm-up
  replicate 3 times
}
`;

/** Carries the template of the text to Turin, or does what is said instead. */
function transferIn(text: string, args: readonly string[] = ['Round', '--to', 'Turin']): Promise<Outcome> {
  return runCli(['transfer', ...args], { cwd: temporaryFolder({ 'a.pathway': text }) });
}

describe('pathway transfer', () => {
  test('tells what is there, near and missing, how many come, and what comes of it in both places', async () => {
    const { exitCode, out } = await transferIn(TEXT);
    expect(exitCode).toBe(0);
    expect(out).toContain('Call-round in Turin, beside Devon');
    expect(out).toMatch(/Who calls +Centrale operativa: sector community, as needed/);
    expect(out).toMatch(
      /Community nurse +Infermiere: has 1 of 2 skills, ISCO 2221, as needed +Train Infermiere in Visits at home/,
    );
    expect(out).toMatch(/Calls in an hour +the template says 6; where it comes from it is 5 +Measure it here/);
    // 548 000 × 2 000 / 100 000 = 10 960 a year, 30.0 a day; half of it in Devon.
    expect(out).toMatch(
      /65 and over +2,000 per 100,000 +548,000 +10,960 +274,000 +5,480\n\n30 a day in Turin, 15 in Devon\./,
    );
    expect(out).toMatch(/Wait for the call +\S+ .*\n/);
    expect(out).toContain('In use: Infermiere, Centrale operativa');
    expect(out).toContain('In use: District nurse, Care coordination');
    expect(out).toContain('deploy Round in Turin as RoundInTurin {');
  });

  test('is in the language of the reader, as a page too', async () => {
    const { out } = await transferIn(TEXT, [
      'Round',
      '--to',
      'Turin',
      '--language',
      'de',
      '-q',
      '--format',
      'markdown',
    ]);
    expect(out).toContain('## Call-round in Turin, neben Devon');
    expect(out).toMatch(/Infermiere: hat 1 von 2 Fähigkeiten, ISCO 2221, wie verlangt \| Infermiere schulen in/);
    expect(out).toContain('die Vorlage sagt 6; wo sie herkommt, ist es 5');
    expect(out).toContain('| 65 und älter | 2.000 je 100.000 |');
    expect(out).toContain('```pathway\ndeploy Round in Turin as RoundInTurin {');
  });

  test('is a page with charts of who comes and what comes of it', async () => {
    const { exitCode, out } = await transferIn(TEXT, ['Round', '--to', 'Turin', '-n', '2', '-q', '--format', 'html']);
    expect(exitCode).toBe(0);
    expect(out).toContain('<h1>Call-round in Turin, beside Devon</h1>');
    expect(out.match(/<svg class="chart"/g)).toHaveLength(3);
    expect(out).toContain('65 and over, Turin: 10,960; 65 and over, Devon: 5,480');
    expect(out).toMatch(/<pre[^>]*><code>deploy Round in Turin as RoundInTurin \{/);
    const ids = Array.from(out.matchAll(/\bid="([^"]+)"/g), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('writes a draft as a file of its own that compiles, also once every edit that it offers is made', async () => {
    const files = { 'region/a.pathway': TEXT, 'pathway.config.json': '{}' };
    const cwd = temporaryFolder(files);
    const out = 'drafts/turin.pathway';
    mkdirSync(join(cwd, 'drafts'));
    const made = await runCli(['transfer', 'Round', '--to', 'Turin', '--format', 'draft', '-q', '--out', out], { cwd });
    expect(made.exitCode, made.err).toBe(0);
    const draft = readFileSync(join(cwd, out), 'utf8');
    expect(draft).toMatch(/^import "\.\.\/region\/a\.pathway"\n\ndeploy Round in Turin as RoundInTurin \{/);
    const checked = await runCli(['check'], { cwd });
    expect([checked.exitCode, checked.out]).toEqual([0, expect.not.stringContaining('PW8040')]);
    const edited = draft.replaceAll(/\/\/ (\w+ = )/g, '$1');
    expect(edited).not.toBe(draft);
    writeFileSync(join(cwd, out), edited);
    const again = await runCli(['check'], { cwd });
    expect([again.exitCode, again.out]).toEqual([0, expect.not.stringContaining('drafts/')]);
  });

  test('goes on with what a territory has begun, and says what it takes the place of', async () => {
    const begun = 'deploy Round in Turin as TurinRound {\n  Nurse = Autista\n  Calls = 4 source Pilot\n}\n';
    const sources = 'source Pilot "Pilot" { grade B }\n';
    const { out } = await transferIn(`${TEXT}${sources}${begun}`, ['Round', '--to', 'Turin', '-n', '2']);
    expect(out).toMatch(/Community nurse +Autista: has 0 of 2 skills, ISCO 8322 for 2221 +Train Autista in/);
    expect(out).toMatch(/Calls in an hour +here it is 4/);
    expect(out).toContain('Call-round in Turin, beside Devon');
    const draft = out.slice(out.indexOf('// takes the place'));
    expect(draft).toMatch(
      /^\/\/ takes the place of the deployment in a\.pathway:42\ndeploy Round in Turin as TurinRound \{/,
    );
    expect(draft).toContain('  Caller = Centrale\n');
    expect(draft).toContain('  Nurse = Autista\n');
    expect(draft).toContain('  Calls = 4 source Pilot\n');
  });

  test('stands beside a territory only where the template is wholly deployed', async () => {
    const half = TEXT.replace('  Nurse = DistrictNurse\n', '');
    const { exitCode, out } = await transferIn(half, ['Round', '--to', 'Turin', '-n', '2']);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^Call-round in Turin\n/)]);
  });

  test('says that one organisation does both where nothing better is there', async () => {
    const both = TEXT.replace(
      '  needs number',
      '  needs organisation Visitor "Who visits" sector community\n' +
        '  needs agreement Referral "Referral" between Caller, Visitor { data "form" }\n  needs number',
    );
    const { out } = await transferIn(
      both.replace('  Nurse = DistrictNurse', '  Visitor = Desk\n  Nurse = DistrictNurse'),
    );
    expect(out).toMatch(/Referral +Centrale operativa is both/);
  });

  test('simulates nothing where something is missing, and says what', async () => {
    const poor = TEXT.replace('staff 9 Infermiere at Centrale { on duty 5 }', '');
    const { exitCode, out } = await transferIn(poor);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/Missing \(1\)\n.*\n.*\nCommunity nurse +nothing here comes near/);
    expect(out).toContain('Nothing is simulated: something that it needs is missing.');
    expect(out).toContain('  // Nurse =');
  });

  test('says what it does not find', async () => {
    const unknown = await transferIn(TEXT, ['Rond', '--to', 'Turin']);
    expect([unknown.exitCode, unknown.err]).toEqual([2, expect.stringContaining('did you mean Round?')]);
    const nowhere = await transferIn(TEXT, ['Round']);
    expect([nowhere.exitCode, nowhere.err]).toEqual([2, expect.stringContaining('Say which territory')]);
  });
});
