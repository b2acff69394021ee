import type { InputExpression, Instruction } from '@pathway/simulation';
import { expressionText, isOneOf, type Writing } from '../expressions.js';
import { endsBlock, finishesIn, isDrawnWithRequest, slotsIn, titleFrom } from '../flow-facts.js';
import type { Section, Statement } from '../flow-structure.js';
import { indented, plainText, timeText, wrapped } from '../program-text.js';
import { RequestBook, RoundNames } from '../request-book.js';
import { casesText } from './cases-text.js';
import { type FlowScope, KEPT_IN_BRANCH, type Op } from './flow-scope.js';
import { pythonText } from './python.js';
import { RequestWriter } from './request-text.js';

/** The ways of a pathway as functions, whose names are given by the instruction at which they begin. */
export class FlowWriter {
  readonly #book: RequestBook;
  readonly #requests: RequestWriter;
  readonly #rounds: RoundNames;
  readonly #functions = new Map<number, string>();
  readonly #nested: string[] = [];
  #commented = -1;

  constructor(
    readonly scope: FlowScope,
    readonly title: string,
  ) {
    this.#book = new RequestBook(scope);
    this.#requests = new RequestWriter(scope, this.#book);
    this.#rounds = new RoundNames(scope.activities);
  }

  get #program(): readonly Instruction[] {
    return this.scope.input.instructions;
  }

  /** Names the functions of a pathway's sections, so that others can speak of them. */
  name(sections: readonly Section[], title = this.title): ReadonlyMap<number, string> {
    sections.forEach(({ at }, i) => {
      const activity = titleFrom(this.scope.input, at);
      const place = i === 0 || activity === undefined ? '' : ` from ${activity}`;
      this.#functions.set(at, this.scope.names.fresh(`${title}${place}`));
    });
    return this.#functions;
  }

  /** The functions of sections, one after another. */
  functions(sections: readonly Section[]): string[] {
    const out: string[] = [];
    for (const { at, body } of sections) {
      this.#commented = -1;
      const before = this.#nested.length;
      const lines = this.#block(body);
      // Branches stand before what they are branches of.
      out.push(...this.#nested.splice(before));
      const hasYield = lines.some((line) => /\byield\b/.test(line));
      out.push(`def ${this.#functions.get(at) ?? ''}(p):`);
      if (lines.length > 0) out.push(...indented(lines));
      if (!hasYield) out.push('    yield from ()');
      out.push('', '');
    }
    return out;
  }

  #block(statements: readonly Statement[]): string[] {
    return statements.flatMap((statement) => this.#statement(statement));
  }

  #statement(statement: Statement): string[] {
    switch (statement.kind) {
      case 'do':
        return this.#instruction(statement.at);
      case 'choice':
        return this.#choice(statement.at, statement.arms);
      case 'loop': {
        const body = this.#block(statement.body);
        return ['while True:', ...indented([...body, ...(endsBlock(statement.body) ? [] : ['break'])])];
      }
      case 'again':
        return ['continue'];
      case 'section':
        return [`return ${this.#functions.get(statement.at) ?? ''}`];
      case 'fork':
        return this.#fork(statement.at, statement.branches);
      case 'gather':
        return this.#gather(statement.at, statement.inside);
      case 'end':
        return ['return'];
    }
  }

  #comment(activity: number): string[] {
    if (activity === this.#commented) return [];
    this.#commented = activity;
    const told = this.scope.input.activities[activity];
    if (told === undefined) return [];
    const origin = told.origin === '' ? '' : ` (${plainText(told.origin)})`;
    return [`# ${plainText(told.title)}${origin}`];
  }

  #instruction(at: number): string[] {
    const instruction = this.#program[at];
    if (instruction === undefined) return [];
    const { activities } = this.scope;
    switch (instruction.op) {
      case 'request': {
        if (this.#requests.isIdle(instruction, at)) return [];
        const call = this.#requests.take(instruction, at);
        return [
          ...this.#comment(instruction.activity),
          ...call.map((line, i) => (i === 0 ? `yield from ${line}` : line)),
        ];
      }
      case 'begin':
        return [`p.begin(${activities[instruction.activity] ?? ''})`];
      case 'end':
        return instruction.register === undefined ? [] : [`p.end(${activities[instruction.activity] ?? ''})`];
      case 'work': {
        const takes = isDrawnWithRequest(this.#program, instruction, at)
          ? 'p.time'
          : this.#text(instruction.takes, 'time');
        const costs = instruction.costs.map((each) => this.#text(each));
        const parts = [activities[instruction.activity] ?? '', takes];
        if (costs.length > 0) parts.push(`costs=${costs.join(' + ')}`);
        return [...this.#comment(instruction.activity), ...wrapped('yield from p.work(', parts, ')')];
      }
      case 'until': {
        this.scope.used.add('wait_until');
        const instants = this.scope.constant(instruction.at.map(timeText));
        const parts = ['p', activities[instruction.activity] ?? '', instants];
        return [...this.#comment(instruction.activity), `yield from wait_until(${parts.join(', ')})`];
      }
      case 'set': {
        const name = this.scope.attributes[instruction.attribute] ?? '';
        const value = this.#text(instruction.value, { attribute: instruction.attribute });
        if (!this.scope.gathers) return [`p.${name} = ${value}`];
        const own = expressionText(
          instruction.value,
          { ...this.scope, patient: 'each' },
          { attribute: instruction.attribute },
        );
        return ['for each in p.members:', `    each.${name} = ${own}`];
      }
      case 'give back': {
        const slots = this.#book.slotNames(instruction.slots);
        return slots.length === 0 ? [] : [`p.give_back(${slots.map(pythonText).join(', ')})`];
      }
      case 'release': {
        const slot = this.#book.slot(instruction.slot);
        return slot === undefined ? [] : [`p.release(${pythonText(slot.name)}, ${slot.need})`];
      }
      case 'rounds':
        return [`begin_rounds(p, ${this.#roundsName(instruction)})`];
      case 'finish':
        return [
          `p.finish(${pythonText(this.scope.input.outcomes[instruction.outcome] ?? '')})`,
          ...(this.#program[at + 1]?.op === 'join' ? [KEPT_IN_BRANCH] : []),
        ];
      default:
        return [];
    }
  }

  #text(expression: InputExpression, writing: Writing = 'plain'): string {
    return expressionText(expression, this.scope, writing);
  }

  #choice(at: number, arms: readonly (readonly Statement[])[]): string[] {
    const instruction = this.#program[at];
    if (instruction === undefined) return [];
    switch (instruction.op) {
      case 'request': {
        const [met = [], gaveUp = []] = arms;
        // Who needs nothing never gives up.
        if (instruction.needs.length === 0)
          return [...(this.#requests.isIdle(instruction, at) ? [] : this.#instruction(at)), ...this.#block(met)];
        const call = this.#requests.take(instruction, at);
        const lead = call.slice(
          0,
          call.findIndex((line) => line.startsWith('p.take(')),
        );
        const asked = call.slice(lead.length);
        const head = [...this.#comment(instruction.activity), ...lead];
        const condition = asked.map((line, i) => (i === 0 ? `met = yield from ${line}` : line));
        return [...head, ...condition, ...this.#either('met', met, gaveUp)];
      }
      case 'try': {
        const [got = [], not = []] = arms;
        const [first = '', ...rest] = this.#requests.take(instruction, at);
        return [...this.#comment(instruction.activity), `met = ${first}`, ...rest, ...this.#either('met', got, not)];
      }
      case 'unless': {
        const [holds = [], not = []] = arms;
        return [...this.#comment(instruction.activity), ...this.#either(this.#text(instruction.condition), holds, not)];
      }
      case 'rounds': {
        const [round = [], none = []] = arms;
        const times = instruction.times === undefined ? '' : `, ${this.#text(instruction.times)}`;
        this.scope.used.add('rounds');
        return [
          ...this.#comment(instruction.activity),
          ...this.#either(`begin_rounds(p, ${this.#roundsName(instruction)}${times})`, round, none),
        ];
      }
      case 'again': {
        const [another = [], over = []] = arms;
        const parts = ['p', this.#roundsName(instruction)];
        if (instruction.until !== undefined) parts.push(`until=${this.#text(instruction.until)}`);
        if (instruction.again !== undefined) parts.push(`again=${this.#text(instruction.again)}`);
        if (instruction.every !== undefined) parts.push(`every=${this.#text(instruction.every, 'time')}`);
        this.scope.used.add('rounds');
        return this.#either(`(yield from another_round(${parts.join(', ')}))`, another, over);
      }
      case 'match': {
        const tests = instruction.branches.map(({ values }) => isOneOf(values, instruction.attribute, this.scope));
        return [...this.#comment(instruction.activity), ...this.#cases(tests, arms)];
      }
      case 'share': {
        const shares = instruction.branches.map(({ share }) => this.#text(share));
        const [only] = shares;
        if (only !== undefined && shares.length === 1)
          return [...this.#comment(instruction.activity), ...this.#cases([`random.random() < ${only}`], arms)];
        this.scope.used.add('one_of_shares');
        return [
          ...this.#comment(instruction.activity),
          `branch_taken = one_of_shares(${shares.join(', ')})`,
          ...this.#cases(
            shares.map((_, i) => `branch_taken == ${i}`),
            arms,
          ),
        ];
      }
      case 'least busy': {
        this.scope.used.add('least_busy');
        const options = instruction.options.map(
          ({ facilities }) => `[${facilities.map((f) => this.scope.facilities[f] ?? '').join(', ')}]`,
        );
        return [
          ...this.#comment(instruction.activity),
          `option = least_busy(${options.join(', ')})`,
          ...this.#cases(
            options.slice(1).map((_, i) => `option == ${i}`),
            arms,
          ),
        ];
      }
      default:
        return [];
    }
  }

  #either(condition: string, then: readonly Statement[], otherwise: readonly Statement[]): string[] {
    return this.#cases([condition], [then, otherwise]);
  }

  /** Tests one after another; the last arm is that of none. */
  #cases(tests: readonly string[], arms: readonly (readonly Statement[])[]): string[] {
    const written = arms.map((arm) => {
      const lines = this.#block(arm);
      // Where the ways part, what stands behind is told anew.
      this.#commented = -1;
      return { lines, ends: endsBlock(arm) };
    });
    return casesText(tests, written);
  }

  #roundsName(instruction: Op<'rounds'> | Op<'again'>): string {
    this.scope.used.add('rounds');
    return `'${this.#rounds.of(instruction)}'`;
  }

  #fork(at: number, branches: readonly (readonly Section[])[]): string[] {
    const instruction = this.#program[at];
    if (instruction?.op !== 'fork') return [];
    const title = this.scope.input.activities[instruction.activity]?.title ?? '';
    const names = branches.map((sections, i) => {
      const first = sections[0]?.at ?? 0;
      this.name(sections, `${title} ${titleFrom(this.scope.input, first) ?? `branch ${i + 1}`}`);
      this.#nested.push(...this.#withKept(this.functions(sections), sections));
      return this.#functions.get(first) ?? '';
    });
    this.scope.used.add(instruction.race === true ? 'race' : 'together');
    const ways = names.map((name, i) => {
      if (instruction.race !== true) return name;
      const slots = this.#book.slotNames(slotsIn(this.#program, branches[i] ?? []));
      return `(${name}, [${slots.map((slot) => `'${slot}'`).join(', ')}])`;
    });
    this.#commented = -1;
    const lines = wrapped(`yield from ${instruction.race === true ? 'race' : 'together'}(`, ['p', ...ways], ')');
    const finishes = branches.some((sections) => finishesIn(this.#program, sections));
    return [
      ...this.#comment(instruction.activity),
      ...lines,
      ...(finishes ? ['if p.outcome is not None:', '    return'] : []),
    ];
  }

  /** Fills in what a branch that finishes gives back: all that is taken in it. */
  #withKept(lines: readonly string[], sections: readonly Section[]): string[] {
    const slots = this.#book.slotNames(slotsIn(this.#program, sections));
    return lines.flatMap((line) => {
      if (line.trim() !== KEPT_IN_BRANCH) return [line];
      if (slots.length === 0) return [];
      return wrapped(
        'p.give_back(',
        slots.map((slot) => `'${slot}'`),
        ')',
      ).map((each) => `${line.slice(0, line.indexOf(KEPT_IN_BRANCH))}${each}`);
    });
  }

  #gather(at: number, inside: readonly Section[]): string[] {
    const instruction = this.#program[at];
    if (instruction?.op !== 'gather') return [];
    const told = this.scope.input.activities[instruction.activity];
    this.name(inside, `${told?.title ?? ''} as a group`);
    // Members give back what the group keeps when they leave.
    this.#nested.push(...this.functions(inside).filter((line) => line.trim() !== KEPT_IN_BRANCH));
    this.scope.used.add('gather');
    const place = this.scope.names.fresh(`gathering ${told?.title ?? ''}`, 'upper');
    const { size, every, most, after } = instruction;
    const parts = [this.scope.activities[instruction.activity] ?? ''];
    if (size !== undefined) parts.push(`size=${size}`);
    if (every !== undefined) parts.push(`every=${timeText(every)}`);
    if (most !== undefined) parts.push(`most=${most}`);
    this.scope.definitions.push(`${place} = Gathering(${parts.join(', ')})`);
    this.scope.sites.set(
      at,
      told === undefined ? '' : (this.scope.activities[instruction.activity] ?? '').slice(1, -1),
    );
    const call = ['p', place, this.#functions.get(inside[0]?.at ?? 0) ?? ''];
    if (after !== undefined) call.push(`after=${this.#text(after, 'time')}`);
    this.#commented = -1;
    return [
      ...this.#comment(instruction.activity),
      ...wrapped('yield from gather(', call, ')'),
      ...(finishesIn(this.#program, inside) ? ['if p.outcome is not None:', '    return'] : []),
    ];
  }
}
