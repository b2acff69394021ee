import {
  type Activity,
  type Branch,
  type Call,
  type Choose,
  clockOccurrences,
  type Expression,
  formatOrigin,
  type Gather,
  type GoTo,
  type Pathway,
  type Race,
  type Release,
  type Repeat,
  requireConstant,
  type SetAttribute,
  type Step,
  type Together,
  type Wait,
  walkActivities,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import {
  blocksAround,
  type Frame,
  type Instance,
  isForked,
  NOTHING,
  type Pending,
  range,
  union,
} from './flow-blocks.js';
import { FlowBuilder } from './flow-builder.js';
import type { Instruction } from './types.js';
import { compileHold } from './flow-holds.js';
import { compileDependentStep } from './flow-dependences.js';
import type { Decision, DecisionNode, PlaceWays } from './variants.js';

type Work = Extract<Instruction, { op: 'work' }>;

/** Compiles pathways to the flat program; calls become copies of the called pathway. */
export class FlowCompiler extends FlowBuilder {
  readonly #copies = new Map<string, number>();
  /** Copies that calls made, so that a call has the same one whichever way it stands in. */
  readonly #callCopies = new Map<string, number>();
  /** Places whose ways are being compiled, and how many of these ways are not the text's own. */
  readonly #open = new Set<string>();
  #otherWays = 0;

  /** Compiles a pathway as the way of patients; gives the instruction of each activity at which one may enter. */
  root(pathway: Pathway): {
    readonly start: number;
    readonly entries: ReadonlyMap<string, number>;
    readonly instance: Instance;
  } {
    this.slot = 0;
    this.register = 0;
    this.#copies.clear();
    this.#callCopies.clear();
    const start = this.instructions.length;
    const instance = this.#instance(pathway, [], []);
    const pending = this.body(pathway.body, NOTHING, instance);
    this.giveBack(pending);
    this.emit({ op: 'exit' });
    this.#land(instance);
    this.slots = Math.max(this.slots, this.slot);
    this.registers = Math.max(this.registers, this.register);
    const enclosed = blocksAround(pathway.body);
    const entries = new Map([...instance.labels].filter(([id]) => (enclosed.get(id) ?? []).length === 0));
    return { start, entries, instance };
  }

  #instance(
    pathway: Pathway,
    frames: readonly Frame[],
    calls: readonly string[],
    copy = this.#newCopy(pathway.id),
  ): Instance {
    return {
      pathway,
      copy,
      frames,
      base: frames.length,
      calls: [...calls, pathway.id],
      labels: new Map(),
      starts: new Map(),
      jumps: [],
      openAt: new Map(),
      ends: new Map(),
    };
  }

  /** The number of a copy of a pathway; those of calls that only other ways make do not change the others'. */
  #newCopy(id: string): number {
    const key = this.#otherWays > 0 ? `${id} by other ways` : id;
    const copy = this.#copies.get(key) ?? (this.#otherWays > 0 ? FIRST_OTHER_COPY : 0);
    this.#copies.set(key, copy + 1);
    return copy;
  }

  /** Compiles activities one after another; gives the slots that are still kept after them. */
  body(body: readonly Activity[], pending: Pending, at: Instance): Pending {
    return body.reduce((before, activity) => this.#place(activity, before, at), pending);
  }

  /** A place of the text: what stands there now, or one of the ways that responses make of it. */
  #place(a: Activity, pending: Pending, at: Instance): Pending {
    const ways = this.variants?.places.get(a.id);
    return ways === undefined || this.#open.has(a.id)
      ? this.#compile(a, pending, at)
      : this.#ways(a, ways, pending, at);
  }

  #ways(a: Activity, { ways, decision }: PlaceWays, pending: Pending, at: Instance): Pending {
    const nodes = new Map([...nodesOf(decision)].map((node) => [node, this.emit({ op: 'jump', to: 0 })]));
    const place = nodes.get(decision) ?? 0;
    this.#open.add(a.id);
    const starts: number[] = [];
    const ends: (() => void)[] = [];
    let all: Pending = NOTHING;
    let own: readonly [number, number] = [place, place];
    ways.forEach((way, n) => {
      const before = new Map(at.labels);
      const jumps = at.jumps.length;
      const from = this.here;
      starts.push(from);
      if (n > 0) this.#otherWays++;
      all = union(all, this.body(way, pending, at));
      this.#landWithin(way, a.id, jumps, at);
      if (n > 0) {
        this.#otherWays--;
        this.#shareVisits(own, [from, this.here]);
        for (const [id, label] of before) at.labels.set(id, label);
      } else own = [from, this.here];
      ends.push(this.jump());
    });
    for (const end of ends) end();
    this.#open.delete(a.id);
    at.labels.set(a.id, place);
    at.openAt.set(a.id, at.frames);
    const to = (next: Decision): number =>
      typeof next === 'number' ? (starts[next] ?? place) : (nodes.get(next) ?? place);
    for (const [node, instruction] of nodes) {
      this.instructions[instruction] = { op: 'way', component: node.response, to: [to(node.no), to(node.yes)] };
    }
    return all;
  }

  /** Jumps within a way lead to what stands in it; those back to the place itself look anew which way is taken. */
  #landWithin(way: readonly Activity[], place: string, from: number, at: Instance): void {
    const inside = new Set(Array.from(walkActivities(way), ({ activity }) => activity.id));
    const begin = at.labels.get(place) ?? 0;
    const open = at.jumps.splice(from);
    for (const jump of open) {
      const label = at.labels.get(jump.to);
      const fromPlace = jump.to === place && jump.instruction >= begin;
      if (label === undefined || !inside.has(jump.to) || fromPlace) at.jumps.push(jump);
      else this.instructions[jump.instruction] = { op: 'jump', to: label };
    }
  }

  /** The same activity in another way draws as in the text's own, visit by visit. */
  #shareVisits(own: readonly [number, number], other: readonly [number, number]): void {
    const known = new Map<string, number[]>();
    for (let i = own[0]; i < own[1]; i++) {
      const key = drawKey(this.instructions[i]);
      if (key === undefined) continue;
      const list = known.get(key);
      if (list === undefined) known.set(key, [i]);
      else list.push(i);
    }
    for (let i = other[0]; i < other[1]; i++) {
      const instruction = this.instructions[i];
      const like = known.get(drawKey(instruction) ?? '')?.shift();
      if (instruction === undefined || like === undefined) continue;
      this.instructions[i] = { ...instruction, visits: this.instructions[like]?.visits ?? like };
    }
  }

  #compile(a: Activity, pending: Pending, at: Instance): Pending {
    at.labels.set(a.id, this.here);
    if (!at.starts.has(a.id)) at.starts.set(a.id, this.here);
    at.openAt.set(a.id, at.frames);
    switch (a.kind) {
      case 'step':
        return this.#step(a, pending, at);
      case 'hold':
        return compileHold(this, a, pending, at);
      case 'choose':
        return this.#choose(a, pending, at);
      case 'together':
        return this.#together(a, pending, at);
      case 'race':
        return this.#race(a, pending, at);
      case 'gather':
        return this.#gather(a, pending, at);
      case 'wait':
        return this.#wait(a, pending, at);
      case 'set':
        return this.#set(a, pending, at);
      case 'repeat':
        return this.#repeat(a, pending, at);
      case 'release':
        return this.#release(a, pending, at);
      case 'go to':
        return this.#goTo(a, pending, at);
      case 'call':
        return this.#call(a, pending, at);
      case 'finish': {
        this.emit({ op: 'finish', outcome: this.outcome(a.outcome) });
        // In a branch the branch ends, in a group the group; what becomes of the patient is decided there.
        this.emit({ op: at.frames.some(isForked) ? 'join' : 'exit' });
        return NOTHING;
      }
    }
  }

  #step(a: Step, before: Pending, at: Instance): Pending {
    const activity = this.of(a, a.title ?? a.name);
    const skip = this.when(a.when, activity, at);
    this.giveBack(before);
    const dependence = this.surroundings.dependsOn(a);
    const dependent = dependence.length === 0 ? undefined : compileDependentStep(this, activity, dependence);
    dependent?.begin();
    const needs = [...this.needs(a.needs, a.organisation ?? at.pathway.owner), ...this.consumption(a, at)];
    const slot = this.takeSlots(needs.length);
    const request = this.request(a, activity, needs, a.needs, slot, NOTHING, at);
    if (a.takes === undefined && a.costs.length === 0) {
      const register = this.takeRegisters(1);
      this.emit({ op: 'begin', activity, register });
      this.emit({ op: 'end', activity, register });
    } else {
      const takes = a.takes === undefined ? ({ op: 'number', value: 0 } as const) : this.time(a, a.takes, at);
      const costs = a.costs.map((cost) => this.expression(cost));
      const depends = dependent?.beforeWork();
      this.emit({ op: 'work', activity, copy: at.copy, takes, costs, ...givesOf(a, request, depends) });
      this.emit({ op: 'end', activity });
    }
    this.giveBack(range(slot, needs.length));
    if (!at.ends.has(a.id)) at.ends.set(a.id, this.here);
    const late = this.otherwise(request, a.waits?.otherwise, NOTHING, at);
    const after = union(late, dependent?.end(range(slot, needs.length), at) ?? NOTHING);
    skip();
    return a.when === undefined ? after : union(before, after);
  }

  /** The way of those who gave up waiting at some requests. */
  otherwise(
    requests: readonly number[],
    otherwise: readonly Activity[] | undefined,
    pending: Pending,
    at: Instance,
  ): Pending {
    if (otherwise === undefined) return NOTHING;
    const past = this.jump();
    for (const place of requests) {
      const request = this.instructions[place];
      if (request?.op !== 'request' || request.patience === undefined) continue;
      this.instructions[place] = { ...request, patience: { ...request.patience, to: this.here } };
    }
    const after = this.body(otherwise, pending, at);
    past();
    return after;
  }

  #choose(a: Choose, pending: Pending, at: Instance): Pending {
    const activity = this.of(a, a.title ?? a.name ?? 'Choice');
    const otherwise = a.branches.find((branch) => branch.when.kind === 'otherwise');
    const starts = new Map<Branch, number>();
    const place = a.by === 'condition' ? -1 : this.emit({ op: 'jump', to: 0 });
    let all: Pending = NOTHING;
    const ends: (() => void)[] = [];
    for (const branch of [...a.branches].sort((x, y) => Number(x === otherwise) - Number(y === otherwise))) {
      const skip =
        branch.when.kind === 'condition' ? this.when(branch.when.condition, activity, at) : (): void => undefined;
      starts.set(branch, this.here);
      all = union(all, this.body(branch.body, pending, at));
      ends.push(this.jump());
      skip();
    }
    for (const end of ends) end();
    const after = this.here;
    if (place >= 0) this.#patchChoice(a, place, activity, at, (branch) => (branch && starts.get(branch)) ?? after);
    return otherwise === undefined ? union(all, pending) : all;
  }

  #patchChoice(
    a: Choose,
    place: number,
    activity: number,
    at: Instance,
    startOf: (branch: Branch | undefined) => number,
  ): void {
    const otherwise = startOf(a.branches.find((branch) => branch.when.kind === 'otherwise'));
    if (a.by === 'attribute') {
      this.instructions[place] = {
        op: 'match',
        activity,
        attribute: this.scope.attribute(a.attribute ?? ''),
        branches: a.branches.flatMap((branch) =>
          branch.when.kind === 'category'
            ? [{ values: branch.when.values.map((value) => this.scope.category(value)), to: startOf(branch) }]
            : [],
        ),
        otherwise,
      };
      return;
    }
    const branches = a.branches.flatMap((branch) =>
      branch.when.kind === 'share' ? [{ share: this.expression(branch.when.share), to: startOf(branch) }] : [],
    );
    const sum = branches.reduce((total, { share }) => total + (share.op === 'number' ? share.value : Number.NaN), 0);
    // Where the shares make up the whole, rounding must not lead past them.
    const whole = Math.abs(sum - 1) < 1e-9 && !a.branches.some((branch) => branch.when.kind === 'otherwise');
    this.instructions[place] = {
      op: 'share',
      activity,
      copy: at.copy,
      branches,
      otherwise: whole ? (branches.at(-1)?.to ?? otherwise) : otherwise,
    };
  }

  #together(a: Together, pending: Pending, at: Instance): Pending {
    const activity = this.of(a, a.title ?? a.name ?? 'Together');
    this.giveBack(pending);
    this.#fork(a, activity, at);
    return NOTHING;
  }

  #race(a: Race, pending: Pending, at: Instance): Pending {
    const activity = this.of(a, a.title ?? a.name ?? 'Race');
    this.giveBack(pending);
    const register = this.takeRegisters(1);
    this.emit({ op: 'begin', activity, register });
    this.#fork(a, activity, at);
    this.emit({ op: 'end', activity, register });
    return NOTHING;
  }

  #fork(a: Together | Race, activity: number, at: Instance): void {
    const fork = this.emit({ op: 'jump', to: 0 });
    const frame: Frame = { kind: a.kind, id: a.id, slots: [], needs: [] };
    const branches = a.branches.map((branch) => {
      const start = this.here;
      this.giveBack(this.body(branch.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
      this.emit({ op: 'join' });
      return start;
    });
    const race = a.kind === 'race' && { race: true as const };
    this.instructions[fork] = { op: 'fork', activity, branches, then: this.here, ...race };
  }

  #gather(a: Gather, pending: Pending, at: Instance): Pending {
    const activity = this.of(a, a.title ?? a.name ?? 'Gather');
    if (at.frames.some((each) => each.kind === 'gather')) {
      throw new SimulationError(
        'Patients go as a group here already; groups do not gather again.',
        formatOrigin(a.origin),
      );
    }
    this.giveBack(pending);
    const place = this.emit({ op: 'jump', to: 0 });
    const frame: Frame = { kind: 'gather', id: a.id, slots: [], needs: [] };
    this.giveBack(this.body(a.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
    this.emit({ op: 'join' });
    const whole = (e: Expression): number =>
      Math.max(1, Math.round(requireConstant(e, this.model, 'the size of a group')));
    const every = a.every && requireConstant(a.every, this.model, 'the time between departures');
    if (every !== undefined && !(every > 0)) {
      throw new SimulationError('Some time must pass between departures.', formatOrigin(a.origin));
    }
    this.instructions[place] = {
      op: 'gather',
      activity,
      copy: at.copy,
      ...(a.size && { size: whole(a.size) }),
      ...(a.after && { after: this.expression(a.after) }),
      ...(every !== undefined && { every }),
      ...(a.atMost && { most: whole(a.atMost) }),
      then: this.here,
    };
    return NOTHING;
  }

  #wait(a: Wait, pending: Pending, at: Instance): Pending {
    const activity = this.of(a, a.title ?? a.name ?? 'Wait');
    this.giveBack(pending);
    if (a.until === undefined) {
      const takes = a.duration === undefined ? ({ op: 'number', value: 0 } as const) : this.expression(a.duration);
      this.emit({ op: 'work', activity, copy: at.copy, takes, costs: [] });
    } else {
      this.emit({ op: 'until', activity, at: clockOccurrences(a.until.at, a.until.days, this.calendar) });
    }
    this.emit({ op: 'end', activity });
    return NOTHING;
  }

  #set(a: SetAttribute, pending: Pending, at: Instance): Pending {
    const activity = this.of(a, `Set ${a.attribute}`);
    const attribute = this.scope.attribute(a.attribute);
    this.emit({ op: 'set', activity, copy: at.copy, attribute, value: this.expression(a.value) });
    return pending;
  }

  #repeat(a: Repeat, pending: Pending, at: Instance): Pending {
    const activity = this.of(a, a.title ?? a.name ?? 'Repeat');
    this.giveBack(pending);
    const register = this.takeRegisters(3);
    const limits = [a.times, a.atMost].filter((each) => each !== undefined).map((each) => this.expression(each));
    const [first, ...others] = limits;
    const times = others.length === 0 ? first : ({ op: 'function', name: 'least', arguments: limits } as const);
    const place = this.emit({ op: 'jump', to: 0 });
    const start = this.here;
    const frame: Frame = { kind: 'repeat', id: a.id, slots: [], needs: [] };
    this.giveBack(this.body(a.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
    this.emit({
      op: 'again',
      activity,
      copy: at.copy,
      register,
      ...(a.until && { until: this.expression(a.until) }),
      ...(a.again && { again: this.expression(a.again) }),
      ...(a.every && { every: this.expression(a.every) }),
      to: start,
    });
    this.instructions[place] = {
      op: 'rounds',
      activity,
      copy: at.copy,
      register,
      ...(times && { times }),
      to: this.here,
    };
    return NOTHING;
  }

  #release(a: Release, pending: Pending, at: Instance): Pending {
    let up = 0;
    for (const frame of [...at.frames].reverse()) {
      if (frame.kind === 'gather') break;
      if (isForked(frame)) up++;
      if (frame.id !== a.hold || frame.kind !== 'hold') continue;
      frame.needs.forEach((need, i) => {
        const slot = frame.slots[Math.min(i, frame.slots.length - 1)];
        const names = need.of.map((t) => (t.kind === 'resource' ? t.resource : t.kind === 'role' ? t.role : t.skill));
        if (slot !== undefined && names.some((name) => a.targets.includes(name))) {
          this.emit({ op: 'release', up, slot });
        }
      });
      return pending;
    }
    throw new SimulationError(
      `${a.targets.join(', ')} cannot be released here: the hold that keeps it is not around this place.`,
      formatOrigin(a.origin),
    );
  }

  #goTo(a: GoTo, pending: Pending, at: Instance): Pending {
    const around = blocksAround(at.pathway.body).get(a.to) ?? this.variants?.around.get(a.to);
    const place = formatOrigin(a.origin);
    if (around === undefined) throw new SimulationError(`There is no ${a.to} in this pathway to go to.`, place);
    const open = at.frames.slice(at.base);
    const common = around.every((id, i) => open[i]?.id === id);
    if (!common) {
      throw new SimulationError(
        `One cannot go to ${a.to} from here: it lies inside a hold, a repeat or a branch that is entered at its start only.`,
        place,
      );
    }
    const left = open.slice(around.length);
    if (left.some(isForked)) {
      throw new SimulationError(
        'A go to cannot leave a branch of a `together` or `race`, nor a `gather`: others go on there.',
        place,
      );
    }
    this.giveBack(union(pending, new Set(left.flatMap((frame) => frame.slots))));
    at.jumps.push({ instruction: this.emit({ op: 'jump', to: 0 }), to: a.to });
    return NOTHING;
  }

  #land(at: Instance): void {
    for (const { instruction, to } of at.jumps) {
      this.instructions[instruction] = { op: 'jump', to: at.labels.get(to)! };
    }
  }

  #call({ id: call, pathway: id, origin }: Call, pending: Pending, at: Instance): Pending {
    const pathway = this.model.pathways.find((each) => each.id === id);
    if (pathway === undefined) throw new SimulationError(`There is no pathway ${id} to call.`, formatOrigin(origin));
    if (at.calls.includes(id)) {
      throw new SimulationError(
        `Pathways call one another in a circle: ${[...at.calls, id].join(' → ')}. Use repeat for what happens again.`,
        formatOrigin(origin),
      );
    }
    const key = `${at.pathway.id} ${at.copy} ${call}`;
    const copy = this.#callCopies.get(key) ?? this.#newCopy(id);
    this.#callCopies.set(key, copy);
    const inside = this.#instance(pathway, at.frames, at.calls, copy);
    const after = this.body(pathway.body, pending, inside);
    this.#land(inside);
    return after;
  }
}

