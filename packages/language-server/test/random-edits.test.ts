import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from '@pathway/language';
import { describe, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { byFile, editorDiagnostic } from '../src/findings.js';
import { EditorClient, sortedFindings, type Told } from './editor-client.js';
import { editedText, type RandomEdit, randomEdits } from './random-editing.js';

const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));
/** Without a number a few hundred edits of small examples; with one (`npm run edits`) so many over all of them. */
const ASKED = Number(process.env.PATHWAY_EDITS ?? 0);
const SMALL = ['power-cut', 'stroke-surge'];
const EDITS = 120;
/** After so many edits the texts are put back, or there would soon be nothing left to break. */
const ROUND = 12;
/** A server is started anew after every so many; the command reads the texts anew after each. */
const WHOLE_STARTS = 25;
/** How long what an edit brings may take to come, in milliseconds. */
const PATIENCE = 2000;

const projects = readdirSync(EXAMPLES)
  .filter((name) => (ASKED > 0 || SMALL.includes(name)) && filesOf(name)['studies.pathway'] !== undefined)
  .sort();

function filesOf(project: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(`${EXAMPLES}${project}`, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(pathway|csv|json)$/.test(name))
      .sort()
      .map((name) => [name, readFileSync(`${EXAMPLES}${project}/${name}`, 'utf8')]),
  );
}

/** An editor that is edited at random, and its project as it was. */
class Editing {
  readonly files: Readonly<Record<string, string>>;
  readonly client: EditorClient;
  #made = 0;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = files;
    this.client = new EditorClient(files, { checkDelay: 0 });
  }

  async start(): Promise<void> {
    await this.client.start();
    for (const path of Object.keys(this.files).filter((each) => each.endsWith('.pathway')))
      await this.client.show(path);
    await this.client.until(() => this.client.checks > 0);
  }

  /** Everything as it was in the beginning. */
  async restore(): Promise<void> {
    const { client, files } = this;
    await client.outside(Object.fromEntries(client.diskFiles.map((path) => [path, files[path]])));
    await client.outside(files);
    for (const path of client.openFiles) {
      const text = files[path];
      if (text === undefined) await client.close(path);
      else if (client.text(path) !== text) await client.typeRange(path, text);
    }
    for (const path of Object.keys(files))
      if (path.endsWith('.pathway') && !client.openFiles.includes(path)) await client.show(path);
  }

  async apply(edit: RandomEdit): Promise<void> {
    const { client } = this;
    const texts = client.diskFiles.filter((path) => path.endsWith('.pathway'));
    const all = [...new Set([...texts, ...client.openFiles])];
    const path = all[edit.file % all.length] ?? '';
    const after = editedText(edit, client.text(path));
    if (after !== undefined) await this.#write(path, after, edit.length % 3 === 0);
    else if (edit.kind === 'delete' && texts.length > 1) await client.outside({ [path]: undefined });
    else if (edit.kind === 'create')
      await client.outside({ [this.#newPath()]: client.text(path).slice(0, edit.place % 4000) });
    else if (edit.kind === 'change')
      await client.outside({ [path]: editedText({ ...edit, kind: 'doubleBlock' }, client.text(path)) ?? '' });
    else if (edit.kind === 'rename') await this.#rename(path, this.#newPath());
    else if (edit.kind === 'close' && client.openFiles.length > 1 && client.openFiles.includes(path))
      await client.close(path);
    else if (!client.openFiles.includes(path)) await client.show(path);
  }

  #newPath(): string {
    return `${this.#made++ % 2 === 0 ? '' : 'deeper/'}made ${this.#made}.pathway`;
  }

  async #write(path: string, text: string, isWhole: boolean): Promise<void> {
    const { client } = this;
    if (!client.openFiles.includes(path)) await client.outside({ [path]: text });
    else if (isWhole) await client.type(path, () => text);
    else await client.typeRange(path, text);
  }

  /** Renames as an editor does: asks for the imports, changes them, and opens the file under its new name. */
  async #rename(from: string, to: string): Promise<void> {
    const { client } = this;
    const { changes = {} } = await client.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', {
      files: [{ oldUri: client.uri(from), newUri: client.uri(to) }],
    });
    for (const path of [...new Set([...client.diskFiles, ...client.openFiles])]) {
      const edits = changes[client.uri(path)];
      if (edits !== undefined) await this.#write(path, client.withEdits(path, edits), false);
    }
    const text = client.text(from);
    if (client.openFiles.includes(from)) {
      await client.close(from);
      await client.show(to, text);
    }
    await client.outside({ [from]: undefined, [to]: text });
  }

  /** What the command says of the texts as they are now, which it reads and checks from the beginning. */
  async checked(): Promise<Told> {
    const { client } = this;
    const uriOf = (path: string): string => client.uri(path);
    const paths = [...new Set([...client.diskFiles, ...client.openFiles])].filter((path) => path.endsWith('.pathway'));
    const text = (path: string): string | undefined =>
      client.openFiles.includes(path) ? client.text(path) : client.disk.get(uriOf(path));
    const { diagnostics } = await compile(paths.sort(), { read: (path) => Promise.resolve(text(path)) });
    return sortedFindings(
      [...byFile(diagnostics)].map(([file, found]) => ({
        uri: uriOf(file),
        diagnostics: found.map((each) => editorDiagnostic(each, uriOf)),
      })),
    );
  }

  /** What a server says that has seen nothing but the texts as they are now. */
  async fresh(): Promise<Told> {
    const { client } = this;
    const disk = Object.fromEntries(client.diskFiles.map((path) => [path, client.disk.get(client.uri(path)) ?? '']));
    const other = new EditorClient(disk, { checkDelay: 0 });
    await other.start();
    for (const path of client.openFiles) await other.show(path, client.text(path));
    await other.until(() => other.checks > 0);
    await other.within(() => isSame(client.told, other.told), PATIENCE);
    await other.stop();
    return other.told;
  }
}

