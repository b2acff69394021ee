import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { reportPdf, reportWorkbook } from '../src/index.js';
import { printable } from '../src/pdf/print-drawing.js';
import type { ReportInput } from '../src/input.js';
import { reportDocument } from '../src/document/report-document.js';
import { printTable } from '../src/pdf/print-table.js';
import { printBlocks } from '../src/pdf/report-pdf.js';
import { wordsOf } from '../src/words/words.js';
import type { Block, TableBlock } from '../src/document/blocks.js';
import { type Printer, startPrinting } from '../src/pdf/printer.js';
import { workbookOf } from '../src/workbook/report-workbook.js';
import { sheetNames } from '../src/workbook/workbook.js';
import { BY_DAY, INPUT, STUDY } from './fixture.js';

const { resolve } = createRequire(import.meta.url);
const font = (file: string): Uint8Array => new Uint8Array(readFileSync(resolve(`@expo-google-fonts/inter/${file}`)));
const FONTS = { regular: font('400Regular/Inter_400Regular.ttf'), bold: font('600SemiBold/Inter_600SemiBold.ttf') };

describe('the workbook', () => {
  it('holds the figures of the results as numbers', () => {
    const { sheets } = workbookOf(INPUT);
    const sheet = sheets.find(({ name }) => name.startsWith('Indicators'));
    const [head, ...rows] = sheet?.rows ?? [];
    const mean = head?.findIndex(({ value }) => value === 'Mean') ?? -1;
    const shares = STUDY.scenarios.flatMap(({ indicators }) => indicators).map(({ estimate }) => estimate.mean);
    expect(rows).toHaveLength(shares.length);
    for (const [i, row] of rows.entries()) {
      const unit = row[3]?.value;
      const factor = { d: 86_400, h: 3600, min: 60, 'per day': 1 / 86_400 }[String(unit)] ?? 1;
      expect((row[mean]?.value as number) * factor).toBeCloseTo(shares[i] ?? Number.NaN, 9);
    }
  });

  it('gives the same bytes for the same input', async () => {
    expect(Buffer.compare(await reportWorkbook(structuredClone(INPUT)), await reportWorkbook(INPUT))).toBe(0);
  });

  it('has no formula in any cell, whatever a title begins with', async () => {
    const titles = ['=1+1', '+cmd|x', '-2', '@SUM(A1)', '<f>1</f>'];
    for (const title of titles) {
      const results = [{ ...STUDY, title, scenarios: STUDY.scenarios.map((each) => ({ ...each, title })) }];
      const parts = unzipSync(await reportWorkbook({ ...INPUT, model: { ...INPUT.model, title }, results }));
      for (const [name, part] of Object.entries(parts)) {
        if (!name.startsWith('xl/worksheets/sheet')) continue;
        expect(strFromU8(part), name).not.toMatch(/<f[ >]/);
        // Every text is one of the shared texts, which nothing evaluates.
        expect(strFromU8(part), name).not.toMatch(/t="str"/);
      }
      expect(strFromU8(parts['xl/sharedStrings.xml'] ?? new Uint8Array())).not.toContain('<f>');
    }
  });

  it('has the days of crises as numbers with what they assume, also where nobody is needed as usual', () => {
    const [plan] = INPUT.plans;
    for (const roles of [plan!.roles, []]) {
      const { sheets } = workbookOf({ ...INPUT, plans: [{ ...plan!, roles, byDay: BY_DAY }] });
      const sheet = sheets.find(({ name }) => name.startsWith('On the days of crises'));
      expect(sheet?.rows.map((row) => row.map(({ value }) => value))).toEqual([
        expect.arrayContaining(['Role', 'Cover, h a day', 'Missing, h', 'What holds']),
        ['Stroke nurse, Royal Devon hospital', '2026-12-07', '2026-12-08', 90, 5, 3.5, 1, 14.5, 'Flood, Surge plan'],
        ['Stroke nurse, Royal Devon hospital', '2026-12-09', '2026-12-09', 72, 3, undefined, 0, 0, ''],
        [],
        [BY_DAY.notes[0]],
      ]);
      expect(sheets.some(({ name }) => name.startsWith('Cover '))).toBe(roles.length > 0);
    }
    expect(workbookOf(INPUT).sheets.some(({ name }) => name.startsWith('On the days of crises'))).toBe(false);
  });

  it('names its sheets so that a spreadsheet takes them', () => {
    const names = sheetNames([
      'a/b:c*?[d]',
      'A b c d',
      '',
      "'quoted'",
      'x'.repeat(40),
      `${'x'.repeat(40)}y`,
      '😀'.repeat(20),
    ]);
    expect(names).toEqual([
      'a b c d',
      'A b c d 2',
      'Sheet',
      'quoted',
      'x'.repeat(31),
      `${'x'.repeat(29)} 2`,
      '😀'.repeat(15),
    ]);
  });
});

