import type { Diagnostic } from '@pathway/model';
import { EmptyFileSystem } from 'langium';
import { createPathwayServices, type PathwayServices } from '../module.js';
import { syntaxDiagnostics } from '../parser/syntax-diagnostics.js';
import { elementsOf } from './elements.js';
import { print } from './printer.js';

/** The canonical form of a text, or the syntax errors for which it has none. */
export type FormatResult = { readonly formatted: string } | { readonly errors: readonly Diagnostic[] };

/**
 * Writes a text in the canonical form (docs/decisions/0003-canonical-format.md). Tokens stay as they are, every
 * comment stays between the tokens between which it stands, and line ends stay those of the text; formatting a
 * formatted text changes nothing. A text with syntax errors has no canonical form.
 *
 * @param file path of the file, for the origins of the errors
 */
export function formatText(text: string, file = ''): FormatResult {
  const { LangiumParser: parser } = services().parser;
  const parsed = parser.parse(text);
  const errors = syntaxDiagnostics(parsed, file, text);
  const root = parsed.value.$cstNode?.root;
  if (errors.length > 0 || root === undefined) return { errors };
  const formatted = print(elementsOf(parsed.value, root));
  return { formatted: usesCarriageReturns(text) ? formatted.replaceAll('\n', '\r\n') : formatted };
}

function usesCarriageReturns(text: string): boolean {
  const windows = text.match(/\r\n/g)?.length ?? 0;
  const all = text.match(/\n/g)?.length ?? 0;
  return windows * 2 > all;
}

let shared: PathwayServices | undefined;

/** Parsing needs no workspace, so one set of services serves every text. */
function services(): PathwayServices {
  shared ??= createPathwayServices(EmptyFileSystem).pathway;
  return shared;
}
