import type { Instruction, SimulationInput } from '@pathway/simulation';
import { type Section, type Statement, waysOf } from './flow-structure.js';

/** Instructions of sections, with those of the branches in them. */
function within(program: readonly Instruction[], sections: readonly Section[]): readonly Instruction[] {
  const found = new Set<number>();
  const open = sections.map(({ at }) => at);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const instruction = program[at];
    if (found.has(at) || instruction === undefined) continue;
    found.add(at);
    open.push(...waysOf(instruction, at));
    if (instruction.op === 'fork') open.push(...instruction.branches);
    if (instruction.op === 'gather') open.push(at + 1);
  }
  return [...found].sort((a, b) => a - b).flatMap((at) => program[at] ?? []);
}

/** Whether a patient may leave the pathway in these sections. */
export function finishesIn(program: readonly Instruction[], sections: readonly Section[]): boolean {
  return within(program, sections).some(({ op }) => op === 'finish');
}

/** Slots that are filled in these sections. */
export function slotsIn(program: readonly Instruction[], sections: readonly Section[]): number[] {
  return within(program, sections).flatMap((each) =>
    each.op === 'request' || each.op === 'try' ? each.needs.map((_, i) => each.slot + i) : [],
  );
}

/** Whether control never comes to what stands after a block. */
export function endsBlock(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  switch (last?.kind) {
    case 'again':
    case 'section':
    case 'end':
      return true;
    case 'choice':
      return last.arms.length > 0 && last.arms.every((arm) => endsBlock(arm));
    default:
      return false;
  }
}

/** Instructions that figures look at. */
export function measuredRequests(input: SimulationInput): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if ('requests' in value && Array.isArray(value.requests))
        for (const each of value.requests) if (typeof each === 'number') found.add(each);
      Object.values(value).forEach(visit);
    }
  };
  visit(input.indicators);
  return found;
}

/** The activity that comes first from an instruction on. */
export function titleFrom({ instructions, activities }: SimulationInput, at: number): string | undefined {
  for (let here = at; here < instructions.length; here++) {
    const instruction = instructions[here];
    if (instruction !== undefined && 'activity' in instruction) return activities[instruction.activity]?.title;
  }
  return undefined;
}

type Op<K extends Instruction['op']> = Extract<Instruction, { op: K }>;

/** Whether a time was drawn with the request already, because something is used up over it. */
export function isDrawnWithRequest(program: readonly Instruction[], work: Op<'work'>, at: number): boolean {
  for (let here = at - 1; here >= 0 && here > at - 4; here--) {
    const instruction = program[here];
    if (instruction?.op === 'request')
      return (
        instruction.activity === work.activity && instruction.needs.some(({ consumes }) => consumes === 'over time')
      );
  }
  return false;
}

/** The work that follows a request whose needs are used up over it. */
export function workAfter(program: readonly Instruction[], activity: number, at: number): Op<'work'> | undefined {
  for (let here = at + 1; here < Math.min(at + 4, program.length); here++) {
    const instruction = program[here];
    if (instruction?.op === 'work' && instruction.activity === activity) return instruction;
  }
  return undefined;
}
