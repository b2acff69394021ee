import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Channel, JsonRpc } from '../src/json-rpc.js';
import { streamChannel } from '../src/stream-channel.js';

const BUNDLES = new URL('../dist/bundle/', import.meta.url);

beforeAll(() => {
  if (!existsSync(new URL('server.mjs', BUNDLES))) throw new Error('there are no bundles yet: npm run build');
});

/** Arrivals from a data file whose second line is broken, so that whoever tells of it has read the file. */
const PROJECT: Readonly<Record<string, string>> = {
  'care.pathway': 'cohort Patients "Patients" {\n  arrives from "arrivals.csv" column "time"\n}\n',
  'arrivals.csv': 'time,who\n2026-01-05 08:00,"anna\n',
};

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
}

/** The other side of a server: what it tells of a file once a whole check is done. */
async function findingsFrom(rpc: JsonRpc, root: string, answers: Readonly<Record<string, (uri: string) => unknown>>) {
  const told = new Map<string, Published['diagnostics']>();
  rpc.onNotification('textDocument/publishDiagnostics', (params) => {
    const { uri, diagnostics } = params as Published;
    told.set(uri, diagnostics);
  });
  for (const [method, answer] of Object.entries(answers))
    rpc.onRequest(method, (params) => answer((params as { uri: string }).uri));
  const checked = new Promise<void>((resolve) => {
    rpc.onNotification('pathway/checked', () => {
      resolve();
    });
  });
  rpc.listen();
  const uri = `${root}/care.pathway`;
  await rpc.request('initialize', {
    processId: process.pid,
    capabilities: {},
    workspaceFolders: [{ uri: root, name: 'x' }],
  });
  rpc.notify('initialized', {});
  const textDocument = { uri, languageId: 'pathway', version: 1, text: PROJECT['care.pathway'] };
  rpc.notify('textDocument/didOpen', { textDocument });
  await checked;
  const inData = [...told].find(([each]) => each.endsWith('arrivals.csv'))?.[1] ?? [];
  return { told, messages: inData.map(({ message }) => message) };
}

/** The side of an editor: it hears from the first message on, without a session of its own. */
class EditorSide extends JsonRpc {
  constructor(channel: Channel) {
    let hear: ((message: unknown) => void) | undefined;
    super({
      send: (message) => {
        channel.send(message);
      },
      listen: (listener) => {
        hear = listener;
        // An editor's own session is always open.
        hear({ jsonrpc: '2.0', id: 'open', method: 'initialize' });
        channel.listen((message) => hear?.(message));
      },
    });
    this.onRequest('initialize', () => null);
  }
}

describe('the server on a machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pathway-bundle-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const started = (): ChildProcess =>
    spawn(process.execPath, [fileURLToPath(new URL('server.mjs', BUNDLES))], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = (child: ChildProcess): Promise<number | null> =>
    new Promise((resolve) => {
      child.on('exit', (code) => {
        resolve(code);
      });
    });

  test('reads data files and patterns, which are loaded on demand, and ends when it is told to', async () => {
    for (const [name, text] of Object.entries(PROJECT)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'pathway.config.json'), '{ "entry": ["*.pathway"] }');
    const child = started();
    if (child.stdout === null || child.stdin === null) throw new Error('the server has no streams');
    const rpc = new EditorSide(streamChannel(child.stdout, child.stdin, () => undefined));
    const { messages } = await findingsFrom(rpc, pathToFileURL(folder).href, {});
    expect(messages.join()).toContain('quotation mark');
    await rpc.request('shutdown');
    const over = ended(child);
    rpc.notify('exit', undefined);
    expect(await over).toBe(0);
  });

  test('ends with an error when the editor goes without a word', async () => {
    const child = started();
    const over = ended(child);
    child.stdin?.end();
    expect(await over).toBe(1);
  });
});

test('the server in a browser reads data files without anything of Node', async () => {
  let toEditor: (message: unknown) => void = () => undefined;
  const scope = {
    ...{ TextEncoder, TextDecoder, URL, atob, setTimeout, clearTimeout, setInterval, queueMicrotask, console },
    postMessage: (message: unknown) => {
      toEditor(structuredClone(message));
    },
    onmessage: undefined as ((event: { data: unknown }) => void) | undefined,
  };
  runInContext(readFileSync(new URL('browser.js', BUNDLES), 'utf8'), createContext(scope));
  const rpc = new EditorSide({
    send: (message) => scope.onmessage?.({ data: structuredClone(message) }),
    listen: (hear) => {
      toEditor = hear;
    },
  });
  const root = 'memory:/project';
  const { told, messages } = await findingsFrom(rpc, root, {
    'pathway/listFiles': () => Object.keys(PROJECT).map((name) => `${root}/${name}`),
    'pathway/readFile': (uri) => PROJECT[uri.slice(root.length + 1)] ?? null,
  });
  expect(messages.join()).toContain('quotation mark');
  expect(JSON.stringify([...told])).not.toContain('internal');
});
