import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { addressOf } from './addresses.js';

/** The texts that are open in the editor, however an address is spelt. */
export class OpenTexts {
  readonly #byAddress = new Map<string, TextDocument>();

  /** Follows the documents from here on; asked in a listener of the documents, it knows what the listener is told. */
  constructor(documents: Pick<TextDocuments<TextDocument>, 'onDidOpen' | 'onDidChangeContent' | 'onDidClose'>) {
    documents.onDidOpen(({ document }) => this.#byAddress.set(addressOf(document.uri), document));
    documents.onDidChangeContent(({ document }) => this.#byAddress.set(addressOf(document.uri), document));
    documents.onDidClose(({ document }) => this.#byAddress.delete(addressOf(document.uri)));
  }

  get(uri: string): TextDocument | undefined {
    return this.#byAddress.get(addressOf(uri));
  }

  /** Addresses of all of them, in one spelling. */
  get addresses(): readonly string[] {
    return [...this.#byAddress.keys()];
  }
}
