import { LIGHT } from '../palette.js';

/** A workbook as plain values; a cell is a number or a text. Only what this package itself computes is a formula. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
}

export interface Sheet {
  /** At most 31 characters, none of `\ / ? * [ ] :`, unique in the workbook: {@link sheetNames} sees to that. */
  readonly name: string;
  /** Widths in characters. */
  readonly widths: readonly number[];
  /** Rows and columns that stay in sight. */
  readonly frozenRows: number;
  readonly frozenColumns: number;
  readonly rows: readonly (readonly Cell[])[];
  /** Colours that follow what stands in a cell, also after somebody has changed it; the first that fits holds. */
  readonly colours?: readonly ColourRule[];
  /** Printed on sheets of one page's width. */
  readonly isOnePageWide?: boolean;
  /** A4 where nothing is said; for sheets that are one page wide. */
  readonly paper?: 'A4' | 'A3';
}

/** Cells of an area, counted from 1, that hold a text, or a number above another, get colours. */
export interface ColourRule {
  readonly from: CellPlace;
  readonly to: CellPlace;
  readonly when: { readonly is: string } | { readonly above: number };
  readonly surface: string;
  readonly colour: string;
}

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface Cell {
  /** Empty when absent; a number that is not finite counts as absent. */
  readonly value?: string | number | undefined;
  /**
   * What computes the value anew when a cell changes, without the sign of equality. Made of places and constants alone,
   * never of a text from a model.
   */
  readonly formula?: string;
  /** How a number or a text is shown, as spreadsheets write it: `0.0%`, `"E→"@`. */
  readonly format?: string;
  readonly bold?: boolean;
  readonly wrap?: boolean;
  /** A thick line around it. */
  readonly framed?: boolean;
  /** `#rrggbb` of the cell and of what is written on it. */
  readonly surface?: string;
  readonly colour?: string;
}

const LONGEST_NAME = 31;

/** Names that spreadsheets take, made from titles: cut, cleaned, and numbered where two would be alike. */
export function sheetNames(titles: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return titles.map((title) => {
    const clean =
      title
        .replace(/[\\/?*[\]:]/g, ' ')
        .replace(/^'+|'+$/g, '')
        .replace(/\s+/g, ' ')
        .trim() || 'Sheet';
    let name = cut(clean, LONGEST_NAME);
    for (let number = 2; taken.has(name.toLowerCase()); number++) {
      const suffix = ` ${number}`;
      name = `${cut(clean, LONGEST_NAME - suffix.length)}${suffix}`;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}

/** At most so many UTF-16 units, without cutting a character in two. */
function cut(text: string, most: number): string {
  let short = '';
  for (const character of text) {
    if (short.length + character.length > most) break;
    short += character;
  }
  return short.trim();
}

/** The address of a cell, counted from 1: `AB3`. */
export function cellAddress({ row, column }: CellPlace): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** A cell of a head row. */
export function headCell(text: string): Cell {
  return { value: text, bold: true, wrap: true, surface: LIGHT.heat[1]?.surface ?? LIGHT.panel, colour: LIGHT.text };
}

/** A table under a head row that stays in sight; columns without a width of their own get the usual one. */
export function tableSheet(
  name: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
): Sheet {
  return {
    name,
    widths: head.map((_, i) => widths[i] ?? 12),
    frozenRows: 1,
    frozenColumns: 0,
    rows: [head.map(headCell), ...rows],
  };
}
