import { TextDocument } from 'vscode-languageserver-textdocument';
import { addressOf } from './addresses.js';
import type { EditorConnection } from './editor-connection.js';

/** The texts that are open in the editor, however an address is spelt, with every edit that the editor tells. */
export class OpenTexts {
  readonly #byAddress = new Map<string, TextDocument>();

  /**
   * @param onChange told of a text that was opened or edited, under the address that the editor gave
   * @param onClose told of a text that is no longer open
   */
  listen(connection: EditorConnection, onChange: (uri: string) => void, onClose: (uri: string) => void): void {
    connection.onNotification('textDocument/didOpen', ({ textDocument: { uri, languageId, version, text } }) => {
      this.#byAddress.set(addressOf(uri), TextDocument.create(uri, languageId, version, text));
      onChange(uri);
    });
    connection.onNotification('textDocument/didChange', ({ textDocument: { uri, version }, contentChanges }) => {
      const document = this.get(uri);
      if (document === undefined || contentChanges.length === 0) return;
      this.#byAddress.set(addressOf(uri), TextDocument.update(document, contentChanges, version));
      onChange(uri);
    });
    connection.onNotification('textDocument/didClose', ({ textDocument: { uri } }) => {
      if (this.#byAddress.delete(addressOf(uri))) onClose(uri);
    });
  }

  get(uri: string): TextDocument | undefined {
    return this.#byAddress.get(addressOf(uri));
  }

  /** Addresses of all of them, in one spelling. */
  get addresses(): readonly string[] {
    return [...this.#byAddress.keys()];
  }
}
