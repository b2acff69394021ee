import type { InputExpression, Instruction, SimulationInput } from '@pathway/simulation';
import { finishesIn } from '../flow-facts.js';
import { structureFlow } from '../flow-structure.js';
import { plainText } from '../program-text.js';
import type { CaseAttributes } from './case-attributes.js';
import { Chart, FreshNames } from './chart.js';
import { ALWAYS, type Condition, no, UnsaidError } from './conditions.js';
import { constantOf, type Duration, durationsOf, writtenLaw } from './durations.js';
import type { Findings } from './findings.js';
import { fixed, type ProsimosLaw } from './laws.js';

type Op<K extends Instruction['op']> = Extract<Instruction, { op: K }>;

/** A task with the pools whose units do it, one at a time. */
export interface WrittenTask {
  readonly id: string;
  readonly pools: readonly number[];
  readonly law: ProsimosLaw;
}

/** Something that takes time and nobody: a timer. */
export interface WrittenEvent {
  readonly id: string;
  readonly law: ProsimosLaw;
}

/** How far a way has come: rounds made, and where the branches around it end. */
interface Way {
  readonly rounds: Readonly<Record<number, number>>;
  readonly joins: readonly string[];
}

/** More signs than this are no process that anybody looks at. */
const MOST_SIGNS = 2000;

/** The ways of all patients as one process of tasks, timers and gateways. */
export class ProsimosFlow {
  readonly chart = new Chart();
  readonly tasks: WrittenTask[] = [];
  readonly events: WrittenEvent[] = [];
  readonly #end: string;
  readonly #known = new Map<string, string>();
  readonly #ids = new FreshNames();
  /** Works that draw an attribute's value, by the attribute. */
  readonly #draws = new Map<number, Set<number>>();

  constructor(
    readonly input: SimulationInput,
    readonly attributes: CaseAttributes,
    readonly findings: Findings,
  ) {
    const start = this.chart.add({ id: this.#id('start'), kind: 'start', name: 'Arrival' });
    this.#end = this.chart.add({ id: this.#id('end'), kind: 'end', name: 'End' });
    this.#begin(start);
    for (const [attribute, works] of this.#draws) {
      if (works.size > 1)
        findings.say(
          'numbers in attributes',
          input.attributes[attribute]?.name ?? '',
          'drawn anew for each of the steps that it is the time of',
        );
    }
    this.chart.finish();
  }

  /** Every cohort goes where it begins. */
  #begin(start: string): void {
    const entries = new Map<number, Condition[]>();
    for (const { cohort } of this.attributes.cohorts) {
      const [entry, ...others] = cohort.entries;
      if (entry === undefined) continue;
      if (others.length > 0)
        this.findings.refuse(
          'several cohorts',
          this.findings.place(cohort),
          'its patients go several pathways at once, and a case goes one',
        );
      const conditions = entries.get(entry.instruction) ?? [];
      conditions.push(this.attributes.isOf(cohort));
      entries.set(entry.instruction, conditions);
    }
    const ways = [...entries].map(([at, conditions]) => ({ at, condition: conditions.flat() }));
    this.#choose('start', 'Who?', ways, { rounds: {}, joins: [] }, start);
  }

  /** A gateway at which conditions decide; the sign itself where there is nothing to decide. */
  #choose(
    name: string,
    title: string,
    ways: readonly { readonly at: number; readonly condition: Condition }[],
    way: Way,
    before?: string,
    key?: string,
  ): string {
    const possible = ways.filter(({ condition }) => condition.length > 0);
    const gateway = this.chart.add({ id: this.#id(name), kind: 'exclusive', name: title });
    if (key !== undefined) this.#known.set(key, gateway);
    if (before !== undefined) this.chart.connect({ from: before, to: gateway, name: '' });
    for (const { at, condition } of possible)
      this.chart.connect({
        from: gateway,
        to: this.#sign(at, way),
        name: conditionText(condition),
        share: 1 / possible.length,
        condition,
      });
    return gateway;
  }

  /** An id that XML takes, and nothing else has. */
  #id(text: string): string {
    return this.#ids.of('Node', text);
  }

  #name(activity: number): string {
    return this.input.activities[activity]?.id ?? '';
  }

