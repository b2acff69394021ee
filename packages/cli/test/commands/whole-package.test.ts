import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Outcome, runCli, temporaryFolder } from '../run-cli.js';

/** A package with a template and all that may stand beside one: crisis, response, trigger, promise, study, rules, roster codes. */
const INDEX = `import "std/health"
import "std/scales"
import "std/working-time"
import "std/readiness"

source Guess "A guess" { grade D }
template pathway Round "Call-round" for AtRisk {
  needs organisation Caller "Who calls" sector community
  needs role Nurse "Community nurse" with HomeVisit, GeneralNursing registered isco "2221"
  needs resource Line "Telephone line" kind stuff
  needs number Calls "Calls in an hour" = 1 source Guess
  owner Caller
  step Call "Call" { at Caller  by 1 Nurse  uses 1 Line  takes 60 min / Calls }
}
cohort AtRisk "People at risk" { arrives by population { ages 65 and over: 40_000 per year per 100_000 } }
trigger Busy "Many wait" sets Surge contingency at Round.Caller
  when queue(Round.Call) > 2 for 30 min until queue(Round.Call) < 1 for 2 h
crisis Hot "Heat" { from day 1 for 8 d  arrivals of AtRisk +60% }
response MoreLines "More lines" on Surge contingency at Round.Caller {
  add 4 Round.Line after 1 h
  call in 4 Round.Nurse from Round.Caller after 1 h
}
indicator Waited "Wait for the call" { wait for Round.Call  aim experience }
scenario NoPlan "Heat without a plan" { crisis Hot }
scenario Plan "Heat with a plan" { crisis Hot with MoreLines }
expect mean of Waited in Plan <= 90% of mean of Waited in NoPlan
study Rounds "Is the plan worth it?" {
  compare NoPlan, Plan
  from 2026-01-05
  run 12 d after 2 d warm-up
  replicate 6 times
}
rules Agreed "Working time of the calls" extends EuropeanWorkingTime { at most 3 days in a row }
`;

const PROJECT = `import "@hills/rounds"
import "std/health"
territory Hill "Hill" { ages 0 to 64: 80_000  ages 65 and over: 20_000 }
territory Coast "Coast" { ages 0 to 64: 200_000  ages 65 and over: 40_000 }
organisation HillDesk "Hill desk" { sector community  in Hill }
organisation CoastDesk "Coast desk" { sector community  in Coast }
role HillNurse "Nurse of the hills" { isco "2221"  has HomeVisit, GeneralNursing registered }
role CoastNurse "Nurse of the coast" { isco "2221"  has HomeVisit, GeneralNursing registered }
shift Day 08:00-16:00
staff 6 HillNurse at HillDesk { contract 37.5 h/week  works Day  on duty 1 }
staff 6 CoastNurse at CoastDesk { contract 37.5 h/week  works Day  on duty 2 }
resource HillLine "Line of the hills" { at HillDesk  count 1 }
resource CoastLine "Line of the coast" { at CoastDesk  count 2 }
deploy Round in Hill { Caller = HillDesk  Nurse = HillNurse  Line = HillLine }
deploy Round in Coast as CoastRound { Caller = CoastDesk  Nurse = CoastNurse  Line = CoastLine }
roster January "January" {
  from 2026-01-05 for 1 weeks
  cover 1 HillNurse on Day
  with staff at HillDesk
  under Agreed
}
`;

const below = (folder: string): Record<string, string> => ({
  [`${folder}/package.json`]: JSON.stringify({
    name: '@hills/rounds',
    version: '1.2.0',
    license: 'CC-BY-4.0',
    keywords: ['pathway-package'],
  }),
  [`${folder}/index.pathway`]: INDEX,
});

/** A project that deploys the package twice, which stands beside it and, where wanted, in it. */
function project({ isKept = true } = {}): {
  readonly cwd: string;
  readonly run: (...args: string[]) => Promise<Outcome>;
} {
  const home = temporaryFolder({
    ...below('kb/rounds'),
    ...(isKept && below('place/pathway-packages/@hills/rounds')),
    'place/pathway.config.json': '{ "hub": ["../kb"] }',
    'place/main.pathway': PROJECT,
  });
  const cwd = join(home, 'place');
  return { cwd, run: (...args) => runCli(args, { cwd }) };
}

describe('a package that holds everything', () => {
  test('is added, and deployed twice without a finding, whatever is unused in it', async () => {
    const { run } = project({ isKept: false });
    expect((await run('hub', 'add', 'rounds')).exitCode).toBe(0);
    const { exitCode, out, err } = await run('check');
    expect([exitCode, out + err]).toEqual([0, expect.not.stringMatching(/PW\d{4}/)]);
  });

  test('runs its study and keeps its promise in each territory, by the demand of each', async () => {
    const { run } = project();
    const tested = await run('test', '--format', 'json', '-q');
    expect(tested.exitCode, tested.out).toBe(0);
    const simulated = await run('simulate', '--format', 'json', '-q');
    const results = JSON.parse(simulated.out) as readonly {
      readonly study: string;
      readonly scenarios: readonly { readonly scenario: string }[];
    }[];
    expect(results.map(({ study, scenarios }) => [study, ...scenarios.map(({ scenario }) => scenario)])).toEqual([
      ['Rounds', 'NoPlan', 'Plan'],
      ['CoastRound.Rounds', 'CoastRound.NoPlan', 'CoastRound.Plan'],
    ]);
    const { verdicts } = JSON.parse(tested.out) as { readonly verdicts: readonly { readonly verdict: string }[] };
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
  });

  test('brings rules of working time that a roster keeps', async () => {
    const { run } = project();
    const { exitCode, out } = await run('roster', '--format', 'json', '-q', '--effort', '1');
    expect(exitCode).toBe(0);
    const roster = JSON.parse(out) as {
      readonly rules: readonly { readonly kind: string; readonly limit: number; readonly file: string }[];
    };
    expect(roster.rules).toContainEqual(
      expect.objectContaining({ kind: 'most days in a row', limit: 3, file: 'package:@hills/rounds/index.pathway' }),
    );
  });

  test('is told where another version of it is near', async () => {
    const { cwd, run } = project();
    const other = join(cwd, '..', 'kb', 'rounds', 'package.json');
    writeFileSync(other, readFileSync(other, 'utf8').replace('1.2.0', '1.3.0'));
    expect((await run('hub', 'search', 'rounds')).out).toMatch(
      /^@hills\/rounds 1\.2\.0 .*kept by this project.*\n {2}also here: 1\.3\.0, in a folder: \.\.\/kb\/rounds\n/,
    );
  });

  test('takes as many replications as are asked for where it is carried on', async () => {
    const { run } = project();
    const { out } = await run('transfer', 'Round', '--to', 'Coast', '-n', '2', '-q');
    expect(out).toContain('2 replications of Is the plan worth it? (Coast)');
  });
});
