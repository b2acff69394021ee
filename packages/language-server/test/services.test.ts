import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  DocumentSymbol,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  SemanticTokens,
  SignatureHelp,
  WorkspaceEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver-types';
import { EditorClient } from './editor-client.js';
import { WARD } from './ward.js';

const client = new EditorClient(WARD);

beforeAll(async () => {
  await client.start();
  await client.open('care.pathway');
});
afterAll(() => client.stop());

const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

async function labels(part: string, after = 0): Promise<readonly string[]> {
  const list = await client.ask<CompletionList>('textDocument/completion', 'care.pathway', part, {}, after);
  return list.items.map(({ label }) => label);
}

async function hover(part: string, after = 1): Promise<string> {
  const found = await client.ask<Hover | null>('textDocument/hover', 'care.pathway', part, {}, after);
  return JSON.stringify(found?.contents ?? '');
}

function titles(start: string, end: string): Promise<readonly CodeAction[]> {
  return client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: client.uri('care.pathway') },
    range: { start: client.place('care.pathway', start), end: client.place('care.pathway', end, end.length) },
    context: { diagnostics: [] },
  });
}

describe('completion', () => {
  test('offers names of the right kind, and those of the library with their import', async () => {
    const list = await client.ask<CompletionList>('textDocument/completion', 'care.pathway', 'Doctor\n');
    const found = new Map(list.items.map((item) => [item.label, item]));
    expect([...found.keys()]).toEqual(expect.arrayContaining(['Doctor', 'Bed', 'Paramedic']));
    expect([...found.keys()]).not.toContain('Ward');
    expect(found.get('Paramedic')?.additionalTextEdits).toEqual([
      {
        range: { start: { line: 0, character: 25 }, end: { line: 0, character: 25 } },
        newText: '\nimport "std/health"',
      },
    ]);
  });

  test('offers words and snippets that fit, and none in comments', async () => {
    expect(await labels('by 1 Doctor')).toEqual(expect.arrayContaining(['takes', 'takes triangular', 'within']));
    expect(await labels('pathway Care')).toContain('cohort');
    expect(await labels('pathway Care')).not.toContain('takes');
    expect(await labels('Those who', 3)).toEqual([]);
  });

  test('offers units after a number, and values where a value stands', async () => {
    expect(await labels(' min, 10', 1)).toEqual(expect.arrayContaining(['min', 'h', 'd']));
    const values = await labels('triangular(5');
    expect(values).toEqual(expect.arrayContaining(['route', 'lognormal(mean …, sd …)']));
    expect(values).not.toContain('Bed');
  });

  test('offers files for an import', async () => {
    expect(await labels('./region', 0)).toEqual(expect.arrayContaining(['std/health', './region.pathway']));
  });
});

describe('hover', () => {
  test('tells what a distribution means, with a curve', async () => {
    const text = await hover('triangular(5');
    expect(text).toContain('| mean | 15 min |');
    expect(text).toContain('| 90th percentile | 22.9 min |');
    expect(text).toMatch(/[▁▂▃▄▅▆▇█]{8}/);
  });

  test('tells the load of a resource, the staff of a role, and who can do a step', async () => {
    expect(await hover('Bed as')).toContain('utilisation | 60.4% |');
    expect(await hover('Doctor\n')).toContain('| Ward | 4 | 2 |');
    expect(await hover('Round "')).toContain('15 min on average');
    expect(await hover('Patients {')).toContain('Those who come.');
  });
});

describe('navigation', () => {
  test('finds definitions and references across files', async () => {
    const [link] = await client.ask<LocationLink[]>('textDocument/definition', 'care.pathway', 'Bed as', {}, 1);
    expect(link?.targetUri).toBe(client.uri('region.pathway'));
    const places = await client.ask<Location[]>(
      'textDocument/references',
      'care.pathway',
      'Bed as',
      { context: { includeDeclaration: true } },
      1,
    );
    expect(places.map(({ uri, range }) => `${uri.split('/').at(-1) ?? ''}:${range.start.line + 1}`)).toEqual([
      'region.pathway:11',
      'care.pathway:11',
    ]);
  });

  test('goes from a response, hold or attribute to what it is a kind of', async () => {
    const [link] = await client.ask<LocationLink[]>('textDocument/typeDefinition', 'care.pathway', 'Stay {', {}, 1);
    expect(link?.targetSelectionRange.start.line).toBe(10);
  });

  test('knows who calls a pathway', async () => {
    const items = await client.ask<object[]>('textDocument/prepareCallHierarchy', 'care.pathway', 'Exercise "', {}, 1);
    const callers = await client.connection.sendRequest<{ from: { name: string } }[]>('callHierarchy/incomingCalls', {
      item: items[0],
    });
    expect(callers.map(({ from }) => from.name)).toEqual(['Care']);
  });

  test('finds symbols by the letters of their qualified names', async () => {
    const found = await client.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query: 'Care.Round' });
    expect(found[0]).toMatchObject({ name: 'Round', containerName: 'Care' });
    const own = await client.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: client.uri('care.pathway') },
    });
    expect(own.map(({ name }) => name)).toEqual(['Patients', 'Care', 'Exercise', 'Time', 'Today', 'Beds']);
  });
});