describe('the printed report', () => {
  it('gives the same bytes for the same input', async () => {
    const first = await reportPdf(INPUT, FONTS);
    expect(Buffer.compare(await reportPdf(structuredClone(INPUT), FONTS), first)).toBe(0);
    expect(Buffer.from(first.subarray(0, 5)).toString('latin1')).toBe('%PDF-');
  });

  it('embeds its typeface and names no other', async () => {
    const text = Buffer.from(await reportPdf(INPUT, FONTS)).toString('latin1');
    const fonts = new Set(Array.from(text.matchAll(/\/BaseFont \/(?:[A-Z]+\+)?([\w-]+)/g), ([, name]) => name));
    expect([...fonts].sort()).toEqual(['Inter-Regular', 'Inter-SemiBold']);
  });

  it('writes a label with a halo twice, so that the halo lies under its letters', () => {
    const label = '<text x="1" paint-order="stroke" stroke="#fff" stroke-width="3" fill="#000">8 %</text>';
    expect(printable(label)).toBe(`${label}<text x="1" fill="#000">8 %</text>`);
  });
});

/** Each text that a document prints, with the page it stands on. */
function textsOf(print: (printer: Printer) => void): readonly { readonly text: string; readonly page: number }[] {
  const printer = startPrinting('A document', FONTS);
  const texts: { text: string; page: number }[] = [];
  const set = printer.document.text.bind(printer.document);
  vi.spyOn(printer.document, 'text').mockImplementation((...parts: Parameters<typeof set>) => {
    texts.push({ text: parts[0], page: printer.document.bufferedPageRange().count });
    return set(...parts);
  });
  print(printer);
  return texts;
}

