import {
  type Activity,
  type Branch,
  type Choose,
  type Expression,
  formatOrigin,
  type GoTo,
  type Hold,
  type Model,
  type Need,
  type Origin,
  type Pathway,
  type Release,
  type Repeat,
  type Step,
  type Together,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileExpression, type ExpressionScope } from './expressions.js';
import type { TargetTable } from './supply.js';
import type { InputActivity, InputNeed, Instruction } from './types.js';

const MOST_INSTRUCTIONS = 200_000;

type Pending = ReadonlySet<number>;
const NOTHING: Pending = new Set();

/** A block that is open: a hold with its slots, or one that a go to cannot enter. */
interface Frame {
  readonly kind: 'hold' | 'together' | 'repeat';
  readonly id: string;
  readonly slots: readonly number[];
  readonly needs: readonly Need[];
}

/** A pathway as it is being compiled: at the root, or inside a call. */
interface Instance {
  readonly pathway: Pathway;
  readonly copy: number;
  readonly frames: readonly Frame[];
  readonly base: number;
  readonly calls: readonly string[];
  readonly labels: Map<string, number>;
  readonly jumps: { readonly instruction: number; readonly to: string }[];
}

/** A request in the program and what it asks for, so that measures find it. */
export interface RequestSite {
  readonly instruction: number;
  readonly activity: number;
  readonly resources: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
}

/** Compiles pathways to the flat program; calls become copies of the called pathway. */
export class FlowCompiler {
  readonly instructions: Instruction[] = [];
  readonly activities: InputActivity[] = [];
  readonly outcomes: string[] = [];
  readonly sites: RequestSite[] = [];
  slots = 0;
  registers = 0;
  readonly #activityIndex = new Map<string, number>();
  readonly #copies = new Map<string, number>();
  #slot = 0;
  #register = 0;

  constructor(
    readonly model: Model,
    readonly scope: ExpressionScope,
    readonly targets: TargetTable,
  ) {}

  /** Compiles a pathway as the way of patients; gives the instruction of each activity at which one may enter. */
  root(pathway: Pathway): { readonly start: number; readonly entries: ReadonlyMap<string, number> } {
    this.#slot = 0;
    this.#register = 0;
    this.#copies.clear();
    const start = this.instructions.length;
    const instance = this.#instance(pathway, [], []);
    const pending = this.#body(pathway.body, NOTHING, instance);
    this.#giveBack(pending);
    this.#emit({ op: 'exit' });
    this.#land(instance);
    this.slots = Math.max(this.slots, this.#slot);
    this.registers = Math.max(this.registers, this.#register);
    const enclosed = blocksAround(pathway.body);
    const entries = new Map([...instance.labels].filter(([id]) => (enclosed.get(id) ?? []).length === 0));
    return { start, entries };
  }

  /** Number of an activity. */
  activity(id: string, kind: string, title: string, origin: Origin): number {
    let index = this.#activityIndex.get(id);
    if (index === undefined) {
      index = this.activities.push({ id, title, kind, origin: formatOrigin(origin) }) - 1;
      this.#activityIndex.set(id, index);
    }
    return index;
  }

  outcome(name: string): number {
    const known = this.outcomes.indexOf(name);
    return known >= 0 ? known : this.outcomes.push(name) - 1;
  }

  #instance(pathway: Pathway, frames: readonly Frame[], calls: readonly string[]): Instance {
    const copy = this.#copies.get(pathway.id) ?? 0;
    this.#copies.set(pathway.id, copy + 1);
    return { pathway, copy, frames, base: frames.length, calls: [...calls, pathway.id], labels: new Map(), jumps: [] };
  }

  #emit(instruction: Instruction): number {
    if (this.instructions.length >= MOST_INSTRUCTIONS) {
      throw new SimulationError(
        `The pathways become more than ${MOST_INSTRUCTIONS} instructions: calls of calls multiply; call fewer pathways.`,
      );
    }
    return this.instructions.push(instruction) - 1;
  }

