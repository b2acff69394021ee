import type { Instruction } from '../input/instruction-types.js';
import type { SimulationInput } from '../input/types.js';

/** Sets of slots that may be kept at once before an instruction; with more of them slots are left as they are. */
const MOST_SETS = 64;

/** Slots (or registers) side by side that are written together. */
interface Block {
  readonly first: number;
  readonly width: number;
}

/** Pairs of places that must not become one. */
type Conflicts = readonly ReadonlySet<number>[];

/**
 * The same program with fewer slots and registers: those share one of which no token ever needs two at once, as the rooms
 * of different ways through a department. What a token keeps is then close together in memory. Slots that are kept at
 * the same time stay in their order, since what is given back at once is given back in that order, so that all results
 * are the same. Programs in which branches, groups, moves, interruptions or responses look at slots stay as they are.
 */
export function withSharedPlaces(input: SimulationInput): SimulationInput {
  const { instructions } = input;
  if (input.control !== undefined || !instructions.every(isPlain)) return input;
  const kept = keptSets(input);
  if (kept === undefined) return input;
  const slots = numbered(slotBlocks(instructions), slotConflicts(instructions, kept, input.slots), input.slots);
  const registers = numbered(registerBlocks(instructions), registerConflicts(input), input.registers);
  return {
    ...input,
    slots: slots.count,
    registers: registers.count,
    instructions: instructions.map((instruction) => renumbered(instruction, slots.of, registers.of)),
  };
}

/** Whether an instruction concerns no slots but those of its own token, and lists them in their order. */
function isPlain(instruction: Instruction): boolean {
  switch (instruction.op) {
    case 'fork':
    case 'gather':
    case 'join':
    case 'seek':
    case 'stay':
    case 'way':
    case 'depends':
      return false;
    case 'work':
      return instruction.gives === undefined;
    case 'release':
      return instruction.up === 0;
    default:
      return mentioned(instruction).every((slot, i, all) => i === 0 || slot > all[i - 1]!);
  }
}

/** Slots that are given back, or moved, as far as they are kept. */
function mentioned(instruction: Instruction): readonly number[] {
  switch (instruction.op) {
    case 'request':
    case 'try':
      return instruction.pending;
    case 'give back':
      return instruction.slots;
    case 'release':
      return [instruction.slot];
    default:
      return [];
  }
}

function range({ first, width }: Block): number[] {
  return Array.from({ length: width }, (_, i) => first + i);
}

/** Slots that a request fills. */
function filled(instruction: Instruction): readonly number[] {
  return instruction.op === 'request' || instruction.op === 'try'
    ? range({ first: instruction.slot, width: instruction.needs.length })
    : [];
}

/** Where it goes on, and whether it does with what it asked for. */
function ways(instruction: Instruction, index: number): readonly { readonly to: number; readonly served: boolean }[] {
  const next = { to: index + 1, served: true };
  const all = (targets: readonly number[]) => targets.map((to) => ({ to, served: true }));
  switch (instruction.op) {
    case 'exit':
      return [];
    case 'jump':
      return all([instruction.to]);
    case 'request':
      return instruction.patience === undefined ? [next] : [next, { to: instruction.patience.to, served: false }];
    case 'try':
      return [
        { to: index + 1, served: false },
        { to: instruction.to, served: true },
      ];
    case 'least busy':
      return all(instruction.options.map(({ to }) => to));
    case 'unless':
    case 'rounds':
    case 'again':
      return [next, ...all([instruction.to])];
    case 'share':
    case 'match':
      return all([...instruction.branches.map(({ to }) => to), instruction.otherwise]);
    default:
      return [next];
  }
}

/** Before each instruction, the sets of slots that a token may keep there; undefined where they are too many. */
function keptSets({ instructions, cohorts, present }: SimulationInput): Map<string, readonly number[]>[] | undefined {
  const sets = instructions.map(() => new Map<string, readonly number[]>());
  const open: { readonly at: number; readonly kept: readonly number[] }[] = [];
  const reach = (at: number, kept: readonly number[]): void => {
    const known = sets[at];
    const key = kept.join();
    if (known === undefined || known.has(key)) return;
    known.set(key, kept);
    open.push({ at, kept });
  };
  for (const { entries } of cohorts) for (const { instruction } of entries) reach(instruction, []);
  for (const { instruction } of present) reach(instruction, []);
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { at, kept } = each;
    if (sets[at]!.size > MOST_SETS) return undefined;
    const instruction = instructions[at]!;
    const given = mentioned(instruction);
    // Whoever tries for nothing has it at once, and keeps what they have.
    const keepsAll = instruction.op === 'try' && instruction.needs.length === 0;
    const left = keepsAll ? kept : kept.filter((slot) => !given.includes(slot));
    for (const { to, served } of ways(instruction, at)) {
      if (served) reach(to, sorted([...left, ...filled(instruction)]));
      // What a request would have kept of those goes back to the first of them.
      else reach(to, given.length < 2 || left.length === kept.length ? kept : sorted([...kept, given[0]!]));
    }
  }
  return sets;
}

function sorted(places: readonly number[]): number[] {
  return [...new Set(places)].sort((a, b) => a - b);
}