describe('a printed table', () => {
  const table = (columns: number): TableBlock => ({
    kind: 'table',
    align: ['left', 'left', ...Array.from({ length: columns }, () => 'right' as const)],
    head: ['Figure', 'Scenario', ...Array.from({ length: columns }, (_, place) => `Value ${place}`)],
    rows: Array.from({ length: 60 }, (_, row) => [
      row % 4 === 0 ? `Figure ${row / 4}` : '',
      `Scenario ${row % 4}`,
      ...Array.from({ length: columns }, () => '1,000,000 (1,000,000–1,000,000)'),
    ]),
  });

  it('that comes in parts says in each what a row is about', () => {
    const texts = textsOf((printer) => printTable(printer, table(5))).map(({ text }) => text);
    const parts = texts.filter((text) => text.startsWith('Value ')).length;
    expect(parts).toBeGreaterThanOrEqual(5);
    expect(texts.filter((text) => text === 'Scenario 3').length).toBeGreaterThan(15);
    expect(texts.filter((text) => text === 'Scenario').length).toBe(texts.filter((text) => text === 'Figure').length);
  });

  it('says again at the top of a page what stood above', () => {
    const texts = textsOf((printer) => printTable(printer, table(1)));
    const tops = texts.flatMap(({ text, page }, place) =>
      text === 'Value 0' && page > 1 ? [texts[place + 1]?.text] : [],
    );
    expect(tops.length).toBeGreaterThan(0);
    for (const top of tops) expect(top).toMatch(/^Figure \d+$/);
  });

  it('says so of a second column too, where that is what groups the rows', () => {
    const grouped = table(1);
    const rows = grouped.rows.map(([figure = '', scenario = '', ...values]) => [scenario, figure, ...values]);
    const texts = textsOf((printer) =>
      printTable(printer, { ...grouped, head: ['Scenario', 'Figure', 'Value'], rows }),
    );
    const tops = texts.flatMap(({ text, page }, place) =>
      text === 'Value' && page > 1 ? [texts[place + 2]?.text] : [],
    );
    expect(tops.length).toBeGreaterThan(0);
    for (const top of tops) expect(top).toMatch(/^Figure \d+$/);
  });

  it('has no word cut, neither in its head nor in its rows', () => {
    const words = ['Current', 'admissions,', 'neurological', 'patients,', 'exact'];
    const head = ['n', ...Array.from({ length: 9 }, (_, place) => words.slice(place % 3).join(' '))];
    const printer = startPrinting('A document', FONTS);
    const lines: string[] = [];
    const set = printer.document._fragment.bind(printer.document);
    vi.spyOn(printer.document, '_fragment').mockImplementation((...parts: Parameters<typeof set>) => {
      lines.push(parts[0]);
      set(...parts);
    });
    printTable(printer, { kind: 'table', align: head.map(() => 'right'), head, rows: [head.map(() => '12 %')] });
    expect(lines.length).toBeGreaterThan(20);
    for (const word of lines.flatMap((line) => line.trim().split(' ')))
      expect([...words, 'n', '12', '%']).toContain(word);
  });

  it('in parts has columns that are shared out evenly, so that none stands alone', () => {
    const texts = textsOf((printer) => printTable(printer, { ...table(4), rows: table(4).rows.slice(0, 4) }));
    const heads = texts.map(({ text }) => text).filter((text) => /^(Figure|Value \d)$/.test(text));
    expect(heads).toEqual(['Figure', 'Value 0', 'Value 1', 'Figure', 'Value 2', 'Value 3']);
  });

  it('that is short stands on one page, and of a longer one no row stands alone', () => {
    for (let above = 27; above < 38; above++) {
      for (const count of [4, 12]) {
        const pages = pagesOfRows(above, count);
        const first = pages.filter((page) => page === pages[0]).length;
        const last = pages.filter((page) => page === pages.at(-1)).length;
        expect(Math.min(first, last), `${count} rows below ${above} lines`).toBeGreaterThanOrEqual(count === 4 ? 4 : 2);
      }
    }
  });
});

/** The page on which each row of a table stands that a heading announces, below so many lines of text. */
function pagesOfRows(above: number, count: number): readonly number[] {
  const rows = Array.from({ length: count }, (_, row) => [`Row ${row}`, '1']);
  const texts = textsOf((printer) =>
    printBlocks(wordsOf(), printer, [
      ...Array.from({ length: above }, (): Block => ({ kind: 'text', text: 'Before.' })),
      { kind: 'heading', level: 2, text: 'Heading' },
      { kind: 'heading', level: 3, text: 'Heading of the table' },
      { kind: 'table', align: ['left', 'right'], head: ['Figure', 'Value'], rows },
    ]),
  );
  const pages = texts.filter(({ text }) => text.startsWith('Row ')).map(({ page }) => page);
  // Both headings stand with the first row.
  for (const { page } of texts.filter(({ text }) => text.startsWith('Heading'))) expect(page).toBe(pages[0]);
  return pages;
}

describe('a printed heading', () => {
  it('stands on the page of the chart or drawing that follows, however high', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="480" viewBox="0 0 400 480"></svg>';
    const filled = Array.from({ length: 6 }, (): Block => ({ kind: 'text', text: 'Before.' }));
    for (const kind of ['chart', 'drawing'] as const) {
      const blocks: readonly Block[] = [
        ...filled,
        { kind: 'heading', level: 2, text: 'Heading' },
        { kind, title: 'Picture', svg, ...(kind === 'chart' && { isWide: true }) },
      ];
      const texts = textsOf((printer) => printBlocks(wordsOf(), printer, blocks));
      const pageOf = (wanted: string): number | undefined => texts.find(({ text }) => text === wanted)?.page;
      expect(pageOf('Heading'), kind).toBe(pageOf('Picture'));
    }
  });
});

