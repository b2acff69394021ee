import { EmptyFileSystem } from 'langium';
import { describe, expect, test } from 'vitest';
import { createPathwayServices } from '../../src/module.js';
import { LIMITS } from '../../src/parser/limits.js';
import { syntaxDiagnostics } from '../../src/parser/syntax-diagnostics.js';

const { LangiumParser: parser } = createPathwayServices(EmptyFileSystem).pathway.parser;

function found(text: string) {
  return syntaxDiagnostics(parser.parse(text), 'a.pathway', text);
}

function codes(text: string): string[] {
  return found(text).map(({ code, range }) => `${range.line} ${code}`);
}

/** The text after the first fix of its only diagnostic. */
function fixed(text: string): string {
  const [only, ...others] = found(text);
  expect(others).toEqual([]);
  const edit = only?.fixes?.[0]?.edits[0];
  if (edit === undefined) throw new Error('there is no fix');
  const offset = (line: number, column: number): number =>
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length +
    (line > 1 ? 1 : 0) +
    column -
    1;
  const { line, column, endLine, endColumn } = edit.origin;
  return text.slice(0, offset(line, column)) + edit.newText + text.slice(offset(endLine, endColumn));
}

describe('a mistake is told once, in its own words, with a remedy', () => {
  test.each([
    ['pathway P {\n  step A {\n    tkaes 20 min\n  }\n}\n', 'tkaes', 'takes'],
    ['pathwya P { finish A }\n', 'pathwya', 'pathway'],
    ['organization A\n', 'organization', 'organisation'],
    ['Skill A\n', 'Skill', 'skill'],
    ['role A { has B cots 34 GBP/h }\n', 'cots', 'cost'],
    ['pathway P { task A }\n', 'task', 'step'],
  ])('a mistyped keyword: %j', (text, wrong, right) => {
    expect(found(text).map(({ message }) => message)).toEqual([
      `\`${wrong}\` is not a keyword; did you mean \`${right}\`?`,
    ]);
    expect(codes(fixed(text))).toEqual([]);
  });

  test.each([
    ['PW1004', 'pathway P {\n  step A "Call {\n    takes 3 min\n  }\n}\n'],
    ['PW1009', 'pathway P {\n  step A {\n    takes 20\n    min\n  }\n}\n'],
    ['PW1010', 'skill A;\n'],
    ['PW1010', 'pathway P {\n  step A -> finish B\n}\n'],
    ['PW1010', 'pathway P { step A { takes: 3 min } }\n'],
    ['PW1010', 'pathway P { step A { takes = 3 min } }\n'],
    ['PW1010', 'pathway P {\n  step A {\n    by 2 Nurse,\n    takes 3 min\n  }\n}\n'],
    ['PW1011', 'skill A }\n'],
    ['PW1012', 'pathway P {\n  step A {\n    takes normal(mean 3 min, sd 2 min\n    by 2 Nurse\n  }\n}\n'],
    ['PW1013', 'skill A “Lysis”\n'],
    ['PW1013', "skill A 'Lysis'\n"],
    ['PW1016', 'pathway P { hold 1 Bed as step { finish A } }\n'],
    ['PW1017', 'pathway P {\n  step A\n    takes 3 min\n  }\n}\n'],
    ['PW1017', 'number A = normal(mean 3 min sd 2 min)\n'],
    ['PW1019', 'pathway P { step step A }\n'],
    ['PW1020', 'number A = abs (3)\n'],
    ['PW1020', 'cohort C { attribute a one of b(20%), c }\n'],
    ['PW1019', 'number A = normal(mean mean 3 min, sd 2 min)\n'],
  ])('%s: %j', (code, text) => {
    expect(found(text).map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(codes(fixed(text))).toEqual([]);
  });

  test('a missing brace leads to the block that it should close', () => {
    const [only, ...others] = found(
      'pathway P {\n  step Call "The call" {\n    takes 3 min\n  finish Home\n}\nskill A\n',
    );
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      code: 'PW1005',
      message: 'The block of `step Call` is never closed; a `}` is missing.',
    });
    expect(only?.range.line).toBe(3);
    expect(only?.related.map(({ origin }) => origin.line)).toEqual([2]);
  });

  test('an import after a declaration', () => {
    expect(codes('skill A\nimport "std/x" as x\nskill B\n')).toEqual(['2 PW1014']);
  });

  test('what stands in the wrong place is told with what belongs there', () => {
    expect(found('role A { cost }\n').map(({ message }) => message)).toEqual([
      'Found the end of a block `}` where a value such as `20 min`, `5%`, `lognormal(mean 28 min, sd 12 min)` or a name should stand.',
    ]);
    expect(found('shift A on Mon\n').map(({ message }) => message)).toEqual([
      'Found `on` where a clock time such as `07:00` should stand.',
    ]);
    expect(found('pathway P {\n  step A { 20 }\n}\n').map(({ message }) => message)).toEqual([
      'Found the number `20` where a property of a step such as `at`, `by`, `uses`, `takes`, `within`, or `}` should stand.',
    ]);
  });

  test('a comment, a name and a text that never end', () => {
    expect(codes('skill A\n/* never\nskill B')).toEqual(['2 PW1004']);
    expect(codes('skill `A\nskill B')).toEqual(['1 PW1004']);
  });

  test('characters without a meaning, seen and unseen', () => {
    expect(found('skill A §\nskill B \u200b{ }').map(({ message }) => message)).toEqual([
      'The character `§` has no meaning here.',
      'The character U+200B, which cannot be seen, has no meaning here.',
    ]);
  });

  test('slips in several declarations are told one by one', () => {
    expect(codes('skil A\nrole B { cots 3 GBP/h }\npathway P {\n  stpe C\n  step D { tkaes 3 min }\n}\n')).toEqual([
      '1 PW1002',
      '2 PW1002',
      '4 PW1002',
      '5 PW1002',
    ]);
  });
});

