import { outlineOf, type OutlineItem } from '../outline.js';
import { formatText } from './format-text.js';

/**
 * A text in its canonical form without comments and blank lines: what git compares, so that layout and comments are no
 * differences. Undefined for a text with syntax errors.
 */
export function meaningText(text: string): string | undefined {
  const result = outlineOf(text.replaceAll('\r\n', '\n'));
  if (!('outline' in result)) return undefined;
  const plain = formatText(withoutComments(result.outline));
  if (!('formatted' in plain)) return undefined;
  return plain.formatted.replace(/\n{2,}/g, '\n');
}

function withoutComments(item: OutlineItem): string {
  const inside = (item.items ?? []).map((each) => `\n${withoutComments(each)}`).join('');
  return `${bare(item.head)}${inside}\n${bare(item.foot)}`;
}

/** Comments go, and texts in quotes stay. */
function bare(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\r\n])*"|`[^`\r\n]+`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, kept: string | undefined) => kept ?? ' ',
  );
}