describe('texts of a printed document in other scripts', () => {
  /** Letters as wide as they are high. */
  const setLine = (
    text: string,
    size: number,
    _isBold: boolean,
    isRightToLeft: boolean,
  ): { readonly path: string; readonly width: number } | undefined =>
    /[\p{sc=Han}\p{sc=Arabic}]/u.test(text)
      ? { path: `M0 0h${text.length}v1z${isRightToLeft ? '←' : ''}`, width: text.length * size }
      : undefined;
  const printed = (text: string, options: PDFKit.Mixins.TextOptions): readonly { path: string; x: number }[] => {
    const { document } = startPrinting('A document', { ...FONTS, setLine });
    const lines: { path: string; x: number }[] = [];
    let x = 0;
    vi.spyOn(document, 'translate').mockImplementation((left) => {
      x = left;
      return document;
    });
    vi.spyOn(document, 'path').mockImplementation((path) => {
      lines.push({ path, x });
      return document;
    });
    document.font('regular').fontSize(10).text(text, 50, 50, options);
    return lines;
  };

  it('flow in lines that fit, every letter in one of them', () => {
    const lines = printed('病'.repeat(95), { width: 100 });
    expect(lines.map(({ path }) => path)).toEqual([...Array.from({ length: 9 }, () => 'M0 0h10v1z'), 'M0 0h5v1z']);
  });

  it('stand at the side that is asked for', () => {
    expect(printed('病床', { width: 100, align: 'right' }).map(({ x }) => x)).toEqual([130]);
    expect(printed('病床', { width: 100 }).map(({ x }) => x)).toEqual([50]);
  });

  it('begin at the right where they run from right to left, each line of the paragraph', () => {
    const lines = printed('حادة حادة 24 حادة', { width: 100 });
    expect(lines.map(({ x }) => x)).toEqual(lines.map(({ path }) => 150 - 10 * Number(/h(\d+)/.exec(path)?.[1])));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every(({ path }) => path.endsWith('←'))).toBe(true);
    expect(printed('\u2068حادة\u2069: 24', { width: 200 }).map(({ x }) => x)).toEqual([150]);
    expect(printed('Bed of \u2068حادة\u2069', { width: 200 }).map(({ x, path }) => [x, path.endsWith('←')])).toEqual([
      [50, false],
    ]);
    expect(printed('病床', { width: 100 }).every(({ path }) => path.endsWith('←'))).toBe(false);
  });

  it('take as much room as they are wide, and signs without a look none', () => {
    const { document } = startPrinting('A document', { ...FONTS, setLine });
    document.font('bold').fontSize(12);
    expect(document.widthOfString('病床')).toBe(24);
    expect(document.widthOfString('\u2068Bed\u2069')).toBe(document.widthOfString('Bed'));
  });
});

describe('a printed drawing', () => {
  const drawing = (width: number, height: number): Block => ({
    kind: 'drawing',
    title: `${width} × ${height}`,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"></svg>`,
  });
  const sizesOfPages = (blocks: readonly Block[]): readonly string[] => {
    const printer = startPrinting('A document', FONTS);
    printBlocks(wordsOf(), printer, blocks);
    const { start, count } = printer.document.bufferedPageRange();
    return Array.from({ length: count }, (_, i) => {
      printer.document.switchToPage(start + i);
      const { width, height } = printer.document.page;
      return width > height ? 'on its side' : 'upright';
    });
  };

  it('lies on its side where it is larger so and too small otherwise, and what follows stands upright', () => {
    const text: Block = { kind: 'text', text: 'After.' };
    expect(sizesOfPages([text, drawing(1300, 600), text])).toEqual(['upright', 'on its side', 'upright']);
    expect(sizesOfPages([text, drawing(1300, 600), drawing(1300, 600)])).toEqual([
      'upright',
      'on its side',
      'on its side',
    ]);
    expect(sizesOfPages([text, drawing(800, 600), text])).toEqual(['upright']);
    expect(sizesOfPages([text, drawing(1300, 4000), text])).toEqual(['upright', 'upright', 'upright']);
  });

  it('comes on the sheets that it needs to be read, where these are given', () => {
    const [pathway] = INPUT.model.pathways;
    const sheets = {
      [pathway!.id]: ['Stages', 'Stage 1'].map((title) => ({ title, svg: '<svg viewBox="0 0 9 9"></svg>' })),
    };
    const titles = (input: ReportInput): readonly string[] =>
      reportDocument(wordsOf(), input).flatMap((block) => (block.kind === 'drawing' ? [block.title] : []));
    expect(titles({ ...INPUT, sheets })).toEqual(['Stages', 'Stage 1']);
    expect(titles(INPUT)).toEqual([pathway!.title]);
  });
});
