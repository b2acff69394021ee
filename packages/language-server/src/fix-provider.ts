import type { LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import type { CodeAction, CodeActionParams, Range, TextEdit } from 'vscode-languageserver';
import { rangeOf, type FindingsStore } from './findings-store.js';

/** Offers the fixes that diagnostics at a place come with. */
export class FixProvider implements CodeActionProvider {
  readonly #store: FindingsStore;

  constructor(store: FindingsStore) {
    this.#store = store;
  }

  getCodeActions(document: LangiumDocument, params: CodeActionParams): CodeAction[] {
    return this.#store.of(document.uri.toString()).flatMap(({ diagnostic, uriOf }) => {
      if (!touches(rangeOf(diagnostic.range), params.range)) return [];
      return (diagnostic.fixes ?? []).map(({ title, edits }): CodeAction => {
        const changes: Record<string, TextEdit[]> = {};
        for (const { origin, newText } of edits)
          (changes[uriOf(origin.file)] ??= []).push({ range: rangeOf(origin), newText });
        return { title, kind: 'quickfix', isPreferred: diagnostic.fixes?.length === 1, edit: { changes } };
      });
    });
  }
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
