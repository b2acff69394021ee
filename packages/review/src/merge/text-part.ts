/**
 * A part of a text with what it contains, as the language takes a text apart. Its text is `lead`, `head`, the texts of
 * `items` and `foot`, one after the other.
 */
export interface TextPart {
  /** What tells it from its siblings, where something does. */
  readonly key?: string;
  /** How people call it: `step Scan`, `takes`. */
  readonly phrase: string;
  /** Space and comments before it. */
  readonly lead: string;
  /** Up to and with the brace that opens its block; everything where it has none. */
  readonly head: string;
  readonly items?: readonly TextPart[];
  readonly foot: string;
}

/** Everything after the lead. */
export function bodyText(part: TextPart): string {
  return part.head + (part.items ?? []).map(wholeText).join('') + part.foot;
}

export function wholeText(part: TextPart): string {
  return part.lead + bodyText(part);
}

/** Whether two texts differ in nothing but space. */
export function sameButSpace(a: string, b: string): boolean {
  return a === b || a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();
}

/** A text as far as it is no space. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}
