import { titleOf } from '@pathway/model';
import { drawingFigure } from '../html/drawing-figure.js';
import { type Html, html, lines } from '../html/html.js';
import { named } from '../text.js';
import { type PageContext, placeLink } from './context.js';

/** The drawings, in the order of the model's pathways; those of pathways that the model lacks follow by id. */
export function pathwaysSection(context: PageContext): Html | undefined {
  const { model, diagrams } = context.input;
  const known = model.pathways.filter((pathway) => Object.hasOwn(diagrams, pathway.id));
  const others = Object.keys(diagrams)
    .filter((id) => model.pathways.every((pathway) => pathway.id !== id))
    .sort();
  const figures = [
    ...known.map((pathway) => {
      const place = html` <span class="place">${placeLink(context, pathway.origin)}</span>`;
      const about = pathway.documentation === undefined ? undefined : html`<p>${named(pathway.documentation)}</p>`;
      return html`${about} ${diagramFigure(context, pathway.id, titleOf(pathway), place)}`;
    }),
    ...others.map((id) => diagramFigure(context, id, id, undefined)),
  ];
  return figures.length === 0 ? undefined : lines(figures);
}

function diagramFigure(context: PageContext, id: string, title: string, beside: Html | undefined): Html {
  return drawingFigure(context.ids, { svg: context.input.diagrams[id] ?? '', title, pathway: id, beside });
}
