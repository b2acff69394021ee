import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import writeExcelFile, { type Cell as ExcelCell } from 'write-excel-file/universal';
import { LIGHT } from '../palette.js';
import { type Cell, cellAddress, type ColourRule, type Sheet, type Workbook } from './workbook.js';

/** The first date that a ZIP archive can hold, so that the same workbook gives the same bytes at any time. */
const FIRST_ZIP_DATE = new Date(1980, 0, 1);
const LONGEST_TEXT = 32_767;
/** Numbers of paper in the file's format. */
const PAPER = { A4: 9, A3: 8 };

/**
 * A workbook as the bytes of an XLSX file (ECMA-376). Texts are stored as texts, whatever they begin with, so that none
 * becomes a formula; formulas have their values beside them. The same workbook gives the same bytes.
 */
export async function writeWorkbook(workbook: Workbook): Promise<Uint8Array> {
  const blob = await writeExcelFile(
    workbook.sheets.map((sheet) => ({
      sheet: sheet.name,
      data: sheet.rows.map((row) => row.map(excelCell)),
      columns: sheet.widths.map((width) => ({ width })),
      stickyRowsCount: sheet.frozenRows,
      stickyColumnsCount: sheet.frozenColumns,
      orientation: 'landscape' as const,
      ...(sheet.colours !== undefined && { conditionalFormatting: sheet.colours.map(conditionalColour) }),
    })),
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBlob();
  const parts = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  for (const [index, sheet] of workbook.sheets.entries()) completeSheet(parts, index, sheet);
  repeatHeads(parts, workbook);
  const names = Object.keys(parts).sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, parts[name] ?? new Uint8Array()])), {
    mtime: FIRST_ZIP_DATE,
    level: 6,
  });
}

function conditionalColour({ from, to, when, surface, colour }: ColourRule) {
  return {
    cellRange: { from, to },
    condition:
      'is' in when ? { operator: '=' as const, value: when.is } : { operator: '>' as const, value: when.above },
    style: { backgroundColor: surface, textColor: colour },
  };
}

/** What the library does not write: the values of formulas, for readers that do not compute, texts with a format, and the width of pages. */
function completeSheet(parts: Record<string, Uint8Array>, index: number, sheet: Sheet): void {
  const computed = new Map(
    sheet.rows.flatMap((row, r) =>
      row.flatMap(({ formula, value }, c): (readonly [string, number])[] =>
        formula === undefined || typeof value !== 'number' ? [] : [[cellAddress({ row: r + 1, column: c + 1 }), value]],
      ),
    ),
  );
  const formatted = new Map(
    sheet.rows.flatMap((row, r) =>
      row.flatMap(({ format, value }, c): (readonly [string, string])[] =>
        format === undefined || typeof value !== 'string' ? [] : [[cellAddress({ row: r + 1, column: c + 1 }), value]],
      ),
    ),
  );
  const path = `xl/worksheets/sheet${index + 1}.xml`;
  const bytes = parts[path];
  if (bytes === undefined || (computed.size + formatted.size === 0 && sheet.isOnePageWide !== true)) return;
  let text = strFromU8(bytes);
  if (formatted.size > 0)
    text = text.replace(
      /<c r="([A-Z]+\d+)"([^>]*?)(?: t="n")?><v>0<\/v><\/c>/g,
      (whole, address: string, style: string) => {
        const value = formatted.get(address);
        return value === undefined
          ? whole
          : `<c r="${address}"${style} t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
      },
    );
  text = text.replace(
    /<c r="([A-Z]+\d+)"([^>]*)><f>=([^<]*)<\/f><\/c>/g,
    (whole, address: string, style: string, formula: string) => {
      const value = computed.get(address);
      return value === undefined ? whole : `<c r="${address}"${style}><f>${formula}</f><v>${value}</v></c>`;
    },
  );
  if (sheet.isOnePageWide === true)
    text = text
      .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
      .replace(
        /<pageSetup (?:paperSize="\d+" )?/,
        `<pageSetup paperSize="${PAPER[sheet.paper ?? 'A4']}" fitToWidth="1" fitToHeight="0" `,
      )
      // Rows of many columns can be followed on paper.
      .replace(/(<pageMargins|<pageSetup)/, '<printOptions gridLines="1"/>$1');
  parts[path] = strToU8(text);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Rows and columns that stay in sight on a screen are printed on every page. */
function repeatHeads(parts: Record<string, Uint8Array>, { sheets }: Workbook): void {
  const path = 'xl/workbook.xml';
  const bytes = parts[path];
  const names = sheets.flatMap(({ name, frozenRows = 0, frozenColumns = 0 }, index) => {
    const sheet = escaped(`'${name.replaceAll("'", "''")}'`);
    const lastColumn = cellAddress({ row: 1, column: Math.max(1, frozenColumns) }).replace(/\d+/, '');
    const places = [
      ...(frozenColumns > 0 ? [`${sheet}!$A:$${lastColumn}`] : []),
      ...(frozenRows > 0 ? [`${sheet}!$1:$${frozenRows}`] : []),
    ];
    return places.length === 0
      ? []
      : [`<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${places.join(',')}</definedName>`];
  });
  if (bytes === undefined || names.length === 0) return;
  parts[path] = strToU8(
    strFromU8(bytes).replace('</sheets>', `</sheets><definedNames>${names.join('')}</definedNames>`),
  );
}

function excelCell({ value, formula, format, bold, wrap, framed, surface, colour }: Cell): ExcelCell {
  const style = {
    ...(bold === true && { fontWeight: 'bold' as const }),
    ...(wrap === true && { wrap }),
    ...(framed === true && { borderStyle: 'thick' as const, borderColor: LIGHT.text }),
    ...(surface !== undefined && { backgroundColor: surface }),
    ...(colour !== undefined && { textColor: colour }),
    alignVertical: 'top' as const,
  };
  if (formula !== undefined)
    return { type: 'Formula', value: `=${formula}`, ...(format !== undefined && { format }), ...style };
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    return { type: Number, value, ...(format !== undefined && { format }), ...style };
  }
  if (value === undefined || value === '') return surface === undefined ? null : { type: String, value: ' ', ...style };
  // The library knows formats of numbers alone: the text takes the number's place when the sheet is completed.
  if (format !== undefined) return { type: Number, value: 0, format, ...style };
  return { type: String, value: value.slice(0, LONGEST_TEXT), ...style };
}
