import { inlineDiagram } from '../diagram-figure.js';
import { named } from '../text.js';
import { type Html, html, type HtmlPart, type IdSource } from './html.js';

/** A drawing with its caption, in a box of its own that scrolls. */
export function drawingFigure(
  ids: IdSource,
  drawing: { readonly svg: string; readonly title: string; readonly pathway: string; readonly beside?: HtmlPart },
): Html {
  const prefix = ids.take('diagram');
  const caption = `${prefix}-caption`;
  const { svg, pathway, beside } = drawing;
  const title = named(drawing.title);
  return html`<figure class="diagram">
    <figcaption id="${caption}">${title}${beside}</figcaption>
    <div class="scroll" role="group" tabindex="0" aria-labelledby="${caption}">
      ${inlineDiagram(svg, { prefix, pathway, title })}
    </div>
  </figure>`;
}
