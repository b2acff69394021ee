import {
  constantValue,
  formatDuration,
  type Hold,
  type NeedTarget,
  type Step,
  titleOf,
  type Wait,
  type WaitLimit,
} from '@pathway/model';
import { headOf, holdLines, stepLines } from '../write/activity-text.js';
import { sourceText } from '../write/expressions.js';
import { durationText } from './duration-text.js';
import type { BpmnNode, Meaning } from './process.js';
import type { NodeContent, OpenWay, Surroundings } from './process-builder.js';
import { ASIDE, documented, meaningOf, NOWHERE, type ProcessWalk } from './process-walk.js';

/** A task, with the way of those who have waited too long at its border. */
export function walkStep(
  walk: ProcessWalk,
  step: Step,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  return asked(walk, step, ends, around, (open, place) => {
    const organisation = step.organisation ?? walk.pathway.owner ?? NOWHERE;
    const hasStaff = step.needs.some(({ of }) => of.some(({ kind }) => kind !== 'resource'));
    if (step.fallbacks?.some(({ workaround }) => workaround !== undefined) === true)
      walk.notSaid.add(`${titleOf(step)}: its workaround is in its notes, and not drawn.`);
    const content: NodeContent = {
      id: step.id,
      kind: hasStaff ? 'user task' : 'task',
      name: titleOf(step),
      meaning: meaningOf(step, stepLines(step)),
      ...documented(step),
    };
    const out = walk.builder.add(content, organisation, place, open);
    return [...out, ...givingUp(walk, step, step.waits, { ...place, organisation })];
  });
}

/** What is taken, what is done while it is kept, and that it is given back. */
export function walkHold(
  walk: ProcessWalk,
  hold: Hold,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  return asked(walk, hold, ends, around, (open, place) => {
    const kept = needsText(walk, hold);
    const organisation = placeOfHold(walk, hold) ?? place.organisation;
    walk.builder.holds.push({ id: hold.id, title: kept });
    const inside: Surroundings = { ...place, organisation, holds: [...place.holds, hold.id] };
    const taken = walk.builder.add(
      {
        id: hold.id,
        kind: 'task',
        name: hold.title ?? `Take ${kept}`,
        meaning: meaningOf(hold, holdLines(hold)),
        ...documented(hold),
      },
      organisation,
      inside,
      open,
    );
    const left = walk.sequence(hold.body, taken, inside);
    const meaning: Meaning = { is: 'hold end', of: hold.id };
    const ended =
      left.length === 0
        ? []
        : walk.builder.add(
            { id: `${hold.id}:end`, kind: 'throw', name: `Give back ${kept}`, meaning },
            walk.placeOf(left, inside),
            inside,
            left,
          );
    const outside = { ...place, organisation };
    return [...ended, ...noneFree(walk, hold, outside), ...givingUp(walk, hold, hold.waits, outside)];
  });
}

/** A timer. */
export function walkWait(
  walk: ProcessWalk,
  wait: Wait,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  const seconds = wait.duration === undefined ? undefined : constantValue(wait.duration, walk.model);
  const head = headOf(wait);
  const name = wait.title ?? wait.name ?? `Wait ${head}`;
  const time = timeOf(seconds, head);
  return walk.builder.add(
    { id: wait.id, kind: 'timer', name, time, meaning: meaningOf(wait), ...documented(wait) },
    around.organisation,
    around,
    ends,
  );
}

/** Asks before an activity that not everybody gets. */
function asked(
  walk: ProcessWalk,
  activity: Step | Hold,
  ends: readonly OpenWay[],
  around: Surroundings,
  inside: (ends: readonly OpenWay[], around: Surroundings) => readonly OpenWay[],
): readonly OpenWay[] {
  if (activity.when === undefined) return inside(ends, around);
  const condition = sourceText(activity.when);
  const opener = `${activity.id}:when`;
  const block = walk.builder.nodes.length;
  const meaning: Meaning = { is: 'when', head: condition };
  walk.builder.add(
    { id: opener, kind: 'exclusive', name: `${condition}?`, meaning },
    around.organisation,
    around,
    ends,
  );
  const yes: OpenWay = { from: opener, name: 'yes', condition };
  const within = { ...around, branchPath: [...around.branchPath, { block, branch: 0, opener }] };
  return [...inside([yes], within), { from: opener, name: 'no', isDefault: true }];
}

/** The way of those who have waited too long. */
function givingUp(
  walk: ProcessWalk,
  activity: Step | Hold,
  waits: WaitLimit | undefined,
  around: Surroundings,
): readonly OpenWay[] {
  if (waits === undefined) return [];
  const seconds = constantValue(waits.atMost, walk.model);
  const text = sourceText(waits.atMost);
  const ends = aside(walk, activity, `${activity.id}:late`, around, {
    kind: 'boundary timer',
    name: `waited ${seconds === undefined ? text : formatDuration(seconds)}`,
    time: timeOf(seconds, text),
    meaning: { is: 'waits', head: `at most ${text}` },
  });
  return walk.branch(waits.otherwise, ends, around, activity.id, ASIDE);
}

function noneFree(walk: ProcessWalk, hold: Hold, around: Surroundings): readonly OpenWay[] {
  if (hold.otherwise === undefined) return [];
  const meaning: Meaning = { is: 'else' };
  const content = { kind: 'boundary condition', name: 'none free', meaning } as const;
  const ends = aside(walk, hold, `${hold.id}:none`, around, content);
  return walk.branch(hold.otherwise, ends, around, hold.id, ASIDE + 1);
}

function aside(
  walk: ProcessWalk,
  activity: Step | Hold,
  id: string,
  around: Surroundings,
  content: Omit<NodeContent, 'id' | 'attachedTo'>,
): readonly OpenWay[] {
  return walk.builder.add({ ...content, id, attachedTo: activity.id }, around.organisation, around, []);
}

function needsText(walk: ProcessWalk, { needs, policy }: Hold): string {
  const named = (target: NeedTarget): string =>
    walk.titleOfElement(
      target.kind === 'resource' ? target.resource : target.kind === 'role' ? target.role : target.skill,
    );
  const texts = needs.map(({ amount, of }) => {
    const count = sourceText(amount);
    return `${count === '1' ? '' : `${count} × `}${of.map(named).join(' or ')}`;
  });
  return policy === 'all' ? texts.join(', ') : `${policy} of ${texts.join(', ')}`;
}

function placeOfHold(walk: ProcessWalk, { needs }: Hold): string | undefined {
  const ids = needs.flatMap(({ of }) => of.flatMap((target) => (target.kind === 'resource' ? [target.resource] : [])));
  return walk.model.resources.find(({ id, organisation }) => ids.includes(id) && organisation !== undefined)
    ?.organisation;
}

function timeOf(seconds: number | undefined, words: string): NonNullable<BpmnNode['time']> {
  return seconds === undefined ? { kind: 'words', text: words } : { kind: 'duration', text: durationText(seconds) };
}
