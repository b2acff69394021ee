import { dirname } from 'node:path';
import type { Diagnostic } from '@pathway/model';
import { EmptyFileSystem } from 'langium';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile.js';
import { createPathwayServices } from '../../src/module.js';
import { pathwayFiles } from '../corpus.js';
import { mutate, randomNumbers } from './mutations.js';

const { Lexer: lexer } = createPathwayServices(EmptyFileSystem).pathway.parser;
const SLIPS = 80;

const files = pathwayFiles('examples');

/** The errors of an example, which has none of its own, with another text in the place of one of its files. */
async function errorsWith(path: string, text: string): Promise<readonly Diagnostic[]> {
  const folder = dirname(path);
  const texts = new Map(
    files
      .filter((each) => dirname(each.path) === folder)
      .map((each) => [each.path.slice(folder.length + 1), each.path === path ? text : each.text]),
  );
  const { diagnostics } = await compile([...texts.keys()], { read: (file) => Promise.resolve(texts.get(file)) });
  return diagnostics.filter(({ severity }) => severity === 'error');
}

test('one slip in an example gives at most two errors on average, the first of them within a line of it', async () => {
  const random = randomNumbers(20261123);
  const sum = { broken: 0, errors: 0, near: 0 };
  for (let slip = 0; slip < SLIPS; slip++) {
    const { path, text } = files[random.next().value % files.length] ?? { path: '', text: '' };
    const mutation = mutate(text, lexer.tokenize(text).tokens, random);
    const found = await errorsWith(path, mutation.text);
    if (found.length === 0) continue;
    sum.broken++;
    sum.errors += found.length;
    const own = found.filter(({ range }) => path.endsWith(`/${range.file}`)).map(({ range }) => range.line);
    const first = Math.min(...own);
    if (first >= mutation.lines[0] - 1 && first <= mutation.lines[1] + 1) sum.near++;
  }
  expect(sum.broken).toBeGreaterThan(SLIPS / 2);
  expect(sum.errors / sum.broken).toBeLessThanOrEqual(2);
  expect(sum.near / sum.broken).toBeGreaterThanOrEqual(0.95);
}, 120_000);