/** All that decides which way is taken, the first first. */
function nodesOf(decision: Decision, found = new Set<DecisionNode>()): ReadonlySet<DecisionNode> {
  if (typeof decision === 'number' || found.has(decision)) return found;
  found.add(decision);
  nodesOf(decision.no, found);
  return nodesOf(decision.yes, found);
}

/** Calls that only other ways make have copies from here on. */
const FIRST_OTHER_COPY = 4096;

/** What an instruction that draws has in common with that of the same activity in another way. */
function drawKey(instruction: Instruction | undefined): string | undefined {
  if (instruction === undefined || !('copy' in instruction)) return undefined;
  return `${instruction.op} ${instruction.activity} ${instruction.copy}`;
}

/** How the work of a step gives way, as the input has it. */
function givesOf(
  { needs, interruption, handedOver }: Step,
  [request]: readonly number[],
  depends: number | undefined,
): Partial<Pick<Work, 'gives'>> {
  // Where nothing is needed, nothing can be taken away.
  const gives = needs.length > 0 && (interruption !== undefined || handedOver === true);
  if (request === undefined || (!gives && depends === undefined)) return {};
  const how = interruption && { interruption };
  const lost = depends !== undefined && { depends };
  return { gives: { request, ...how, ...(handedOver === true && { handedOver }), ...lost } };
}
