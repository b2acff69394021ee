import { type Html, html, type HtmlPart, type IdSource, lines } from './html.js';

export interface Column {
  readonly label: HtmlPart;
  /** Figures are set to the right, words to the left. */
  readonly numeric?: boolean;
}

export interface TableParts {
  readonly caption: HtmlPart;
  readonly columns: readonly Column[];
  /** Cells by row; the first cell of each row is its header. */
  readonly rows: readonly (readonly HtmlPart[])[];
  /** A sentence below the table, such as what a dash means. */
  readonly note?: HtmlPart;
}

/**
 * A table that scrolls inside its own box when it is wider than the page. The box can be reached by keyboard and is
 * named by the caption.
 */
export function table(ids: IdSource, parts: TableParts): Html {
  const caption = ids.take('table');
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${caption}">
      <table>
        <caption id="${caption}">
          <span>${parts.caption}</span>
        </caption>
        <thead>
          <tr>
            ${parts.columns.map((column) => html`<th scope="col" ${numericClass(column)}>${column.label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${lines(
            parts.rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell, index) => tableCell(cell, index, parts.columns[index]))}
                </tr>`,
            ),
          )}
        </tbody>
      </table>
    </div>
    ${parts.note === undefined ? undefined : html` <p class="note">${parts.note}</p>`}`;
}

function tableCell(cell: HtmlPart, index: number, column: Column | undefined): Html {
  if (index === 0) return html`<th scope="row">${cell}</th>`;
  return html`<td${numericClass(column)}>${cell}</td>`;
}

function numericClass(column: Column | undefined): Html | undefined {
  return column?.numeric === true ? html` class="n"` : undefined;
}

/** Something that is folded away until the reader asks for it; printing shows what is open. */
export function folded(summary: HtmlPart, content: HtmlPart): Html {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
}
