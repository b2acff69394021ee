import type { SimulationInput } from '@pathway/simulation';
import { type Section, structureFlow } from './flow-structure.js';

/** A pathway in blocks, with the instructions at which somebody begins; the first section is its beginning. */
interface PathwaySections {
  readonly pathway: string;
  readonly title: string;
  readonly entries: readonly number[];
  readonly sections: readonly Section[];
}

/** All pathways on which patients go, in the order in which cohorts enter them. */
export function pathwaySections(input: SimulationInput): readonly PathwaySections[] {
  const entries = new Map<string, number[]>();
  for (const { flow, instruction } of [...input.cohorts.flatMap((cohort) => cohort.entries), ...input.present]) {
    const pathway = input.flows[flow]?.pathway ?? '';
    const known = entries.get(pathway);
    if (known === undefined) entries.set(pathway, [instruction]);
    else known.push(instruction);
  }
  return [...entries].map(([pathway, instructions]) => {
    const first = Math.min(...instructions);
    const ordered = [...new Set(instructions)].sort((a, b) => (a === first ? -1 : b === first ? 1 : a - b));
    return {
      pathway,
      title: input.flows.find((flow) => flow.pathway === pathway)?.title ?? pathway,
      entries: ordered,
      sections: structureFlow(input.instructions, ordered),
    };
  });
}

/** Pathways that do not fit into blocks: something leads into the midst of something else. By their titles. */
export function leadsIntoTheMidst(input: SimulationInput): readonly string[] {
  const isBroken = (sections: readonly Section[]): boolean =>
    sections.length > 1 ||
    sections.some(({ body }) =>
      body.some(function breaks(statement): boolean {
        switch (statement.kind) {
          case 'section':
            return true;
          case 'choice':
            return statement.arms.some((arm) => arm.some(breaks));
          case 'loop':
            return statement.body.some(breaks);
          case 'fork':
            return statement.branches.some(isBroken);
          case 'gather':
            return isBroken(statement.inside);
          default:
            return false;
        }
      }),
    );
  return pathwaySections(input)
    .filter(({ entries, sections }) => sections.length > entries.length || (entries.length === 1 && isBroken(sections)))
    .map(({ title }) => title);
}
