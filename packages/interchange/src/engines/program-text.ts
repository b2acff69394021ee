/** Titles as they may stand in a comment or a text of a program: one line, without control characters. */
export function plainText(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Names of a programming language made of titles, each once: `wait_for_bed`. */
export class SnakeNames {
  readonly #taken: Set<string>;

  /** @param reserved words of the language and of the program */
  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  /** A new name after a text. @param form lower case for functions and attributes, upper case for what is constant */
  fresh(text: string, form: 'lower' | 'upper' = 'lower'): string {
    const words = text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toLowerCase();
    const plain = words === '' ? 'part' : /^\d/.test(words) ? `part_${words}` : words;
    const base = form === 'upper' ? plain.toUpperCase() : plain;
    let name = base;
    for (let n = 2; this.#taken.has(name); n++) name = `${base}_${n}`;
    this.#taken.add(name);
    return name;
  }
}

/** Indented by so many levels of four spaces. */
export function indented(lines: readonly string[], levels = 1): string[] {
  return lines.map((line) => (line === '' ? '' : `${'    '.repeat(levels)}${line}`));
}

/** Parts joined by commas, on as many lines as are needed; the first line is led by `before`. */
export function wrapped(before: string, parts: readonly string[], after: string, width = 110): string[] {
  const one = `${before}${parts.join(', ')}${after}`;
  if (one.length <= width) return [one];
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && line.length + part.length + 6 > width) {
      lines.push(`    ${line}`);
      line = '';
    }
    line += line === '' ? `${part},` : ` ${part},`;
  }
  return [before, ...lines, ...(line === '' ? [] : [`    ${line}`]), after];
}

const UNITS = [
  ['DAY', 86_400],
  ['HOUR', 3600],
  ['MINUTE', 60],
] as const;

/** A time in seconds by the constants of a program: `5 * MINUTE`. */
export function timeText(seconds: number): string {
  if (seconds === 0 || !Number.isFinite(seconds)) return String(seconds);
  for (const [name, length] of UNITS) {
    const count = seconds / length;
    // Whole numbers and short fractions, which give the same number again.
    if (Math.abs(count) >= 1 && String(count).length <= 6 && count * length === seconds)
      return count === 1 ? name : `${count} * ${name}`;
  }
  return String(seconds);
}
