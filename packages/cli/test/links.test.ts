import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs', 'examples', 'language'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  ),
].sort();

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8').replace(/^```[\s\S]*?^```/gm, '');

/** The anchors that forges make of the headings of a page: lower case, without punctuation, a hyphen for each space. */
function anchorsOf(path: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of textOf(path).matchAll(/^#+ (.+)$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[^\p{L}\p{N}_\- ]/gu, '');
    const anchor = plain.trim().toLowerCase().replaceAll(' ', '-');
    let unique = anchor;
    for (let again = 1; anchors.has(unique); again++) unique = `${anchor}-${again}`;
    anchors.add(unique);
  }
  return anchors;
}

function brokenLinks(path: string): readonly string[] {
  const text = textOf(path).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', anchor] = target.split('#');
    const found = file === '' ? path : relative(ROOT, join(ROOT, dirname(path), file));
    if (!existsSync(join(ROOT, found))) return [`${path}: there is no ${target}`];
    if (anchor === undefined || statSync(join(ROOT, found)).isDirectory() || !found.endsWith('.md')) return [];
    return anchorsOf(found).has(anchor) ? [] : [`${path}: ${target} names no heading`];
  });
}

test('every link of the documentation leads somewhere', () => {
  expect(PAGES.length).toBeGreaterThan(100);
  expect(PAGES.flatMap(brokenLinks)).toEqual([]);
});

test('a link to a heading that is not there would be found', () => {
  expect(anchorsOf('docs/language.md').has('what-comes-later')).toBe(false);
  expect(anchorsOf('docs/language.md').has('rules-of-working-time-and-rosters')).toBe(true);
});
