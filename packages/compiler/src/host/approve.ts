import { formatText, type SourceReader } from '@pathway/language';
import { join } from 'node:path';
import {
  type Approval,
  meaningHash,
  type Model,
  nearestText,
  openQuestions,
  type Origin,
  titleOf,
} from '@pathway/model';
import { ProjectError } from '../project-error.js';
import { compileProject, type ProjectCompilation } from '../pipeline/compile-project.js';
import { type Project, shownFile } from '../project/project.js';
import { writeFileSafely } from './output-folder.js';
import { createProjectReader } from './project-reader.js';

/** What an approval says. */
export interface ApprovalRequest {
  /** Name or id of what is approved. */
  readonly subject: string;
  /** Name or id of the organisation or role that approves it. */
  readonly by: string;
  /** ISO date. */
  readonly on: string;
}

/** Where an approval was written. */
export interface WrittenApproval {
  readonly file: string;
  readonly line: string;
  /** `same`: it was there, with this hash and date. */
  readonly kind: 'new' | 'renewed' | 'same';
}

/**
 * Approves what a declaration means now: writes the line with its hash into the file that declares it, or in the place of
 * the approver's earlier one. The file is replaced in one go, and only after the project was compiled with it.
 * @throws ProjectError for a name that is not there, or where no file of the project sees both
 */
export async function approve(
  project: Project,
  compilation: ProjectCompilation,
  model: Model,
  request: ApprovalRequest,
): Promise<WrittenApproval> {
  const subject = namedIn(approvable(model), request.subject, 'Nothing that can be approved is');
  const approver = namedIn([...model.organisations, ...model.roles], request.by, 'No organisation or role is');
  const open = openQuestions(model).find(({ blocks }) => blocks.includes(subject.id));
  if (open !== undefined)
    throw new ProjectError(
      `${subject.name} waits for an answer: ${titleOf(open)}`,
      `Write who decided what: decision … { answers ${open.name}  decided 2026-04-01 by … }`,
    );
  const hash = meaningHash(model, subject.id) ?? '';
  const wanted = { subject: subject.id, approver: approver.id, hash, date: request.on };
  const earlier = (model.approvals ?? []).filter(
    (each) => each.subject === subject.id && each.approver === approver.id && isOwn(each.origin.file),
  );
  const latest = earlier.at(-1);
  if (latest?.hash === hash && latest.date === request.on) {
    const line = lineAt(compilation.texts.get(latest.origin.file) ?? '', latest.origin);
    return { file: shownFile(project, latest.origin.file), line, kind: 'same' };
  }
  const reader = createProjectReader(project);
  const files = latest === undefined ? filesFor(subject, approver, model, compilation) : [latest.origin.file];
  for (const file of files) {
    const text = compilation.texts.get(file) ?? '';
    for (const line of lines(subject.name, approver.name, text, wanted)) {
      const changed = latest === undefined ? withLine(text, line, lastOf(model, file)) : replaced(text, latest, line);
      const written = formatted(text) ? canonical(changed) : changed;
      if (!(await says(project, reader, file, written, wanted))) continue;
      await writeFileSafely(join(project.root, ...file.split('/')), shownFile(project, file), written);
      return { file: shownFile(project, file), line, kind: latest === undefined ? 'new' : 'renewed' };
    }
  }
  throw new ProjectError(
    `No file of the project sees both ${subject.name} and ${approver.name}.`,
    `Import the file that declares ${approver.name} where ${subject.name} is declared.`,
  );
}

type Named = Pick<Model['pathways'][number], 'id' | 'name' | 'origin'>;

function approvable(model: Model): readonly Named[] {
  return [
    ...model.pathways,
    ...model.cohorts,
    ...model.resources,
    ...model.stocks,
    ...model.staff,
    ...model.roles,
    ...model.numbers,
    ...model.indicators,
    ...(model.signals ?? []),
    ...(model.gauges ?? []),
    ...(model.triggers ?? []),
    ...(model.crises ?? []),
    ...(model.responses ?? []),
    ...model.scenarios,
    ...model.studies,
  ];
}

