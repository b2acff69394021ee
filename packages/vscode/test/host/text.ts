import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ask, change, codesOf, eventually, found, open, placeOf, textOf, write } from './editor.js';

describe('text in the editor', () => {
  let care: vscode.TextEditor;
  let original = '';
  before(async () => {
    care = await open('ward/care.pathway');
    original = textOf(care);
    await found(care, 'PW7002', false);
    await eventually('lenses', async () => {
      const lenses = await ask<vscode.CodeLens[]>('executeCodeLensProvider', care);
      return lenses.length > 0 ? lenses : undefined;
    });
  });

  it('is served by the installed package', () => {
    const extension = vscode.extensions.getExtension('pathway.pathway');
    assert.ok(extension?.isActive);
    assert.match(extension.extensionUri.path, /extensions\/pathway\.pathway-/);
    assert.equal(care.document.languageId, 'pathway');
  });

  it('has mistakes marked and unmarked while somebody types', async () => {
    await change(care, 'takes triangular', 'takse triangular');
    await found(care, 'PW1002');
    await change(care, 'takse', 'takes');
    await found(care, 'PW1002', false);
  });

  it('has a fix that puts the mistake right', async () => {
    await change(care, 'by 1 Doctor', 'by 1 Doktor');
    await found(care, 'PW2001');
    const range = new vscode.Range(placeOf(care, 'Doktor'), placeOf(care, 'Doktor', 6));
    const actions = await ask<vscode.CodeAction[]>('executeCodeActionProvider', care, range);
    const fix = actions.find(({ title }) => title.includes('Doctor'));
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await found(care, 'PW2001', false);
    assert.equal(textOf(care), original);
  });

  it('is completed with names, words, units and imports', async () => {
    const labels = async (part: string, after = 0): Promise<readonly string[]> => {
      const { items } = await ask<vscode.CompletionList>(
        'executeCompletionItemProvider',
        care,
        placeOf(care, part, after),
      );
      return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.ok((await labels('Doctor\n')).includes('Doctor'));
    assert.ok((await labels('Doctor\n')).includes('Paramedic'));
    assert.ok((await labels('by 1 Doctor')).includes('takes'));
    assert.ok((await labels('min, 10')).includes('min'));
  });

  it('tells what stands under the pointer', async () => {
    const hovers = await ask<vscode.Hover[]>('executeHoverProvider', care, placeOf(care, 'triangular(5', 2));
    const text = hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join();
    assert.match(text, /\| mean \| 15 min \|/);
  });

  it('leads to definitions, references, calls and symbols', async () => {
    const links = await ask<(vscode.LocationLink | vscode.Location)[]>(
      'executeDefinitionProvider',
      care,
      placeOf(care, 'Bed as'),
    );
    const [link] = links;
    assert.ok(link);
    assert.match(('targetUri' in link ? link.targetUri : link.uri).path, /our wards\/ward\/region\.pathway$/);
    const places = await ask<vscode.Location[]>('executeReferenceProvider', care, placeOf(care, 'Bed as'));
    assert.equal(places.length, 2);
    const symbols = await ask<vscode.DocumentSymbol[]>('executeDocumentSymbolProvider', care);
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['Patients', 'Care', 'Stays', 'Today', 'Beds', 'expect mean of Stays <= 1 h in Today'],
    );
    const everywhere = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'Care.Round',
    );
    assert.equal(everywhere[0]?.name, 'Round');
  });

  it('has figures, lenses, colours, folds, links and growing selections', async () => {
    const range = new vscode.Range(0, 0, care.document.lineCount, 0);
    const hints = await ask<vscode.InlayHint[]>('executeInlayHintProvider', care, range);
    assert.ok(hints.length > 0);
    const lenses = await ask<vscode.CodeLens[]>('executeCodeLensProvider', care, 20);
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.ok(titles.includes('Show diagram') && titles.includes('Simulate this study'), titles.join(', '));
    const tokens = await ask<vscode.SemanticTokens>('provideDocumentSemanticTokens', care);
    assert.ok(tokens.data.length > 50);
    assert.ok((await ask<vscode.FoldingRange[]>('executeFoldingRangeProvider', care)).length > 4);
    assert.equal((await ask<vscode.DocumentLink[]>('executeLinkProvider', care)).length, 1);
    const [selection] = await ask<vscode.SelectionRange[]>('executeSelectionRangeProvider', care, [
      placeOf(care, 'Doctor'),
    ]);
    assert.ok(selection?.parent?.parent);
    const help = await ask<vscode.SignatureHelp>('executeSignatureHelpProvider', care, placeOf(care, 'sd 1 d'), ',');
    assert.equal(help.activeParameter, 1);
  });

  it('is renamed in every file', async () => {
    const edit = await ask<vscode.WorkspaceEdit>(
      'executeDocumentRenameProvider',
      care,
      placeOf(care, 'Doctor'),
      'Physician',
    );
    assert.equal(edit.size, 2);
  });

  it('is formatted, and asked for another form', async () => {
    await change(care, '  owner Ward', '      owner   Ward');
    const edits = await ask<vscode.TextEdit[]>('executeFormatDocumentProvider', care, {
      tabSize: 2,
      insertSpaces: true,
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(care.document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(textOf(care), /\n {2}owner Ward\n/);
    const range = new vscode.Range(placeOf(care, 'step Round'), placeOf(care, 'sd 1 d)', 7));
    const actions = await ask<vscode.CodeAction[]>('executeCodeActionProvider', care, range, 'refactor');
    const titles = actions.map(({ title }) => title);
    assert.ok(
      titles.some((title) => title.startsWith('Move to a pathway')),
      titles.join(', '),
    );
  });

  it('has the severities that the user set', async () => {
    const settings = vscode.workspace.getConfiguration('pathway');
    await change(care, 'pathway Care "Care in the ward"', 'pathway Care');
    await found(care, 'PW9001');
    await settings.update('severities', { PW9001: 'off' }, vscode.ConfigurationTarget.Global);
    await found(care, 'PW9001', false);
    await settings.update('severities', undefined, vscode.ConfigurationTarget.Global);
    await found(care, 'PW9001');
    await change(care, 'pathway Care', 'pathway Care "Care in the ward"');
  });

  it('survives other ends of lines, and a server that is started again', async () => {
    await care.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
    await change(care, 'takes triangular', 'takse triangular');
    await found(care, 'PW1002');
    await vscode.commands.executeCommand('pathway.restartServer');
    await found(care, 'PW1002');
    await write(care, original);
    await care.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.LF));
    await found(care, 'PW1002', false);
    assert.equal(codesOf(care).filter((code) => code.startsWith('PW1')).length, 0);
  });
});
