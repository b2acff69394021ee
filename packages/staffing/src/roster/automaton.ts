import type { EarlierDays } from './problem.js';

/** Rules over the order of days, in groups of shifts that the rules do not tell apart. */
export interface RunRules {
  readonly days: number;
  readonly maxRun: number;
  readonly minRun: number;
  readonly minOff: number;
  /** For each group whether it is a night. */
  readonly night: readonly boolean[];
  readonly maxNights: number;
  readonly minOffAfterNights: number;
  /** `forbidden[first][second]` by group. */
  readonly forbidden: readonly (readonly boolean[])[];
}

/**
 * What may follow what, as a machine that reads a line day by day. Action 0 is a day off, action `1 + group` a shift of
 * the group. State 0 is the start of a period of which nothing earlier is known.
 */
export interface RunAutomaton extends Moves {
  readonly states: number;
  readonly actions: number;
  /** 1 where the last day was off. */
  readonly off: Uint8Array;
  /** What may be done on each day, where it is not the same on all of them. */
  readonly byDay: readonly Moves[] | undefined;
  /** The state after days before the period. */
  stateAfter(before: EarlierDays, lastGroup: number): number;
}

/** What may be done in each state, and where it leads. */
export interface Moves {
  /** `next[state * actions + action]`, or -1 where the rules forbid it. */
  readonly next: Int16Array;
  /** Ways into each state: pairs of state and action, from `intoStart[state]` on. */
  readonly intoStart: Int32Array;
  readonly into: Int16Array;
}

/** What may be done on a day. */
export function movesOn(automaton: RunAutomaton, day: number): Moves {
  return automaton.byDay === undefined ? automaton : automaton.byDay[day]!;
}

interface Rules extends RunRules {
  readonly alike: readonly number[];
}

interface Off {
  readonly kind: 'off';
  /** Days off still owed. */
  readonly owed: number;
  readonly start: boolean;
}
interface Work {
  readonly kind: 'work';
  /** The first group after which the same may follow. */
  readonly group: number;
  readonly run: number;
  readonly nights: number;
  /** The run may have begun before the period, so that its length is not known to be too short. */
  readonly open: boolean;
}
type State = Off | Work;

/** For each group the first that nothing tells apart on the day after: groups with one share their states. */
function alikeAfter({ night, forbidden }: RunRules): readonly number[] {
  const keys = night.map((is, group) => JSON.stringify([is, forbidden[group]]));
  return keys.map((key) => keys.indexOf(key));
}

/** Builds the machine of the rules, with the states that can be reached and no others. */
export function runAutomaton(given: RunRules): RunAutomaton {
  const rules: Rules = { ...given, alike: alikeAfter(given) };
  const states: State[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (state: State): number => {
    const key = keyOf(state);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, states.length);
    states.push(state);
    return states.length - 1;
  };
  numberOf({ kind: 'off', owed: 0, start: true });
  numberOf({ kind: 'off', owed: 0, start: false });
  const actions = 1 + rules.night.length;
  const rows: number[][] = [];
  const expand = (): void => {
    for (let index = rows.length; index < states.length; index += 1) {
      const state = states[index]!;
      const row: number[] = [];
      for (let action = 0; action < actions; action += 1) {
        const to = follow(state, action, rules);
        row.push(to === undefined ? -1 : numberOf(to));
      }
      rows.push(row);
    }
  };
  expand();
  const most = Math.max(rules.minOff, rules.minOffAfterNights, 1);
  for (let owed = 1; owed < most; owed += 1) numberOf({ kind: 'off', owed, start: false });
  for (const [group, night] of rules.night.entries()) {
    if (rules.alike[group] !== group) continue;
    for (let run = 1; run <= lengthKept(rules); run += 1) {
      const nights = night ? Math.min(run, nightsKept(rules)) : 0;
      for (let each = night ? 1 : 0; each <= nights; each += 1)
        numberOf({ kind: 'work', group, run, nights: each, open: false });
    }
  }
  expand();
  return machine(states, rows, actions, rules, numbers);
}

