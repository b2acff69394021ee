import { shownFile, type ProjectCompilation } from '@pathway/compiler';
import type { Diagnostic, Severity } from '@pathway/model';
import type { Colours } from '../shell/context.js';
import { codeFrame } from './code-frame.js';
import { counted } from './counted.js';
import { printable } from './printable.js';

/** Each diagnostic with its place, the line it is about, related places and what to do next. */
export function diagnosticsText(
  compilation: ProjectCompilation,
  diagnostics: readonly Diagnostic[],
  colours: Colours,
): string {
  const linesByFile = new Map<string, readonly string[]>();
  // Split once a file: a long file has many diagnostics.
  const linesOf = (file: string): readonly string[] => {
    const lines = linesByFile.get(file) ?? (compilation.texts.get(file) ?? '').split(/\r?\n/);
    linesByFile.set(file, lines);
    return lines;
  };
  return diagnostics
    .map((each) => `${diagnosticText(compilation, each, linesOf(each.range.file), colours)}\n`)
    .join('\n');
}

function diagnosticText(
  { project }: ProjectCompilation,
  diagnostic: Diagnostic,
  linesOfFile: readonly string[],
  colours: Colours,
): string {
  const paint = painterOf(diagnostic.severity, colours);
  const { range } = diagnostic;
  const place = `${shownFile(project, range.file)}:${range.line}:${range.column}`;
  const lines = [
    `${colours.bold(paint(diagnostic.severity))} ${colours.bold(diagnostic.code)}: ${printable(diagnostic.message)}`,
    `${colours.dim(' -->')} ${printable(place)}`,
  ];
  const frame = codeFrame(linesOfFile, range, paint, colours);
  if (frame !== '') lines.push(frame);
  for (const { message, origin } of diagnostic.related)
    lines.push(
      `${colours.dim(' note:')} ${printable(`${message} (${shownFile(project, origin.file)}:${origin.line}:${origin.column})`)}`,
    );
  for (const { title } of diagnostic.fixes ?? []) lines.push(`${colours.green(' fix:')} ${printable(title)}`);
  if (diagnostic.severity === 'error' || diagnostic.severity === 'warning')
    lines.push(colours.dim(` help: pathway explain ${diagnostic.code}`));
  return lines.join('\n');
}

function painterOf(severity: Severity, colours: Colours): (text: string) => string {
  switch (severity) {
    case 'error':
      return colours.red;
    case 'warning':
      return colours.yellow;
    case 'information':
      return colours.blue;
    case 'hint':
      return colours.cyan;
  }
}

/** How many diagnostics of each level there are. */
export function countSeverities(diagnostics: readonly Diagnostic[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}

/** `2 errors and 1 warning in 5 files.` */
export function summaryText(diagnostics: readonly Diagnostic[], files: number): string {
  const counts = countSeverities(diagnostics);
  const parts = [
    counts.error > 0 ? counted(counts.error, 'error') : '',
    counts.warning > 0 ? counted(counts.warning, 'warning') : '',
    counts.information + counts.hint > 0 ? counted(counts.information + counts.hint, 'remark') : '',
  ].filter((part) => part !== '');
  const last = parts.pop();
  const what = last === undefined ? 'No problems' : parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `${what} in ${counted(files, 'file')}.`;
}
