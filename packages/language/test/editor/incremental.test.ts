import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EditorProject } from '../../src/editor/index.js';
import { compile } from '../../src/index.js';
import { pathwayFiles } from '../corpus.js';
import { CONNECTED } from './connected-files.js';

const ROOT = new URL('../../../../', import.meta.url);

function example(name: string): Readonly<Record<string, string>> {
  const files = pathwayFiles(`examples/${name}`);
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

type Edit =
  | { readonly kind: 'word'; readonly at: number; readonly by: number }
  | { readonly kind: 'number'; readonly at: number; readonly by: number }
  | {
      readonly kind: 'delete line' | 'repeat line' | 'empty line' | 'swap blocks' | 'delete character';
      readonly at: number;
    };

const place = fc.double({ min: 0, max: 0.999999, noNaN: true });
const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('word' as const), at: place, by: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('number' as const), at: place, by: place }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'delete line' as const,
        'repeat line' as const,
        'empty line' as const,
        'swap blocks' as const,
        'delete character' as const,
      ),
      at: place,
    }),
  },
);

function one<T>(list: readonly T[], at: number): T | undefined {
  return list[Math.floor(at * list.length)];
}

/** A text after an edit; `words` are those that the project uses. */
function edited(text: string, edit: Edit, words: readonly string[]): string {
  const lines = text.split('\n');
  const line = Math.floor(edit.at * lines.length);
  switch (edit.kind) {
    case 'word': {
      const match = one([...text.matchAll(/\b[A-Za-z]\w*\b/g)], edit.at);
      if (match === undefined) return text;
      return text.slice(0, match.index) + (one(words, edit.by) ?? '') + text.slice(match.index + match[0].length);
    }
    case 'number': {
      const match = one([...text.matchAll(/\b\d+\b/g)], edit.at);
      if (match === undefined) return text;
      return text.slice(0, match.index) + String(Math.floor(edit.by * 100)) + text.slice(match.index + match[0].length);
    }
    case 'delete line':
      return lines.toSpliced(line, 1).join('\n');
    case 'repeat line':
      return lines.toSpliced(line, 0, lines[line] ?? '').join('\n');
    case 'empty line':
      return lines.toSpliced(line, 0, '').join('\n');
    case 'swap blocks': {
      const blocks = text.split('\n\n');
      const from = Math.floor(edit.at * (blocks.length - 1));
      return blocks.toSpliced(from, 2, blocks[from + 1] ?? '', blocks[from] ?? '').join('\n\n');
    }
    case 'delete character': {
      const at = Math.floor(edit.at * text.length);
      return text.slice(0, at) + text.slice(at + 1);
    }
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, ROOT), 'utf8');
  } catch {
    return undefined;
  }
}

const projects: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'three connected files': CONNECTED,
  stroke: example('stroke'),
  'network-outage': example('network-outage'),
};

describe('an edit gives what a fresh start gives', () => {
  test.each(Object.keys(projects))(
    'in %s',
    async (name) => {
      const files = Object.entries(projects[name] ?? {});
      const entries = files.map(([file]) => file);
      const words = [...new Set(files.flatMap(([, text]) => text.match(/\b[A-Za-z]\w*\b/g) ?? []))];
      let models = 0;
      // One project for all runs: to build a parser takes longer than a run. What a run leaves behind is part of what is tried.
      const project = new EditorProject((file) => file);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(files.length - 1), edits, fc.boolean()), { minLength: 3, maxLength: 5 }),
          async (changes) => {
            const texts = new Map(files);
            const reader = { read: (path: string) => Promise.resolve(texts.get(path) ?? read(path)) };
            for (const [file, text] of files) project.setText(file, text);
            await project.check(entries, reader);
            for (const [index, edit, stays] of changes) {
              const [file = ''] = files[index] ?? [];
              const before = texts.get(file) ?? '';
              const after = edited(before, edit, words);
              texts.set(file, after);
              project.setText(file, after);
              const [kept, fresh] = [await project.check(entries, reader), await compile(entries, reader)];
              expect(kept?.diagnostics).toEqual(fresh.diagnostics);
              expect(kept?.model).toEqual(fresh.model);
              if (fresh.model !== undefined) models++;
              // Otherwise most texts would soon be broken for good.
              if (stays && fresh.model !== undefined) continue;
              texts.set(file, before);
              project.setText(file, before);
            }
          },
        ),
        { numRuns: name.includes('files') ? 10 : 3, seed: 3 },
      );
      expect(models).toBeGreaterThan(3);
    },
    120_000,
  );
});
