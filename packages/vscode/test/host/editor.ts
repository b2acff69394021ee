import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EVERYTHING = new vscode.Range(0, 0, 100_000, 0);

/** The address of a file of the workspace. */
export function uriOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uriOf(path)), vscode.ViewColumn.One);
}

/** The text of a document without ends of lines of another kind. */
export function textOf({ document }: vscode.TextEditor): string {
  return document.getText().replaceAll('\r\n', '\n');
}

/** The place of a part of a text: before it, or so many signs into it. */
export function placeOf({ document }: vscode.TextEditor, part: string, after = 0): vscode.Position {
  const offset = document.getText().indexOf(part);
  assert.notEqual(offset, -1, `the text has no ${part}`);
  return document.positionAt(offset + after);
}

/** Changes a part of the text. */
export async function change(editor: vscode.TextEditor, part: string, by: string): Promise<void> {
  const start = placeOf(editor, part);
  const end = placeOf(editor, part, part.length);
  assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(start, end), by)));
}

/** Puts a whole text in the place of what is there. */
export async function write(editor: vscode.TextEditor, text: string): Promise<void> {
  assert.ok(await editor.edit((edit) => edit.replace(editor.document.validateRange(EVERYTHING), text)));
}

/** Waits until something is there. */
export async function eventually<T>(what: string, find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not come`);
}

/** Codes of what is found in a document. */
export function codesOf({ document }: vscode.TextEditor): readonly string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .map(({ code }) => (typeof code === 'object' ? String(code.value) : String(code ?? '')));
}

/** Waits until a finding is there, or gone. */
export async function found(editor: vscode.TextEditor, code: string, isThere = true): Promise<void> {
  await eventually(`${code} ${isThere ? 'there' : 'gone'}, but ${codesOf(editor).join(' ')}`, () =>
    codesOf(editor).includes(code) === isThere ? true : undefined,
  );
}

/** Asks what the editor itself asks of extensions. */
export async function ask<T>(command: string, editor: vscode.TextEditor, ...rest: readonly unknown[]): Promise<T> {
  return vscode.commands.executeCommand<T>(`vscode.${command}`, editor.document.uri, ...rest);
}
