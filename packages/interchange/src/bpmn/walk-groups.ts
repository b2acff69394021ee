import type { Gather, Race, Together } from '@pathway/model';
import { headOf, parallelHead } from '../write/activity-text.js';
import type { BpmnProcess, Meaning } from './process.js';
import type { OpenWay, Surroundings } from './process-builder.js';
import { documented, meaningOf, NOWHERE, type ProcessWalk } from './process-walk.js';

/** Ways that are gone side by side and meet again. */
export function walkTogether(
  walk: ProcessWalk,
  together: Together,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  const name = together.title ?? together.name ?? '';
  const content = { id: together.id, kind: 'parallel', name, meaning: meaningOf(together) } as const;
  walk.builder.add(content, around.organisation, around, ends);
  const ended = together.branches.map((branch, index) => {
    const way: OpenWay = { from: together.id, name: '', branches: [{ head: parallelHead(branch), place: index }] };
    walk.leaving.push([]);
    const goes = walk.branch(branch.body, [way], around, together.id, index);
    const all = [...goes, ...(walk.leaving.pop() ?? [])];
    return all.length < 2 ? all : mergeOf(walk, `${together.id}:${index}`, all, around, together.id, index);
  });
  const open = ended.flat();
  if (open.length === 0) return [];
  const meaning: Meaning = { is: 'join', of: together.id };
  return walk.builder.add(
    { id: `${together.id}:join`, kind: 'parallel', name: '', meaning },
    around.organisation,
    around,
    open,
  );
}

function mergeOf(
  walk: ProcessWalk,
  id: string,
  ends: readonly OpenWay[],
  around: Surroundings,
  opener: string,
  branch: number,
): readonly OpenWay[] {
  const block = walk.builder.nodes.findIndex((node) => node.id === opener);
  const inside = { ...around, branchPath: [...around.branchPath, { block, branch, opener }] };
  const content = { id: `${id}:merge`, kind: 'exclusive', name: '', meaning: { is: 'merge' } } as const;
  return walk.builder.add(content, walk.placeOf(ends, around), inside, ends);
}

/** A sub-process in which the first branch to end ends all. */
export function walkRace(
  walk: ProcessWalk,
  race: Race,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  const builder = walk.race((builder) => {
    const place: Surroundings = { organisation: NOWHERE, holds: [], branchPath: [] };
    const start = builder.add({ id: `${race.id}:start`, kind: 'start', name: 'Start' }, NOWHERE, place, []);
    const fork = { id: `${race.id}:fork`, kind: 'parallel', name: '', meaning: { is: 'race fork' } } as const;
    builder.add(fork, NOWHERE, place, start);
    race.branches.forEach((branch, index) => {
      const way: OpenWay = { from: fork.id, name: '', branches: [{ head: parallelHead(branch), place: index }] };
      const left = walk.branch(branch.body, [way], place, fork.id, index);
      const opener = fork.id;
      const inside = { ...place, branchPath: [{ block: 1, branch: index, opener }] };
      if (left.length > 0)
        builder.add(
          { id: `${race.id}:end${index + 1}`, kind: 'terminate', name: `${branch.title ?? branch.name} is first` },
          NOWHERE,
          inside,
          left,
        );
    });
  });
  const name = race.title ?? race.name ?? 'The first to end';
  // A sub-process stands in one lane, and its page has none.
  const drawn = builder.finish({ id: `${race.id}:inside`, title: name }, (id) => walk.titleOfElement(id));
  const inside: BpmnProcess = { ...drawn, lanes: [], nodes: drawn.nodes.map((node) => ({ ...node, lane: 0 })) };
  const content = {
    id: race.id,
    kind: 'sub-process',
    name,
    meaning: meaningOf(race),
    inside,
    ...documented(race),
  } as const;
  return walk.builder.add(content, around.organisation, around, ends);
}

/** A task at which patients gather, and what they do as a group. */
export function walkGather(
  walk: ProcessWalk,
  gather: Gather,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  walk.notSaid.add(
    `${gather.title ?? gather.name ?? 'gather'}: that patients go as a group; each has a process of their own.`,
  );
  const name = gather.title ?? `Gather ${headOf(gather)}`;
  const gathered = walk.plain(gather, 'task', name, ends, around);
  const left = walk.sequence(gather.body, gathered, around);
  if (left.length === 0) return [];
  const meaning: Meaning = { is: 'gather end', of: gather.id };
  return walk.builder.add(
    { id: `${gather.id}:end`, kind: 'throw', name: 'Group parts', meaning },
    walk.placeOf(left, around),
    around,
    left,
  );
}
