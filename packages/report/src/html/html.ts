import { escapeHtml } from '../text.js';

/** A piece of finished HTML. Everything else that enters a template is text and is escaped. */
export class Html {
  public constructor(public readonly text: string) {}
}

export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/** Template tag: pieces of HTML stand as they are, lists are joined, all other values are escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  let text = strings[0] ?? '';
  values.forEach((value, index) => {
    text += textOf(value) + (strings[index + 1] ?? '');
  });
  return new Html(text);
}

/** Pieces one after the other, a line each. */
export function lines(parts: readonly HtmlPart[]): Html {
  return new Html(
    parts
      .map(textOf)
      .filter((text) => text !== '')
      .join('\n'),
  );
}

function textOf(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(textOf).join('');
}

/** Gives ids that are unique on the page and depend only on the order of calls. */
export class IdSource {
  private next = 1;

  /** `prefix-1`, `prefix-2`, …: one count over all prefixes. */
  public take(prefix: string): string {
    const id = `${prefix}-${this.next}`;
    this.next += 1;
    return id;
  }
}

export type HeadingLevel = 2 | 3 | 4 | 5 | 6;

/** A heading of the given level. */
export function heading(level: HeadingLevel, text: HtmlPart, id?: string): Html {
  const attribute = id === undefined ? '' : html` id="${id}"`;
  return html`<h${level}${attribute}>${text}</h${level}>`;
}

/** The level below, at most 6. */
export function below(level: HeadingLevel): HeadingLevel {
  switch (level) {
    case 2:
      return 3;
    case 3:
      return 4;
    case 4:
      return 5;
    case 5:
    case 6:
      return 6;
  }
}
