import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bedCapacity, have1 } from '../../../interchange/test/have/reports.js';
import { runCli, temporaryFolder } from '../run-cli.js';

const CARE = `organisation Hospital { sector hospital }
resource Bed { at Hospital  kind space  count 3 }
cohort Stroke "Stroke" { arrives every exponential(3 h) }
pathway Care "Stroke care" for Stroke {
  owner Hospital
  step Triage { takes 20 min }
  hold 1 Bed as Ward {
    waits at most 4 h else { finish Elsewhere }
    step Stay { takes exponential(5 h) }
  }
  finish Home
}
`;

describe('pathway import', () => {
  test('has back what export wrote, in the canonical form and without an error', async () => {
    const cwd = temporaryFolder({ 'care/care.pathway': CARE });
    const written = await runCli(['export', 'care', '--to', 'bpmn', '--out', 'care.bpmn'], { cwd });
    expect(written.exitCode, written.err).toBe(0);
    const { exitCode, out, err } = await runCli(['import', 'care.bpmn', '--out', 'back/back.pathway'], { cwd });
    expect({ exitCode, out }, err).toEqual({ exitCode: 0, out: '' });
    expect(err).toContain('1 pathway with 2 steps.');
    expect((await runCli(['check'], { cwd: join(cwd, 'back') })).exitCode).toBe(0);
    expect((await runCli(['format', '--check'], { cwd: join(cwd, 'back') })).exitCode).toBe(0);
    const text = readFileSync(join(cwd, 'back/back.pathway'), 'utf8');
    expect(text).toContain('waits at most 4 h else {');
    expect(text).toContain('takes exponential(5 h)');
  });

  test('reads a file whose notes are damaged like one of another tool, and says so', async () => {
    const cwd = temporaryFolder({ 'care/care.pathway': CARE });
    await runCli(['export', 'care', '--to', 'bpmn', '--out', 'care.bpmn'], { cwd });
    const damaged = readFileSync(join(cwd, 'care.bpmn'), 'utf8').replace('takes 20 min', 'takes takes');
    writeFileSync(join(cwd, 'damaged.bpmn'), damaged);
    const { exitCode, out, err } = await runCli(['import', 'damaged.bpmn'], { cwd });
    expect(exitCode, err).toBe(0);
    expect(out).toContain('step Triage "Triage"');
    expect(err).toContain('What its notes for Pathway say cannot be read');
  });

  test.each([
    ['missing.bpmn', 'missing.bpmn does not exist'],
    ['care/care.pathway', 'care/care.pathway: It is text of the language already'],
  ])('says of %s what is wrong', async (file, message) => {
    const { exitCode, err } = await runCli(['import', file], { cwd: temporaryFolder({ 'care/care.pathway': CARE }) });
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  test('asks which pathway is exported where there are several', async () => {
    const cwd = temporaryFolder({
      'care.pathway': `${CARE}pathway Other { owner Hospital  step Rest { takes 1 h } }\n`,
    });
    const { exitCode, err } = await runCli(['export', '--to', 'bpmn'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toContain('There are 2 pathways: Care, Other.');
  });
});

describe('pathway import of a report of hospitals', () => {
  test('writes text that passes the check, and says what it leaves out', async () => {
    const report = have1({ name: 'Royal Devon', id: 'RH8', beds: [bedCapacity('AdultICU', 3, 12)] });
    const cwd = temporaryFolder({ 'beds.xml': report, 'project/.keep': '' });
    const { exitCode, err } = await runCli(['import', 'beds.xml', '--out', 'project/beds.pathway'], { cwd });
    expect(exitCode, err).toBe(0);
    expect(err).toContain('1 organisation with 1 kind of beds.');
    expect(err).toContain('- Line 6: Royal Devon: EMSTrafficStatus is Advisory.');
    const project = join(cwd, 'project');
    const check = await runCli(['check'], { cwd: project });
    expect(check.exitCode, check.out).toBe(0);
    expect((await runCli(['format', '--check'], { cwd: project })).exitCode).toBe(0);
  });

  test('names the place of what cannot be read', async () => {
    const cwd = temporaryFolder({ 'beds.xml': have1().slice(0, -4) });
    const { exitCode, err } = await runCli(['import', 'beds.xml'], { cwd });
    expect(exitCode).toBe(2);
    expect(err).toMatch(/beds\.xml:\d+:\d+: It is no well-formed XML/);
  });
});