function namedIn(all: readonly Named[], wanted: string, nothing: string): Named {
  const exact = all.filter(({ id }) => id === wanted);
  const found = exact.length > 0 ? exact : all.filter(({ name }) => name === wanted);
  const [first, ...others] = found;
  if (first === undefined) {
    const near = nearestText(
      wanted,
      all.map(({ name }) => name),
    );
    throw new ProjectError(
      `${nothing} called ${wanted}${near === undefined ? '.' : `; did you mean ${near}?`}`,
      `Names: ${[...new Set(all.map(({ id }) => id))].slice(0, 20).join(', ')}.`,
    );
  }
  if (others.length > 0)
    throw new ProjectError(
      `${wanted} is the name of several: ${found.map(({ id }) => id).join(', ')}.`,
      'Write one of these.',
    );
  return first;
}

/** Files in which the line could stand, the likeliest first. */
function filesFor(
  subject: Named,
  approver: Named,
  { approvals = [] }: Model,
  { files }: ProjectCompilation,
): readonly string[] {
  const beside = approvals.filter((each) => each.subject === subject.id).map(({ origin }) => origin.file);
  return [...new Set([...beside, subject.origin.file, approver.origin.file, ...files])].filter(isOwn);
}

function isOwn(file: string): boolean {
  return !/^(package|library):/.test(file);
}

/** The line with names as the file may see them: as declared, in backquotes, or behind the prefix of an import. */
function* lines(
  subject: string,
  approver: string,
  text: string,
  { date, hash }: Pick<Approval, 'date' | 'hash'>,
): Generator<string> {
  const prefixes = [
    '',
    ...Array.from(text.matchAll(/^\s*import\s+"[^"\n]*"\s+as\s+(\S+)/gm), ([, name]) => `${name}.`),
  ];
  const spelled = (name: string): string[] =>
    prefixes.flatMap((prefix) => [`${prefix}${name}`, `${prefix}\`${name}\``]);
  for (const one of spelled(subject))
    for (const other of spelled(approver)) yield `approved ${one} by ${other} on ${date} as "${hash}"`;
}

/** Where the last approval of a file ends. */
function lastOf({ approvals = [] }: Model, file: string): Origin | undefined {
  return approvals.filter(({ origin }) => origin.file === file).at(-1)?.origin;
}

function withLine(text: string, line: string, after: Origin | undefined): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  if (after !== undefined) {
    const at = offsetOf(text, after.endLine, after.endColumn);
    return `${text.slice(0, at)}${end}${line}${text.slice(at)}`;
  }
  const body = text.trimEnd();
  return body === '' ? `${line}${end}` : `${body}${end}${end}${line}${end}`;
}

function replaced(text: string, { origin }: Approval, line: string): string {
  const [from, to] = [offsetOf(text, origin.line, origin.column), offsetOf(text, origin.endLine, origin.endColumn)];
  return text.slice(0, from) + line + text.slice(to);
}

function lineAt(text: string, origin: Origin): string {
  return text.slice(offsetOf(text, origin.line, origin.column), offsetOf(text, origin.endLine, origin.endColumn));
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let left = line - 1; left > 0; left--) at = text.indexOf('\n', at) + 1;
  return at + column - 1;
}

function formatted(text: string): boolean {
  const result = formatText(text);
  return 'formatted' in result && result.formatted === text;
}

function canonical(text: string): string {
  const result = formatText(text);
  return 'formatted' in result ? result.formatted : text;
}

/** Whether the project with this text of a file has the approval, and means what it meant before. */
async function says(
  project: Project,
  reader: SourceReader,
  file: string,
  text: string,
  wanted: Pick<Approval, 'subject' | 'approver' | 'hash' | 'date'>,
): Promise<boolean> {
  const overlaid: SourceReader = {
    read: (path) => (path === file ? Promise.resolve(text) : reader.read(path)),
  };
  const { model } = await compileProject(project, overlaid);
  if (model === undefined || meaningHash(model, wanted.subject) !== wanted.hash) return false;
  return (model.approvals ?? []).some(
    ({ subject, approver, hash, date }) =>
      subject === wanted.subject && approver === wanted.approver && hash === wanted.hash && date === wanted.date,
  );
}
