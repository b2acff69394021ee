import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmptyFileSystem } from 'langium';
import { isDiagnosticCode, type Diagnostic } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { isDocument } from '../../src/generated/ast.js';
import { createPathwayServices } from '../../src/module.js';
import { linkOnDemand } from '../../src/tree/link.js';
import { createValidationContext, validateDocument, validateNames } from '../../src/validation/index.js';
import { uriOfFile } from '../../src/workspace/files.js';
import { compileTexts, CONFORMANCE } from '../conformance.js';

const MUTATIONS = 2000;
/** Every so many of them go through the whole compilation, which costs more. */
const COMPILED = 20;
/** Larger texts take longer and break no differently. */
const LARGEST = 2500;

/** The mulberry32 generator: the same seed, the same mutations. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function texts(): readonly string[] {
  const names = readdirSync(CONFORMANCE, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.pathway'))
    .sort()
    .map((name) => readFileSync(join(CONFORMANCE, name), 'utf8'))
    .filter((text) => text.length <= LARGEST);
}

/** Texts with one token deleted, doubled, swapped with the next or replaced by one of another text. */
function mutants(): readonly string[] {
  const sources = texts().map((text): readonly string[] => text.match(/\s+|\w+|"[^"\n]*"|[^\s\w]/g) ?? []);
  const vocabulary = [...new Set(sources.flat())].filter((token) => token.trim() !== '');
  const random = generator(2026);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: MUTATIONS }, () => {
    const tokens = [...pick(sources)];
    const place = Math.floor(random() * tokens.length);
    const kind = Math.floor(random() * 4);
    if (kind === 0) tokens.splice(place, 1);
    else if (kind === 1) tokens.splice(place, 0, tokens[place] ?? '');
    else if (kind === 2) tokens.splice(place, 2, tokens[place + 1] ?? '', tokens[place] ?? '');
    else tokens.splice(place, 1, pick(vocabulary));
    return tokens.join('');
  });
}

function isOdd({ code, range, fixes = [] }: Diagnostic): boolean {
  const places = [range, ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.origin))];
  const backwards = places.some(
    ({ line, column, endLine, endColumn }) =>
      line < 1 || column < 1 || endLine < line || (endLine === line && endColumn < column),
  );
  return backwards || !isDiagnosticCode(code);
}

async function failuresOf(
  list: readonly string[],
  diagnose: (text: string) => Promise<readonly Diagnostic[]>,
): Promise<string[]> {
  const failures: string[] = [];
  for (const text of list) {
    try {
      const odd = (await diagnose(text)).filter(isOdd);
      if (odd.length > 0) failures.push(`${JSON.stringify(odd)}\n${text}`);
    } catch (error) {
      failures.push(`${String(error instanceof Error ? error.stack : error)}\n${text}`);
    }
  }
  return failures;
}

describe('on texts with one token wrong', () => {
  it(`no check throws, ${MUTATIONS} times`, async () => {
    const { shared, pathway } = createPathwayServices(EmptyFileSystem);
    const { IndexManager, LangiumDocumentFactory, LangiumDocuments } = shared.workspace;
    let count = 0;
    const failures = await failuresOf(mutants(), (text) => {
      const document = LangiumDocumentFactory.fromString(text, uriOfFile(`mutant-${count++}.pathway`));
      LangiumDocuments.addDocument(document);
      linkOnDemand([document], shared);
      const root = document.parseResult.value;
      const roots = isDocument(root) ? [root] : [];
      const context = createValidationContext(roots);
      const found = [
        ...validateNames([document], pathway),
        ...roots.flatMap((each) => validateDocument(each, context)),
      ];
      LangiumDocuments.deleteDocument(document.uri);
      IndexManager.remove(document.uri);
      return Promise.resolve(found);
    });
    expect(failures).toEqual([]);
  }, 120_000);

  it(`nor does the compilation, ${MUTATIONS / COMPILED} times`, async () => {
    const some = mutants().filter((_, index) => index % COMPILED === 0);
    expect(await failuresOf(some, async (text) => (await compileTexts({ 'main.pathway': text })).diagnostics)).toEqual(
      [],
    );
  }, 60_000);
});
