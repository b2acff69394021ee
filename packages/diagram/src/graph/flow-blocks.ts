import {
  type Activity,
  type Choose,
  expressionText,
  type Gather,
  type Race,
  type Repeat,
  type Together,
} from '@pathway/model';
import type { OpenEnd } from './ends.js';
import { type GraphBuilder, JOIN, type Surroundings } from './graph-builder.js';
import type { DrawingWords } from './words.js';
import type { Wording } from './wording.js';

/** The walk through a pathway, as far as its blocks need it. */
export interface FlowWalker {
  readonly builder: GraphBuilder;
  readonly words: DrawingWords;
  readonly wording: Wording;
  /** Walks activities one after another, from open ends to open ends. */
  walk(activities: readonly Activity[], ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[];
  /** Walks a branch of a block. @param block where the block stands in the text */
  walkBranch(
    body: readonly Activity[],
    ends: readonly OpenEnd[],
    around: Surroundings,
    block: number,
    branch: number,
  ): readonly OpenEnd[];
}

/** A question with a branch for each answer. */
export function walkChoose(
  walker: FlowWalker,
  choose: Choose,
  ends: readonly OpenEnd[],
  around: Surroundings,
): readonly OpenEnd[] {
  const block = walker.builder.nodes.length;
  const title = walker.wording.question(choose);
  const { id, origin } = choose;
  const description = walker.words.say`Decision: ${title}`;
  const leaving = choose.branches.map((branch) => walker.wording.branchLabel(choose, branch));
  walker.builder.add({ id, kind: 'decision', title, description, origin }, around.organisation, around, ends);
  return choose.branches.flatMap((branch, position) =>
    walker.walkBranch(branch.body, [{ from: id, label: leaving[position] ?? '' }], around, block, position),
  );
}

/** Branches side by side: all of them, or the first to end. */
export function walkTogether(
  walker: FlowWalker,
  together: Together | Race,
  ends: readonly OpenEnd[],
  around: Surroundings,
): readonly OpenEnd[] {
  const block = walker.builder.nodes.length;
  const title = together.title ?? together.name ?? '';
  const { id, origin } = together;
  const names = together.branches.map((branch) => branch.title ?? branch.name).join(', ');
  const description =
    together.kind === 'race'
      ? walker.words.say`The first to end wins: ${names}`
      : walker.words.say`All at once: ${names}`;
  walker.builder.add({ id, kind: 'fork', title: '', description, origin }, around.organisation, around, ends);
  const open = together.branches.flatMap((branch, position) =>
    walker.walkBranch(branch.body, [{ from: id, label: branch.title ?? '' }], around, block, position),
  );
  if (open.length === 0) return [];
  const joined = joinText(walker, together.kind, title);
  const join = { id: `${id}${JOIN}`, kind: 'join', title: '', description: joined, origin } as const;
  walker.builder.add(join, around.organisation, around, open);
  return [{ from: join.id, label: together.kind === 'race' ? walker.words.say`the first` : '' }];
}

function joinText(walker: FlowWalker, kind: (Together | Race)['kind'], title: string): string {
  const { say } = walker.words;
  if (kind === 'race') return title === '' ? say`Goes on with the first` : say`Goes on with the first of ${title}`;
  return title === '' ? say`Waits for all` : say`Waits for all of ${title}`;
}

/** Patients wait for one another and go on as a group. */
export function walkGather(
  walker: FlowWalker,
  gather: Gather,
  ends: readonly OpenEnd[],
  around: Surroundings,
): readonly OpenEnd[] {
  const title = gather.title ?? gather.name ?? walker.words.say`Gather`;
  const notes = [walker.wording.gathering(gather)];
  const { id, origin } = gather;
  const description = walker.words.say`Patients go as a group: ${notes.join('; ')}`;
  walker.builder.add({ id, kind: 'wait', title, notes, description, origin }, around.organisation, around, ends);
  return walker.walk(gather.body, [{ from: id, label: walker.words.say`as a group` }], around);
}

/** What is done again: a way back to its first node, after a question where one is asked. */
export function walkRepeat(
  walker: FlowWalker,
  repeat: Repeat,
  ends: readonly OpenEnd[],
  around: Surroundings,
): readonly OpenEnd[] {
  const before = walker.builder.nodes.length;
  const inside = walker.walk(repeat.body, ends, around);
  const first = walker.builder.nodes[before];
  if (first === undefined || inside.length === 0) return inside;
  const sole = inside.length === 1 ? inside[0] : undefined;
  const asks = repeat.until !== undefined || repeat.again !== undefined;
  if (!asks && sole?.label === '') {
    walker.builder.connect([{ from: sole.from, label: walker.wording.repeatLabel(repeat) }], first.id, true);
    return inside;
  }
  return walkRepeatQuestion(walker, repeat, first.id, inside, around);
}

function walkRepeatQuestion(
  walker: FlowWalker,
  repeat: Repeat,
  first: string,
  inside: readonly OpenEnd[],
  around: Surroundings,
): readonly OpenEnd[] {
  const until = repeat.until === undefined ? undefined : expressionText(repeat.until, { of: repeat.id });
  const title = repeat.title ?? (until === undefined ? walker.words.say`Again?` : `${until}?`);
  const organisation = walker.builder.commonOrganisation(inside) ?? around.organisation;
  const content = {
    id: `${repeat.id}:again`,
    kind: 'decision',
    title,
    description: walker.words.say`Decision: ${title}`,
    origin: repeat.origin,
  } as const;
  const decision = walker.builder.add(content, organisation, around, inside);
  const label = walker.wording.repeatLabel(repeat);
  walker.builder.connect(
    [{ from: decision.id, label: until === undefined ? label : walker.words.say`not yet: ${label}` }],
    first,
    true,
  );
  return [{ from: decision.id, label: walker.wording.repeatExit(repeat) }];
}
