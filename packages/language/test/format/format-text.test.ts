import { describe, expect, test } from 'vitest';
import { formatText } from '../../src/format/format-text.js';

function formatted(text: string): string {
  const result = formatText(text);
  if ('errors' in result) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.formatted;
}

describe('formatText', () => {
  test('puts each property on a line of its own', () => {
    const text = 'organisation   A "Ward"{sector hospital in Devon}';
    expect(formatted(text)).toBe('organisation A "Ward" {\n  sector hospital\n  in Devon\n}\n');
  });

  test('keeps a block of one thing on one line, and takes nested blocks apart', () => {
    const text = 'pathway P{\nchoose {\n20%{\ncall Q\n}\notherwise{}\n}\n}';
    expect(formatted(text)).toBe('pathway P {\n  choose {\n    20% { call Q }\n    otherwise { }\n  }\n}\n');
  });

  test('takes a block of one thing apart where the line would end beyond column 100', () => {
    const inside = 'takes lognormal(mean 28 min, sd 12 min)';
    const name = 'S'.repeat(100 - `  step  { ${inside} }`.length);
    expect(formatted(`pathway P { step ${name} { ${inside} } finish Z }`)).toContain(`  step ${name} { ${inside} }\n`);
    const longer = formatted(`pathway P { step ${name}S { ${inside} } finish Z }`);
    expect(longer).toContain(`  step ${name}S {\n    ${inside}\n  }\n`);
  });

  test('spaces operators, spans, units and signs', () => {
    const text = 'number A=-  3 min*( 2+ B )/4\nshift S 07:00 - 15:00 on Mon - Fri\nnumber C = 5 % + abs( -1 )';
    expect(formatted(text)).toBe(
      'number A = -3 min * (2 + B) / 4\nshift S 07:00-15:00 on Mon-Fri\nnumber C = 5% + abs(-1)\n',
    );
  });

  test('continues a long list after a comma', () => {
    const text = `cohort C { arrives hourly (${Array.from({ length: 60 }, (_, hour) => `${hour}`).join(',')}) }`;
    const lines = formatted(text).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(lines[2]).toMatch(/^ {6}\d+, /);
  });

  test('parts declarations of several lines, and leaves short ones together as written', () => {
    const text = 'import "std/x"\nskill A\nskill B\n\n\n\nskill C\nresource R { count 1 kind space }\nskill D';
    expect(formatted(text)).toBe(
      'import "std/x"\n\nskill A\nskill B\n\nskill C\n\nresource R {\n  count 1\n  kind space\n}\n\nskill D\n',
    );
  });

  test('keeps the blank line before the comment that belongs to a declaration', () => {
    const text = 'resource R { count 1 kind space }\n// about S\nskill S';
    expect(formatted(text)).toBe('resource R {\n  count 1\n  kind space\n}\n\n// about S\nskill S\n');
  });

  test('keeps comments where they stand', () => {
    const text = 'pathway P { // head\n\n\n// own\nstep A { takes // why\n 3 min } // behind\n/* last */ }';
    expect(formatted(text)).toBe(
      'pathway P {  // head\n  // own\n  step A {\n    takes  // why\n        3 min\n  }  // behind\n  /* last */\n}\n',
    );
  });

  test('moves the lines of a documentation comment with it, and leaves a drawing alone', () => {
    const text = 'pathway P {\n      /**\n       * Says it.\n       */\n finish A\n/* a\n     b */ finish B }';
    expect(formatted(text)).toBe(
      'pathway P {\n  /**\n   * Says it.\n   */\n  finish A\n  /* a\n     b */\n  finish B\n}\n',
    );
  });

  test('keeps a source on the line of the property that rests on it', () => {
    const text = 'cohort C { arrives 3 per day source S attribute age 4\nsource T }';
    expect(formatted(text)).toBe('cohort C {\n  arrives 3 per day source S\n  attribute age 4\n  source T\n}\n');
  });

  test('leaves the words of texts and numbers alone', () => {
    expect(formatted('source S "a   { b"\nnumber N = 1_000.50')).toBe('source S "a   { b"\nnumber N = 1_000.50\n');
  });

  test('keeps the line ends of the file, and drops a byte order mark', () => {
    expect(formatted('\uFEFFskill A\r\nskill   B\r\n')).toBe('skill A\r\nskill B\r\n');
    expect(formatted('skill A\r\nskill B\r\n')).toBe('skill A\r\nskill B\r\n');
    expect(formatted('skill A\nskill  B\r\n')).toBe('skill A\nskill B\n');
  });

  test('gives nothing for nothing', () => {
    expect(formatted('')).toBe('');
    expect(formatted('\n\n')).toBe('');
    expect(formatted('// only this')).toBe('// only this\n');
  });

  test('names the errors of a text that has no canonical form', () => {
    const result = formatText('pathway P {\n  stpe A\n}\n', 'a.pathway');
    expect('errors' in result && result.errors.map(({ code, range }) => [code, range.file, range.line])).toEqual([
      ['PW1002', 'a.pathway', 2],
    ]);
  });
});
