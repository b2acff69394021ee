import type { InputExpression, InputNeed } from '@pathway/simulation';
import { expressionText, type Writing } from '../expressions.js';
import { workAfter } from '../flow-facts.js';
import { wrapped } from '../program-text.js';
import type { RequestBook } from '../request-book.js';
import type { FlowScope, Op } from './flow-scope.js';

/** How what is asked for is written. */
export class RequestWriter {
  constructor(
    readonly scope: FlowScope,
    readonly book: RequestBook,
  ) {}

  /** A call that asks for something, without `yield from`. */
  take(instruction: Op<'request'> | Op<'try'>, at: number): string[] {
    const { activity, needs } = instruction;
    const { site, slot, leaving } = this.book.enter(instruction, at);
    const before: string[] = [];
    const overTime = needs.some(({ consumes }) => consumes === 'over time');
    if (overTime && instruction.op === 'request') before.push(...this.#timeAhead(activity, at));
    const parts = [`'${site}'`, ...needs.map((need) => this.#need(need, overTime))];
    if (slot !== site) parts.push(`slot='${slot}'`);
    if (leaving.length > 0) parts.push(`leaving=[${leaving.map((each) => `'${each}'`).join(', ')}]`);
    if (instruction.op === 'request') {
      const { patience, priority } = instruction;
      if (patience !== undefined) parts.push(`patience=${this.#text(patience.limit, 'time')}`);
      if (priority !== undefined) parts.push(`priority=${this.#priority(priority)}`);
    }
    return [...before, ...wrapped(instruction.op === 'try' ? 'p.try_to_take(' : 'p.take(', parts, ')')];
  }

  #priority(priority: InputExpression): string {
    const text = this.#text(priority);
    return /\bwaited\b/.test(text) ? `lambda waited: ${text}` : text;
  }

  #timeAhead(activity: number, at: number): string[] {
    const work = workAfter(this.scope.input.instructions, activity, at);
    return work === undefined ? [] : [`p.time = ${this.#text(work.takes, 'time')}`];
  }

  #need({ amount, of, consumes }: InputNeed, hasTime: boolean): string {
    const targets = of.map((target) => this.scope.targets[target] ?? '');
    const isTimed = consumes === 'over time' && hasTime && amount.op === 'operation';
    const count = isTimed ? `p.time * ${this.#text(amount.right)}` : this.#text(amount);
    return `(${[count, ...targets].join(', ')})`;
  }

  /** Whether nobody ever waits at a request and nothing is told of it. */
  isIdle(request: Op<'request'>, at: number): boolean {
    const { needs, pending, activity } = request;
    return (
      needs.length === 0 && pending.length === 0 && !this.scope.measured.has(at) && !this.scope.watched.has(activity)
    );
  }

  #text(expression: InputExpression, writing: Writing = 'plain'): string {
    return expressionText(expression, this.scope, writing);
  }
}
