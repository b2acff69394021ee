import * as op from '../../engine/operations.js';
import type { SimulationInput } from '../input/types.js';
import type { Instruction } from '../input/instruction-types.js';
import type { CollectorTable } from '../statistics/collectors.js';
import { constantOf } from './expression-code.js';
import type { RequestClass } from './program.js';

type Request = Extract<Instruction, { op: 'request' }>;

/** What is known of a program when its shortcuts are looked for. */
export interface ShortcutParts {
  readonly input: SimulationInput;
  readonly code: Int32Array;
  readonly wordOf: Int32Array;
  readonly classes: readonly RequestClass[];
  /** Whether the priority of all cohorts looks at the patient alone. */
  readonly steady: boolean;
  readonly table: CollectorTable;
  readonly siteInstruction: Int32Array;
  /** Places in the code that hold the word to which an instruction goes. */
  readonly jumps: readonly number[];
}

/** Offset of the class in a request's words. */
const CLASS = 2;

/**
 * Where the engine may take shorter ways (see `TAKE_UNIT` and those after it in the engine's operations.ts): pairs of an
 * instruction's word and its operation then. Everything has the same results without them.
 */
export function shortcutsOf(parts: ShortcutParts, plain: readonly boolean[]): number[] {
  const { input, wordOf } = parts;
  const listening = listeners(parts);
  return input.instructions.flatMap((instruction, i) => {
    const operation = shortcutOf(instruction, input.instructions[i + 1], wordOf[i]!, parts, plain, listening);
    return operation === undefined ? [] : [wordOf[i]!, operation];
  });
}

/** Targets that are jumps themselves: pairs of the place that holds one and the word where it leads in the end. */
export function detoursOf({ code, jumps }: Pick<ShortcutParts, 'code' | 'jumps'>): number[] {
  return jumps.flatMap((place) => {
    const to = lastOf(code, code[place]!);
    return to === code[place] ? [] : [place, to];
  });
}

/** Where a chain of jumps ends. */
function lastOf(code: Int32Array, from: number): number {
  const passed = new Set<number>();
  let at = from;
  while (code[at] === op.JUMP && !passed.has(at)) {
    passed.add(at);
    at = code[at + 1]!;
  }
  // A ring of jumps goes nowhere, and is left to say so.
  return code[at] === op.JUMP ? from : at;
}

/** What an indicator or a clock wants to know of activities. */
interface Listeners {
  readonly request: ReadonlySet<number>;
  readonly start: ReadonlySet<number>;
  readonly end: ReadonlySet<number>;
  /** Work that others may do who stand in. */
  readonly slowed: ReadonlySet<number>;
}

function listeners({ input, table }: ShortcutParts): Listeners {
  const clocks = input.clocks ?? [];
  const given = (hooks: readonly unknown[]): number[] => hooks.flatMap((hook, i) => (hook === undefined ? [] : [i]));
  const clocked = (of: 'end' | 'wait'): number[] =>
    clocks.filter((clock) => clock.of === of).map(({ activity }) => activity ?? -1);
  const giving = input.instructions.flatMap((i) => (i.op === 'work' && i.gives !== undefined ? [i.activity] : []));
  return {
    request: new Set([...given(table.request), ...clocked('wait')]),
    start: new Set(given(table.start)),
    end: new Set([...given(table.end), ...clocked('end'), ...giving]),
    slowed: new Set(
      input.instructions.flatMap((i) => (i.op === 'request' && isReplaceable(input, i) ? [i.activity] : [])),
    ),
  };
}

function shortcutOf(
  instruction: Instruction,
  next: Instruction | undefined,
  word: number,
  parts: ShortcutParts,
  plain: readonly boolean[],
  listening: Listeners,
): number | undefined {
  const { code } = parts;
  switch (instruction.op) {
    case 'request':
      if (asksForNothing(instruction, parts, listening)) return op.TAKE_NOTHING;
      return asksPlainly(instruction, code[word + CLASS]!, parts, plain, listening) ? op.TAKE_UNIT : undefined;
    case 'begin':
      return listening.start.has(instruction.activity) ? undefined : op.PLAIN_BEGIN;
    case 'work':
      return code[word] === op.WORK &&
        instruction.costs.length === 0 &&
        !listening.slowed.has(instruction.activity) &&
        !listening.start.has(instruction.activity) &&
        isFixed(code, code[word + 2]!)
        ? op.PLAIN_WORK
        : undefined;
    case 'end':
      if (listening.end.has(instruction.activity)) return undefined;
      return next?.op === 'give back' && next.slots.length === 1 ? op.END_AND_FREE : op.PLAIN_END;
    case 'give back':
      return instruction.slots.length === 1 ? op.FREE_UNIT : op.FREE_SLOTS;
    case 'release':
      return instruction.up === 0 ? op.FREE_UNIT : undefined;
    case 'match':
      return op.PLAIN_MATCH;
    case 'share':
      return op.PLAIN_SHARE;
    case 'exit':
      return op.PLAIN_EXIT;
    default:
      return undefined;
  }
}

