import { unzipSync, zipSync } from 'fflate';
import writeExcelFile, { type Cell as ExcelCell } from 'write-excel-file/universal';
import type { Cell, Workbook } from './workbook.js';

/** The first date that a ZIP archive can hold, so that the same workbook gives the same bytes at any time. */
const FIRST_ZIP_DATE = new Date(1980, 0, 1);
const LONGEST_TEXT = 32_767;

/**
 * A workbook as the bytes of an XLSX file (ECMA-376). Texts are stored as texts, whatever they begin with, so that no
 * cell becomes a formula. The same workbook gives the same bytes.
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
    })),
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBlob();
  const parts = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const names = Object.keys(parts).sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, parts[name] ?? new Uint8Array()])), {
    mtime: FIRST_ZIP_DATE,
    level: 6,
  });
}

function excelCell({ value, format, bold, wrap, surface, colour }: Cell): ExcelCell {
  const style = {
    ...(bold === true && { fontWeight: 'bold' as const }),
    ...(wrap === true && { wrap }),
    ...(surface !== undefined && { backgroundColor: surface }),
    ...(colour !== undefined && { textColor: colour }),
    alignVertical: 'top' as const,
  };
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    return { type: Number, value, ...(format !== undefined && { format }), ...style };
  }
  if (value === undefined || value === '') return surface === undefined ? null : { type: String, value: ' ', ...style };
  return { type: String, value: value.slice(0, LONGEST_TEXT), ...style };
}
