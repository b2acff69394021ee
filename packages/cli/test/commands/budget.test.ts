import { readFileSync } from 'node:fs';
import { budgetFileSchema } from '@pathway/compiler';
import { describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../run-cli.js';

const PAID = readFileSync(new URL('../../../compiler/test/pipeline/budget.pathway', import.meta.url), 'utf8');

describe('pathway budget', () => {
  test('shows who pays whom in each scenario, and whose money moves where', async () => {
    const { exitCode, out } = await runCli(['budget'], { cwd: temporaryFolder({ 'a.pathway': PAID }) });
    expect(exitCode).toBe(0);
    expect(out).toContain('of the people where the organisations of a line are, The Shire (100,000).');
    expect(out).toMatch(/Care board pays Hospital +22,500 GBP +22,500–22,500 GBP +8\.22 GBP\n/);
    expect(out).toMatch(/Balance of Hospital +−7,700 GBP .*−6,200 GBP/);
    expect(out).toContain(
      'Care board pays 6,200 GBP less; Hospital is 6,200 GBP worse off.\n\nNote. Incentives point apart',
    );
  });

  test('is a page, data for machines, and in the language of the reader', async () => {
    const cwd = temporaryFolder({ 'a.pathway': `${PAID}\ntitle Hospital { nl "Ziekenhuis" }\n` });
    const page = await runCli(['budget', '--format', 'markdown'], { cwd });
    expect(page.out).toContain('| Who pays, and for what | Amount |');
    const dutch = await runCli(['budget', '--language', 'nl'], { cwd });
    expect(dutch.out).toMatch(/Care board betaalt Ziekenhuis +22\.500 GBP/);
    expect(dutch.out).toContain('Ziekenhuis gaat er 6.200 GBP op achteruit.');
    expect(dutch.out).toContain('Let op. Prikkels lopen uiteen');
    const machine: unknown = JSON.parse((await runCli(['budget', '--format', 'json'], { cwd })).out);
    expect(budgetFileSchema.parse(machine).studies[0]?.study).toBe('Which');
    const unknown = await runCli(['budget', '--language', 'sv'], { cwd });
    expect([unknown.exitCode, unknown.err]).toEqual([2, expect.stringContaining('it, es, pt, pl, fr, nl, de')]);
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
