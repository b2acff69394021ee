import type { Hold } from '@pathway/model';
import { type Frame, type Instance, NOTHING, type Pending, range, sorted, union } from './flow-blocks.js';
import type { FlowCompiler } from './flow-compiler.js';
import type { InputNeed } from './types.js';

/** Compiles a hold; gives the slots that are still kept after it. */
export function compileHold(flow: FlowCompiler, a: Hold, before: Pending, at: Instance): Pending {
  const activity = flow.of(a, a.title ?? a.name);
  const skip = flow.when(a.when, activity, at);
  if (a.freesFirst) flow.giveBack(before);
  const pending = a.freesFirst ? NOTHING : before;
  const needs = flow.needs(a.needs, at.pathway.owner);
  if (a.policy === 'all') {
    const slot = flow.takeSlots(needs.length);
    const request = flow.request(a, activity, needs, a.needs, slot, pending, at);
    const after = held(flow, a, activity, range(slot, needs.length), at);
    const all = union(after, flow.otherwise(request, a.waits?.otherwise, pending, at));
    skip();
    return a.when === undefined ? all : union(before, all);
  }
  // Each unit that could be taken is an option of its own; whichever it is lies in the same slot.
  const options = needs.flatMap((need) => need.of.map((target): InputNeed => ({ amount: need.amount, of: [target] })));
  const slot = flow.takeSlots(1);
  const after =
    a.policy === 'first free'
      ? firstFree(flow, a, activity, options, slot, pending, at)
      : leastBusy(flow, a, activity, options, slot, pending, at);
  skip();
  return a.when === undefined ? after : union(before, after);
}

function firstFree(
  flow: FlowCompiler,
  a: Hold,
  activity: number,
  options: readonly InputNeed[],
  slot: number,
  pending: Pending,
  at: Instance,
): Pending {
  const tries = options.map((option) => {
    const place = flow.emit({ op: 'jump', to: 0 });
    flow.site(place, activity, a.needs);
    return { place, option };
  });
  const none = flow.body(a.otherwise ?? [], pending, at);
  const past = flow.jump();
  for (const { place, option } of tries) {
    flow.instructions[place] = {
      op: 'try',
      activity,
      copy: at.copy,
      needs: [option],
      slot,
      pending: sorted(pending),
      to: flow.here,
    };
  }
  const after = held(flow, a, activity, range(slot, 1), at);
  past();
  return union(none, after);
}

function leastBusy(
  flow: FlowCompiler,
  a: Hold,
  activity: number,
  options: readonly InputNeed[],
  slot: number,
  pending: Pending,
  at: Instance,
): Pending {
  const { pools } = flow.targets.supply;
  const facilities = (option: InputNeed): number[] => [
    ...new Set(
      option.of.flatMap((t) => flow.targets.targets[t]?.members.map((m) => pools[m.pool]?.facility ?? 0) ?? []),
    ),
  ];
  const start = flow.emit({ op: 'least busy', activity, options: [] });
  const starts: number[] = [];
  const requests: number[] = [];
  const ends: (() => void)[] = [];
  for (const option of options) {
    starts.push(flow.here);
    requests.push(...flow.request(a, activity, [option], a.needs, slot, pending, at));
    ends.push(flow.jump());
  }
  flow.instructions[start] = {
    op: 'least busy',
    activity,
    options: options.map((option, i) => ({ facilities: facilities(option), to: starts[i]! })),
  };
  for (const end of ends) end();
  const after = held(flow, a, activity, range(slot, 1), at);
  return union(after, flow.otherwise(requests, a.waits?.otherwise, pending, at));
}

/** The body of a hold that has its units, and what is still kept after it. */
function held(flow: FlowCompiler, a: Hold, activity: number, slots: Pending, at: Instance): Pending {
  const register = flow.takeRegisters(1);
  flow.emit({ op: 'begin', activity, register });
  const frame: Frame = { kind: 'hold', id: a.id, slots: sorted(slots), needs: a.needs };
  const [slot] = frame.slots;
  if (a.moves !== undefined && slot !== undefined) {
    const target = flow.target(a.moves.to, at.pathway.owner);
    const priority = a.priority && { priority: flow.expression(a.priority) };
    flow.emit({ op: 'seek', activity, copy: at.copy, target, slot, ...priority });
  }
  const inner = flow.body(a.body, NOTHING, { ...at, frames: [...at.frames, frame] });
  if (a.moves !== undefined && slot !== undefined) flow.emit({ op: 'stay', slot });
  flow.emit({ op: 'end', activity, register });
  return union(slots, inner);
}
