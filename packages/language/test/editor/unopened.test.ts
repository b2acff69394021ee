import type { Position } from 'vscode-languageserver-types';
import { describe, expect, test } from 'vitest';
import {
  codeActionsAt,
  codeLenses,
  completionAt,
  definitionAt,
  documentLinks,
  documentSymbols,
  EditorProject,
  foldingRanges,
  formattingOf,
  highlightsAt,
  hoverAt,
  inlayHints,
  prepareRename,
  referencesAt,
  rename,
  selectionRanges,
  semanticTokens,
  signatureHelpAt,
  typeDefinitionAt,
  workspaceSymbols,
} from '../../src/editor/index.js';
import { LeanNode } from '../../src/tree/lean-nodes.js';
import { PackedCst } from '../../src/tree/packed-cst.js';
import { CONNECTED } from './connected-files.js';

const files = Object.entries(CONNECTED);
const reader = { read: (path: string) => Promise.resolve(CONNECTED[path]) };

/** A project that has been checked, of files that are open in the editor or on disk only. */
async function checked(areOpen: boolean): Promise<EditorProject> {
  const project = new EditorProject((file) => file);
  if (areOpen) for (const [file, text] of files) project.setText(file, text);
  await project.check(
    files.map(([file]) => file),
    reader,
  );
  return project;
}

function isPacked(project: EditorProject, file: string): boolean {
  const root: unknown = project.root(file);
  return root instanceof LeanNode && root.$place instanceof PackedCst;
}

/** Everything that can be asked about a place. */
function answersAt(project: EditorProject, file: string, position: Position): unknown {
  return {
    completion: completionAt(project, file, position).items.map(({ label, kind }) => [label, kind]),
    hover: hoverAt(project, file, position),
    signature: signatureHelpAt(project, file, position),
    definition: definitionAt(project, file, position),
    type: typeDefinitionAt(project, file, position),
    references: referencesAt(project, file, position, true),
    highlights: highlightsAt(project, file, position),
    renaming: prepareRename(project, file, position),
    selections: selectionRanges(project, file, [position]),
  };
}

/** Everything that can be asked about a file, a place in it or not. */
function answersAbout(project: EditorProject, file: string): unknown {
  const range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  return {
    symbols: documentSymbols(project, file),
    folding: foldingRanges(project, file),
    tokens: semanticTokens(project, file),
    links: documentLinks(project, file),
    lenses: codeLenses(project, file),
    hints: inlayHints(project, file, range),
    formatting: formattingOf(project, file),
    actions: codeActionsAt(project, {
      file,
      range,
      diagnostics: (project.latest?.diagnostics ?? []).filter((each) => each.range.file === file),
      only: undefined,
    }),
  };
}

describe('what is asked about files that are not open is answered as if they were', async () => {
  const [open, unopened] = [await checked(true), await checked(false)];

  test('though their concrete syntax is packed', () => {
    for (const [file] of files)
      expect([file, isPacked(open, file), isPacked(unopened, file)]).toEqual([file, false, true]);
  });

  test('by the check', () => {
    expect(unopened.latest?.diagnostics).toEqual(open.latest?.diagnostics);
    expect(unopened.latest?.model).toEqual(open.latest?.model);
  });

  test.each(files)('about %s as a whole', (file) => {
    expect(answersAbout(unopened, file)).toEqual(answersAbout(open, file));
  });

  test.each(files)('at the words of %s', (file, text) => {
    const places = text
      .split('\n')
      .flatMap((words, line) => Array.from(words.matchAll(/\w+/g), ({ index }) => ({ line, character: index })));
    // Every third of them: names, words of the language and units fall on different ones in each line.
    for (const position of places.filter((_place, index) => index % 3 === 0))
      expect(answersAt(unopened, file, position)).toEqual(answersAt(open, file, position));
  });

  test('in all files at once', () => {
    expect(workspaceSymbols(unopened, 'a')).toEqual(workspaceSymbols(open, 'a'));
    const line = CONNECTED['shared.pathway']?.split('\n').findIndex((each) => each.startsWith('organisation Ward'));
    const position = { line: line ?? 0, character: 'organisation '.length };
    const renamed = rename(unopened, 'shared.pathway', position, 'Hall');
    expect(Object.keys(renamed?.changes ?? {}).length).toBeGreaterThan(1);
    expect(renamed).toEqual(rename(open, 'shared.pathway', position, 'Hall'));
  });

  test('and of many that have been edited, those edited last are not packed', () => {
    const project = new EditorProject((file) => file);
    const names = Array.from({ length: 20 }, (_, index) => `file${index}.pathway`);
    for (const name of names) project.setText(name, 'role Nurse { }\n');
    expect(names.filter((name) => isPacked(project, name))).toEqual(names.slice(0, 12));
    project.setText('file0.pathway', 'role Doctor { }\n');
    expect(isPacked(project, 'file0.pathway')).toBe(false);
    expect(isPacked(project, 'file12.pathway')).toBe(true);
  });
});