function isSame(a: Told, b: Told): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const QUESTIONS = [
  'completion',
  'hover',
  'signatureHelp',
  'definition',
  'typeDefinition',
  'references',
  'documentHighlight',
  'documentSymbol',
  'codeAction',
  'codeLens',
  'documentLink',
  'formatting',
  'rangeFormatting',
  'onTypeFormatting',
  'prepareRename',
  'foldingRange',
  'selectionRange',
  'prepareCallHierarchy',
  'inlayHint',
  'semanticTokens/full',
] as const;

/** Asks something about a place; every answer must come without an error. */
async function ask(client: EditorClient, edit: RandomEdit): Promise<void> {
  const path = client.openFiles[edit.other % client.openFiles.length] ?? '';
  const lines = client.text(path).split('\n');
  const line = edit.other % lines.length;
  const position = { line, character: edit.place % ((lines[line]?.length ?? 0) + 1) };
  const range = { start: position, end: { line: line + (edit.length % 5), character: 0 } };
  await client.connection.sendRequest(`textDocument/${QUESTIONS[edit.place % QUESTIONS.length] ?? 'hover'}`, {
    textDocument: { uri: client.uri(path) },
    position,
    positions: [position],
    range,
    ch: '}',
    options: { tabSize: 2, insertSpaces: true },
    context: { includeDeclaration: true, diagnostics: [], triggerKind: 1 },
  });
}

/** What goes wrong while a project is edited at random: an edit and what it left behind, one text for each. */
async function faults(project: string, count: number, seed: number): Promise<readonly string[]> {
  const files = filesOf(project);
  const words = [
    ...new Set(
      Object.values(files)
        .join(' ')
        .match(/\b[a-z]{2,}\b/g) ?? [],
    ),
  ].sort();
  const editing = new Editing(files);
  const { client } = editing;
  const found: string[] = [];
  await editing.start();
  for (const [index, edit] of randomEdits(count, seed, words).entries()) {
    if (index % ROUND === 0) await editing.restore();
    const before = client.checks;
    try {
      await editing.apply(edit);
      // Some edits are overtaken by the next one.
      if (edit.place % 7 === 0) continue;
      await ask(client, edit);
      await client.within(() => client.checks > before, 300);
      const answers = [editing.checked(), ...(index % WHOLE_STARTS === 0 ? [editing.fresh()] : [])];
      for (const other of await Promise.all(answers))
        if (!(await client.within(() => isSame(client.told, other), PATIENCE)))
          found.push(`${index} ${JSON.stringify(edit)}: ${difference(client.told, other)}`);
    } catch (error) {
      found.push(`${index} ${JSON.stringify(edit)}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    }
    if (client.errors.length > 0) found.push(`${index} ${JSON.stringify(edit)}: ${client.errors.splice(0).join('\n')}`);
    if (found.length > 5) break;
  }
  await client.stop();
  return found;
}

function difference(told: Told, fresh: Told): string {
  const lines = (from: Told): string[] =>
    Object.entries(from).flatMap(([uri, all]) => all.map((each) => `${uri} ${each}`));
  const [left, right] = [lines(told), lines(fresh)];
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `stale ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `missing ${line}`),
  ].join('\n  ');
}

describe('after every random edit the server is alive and says what a fresh one says', () => {
  test.each(projects)('%s', { timeout: 3_600_000 }, async (project) => {
    const count = ASKED > 0 ? Math.ceil(ASKED / projects.length) : Math.ceil(EDITS / projects.length);
    expect(await faults(project, count, Number(process.env.PATHWAY_SEED ?? 20261122))).toEqual([]);
  });
});
