import type { CompiledPerson } from './compiled.js';
import type { LineProgram } from './line-program.js';
import { regroup, type RegroupOptions, type Tools } from './regroup.js';
import { regroupDays } from './regroup-days.js';
import type { RosterState } from './roster-state.js';
import { windowsOf } from './search.js';

/** A kind of part that is planned anew: how many people, over so many weeks or the whole period. */
interface Kind {
  readonly fewest: number;
  readonly most: number;
  readonly weeks?: number;
}

const KINDS: readonly Kind[] = [
  { fewest: 8, most: 16 },
  { fewest: 20, most: 40, weeks: 1 },
  { fewest: 12, most: 25, weeks: 2 },
  { fewest: 8, most: 16, weeks: 1 },
  { fewest: 10, most: 18, weeks: 3 },
];

/** What a kind gained, and what it took; earlier turns count for less. */
interface Turns {
  readonly kind: Kind;
  gained: number;
  spent: number;
  turns: number;
  /** Share of the kind's people that a part is made of, so that parts do not take too much of the effort. */
  size: number;
}

/** What earlier turns count for after each further one. */
const MEMORY = 0.8;
/** Each kind is taken at least so often, whatever it gained. */
const LEAST_SHARE = 0.08;
/** A part is given up where it takes more than this share of the effort. */
const MOST_OF_EFFORT = 0.06;
/** The number of people becomes so many times what it was where a part took that much, and where it did not. */
const SMALLER = 0.6;
const LARGER = 1.1;
/** After so many turns without gain, others of the same cost are taken as well, so that something else may be found beside them. */
const STALE = 12;

/**
 * Plans parts of a roster anew, one after another. Few people over the whole period and many people over few days find
 * different things; the kind that gained most for its effort lately is taken most often.
 * @param isOver asked after each part with whether the roster became better; true ends the work
 */
export function regroupInTurns(
  state: RosterState,
  movable: readonly CompiledPerson[],
  program: LineProgram,
  tools: Tools,
  options: RegroupOptions,
  isOver: (better: boolean) => boolean,
): void {
  const { effort } = tools;
  const { random } = options;
  const windows = windowsOf(state.roster);
  const records = KINDS.map((kind): Turns => ({ kind, gained: 0, spent: 0, turns: 0, size: 1 }));
  let stale = 0;
  for (let over = false; !over && !effort.over(options.until);) {
    const record = chosen(records, random);
    const { fewest, most, weeks } = record.kind;
    const size = Math.ceil((fewest + Math.floor(random() * (most - fewest))) * record.size);
    const people = choosePeople(movable, size, random);
    const [cost, spent] = [state.cost, effort.spent];
    const until = Math.min(options.until, spent + MOST_OF_EFFORT * effort.limit);
    const sideways = stale >= STALE && random() < 0.5;
    const stands = sideways ? state.lines.map((line) => line.slice()) : [];
    const part = { ...options, until, grain: sideways ? 0 : options.grain };
    if (weeks === undefined) regroup(state, people, tools, part);
    else regroupDays(state, people, windows(random, weeks), program, tools, part);
    // What costs the same but for rounding must not add up.
    if (sideways && state.cost > cost) state.copyFrom(stands);
    const better = state.cost < cost - 1e-6;
    stale = better ? 0 : stale + 1;
    record.turns += 1;
    record.size = effort.over(until) ? record.size * SMALLER : Math.min(1, record.size * LARGER);
    record.gained = record.gained * MEMORY + cost - state.cost;
    record.spent = record.spent * MEMORY + effort.spent - spent;
    over = isOver(better);
  }
}

/** Each kind once, then by chance, the more likely the more it gained for its effort. */
function chosen(records: readonly Turns[], random: () => number): Turns {
  const untried = records.find(({ turns }) => turns === 0);
  if (untried !== undefined) return untried;
  const rates = records.map(({ gained, spent }) => gained / Math.max(1e-9, spent));
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  const rest = 1 - LEAST_SHARE * records.length;
  let draw = random();
  for (const [index, record] of records.entries()) {
    draw -= LEAST_SHARE + rest * (total > 0 ? rates[index]! / total : 1 / records.length);
    if (draw < 0) return record;
  }
  return records.at(-1)!;
}

function choosePeople(
  people: readonly CompiledPerson[],
  count: number,
  random: () => number,
): readonly CompiledPerson[] {
  const taken = new Set<CompiledPerson>();
  while (taken.size < Math.min(count, people.length)) taken.add(people[Math.floor(random() * people.length)]!);
  return [...taken];
}