function machine(
  states: readonly State[],
  rows: readonly (readonly number[])[],
  actions: number,
  rules: Rules,
  numbers: ReadonlyMap<string, number>,
): RunAutomaton {
  return {
    ...movesOf(rows),
    states: states.length,
    actions,
    off: Uint8Array.from(states, (state) => (state.kind === 'off' ? 1 : 0)),
    byDay: undefined,
    stateAfter: (before, lastGroup) => {
      const state = stateOf(before, lastGroup, rules);
      return numbers.get(keyOf(state)) ?? 0;
    },
  };
}

/** @param rows for each state where each action leads, -1 where it must not be */
export function movesOf(rows: readonly (readonly number[])[]): Moves {
  const into: number[][] = rows.map(() => []);
  rows.forEach((row, from) =>
    row.forEach((to, action) => {
      if (to >= 0) into[to]!.push(from, action);
    }),
  );
  const intoStart = new Int32Array(rows.length + 1);
  into.forEach((pairs, state) => (intoStart[state + 1] = intoStart[state]! + pairs.length / 2));
  return { next: Int16Array.from(rows.flat()), intoStart, into: Int16Array.from(into.flat()) };
}

function stateOf(before: EarlierDays, lastGroup: number, rules: Rules): State {
  if (before.last === 'off' || lastGroup < 0) {
    return { kind: 'off', owed: Math.max(0, rules.minOff - before.run), start: false };
  }
  const run = Math.max(1, Math.min(before.run, lengthKept(rules)));
  const night = rules.night[lastGroup] === true;
  const nights = night ? Math.max(1, Math.min(before.nights, nightsKept(rules), run)) : 0;
  return { kind: 'work', group: rules.alike[lastGroup]!, run, nights, open: false };
}

/** Longest run that has to be told apart from longer ones. */
function lengthKept(rules: RunRules): number {
  return rules.maxRun < rules.days ? rules.maxRun : Math.max(1, rules.minRun);
}

function nightsKept(rules: RunRules): number {
  return rules.maxNights < rules.maxRun && rules.maxNights < rules.days ? rules.maxNights : 1;
}

function follow(state: State, action: number, rules: Rules): State | undefined {
  if (action === 0) return dayOff(state, rules);
  const group = action - 1;
  const night = rules.night[group] === true;
  if (state.kind === 'off') {
    if (state.owed > 0 || rules.maxRun < 1 || (night && rules.maxNights < 1)) return undefined;
    return {
      kind: 'work',
      group: rules.alike[group]!,
      run: 1,
      nights: night ? 1 : 0,
      open: state.start && rules.minRun > 1,
    };
  }
  if (rules.forbidden[state.group]![group] === true) return undefined;
  const kept = lengthKept(rules);
  if (state.run >= kept && rules.maxRun < rules.days) return undefined;
  const limited = rules.maxNights < rules.maxRun && rules.maxNights < rules.days;
  if (night && limited && state.nights >= rules.maxNights) return undefined;
  const nights = night ? Math.min(state.nights + 1, nightsKept(rules)) : 0;
  const run = Math.min(state.run + 1, kept);
  return { kind: 'work', group: rules.alike[group]!, run, nights, open: state.open && run < rules.minRun };
}

function dayOff(state: State, rules: RunRules): State | undefined {
  if (state.kind === 'off') return { kind: 'off', owed: Math.max(0, state.owed - 1), start: false };
  if (!state.open && state.run < rules.minRun) return undefined;
  const wanted = rules.night[state.group] === true ? Math.max(rules.minOff, rules.minOffAfterNights) : rules.minOff;
  return { kind: 'off', owed: Math.max(0, wanted - 1), start: false };
}

function keyOf(state: State): string {
  return state.kind === 'off'
    ? `off ${state.owed} ${state.start}`
    : `${state.group} ${state.run} ${state.nights} ${state.open}`;
}