function noConflicts(count: number): Set<number>[] {
  return Array.from({ length: count }, () => new Set<number>());
}

/** Slots conflict that are kept at once, and one that is given back with those that are kept there and stay. */
function slotConflicts(
  instructions: readonly Instruction[],
  kept: readonly ReadonlyMap<string, readonly number[]>[],
  count: number,
): Conflicts {
  const conflicts = noConflicts(count);
  const add = (a: number, b: number): void => {
    if (a === b) return;
    conflicts[a]!.add(b);
    conflicts[b]!.add(a);
  };
  instructions.forEach((instruction, at) => {
    const given = mentioned(instruction);
    const fills = filled(instruction);
    for (const set of kept[at]!.values()) {
      const there = [...set, ...fills];
      for (const a of there) for (const b of there) add(a, b);
      for (const a of given) for (const b of there) if (!given.includes(b)) add(a, b);
    }
  });
  return conflicts;
}

/** Slots that a request fills lie side by side, whatever they become. */
function slotBlocks(instructions: readonly Instruction[]): Block[] {
  return joined(
    instructions.flatMap((instruction) =>
      instruction.op === 'request' || instruction.op === 'try'
        ? [{ first: instruction.slot, width: instruction.needs.length }]
        : mentioned(instruction).map((first) => ({ first, width: 1 })),
    ),
  );
}

/** A hold remembers when it began; rounds their number, how many there are to be and when the last one began. */
function registerBlock(instruction: Instruction): Block | undefined {
  switch (instruction.op) {
    case 'begin':
      return { first: instruction.register, width: 1 };
    case 'end':
      return instruction.register === undefined ? undefined : { first: instruction.register, width: 1 };
    case 'rounds':
    case 'again':
      return { first: instruction.register, width: 3 };
    default:
      return undefined;
  }
}

function registerBlocks(instructions: readonly Instruction[]): Block[] {
  return joined(instructions.flatMap((instruction) => registerBlock(instruction) ?? []));
}

/** Blocks without those that have nothing, and as one those that overlap; in their order. */
function joined(blocks: readonly Block[]): Block[] {
  const all: Block[] = [];
  for (const block of blocks.filter(({ width }) => width > 0).sort((a, b) => a.first - b.first)) {
    const last = all.at(-1);
    if (last === undefined || block.first >= last.first + last.width) all.push(block);
    else {
      const width = Math.max(last.width, block.first + block.width - last.first);
      all[all.length - 1] = { first: last.first, width };
    }
  }
  return all;
}

/** A register that is written conflicts with those that are read later and not written before. */
function registerConflicts({ instructions, registers }: SimulationInput): Conflicts {
  const needed = instructions.map(() => new Set<number>());
  const conflicts = noConflicts(registers);
  for (let changed = true; changed;) {
    changed = false;
    for (let at = instructions.length - 1; at >= 0; at--) {
      const instruction = instructions[at]!;
      const block = registerBlock(instruction);
      const own = block === undefined ? [] : range(block);
      const writes = instruction.op === 'begin' || instruction.op === 'rounds';
      const before = needed[at]!;
      const size = before.size;
      const add = (register: number): void => {
        if (writes && own.includes(register)) return;
        before.add(register);
        if (own.includes(register)) return;
        for (const each of own) conflicts[each]!.add(register);
      };
      for (const { to } of ways(instruction, at)) for (const register of needed[to] ?? []) add(register);
      if (!writes) for (const register of own) before.add(register);
      if (before.size > size) changed = true;
    }
  }
  conflicts.forEach((others, register) => {
    for (const other of others) conflicts[other]!.add(register);
  });
  return conflicts;
}

/** New numbers, as low as may be, so that what conflicts stays apart and in its order. */
function numbered(
  blocks: readonly Block[],
  conflicts: Conflicts,
  count: number,
): { readonly of: readonly number[]; readonly count: number } {
  const of = Array.from({ length: count }, () => 0);
  let most = 0;
  blocks.forEach((block, b) => {
    let first = 0;
    for (const before of blocks.slice(0, b)) {
      if (range(block).some((place) => range(before).some((other) => conflicts[place]!.has(other)))) {
        first = Math.max(first, of[before.first]! + before.width);
      }
    }
    for (const place of range(block)) of[place] = first + place - block.first;
    most = Math.max(most, first + block.width);
  });
  return { of, count: most };
}

function renumbered(instruction: Instruction, slots: readonly number[], registers: readonly number[]): Instruction {
  const list = (all: readonly number[]): number[] => sorted(all.map((slot) => slots[slot]!));
  switch (instruction.op) {
    case 'request':
    case 'try':
      return { ...instruction, slot: slots[instruction.slot] ?? 0, pending: list(instruction.pending) };
    case 'give back':
      return { ...instruction, slots: list(instruction.slots) };
    case 'release':
      return { ...instruction, slot: slots[instruction.slot]! };
    case 'begin':
    case 'rounds':
    case 'again':
      return { ...instruction, register: registers[instruction.register]! };
    case 'end':
      return instruction.register === undefined
        ? instruction
        : { ...instruction, register: registers[instruction.register]! };
    default:
      return instruction;
  }
}
