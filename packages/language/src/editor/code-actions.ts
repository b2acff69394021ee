import type { Diagnostic } from '@pathway/model';
import type { CodeAction, Range, TextEdit } from 'vscode-languageserver-types';
import { isUnshakable } from '../validation/severities.js';
import { FileEdits, indentOf, lineStart, withLineEndsOf } from './edits.js';
import { rangeOf } from './places.js';
import type { EditorProject } from './project.js';
import { quickFixes } from './quick-fixes.js';
import { refactoringsAt } from './refactorings.js';

/** What an editor asks about: a range, what is known to be wrong in the file, and the kinds of actions that it wants. */
export interface CodeActionRequest {
  readonly file: string;
  readonly range: Range;
  /** Those of the file's text as it is now; none where it has changed since. */
  readonly diagnostics: readonly Diagnostic[];
  readonly only?: readonly string[] | undefined;
}

/** What can be done at a place: fixes of what is wrong there, silencing it with a reason, changes of form. */
export function codeActionsAt(project: EditorProject, request: CodeActionRequest): CodeAction[] {
  const { file, range, only } = request;
  const wants = (kind: string): boolean =>
    only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const here = request.diagnostics.filter((each) => touches(firstLineOf(rangeOf(each.range)), range));
  return [
    ...(wants('quickfix') ? here.flatMap((diagnostic) => fixesOf(project, file, diagnostic)) : []),
    ...(wants('source.fixAll') && only !== undefined ? fixAll(project, file, request.diagnostics) : []),
    ...refactoringsAt(project, file, range)
      // What belongs to the whole file is offered where it is asked for.
      .filter(({ kind }) => wants(kind) && (only !== undefined || kind !== 'source.organizeImports'))
      .map(({ title, kind, edits }): CodeAction => ({
        title,
        kind,
        edit: { changes: { [project.uriOf(file)]: [...edits.edits] } },
      })),
  ];
}

function fixesOf(project: EditorProject, file: string, diagnostic: Diagnostic): CodeAction[] {
  const loaded = project.file(file);
  const root = project.root(file);
  if (loaded === undefined || root === undefined) return [];
  const own = (diagnostic.fixes ?? []).map(({ title, edits }) => ({ title, changes: changesOf(project, edits) }));
  const more = quickFixes(diagnostic, loaded, root, project.services).map(({ title, edits }) => ({
    title,
    changes: { [project.uriOf(file)]: [...edits.edits] },
  }));
  const fixes = [...own, ...more];
  const actions = fixes.map(({ title, changes }): CodeAction => ({
    title,
    kind: 'quickfix',
    isPreferred: own.length === 1 && title === own[0]?.title,
    edit: { changes },
    diagnostics: [shown(diagnostic)],
  }));
  return [...actions, ...silence(project, file, diagnostic)];
}

/** The comment that silences a finding on its line; what leaves a text without a meaning cannot be silenced. */
function silence(project: EditorProject, file: string, diagnostic: Diagnostic): CodeAction[] {
  const loaded = project.file(file);
  if (loaded === undefined || isUnshakable(diagnostic) || diagnostic.code.startsWith('PW9')) return [];
  const edits = new FileEdits(loaded);
  const offset = loaded.document.textDocument.offsetAt(rangeOf(diagnostic.range).start);
  const start = lineStart(loaded.text, offset);
  edits.insert(start, `${indentOf(loaded.text, offset)}// @allow ${diagnostic.code} because this is meant\n`);
  return [
    {
      title: `Silence ${diagnostic.code} here, with a reason`,
      kind: 'quickfix',
      edit: { changes: { [project.uriOf(file)]: [...edits.edits] } },
      diagnostics: [shown(diagnostic)],
    },
  ];
}

/** Every finding of a file that has one certain fix, put right at once; overlapping ones wait for the next time. */
function fixAll(project: EditorProject, file: string, diagnostics: readonly Diagnostic[]): CodeAction[] {
  const uri = project.uriOf(file);
  const taken: TextEdit[] = [];
  for (const { fixes } of diagnostics) {
    const [only, ...others] = fixes ?? [];
    if (only === undefined || others.length > 0) continue;
    const changes = changesOf(project, only.edits);
    const edits = changes[uri] ?? [];
    const isFree = edits.every((edit) => taken.every((each) => !touches(each.range, edit.range)));
    if (Object.keys(changes).length === 1 && isFree) taken.push(...edits);
  }
  if (taken.length === 0) return [];
  return [
    { title: 'Put right all that has one certain fix', kind: 'source.fixAll', edit: { changes: { [uri]: taken } } },
  ];
}

function changesOf(
  project: EditorProject,
  edits: NonNullable<Diagnostic['fixes']>[number]['edits'],
): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { origin, newText } of edits)
    (changes[project.uriOf(origin.file)] ??= []).push({
      range: rangeOf(origin),
      newText: withLineEndsOf(project.file(origin.file)?.text ?? '', newText),
    });
  return changes;
}

/** A finding as the protocol carries it with an action. */
function shown({ code, message, range }: Diagnostic): NonNullable<CodeAction['diagnostics']>[number] {
  return { code, message, range: rangeOf(range), source: 'pathway' };
}

/** What is said of a whole block is shown, and put right, at its head. */
function firstLineOf({ start, end }: Range): Range {
  return end.line === start.line ? { start, end } : { start, end: { line: start.line + 1, character: 0 } };
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
