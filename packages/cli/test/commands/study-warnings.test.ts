import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const ward = (gap: string, study: string): string => `organisation Ward "Ward"
resource Bed "Bed" { at Ward  count 10 }
number Gap "Time between arrivals" = ${gap}
cohort Patients "Patients" { arrives every exponential(Gap) }
pathway Care "Care" for Patients {
  owner Ward
  hold 1 Bed as Stay { step Treat { takes exponential(3 d) } }
}
indicator Waited "Waited for a bed" { share of Stay waiting > 0 min  aim experience }
scenario Today "As it is" { }
scenario Busy "A busy winter" { set Gap = 6 h }
study S "Study" {
  compare Today, Busy
${study}
  run 60 d
  replicate 2 times
}
`;

const simulate = async (text: string, ...options: string[]): Promise<Awaited<ReturnType<typeof runCli>>> =>
  runCli(['simulate', ...options], { cwd: temporaryFolder({ 'ward.pathway': text }) });

describe('a study that looks wrong', () => {
  test('is told before it runs, with the scenario that it is about, and runs all the same', async () => {
    const { exitCode, err, out } = await simulate(ward('8 h', ''));
    expect(exitCode).toBe(0);
    expect(err).toMatch(
      /warning PW5001 in A busy winter: Bed is asked for 12 at a time on average and has 10: its queue grows without end\.\nRunning Study/,
    );
    expect(out).toContain('A busy winter (2 replications)');
  });

  test('is told once, not again for each scenario, where the model itself is overloaded', async () => {
    const { err } = await simulate(ward('5 h', ''));
    expect(err.match(/is asked for/g)).toHaveLength(1);
  });

  test('is told of each value over which something varies', async () => {
    const { err } = await simulate(ward('9 h', '  vary Bed.count over 7, 12'));
    expect(err).toContain('PW5001 in As it is: Bed.count = 7: Bed is asked for 8 at a time');
    expect(err).toContain('PW5001 in A busy winter: Bed.count = 7: Bed is asked for 12 at a time');
    expect(err).toContain('PW5001 in A busy winter: Bed.count = 12');
  });

  test('is not told with --quiet', async () => {
    expect((await simulate(ward('8 h', ''), '--quiet')).err).toBe('');
  });
});

describe('an automatic warm-up', () => {
  const automatic = (gap: string): string =>
    ward(gap, '').replace('run 60 d', 'run 60 d after automatic warm-up').replace('Today, Busy', 'Today');

  test('is none where a queue grows without end, which is said with what to do', async () => {
    const { out } = await simulate(automatic('4 h'));
    expect(out).toContain('Warm-up of 30 d, chosen by MSER-5');
    expect(out).toMatch(
      /warning: Bed had not settled by the middle of the pilot runs.*no warm-up\. Give more capacity/,
    );
  });

  test('is told without a warning where everything settles', async () => {
    const { out } = await simulate(automatic('24 h'));
    expect(out).toContain('chosen by MSER-5');
    expect(out).not.toContain('had not settled');
  });
});
