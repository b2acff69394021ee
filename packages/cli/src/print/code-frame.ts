import type { Origin } from '@pathway/model';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';

/** Longer lines are cut around the place that matters. */
const WIDEST = 140;
const LEAD = 40;

/**
 * The line of a place with its neighbours' number column and a row of carets below it:
 *
 * ```text
 *     |
 *  12 |   hold 1 ASUBeds {
 *     |          ^^^^^^^
 * ```
 *
 * A place over several lines is underlined to the end of its first. Empty when there is no such line.
 * @param lines of the whole text, without their ends
 */
export function codeFrame(
  lines: readonly string[],
  place: Origin,
  paint: (text: string) => string,
  colours: Colours,
): string {
  const line = lines[place.line - 1];
  if (line === undefined) return '';
  const from = Math.min(Math.max(place.column - 1, 0), line.length);
  const to = place.endLine > place.line ? line.trimEnd().length : Math.min(place.endColumn - 1, line.length);
  const cut = from > WIDEST - LEAD ? from - LEAD : 0;
  const shown = line.slice(cut, cut + WIDEST);
  const before = line.slice(cut, from);
  const marked = line.slice(from, Math.min(Math.max(to, from + 1), cut + WIDEST));
  const prefix = cut > 0 ? '…' : '';
  const suffix = line.length > cut + WIDEST ? '…' : '';
  const gutter = String(place.line).length;
  const bar = (label: string, content: string): string =>
    `${colours.dim(` ${label.padStart(gutter)} |`)}${content === '' ? '' : ` ${content}`}`;
  const padding = `${prefix === '' ? '' : ' '}${[...before].map((character) => (character === '\t' ? '\t' : ' ')).join('')}`;
  const carets = '^'.repeat(Math.max([...marked].length, 1));
  return [
    bar('', ''),
    bar(String(place.line), `${prefix}${printable(shown)}${suffix}`),
    bar('', `${padding}${paint(carets)}`),
  ].join('\n');
}
