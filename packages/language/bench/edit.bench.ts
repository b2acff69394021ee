import { bench, describe } from 'vitest';
import { completionAt, EditorProject } from '../src/editor/index.js';
import { generateWorkspace, totalLines } from './workspace.js';

/**
 * What an editor waits for in a workspace of 100,000 lines in 540 files, beside a check of everything from nothing. The
 * ratio to that is what travels between machines; the project asks for at most a tenth after an edit and 3 % for
 * completion.
 */
const files = new Map(generateWorkspace(100_000));
const entries = [...files.keys()];
const reader = { read: (path: string) => Promise.resolve(files.get(path)) };
const LEAF = 'ward-00300.pathway';
const SHARED = 'shared.pathway';
const project = new EditorProject((file) => file);
const once = { iterations: 3, warmupIterations: 1, time: 0, warmupTime: 0 };
let edits = 0;

/** Changes one number of a file, to another one every time, and checks the project. */
async function edit(file: string, before: string, after: (count: number) => string): Promise<void> {
  const text = files.get(file) ?? '';
  if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
  project.setText(file, text.replace(before, after(++edits)));
  const checked = await project.check(entries, reader);
  if (checked?.model === undefined) throw new Error('The generated workspace has errors.');
}

describe(`${totalLines(files)} lines in ${entries.length} files`, () => {
  bench(
    'everything from nothing',
    async () => {
      const checked = await new EditorProject((file) => file).check(entries, reader);
      if (checked?.model === undefined) throw new Error('The generated workspace has errors.');
    },
    { ...once, warmupIterations: 0, iterations: 2 },
  );
  bench('an edit in a file that nobody imports', () => edit(LEAF, 'mean 4.6 d', (n) => `mean ${4 + n / 100} d`), {
    ...once,
    setup: async () => {
      await project.check(entries, reader);
    },
  });
  bench(
    'an edit of a role in the file that all import',
    () => edit(SHARED, 'cost 25 GBP/h', (n) => `cost ${25 + n} GBP/h`),
    once,
  );
  bench('an edit of how many are on duty there', () => edit(SHARED, 'on duty 3', (n) => `on duty ${3 + n}`), once);
  bench(
    'completion',
    () => {
      const lines = (project.file(LEAF)?.text ?? '').split('\n');
      const line = lines.findIndex((each) => each.includes('by 1 Role'));
      const { items } = completionAt(project, LEAF, { line, character: (lines[line] ?? '').indexOf('Role') });
      if (items.length === 0) throw new Error('nothing to complete');
    },
    { ...once, iterations: 20 },
  );
  bench(
    'the first findings of a file that is opened in a project that has not been read',
    async () => {
      const fresh = new EditorProject((file) => file);
      await fresh.open(LEAF, reader);
      fresh.checkFile(LEAF);
    },
    { ...once, iterations: 10 },
  );
});
