import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundleCommand, type BundledCommand } from './bundled.js';
import { EditorSession } from './editor-session.js';

const TEXT = 'organisation A "A"\n\npathway P "P" {\n  owner A\n  step S "S" {\n    takes 5 min\n  }\n}\n';
const INITIALIZE = { processId: null, rootUri: null, capabilities: {} };

let command: BundledCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterAll(() => command.remove());

/** A session with a new server, and the address of its one file. */
function begin(): { session: EditorSession; uri: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pathway-')));
  writeFileSync(join(folder, 'a.pathway'), TEXT);
  const server = command.start(['lsp', '--stdio'], folder);
  onTestFinished(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  return { session: new EditorSession(server), uri: pathToFileURL(join(folder, 'a.pathway')).href };
}

async function open(session: EditorSession, uri: string, text = TEXT): Promise<void> {
  await session.answer(session.ask('initialize', INITIALIZE));
  session.tell('initialized');
  session.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'pathway', version: 1, text } });
  await session.until(() => session.published(uri).length > 0);
}

async function end(session: EditorSession): Promise<number> {
  await session.answer(session.ask('shutdown', null));
  session.tell('exit', null);
  return session.ended;
}

/** The text with one more letter in it, as an editor tells it. */
function typed(uri: string, version: number, text: string): object {
  const range = { start: { line: 5, character: 11 }, end: { line: 5, character: 11 } };
  return { textDocument: { uri, version }, contentChanges: [{ range, text }] };
}

describe('a session over standard input and output', () => {
  test('begins with initialize, once, and ends with shutdown and exit', async () => {
    const { session, uri } = begin();
    const early = session.ask('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } });
    expect(await session.answer(early)).toMatchObject({ error: { code: -32002 } });
    await open(session, uri);
    expect(await session.answer(session.ask('initialize', INITIALIZE))).toMatchObject({ error: { code: -32600 } });
    await session.answer(session.ask('shutdown', null));
    const late = session.ask('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } });
    expect(await session.answer(late)).toMatchObject({ error: { code: -32600 } });
    session.tell('exit', null);
    expect(await session.ended).toBe(0);
    expect(session.faults()).toEqual([]);
  });

  test('that breaks off without shutdown ends with another exit code', async () => {
    const { session, uri } = begin();
    await open(session, uri);
    session.tell('exit', null);
    expect(await session.ended).toBe(1);
  });

  test('tells the version that findings are of, never an older one after a newer, and the last one in the end', async () => {
    const { session, uri } = begin();
    await open(session, uri);
    session.burst(() => {
      for (let version = 2; version <= 41; version++)
        session.tell('textDocument/didChange', typed(uri, version, version % 2 === 0 ? 'x' : ''));
    });
    await session.until(() => session.published(uri).at(-1)?.version === 41 && session.codes(uri).length > 0);
    expect(await end(session)).toBe(0);
    expect(session.faults()).toEqual([]);
  });

  test('answers in the order of what was typed: each question sees what was told before it', async () => {
    const { session, uri } = begin();
    await open(session, uri);
    const asked: number[] = [];
    session.burst(() => {
      for (const [index, name] of ['One', 'Two', 'Three'].entries()) {
        const text = TEXT.replace('step S "S"', `step ${name}`);
        session.tell('textDocument/didChange', {
          textDocument: { uri, version: index + 2 },
          contentChanges: [{ text }],
        });
        asked.push(session.ask('textDocument/documentSymbol', { textDocument: { uri } }));
      }
    });
    const answers = await Promise.all(asked.map((id) => session.answer(id)));
    const last = answers.at(-1);
    expect(JSON.stringify(last?.result)).toContain('"Three"');
    expect(await end(session)).toBe(0);
    expect(session.faults()).toEqual([]);
  });

  test('answers a request that is taken back, too, and goes on', async () => {
    const { session, uri } = begin();
    await open(session, uri);
    const ids: number[] = [];
    session.burst(() => {
      for (let count = 0; count < 20; count++) {
        const id = session.ask('textDocument/references', {
          textDocument: { uri },
          position: { line: 0, character: 13 },
          context: { includeDeclaration: true },
        });
        ids.push(id);
        session.tell('$/cancelRequest', { id });
      }
      session.tell('$/cancelRequest', { id: 4711 });
    });
    const answers = await Promise.all(ids.map((id) => session.answer(id)));
    // What was done before it was taken back has its result, anything else the error that the protocol has for it.
    for (const { error, result } of answers) expect(error?.code ?? (Array.isArray(result) ? -32800 : 0)).toBe(-32800);
    expect(await end(session)).toBe(0);
    expect(session.faults()).toEqual([]);
  });

  test('refuses what it does not know, passes over what it may, and survives nonsense', async () => {
    const { session, uri } = begin();
    await open(session, uri);
    expect(await session.answer(session.ask('textDocument/colour'))).toMatchObject({ error: { code: -32601 } });
    session.tell('$/unheardOf');
    session.tell('unheard/of');
    session.tell('textDocument/didChange', typed('file:///nowhere/b.pathway', 3, 'x'));
    for (const position of [
      { line: 10_000, character: 0 },
      { line: 0, character: 10_000 },
    ])
      expect((await session.answer(session.ask('textDocument/hover', { textDocument: { uri }, position }))).error).toBe(
        undefined,
      );
    const elsewhere = { textDocument: { uri: 'untitled:Untitled-1' }, position: { line: 0, character: 0 } };
    expect((await session.answer(session.ask('textDocument/completion', elsewhere))).error).toBe(undefined);
    expect(await end(session)).toBe(0);
    expect(session.faults()).toEqual([]);
  });
});
