import { pathwayGraph, type PathwayGraph } from '../src/index.js';
import { editedModel, randomModel } from '../test/support/random-pathway.js';

type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Pixels within which two nodes stand in one line. */
const IN_LINE = 4;

/**
 * How many nodes move on average when one step is inserted into, or taken out of, a generated pathway. What comes after
 * an edit is pushed on as a whole, so a node has moved when a node that it is joined to lies in another direction than
 * before: left of it, right of it or in line, before it, after it or beside it (the orthogonal order of Misue, Eades, Lai
 * and Sugiyama 1995, along the ways that stay).
 */
export async function stabilityOf(edits: number, layOut: (graph: PathwayGraph) => Promise<Places>): Promise<number> {
  let moved = 0;
  for (let edit = 0; edit < edits; edit++) {
    const before = randomModel(1 + (edit % 25));
    const after = editedModel(before, edit);
    const graph = pathwayGraph(before, 'P');
    const later = pathwayGraph(after, 'P');
    moved += movedBetween(graph, later, await layOut(graph), await layOut(later));
  }
  return moved / edits;
}

function movedBetween(before: PathwayGraph, after: PathwayGraph, old: Places, now: Places): number {
  const stays = new Set(after.edges.map(({ from, to }) => `${from} ${to}`));
  const moved = new Set<string>();
  for (const { from, to } of before.edges) {
    const places = [old.get(from), old.get(to), now.get(from), now.get(to)];
    const [a, b, c, d] = places;
    if (a === undefined || b === undefined || c === undefined || d === undefined || !stays.has(`${from} ${to}`))
      continue;
    const isSame = (axis: 'x' | 'y'): boolean => side(b[axis] - a[axis]) === side(d[axis] - c[axis]);
    if (!isSame('x') || !isSame('y')) moved.add(to);
  }
  return moved.size;
}

function side(difference: number): number {
  return Math.abs(difference) <= IN_LINE ? 0 : Math.sign(difference);
}
