import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Diagnostic } from '@pathway/model';
import { TextDocument } from 'langium';
import type { CodeAction } from 'vscode-languageserver-types';
import { EditorProject } from '../../src/editor/project.js';
import { compile } from '../../src/compile.js';
import type { Compilation } from '../../src/compilation.js';

/** A project of a few texts as an editor has it, checked once. */
export interface Opened {
  readonly project: EditorProject;
  readonly entry: string;
  readonly diagnostics: readonly Diagnostic[];
  /** The text of a file before any change. */
  readonly text: ReadText;
}

export type ReadText = (file: string) => string | undefined;

/** Reads the files of a conformance case. */
export function readerOf(folder: string): ReadText {
  return (file) => {
    try {
      return readFileSync(join(folder, posix.normalize(file)), 'utf8');
    } catch {
      return undefined;
    }
  };
}

/** One after the other the same, so that the library is read once. */
const shared = new EditorProject((file) => `case:/${encodeURIComponent(file)}`);

/** Opens a project in the place of the one that was opened before, and checks it. */
export async function openedCase(entry: string, text: ReadText): Promise<Opened> {
  for (const { file } of shared.files) if (!file.startsWith('library:')) shared.forget(file);
  const checked = await shared.check([entry], { read: (file) => Promise.resolve(text(file)) });
  return { project: shared, entry, diagnostics: checked?.diagnostics ?? [], text };
}

/** What comes of the project when an action has been taken. */
export async function after({ entry, text }: Opened, action: CodeAction): Promise<Compilation> {
  const changed = textsAfter(text, action);
  return compile([entry], { read: (file) => Promise.resolve(changed.get(file) ?? text(file)) });
}

/** The files that an action changes, as they are then. */
export function textsAfter(text: ReadText, { edit }: CodeAction): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(edit?.changes ?? {}).map(([uri, edits]) => {
      const file = decodeURIComponent(uri.slice('case:/'.length));
      const document = TextDocument.create(uri, 'pathway', 0, text(file) ?? '');
      return [file, TextDocument.applyEdits(document, edits)];
    }),
  );
}
