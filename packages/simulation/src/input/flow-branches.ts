import {
  type Expression,
  formatOrigin,
  type Gather,
  type Race,
  type Repeat,
  requireConstant,
  type Together,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { type Frame, type Instance, NOTHING, type Pending } from './flow-blocks.js';
import type { FlowCompiler } from './flow-compiler.js';

/*
 * What is entered at its start only, with nothing kept: branches, groups and rounds.
 */

/** Compiles branches that all run before one goes on. */
export function compileTogether(flow: FlowCompiler, a: Together, pending: Pending, at: Instance): Pending {
  const activity = flow.of(a, a.title ?? a.name ?? 'Together');
  flow.giveBack(pending);
  fork(flow, a, activity, at);
  return NOTHING;
}

/** Compiles branches of which the first to end abandons the others. */
export function compileRace(flow: FlowCompiler, a: Race, pending: Pending, at: Instance): Pending {
  const activity = flow.of(a, a.title ?? a.name ?? 'Race');
  flow.giveBack(pending);
  const register = flow.takeRegisters(1);
  flow.emit({ op: 'begin', activity, register });
  fork(flow, a, activity, at);
  flow.emit({ op: 'end', activity, register });
  return NOTHING;
}

function fork(flow: FlowCompiler, a: Together | Race, activity: number, at: Instance): void {
  const place = flow.emit({ op: 'jump', to: 0 });
  const frame: Frame = { kind: a.kind, id: a.id, slots: [], needs: [] };
  const branches = a.branches.map((branch) => {
    const start = flow.here;
    flow.giveBack(flow.body(branch.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
    flow.emit({ op: 'join' });
    return start;
  });
  const race = a.kind === 'race' && { race: true as const };
  flow.instructions[place] = { op: 'fork', activity, branches, then: flow.here, ...race };
}

/** Compiles a way that patients go as a group. @throws SimulationError within another group, or without time between departures */
export function compileGather(flow: FlowCompiler, a: Gather, pending: Pending, at: Instance): Pending {
  const activity = flow.of(a, a.title ?? a.name ?? 'Gather');
  if (at.frames.some((each) => each.kind === 'gather')) {
    throw new SimulationError(
      'Patients go as a group here already; groups do not gather again.',
      formatOrigin(a.origin),
    );
  }
  flow.giveBack(pending);
  const place = flow.emit({ op: 'jump', to: 0 });
  const frame: Frame = { kind: 'gather', id: a.id, slots: [], needs: [] };
  flow.giveBack(flow.body(a.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
  flow.emit({ op: 'join' });
  const whole = (e: Expression): number =>
    Math.max(1, Math.round(requireConstant(e, flow.model, 'the size of a group')));
  const every = a.every && requireConstant(a.every, flow.model, 'the time between departures');
  if (every !== undefined && !(every > 0)) {
    throw new SimulationError('Some time must pass between departures.', formatOrigin(a.origin));
  }
  flow.instructions[place] = {
    op: 'gather',
    activity,
    copy: at.copy,
    ...(a.size && { size: whole(a.size) }),
    ...(a.after && { after: flow.expression(a.after) }),
    ...(every !== undefined && { every }),
    ...(a.atMost && { most: whole(a.atMost) }),
    then: flow.here,
  };
  return NOTHING;
}

/** Compiles what happens again. */
export function compileRepeat(flow: FlowCompiler, a: Repeat, pending: Pending, at: Instance): Pending {
  const activity = flow.of(a, a.title ?? a.name ?? 'Repeat');
  flow.giveBack(pending);
  const register = flow.takeRegisters(3);
  const limits = [a.times, a.atMost].filter((each) => each !== undefined).map((each) => flow.expression(each));
  const [first, ...others] = limits;
  const times = others.length === 0 ? first : ({ op: 'function', name: 'least', arguments: limits } as const);
  const place = flow.emit({ op: 'jump', to: 0 });
  const start = flow.here;
  const frame: Frame = { kind: 'repeat', id: a.id, slots: [], needs: [] };
  flow.giveBack(flow.body(a.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
  flow.emit({
    op: 'again',
    activity,
    copy: at.copy,
    register,
    ...(a.until && { until: flow.expression(a.until) }),
    ...(a.again && { again: flow.expression(a.again) }),
    ...(a.every && { every: flow.expression(a.every) }),
    to: start,
  });
  flow.instructions[place] = {
    op: 'rounds',
    activity,
    copy: at.copy,
    register,
    ...(times && { times }),
    to: flow.here,
  };
  return NOTHING;
}
