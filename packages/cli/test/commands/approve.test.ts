import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository } from '../repository.js';
import { type Outcome, runCli, temporaryFolder } from '../run-cli.js';

const PLACES = `organisation Region
organisation Hospital "Hospital" { part of Region }
organisation Ambulance "Ambulance service"
role Matron
`;
const CARE = `import "./places.pathway"

resource Bed {
  at Hospital
  count 4
}

pathway Care "Ward care" {
  owner Hospital
  step Check {
    uses 1 Bed
    takes 10 min
  }
  finish Home
}
`;
const FILES = { 'places.pathway': PLACES, 'care.pathway': CARE };

interface Made {
  readonly cwd: string;
  readonly text: (file?: string) => string;
  readonly write: (text: string, file?: string) => void;
  readonly run: (...args: readonly string[]) => Promise<Outcome>;
}

function made(files: Readonly<Record<string, string>> = FILES, cwd = temporaryFolder(files)): Made {
  return {
    cwd,
    text: (file = 'care.pathway') => readFileSync(join(cwd, file), 'utf8'),
    write: (text, file = 'care.pathway') => writeFileSync(join(cwd, file), text),
    run: (...args) => runCli(args, { cwd }),
  };
}

const approveCare = (project: Made, ...more: readonly string[]) =>
  project.run('approve', 'Care', '--by', 'Hospital', ...more);

describe('pathway approve', () => {
  test('writes a line that checks, in canonical form, with the day', async () => {
    const project = made();
    const { exitCode, out, err } = await approveCare(project);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: 'Approved in care.pathway.\n' });
    expect(out).toMatch(/^approved Care by Hospital on 2026-04-02 as "m1-[0-9a-f]{40}"\n$/);
    expect(project.text()).toBe(`${CARE}\n${out}`);
    expect(await project.run('check')).toMatchObject({
      exitCode: 0,
      out: expect.not.stringContaining('PW704') as string,
    });
    expect((await project.run('format', '--check')).exitCode).toBe(0);
  });

  test('puts a new line in the place of the same approver, and beside those of others', async () => {
    const project = made();
    await approveCare(project, '--on', '2026-03-01');
    await project.run('approve', 'Care', '--by', 'Matron', '--on', '2026-03-02');
    project.write(project.text().replace('count 4', 'count 6'));
    const { err } = await approveCare(project);
    expect(err).toBe('Approved anew in care.pathway.\n');
    const lines = project
      .text()
      .split('\n')
      .filter((line) => line.startsWith('approved'));
    expect(lines.map((line) => line.slice(0, 43).trimEnd())).toEqual([
      'approved Care by Hospital on 2026-04-02 as',
      'approved Care by Matron on 2026-03-02 as "m',
    ]);
    expect((await approveCare(project)).err).toBe('Approved already in care.pathway.\n');
  });

  test('signs off a crisis, which does not depend on what it merely happens to', async () => {
    const crisis = 'crisis Heat {\n  from day 20 for 10 d\n  absent Matron 12%\n}\n';
    const project = made({ ...FILES, 'crisis.pathway': `import "./places.pathway"\n\n${crisis}` });
    expect((await project.run('approve', 'Heat', '--by', 'Hospital')).err).toBe('Approved in crisis.pathway.\n');
    project.write(CARE.replace('count 4', 'count 6'));
    expect((await project.run('check')).out).not.toContain('PW7040');
    project.write(project.text('crisis.pathway').replace('12%', '20%'), 'crisis.pathway');
    expect((await project.run('check')).out).toContain('PW7040');
  });

  test('finds a file that sees both, and writes names as that file sees them', async () => {
    const others = { 'places.pathway': PLACES, 'care.pathway': 'pathway Care { finish Home }\n' };
    const project = made({ ...others, 'main.pathway': 'import "./places.pathway" as here\nimport "./care.pathway"\n' });
    expect((await approveCare(project)).exitCode).toBe(0);
    expect(project.text('main.pathway')).toContain('\n\napproved Care by here.Hospital on');
    const apart = made(others);
    expect(await approveCare(apart)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('No file of the project sees both Care and Hospital.') as string,
    });
  });

  test('keeps the line ends and the layout of a file that is not in canonical form', async () => {
    const text = CARE.replaceAll('\n  ', '\n      ').replaceAll('\n', '\r\n');
    const project = made({ ...FILES, 'care.pathway': text });
    const { out } = await approveCare(project);
    expect(project.text()).toBe(`${text}\r\n${out.trimEnd()}\r\n`);
  });

  test.each([
    [['approve', 'Care'], 'Say who approves it.'],
    [['approve', 'Caer', '--by', 'Hospital'], 'did you mean Care?'],
    [['approve', 'Care', '--by', 'Hospitl'], 'did you mean Hospital?'],
    [['approve', 'Care', '--by', 'Hospital', '--on', '2026-02-30'], 'It must be a date'],
  ])('refuses %j', async (args, message) => {
    const { exitCode, err } = await made().run(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  test('approves nothing that has errors', async () => {
    const project = made({ ...FILES, 'care.pathway': CARE.replace('1 Bed', '1 Bedd') });
    const { exitCode, err } = await approveCare(project);
    expect(exitCode).toBe(1);
    expect(err).toContain('Nothing was approved');
  });
});

describe('a project that requires approvals', () => {
  const required = { ...FILES, 'pathway.config.json': '{ "approvals": "required" }' };

  test('has errors until the owner has approved what each pathway means now', async () => {
    const project = made(required);
    expect((await project.run('check')).out).toContain('error PW7042: Ward care is not approved by Hospital.');
    await project.run('approve', 'Care', '--by', 'Ambulance');
    expect((await project.run('check')).out).toContain('error PW7041');
    await project.run('approve', 'Care', '--by', 'Region');
    expect((await project.run('check')).exitCode).toBe(0);
    project.write(project.text().replace('10 min', '12 min'));
    expect(await project.run('check')).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('error PW7040') as string,
    });
  });
});

