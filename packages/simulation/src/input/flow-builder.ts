import {
  type Activity,
  type Expression,
  formatOrigin,
  type Hold,
  type Model,
  type Need,
  type NeedTarget,
  type Origin,
  type Step,
  type StudyCalendar,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileExpression, type ExpressionScope } from './expressions.js';
import { type Instance, type Pending, type RequestSite, sorted } from './flow-blocks.js';
import { CALM, type Surroundings } from './surroundings.js';
import type { TargetTable } from './targets.js';
import type { Variants } from './variants.js';
import { meanTime } from './mean-time.js';
import type { InputActivity, InputNeed } from './types.js';
import type { InputExpression } from './expression-types.js';
import type { Instruction } from './instruction-types.js';

const MOST_INSTRUCTIONS = 200_000;

/** Writes the flat program: instructions, and the slots, registers, activities and outcomes that they speak of. */
export class FlowBuilder {
  readonly instructions: Instruction[] = [];
  readonly activities: InputActivity[] = [];
  readonly outcomes: string[] = [];
  readonly sites: RequestSite[] = [];
  slots = 0;
  registers = 0;
  readonly #activityIndex = new Map<string, number>();
  /** Slots and registers of the pathway that is being compiled. */
  slot = 0;
  register = 0;

  constructor(
    readonly model: Model,
    readonly scope: ExpressionScope,
    readonly targets: TargetTable,
    readonly calendar: StudyCalendar,
    readonly surroundings: Surroundings = CALM,
    readonly variants?: Variants,
  ) {}

  /** Activities with which a place begins that several stand for. */
  firstOf(place: string): readonly string[] {
    return (this.variants?.standIns ?? []).flatMap((each) => (each.place === place ? (each.activities[0] ?? []) : []));
  }

