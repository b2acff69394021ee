import { describe, expect, test } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { EditorClient } from './editor-client.js';
import { WARD } from './ward.js';

describe('a session', () => {
  test('tells mistakes of syntax at once, with the version that has them, and takes everything back in the end', async () => {
    const client = new EditorClient(WARD);
    await client.start();
    await client.open('care.pathway');
    expect(client.codes('care.pathway')).toEqual([]);
    const before = client.published.length;
    await client.type('care.pathway', (text) => text.replace('takes 30 min', 'takse 30 min'));
    await client.until(() => client.published.length > before);
    expect(client.codes('care.pathway')).toEqual(['PW1002']);
    expect(client.latestVersion('care.pathway')).toBe(2);
    await client.edit('care.pathway', (text) => text.replace('takse 30 min', 'takes 30 min'));
    expect(client.codes('care.pathway')).toEqual([]);
    await client.stop();
  });

  test('does not tell the same twice, which would close a menu that is open in the editor', async () => {
    const client = new EditorClient(WARD);
    await client.start();
    await client.open('care.pathway');
    await client.edit('care.pathway', (text) => text.replace('by 1 Doctor', 'by 1 Doktor'));
    expect(client.codes('care.pathway')).toContain('PW2001');
    const before = client.published.length;
    await client.checked(() => client.outside({ 'region.pathway': WARD['region.pathway'] }));
    expect(client.published.length).toBe(before);
    await client.stop();
  });

  test('reads each file once, however much it is asked while it reads', async () => {
    const client = new EditorClient(WARD);
    await client.start();
    const opened = client.open('care.pathway');
    await Promise.all(
      ['Bed as', 'Doctor', 'Patients {'].flatMap((part) => [
        client.ask('textDocument/hover', 'care.pathway', part, {}, 1),
        client.ask('textDocument/documentHighlight', 'care.pathway', part, {}, 1),
      ]),
    );
    await opened;
    expect(JSON.stringify(await client.ask('textDocument/hover', 'care.pathway', 'Bed as', {}, 1))).toContain('60.4%');
    await client.stop();
  });

  test('leads into a package that the project keeps', async () => {
    const client = new EditorClient({
      'care.pathway': `import "@care/rounds"
territory Devon "Devon" { population 100_000 }
organisation Desk "Care coordination" { sector community  in Devon }
deploy CallRound in Devon { Caller = Desk }
`,
      'pathway-packages/@care/rounds/index.pathway': `template pathway CallRound "Call-round" {
  needs organisation Caller "Who calls" sector community
  owner Caller
  step Call { takes 10 min }
}
`,
    });
    await client.start();
    await client.open('care.pathway');
    expect(client.codes('care.pathway')).toEqual([]);
    const found = await client.ask('textDocument/definition', 'care.pathway', 'CallRound in', {}, 1);
    expect(JSON.stringify(found)).toMatch(/pathway-packages\/(@|%40)care\/rounds\/index\.pathway/);
    await client.stop();
  });

  test('sees what an edit of one file does to another, and what an unsaved file declares', async () => {
    const client = new EditorClient(WARD);
    await client.start();
    await client.open('care.pathway');
    await client.open('region.pathway');
    await client.edit('region.pathway', (text) => text.replace('resource Bed', 'resource Bett'));
    expect(client.codes('care.pathway')).toContain('PW2001');
    await client.edit('region.pathway', (text) => text.replace('resource Bett', 'resource Bed'));
    expect(client.codes('care.pathway')).toEqual([]);
    await client.stop();
  });

  test('sees files that come and go outside, and settings of the project', async () => {
    const client = new EditorClient(WARD);
    await client.start();
    await client.open('care.pathway');
    const outside = (path: string, type: 1 | 2 | 3): Promise<void> =>
      client.checked(() =>
        client.connection.sendNotification('workspace/didChangeWatchedFiles', {
          changes: [{ uri: client.uri(path), type }],
        }),
      );
    client.disk.delete(client.uri('region.pathway'));
    await outside('region.pathway', 3);
    expect(client.codes('care.pathway')).toContain('PW2003');
    client.disk.set(client.uri('region.pathway'), WARD['region.pathway']);
    await outside('region.pathway', 1);
    expect(client.codes('care.pathway')).toEqual([]);
    client.disk.set(client.uri('pathway.config.json'), '{ "severities": { "PW9001": "error" } }');
    await outside('pathway.config.json', 1);
    await client.edit('care.pathway', (text) => text.replace('pathway Care "Care in the ward"', 'pathway Care'));
    expect(client.diagnostics('care.pathway')).toMatchObject([{ code: 'PW9001', severity: 1 }]);
    await client.stop();
  });

  test('reads carriage returns, a byte-order mark, and names and titles in any script', async () => {
    const text =
      '\uFEFForganisation 病院 "病院"\r\n\r\npathway Φροντίδα "Φροντίδα" {\r\n  owner 病院\r\n  finish Дома\r\n}\r\n';
    const client = new EditorClient({ 'a.pathway': text });
    await client.start();
    await client.open('a.pathway');
    expect(client.diagnostics('a.pathway').filter(({ severity }) => severity === 1)).toEqual([]);
    const places = await client.ask<unknown[]>(
      'textDocument/references',
      'a.pathway',
      '病院 "',
      { context: { includeDeclaration: true } },
      1,
    );
    expect(places).toHaveLength(2);
    await client.stop();
  });

  test('answers what it is asked in the middle of a word, a text or nothing', async () => {
    const client = new EditorClient({ 'a.pathway': 'pathway P {\n  step A { takes ' });
    await client.start();
    await client.open('a.pathway');
    for (const method of ['completion', 'hover', 'definition', 'signatureHelp', 'prepareRename', 'documentHighlight'])
      for (const part of ['pathway', 'P {', 'step', 'takes'])
        await expect(client.ask(`textDocument/${method}`, 'a.pathway', part, {}, 1)).resolves.not.toThrow();
    await client.stop();
  });
});

