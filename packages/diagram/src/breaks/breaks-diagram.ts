import { channelText, type Origin } from '@pathway/model';
import type { GraphEdge, PathwayGraph } from '../graph/graph.js';
import { MapBuilder } from '../graph/map-builder.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';
import { type Diagram, type DiagramOptions, drawGraph } from '../pathway-diagram.js';

/** What is wrong on a way from one organisation to another. */
type BreakKind = 'unannounced' | 'unowned wait' | 'untold' | 'closed' | 'no way back';

interface PlaceOnWay {
  readonly step: { readonly id: string; readonly name: string; readonly title?: string; readonly origin: Origin };
  readonly organisation: string;
  readonly organisationTitle: string;
}

/** The ways between organisations, and the handovers that nobody receives. */
export interface FoundWays {
  readonly ways: readonly {
    readonly from: PlaceOnWay;
    readonly to: PlaceOnWay;
    readonly channels: readonly string[];
    readonly breaks: readonly BreakKind[];
    /** Hours of the week in which the first works, and those of them in which the second cannot begin. */
    readonly hours?: { readonly working: number; readonly closed: number };
  }[];
  readonly lost: readonly { readonly from: PlaceOnWay; readonly to: { readonly id: string; readonly title: string } }[];
}

/** The same, and what they are of. */
export interface WaysToDraw extends FoundWays {
  readonly title: string;
}

/**
 * Draws where care comes apart: a lane for each organisation, the steps at which patients leave or come to it, and the
 * ways between them. A sound way says how it is handed over; a broken one is dotted in red and says what is wrong.
 * @throws RangeError when no way leads from one organisation to another
 */
export async function breaksDiagram(drawn: WaysToDraw, options: Omit<DiagramOptions, 'lanes'> = {}): Promise<Diagram> {
  return drawGraph(breaksGraph(drawn, options.words), { direction: 'right', ...options });
}

/** The graph of that drawing, before layout. */
export function breaksGraph({ title, ways, lost }: WaysToDraw, words: DrawingWords = ENGLISH): PathwayGraph {
  if (ways.length + lost.length === 0)
    throw new RangeError('There are no breaks to draw: no way leads from one organisation to another.');
  const { say } = words;
  const map = new MapBuilder<string>();
  const lanes = new Map<string, string>();
  const broken = new Set<string>();
  const place = ({ step, organisation, organisationTitle }: PlaceOnWay): string => {
    lanes.set(organisation, organisationTitle);
    map.add(organisation, { id: step.id, title: step.title ?? step.name, origin: step.origin });
    return step.id;
  };
  for (const { from, to, channels, breaks, hours } of ways) {
    const ends = [place(from), place(to)] as const;
    const told = breaks.map((kind) => breakText(words, kind, hours));
    const how =
      channels.length === 0
        ? say`handed over`
        : say`handed over by ${channels.map((each) => channelText(words, each)).join(', ')}`;
    map.join(...ends, told.length === 0 ? how : told.join('; '), true);
    if (told.length > 0) broken.add(ends.join('\u0000'));
  }
  for (const { from, to } of lost) {
    const begin = place(from);
    lanes.set(to.id, to.title);
    const nobody = `${begin}\u0000${to.id}`;
    map.add(to.id, { id: nobody, kind: 'end', title: say`nobody goes on` });
    map.join(begin, nobody, say`handed over to nobody`, true);
    broken.add(`${begin}\u0000${nobody}`);
  }
  const stages = Array.from(lanes, ([id, called]) => ({ id, title: called }));
  const description = say`${ways.length + lost.length} ways from one organisation to another, ${broken.size} of them broken.`;
  const graph = map.finished(say`Breaks in ${title}`, description, stages);
  const edges = graph.edges.map((edge): GraphEdge =>
    broken.has(`${edge.from}\u0000${edge.to}`) ? { ...edge, mark: 'removed' } : edge,
  );
  return { ...graph, edges };
}

function breakText({ say, digits }: DrawingWords, kind: BreakKind, hours: WaysToDraw['ways'][number]['hours']): string {
  switch (kind) {
    case 'unannounced':
      return say`nobody hands over`;
    case 'unowned wait':
      return say`waiting that nobody owns`;
    case 'untold':
      return say`the story is told again`;
    case 'no way back':
      return say`no way back`;
    case 'closed':
      return hours === undefined
        ? say`hours do not meet`
        : say`cannot begin in ${digits(String(hours.closed))} of ${digits(String(hours.working))} hours a week`;
  }
}
