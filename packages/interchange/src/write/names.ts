const LETTER = /[\p{L}]/u;

/** Gives each text a name of the language that no other has; a name that is none of the language is built anew. */
export class Names {
  private readonly taken = new Set<string>();
  private readonly given = new Map<string, string>();

  /** The same name again for the same text. */
  for(text: string): string {
    const known = this.given.get(text);
    if (known !== undefined) return known;
    const name = this.fresh(text);
    this.given.set(text, name);
    return name;
  }

  /** A new name after the text, even if the text has one. */
  fresh(text: string): string {
    const base = identifier(text);
    let name = base;
    for (let n = 2; this.taken.has(name); n++) name = `${base}${n}`;
    this.taken.add(name);
    return name;
  }
}

/** `ER Sepsis Triage` becomes `ERSepsisTriage`, `x-ray (chest)` becomes `XRayChest`. */
export function identifier(text: string): string {
  const words = text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const joined = words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .replace(/[^A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u1fff\u3040-\ud7ff]/g, '');
  if (joined === '') return 'Step';
  return LETTER.test(joined.charAt(0)) ? joined : `Step${joined}`;
}

/** Words that begin a value, so that they are no names without backquotes. */
const VALUES = new Set(['true', 'false', 'not', 'by', 'one', 'greatest', 'least']);

/** A name as it is written where one may stand. */
export function reference(name: string): string {
  return VALUES.has(name) ? `\`${name}\`` : name;
}

/** A text in quotes as the language has them. */
export function quoted(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return `"${plain.replace(/[\\"]/g, '\\$&')}"`;
}

/** A text that may stand in a line comment or a comment before a declaration. */
export function commented(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll('*/', '* /');
}
