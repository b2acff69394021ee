import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommand, outcomeOf, type BundledCommand } from './bundled.js';
import { temporaryFolder } from './run-cli.js';

let command: BundledCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterAll(() => command.remove());

async function starterIn(cwd: string, folder = 'region'): Promise<void> {
  expect((await command.run(['new', folder], cwd)).exitCode).toBe(0);
}

function contents(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

describe('a new project', () => {
  test('builds everything at once, with bytes that depend on the texts alone', async () => {
    const cwd = temporaryFolder();
    await starterIn(cwd);
    await starterIn(cwd, 'elsewhere/deep/region');
    const first = await command.run(['build', 'region', '--workers', '1'], cwd);
    expect(first).toMatchObject({ exitCode: 0, out: '' });
    const second = await command.run(
      ['build', '--workers', '2', '--out', 'products'],
      join(cwd, 'elsewhere/deep/region'),
    );
    expect(second.exitCode).toBe(0);
    const products = contents(join(cwd, 'region/out'));
    expect(products).toEqual(contents(join(cwd, 'elsewhere/deep/region/products')));
    const names = Object.keys(products);
    for (const name of [
      'model.json',
      'diagrams/Assessment.svg',
      'simulation/Beds/Today.json',
      'results/Beds/results.json',
      'results/Beds/indicators.csv',
      'staffing/Today.json',
      'staffing/Today.csv',
      'report.html',
      'summary.md',
    ])
      expect(names).toContain(name);
    for (const text of Object.values(products)) expect(text).not.toContain(cwd);
  });

  test('keeps its expectation, and tells it as JUnit', async () => {
    const cwd = temporaryFolder();
    await starterIn(cwd);
    const { exitCode, out, err } = await command.run(['test', 'region', '--junit', 'results.xml'], cwd);
    expect({ exitCode, err }).toMatchObject({ exitCode: 0 });
    expect(out).toContain('holds');
    expect(readFileSync(join(cwd, 'results.xml'), 'utf8')).toContain(
      '<testsuites name="pathway test" tests="1" failures="0"',
    );
  });
});

describe('the process', () => {
  test('answers its exit code to the shell', async () => {
    const cwd = temporaryFolder({ 'a.pathway': 'cohort P {\n  arrives every exponential(3 mins)\n}\n' });
    expect((await command.run(['check'], cwd)).exitCode).toBe(1);
    expect((await command.run(['check', 'missing'], cwd)).exitCode).toBe(2);
    expect((await command.run(['--version'], cwd)).exitCode).toBe(0);
  });

  test('writes no colours into a pipe, whatever a pipeline says of colours', async () => {
    const env = { CI: 'true', FORCE_COLOR: '1' };
    const { out, err } = await outcomeOf(command.start(['check', 'nowhere'], temporaryFolder(), env));
    expect(err).toContain('error');
    expect(out + err).not.toContain('\u001b[');
  });

  test('ends quietly when nobody reads its output any more', async () => {
    const child = command.start(['explain'], temporaryFolder());
    child.stdout.destroy();
    const { err } = await outcomeOf(child);
    expect(err).toBe('');
  });

  test.each(['1', '2'])(
    'after Ctrl-C with %s workers gives the results so far, marked as interrupted',
    async (workers) => {
      const cwd = temporaryFolder();
      await starterIn(cwd);
      const child = command.start(
        ['simulate', 'region', '--replications', '50000', '--workers', workers, '--format', 'json'],
        cwd,
      );
      const outcome = outcomeOf(child);
      child.stderr.once('data', () => setTimeout(() => child.kill('SIGINT'), 1500));
      const { exitCode, out } = await outcome;
      expect(exitCode).toBe(130);
      const results: unknown = JSON.parse(out);
      expect(results).toMatchObject({ format: 'pathway-results', interrupted: true });
    },
  );
});

describe('the language server', () => {
  test('tells findings, fixes and definitions, formats, and ends when it is told to', async () => {
    const cwd = temporaryFolder();
    await starterIn(cwd);
    const child = command.start(['lsp', '--stdio'], cwd);
    const outcome = outcomeOf(child);
    const editor = new Editor(child.stdin);
    child.stdout.on('data', (text: string) => editor.receive(text));
    const root = `file://${cwd}/region`;
    const initialised = await editor.ask('initialize', {
      processId: null,
      rootUri: root,
      capabilities: {},
      workspaceFolders: [{ uri: root, name: 'region' }],
    });
    expect(initialised).toMatchObject({
      capabilities: { hoverProvider: true, renameProvider: expect.anything() as unknown },
    });
    editor.tell('initialized', {});
    const uri = `${root}/care.pathway`;
    const text = readFileSync(join(cwd, 'region/care.pathway'), 'utf8').replace('hold 1 Bed', 'hold 1   Bedd');
    const found = editor.next('textDocument/publishDiagnostics', (params) => JSON.stringify(params).includes('PW2001'));
    editor.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'pathway', version: 1, text } });
    expect(await found).toMatchObject({ uri, diagnostics: [{ code: 'PW2001', source: 'pathway', severity: 1 }] });

    const lines = text.split('\n');
    const placeOf = (part: string) => {
      const line = lines.findIndex((each) => each.includes(part));
      return { line, character: (lines[line] ?? '').indexOf(part) + part.length - 1 };
    };
    const textDocument = { uri };
    const mistake = placeOf('Bedd');
    const fixes = await editor.ask('textDocument/codeAction', {
      textDocument,
      range: { start: mistake, end: mistake },
      context: { diagnostics: [] },
    });
    expect(fixes).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'quickfix',
          edit: { changes: { [uri]: [expect.objectContaining({ newText: 'Bed' })] } },
        }),
      ]),
    );
    const definition = await editor.ask('textDocument/definition', { textDocument, position: placeOf('by 1 Nurse') });
    expect(definition).toMatchObject([{ targetUri: `${root}/region.pathway` }]);
    const edits = await editor.ask('textDocument/formatting', {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits).toMatchObject([
      { newText: (lines[mistake.line] ?? '').replace('hold 1   Bedd', 'hold 1 Bedd') + '\n' },
    ]);
    await editor.ask('shutdown', undefined);
    editor.tell('exit', undefined);
    expect((await outcome).exitCode).toBe(0);
  });
});

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** The little of an editor that a test needs: JSON-RPC with the base protocol's headers. */
class Editor {
  readonly #input: NodeJS.WritableStream;
  readonly #answers = new Map<number | string, (result: unknown) => void>();
  readonly #waiting: { method: string; matches: (params: unknown) => boolean; resolve: (params: unknown) => void }[] =
    [];
  #buffer = Buffer.alloc(0);
  #last = 0;

