import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const PAID = readFileSync(new URL('../../../compiler/test/pipeline/budget.pathway', import.meta.url), 'utf8');

describe('pathway budget', () => {
  test('shows who pays whom in each scenario, and whose money moves where', async () => {
    const { exitCode, out } = await runCli(['budget'], { cwd: temporaryFolder({ 'a.pathway': PAID }) });
    expect(exitCode).toBe(0);
    expect(out).toContain('Per head of the 100000 people of The Shire, a year.');
    expect(out).toMatch(/Care board pays Hospital +22500 GBP +22500 GBP to 22500 GBP +8\.22 GBP\n/);
    expect(out).toMatch(/Balance of Hospital +-7700 GBP .*-6200 GBP/);
    expect(out).toContain('Care board pays 6200 GBP less; Hospital is 6200 GBP worse off.\nIncentives point apart');
  });

  test('writes rows for spreadsheets', async () => {
    const cwd = temporaryFolder({ 'a.pathway': PAID });
    const { exitCode, out } = await runCli(['budget', '--format', 'csv', '--study', 'Which'], { cwd });
    expect(exitCode).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^study,scenario,line,/);
    expect(out).toMatch(/^Which,Today,budget\.pays\.Board,total,Board,,Care board pays in all,GBP,24100,/m);
  });

  test('says what is missing where nobody pays', async () => {
    const cwd = temporaryFolder({ 'a.pathway': 'organisation Ward { sector hospital }\n' });
    const { exitCode, err } = await runCli(['budget'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('Nobody pays in this project');
    expect(err).toContain('payer NAME { pays STEP 310 GBP/d }');
  });
});