  /** Numbers activities and outcomes as another program does. */
  numberAs({ activities, outcomes }: FlowBuilder): void {
    for (const each of activities) this.#activityIndex.set(each.id, this.activities.push(each) - 1);
    this.outcomes.push(...outcomes);
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

  /** Number of an outcome. */
  outcome(name: string): number {
    const known = this.outcomes.indexOf(name);
    return known >= 0 ? known : this.outcomes.push(name) - 1;
  }

  /** Writes an instruction; gives its place. @throws SimulationError when there are too many */
  emit(instruction: Instruction): number {
    if (this.instructions.length >= MOST_INSTRUCTIONS) {
      throw new SimulationError(
        `The pathways become more than ${MOST_INSTRUCTIONS} instructions: calls of calls multiply; call fewer pathways.`,
      );
    }
    return this.instructions.push(instruction) - 1;
  }

  /** Place of the next instruction. */
  get here(): number {
    return this.instructions.length;
  }

  /** Gives back what is still kept. */
  giveBack(pending: Pending): void {
    if (pending.size > 0) this.emit({ op: 'give back', slots: [...pending].sort((a, b) => a - b) });
  }

  /** An expression as the input has it. */
  expression(expression: Expression): ReturnType<typeof compileExpression> {
    return compileExpression(expression, this.scope);
  }

  /** How long the work of a step takes, longer where something from outside slows it. */
  time(a: Step, takes: Expression, at: Instance): InputExpression {
    return this.surroundings
      .slowing(a, at.pathway)
      .reduce<InputExpression>(
        (left, variable) => ({ op: 'operation', operator: '*', left, right: { op: 'variable', variable } }),
        this.expression(takes),
      );
  }

  /** Number of an activity of the model. */
  of(a: Activity, title: string): number {
    return this.activity(a.id, a.kind, title, a.origin);
  }

  /** Emits the test of `when`; the function it gives fixes where those go for whom it does not hold. */
  when(condition: Expression | undefined, activity: number, at: Instance): () => void {
    if (condition === undefined) return () => undefined;
    const compiled = this.expression(condition);
    const place = this.emit({ op: 'unless', activity, copy: at.copy, condition: compiled, to: 0 });
    return () => {
      this.instructions[place] = { op: 'unless', activity, copy: at.copy, condition: compiled, to: this.here };
    };
  }

  /** Writes a jump; the function it gives fixes its end. */
  jump(): () => void {
    const place = this.emit({ op: 'jump', to: 0 });
    return () => {
      this.instructions[place] = { op: 'jump', to: this.here };
    };
  }

  /** Writes a request for all of some needs; gives its place. */
  request(
    a: Step | Hold,
    activity: number,
    needs: readonly InputNeed[],
    written: readonly Need[],
    slot: number,
    pending: Pending,
    at: Instance,
  ): number[] {
    const place = this.emit({
      op: 'request',
      activity,
      copy: at.copy,
      needs,
      slot,
      pending: sorted(pending),
      ...(a.priority && { priority: this.expression(a.priority) }),
      ...(a.waits && { patience: { limit: this.expression(a.waits.atMost), to: 0 } }),
      ...(a.preempts === true && { preempts: true as const }),
      ...(a.kind === 'step' && a.fitsShift === true && { fits: this.#fits(a) }),
    });
    this.site(place, activity, written, a.kind === 'step' ? a.consumes?.map((each) => each.stock) : undefined);
    return [place];
  }

  #fits(step: Step): InputExpression {
    if (step.takes === undefined) return { op: 'number', value: 0 };
    const mean = meanTime(step.takes, this.model);
    if (mean === undefined) {
      throw new SimulationError(
        `The mean time of ${step.title ?? step.name} does not follow from its \`takes\`, so that it cannot be fitted to a shift: ` +
          'write a distribution whose mean is known.',
        formatOrigin(step.origin),
      );
    }
    return this.expression(mean);
  }

  /** Notes what a request asks for, so that measures find it. */
  site(instruction: number, activity: number, needs: readonly Need[], stocks: readonly string[] = []): void {
    const targets = needs.flatMap((need) => need.of);
    this.sites.push({
      instruction,
      activity,
      resources: new Set([...stocks, ...targets.flatMap((t) => (t.kind === 'resource' ? [t.resource] : []))]),
      roles: new Set(targets.flatMap((t) => (t.kind === 'role' ? [t.role] : []))),
    });
  }

  /** Needs with their targets looked up. @param organisation whose staff serve where none is named */
  needs(needs: readonly Need[], organisation: string | undefined): InputNeed[] {
    return needs.map((need) => ({
      amount: this.expression(need.amount),
      of: need.of.map((target) => this.target(target, organisation)),
    }));
  }

  /** What a step uses up, as needs whose units never come back. */
  consumption(a: Step, at: Instance): InputNeed[] {
    return (a.consumes ?? []).map(({ amount, stock, overTime }) => {
      const of = [this.targets.stock(stock)];
      if (!overTime || a.takes === undefined) return { amount: this.expression(amount), of, consumes: 'once' };
      const takes = this.time(a, a.takes, at);
      const rate = this.expression(amount);
      if (takes.op === 'number' && rate.op === 'number') {
        return { amount: { op: 'number', value: takes.value * rate.value }, of, consumes: 'once' };
      }
      return {
        amount: { op: 'operation', operator: '*', left: takes, right: rate },
        of,
        consumes: 'over time',
      };
    });
  }

  /** What can be asked for under a name. @param organisation whose staff serve where none is named */
  target(target: NeedTarget, organisation: string | undefined): number {
    if (target.kind === 'resource') return this.targets.resource(target.resource);
    const where = target.from ?? organisation;
    return target.kind === 'role'
      ? this.targets.role(target.role, where)
      : this.targets.skill(target.skill, target.level, where);
  }

  /** Slots of their own for units; gives the first. */
  takeSlots(count: number): number {
    this.slot += count;
    return this.slot - count;
  }

  /** As takeSlots, for registers. */
  takeRegisters(count: number): number {
    this.register += count;
    return this.register - count;
  }
}