  get #here(): number {
    return this.instructions.length;
  }

  #giveBack(pending: Pending): void {
    if (pending.size > 0) this.#emit({ op: 'give back', slots: [...pending].sort((a, b) => a - b) });
  }

  #expression(expression: Expression): ReturnType<typeof compileExpression> {
    return compileExpression(expression, this.scope);
  }

  #of(a: Activity, title: string): number {
    return this.activity(a.id, a.kind, title, a.origin);
  }

  #body(body: readonly Activity[], pending: Pending, at: Instance): Pending {
    return body.reduce((before, activity) => this.#compile(activity, before, at), pending);
  }

  #compile(a: Activity, pending: Pending, at: Instance): Pending {
    at.labels.set(a.id, this.#here);
    switch (a.kind) {
      case 'step':
        return this.#step(a, pending, at);
      case 'hold':
        return this.#hold(a, pending, at);
      case 'choose':
        return this.#choose(a, pending, at);
      case 'together':
        return this.#together(a, pending, at);
      case 'repeat':
        return this.#repeat(a, pending, at);
      case 'release':
        return this.#release(a, pending, at);
      case 'go to':
        return this.#goTo(a, pending, at);
      case 'call':
        return this.#call(a.pathway, a.origin, pending, at);
      case 'finish': {
        this.#emit({ op: 'finish', outcome: this.outcome(a.outcome) });
        // In a branch of a `together` the patient leaves when all branches have ended.
        const forked = at.frames.some((frame) => frame.kind === 'together');
        this.#emit({ op: forked ? 'join' : 'exit' });
        return NOTHING;
      }
    }
  }

  /** Emits the test of `when`; the function it gives fixes where those go for whom it does not hold. */
  #when(condition: Expression | undefined, activity: number, at: Instance): () => void {
    if (condition === undefined) return () => undefined;
    const compiled = this.#expression(condition);
    const place = this.#emit({ op: 'unless', activity, copy: at.copy, condition: compiled, to: 0 });
    return () => {
      this.instructions[place] = { op: 'unless', activity, copy: at.copy, condition: compiled, to: this.#here };
    };
  }

  #jump(): () => void {
    const place = this.#emit({ op: 'jump', to: 0 });
    return () => {
      this.instructions[place] = { op: 'jump', to: this.#here };
    };
  }

  #step(a: Step, before: Pending, at: Instance): Pending {
    const activity = this.#of(a, a.title ?? a.name);
    const skip = this.#when(a.when, activity, at);
    this.#giveBack(before);
    const needs = this.#needs(a.needs, a.organisation ?? at.pathway.owner);
    const slot = this.#takeSlots(needs.length);
    const request = this.#request(a, activity, needs, a.needs, slot, NOTHING, at);
    if (a.takes === undefined && a.costs.length === 0) {
      const register = this.#takeRegisters(1);
      this.#emit({ op: 'begin', activity, register });
      this.#emit({ op: 'end', activity, register });
    } else {
      const takes = a.takes === undefined ? ({ op: 'number', value: 0 } as const) : this.#expression(a.takes);
      this.#emit({ op: 'work', activity, copy: at.copy, takes, costs: a.costs.map((cost) => this.#expression(cost)) });
      this.#emit({ op: 'end', activity });
    }
    this.#giveBack(range(slot, needs.length));
    const after = this.#otherwise(request, a.waits?.otherwise, NOTHING, at);
    skip();
    return a.when === undefined ? after : union(before, after);
  }

  #hold(a: Hold, before: Pending, at: Instance): Pending {
    const activity = this.#of(a, a.title ?? a.name);
    const skip = this.#when(a.when, activity, at);
    if (a.freesFirst) this.#giveBack(before);
    const pending = a.freesFirst ? NOTHING : before;
    const needs = this.#needs(a.needs, at.pathway.owner);
    if (a.policy === 'all') {
      const slot = this.#takeSlots(needs.length);
      const request = this.#request(a, activity, needs, a.needs, slot, pending, at);
      const after = this.#held(a, activity, range(slot, needs.length), at);
      const all = union(after, this.#otherwise(request, a.waits?.otherwise, pending, at));
      skip();
      return a.when === undefined ? all : union(before, all);
    }
    // Each unit that could be taken is an option of its own; whichever it is lies in the same slot.
    const options = needs.flatMap((need) =>
      need.of.map((target): InputNeed => ({ amount: need.amount, of: [target] })),
    );
    const slot = this.#takeSlots(1);
    const after =
      a.policy === 'first free'
        ? this.#firstFree(a, activity, options, slot, pending, at)
        : this.#leastBusy(a, activity, options, slot, pending, at);
    skip();
    return a.when === undefined ? after : union(before, after);
  }

  #firstFree(
    a: Hold,
    activity: number,
    options: readonly InputNeed[],
    slot: number,
    pending: Pending,
    at: Instance,
  ): Pending {
    const tries = options.map((option) => {
      const place = this.#emit({ op: 'jump', to: 0 });
      this.#site(place, activity, a.needs);
      return { place, option };
    });
    const none = this.#body(a.otherwise ?? [], pending, at);
    const past = this.#jump();
    for (const { place, option } of tries) {
      this.instructions[place] = {
        op: 'try',
        activity,
        copy: at.copy,
        needs: [option],
        slot,
        pending: sorted(pending),
        to: this.#here,
      };
    }
    const held = this.#held(a, activity, range(slot, 1), at);
    past();
    return union(none, held);
  }

  #leastBusy(
    a: Hold,
    activity: number,
    options: readonly InputNeed[],
    slot: number,
    pending: Pending,
    at: Instance,
  ): Pending {
    const { pools } = this.targets.supply;
    const facilities = (option: InputNeed): number[] => [
      ...new Set(
        option.of.flatMap((t) => this.targets.targets[t]?.members.map((m) => pools[m.pool]?.facility ?? 0) ?? []),
      ),
    ];
    const start = this.#emit({ op: 'least busy', activity, options: [] });
    const starts: number[] = [];
    const requests: number[] = [];
    const ends: (() => void)[] = [];
    for (const option of options) {
      starts.push(this.#here);
      requests.push(...this.#request(a, activity, [option], a.needs, slot, pending, at));
      ends.push(this.#jump());
    }
    this.instructions[start] = {
      op: 'least busy',
      activity,
      options: options.map((option, i) => ({ facilities: facilities(option), to: starts[i]! })),
    };
    for (const end of ends) end();
    const held = this.#held(a, activity, range(slot, 1), at);
    return union(held, this.#otherwise(requests, a.waits?.otherwise, pending, at));
  }

  /** The body of a hold that has its units, and what is still kept after it. */
  #held(a: Hold, activity: number, slots: Pending, at: Instance): Pending {
    const register = this.#takeRegisters(1);
    this.#emit({ op: 'begin', activity, register });
    const frame: Frame = { kind: 'hold', id: a.id, slots: sorted(slots), needs: a.needs };
    const inner = this.#body(a.body, NOTHING, { ...at, frames: [...at.frames, frame] });
    this.#emit({ op: 'end', activity, register });
    return union(slots, inner);
  }

  #request(
    a: Step | Hold,
    activity: number,
    needs: readonly InputNeed[],
    written: readonly Need[],
    slot: number,
    pending: Pending,
    at: Instance,
  ): number[] {
    const place = this.#emit({
      op: 'request',
      activity,
      copy: at.copy,
      needs,
      slot,
      pending: sorted(pending),
      ...(a.priority && { priority: this.#expression(a.priority) }),
      ...(a.waits && { patience: { limit: this.#expression(a.waits.atMost), to: 0 } }),
    });
    this.#site(place, activity, written);
    return [place];
  }

  /** The way of those who gave up waiting at some requests. */
  #otherwise(
    requests: readonly number[],
    otherwise: readonly Activity[] | undefined,
    pending: Pending,
    at: Instance,
  ): Pending {
    if (otherwise === undefined) return NOTHING;
    const past = this.#jump();
    for (const place of requests) {
      const request = this.instructions[place];
      if (request?.op !== 'request' || request.patience === undefined) continue;
      this.instructions[place] = { ...request, patience: { ...request.patience, to: this.#here } };
    }
    const after = this.#body(otherwise, pending, at);
    past();
    return after;
  }

  #site(instruction: number, activity: number, needs: readonly Need[]): void {
    const targets = needs.flatMap((need) => need.of);
    this.sites.push({
      instruction,
      activity,
      resources: new Set(targets.flatMap((t) => (t.kind === 'resource' ? [t.resource] : []))),
      roles: new Set(targets.flatMap((t) => (t.kind === 'role' ? [t.role] : []))),
    });
  }

  #needs(needs: readonly Need[], organisation: string | undefined): InputNeed[] {
    return needs.map((need) => ({
      amount: this.#expression(need.amount),
      of: need.of.map((target) => {
        if (target.kind === 'resource') return this.targets.resource(target.resource);
        const where = target.from ?? organisation;
        return target.kind === 'role'
          ? this.targets.role(target.role, where)
          : this.targets.skill(target.skill, target.level, where);
      }),
    }));
  }

  #takeSlots(count: number): number {
    this.#slot += count;
    return this.#slot - count;
  }

  #takeRegisters(count: number): number {
    this.#register += count;
    return this.#register - count;
  }

  #choose(a: Choose, pending: Pending, at: Instance): Pending {
    const activity = this.#of(a, a.title ?? a.name ?? 'Choice');
    const otherwise = a.branches.find((branch) => branch.when.kind === 'otherwise');
    const starts = new Map<Branch, number>();
    const place = a.by === 'condition' ? -1 : this.#emit({ op: 'jump', to: 0 });
    let all: Pending = NOTHING;
    const ends: (() => void)[] = [];
    for (const branch of [...a.branches].sort((x, y) => Number(x === otherwise) - Number(y === otherwise))) {
      const skip =
        branch.when.kind === 'condition' ? this.#when(branch.when.condition, activity, at) : (): void => undefined;
      starts.set(branch, this.#here);
      all = union(all, this.#body(branch.body, pending, at));
      ends.push(this.#jump());
      skip();
    }
    for (const end of ends) end();
    const after = this.#here;
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
      branch.when.kind === 'share' ? [{ share: this.#expression(branch.when.share), to: startOf(branch) }] : [],
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
    const activity = this.#of(a, a.title ?? a.name ?? 'Together');
    this.#giveBack(pending);
    const fork = this.#emit({ op: 'jump', to: 0 });
    const frame: Frame = { kind: 'together', id: a.id, slots: [], needs: [] };
    const branches = a.branches.map((branch) => {
      const start = this.#here;
      this.#giveBack(this.#body(branch.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
      this.#emit({ op: 'join' });
      return start;
    });
    this.instructions[fork] = { op: 'fork', activity, branches, then: this.#here };
    return NOTHING;
  }

  #repeat(a: Repeat, pending: Pending, at: Instance): Pending {
    const activity = this.#of(a, a.title ?? a.name ?? 'Repeat');
    this.#giveBack(pending);
    const register = this.#takeRegisters(3);
    const limits = [a.times, a.atMost].filter((each) => each !== undefined).map((each) => this.#expression(each));
    const [first, ...others] = limits;
    const times = others.length === 0 ? first : ({ op: 'function', name: 'least', arguments: limits } as const);
    const place = this.#emit({ op: 'jump', to: 0 });
    const start = this.#here;
    const frame: Frame = { kind: 'repeat', id: a.id, slots: [], needs: [] };
    this.#giveBack(this.#body(a.body, NOTHING, { ...at, frames: [...at.frames, frame] }));
    this.#emit({
      op: 'again',
      activity,
      copy: at.copy,
      register,
      ...(a.until && { until: this.#expression(a.until) }),
      ...(a.again && { again: this.#expression(a.again) }),
      ...(a.every && { every: this.#expression(a.every) }),
      to: start,
    });
    this.instructions[place] = {
      op: 'rounds',
      activity,
      copy: at.copy,
      register,
      ...(times && { times }),
      to: this.#here,
    };
    return NOTHING;
  }

  #release(a: Release, pending: Pending, at: Instance): Pending {
    let up = 0;
    for (const frame of [...at.frames].reverse()) {
      if (frame.kind === 'together') up++;
      if (frame.id !== a.hold || frame.kind !== 'hold') continue;
      frame.needs.forEach((need, i) => {
        const slot = frame.slots[Math.min(i, frame.slots.length - 1)];
        const names = need.of.map((t) => (t.kind === 'resource' ? t.resource : t.kind === 'role' ? t.role : t.skill));
        if (slot !== undefined && names.some((name) => a.targets.includes(name))) {
          this.#emit({ op: 'release', up, slot });
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
    const around = blocksAround(at.pathway.body).get(a.to);
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
    if (left.some((frame) => frame.kind === 'together')) {
      throw new SimulationError('A go to cannot leave one branch of a `together` while others run.', place);
    }
    this.#giveBack(union(pending, new Set(left.flatMap((frame) => frame.slots))));
    at.jumps.push({ instruction: this.#emit({ op: 'jump', to: 0 }), to: a.to });
    return NOTHING;
  }

  #land(at: Instance): void {
    for (const { instruction, to } of at.jumps) {
      this.instructions[instruction] = { op: 'jump', to: at.labels.get(to)! };
    }
  }

  #call(id: string, origin: Origin, pending: Pending, at: Instance): Pending {
    const pathway = this.model.pathways.find((each) => each.id === id);
    if (pathway === undefined) throw new SimulationError(`There is no pathway ${id} to call.`, formatOrigin(origin));
    if (at.calls.includes(id)) {
      throw new SimulationError(
        `Pathways call one another in a circle: ${[...at.calls, id].join(' → ')}. Use repeat for what happens again.`,
        formatOrigin(origin),
      );
    }
    const inside = this.#instance(pathway, at.frames, at.calls);
    const after = this.#body(pathway.body, pending, inside);
    this.#land(inside);
    return after;
  }
}

/** For each activity of a body the ids of the holds, repeats and branches around it, outermost first. */
function blocksAround(body: readonly Activity[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const visit = (activities: readonly Activity[], around: readonly string[]): void => {
    for (const a of activities) {
      found.set(a.id, around);
      if (a.kind === 'step') visit(a.waits?.otherwise ?? [], around);
      if (a.kind === 'hold') {
        visit(a.body, [...around, a.id]);
        visit(a.otherwise ?? [], around);
        visit(a.waits?.otherwise ?? [], around);
      }
      if (a.kind === 'choose') for (const branch of a.branches) visit(branch.body, around);
      if (a.kind === 'together') for (const branch of a.branches) visit(branch.body, [...around, a.id]);
      if (a.kind === 'repeat') visit(a.body, [...around, a.id]);
    }
  };
  visit(body, []);
  return found;
}

function range(from: number, count: number): Pending {
  return new Set(Array.from({ length: count }, (_, i) => from + i));
}

function union(a: Pending, b: Pending): Pending {
  return a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]);
}

function sorted(pending: Pending): number[] {
  return [...pending].sort((a, b) => a - b);
}
