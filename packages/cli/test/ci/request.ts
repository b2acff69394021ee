import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeForge, fakeForge } from '../pipeline-steps.js';
import { repository, type TestRepository } from '../repository.js';
import { residentCommand } from '../resident-command.js';
import { runCli, temporaryFolder } from '../run-cli.js';

/** A ward with a study and a promise. */
export const CARE = `organisation Ward "Ward"
resource Bed { at Ward  count 4 }
cohort Patients { arrives every exponential(12 h) }

pathway Care "Ward care" for Patients {
  owner Ward
  hold 1 Bed as Stay { step Treat { takes exponential(1 d) } }
  finish Home
}

indicator Waited "Waited for a bed" {
  share of Stay waiting > 0 min
  aim experience
}

scenario Today { }

study Month {
  compare Today
  run 30 d after 5 d warm-up
  replicate 5 times
}

expect Waited <= 60% in Today
`;

/** The canonical form, so that the first check has nothing to say. */
export async function canonical(): Promise<string> {
  const cwd = temporaryFolder({ 'care.pathway': CARE });
  await runCli(['format'], { cwd });
  return readFileSync(join(cwd, 'care.pathway'), 'utf8');
}

export interface Request {
  readonly made: TestRepository;
  readonly forge: FakeForge;
  readonly base: string;
  readonly called: string;
  readonly edit: (from: string, to: string) => void;
}

/** A repository whose branch is to be merged: four beds become six. */
export async function request(): Promise<Request> {
  let care = await canonical();
  const made = repository({ 'care.pathway': care });
  const base = made.git('rev-parse', 'HEAD').trim();
  made.git('checkout', '--quiet', '-b', 'work');
  const edit = (from: string, to: string): void => {
    care = care.replace(from, to);
    made.write('care.pathway', care);
    made.commit(`${from} to ${to}`, 'Ben');
  };
  edit('count 4', 'count 6');
  return { made, forge: await fakeForge(), base, called: await residentCommand(), edit };
}
