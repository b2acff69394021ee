import type { Block } from '../document/blocks.js';
import type { Words } from '../words/words.js';
import { chartFigure, wideFigure } from '../chart/frame.js';
import { drawingFigure } from './drawing-figure.js';
import { heading, type HeadingLevel, Html, html, type HtmlPart, type IdSource, lines } from './html.js';
import { table } from './table.js';

/** Blocks of a document as a part of the page; their third level of headings becomes `level`. */
export function blocksAsHtml(
  { words, ids }: { readonly words: Words; readonly ids: IdSource },
  blocks: readonly Block[],
  caption: string,
  level: HeadingLevel = 3,
): Html {
  return lines(blocks.map((block) => blockAsHtml(words, ids, block, caption, level)));
}

function blockAsHtml(words: Words, ids: IdSource, block: Block, caption: string, level: HeadingLevel): HtmlPart {
  switch (block.kind) {
    case 'heading':
      return heading(level, block.text);
    case 'warning':
      return html`<p class="warning"><strong>${words.say`Warning.`}</strong> ${block.text}</p>`;
    case 'note':
      return html`<p class="remark"><strong>${words.say`Note.`}</strong> ${block.text}</p>`;
    case 'text':
      return html`<p>${block.text}</p>`;
    case 'list': {
      const items = html`<ul>
        ${block.items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
      return block.lead === ''
        ? items
        : html`<div class="keep">
            <p class="lead">${block.lead}</p>
            ${items}
          </div>`;
    }
    case 'table':
      return table(ids, {
        caption: block.caption ?? caption,
        columns: block.head.map((label, column) => ({ label, numeric: block.align[column] === 'right' })),
        rows: block.rows,
      });
    case 'code':
      return html`<pre class="scroll" tabindex="0"><code>${block.text.trimEnd()}</code></pre>`;
    case 'chart':
      return block.isWide === true
        ? wideFigure(block.title, new Html(block.svg))
        : chartFigure(block.title, new Html(block.svg), undefined, undefined);
    case 'drawing':
      return drawingFigure(ids, { ...block, pathway: block.title });
    case 'provenance':
      return undefined;
  }
}