describe('a byte order mark, Windows line ends and tabs', () => {
  test('are space', () => {
    expect(codes('\uFEFFpathway P {\r\n\tstep A {\r\n\t\ttakes\t20 min\r\n\t}\r\n}\r\n')).toEqual([]);
  });

  test('leave lines and columns right', () => {
    const [only] = found('skill A\r\nrole B {\r\n  cots 3 GBP/h\r\n}\r\n');
    expect(only?.range).toEqual({ file: 'a.pathway', line: 3, column: 3, endLine: 3, endColumn: 7 });
  });
});

describe('limits', () => {
  test('on the size of a text', () => {
    const text = `skill A\n${'// a remark\n'.repeat(LIMITS.textLength / 10)}`;
    expect(found(text).map(({ code, message }) => [code, message])).toEqual([
      ['PW1007', 'The file has 6.0 MB, more than 5.0 MB; split it and import the parts.'],
    ]);
  });

  test.each([
    ['blocks', (depth: number) => `pathway P {${'repeat {'.repeat(depth - 1)}${'}'.repeat(depth)}`, LIMITS.nesting],
    ['parentheses', (depth: number) => `number A = ${'('.repeat(depth)}1${')'.repeat(depth)}`, LIMITS.nesting / 2],
    ['signs', (depth: number) => `number A = ${'-'.repeat(depth)}1`, LIMITS.nesting],
    ['cases', (depth: number) => `number A = ${'by x { a: '.repeat(depth)}1${'}'.repeat(depth)}`, LIMITS.nesting / 2],
    ['calls', (depth: number) => `number A = ${'abs('.repeat(depth)}1${')'.repeat(depth)}`, LIMITS.nesting / 2],
  ])('on the depth of %s', (_what, nested, limit) => {
    expect(codes(nested(limit))).toEqual([]);
    expect(codes(nested(limit + 1))).toEqual(['1 PW1006']);
    expect(codes(nested(50_000))).toEqual(['1 PW1006']);
    expect(found(nested(limit).slice(0, -limit)).length).toBeGreaterThan(0);
  });

  test('on the length of an expression', () => {
    const sum = (operators: number): string => `number A = ${'1 + '.repeat(operators)}1`;
    // The `=` of the declaration counts with them.
    expect(codes(sum(LIMITS.operators - 1))).toEqual([]);
    expect(codes(sum(LIMITS.operators))).toEqual(['1 PW1015']);
    expect(codes(sum(100_000))).toEqual(['1 PW1015']);
  });

  test('on the number of messages', () => {
    const all = found('skill A §\n'.repeat(300));
    expect(all).toHaveLength(LIMITS.mistakes + 1);
    expect(all.at(-1)?.code).toBe('PW1018');
    expect(found('skill A }\n'.repeat(300))).toHaveLength(LIMITS.mistakes + 1);
  });
});