/** Whether others may stand in for what a request asks for. */
function isReplaceable({ targets }: SimulationInput, { needs }: Request): boolean {
  return needs.some(({ of }) => of.some((target) => (targets[target]?.standIns ?? []).length > 0));
}

/** Pools for whose units others may stand in, those of these others, and of those who supervise them. */
function replaceablePools({ targets, control }: SimulationInput): number[] {
  return [
    ...targets.flatMap(({ members, standIns = [] }) => (standIns.length > 0 ? members.map(({ pool }) => pool) : [])),
    ...(control?.allowances ?? []).flatMap(({ pools, supervision }) => [...pools, ...(supervision?.pools ?? [])]),
  ];
}

/** Whether an expression is a constant, or one draw from a fixed law. @param at word at which it begins */
function isFixed(code: Int32Array, at: number): boolean {
  if (code[at + 1] === op.E_CONSTANT) return code[at + 3] === op.E_RETURN;
  return code[at + 1] === op.E_LAW && code[at + 4] === op.E_RETURN;
}

function asksPlainly(
  request: Request,
  requestClass: number,
  parts: ShortcutParts,
  plain: readonly boolean[],
  listening: Listeners,
): boolean {
  const { input, classes, steady } = parts;
  if (!steady || requestClass < 0 || listening.request.has(request.activity)) return false;
  if (request.priority !== undefined || request.patience !== undefined || request.pending.length > 0) return false;
  const pool = onlyPool(input, classes[requestClass]!);
  if (pool === undefined || plain[pool] !== true) return false;
  return !isObserved(request, parts);
}

function asksForNothing(request: Request, parts: ShortcutParts, listening: Listeners): boolean {
  if (request.needs.length > 0 || request.pending.length > 0) return false;
  return !listening.request.has(request.activity) && !isObserved(request, parts);
}

/** Whether an indicator, or something that is watched, looks at the waits of a request. */
function isObserved(request: Request, { input, table, siteInstruction }: ShortcutParts): boolean {
  return table.waits.some(
    (collectors, site) =>
      (collectors ?? table.recentWaits[site]) !== undefined && input.instructions[siteInstruction[site]!] === request,
  );
}

/** The pool of which a class asks for one unit, and for nothing else; undefined where it is not like that. */
function onlyPool(input: SimulationInput, requestClass: RequestClass): number | undefined {
  const { needs, uniform, preempts, dynamic } = requestClass;
  const [need, ...others] = needs;
  if (!uniform || preempts || dynamic || need === undefined || others.length > 0) return undefined;
  if (need.consumes !== undefined || constantOf(need.amount) !== 1 || need.of.length !== 1) return undefined;
  const { members = [] } = input.targets[need.of[0]!] ?? {};
  return members.length === 1 ? members[0]?.pool : undefined;
}

/**
 * By pool, whether it is plain: only requests for one unit of it involve it, all of the same class, and none of its units
 * are owed to anything else.
 * @param poolsOf by class, the pools that it involves
 */
export function plainPools(
  input: SimulationInput,
  classes: readonly RequestClass[],
  poolsOf: readonly (readonly number[])[],
): boolean[] {
  const involved = input.pools.map(() => 0);
  for (const pools of poolsOf) for (const pool of pools) involved[pool] = (involved[pool] ?? 0) + 1;
  // Units of these are owed to others, used up, or taken by those who stand in.
  const special = new Set([
    ...input.stocks.map((stock) => stock.pool),
    ...(input.conversions ?? []).flatMap(({ pool, to }) => [pool, to]),
    ...replaceablePools(input),
  ]);
  const asked = new Set(classes.map((each) => onlyPool(input, each)));
  return input.pools.map(
    ({ breakdown }, pool) => involved[pool] === 1 && asked.has(pool) && breakdown === undefined && !special.has(pool),
  );
}
