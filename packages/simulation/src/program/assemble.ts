import {
  GIVES_DEPENDS,
  GIVES_HANDED_OVER,
  GIVES_INTERRUPTED,
  GIVES_LEFT,
  GIVES_RESTARTED,
} from '../../engine/interruptions.js';
import * as op from '../../engine/operations.js';
import { SimulationError } from '../errors.js';
import type { InputNeed, SimulationInput } from '../input/types.js';
import type { InputExpression } from '../input/expression-types.js';
import type { Instruction } from '../input/instruction-types.js';
import { hashText } from '../random/hash.js';
import { batchInputs } from '../input/batches.js';
import { censusGrid } from '../statistics/census-grid.js';
import { jointObservables, placeCollectors } from '../statistics/collectors.js';
import { CodeBuilder, constantOf, looksAtItsWait } from './expression-code.js';
import type { Program, RequestClass } from './program.js';
import { fixedAmount, programImage } from './program-image.js';
import { withSharedPlaces } from './keeping-places.js';
import { QueueLines } from './queue-lines.js';
import { priorityLevels } from './priority-levels.js';
import { breakdownCode, cohortCode, controlCode, stockCode } from './surroundings-code.js';
import { VisitCounts } from './visit-counts.js';

/** What is out of the ordinary in a request. */
type RequestManner = Pick<Extract<Instruction, { op: 'request' }>, 'priority' | 'preempts' | 'fits'>;

/** Compiles a simulation input to the program that the engine runs. */
export function assemble(input: SimulationInput): Program {
  return { ...new Assembler(withSharedPlaces(input)).program(), input };
}

class Assembler {
  readonly #input: SimulationInput;
  readonly #build: CodeBuilder;
  readonly #lines: QueueLines;
  /** Words of the instructions, which follow those of the expressions. */
  readonly #code: number[] = [];
  readonly #words: number[] = [];
  /** Places in the code that hold an instruction's number and are to hold its word. */
  readonly #jumps: number[] = [];
  readonly #classes: RequestClass[] = [];
  readonly #classByKey = new Map<string, number>();
  readonly #visits: VisitCounts;
  /** Counts of visits that a request before a work instruction needs to know. */
  readonly #workVisits = new Map<number, number>();
  readonly #siteInstruction: number[] = [];
  readonly #siteActivity: number[] = [];
  /** By activity at which patients gather by a timetable: the constant with the time between departures. */
  readonly #departures = new Map<number, number>();
  /** Whether a request without a priority of its own becomes more or less urgent while it waits. */
  readonly #dynamicCohorts: boolean;

  constructor(input: SimulationInput) {
    this.#input = input;
    this.#lines = new QueueLines(input);
    this.#build = new CodeBuilder(this.#lines);
    this.#visits = new VisitCounts(input);
    this.#dynamicCohorts = input.cohorts.some((cohort) => looksAtItsWait(cohort.priority));
  }

