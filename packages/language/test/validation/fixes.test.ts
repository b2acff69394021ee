import type { Diagnostic, DiagnosticFix } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { compileCase, compileTexts, conformanceCases } from '../conformance.js';

/** A text with the edits of a fix, from the end backwards so that places stay what they were. */
function applied(text: string, fix: DiagnosticFix): string {
  const lines = text.split('\n');
  const starts = lines.reduce<number[]>((offsets, line) => [...offsets, (offsets.at(-1) ?? 0) + line.length + 1], [0]);
  const offset = (line: number, column: number): number =>
    Math.min(text.length, (starts[line - 1] ?? text.length) + column - 1);
  const edits = fix.edits.map(({ origin, newText }) => ({
    from: offset(origin.line, origin.column),
    to: offset(origin.endLine, origin.endColumn),
    newText,
  }));
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((result, { from, to, newText }) => result.slice(0, from) + newText + result.slice(to), text);
}

const count = (diagnostics: readonly Diagnostic[], code: string): number =>
  diagnostics.filter((each) => each.code === code).length;

const single = conformanceCases().filter(({ entry }) => entry !== 'main.pathway');

describe('quick fixes', () => {
  it('of every case take away the diagnostic that offers them, and bring no other error', async () => {
    const offered = new Set<string>();
    const failures: string[] = [];
    for (const one of single) {
      const { diagnostics, texts } = await compileCase(one);
      const text = texts.get(one.entry) ?? '';
      const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
      for (const diagnostic of diagnostics) {
        for (const fix of diagnostic.fixes ?? []) {
          offered.add(diagnostic.code);
          const { diagnostics: after } = await compileTexts({ [one.entry]: applied(text, fix) });
          const fewer = count(after, diagnostic.code) < count(diagnostics, diagnostic.code);
          const noNew = after.filter(({ severity }) => severity === 'error').length <= errors;
          if (!fewer || !noNew)
            failures.push(
              `${one.group}/${one.name} ${diagnostic.code} ${fix.title}: ${after.map(({ code, message }) => `${code} ${message}`).join(' | ')}`,
            );
        }
      }
    }
    expect(failures).toEqual([]);
    expect([...offered]).toEqual(
      expect.arrayContaining([
        'PW2001',
        'PW2013',
        'PW3002',
        'PW3003',
        'PW3004',
        'PW4001',
        'PW4002',
        'PW4008',
        'PW4011',
        'PW4014',
        'PW4015',
      ]),
    );
  }, 120_000);
});
