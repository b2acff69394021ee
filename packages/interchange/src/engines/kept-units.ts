import type { Instruction, SimulationInput } from '@pathway/simulation';
import { waysOf } from './flow-structure.js';

type Op<K extends Instruction['op']> = Extract<Instruction, { op: K }>;

/**
 * Requests that are made while units are kept that are not given back for what is asked for: by their instructions.
 * Branches keep what was taken before them.
 */
export function asksWhileKeeping(input: SimulationInput): readonly number[] {
  const program = input.instructions;
  const keptAt = new Map<number, ReadonlySet<number>>();
  const open: { readonly at: number; readonly kept: ReadonlySet<number> }[] = [
    ...input.cohorts.flatMap(({ entries }) => entries),
    ...input.present,
  ].map(({ instruction }) => ({ at: instruction, kept: new Set<number>() }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, kept } = next;
    const instruction = program[at];
    const known = keptAt.get(at);
    if (instruction === undefined || (known !== undefined && [...kept].every((slot) => known.has(slot)))) continue;
    const all = new Set([...(known ?? []), ...kept]);
    keptAt.set(at, all);
    const [first, ...others] = waysOf(instruction, at);
    // Of a request and a try the first way is that of those who got what they asked for.
    if (first !== undefined) open.push({ at: first, kept: keptAfter(instruction, all) });
    for (const to of others)
      open.push({ at: to, kept: instruction.op === 'request' ? all : keptAfter(instruction, all) });
    if (instruction.op === 'fork') for (const to of instruction.branches) open.push({ at: to, kept: all });
    if (instruction.op === 'gather') open.push({ at: at + 1, kept: all });
  }
  return [...keptAt]
    .filter(([at, kept]) => {
      const instruction = program[at];
      return isAsking(instruction) && [...kept].some((slot) => !instruction.pending.includes(slot));
    })
    .map(([at]) => at)
    .sort((a, b) => a - b);
}

/** Requests with patience for pools that others wait for with units kept until then. */
export function givesUpBesideKept({ instructions, targets }: SimulationInput): readonly number[] {
  const poolsOf = ({ needs }: Op<'request'>): readonly number[] =>
    needs.flatMap(({ of }) => of.flatMap((target) => (targets[target]?.members ?? []).map(({ pool }) => pool)));
  const awaited = new Set(
    instructions.flatMap((each) => (each.op === 'request' && each.pending.length > 0 ? poolsOf(each) : [])),
  );
  return instructions.flatMap((each, at) =>
    each.op === 'request' && each.patience !== undefined && poolsOf(each).some((pool) => awaited.has(pool)) ? [at] : [],
  );
}

function isAsking(instruction: Instruction | undefined): instruction is Op<'request'> | Op<'try'> {
  return (instruction?.op === 'request' || instruction?.op === 'try') && instruction.needs.length > 0;
}

function keptAfter(instruction: Instruction, kept: ReadonlySet<number>): ReadonlySet<number> {
  const after = new Set(kept);
  if (instruction.op === 'request' || instruction.op === 'try') {
    for (const slot of instruction.pending) after.delete(slot);
    instruction.needs.forEach(({ consumes }, i) => {
      if (consumes === undefined) after.add(instruction.slot + i);
    });
  }
  if (instruction.op === 'give back') for (const slot of instruction.slots) after.delete(slot);
  if (instruction.op === 'release' && instruction.up === 0) after.delete(instruction.slot);
  return after;
}