test('what a text lacks where a name belongs keeps nothing from being completed', async () => {
  const text =
    'cohort C "C" {\n  attribute route one of rehab 24%, home 76%\n}\n\npathway P "P" for C {\n  step S { takes by { rehab: 1 h home: 2 h } }\n}\n';
  const client = new EditorClient({ 'a.pathway': text });
  await client.start();
  await client.open('a.pathway');
  for (const part of ['{ rehab:', 'rehab:', ': 1 h', 'home: 2', '} }'])
    await client.ask('textDocument/completion', 'a.pathway', part, { context: { triggerKind: 1 } });
  expect(client.errors).toEqual([]);
  await client.stop();
});

describe('a text that is not saved anywhere', () => {
  test('is told of, answered about with the library, and forgotten when it is closed', async () => {
    const client = new EditorClient(WARD);
    await client.start();
    const uri = 'untitled:Untitled-1';
    const told = (): readonly string[] =>
      client.published
        .filter((each) => each.uri === uri)
        .at(-1)
        ?.diagnostics.map(({ code }) => String(code)) ?? [];
    const text = 'import "std/health"\nimport "./region.pathway"\n\norganisation A "A" { sector clinik }\n';
    await client.checked(() =>
      client.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'pathway', version: 1, text },
      }),
    );
    expect(told()).toEqual(expect.arrayContaining(['PW2003', 'PW4014']));
    const symbols: readonly { name: string }[] = await client.connection.sendRequest('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(symbols.map(({ name }) => name)).toContain('A');
    await client.checked(() =>
      client.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: 'organisation A "A" { sector hospital }\n' }],
      }),
    );
    expect(told()).not.toContain('PW4014');
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.until(() => told().length === 0);
    expect(client.errors).toEqual([]);
    await client.stop();
  });
});

describe('addresses', () => {
  test('are known again however an editor spells them', async () => {
    const client = new EditorClient({ 'Care (draft)/a+b.pathway': 'organisation A "A"\n' });
    await client.start();
    const uri = 'memory:///project/Care%20(draft)/a+b.pathway';
    await client.checked(() =>
      client.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'pathway', version: 1, text: 'organisation A "A" {\n  sector clinic\n' },
      }),
    );
    expect(client.codes('Care (draft)/a+b.pathway')).toContain('PW1005');
    expect(client.latestVersion('Care (draft)/a+b.pathway')).toBe(1);
    await client.stop();
  });

  test('of folders that are renamed or deleted stand for the files in them', async () => {
    const client = new EditorClient({
      'parts/region.pathway': WARD['region.pathway'],
      'care.pathway': WARD['care.pathway'].replace('./region', './parts/region'),
    });
    await client.start();
    await client.open('care.pathway');
    const edit = await client.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', {
      files: [{ oldUri: client.uri('parts'), newUri: client.uri('south/area') }],
    });
    expect(edit.changes?.[client.uri('care.pathway')]?.[0]?.newText).toBe('"./south/area/region.pathway"');
    client.disk.delete(client.uri('parts/region.pathway'));
    await client.checked(() =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: client.uri('parts'), type: 3 }],
      }),
    );
    expect(client.codes('care.pathway')).toContain('PW2003');
    await client.stop();
  });

  test('belong to another project when a configuration comes between', async () => {
    const client = new EditorClient({ ...WARD, 'inner/a.pathway': 'pathway Lone {\n  finish Home\n}\n' });
    await client.start();
    await client.open('inner/a.pathway');
    await client.open('care.pathway');
    expect(client.diagnostics('inner/a.pathway')).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'PW9001', severity: 4 })]),
    );
    await client.outside({ 'inner/pathway.config.json': '{ "severities": { "PW9001": "error" } }' });
    await client.until(() => client.diagnostics('inner/a.pathway').some(({ severity }) => severity === 1));
    await client.outside({ 'inner/pathway.config.json': undefined });
    await client.until(() =>
      client.diagnostics('inner/a.pathway').every(({ code, severity }) => code !== 'PW9001' || severity === 4),
    );
    await client.stop();
  });
});
