import type { DiagramOptions } from '@pathway/diagram';
import { type Model, type Origin, titleOf } from '@pathway/model';
import { type DifferencePicture, type MermaidPicture, withEarlierIds } from '@pathway/review';

/** Pathways of either version whose drawings differ, in the order of the later one. */
async function drawnPathways(
  before: Model,
  later: Model,
): Promise<{ readonly after: Model; readonly ids: readonly string[] }> {
  const { drawingsDiffer } = await import('@pathway/diagram');
  const after = withEarlierIds(before, later);
  const ids = [...new Set([...after.pathways, ...before.pathways].map(({ id }) => id))];
  return { after, ids: ids.filter((id) => drawingsDiffer(before, after, id)) };
}

function titleIn(id: string, ...models: readonly Model[]): string {
  const found = models.flatMap(({ pathways }) => pathways).find((each) => each.id === id);
  return found === undefined ? id : titleOf(found);
}

/** Drawings of what differs in each pathway, in light and dark colours. */
export async function differencePictures(
  before: Model,
  later: Model,
  options: Pick<DiagramOptions, 'layOutWithDeadline' | 'foot'> & {
    readonly link?: ((origin: Origin) => string | undefined) | undefined;
  },
): Promise<readonly DifferencePicture[]> {
  const { differenceDiagram } = await import('@pathway/diagram');
  const { after, ids } = await drawnPathways(before, later);
  const { link, layOutWithDeadline, foot } = options;
  const more = { ...(link && { link }), ...(layOutWithDeadline && { layOutWithDeadline }), ...(foot && { foot }) };
  const pictures: DifferencePicture[] = [];
  for (const id of ids) {
    const light = await differenceDiagram(before, after, id, { theme: 'light', ...more });
    const dark = await differenceDiagram(before, after, id, { theme: 'dark', ...more });
    pictures.push({ title: titleIn(id, later, before), light: light.svg, dark: dark.svg });
  }
  return pictures;
}

/** The same as Mermaid text, for comments. */
export async function differenceMermaids(before: Model, later: Model): Promise<readonly MermaidPicture[]> {
  const { differenceMermaid } = await import('@pathway/diagram');
  const { after, ids } = await drawnPathways(before, later);
  return ids.map((id) => ({ title: titleIn(id, later, before), mermaid: differenceMermaid(before, after, id) }));
}