describe('an approval that is out of date', () => {
  /** A repository in which the approval was committed, and then the text with these changes. */
  async function changed(...changes: readonly (readonly [string, string])[]): Promise<Made> {
    const { folder, commit } = repository(FILES);
    const project = made(FILES, folder);
    await approveCare(project);
    commit('Approve');
    for (const [from, to] of changes) {
      project.write(project.text().replace(from, to));
      commit(`${from} to ${to}`);
    }
    return project;
  }

  test('is told with what changed since, as far as it belongs to what was approved', async () => {
    const project = await changed(
      ['count 4', 'count 6'],
      ['10 min', '12 min'],
      ['resource Bed', 'resource Cot\n\nresource Bed'],
    );
    const { out } = await project.run('check');
    expect(out).toMatch(
      /Since commit [0-9a-f]{12} of 2026-03-01: Step Check: takes 10 min → 12 min\. Resource Bed: count 4 → 6\.\n/,
    );
  });

  test('names whoever has to sign again in every form of a difference', async () => {
    const project = await changed(['10 min', '12 min']);
    const diff = (...more: readonly string[]) => project.run('diff', '--from', 'HEAD~1', ...more);
    const found = 'Hospital (Ward care, approved on 2026-04-02)';
    expect((await diff()).out).toContain(`Has to sign again: ${found}.`);
    expect((await diff('--format', 'markdown')).out).toContain(`**Has to sign again: ${found}.**`);
    expect((await diff('--format', 'html')).out).toContain(`Has to sign again: ${found}.`);
    const { projects } = JSON.parse((await diff('--format', 'json')).out) as { projects: { signAgain: object[] }[] };
    expect(projects[0]?.signAgain).toMatchObject([{ subject: 'Ward care', approver: 'Hospital', date: '2026-04-02' }]);
    for (const format of ['sarif', 'github', 'gitlab'])
      expect((await diff('--format', format)).out).toContain(
        'Hospital has to sign again: what Ward care means has changed',
      );
  });

  test('says so without git, and where no commit holds what was approved', async () => {
    const project = made();
    await approveCare(project);
    const text = project.text().replace('10 min', '12 min');
    project.write(text);
    const { out } = await project.run('check');
    expect(out).toContain('What Ward care means has changed since Hospital approved it on 2026-04-02.');
    expect(out).not.toContain('Since commit');
    const { folder } = repository({ ...FILES, 'care.pathway': text });
    expect((await runCli(['check'], { cwd: folder })).out).not.toContain('Since commit');
  });

  test('is looked for past the commit of the line, where the meaning was committed apart from it', async () => {
    const { folder, commit } = repository(FILES);
    const project = made(FILES, folder);
    await approveCare(project);
    project.write(project.text().replace('10 min', '12 min'));
    commit('Approve, and change at once');
    expect((await project.run('check')).out).toContain('Since commit');
  });
});
