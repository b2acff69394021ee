import type { InputExpression, Instruction } from '@pathway/simulation';
import { expressionText, type ExpressionScope, isOneOf } from '../expressions.js';
import { endsBlock, finishesIn, slotsIn, titleFrom } from '../flow-facts.js';
import type { Section, Statement } from '../flow-structure.js';
import { plainText, type SnakeNames, timeText } from '../program-text.js';
import { RequestBook, type RequestScope, RoundNames } from '../request-book.js';
import { type Arm, branchText, casesText, listText, type Pipe, piped } from './pipe.js';
import { rText } from './r.js';

/** What the ways of one pathway share with the rest of the program. */
export interface SimmerScope extends ExpressionScope, RequestScope {
  readonly names: SnakeNames;
  /** Resources of simmer by target, as texts. */
  readonly resources: readonly string[];
}

type Op<K extends Instruction['op']> = Extract<Instruction, { op: K }>;

/** A pathway as a trajectory, with the trajectories of its branches before it. */
export class TrajectoryWriter {
  readonly #book: RequestBook;
  readonly #rounds: RoundNames;
  readonly #nested: string[] = [];
  /** Headers of the loops around what is written. */
  readonly #loops: number[] = [];
  #commented = -1;
  /** The fork in one of whose branches one is, as a text. */
  #around: string | undefined;
  /** What a branch that finishes gives back. */
  #branchSlots: readonly string[] = [];

  constructor(readonly scope: SimmerScope) {
    this.#book = new RequestBook(scope);
    this.#rounds = new RoundNames(scope.activities);
  }

