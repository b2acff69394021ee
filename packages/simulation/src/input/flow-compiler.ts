import {
  type Activity,
  type Call,
  clockOccurrences,
  formatOrigin,
  type Pathway,
  type SetAttribute,
  type Wait,
  walkActivities,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { blocksAround, type Frame, type Instance, isForked, NOTHING, type Pending, union } from './flow-blocks.js';
import { compileGather, compileRace, compileRepeat, compileTogether } from './flow-branches.js';
import { FlowBuilder } from './flow-builder.js';
import { compileChoice } from './flow-choices.js';
import { compileHold } from './flow-holds.js';
import { compileGoTo, compileRelease } from './flow-moves.js';
import { compileStep } from './flow-steps.js';
import type { Instruction } from './instruction-types.js';
import type { Decision, DecisionNode, PlaceWays } from './variants.js';

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
        return compileStep(this, a, pending, at);
      case 'hold':
        return compileHold(this, a, pending, at);
      case 'choose':
        return compileChoice(this, a, pending, at);
      case 'together':
        return compileTogether(this, a, pending, at);
      case 'race':
        return compileRace(this, a, pending, at);
      case 'gather':
        return compileGather(this, a, pending, at);
      case 'wait':
        return this.#wait(a, pending, at);
      case 'set':
        return this.#set(a, pending, at);
      case 'repeat':
        return compileRepeat(this, a, pending, at);
      case 'release':
        return compileRelease(this, a, pending, at);
      case 'go to':
        return compileGoTo(this, a, pending, at);
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
