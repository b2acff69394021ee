import { describe, expect, test } from 'vitest';
import type { WorkspaceSymbol } from 'vscode-languageserver-types';
import { EditorClient } from './editor-client.js';

/** Without a title, which is a hint (PW9001), and with a unit that is none. */
const PLAIN = 'pathway Care {\n  step Talk { takes 20 min }\n  finish Home\n}\n';

function severityOf(client: EditorClient, path: string, code: string): number | undefined {
  return client.diagnostics(path).find((each) => each.code === code)?.severity;
}

describe('severities', () => {
  test('are those of the editor where the project says nothing', async () => {
    const client = new EditorClient({ 'a.pathway': PLAIN }, { severities: { PW9001: 'error', PW3005: 'off' } });
    await client.start();
    await client.open('a.pathway');
    expect(severityOf(client, 'a.pathway', 'PW9001')).toBe(1);
    expect(severityOf(client, 'a.pathway', 'PW3005')).toBeUndefined();
    await client.stop();
  });

  test('are those of the project where both say something', async () => {
    const client = new EditorClient(
      { 'a.pathway': PLAIN, 'pathway.config.json': '{ "severities": { "PW9001": "warning" } }' },
      { severities: { PW9001: 'error', PW3005: 'off' } },
    );
    await client.start();
    await client.open('a.pathway');
    expect(severityOf(client, 'a.pathway', 'PW9001')).toBe(2);
    expect(severityOf(client, 'a.pathway', 'PW3005')).toBeUndefined();
    await client.stop();
  });
});

describe('folders', () => {
  const FILES = {
    'north/pathway.config.json': '{ "severities": { "PW9001": "error" } }',
    'north/care.pathway': PLAIN,
    'south/care.pathway': PLAIN.replace('Care', 'Sorgo'),
    'south/broken.pathway': 'pathway Broken {\n',
    'east/care.pathway': PLAIN,
  };

  test('that are open beside one another have projects of their own, and are searched together', async () => {
    const client = new EditorClient(FILES, undefined, ['north', 'south']);
    await client.start();
    await client.open('north/care.pathway');
    await client.open('south/care.pathway');
    expect(severityOf(client, 'north/care.pathway', 'PW9001')).toBe(1);
    expect(severityOf(client, 'south/care.pathway', 'PW9001')).toBe(4);
    const found = await client.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query: 'Talk' });
    expect(found.map(({ containerName }) => containerName).sort()).toEqual(['Care', 'Sorgo']);
    await client.stop();
  });

  test('are read in the background, and those that are opened later too', async () => {
    const client = new EditorClient(FILES, undefined, ['south']);
    await client.start();
    await client.until(() => client.codes('south/broken.pathway').includes('PW1005'));
    expect(client.codes('east/care.pathway')).toEqual([]);
    const uri = client.uri('east');
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri, name: 'east' }], removed: [{ uri: client.uri('south'), name: 'south' }] },
    });
    await client.until(() => client.codes('east/care.pathway').includes('PW9001'));
    expect(client.codes('south/broken.pathway')).toEqual([]);
    await client.stop();
  });

  test('leave out what the project excludes, until it is opened', async () => {
    const client = new EditorClient({
      'pathway.config.json': '{ "exclude": ["drafts/**", "**/*.old.pathway"] }',
      'care.pathway': PLAIN,
      'drafts/idea.pathway': 'pathway Idea {\n',
      'parts/care.old.pathway': 'pathway Old {\n',
      'parts/new.pathway': 'pathway New {\n',
    });
    await client.start();
    await client.open('care.pathway');
    expect(Object.keys(client.told).map((uri) => uri.split('/project/').at(-1))).toEqual([
      'care.pathway',
      'parts/new.pathway',
    ]);
    await client.open('drafts/idea.pathway');
    expect(client.codes('drafts/idea.pathway')).toContain('PW1005');
    await client.stop();
  });
});