describe('rename', () => {
  test('changes a name in every file, in backquotes where it is a word of the language', async () => {
    const { changes } = await client.ask<WorkspaceEdit>(
      'textDocument/rename',
      'care.pathway',
      'Bed as',
      { newName: 'step' },
      1,
    );
    expect(Object.keys(changes ?? {})).toHaveLength(2);
    expect(JSON.stringify(changes)).toContain('`step`');
  });

  test('changes an outcome wherever it is reached', async () => {
    const { changes } = await client.ask<WorkspaceEdit>(
      'textDocument/rename',
      'care.pathway',
      'Home }',
      { newName: 'Discharged' },
      1,
    );
    expect(changes?.[client.uri('care.pathway')]).toHaveLength(2);
  });

  test('refuses a name that is taken', async () => {
    await expect(
      client.ask('textDocument/rename', 'care.pathway', 'Exercise "', { newName: 'Care' }, 1),
    ).rejects.toThrow('There is a pathway `Care` already.');
  });

  test('moves imports along with a file', async () => {
    const edit = await client.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', {
      files: [{ oldUri: client.uri('region.pathway'), newUri: client.uri('south/region.pathway') }],
    });
    expect(edit.changes?.[client.uri('care.pathway')]?.[0]?.newText).toBe('"./south/region.pathway"');
  });
});

describe('figures in the text', () => {
  test('shows means, sums of shares and loads', async () => {
    const hints = async (path: string): Promise<readonly unknown[]> =>
      (
        await client.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
          textDocument: { uri: client.uri(path) },
          range: everything,
        })
      ).map(({ label }) => label);
    expect(await hints('care.pathway')).toEqual(['mean 15 min', 'shares 20%, otherwise 80%']);
    expect(await hints('region.pathway')).toContain('load 6.04, 60.4% used');
  });

  test('offers diagrams, runs and counts of references', async () => {
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: client.uri('care.pathway') },
    });
    expect(lenses.flatMap(({ command }) => command?.title ?? [])).toEqual([
      'Show diagram',
      'Show diagram',
      'Simulate this study',
    ]);
    const counted = await client.connection.sendRequest<CodeLens>(
      'codeLens/resolve',
      lenses.find(({ command, range }) => command === undefined && range.start.line === 3),
    );
    expect(counted.command?.title).toBe('1 reference');
  });

  test('helps with the parameters of distributions', async () => {
    const help = await client.ask<SignatureHelp>('textDocument/signatureHelp', 'care.pathway', 'sd 1 d)');
    expect(help.signatures[help.activeSignature ?? 0]?.label).toBe('lognormal(mean …, sd …)');
    expect(help.activeParameter).toBe(1);
  });

  test('colours names by what they mean', async () => {
    const { data } = await client.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument: { uri: client.uri('care.pathway') },
    });
    expect(data.length % 5).toBe(0);
    expect(data.length).toBeGreaterThan(100);
  });
});

describe('changes of form', () => {
  test('offers to move steps to a pathway, wrap them, and name a number', async () => {
    const found = (await titles('step Round', 'sd 1 d)\n    }')).map(({ title }) => title);
    expect(found).toEqual(
      expect.arrayContaining([
        'Move to a pathway `CarePart` that is called here',
        'Wrap in `hold 1 Bed`',
        'Do them at the same time, in `together`',
      ]),
    );
    expect((await titles('30 min\n', '30')).map(({ title }) => title)).toContain('Give it a name: `number MoveTime`');
    expect((await titles('Exercise }', 'E')).map(({ title }) => title)).toContain('Write out what `Exercise` does');
  });

  test('what comes of them has no mistakes', async () => {
    const whole = client.text('care.pathway');
    for (const [start, end] of [
      ['step Round', 'sd 1 d)\n    }'],
      ['30 min\n', '30'],
      ['Exercise }', 'Exercise'],
    ] as const) {
      for (const action of (await titles(start, end)).filter(({ kind }) => kind?.startsWith('refactor') === true)) {
        await client.edit('care.pathway', () =>
          applied(whole, action.edit?.changes?.[client.uri('care.pathway')] ?? []),
        );
        expect([action.title, client.diagnostics('care.pathway').filter(({ severity }) => severity === 1)]).toEqual([
          action.title,
          [],
        ]);
        await client.edit('care.pathway', () => whole);
      }
    }
  });
});

function applied(text: string, edits: NonNullable<WorkspaceEdit['changes']>[string]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce(
      (result, { range, newText }) => result.slice(0, offset(range.start)) + newText + result.slice(offset(range.end)),
      text,
    );
}
