import type { FlowDraft, Op, Way } from './flow-draft.js';
import { requestSign } from './work-signs.js';

/** A task that several cases go through at once, as soon as there are so many of them. */
export interface WrittenBatch {
  readonly id: string;
  readonly size: number;
  /** The `gather` that it is. */
  readonly activity: number;
}

const MEMBERS = 'Prosimos gathers a known number of cases for one task of a known time, which keeps one unit';

/**
 * A task that a group of a fixed size takes one unit for. Prosimos draws the time of such a task anew for each member and
 * measures other rules of when a group leaves in whole seconds of a day, so that only a fixed size and time mean the same.
 */
export function gatherSign(flow: FlowDraft, gather: Op<'gather'>, at: number, way: Way, key: string): string {
  const { activity, size } = gather;
  const place = flow.findings.activity(activity);
  const refuse = (why: string): string => {
    flow.findings.refuse('gather', place, why);
    return flow.end;
  };
  const request = flow.input.instructions[at + 1];
  const isOnlySize = gather.after === undefined && gather.every === undefined && gather.most === undefined;
  if (size === undefined || !isOnlySize || request?.op !== 'request' || !isOneTask(flow, gather, at + 1))
    return refuse(MEMBERS);
  const inside = requestSign(flow, request, at + 1, { ...way, gather: gather.then }, key);
  const task = flow.tasks.find(({ id }) => id === inside);
  if (task?.law.distribution_name !== 'fix') return refuse(MEMBERS);
  if (size > 1) flow.batches.push({ id: task.id, size, activity });
  return inside;
}

/** Whether what is between a gather and its join is one request, with what is done with it. */
function isOneTask({ input }: FlowDraft, { then }: Op<'gather'>, from: number): boolean {
  const inside = input.instructions.slice(from, then);
  const asks = inside.filter((each) => each.op === 'request' && each.needs.length > 0);
  const works = inside.filter(({ op }) => op === 'work');
  const others = inside.filter(
    ({ op }) => !['request', 'begin', 'work', 'depends', 'end', 'give back', 'join'].includes(op),
  );
  return asks.length === 1 && works.length === 1 && others.length === 0;
}

/**
 * Refuses groups that gather after something that takes time: Prosimos lets cases gather in the order in which they
 * began what is before, with times that lie ahead, and parts such a group again.
 */
export function refuseLateBatches(flow: FlowDraft): void {
  for (const { id, activity } of flow.batches) {
    const before = flow.chart.kindsBefore(id);
    if (before.has('task') || before.has('timer') || before.has('parallel'))
      flow.findings.refuse(
        'gather',
        flow.findings.activity(activity),
        'Prosimos gathers cases in the order in which they began what is before, so that it must be the first that they do',
      );
  }
}
