import type { CustomPatternMatcherFunc } from 'chevrotain';

/** Opening marks of texts that people type or paste instead of `"`, and what closes them. */
const FOREIGN_QUOTES = /“[^“”"\r\n]*[”"]|„[^“”"\r\n]*[“”"]|«[^«»\r\n]*»|‘[^‘’\r\n]*’|”[^“”"\r\n]*”|'[^'\r\n]*'/y;
const PROPER_TEXT = /"(\\.|[^"\\\r\n])*"/y;
const OPEN_TEXT = /"[^"\r\n]*/y;

/** First characters of everything that `lenientText` takes. */
export const TEXT_STARTS = ['"', '“', '”', '„', '«', '‘', "'"];

/**
 * Takes a text in double quotes; also one in other quotes, and one that is not closed on its line, so that the lexer
 * can name the mistake and the parser goes on as if it were right. An open text ends before a block or a comment.
 */
export const lenientText: CustomPatternMatcherFunc = (text, offset) => {
  const proper = match(PROPER_TEXT, text, offset) ?? match(FOREIGN_QUOTES, text, offset);
  if (proper !== null) return proper;
  const open = match(OPEN_TEXT, text, offset);
  if (open === null) return null;
  const end = /\s*(\{|\}|\s\/\/|\s\/\*|$)/.exec(open[0])?.index ?? open[0].length;
  return [open[0].slice(0, Math.max(1, end))];
};

const COMMENT_START = '/*';

/** Takes a block comment; one that is never closed reaches to the end of the file. */
export const lenientComment: CustomPatternMatcherFunc = (text, offset) => {
  if (!text.startsWith(COMMENT_START, offset)) return null;
  const end = text.indexOf('*/', offset + 2);
  return [text.slice(offset, end < 0 ? text.length : end + 2)];
};

function match(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(text);
}
