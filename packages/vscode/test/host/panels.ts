import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ask, change, eventually, open, textOf, uriOf, write } from './editor.js';

/** The panel with such a title, once it is open. */
function panel(title: RegExp): Promise<vscode.Tab> {
  return eventually(`a panel ${String(title)}`, () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ label, input }) => input instanceof vscode.TabInputWebview && title.test(label)),
  );
}

async function bytesOf(uri: vscode.Uri): Promise<Uint8Array> {
  return eventually(uri.path, () => Promise.resolve(vscode.workspace.fs.readFile(uri)).catch(() => undefined));
}

describe('panels beside the text', () => {
  it('show the diagram of the pathway under the cursor, and save it as SVG and PNG', async () => {
    await open('ward/care.pathway');
    await vscode.commands.executeCommand('pathway.showDiagram');
    await panel(/^Diagram: Care in the ward/);
    await vscode.commands.executeCommand('pathway.exportDiagram', uriOf('care.svg'));
    assert.match(new TextDecoder().decode(await bytesOf(uriOf('care.svg'))), /<svg[^>]*>[\s\S]*Ward round/);
    await vscode.commands.executeCommand('pathway.exportDiagram', uriOf('care.png'));
    const png = await bytesOf(uriOf('care.png'));
    assert.equal(new TextDecoder().decode(png.slice(1, 4)), 'PNG');
    assert.ok(png.length > 5000, `${png.length} bytes`);
  });

  it('show a study that was run from its lens, and mark what does not hold at its line', async () => {
    const care = await open('ward/care.pathway');
    const original = textOf(care);
    const lenses = await ask<vscode.CodeLens[]>('executeCodeLensProvider', care, 20);
    const lens = lenses.find(({ command }) => command?.title === 'Simulate this study')?.command;
    assert.ok(lens);
    await vscode.commands.executeCommand(lens.command, ...((lens.arguments ?? []) as unknown[]));
    await panel(/^Results: Beds of the ward/);
    const broken = await eventually('the broken expectation', () =>
      vscode.languages.getDiagnostics(care.document.uri).find(({ source }) => source === 'pathway study'),
    );
    assert.equal(care.document.lineAt(broken.range.start.line).text.startsWith('expect'), true);
    await change(care, 'seed 1', 'seed 2');
    await vscode.commands.executeCommand(lens.command, ...((lens.arguments ?? []) as unknown[]));
    await write(care, original);
  });
});
