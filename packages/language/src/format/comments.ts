/**
 * The lines of a comment at an indentation. The lines of a block comment follow it where each begins with `*`;
 * otherwise they are drawn by hand (a table, a figure) and stay as they are.
 */
export function commentLines(text: string, indent: string): string[] {
  const [first = '', ...rest] = text.split('\n').map((line) => line.trimEnd());
  const starred = rest.every((line) => line.trimStart().startsWith('*'));
  return [first, ...(starred ? rest.map((line) => `${indent} ${line.trimStart()}`) : rest)];
}
