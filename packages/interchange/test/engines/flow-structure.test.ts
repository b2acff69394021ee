import type { Instruction } from '@pathway/simulation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Section, type Statement, structureFlow, waysOf } from '../../src/engines/flow-structure.js';

const MOST_STEPS = 200;
const SURE = { op: 'number', value: 1 } as const;

/** Programs of marks, jumps forward, and choices that lead anywhere: also into loops, out of several, and into their midst. */
const programs: fc.Arbitrary<Instruction[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('mark', 'mark', 'choice', 'choice', 'three', 'jump', 'exit'),
      to: fc.nat(),
      or: fc.nat(),
    }),
    {
      minLength: 1,
      maxLength: 24,
    },
  )
  .map((lines) => {
    const size = lines.length + 1;
    const instructions = lines.map(({ kind, to, or }, at): Instruction => {
      if (kind === 'mark') return { op: 'begin', activity: at, register: 0 };
      if (kind === 'exit') return { op: 'exit' };
      if (kind === 'jump') return { op: 'jump', to: at + 1 + (to % (size - at - 1)) };
      const branches = [to, or].slice(0, kind === 'three' ? 2 : 1).map((each) => ({ share: SURE, to: each % size }));
      return { op: 'share', activity: 0, copy: 0, branches, otherwise: at + 1 };
    });
    return [...instructions, { op: 'exit' }];
  });

/** Choices made one after another: always the same for the same numbers. */
function chooser(numbers: readonly number[]): (ways: number) => number {
  let next = 0;
  return (ways) => (numbers[next++ % numbers.length] ?? 0) % ways;
}

/** The marks that the flat program passes; the last tells whether it came to an end. */
function flatTrace(program: readonly Instruction[], numbers: readonly number[]): (number | 'end' | 'cut')[] {
  const choose = chooser(numbers);
  const trace: (number | 'end' | 'cut')[] = [];
  let at = 0;
  for (let steps = 0; trace.length < MOST_STEPS && steps < 10 * MOST_STEPS; steps++) {
    const instruction = program[at];
    if (instruction === undefined) break;
    if (instruction.op === 'begin') trace.push(at);
    const ways = waysOf(instruction, at);
    if (ways.length === 0) return [...trace, 'end'];
    at = ways[ways.length === 1 ? 0 : choose(ways.length)] ?? 0;
  }
  return [...trace, 'cut'];
}

class Blocks {
  readonly trace: (number | 'end' | 'cut')[] = [];
  readonly #choose: (ways: number) => number;
  #steps = 0;

  constructor(
    readonly program: readonly Instruction[],
    readonly sections: readonly Section[],
    numbers: readonly number[],
  ) {
    this.#choose = chooser(numbers);
  }

  run(): (number | 'end' | 'cut')[] {
    let section = this.sections[0];
    while (section !== undefined) {
      const left = this.#block(section.body);
      if (left === 'end' || left === 'cut') return [...this.trace, left];
      section = typeof left === 'number' ? this.sections.find(({ at }) => at === left) : undefined;
    }
    return [...this.trace, 'cut'];
  }

  /** How a block is left: at its end (undefined), for the next round, for another section, or for good. */
  #block(statements: readonly Statement[]): 'again' | 'end' | 'cut' | number | undefined {
    for (const statement of statements) {
      const left = this.#statement(statement);
      if (left !== undefined) return left;
    }
    return undefined;
  }

  #statement(statement: Statement): 'again' | 'end' | 'cut' | number | undefined {
    if (this.trace.length >= MOST_STEPS || this.#steps++ >= 20 * MOST_STEPS) return 'cut';
    switch (statement.kind) {
      case 'do':
        if (this.program[statement.at]?.op === 'begin') this.trace.push(statement.at);
        return undefined;
      case 'choice':
        return this.#block(statement.arms[this.#choose(statement.arms.length)] ?? []);
      case 'loop':
        for (;;) {
          const left = this.#block(statement.body);
          if (left !== 'again') return left;
        }
      case 'again':
        return 'again';
      case 'section':
        return statement.at;
      case 'end':
        return 'end';
      case 'fork':
      case 'gather':
        return undefined;
    }
  }
}

test('blocks do what the flat program does, whatever is chosen and however jumps lie', () => {
  fc.assert(
    fc.property(programs, fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), (program, numbers) => {
      const sections = structureFlow(program, [0]);
      const flat = flatTrace(program, numbers);
      const blocks = new Blocks(program, sections, numbers).run();
      const length =
        flat.at(-1) === 'end' ? Math.max(flat.length, blocks.length) : Math.min(flat.length, blocks.length) - 1;
      expect(blocks.slice(0, length)).toEqual(flat.slice(0, length));
    }),
    { numRuns: 2000 },
  );
});

test('a choice that meets again, a loop and an early end need no section of their own', () => {
  const choice = (to: number, otherwise: number): Instruction => ({
    op: 'share',
    activity: 0,
    copy: 0,
    branches: [{ share: SURE, to }],
    otherwise,
  });
  const mark = (activity: number): Instruction => ({ op: 'begin', activity, register: 0 });
  const program: Instruction[] = [
    mark(0),
    choice(2, 3),
    mark(2),
    mark(3),
    choice(0, 5),
    choice(6, 8),
    mark(6),
    { op: 'exit' },
    mark(8),
    { op: 'exit' },
  ];
  const sections = structureFlow(program, [0]);
  expect(sections).toHaveLength(1);
  expect(sections[0]?.body.map(({ kind }) => kind)).toEqual(['loop', 'choice', 'do', 'end']);
});
