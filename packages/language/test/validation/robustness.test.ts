import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDiagnosticCode } from '@pathway/model';
import { compileTexts, CONFORMANCE } from '../conformance.js';

const MUTATIONS = 2000;
/** Larger texts take longer to compile and break no differently. */
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
  const files = readdirSync(CONFORMANCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pathway'));
  return files
    .sort()
    .map((name) => readFileSync(join(CONFORMANCE, name), 'utf8'))
    .filter((text) => text.length <= LARGEST);
}

const tokensOf = (text: string): readonly string[] => text.match(/\s+|\w+|"[^"\n]*"|[^\s\w]/g) ?? [];

describe('validation', () => {
  it(`never throws on ${MUTATIONS} texts with one token deleted, doubled, swapped or replaced`, async () => {
    const sources = texts().map(tokensOf);
    const vocabulary = [...new Set(sources.flat())].filter((token) => token.trim() !== '');
    const random = generator(2026);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const failures: string[] = [];
    for (let round = 0; round < MUTATIONS; round++) {
      const tokens = [...pick(sources)];
      const place = Math.floor(random() * tokens.length);
      const kind = Math.floor(random() * 4);
      if (kind === 0) tokens.splice(place, 1);
      else if (kind === 1) tokens.splice(place, 0, tokens[place] ?? '');
      else if (kind === 2) tokens.splice(place, 2, tokens[place + 1] ?? '', tokens[place] ?? '');
      else tokens.splice(place, 1, pick(vocabulary));
      const text = tokens.join('');
      try {
        const { diagnostics } = await compileTexts({ 'main.pathway': text });
        if (!diagnostics.every(({ code, range }) => isDiagnosticCode(code) && range.line >= 1 && range.column >= 1)) {
          failures.push(`odd diagnostic:\n${text}`);
        }
      } catch (error) {
        failures.push(`${String(error instanceof Error ? error.stack : error)}\n${text}`);
      }
    }
    expect(failures).toEqual([]);
  }, 300_000);
});