  constructor(input: NodeJS.WritableStream) {
    this.#input = input;
  }

  ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#last;
    this.#send({ id, method, params });
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  next(method: string, matches: (params: unknown) => boolean): Promise<unknown> {
    return new Promise((resolve) => this.#waiting.push({ method, matches, resolve }));
  }

  receive(text: string): void {
    this.#buffer = Buffer.concat([this.#buffer, Buffer.from(text, 'utf8')]);
    for (;;) {
      const header = this.#buffer.indexOf('\r\n\r\n');
      if (header === -1) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.#buffer.subarray(0, header).toString('utf8'))?.[1]);
      const end = header + 4 + length;
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.subarray(header + 4, end).toString('utf8')) as Message;
      this.#buffer = this.#buffer.subarray(end);
      this.#take(message);
    }
  }

  #take({ id, method, params, result }: Message): void {
    if (method === undefined) {
      if (id !== undefined) this.#answers.get(id)?.(result);
      return;
    }
    if (id !== undefined) this.#send({ id, result: null });
    for (const one of this.#waiting) if (one.method === method && one.matches(params)) one.resolve(params);
  }

  #send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#input.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }
}

describe('a workbook', () => {
  test('has sheets as large as a year by the hour', async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, 'year.pathway'),
      `organisation Ward "Ward" { sector hospital }
role Nurse "Nurse"
shift Day 07:00-19:00
staff 2 Nurse at Ward { contract 48 h/week  works Day  on duty 1 }
roster Year "Year" {
  from 2027-01-04 for 52 weeks
  cover 1 Nurse on Day
  with staff at Ward
}
`,
    );
    const run = await command.run(
      ['roster', 'year.pathway', '--effort', '1', '--format', 'xlsx', '--out', 'year.xlsx'],
      cwd,
    );
    expect(run).toMatchObject({ exitCode: 0 });
    // Sheets beyond 320 kB are those that the library would pack elsewhere; packed, this one has a fifth of that and more.
    const bytes = readFileSync(join(cwd, 'year.xlsx'));
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(bytes.length).toBeGreaterThan(64_000);
  });
});
