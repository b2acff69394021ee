import { type Activity, formatOrigin, type PresentPatients, walkActivities } from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { Frame, Instance } from './flow-blocks.js';
import type { FlowBuilder } from './flow-builder.js';
import type { Instruction } from './instruction-types.js';

/**
 * The instructions by which patients who are there at time 0 come to their place: those of the holds and rounds around
 * it, outermost first, then the place itself or, where a time remains, its first step with that time.
 * @returns where they begin
 * @throws SimulationError for places that cannot be reached so
 */
export function compilePresent(flow: FlowBuilder, group: PresentPatients, at: Instance): number {
  const start = flow.here;
  const fail = (text: string): SimulationError => new SimulationError(text, formatOrigin(group.origin));
  const place = activityOf(group.at, at);
  const frames = at.openAt.get(group.at);
  if (place === undefined || frames === undefined) throw fail(`There is no ${group.at} in this pathway to begin at.`);
  for (const frame of frames) {
    if (!enter(flow, frame, at)) throw fail(`Nobody can begin at ${group.at}: ${frame.id} around it keeps no place.`);
  }
  let first: Activity | undefined = place;
  while (group.remaining !== undefined && first?.kind === 'hold') {
    if (!enter(flow, { kind: 'hold', id: first.id, slots: [], needs: first.needs }, at)) {
      throw fail(`No time can remain at ${group.at}: which unit they have is decided on entry.`);
    }
    first = first.body[0];
  }
  if (group.remaining === undefined) {
    flow.emit({ op: 'jump', to: pastCondition(flow, place, at) });
    return start;
  }
  const end = first === undefined ? undefined : at.ends.get(first.id);
  if (first?.kind !== 'step' || end === undefined) {
    throw fail(`No time can remain at ${group.at}: it does not begin with a step.`);
  }
  for (let i = pastCondition(flow, first, at); i < end; i++) {
    const instruction = flow.instructions[i];
    if (instruction === undefined) break;
    if (instruction.op === 'request') {
      // What their work uses up was taken when it began.
      const needs = instruction.needs.filter((need) => need.consumes === undefined);
      copyRequest(flow, { ...instruction, needs }, i);
    } else if (instruction.op === 'work') {
      flow.emit({ ...instruction, takes: flow.expression(group.remaining), remaining: true });
    } else flow.emit(instruction);
  }
  flow.emit({ op: 'jump', to: end });
  return start;
}

function activityOf(id: string, at: Instance): Activity | undefined {
  for (const { activity } of walkActivities(at.pathway.body)) if (activity.id === id) return activity;
  return undefined;
}

/** The first instruction of an activity after its `when`, which does not matter to who is there. */
function pastCondition(flow: FlowBuilder, activity: Activity, at: Instance): number {
  const label = at.starts.get(activity.id) ?? 0;
  return flow.instructions[label]?.op === 'unless' && 'when' in activity ? label + 1 : label;
}

/** Enters a block as those inside have: with its units, or in its first round. Gives whether that can be. */
function enter(flow: FlowBuilder, frame: Frame, at: Instance): boolean {
  const label = at.starts.get(frame.id);
  if (label === undefined) return false;
  const wanted = frame.kind === 'hold' ? ['request', 'try', 'least busy'] : ['rounds'];
  const place = flow.instructions.findIndex(({ op }, i) => i >= label && wanted.includes(op));
  const instruction = flow.instructions[place];
  if (frame.kind === 'repeat' && instruction?.op === 'rounds') {
    flow.emit(instruction);
    return true;
  }
  const begin = flow.instructions[place + 1];
  if (frame.kind !== 'hold' || instruction?.op !== 'request' || begin?.op !== 'begin') return false;
  copyRequest(flow, instruction, place);
  flow.emit(begin);
  return true;
}

/** The same request where nothing is kept from before. */
function copyRequest(flow: FlowBuilder, request: Extract<Instruction, { op: 'request' }>, original: number): void {
  const place = flow.emit({ ...request, pending: [] });
  const site = flow.sites.find((each) => each.instruction === original);
  if (site !== undefined) flow.sites.push({ ...site, instruction: place });
}
