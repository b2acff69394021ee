import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepCompiled } from '../../../.ci/kept/keep.mjs';
import { bundleCommand, type BundledCommand } from './bundled.js';
import { temporaryFolder } from './run-cli.js';

const STEP = 'pathway P "P" {\n  step One "One" { takes 5 min }\n}\n';

let command: BundledCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterAll(() => command.remove());

/** Keeps what a check of a project compiles. @returns the folders of the project and of the bundle, and what was kept */
function keepOfACheck(): { readonly project: string; readonly files: readonly string[]; readonly parts: number } {
  const project = temporaryFolder({ 'a.pathway': STEP });
  const folder = dirname(command.main);
  keepCompiled(folder, [['check', project]], project);
  const all = readdirSync(folder);
  const files = all.filter((name) => name.endsWith('.kept')).map((name) => join(folder, name));
  return { project, files, parts: all.filter((name) => name.endsWith('.cjs')).length };
}

describe('what is kept compiled', () => {
  test('stands beside the parts that were used, and changes nothing of what the command says', async () => {
    const from = await command.run(['check', '--format', 'json'], temporaryFolder({ 'a.pathway': STEP }));
    const { project, files, parts } = keepOfACheck();
    expect(files.map((file) => basename(file))).toContain('main.cjs.kept');
    expect(files.length).toBeLessThan(parts);
    expect(await command.run(['check', '--format', 'json'], project)).toEqual(from);
  });

  test('is taken by the Node that made it, and by no other: then the texts are compiled', async () => {
    const { project, files } = keepOfACheck();
    const before = await command.run(['check'], project);
    const text = (file: string): string => readFileSync(file.replace(/\.kept$/, ''), 'utf8');
    for (const file of files)
      expect(new Script(text(file), { cachedData: readFileSync(file) }).cachedDataRejected).toBe(false);
    for (const file of files) writeFileSync(file, readFileSync(file).subarray(0, 40));
    expect(await command.run(['--version'], project)).toMatchObject({ exitCode: 0, err: '' });
    for (const file of files) writeFileSync(file, 'of another version of V8');
    expect(await command.run(['check'], project)).toEqual(before);
  });
});
