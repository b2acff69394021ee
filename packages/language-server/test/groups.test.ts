import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList, Hover } from 'vscode-languageserver-types';
import { EditorClient } from './editor-client.js';

const FILE = 'groups.pathway';
const client = new EditorClient({
  [FILE]: `organisation Ward "Ward"
cohort Crash "Crashes" { arrives every exponential(30 d) each a group of 1 + poisson(2) }
cohort Strange "Strange" { arrives 2 per day each a group of normal(mean 3, sd 1) + normal(mean 3, sd 1) }
cohort Alone "Alone" { arrives 2 per day }
pathway Care "Care" for Crash, Strange, Alone {
  owner Ward
  step Talk { takes 20 min }
}
`,
});

beforeAll(async () => {
  await client.start();
  await client.open(FILE);
});
afterAll(() => client.stop());

async function hover(part: string): Promise<string> {
  const found = await client.ask<Hover | null>('textDocument/hover', FILE, part, {}, 1);
  const contents = found?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

test('the hover of a cohort says how many come together, where that follows', async () => {
  expect(await hover('Crash "')).toContain('groups come, each of 3 people on average.');
  expect(await hover('Strange "')).toContain('groups come.');
  expect(await hover('Alone "')).not.toContain('groups');
});

test('completion goes on with a group', async () => {
  const { items } = await client.ask<CompletionList>('textDocument/completion', FILE, ' each a group', {}, 1);
  expect(items.map(({ label }) => label)).toContain('each');
});
