import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { network, networks } from '../bench/models.js';
import type { SimulationInput } from '../src/index.js';
import type { Instruction } from '../src/input/instruction-types.js';
import { withSharedPlaces } from '../src/program/keeping-places.js';
import {
  choose,
  cohort,
  every,
  finish,
  goTo,
  HERE,
  hold,
  input,
  n,
  need,
  pathway,
  release,
  resource,
  step,
  together,
} from './build.js';
import { knownModels } from './known-models.js';
import { randomModel } from './random-models.js';

const DAY = 86_400;

type Request = Extract<Instruction, { op: 'request' }>;

/** What a token has in its slots and registers while it goes through a program, and what it gives back on its way. */
class Walker {
  readonly told: string[] = [];
  readonly #instructions: readonly Instruction[];
  readonly #slots: string[][];
  readonly #registers: string[];

  constructor(program: SimulationInput) {
    this.#instructions = program.instructions;
    this.#slots = Array.from({ length: program.slots }, () => []);
    this.#registers = Array.from({ length: program.registers }, () => 'never written');
  }

  /** One instruction. @param luck decides where there is a choice @param name of what is taken or written here */
  go(at: number, luck: number, name: string): number | undefined {
    const i = this.#instructions[at]!;
    switch (i.op) {
      case 'request':
      case 'try':
        return this.#ask(i, at, luck, name);
      case 'give back':
        this.#give(i.slots);
        return at + 1;
      case 'release':
        this.#give([i.slot]);
        return at + 1;
      case 'begin':
        this.#registers[i.register] = name;
        return at + 1;
      case 'end':
        if (i.register !== undefined) this.told.push(`since ${this.#registers[i.register]}`);
        return at + 1;
      case 'rounds':
        for (let k = 0; k < 3; k++) this.#registers[i.register + k] = `${name} ${k}`;
        return luck % 3 === 0 ? i.to : at + 1;
      case 'again':
        for (let k = 0; k < 3; k++) this.told.push(this.#registers[i.register + k]!);
        this.#registers[i.register] = name;
        return luck % 2 === 0 ? i.to : at + 1;
      case 'jump':
        return i.to;
      case 'unless':
        return luck % 2 === 0 ? i.to : at + 1;
      case 'least busy':
        return i.options[luck % i.options.length]!.to;
      case 'share':
      case 'match':
        return [...i.branches.map(({ to }) => to), i.otherwise][luck % (i.branches.length + 1)];
      case 'exit':
        this.#give(this.#slots.keys());
        return undefined;
      default:
        return at + 1;
    }
  }

  /** All that is kept, in the order of the slots. */
  get kept(): string {
    return this.#slots.flat().join();
  }

  #ask(i: Extract<Instruction, { op: 'request' | 'try' }>, at: number, luck: number, name: string): number {
    if (i.needs.length === 0) {
      if (i.op === 'request') this.#give(i.pending);
      return i.op === 'try' ? i.to : at + 1;
    }
    // What is asked for again may be kept, and goes back to the first of the slots where the request is given up.
    const again = luck % 5 < 2 ? i.pending.find((slot) => this.#slots[slot]!.length > 0) : undefined;
    const givenUp = i.op === 'try' ? at + 1 : i.patience?.to;
    const moved = again === undefined ? [] : this.#slots[again]!.splice(0, 1);
    if (givenUp !== undefined && luck % 7 < 3) {
      if (moved.length > 0) this.#slots[i.pending[0]!]!.unshift(...moved);
      return givenUp;
    }
    this.#slots[i.slot]!.unshift(...moved);
    i.needs.forEach((_, k) => this.#slots[i.slot + k]!.unshift(`${name} ${k}`));
    this.#give(i.pending);
    return i.op === 'try' ? i.to : at + 1;
  }

  #give(slots: Iterable<number>): void {
    for (const slot of slots) this.told.push(...this.#slots[slot]!.splice(0));
  }
}

/** Goes through both programs by the same luck. */
function expectSameWay(program: SimulationInput, luck: readonly number[]): void {
  const shared = withSharedPlaces(program);
  const entries = program.cohorts.flatMap((each) => each.entries.map(({ instruction }) => instruction));
  for (const entry of [...entries, ...program.present.map(({ instruction }) => instruction)]) {
    const before = new Walker(program);
    const after = new Walker(shared);
    let at: number | undefined = entry;
    for (let n = 0; n < luck.length && at !== undefined; n++) {
      const to = before.go(at, luck[n]!, `${n}`);
      expect(after.go(at, luck[n]!, `${n}`)).toBe(to);
      expect(after.kept).toBe(before.kept);
      at = to;
    }
    expect(after.told).toEqual(before.told);
  }
}

const anyLuck = fc.array(fc.nat({ max: 10_000 }), { minLength: 150, maxLength: 150 });

describe('slots and registers are shared by what is never kept at once', () => {
  test('in the urgent-care network, however many of it stand side by side', () => {
    for (const parts of [network(), networks(3)]) {
      const program = input(parts, { run: DAY });
      expect(program).toMatchObject({ slots: 26, registers: 10 });
      // A cubicle, a ward bed and a porter; and since when one is in the cubicle and in a room or bed beside it.
      expect(withSharedPlaces(program)).toMatchObject({ slots: 3, registers: 2 });
    }
  });

  test('and a token keeps and gives back the same things in the same order', () => {
    fc.assert(
      fc.property(randomModel, anyLuck, (parts, luck) => {
        expectSameWay(input(parts, { run: 2 * DAY, warmUp: 3600 }), luck);
      }),
      { numRuns: 300, seed: 6 },
    );
    fc.assert(
      fc.property(anyLuck, (luck) => {
        expectSameWay(input(network(), { run: DAY }), luck);
        for (const model of Object.values(knownModels)) expectSameWay(model(), luck);
      }),
      { numRuns: 30, seed: 7 },
    );
  });

  test('where rooms are kept beyond their work, moved into and left in the middle', () => {
    const program = input(
      {
        resources: ['A', 'B', 'C'].map((id) => resource(id, 2)),
        cohorts: [cohort('X', every(600))],
        pathways: [
          pathway(
            [
              hold(
                'Outer',
                [need('A'), need('B')],
                [
                  step('First', 60, ['C']),
                  choose([
                    { share: 0.5, body: [release('Outer', 'A'), step('Second', 60, ['A'])] },
                    { body: [hold('Inner', ['C'], [step('Third', 60, ['A']), finish('Early')])] },
                  ]),
                ],
              ),
              hold(
                'Other',
                ['B'],
                [step('Last', 60, ['A']), choose([{ share: 0.2, body: [goTo('Last')] }, { body: [] }])],
              ),
            ],
            ['X'],
          ),
        ],
      },
      { run: DAY },
    );
    expect(withSharedPlaces(program).slots).toBeLessThan(program.slots);
    fc.assert(
      fc.property(anyLuck, (luck) => {
        expectSameWay(program, luck);
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  test('where those who are there at the start keep what others gave back on their way', () => {
    const program = input(
      {
        resources: ['A', 'B', 'C'].map((id) => resource(id, 2)),
        cohorts: [cohort('X', every(600))],
        pathways: [
          pathway(
            [
              hold(
                'Outer',
                ['A'],
                [
                  step('First', 60, ['B']),
                  release('Outer', 'A'),
                  hold('Inner', ['C'], [step('Second', 60, ['B'])], { freesFirst: true }),
                  step('Third', 60, ['B']),
                ],
              ),
            ],
            ['X'],
          ),
        ],
      },
      { run: DAY, present: [{ count: n(1), cohort: 'X', at: 'P.Second', origin: HERE }] },
    );
    expect(program.present).toHaveLength(1);
    fc.assert(
      fc.property(anyLuck, (luck) => {
        expectSameWay(program, luck);
      }),
      { numRuns: 50, seed: 9 },
    );
  });

  test('where whoever gives up gets back into the first of several slots what was in another', () => {
    const base = input(
      {
        resources: ['A', 'B', 'C'].map((id) => resource(id, 2)),
        cohorts: [cohort('X', every(600))],
        pathways: [pathway([], ['X'])],
      },
      { run: DAY },
    );
    const request = (
      target: number,
      slot: number,
      rest: Partial<Pick<Request, 'pending' | 'patience'>> = {},
    ): Request => ({
      op: 'request',
      activity: 0,
      copy: 0,
      needs: [{ amount: { op: 'number', value: 1 }, of: [target] }],
      slot,
      pending: [],
      ...rest,
    });
    // Slot 1 is empty when B is asked for again; who gives up has B there, and takes C into slot 0 beside it.
    const program: SimulationInput = {
      ...base,
      slots: 4,
      instructions: [
        request(0, 1),
        request(1, 2),
        { op: 'release', up: 0, slot: 1 },
        request(1, 3, { pending: [1, 2], patience: { limit: { op: 'number', value: 60 }, to: 6 } }),
        { op: 'give back', slots: [3] },
        { op: 'exit' },
        request(2, 0),
        { op: 'give back', slots: [0] },
        { op: 'exit' },
      ],
    };
    fc.assert(
      fc.property(anyLuck, (luck) => {
        expectSameWay(program, luck);
      }),
      { numRuns: 200, seed: 10 },
    );
  });

  test('but not where branches look at the slots of each other', () => {
    const program = input(
      {
        resources: [resource('A', 1)],
        cohorts: [cohort('X', every(600))],
        pathways: [pathway([together([step('One', 60, ['A'])], [step('Two', 60, ['A'])])], ['X'])],
      },
      { run: DAY },
    );
    expect(withSharedPlaces(program)).toBe(program);
  });
});
