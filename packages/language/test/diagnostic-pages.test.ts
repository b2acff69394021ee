import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIAGNOSTIC_CODES, explainDiagnostic, isDiagnosticCode, type DiagnosticCode } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { OPT_IN } from '../src/index.js';
import { LIMITS } from '../src/parser/limits.js';
import { compileTexts } from './conformance.js';

const PAGES = fileURLToPath(new URL('../../../language/diagnostics/', import.meta.url));

/** Wrong examples that are too long for a page: limits that only a hostile text reaches. */
const LONG_EXAMPLES: Readonly<Partial<Record<DiagnosticCode, () => string>>> = {
  PW1006: () => `number Deep "Deep" = ${'('.repeat(LIMITS.nesting + 1)}1${')'.repeat(LIMITS.nesting + 1)}\n`,
  PW1007: () => `// ${'x'.repeat(LIMITS.textLength)}\n`,
  PW1015: () => `number Long "Long" = 1${' + 1'.repeat(LIMITS.operators + 1)}\n`,
  PW4018: () => doubling(16),
  PW1018: () => 'organisation = "Ward"\n'.repeat(LIMITS.mistakes + 1),
};

/** Numbers of which each uses the one before twice. */
function doubling(times: number): string {
  const lines = Array.from({ length: times }, (_, index) => `number N${index + 1} = N${index} + N${index}\n`);
  return `number N0 = 1\n${lines.join('')}`;
}

/** The day that pages about dates speak of. */
const AS_OF = '2030-01-01';

type Texts = Readonly<Record<string, string>>;

interface Page {
  readonly code: DiagnosticCode;
  readonly text: string;
  readonly wrong: Texts;
  readonly right: Texts;
}

function page(code: DiagnosticCode): Page {
  const text = readFileSync(join(PAGES, `${code}.md`), 'utf8').replaceAll('\r\n', '\n');
  const [, wrong = '', right = ''] = /\n## Wrong\n([\s\S]*)\n## Right\n([\s\S]*)$/.exec(text) ?? [];
  const long = LONG_EXAMPLES[code];
  return {
    code,
    text,
    wrong: long === undefined ? blocksIn(wrong) : { 'main.pathway': long() },
    right: blocksIn(right),
  };
}

/** The fenced blocks of a section by file name; the one without a name is the entry. */
function blocksIn(section: string): Texts {
  const blocks = [...section.matchAll(/^```(?:pathway|csv|json) ?(\S*)\n([\s\S]*?)^```$/gm)];
  return Object.fromEntries(blocks.map(([, name = '', text = '']) => [name === '' ? 'main.pathway' : name, text]));
}

/** Codes that an example brings; codes that have to be asked for are asked for. */
async function codesOf(texts: Texts): Promise<readonly DiagnosticCode[]> {
  const asked = Object.fromEntries([...OPT_IN].map((code) => [code, 'warning' as const]));
  const { diagnostics } = await compileTexts(texts, asked, AS_OF);
  return diagnostics.map(({ code }) => code);
}

describe('the pages of diagnostics', () => {
  it('are there for every code, and for no other', () => {
    const pages = readdirSync(PAGES).filter((name) => /^PW\d{4}\.md$/.test(name));
    expect(pages.map((name) => name.replace('.md', '')).sort()).toEqual([...DIAGNOSTIC_CODES]);
    expect(DIAGNOSTIC_CODES.every(isDiagnosticCode)).toBe(true);
  });

  it.each(DIAGNOSTIC_CODES)('%s begins with the title of the catalogue', (code) => {
    expect(page(code).text.split('\n')[0]).toBe(`# ${code}: ${explainDiagnostic(code).title}`);
  });

  it.each(DIAGNOSTIC_CODES)('%s shows a wrong text that brings the code', async (code) => {
    expect(await codesOf(page(code).wrong)).toContain(code);
  });

  it.each(DIAGNOSTIC_CODES)('%s shows a right text that does not bring it, nor any error', async (code) => {
    const { right } = page(code);
    expect(Object.keys(right)).toContain('main.pathway');
    const codes = await codesOf(right);
    expect(codes).not.toContain(code);
    expect(codes.filter((each) => explainDiagnostic(each).severity === 'error')).toEqual([]);
  });
});
