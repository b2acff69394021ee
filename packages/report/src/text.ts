/** C0 and C1 controls except tab and line ends: forbidden in HTML, meaningless in a title. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Characters that reorder the text around them. A title that needs them to be read is isolated as a whole instead. */
export const BIDI_CONTROLS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** The innermost isolates: what stands in them has no say in the direction of the text around. */
const ISOLATES = /[\u2066-\u2068][^\u2066-\u2069]*\u2069/g;

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/**
 * A title from a model, made fit to stand inside other text: without control characters, on one line, and isolated
 * when it is written from right to left, so that it cannot reorder the figures beside it.
 */
export function named(title: string): string {
  const clean = title
    .replace(/\s+/g, ' ')
    .replace(CONTROLS, '')
    .replace(BIDI_CONTROLS, '')
    .replace(LONE_SURROGATES, '\ufffd')
    .trim();
  return RIGHT_TO_LEFT.test(clean) ? `${FIRST_STRONG_ISOLATE}${clean}${POP_ISOLATE}` : clean;
}

/**
 * Whether a paragraph runs from right to left: by its first letter outside of isolated titles (rules P2 and P3 of the Unicode
 * Bidirectional Algorithm), or by that of the title where there is nothing else.
 */
export function isRightToLeft(text: string): boolean {
  let around = text;
  while (around.search(ISOLATES) >= 0) around = around.replace(ISOLATES, '');
  const first = /\p{L}/u.exec(around) ?? /\p{L}/u.exec(text);
  return first !== null && RIGHT_TO_LEFT.test(first[0]);
}

/** Text as HTML text or as an attribute value in quotes. */
export function escapeHtml(text: string): string {
  return text
    .replace(CONTROLS, '')
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** Text as a Markdown line, a part of one or a table cell: nothing in it is read as markup, and it stays readable. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(CONTROLS, '')
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\\`*[\]|~]/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/^(\s*)(>|[-+](?=\s)|#(?=[#\s]))/, '$1\\$2')
    .replace(/^(\s*\d+)(?=[.)]\s)/, '$1\\');
}
