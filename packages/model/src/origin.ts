/**
 * Where something in a model was written. Lines and columns count from 1; the end is exclusive.
 * `file` is relative to the project folder with forward slashes, or starts with `library:` (the shipped
 * library) or `package:` (an npm package), so that no absolute path ever enters an output.
 */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `file:line:column`, the form that terminals and editors make clickable. */
export function formatOrigin(origin: Origin): string {
  return `${origin.file}:${origin.line}:${origin.column}`;
}

/** Orders origins by file, then by place in the file; file names compare by code unit, not by locale. */
export function compareOrigins(a: Origin, b: Origin): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || a.endLine - b.endLine || a.endColumn - b.endColumn;
}
