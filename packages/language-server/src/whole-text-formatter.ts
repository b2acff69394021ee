import { formatText } from '@pathway/language';
import type { LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type { TextEdit } from 'vscode-languageserver-types';

/** Puts a whole file into the canonical form; there is none of a part, and none of a text with syntax errors. */
export class WholeTextFormatter implements Formatter {
  get formatOnTypeOptions(): undefined {
    return undefined;
  }

  formatDocument(document: LangiumDocument): TextEdit[] {
    const { textDocument } = document;
    const text = textDocument.getText();
    const result = formatText(text);
    if ('errors' in result || result.formatted === text) return [];
    const range = { start: textDocument.positionAt(0), end: textDocument.positionAt(text.length) };
    return [{ range, newText: result.formatted }];
  }

  formatDocumentRange(): TextEdit[] {
    return [];
  }

  formatDocumentOnType(): TextEdit[] {
    return [];
  }
}