  program(): Program {
    const input = this.#input;
    input.instructions.forEach((instruction, i) => this.#instruction(instruction, i));
    const cohorts = input.cohorts.map((cohort) => cohortCode(cohort, input, this.#build));
    const breakdowns = input.pools.map((pool) => breakdownCode(pool, input, this.#build));
    const stocks = input.stocks.map((stock) => stockCode(stock, input, this.#build));
    const control = controlCode(input, this.#build);
    // All expressions come first, then all instructions, each of which goes on where the one before it ends.
    const build = this.#build;
    const shift = build.code.length;
    const code = Int32Array.from([...build.code, ...this.#code]);
    const wordOf = Int32Array.from(this.#words, (word) => word + shift);
    for (const place of this.#jumps) code[shift + place] = wordOf[code[shift + place]!]!;
    for (const place of build.instructions) code[place] = wordOf[code[place]!]!;
    const siteInstruction = Int32Array.from(this.#siteInstruction);
    const roles = [...new Set(input.facilities.flatMap((f) => (f.role === undefined ? [] : [f.role])))];
    const windows = input.batches === undefined ? [input] : batchInputs(input, input.batches);
    const batches = windows.map((window) => ({ input: window, grid: censusGrid(window) }));
    const parts = {
      input,
      wordOf,
      classes: this.#classes,
      siteInstruction,
      grid: batches[0]!.grid,
      batches,
      table: placeCollectors(input, siteInstruction),
      observables: jointObservables(input),
      lines: this.#lines,
      roles,
    };
    const image = programImage({
      ...parts,
      code,
      jumps: this.#jumps.map((place) => shift + place),
      constants: build.constants,
      levels: priorityLevels(input),
      visitSlots: this.#visits.most,
      departures: [...this.#departures].flat(),
      cohorts,
      breakdowns,
      stocks,
      control,
    });
    return { ...parts, image };
  }

  #expression(e: InputExpression | undefined, activity: number, purpose: string): number {
    if (e === undefined) return -1;
    const { id, origin } = this.#activity(activity);
    return this.#build.expression(e, `${id}/${purpose}`, origin);
  }

  #activity(index: number): SimulationInput['activities'][number] {
    const activity = this.#input.activities[index];
    if (activity === undefined) throw new SimulationError(`The input has no activity ${index}.`);
    return activity;
  }

  /** Emits words; those given as `{ to }` are instructions to be replaced by their words. */
  #emit(...words: readonly (number | { readonly to: number })[]): void {
    const code = this.#code;
    for (const word of words) {
      if (typeof word === 'number') {
        code.push(word);
      } else {
        this.#jumps.push(code.length);
        code.push(word.to);
      }
    }
  }

  #instruction(i: Instruction, index: number): void {
    const make = (e: InputExpression | undefined, purpose: string): number =>
      'activity' in i ? this.#expression(e, i.activity, purpose) : -1;
    const start = (): number => this.#words.push(this.#code.length);
    switch (i.op) {
      case 'request': {
        const requestClass = this.#requestClass(i.needs, i.activity, i.pending, i, index + 1);
        const priority = make(i.priority, 'priority');
        const patience = make(i.patience?.limit, 'patience');
        const visit = this.#visits.slot(index);
        const site = this.#site(index, i.activity);
        start();
        this.#emit(op.REQUEST, i.activity, requestClass, i.slot, priority, patience, { to: i.patience?.to ?? 0 });
        this.#emit(visit, i.copy, site, i.pending.length, ...i.pending);
        return;
      }
      case 'try': {
        const requestClass = this.#requestClass(i.needs, i.activity, i.pending);
        const visit = this.#visits.slot(index);
        const site = this.#site(index, i.activity);
        start();
        this.#emit(op.TRY, i.activity, requestClass, i.slot, { to: i.to }, 0, 0);
        this.#emit(visit, i.copy, site, i.pending.length, ...i.pending);
        return;
      }
      case 'least busy':
        start();
        this.#emit(op.LEAST_BUSY, i.options.length);
        for (const { to, facilities } of i.options) {
          // What waits for any of several is told by the last one.
          const all = [...new Set([...facilities, ...this.#lines.facilityOf(facilities)])];
          this.#emit({ to }, all.length, ...all);
        }
        return;
      case 'begin':
        start();
        this.#emit(op.BEGIN, i.activity, i.register);
        return;
      case 'work': {
        const takes = make(i.takes, i.remaining === true ? 'remaining' : 'takes');
        const costs = i.costs.map((cost, n) => make(cost, `costs ${n}`));
        const visit = this.#workVisits.get(index) ?? this.#visits.slot(index);
        const gives = i.gives && this.#gives(i.gives);
        start();
        this.#emit(gives === undefined ? op.WORK : op.GIVING_WORK, i.activity, takes, visit, i.copy);
        this.#emit(costs.length, ...costs, ...(gives ?? []));
        return;
      }
      case 'until': {
        const at = this.#build.block(i.at);
        start();
        this.#emit(op.UNTIL, i.activity, at, i.at.length);
        return;
      }
      case 'set': {
        const value = make(i.value, 'set');
        const visit = this.#visits.slot(index);
        start();
        this.#emit(op.SET, i.attribute, value, visit, i.copy);
        return;
      }
      case 'gather': {
        const after = make(i.after, 'after');
        const visit = this.#visits.slot(index);
        const every = i.every === undefined ? -1 : this.#build.constant(i.every);
        if (i.every !== undefined) this.#departures.set(i.activity, every);
        start();
        this.#emit(op.GATHER, i.activity, i.size ?? -1, after, every, i.most ?? -1, visit, i.copy, { to: i.then });
        return;
      }
      case 'seek': {
        const target: InputNeed = { amount: { op: 'number', value: 1 }, of: [i.target] };
        const sought = this.#ownClass({ needs: [target], uniform: false, amountCode: [-1] });
        const priority = make(i.priority, 'priority');
        const visit = this.#visits.slot(index);
        start();
        this.#emit(op.SEEK, i.activity, sought, i.slot, priority, visit, i.copy);
        return;
      }
      case 'stay':
        start();
        this.#emit(op.STAY, i.slot);
        return;
      case 'end':
        start();
        this.#emit(op.END, i.activity, i.register ?? -1);
        return;
      case 'give back':
        start();
        this.#emit(op.GIVE_BACK, i.slots.length, ...i.slots);
        return;
      case 'release':
        start();
        this.#emit(op.RELEASE, i.up, i.slot);
        return;
      case 'jump':
        start();
        this.#emit(op.JUMP, { to: i.to });
        return;
      case 'way':
        start();
        this.#emit(op.CHOOSE_WAY, i.component, ...i.to.map((to) => ({ to })));
        return;
      case 'depends':
        start();
        this.#emit(op.DEPEND, i.activity, i.on.length);
        for (const { dependence, to } of i.on) this.#emit(dependence, to === undefined ? -1 : { to });
        return;
      case 'unless': {
        const condition = make(i.condition, 'when');
        const visit = this.#visits.slot(index);
        start();
        this.#emit(op.UNLESS, i.activity, condition, visit, i.copy, { to: i.to });
        return;
      }
      case 'share': {
        const shares = i.branches.map((branch, n) => make(branch.share, `share ${n}`));
        const visit = this.#visits.slot(index);
        const stream = hashText(`${this.#activity(i.activity).id}/choose`);
        start();
        this.#emit(op.SHARE, i.activity, stream, visit, i.copy, { to: i.otherwise }, i.branches.length);
        i.branches.forEach((branch, n) => this.#emit(shares[n]!, { to: branch.to }));
        return;
      }
      case 'match':
        start();
        this.#emit(op.MATCH, i.attribute, { to: i.otherwise }, i.branches.length);
        for (const branch of i.branches) this.#emit({ to: branch.to }, branch.values.length, ...branch.values);
        return;
      case 'fork':
        start();
        this.#emit(i.race === true ? op.RACE : op.FORK, { to: i.then }, i.branches.length);
        this.#emit(...i.branches.map((to) => ({ to })));
        return;
      case 'rounds': {
        const times = make(i.times, 'times');
        const visit = this.#visits.slot(index);
        start();
        this.#emit(op.ROUNDS, i.register, times, visit, i.copy, { to: i.to });
        return;
      }
      case 'again': {
        const until = make(i.until, 'until');
        const again = make(i.again, 'again');
        const every = make(i.every, 'every');
        const visit = this.#visits.slot(index);
        const stream = hashText(`${this.#activity(i.activity).id}/another round`);
        start();
        this.#emit(op.AGAIN, i.register, until, again, every, visit, i.copy, { to: i.to }, stream);
        return;
      }
      case 'finish':
        start();
        this.#emit(op.FINISH, i.outcome);
        return;
      case 'join':
        start();
        this.#emit(op.JOIN);
        return;
      case 'exit':
        start();
        this.#emit(op.EXIT);
    }
  }

  #site(index: number, activity: number): number {
    this.#siteActivity.push(activity);
    return this.#siteInstruction.push(index) - 1;
  }

  /**
   * Requests for the same things in the same amounts share a queue; -1 for a request that needs nothing.
   * @param manner how the request is made, where that is out of the ordinary
   * @param work instruction of the work that follows
   */
  #requestClass(
    needs: readonly InputNeed[],
    activity: number,
    pending: readonly number[],
    manner: RequestManner = {},
    work = -1,
  ): number {
    if (needs.length === 0) return -1;
    const fixed = needs.every((need) => constantOf(need.amount) !== undefined);
    const big = needs.some((need) => fixedAmount(need) < 0 || fixedAmount(need) > 1);
    const preempts = manner.preempts === true;
    const dynamic = manner.priority === undefined ? this.#dynamicCohorts : looksAtItsWait(manner.priority);
    // Whoever was interrupted asks for less than the others: what is used up already is not asked for again.
    const stocks = needs.some((need) => need.consumes !== undefined);
    const uniform = fixed && pending.length === 0 && manner.fits === undefined && !stocks;
    const key = uniform
      ? JSON.stringify({ needs, ...(preempts && { preempts }), ...(dynamic && { dynamic }) })
      : `${this.#classes.length} of its own`;
    const known = this.#classByKey.get(key);
    if (known !== undefined) return known;
    const amountCode = needs.map((need, n) => {
      if (constantOf(need.amount) !== undefined) return -1;
      // The same draws as those of the time that the work will take.
      return this.#expression(need.amount, activity, need.consumes === 'over time' ? 'takes' : `amount ${n}`);
    });
    let workVisit = -1;
    if (work >= 0 && needs.some((need) => need.consumes === 'over time')) {
      workVisit = this.#visits.slot(work);
      this.#workVisits.set(work, workVisit);
    }
    const fits = this.#expression(manner.fits, activity, 'fits');
    const place = this.#classes.push({ needs, uniform, amountCode, big, preempts, dynamic, fits, workVisit }) - 1;
    this.#classByKey.set(key, place);
    return place;
  }

  /** A class of requests that are made beside what goes on, for as much as is kept already. */
  #ownClass(requestClass: Pick<RequestClass, 'needs' | 'uniform' | 'amountCode'>): number {
    return (
      this.#classes.push({ ...requestClass, big: true, preempts: false, dynamic: false, fits: -1, workVisit: -1 }) - 1
    );
  }

  /** How work gives way: flags, the request that is asked again, and by need the class of requests to hand it over. */
  #gives(gives: NonNullable<Extract<Instruction, { op: 'work' }>['gives']>): (number | { readonly to: number })[] {
    const request = this.#input.instructions[gives.request];
    if (request?.op !== 'request') throw new SimulationError(`Instruction ${gives.request} is no request.`);
    const handedOver = gives.handedOver === true;
    const how =
      (gives.interruption === undefined && gives.leaves === undefined ? 0 : GIVES_INTERRUPTED) +
      (gives.leaves === undefined ? 0 : GIVES_LEFT) +
      (gives.interruption === 'restarts' ? GIVES_RESTARTED : 0) +
      (handedOver ? GIVES_HANDED_OVER : 0) +
      (gives.depends === undefined ? 0 : GIVES_DEPENDS);
    const others = handedOver
      ? request.needs.map((need) => this.#ownClass({ needs: [need], uniform: false, amountCode: [-1] }))
      : [];
    // Last stands where it is left for, and what the work depends on.
    const leaves = gives.leaves === undefined ? [] : [{ to: gives.leaves }];
    const depends = gives.depends === undefined ? [] : [{ to: gives.depends }];
    const more = [...others, ...leaves, ...depends];
    return [how, { to: gives.request }, more.length, ...more];
  }
}