  #title(activity: number): string {
    return plainText(this.input.activities[activity]?.title ?? '');
  }

  /** The sign that an instruction leads to. */
  #sign(at: number, way: Way): string {
    const key = JSON.stringify([at, way]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.chart.size > MOST_SIGNS) {
      this.findings.refuse('repeat', this.input.title, 'the rounds are too many to be drawn one after another');
      return this.#end;
    }
    // Where an instruction leads back to itself without anything that takes time, it is over.
    this.#known.set(key, this.#end);
    const sign = this.#signOf(at, way, key);
    this.#known.set(key, sign);
    return sign;
  }

  #signOf(at: number, way: Way, key: string): string {
    const instruction = this.input.instructions[at];
    switch (instruction?.op) {
      case undefined:
      case 'exit':
        return this.#end;
      case 'request':
        return this.#request(instruction, at, way, key);
      case 'work':
        return this.#timed(instruction, [], at + 1, way, key);
      case 'jump':
        return this.#sign(instruction.to, way);
      case 'way':
        return this.#sign(instruction.to[0] ?? at + 1, way);
      case 'unless': {
        const condition = this.#condition(instruction.activity, instruction.condition);
        const ways = [
          { at: at + 1, condition },
          { at: instruction.to, condition: no(condition) },
        ];
        return this.#choose(
          this.#name(instruction.activity),
          this.#title(instruction.activity),
          ways,
          way,
          undefined,
          key,
        );
      }
      case 'match':
        return this.#match(instruction, way, key);
      case 'share':
        return this.#share(instruction, way, key);
      case 'fork':
        return this.#fork(instruction, way, key);
      case 'join':
        return way.joins.at(-1) ?? this.#end;
      case 'rounds':
        return this.#rounds(instruction, at, way);
      case 'again':
        return this.#again(instruction, at, way, key);
      case 'finish':
        return this.#event(this.input.outcomes[instruction.outcome] ?? '', 'Outcome', fixed(0), at + 1, way, key);
      default:
        return this.#sign(at + 1, way);
    }
  }

  #condition(activity: number, expression: InputExpression): Condition {
    const place = this.findings.activity(activity);
    return this.findings.attempt('choice by condition', place, () => this.attributes.condition(expression)) ?? ALWAYS;
  }

  #match({ activity, attribute, branches, otherwise }: Op<'match'>, way: Way, key: string): string {
    const found = this.findings.attempt('choice by attribute', this.findings.activity(activity), () =>
      this.attributes.cases(
        attribute,
        branches.map(({ values }) => values),
      ),
    );
    if (found === undefined) return this.#end;
    const ways = [
      ...branches.map(({ to }, i) => ({ at: to, condition: found.conditions[i] ?? [] })),
      { at: otherwise, condition: found.otherwise },
    ];
    return this.#choose(this.#name(activity), this.#title(activity), ways, way, undefined, key);
  }

  #share({ activity, branches, otherwise }: Op<'share'>, way: Way, key: string): string {
    const shares = this.findings.attempt('shares that vary', this.findings.activity(activity), () =>
      branches.map(({ share }) => {
        const value = constantOf(share);
        if (value === undefined) throw new UnsaidError('shares that vary');
        return value;
      }),
    );
    if (shares === undefined) return this.#end;
    const left = 1 - shares.reduce((sum, share) => sum + share, 0);
    return this.#draw(
      activity,
      [...branches.map(({ to }, i) => ({ to, share: shares[i] ?? 0 })), { to: otherwise, share: Math.max(0, left) }],
      (to) => this.#sign(to, way),
      key,
    );
  }

  /** A gateway at which chance decides. */
  #draw<T>(
    activity: number,
    ways: readonly { readonly to: T; readonly share: number }[],
    signOf: (to: T) => string,
    key?: string,
  ): string {
    const possible = ways.filter(({ share }) => share > 1e-12);
    const gateway = this.chart.add({
      id: this.#id(this.#name(activity)),
      kind: 'exclusive',
      name: this.#title(activity),
    });
    if (key !== undefined) this.#known.set(key, gateway);
    for (const { to, share } of possible)
      this.chart.connect({ from: gateway, to: signOf(to), name: percent(share), share });
    return gateway;
  }

  #fork({ activity, branches, then }: Op<'fork'>, way: Way, key: string): string {
    const program = this.input.instructions;
    if (branches.some((branch) => finishesIn(program, structureFlow(program, [branch])))) {
      this.findings.refuse(
        'together',
        this.findings.activity(activity),
        'a branch in which patients leave would have to end the others',
      );
      return this.#end;
    }
    const name = this.#title(activity);
    const split = this.chart.add({ id: this.#id(this.#name(activity)), kind: 'parallel', name });
    this.#known.set(key, split);
    const join = this.chart.add({ id: this.#id(`${this.#name(activity)}.join`), kind: 'parallel', name: '' });
    for (const branch of branches) {
      const last = this.chart.add({ id: this.#id(`${this.#name(activity)}.last`), kind: 'exclusive', name: '' });
      this.chart.connect({ from: last, to: join, name: '' });
      const first = this.chart.add({ id: this.#id(`${this.#name(activity)}.first`), kind: 'exclusive', name: '' });
      this.chart.connect({ from: split, to: first, name: '' });
      this.chart.connect({ from: first, to: this.#sign(branch, { ...way, joins: [...way.joins, last] }), name: '' });
    }
    this.chart.connect({ from: join, to: this.#sign(then, way), name: '' });
    return split;
  }

  /** Rounds of a known number stand one after another; others lead back. */
  #rounds({ activity, register, times, to }: Op<'rounds'>, at: number, way: Way): string {
    if (times === undefined) return this.#sign(at + 1, way);
    const count = constantOf(times);
    if (count === undefined) {
      this.findings.refuse('repeat', this.findings.activity(activity), 'Prosimos has no rounds whose number varies');
      return this.#end;
    }
    if (Math.round(count) < 1) return this.#sign(to, way);
    return this.#sign(at + 1, { ...way, rounds: { ...way.rounds, [register]: 0 } });
  }

  #again({ activity, register, until, again, every, to }: Op<'again'>, at: number, way: Way, key: string): string {
    const place = this.findings.activity(activity);
    const { [register]: made, ...others } = way.rounds;
    const over: Way = { ...way, rounds: others };
    const begins = this.#timesOf(activity, register);
    if (made !== undefined && begins !== undefined && made + 1 >= begins - 0.5) return this.#sign(at + 1, over);
    const next: Way = made === undefined ? way : { ...way, rounds: { ...way.rounds, [register]: made + 1 } };
    const chance = again === undefined ? 1 : constantOf(again);
    if (chance === undefined) {
      this.findings.refuse('shares that vary', place, 'Prosimos has no shares that vary');
      return this.#end;
    }
    const further = (): string => this.#gap(activity, every, to, next);
    const oneMore = (): string =>
      chance >= 1
        ? further()
        : this.#draw(
            activity,
            [
              { to: further, share: chance },
              { to: () => this.#sign(at + 1, over), share: 1 - chance },
            ],
            (each) => each(),
            until === undefined ? key : undefined,
          );
    if (until === undefined) return oneMore();
    const condition = this.#condition(activity, until);
    const gateway = this.chart.add({ id: this.#id(`${this.#name(activity)}.until`), kind: 'exclusive', name: 'Done?' });
    this.#known.set(key, gateway);
    this.chart.connect({ from: gateway, to: this.#sign(at + 1, over), name: 'done', share: 0.5, condition });
    this.chart.connect({ from: gateway, to: oneMore(), name: '', share: 0.5, condition: no(condition) });
    return gateway;
  }

  /** What is between two rounds, told as a time of its own. */
  #gap(activity: number, every: InputExpression | undefined, to: number, way: Way): string {
    if (every === undefined || constantOf(every) === 0) return this.#sign(to, way);
    const place = this.findings.activity(activity);
    const gap = this.findings.attempt('repeat', place, () => writtenLaw(every));
    if (gap === undefined) return this.#end;
    if (gap.otherwise !== undefined) this.findings.say('repeat', place, gap.otherwise);
    this.findings.say('repeat', place, 'the time between rounds is counted from the end of a round');
    const key = JSON.stringify(['gap', activity, to, way]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    return this.#event(this.#title(activity), `${this.#name(activity)}.gap`, gap.law, to, way, key);
  }

  /** How many rounds there are, where that is known. */
  #timesOf(activity: number, register: number): number | undefined {
    const header = this.input.instructions.find(
      (each): each is Op<'rounds'> => each.op === 'rounds' && each.activity === activity && each.register === register,
    );
    return header?.times === undefined ? undefined : constantOf(header.times);
  }

  #request(request: Op<'request'>, at: number, way: Way, key: string): string {
    const pools = this.#poolsOf(request);
    if (pools.length === 0) return this.#sign(at + 1, way);
    const next = this.input.instructions[at + 1];
    if (next?.op === 'work' && next.activity === request.activity) return this.#timed(next, pools, at + 2, way, key);
    if (next?.op === 'begin' && next.activity === request.activity) {
      const inside = this.#onlyWork(next, at + 1);
      if (inside !== undefined) return this.#timed(inside.work, pools, inside.end + 1, way, key);
    }
    this.findings.refuse(
      'holds',
      this.findings.activity(request.activity),
      'Prosimos keeps a unit over one task, which must be a step that takes time and needs nothing else',
    );
    return this.#end;
  }

  /** Pools of which one unit is asked for; none where there is as much as anybody may want. */
  #poolsOf({ activity, needs }: Op<'request'>): readonly number[] {
    const pools = needs.flatMap(({ of }) => of.flatMap((target) => this.input.targets[target]?.members ?? []));
    if (pools.some(({ pool }) => this.input.pools[pool]?.capacity === 'unlimited')) return [];
    const ids = [...new Set(pools.map(({ pool }) => pool))];
    const empty = ids.filter((pool) => {
      const capacity = this.input.pools[pool]?.capacity;
      return (
        capacity !== undefined && capacity !== 'unlimited' && capacity.value.every((value) => Math.round(value) <= 0)
      );
    });
    if (needs.length > 0 && empty.length === ids.length)
      this.findings.refuse(
        'capacity that changes',
        this.findings.activity(activity),
        'there is nothing of what it needs',
      );
    return ids;
  }

  /** The one work inside a hold, where there is nothing else in it. */
  #onlyWork(begin: Op<'begin'>, at: number): { readonly work: Op<'work'>; readonly end: number } | undefined {
    let work: Op<'work'> | undefined;
    for (let here = at + 1; here < this.input.instructions.length; here++) {
      const each = this.input.instructions[here];
      if (each === undefined) return undefined;
      if (each.op === 'end' && each.activity === begin.activity && each.register === begin.register)
        return work === undefined ? undefined : { work, end: here };
      const needsNothing = each.op === 'request' && this.#poolsOf(each).length === 0;
      if (each.op === 'work' && work === undefined) work = each;
      else if (!needsNothing && each.op !== 'end' && each.op !== 'depends' && each.op !== 'begin') return undefined;
    }
    return undefined;
  }

  /** A task, or a timer where nobody is needed; one for each law, behind gateways that choose between them. */
  #timed(work: Op<'work'>, pools: readonly number[], after: number, way: Way, key: string): string {
    const { activity } = work;
    const place = this.findings.activity(activity);
    const written = this.findings.attempt('times that are reckoned', place, () =>
      durationsOf(work.takes, this.attributes),
    );
    if (written === undefined) return this.#end;
    for (const text of written.otherwise) this.findings.say('times of one law', place, text);
    for (const attribute of written.attributes) {
      const works = this.#draws.get(attribute) ?? new Set<number>();
      works.add(activity);
      this.#draws.set(attribute, works);
    }
    const isNothing = (law: ProsimosLaw): boolean =>
      law.distribution_name === 'fix' && law.distribution_params[0]?.value === 0;
    if (pools.length === 0 && written.durations.every(({ laws }) => laws.every(({ law }) => isNothing(law))))
      return this.#sign(after, way);
    const [only, ...others] = written.durations;
    if (only === undefined) return this.#end;
    if (others.length === 0) return this.#chanced(activity, only, pools, after, way, key);
    const gateway = this.chart.add({
      id: this.#id(`${this.#name(activity)}.law`),
      kind: 'exclusive',
      name: 'Of whom?',
    });
    this.#known.set(key, gateway);
    for (const duration of written.durations)
      this.chart.connect({
        from: gateway,
        to: this.#chanced(activity, duration, pools, after, way),
        name: conditionText(duration.when),
        share: 1 / written.durations.length,
        condition: duration.when,
      });
    return gateway;
  }

  #chanced(
    activity: number,
    { laws }: Duration,
    pools: readonly number[],
    after: number,
    way: Way,
    key?: string,
  ): string {
    const sign = (law: ProsimosLaw, known?: string): string =>
      pools.length > 0
        ? this.#task(activity, law, pools, after, way, known)
        : this.#event(this.#title(activity), this.#name(activity), law, after, way, known);
    const [only, ...others] = laws;
    if (only === undefined) return this.#end;
    if (others.length === 0) return sign(only.law, key);
    return this.#draw(
      activity,
      laws.map(({ law, share }) => ({ to: law, share })),
      (law) => sign(law),
      key,
    );
  }

  #task(
    activity: number,
    law: ProsimosLaw,
    pools: readonly number[],
    after: number,
    way: Way,
    key: string | undefined,
  ): string {
    const id = this.chart.add({ id: this.#id(this.#name(activity)), kind: 'task', name: this.#title(activity) });
    if (key !== undefined) this.#known.set(key, id);
    this.tasks.push({ id, pools, law });
    this.chart.connect({ from: id, to: this.#sign(after, way), name: '' });
    return id;
  }

  #event(title: string, name: string, law: ProsimosLaw, after: number, way: Way, key: string | undefined): string {
    const id = this.chart.add({ id: this.#id(name), kind: 'timer', name: plainText(title) });
    if (key !== undefined) this.#known.set(key, id);
    this.events.push({ id, law });
    this.chart.connect({ from: id, to: this.#sign(after, way), name: '' });
    return id;
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))} %`;
}

/** A condition in words; nothing for one that is too long to stand beside a line. */
function conditionText(condition: Condition): string {
  if (condition.length !== 1) return '';
  const rules = condition[0] ?? [];
  return rules.length > 2 ? '' : rules.map((rule) => `${rule.attribute} ${rule.comparison} ${rule.value}`).join(', ');
}