  get #program(): readonly Instruction[] {
    return this.scope.input.instructions;
  }

  /** The definition of a trajectory and of what it needs. */
  definition(name: string, title: string, { body }: Section): string[] {
    const pipe = this.#block(body);
    const ends = endsBlock(body) ? [] : ['leave_care()'];
    return [...this.#nested.splice(0), `${name} <- trajectory(${rText(title)})${piped([...pipe, ...ends])}`, ''];
  }

  #block(statements: readonly Statement[]): Pipe {
    return statements.flatMap((statement) => this.#statement(statement));
  }

  #statement(statement: Statement): Pipe {
    switch (statement.kind) {
      case 'do':
        return this.#instruction(statement.at);
      case 'choice':
        return this.#choice(statement.at, statement.arms);
      case 'loop': {
        this.#loops.push(statement.header);
        const body = this.#block(statement.body);
        this.#loops.pop();
        return [`do(function() NULL, tag = ${this.#tag(statement.header)})`, ...body];
      }
      case 'again':
        return [`rollback(${this.#tag(this.#loops.at(-1) ?? 0)})`];
      case 'fork':
        return this.#fork(statement.at, statement.branches);
      case 'end':
        return [this.#around === undefined ? 'leave_care()' : `branch_ends(${this.#around})`];
      case 'section':
      case 'gather':
        throw new RangeError(`A trajectory has no ${statement.kind}.`);
    }
  }

  #tag(header: number): string {
    return rText(`loop ${header}`);
  }

  #comment(activity: number, call: string): string {
    if (activity === this.#commented) return call;
    this.#commented = activity;
    const told = this.scope.input.activities[activity];
    if (told === undefined) return call;
    const origin = told.origin === '' ? '' : ` (${plainText(told.origin)})`;
    return `# ${plainText(told.title)}${origin}\n${call}`;
  }

  #activity(activity: number): string {
    return this.scope.activities[activity] ?? '""';
  }

  #text(expression: InputExpression, writing: 'plain' | 'time' = 'plain'): string {
    return expressionText(expression, this.scope, writing);
  }

  #instruction(at: number): Pipe {
    const instruction = this.#program[at];
    if (instruction === undefined) return [];
    switch (instruction.op) {
      case 'request':
        return this.#take(instruction, at);
      case 'begin':
        return [`begin(${this.#activity(instruction.activity)})`];
      case 'end':
        return instruction.register === undefined ? [] : [`end(${this.#activity(instruction.activity)})`];
      case 'work': {
        const call = `work(${this.#activity(instruction.activity)}, function() ${this.#text(instruction.takes, 'time')})`;
        return [this.#comment(instruction.activity, call)];
      }
      case 'until': {
        this.scope.used.add('wait_until');
        const instants = this.scope.constant(instruction.at.map(timeText));
        return [
          this.#comment(instruction.activity, `wait_until(${this.#activity(instruction.activity)}, ${instants})`),
        ];
      }
      case 'set': {
        const name = this.scope.attributes[instruction.attribute] ?? '';
        const value = expressionText(instruction.value, this.scope, { attribute: instruction.attribute });
        return [`set(${rText(name)}, function() ${value})`];
      }
      case 'give back':
        return this.#giveBack(this.#book.slotNames(instruction.slots));
      case 'release': {
        const slot = this.#book.slot(instruction.slot);
        return slot === undefined ? [] : this.#giveBack([slot.name]);
      }
      case 'rounds':
        return [`do(function() begin_rounds(${this.#roundsName(instruction)}))`];
      case 'finish':
        return [
          `finish(${rText(this.scope.input.outcomes[instruction.outcome] ?? '')})`,
          ...(this.#around !== undefined ? this.#giveBack(this.#branchSlots) : []),
        ];
      default:
        return [];
    }
  }

  #giveBack(slots: readonly string[]): Pipe {
    return slots.length === 0 ? [] : [`give_back(${listText(slots)})`];
  }

  #take(instruction: Op<'request'>, at: number): Pipe {
    const { activity, needs, priority } = instruction;
    const { site, slot, leaving } = this.#book.enter(instruction, at);
    const [need] = needs;
    const asked = need?.amount.op === 'number' ? Math.max(0, Math.round(need.amount.value)) : 0;
    // Who needs nothing is there at once.
    if (need === undefined || asked === 0) {
      const call = `ask_nothing("${site}"${site === this.#activity(activity).slice(1, -1) ? '' : `, ${this.#activity(activity)}`})`;
      return [this.#comment(activity, call), ...this.#giveBack(leaving)];
    }
    const parts = [`"${site}"`, this.#resourceOf(instruction)];
    if (asked !== 1) parts.push(`amount = ${asked}`);
    if (slot !== site) parts.push(`slot = "${slot}"`);
    if (leaving.length > 0) parts.push(`leaving = ${listText(leaving)}`);
    if (priority !== undefined) parts.push(`priority = function() ${this.priority(priority)}`);
    if (`"${site}"` !== this.#activity(activity)) parts.push(`activity = ${this.#activity(activity)}`);
    return [this.#comment(activity, `take(${parts.join(', ')})`)];
  }

  #resourceOf({ needs }: Op<'request'>): string {
    return this.scope.resources[needs[0]?.of[0] ?? -1] ?? '""';
  }

  /** A priority as it is when nobody has waited. */
  priority(priority: InputExpression): string {
    const text = this.#text(priority);
    return /\bwaited\b/.test(text) ? `(function(waited) ${text})(0)` : text;
  }

  #choice(at: number, arms: readonly (readonly Statement[])[]): Pipe {
    const instruction = this.#program[at];
    if (instruction === undefined) return [];
    switch (instruction.op) {
      case 'request': {
        const [met = [], gaveUp = []] = arms;
        const taken = this.#take(instruction, at);
        if (instruction.needs.length === 0 || instruction.patience === undefined)
          return [...taken, ...this.#block(met)];
        const site = `"${this.scope.sites.get(at) ?? ''}"`;
        const patience = `function() patience(${site}, ${this.#text(instruction.patience.limit, 'time')})`;
        const served = [
          `renege_in(${patience}, out = gives_up(${site}, ${this.#activity(instruction.activity)}, ${this.#resourceOf(instruction)}), keep_seized = TRUE)`,
          ...taken,
          'renege_abort()',
        ];
        this.scope.used.add('gives_up');
        return [
          `waits_at_most(${site})`,
          branchText(`if (has_given_up(${site})) 2 else 1`, [
            { pipe: [...served, ...this.#block(met)], ends: endsBlock(met) },
            this.#arm(gaveUp),
          ]),
        ];
      }
      case 'unless':
        return [this.#comment(instruction.activity, this.#cases([this.#text(instruction.condition)], arms))];
      case 'rounds': {
        const times = instruction.times === undefined ? '' : `, ${this.#text(instruction.times)}`;
        const test = `begin_rounds(${this.#roundsName(instruction)}${times})`;
        return [this.#comment(instruction.activity, this.#cases([test], arms))];
      }
      case 'again': {
        const [another = [], over = []] = arms;
        const parts = [this.#roundsName(instruction)];
        if (instruction.until !== undefined) parts.push(`until = ${this.#text(instruction.until)}`);
        if (instruction.again !== undefined) parts.push(`again = ${this.#text(instruction.again)}`);
        const wait =
          instruction.every === undefined
            ? []
            : [
                `pause(function() next_round(${this.#roundsName(instruction)}, ${this.#text(instruction.every, 'time')}))`,
              ];
        const test = `if (another_round(${parts.join(', ')})) 1 else 2`;
        return [
          branchText(test, [{ pipe: [...wait, ...this.#block(another)], ends: endsBlock(another) }, this.#arm(over)]),
        ];
      }
      case 'match': {
        const tests = instruction.branches.map(({ values }) => isOneOf(values, instruction.attribute, this.scope));
        return [this.#comment(instruction.activity, this.#cases(tests, arms))];
      }
      case 'share': {
        this.scope.used.add('one_of_shares');
        const shares = instruction.branches.map(({ share }) => this.#text(share));
        const call = branchText(
          `one_of_shares(${shares.join(', ')})`,
          arms.map((arm) => this.#arm(arm)),
        );
        return [this.#comment(instruction.activity, call)];
      }
      case 'least busy': {
        this.scope.used.add('least_busy');
        const options = instruction.options.map(
          ({ facilities }) => `c(${facilities.map((f) => this.scope.facilities[f] ?? '').join(', ')})`,
        );
        const call = branchText(
          `least_busy(${options.join(', ')})`,
          arms.map((arm) => this.#arm(arm)),
        );
        return [this.#comment(instruction.activity, call)];
      }
      default:
        return [];
    }
  }

  #arm(statements: readonly Statement[]): Arm {
    const pipe = this.#block(statements);
    // Where the ways part, what stands behind is told anew.
    this.#commented = -1;
    return { pipe, ends: endsBlock(statements) };
  }

  #cases(tests: readonly string[], arms: readonly (readonly Statement[])[]): string {
    return casesText(
      tests,
      arms.map((arm) => this.#arm(arm)),
    );
  }

  #roundsName(instruction: Op<'rounds'> | Op<'again'>): string {
    this.scope.used.add('rounds');
    return `"${this.#rounds.of(instruction)}"`;
  }

  #fork(at: number, branches: readonly (readonly Section[])[]): Pipe {
    const instruction = this.#program[at];
    if (instruction?.op !== 'fork') return [];
    this.scope.used.add('together');
    const title = this.scope.input.activities[instruction.activity]?.title ?? '';
    const outer = { around: this.#around, slots: this.#branchSlots };
    const fork = rText(`${plainText(title)} ${at}`);
    const names = branches.map((sections, i) => {
      const [section] = sections;
      if (section === undefined) return 'trajectory()';
      const told = `${title} ${titleFrom(this.scope.input, section.at) ?? `branch ${i + 1}`}`;
      const name = this.scope.names.fresh(told);
      this.#around = fork;
      this.#commented = -1;
      // Slots are known by name once the branch is written.
      this.#block(section.body);
      this.#branchSlots = this.#book.slotNames(slotsIn(this.#program, sections));
      this.#commented = -1;
      const pipe = this.#block(section.body);
      const ends = endsBlock(section.body) ? [] : [`branch_ends(${fork})`];
      this.#nested.push(`${name} <- trajectory(${rText(plainText(told))})${piped([...pipe, ...ends])}`, '');
      return name;
    });
    this.#around = outer.around;
    this.#branchSlots = outer.slots;
    this.#commented = -1;
    const call = `together(${[fork, ...names].join(', ')})`;
    const leaves =
      this.#around === undefined ? ['leave_care()'] : [...this.#giveBack(outer.slots), `branch_ends(${this.#around})`];
    const left = `branch(function() if (is.null(p()$outcome)) 0 else 1, continue = FALSE, trajectory() %>% ${leaves.join(' %>% ')})`;
    const finishes = branches.some((sections) => finishesIn(this.#program, sections));
    return [this.#comment(instruction.activity, call), ...(finishes ? [left] : [])];
  }
}
