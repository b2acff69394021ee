import type { Diagnostic } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-types';
import { codeActionsAt } from '../../src/editor/code-actions.js';
import { rangeOf } from '../../src/editor/places.js';
import { conformanceCases } from '../conformance.js';
import { after, openedCase, type Opened, readerOf } from './opened-case.js';

/** Each kind of fix of a code is tried on so many of its cases. */
const TRIES = 1;

const isSilence = ({ title }: CodeAction): boolean => title.startsWith('Silence');

/** Fixes that differ in names alone are of one kind. */
const kindOf = ({ title }: CodeAction): string => title.replace(/`[^`]*`|"[^"]*"|\d+/g, '…');

function actionsFor({ project }: Opened, diagnostic: Diagnostic): CodeAction[] {
  const range = rangeOf(diagnostic.range);
  return codeActionsAt(project, {
    file: diagnostic.range.file,
    range: { start: range.start, end: range.start },
    diagnostics: [diagnostic],
    only: ['quickfix'],
  });
}

const isSame = (a: Diagnostic, b: Diagnostic): boolean => a.code === b.code && a.message === b.message;
const countOf = (all: readonly Diagnostic[], one: Diagnostic): number => all.filter((each) => isSame(each, one)).length;
const errorsIn = (all: readonly Diagnostic[]): number => all.filter(({ severity }) => severity === 'error').length;

/** Where a fix of a case leaves its finding, or brings an error; and the codes that have one. */
async function tryFixes(): Promise<{ readonly codes: ReadonlySet<string>; readonly failures: readonly string[] }> {
  const codes = new Set<string>();
  const failures: string[] = [];
  const tried = new Map<string, number>();
  for (const one of conformanceCases()) {
    const opened = await openedCase(one.entry, readerOf(one.folder));
    for (const diagnostic of opened.diagnostics) {
      for (const action of actionsFor(opened, diagnostic)) {
        const kind = `${isSilence(action) ? '' : diagnostic.code} ${kindOf(action)}`;
        const times = tried.get(kind) ?? 0;
        if (times >= TRIES) continue;
        tried.set(kind, times + 1);
        const { diagnostics } = await after(opened, action);
        if (!isSilence(action)) codes.add(diagnostic.code);
        const isGone = countOf(diagnostics, diagnostic) < countOf(opened.diagnostics, diagnostic);
        const isWorse = errorsIn(diagnostics) > errorsIn(opened.diagnostics);
        if (!isGone || isWorse)
          failures.push(
            `${one.group}/${one.name} ${diagnostic.code} ${action.title}: ${isGone ? 'brings' : 'leaves'} ${diagnostics
              .map(({ code, message }) => `${code} ${message}`)
              .join(' | ')}`,
          );
      }
    }
  }
  return { codes, failures };
}

describe('quick fixes', () => {
  it('of at least forty diagnostics put right what they are offered for, and bring no error', async () => {
    const { codes, failures } = await tryFixes();
    expect(failures).toEqual([]);
    expect(codes.size).toBeGreaterThanOrEqual(40);
  }, 120_000);
});
