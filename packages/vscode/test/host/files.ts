import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { eventually, found, open, textOf, uriOf } from './editor.js';

describe('files of the workspace', () => {
  it('take their imports along when they are renamed', async () => {
    const care = await open('ward/care.pathway');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uriOf('ward/region.pathway'), uriOf('ward/area (new).pathway'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually('the new import', () => (textOf(care).includes('"./area (new).pathway"') ? true : undefined));
    await found(care, 'PW2003', false);
  });

  it('are missed when they are deleted outside, and found when they come again', async () => {
    const care = await open('ward/care.pathway');
    const place = uriOf('ward/area (new).pathway');
    const text = await vscode.workspace.fs.readFile(place);
    await vscode.workspace.fs.delete(place);
    await found(care, 'PW2003');
    await vscode.workspace.fs.writeFile(place, text);
    await found(care, 'PW2003', false);
  });

  it('of the library can be read', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('pathway-library:/std/scales.pathway'));
    assert.match(document.getText(), /^scale /m);
  });
});
