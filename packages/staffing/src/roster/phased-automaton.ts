import { type Moves, movesOf, type RunAutomaton } from './automaton.js';
import type { EarlierDays } from './problem.js';

/** Rules over the order of days that are not the same on all days, in groups of shifts that none of them tells apart. */
export interface PhasedRules {
  readonly days: number;
  /** For each group whether it is a night. */
  readonly night: readonly boolean[];
  readonly phases: readonly PhaseRules[];
  /** By day, which of the phases holds. */
  readonly phaseOf: Uint8Array;
}

/** What holds on the days of a phase; a count that the period cannot reach is no limit. */
interface PhaseRules {
  readonly maxRun: number;
  readonly minRun: number;
  readonly minOff: number;
  readonly maxNights: number;
  readonly minOffAfterNights: number;
  /** `forbidden[first][second]` by group, the second on a day of the phase. */
  readonly forbidden: readonly (readonly boolean[])[];
}

/** Days off so far, counted as long as some phase asks for more; whether a night was before them. */
interface Off {
  readonly kind: 'off';
  readonly days: number;
  readonly night: boolean;
  /** Nothing earlier is known. */
  readonly start: boolean;
}

/** The last shift, by the first group after which the same may follow, and what was worked in a row, as far as it matters. */
interface Work {
  readonly kind: 'work';
  readonly group: number;
  readonly run: number;
  readonly nights: number;
  /** The run may have begun before the period, so that its length is not known to be too short. */
  readonly open: boolean;
}
type State = Off | Work;

/**
 * As `runAutomaton`, where rules differ by day: a state says what was, and what may follow is asked of the rules of the day
 * on which it would.
 */
export function phasedAutomaton(rules: PhasedRules): RunAutomaton {
  const machine = new Machine(rules);
  const moves = machine.moves();
  const byDay = Array.from(rules.phaseOf, (phase) => moves[phase]!);
  return {
    ...moves[0]!,
    states: machine.states.length,
    actions: 1 + rules.night.length,
    off: Uint8Array.from(machine.states, ({ kind }) => (kind === 'off' ? 1 : 0)),
    byDay,
    stateAfter: (before, lastGroup) => machine.after(before, lastGroup),
  };
}

class Machine {
  readonly states: State[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly alike: readonly number[];
  private readonly kept: { readonly run: number; readonly nights: number };

  constructor(private readonly rules: PhasedRules) {
    const { night, phases, days } = rules;
    const keys = night.map((is, group) => JSON.stringify([is, phases.map(({ forbidden }) => forbidden[group])]));
    this.alike = keys.map((key) => keys.indexOf(key));
    const reached = (counts: readonly number[]): readonly number[] => counts.filter((count) => count < days);
    this.kept = {
      run: Math.max(1, ...reached(phases.map(({ maxRun }) => maxRun)), ...phases.map(({ minRun }) => minRun)),
      nights: Math.max(1, ...reached(phases.map(({ maxNights }) => maxNights))),
    };
    this.number({ kind: 'off', days: 0, night: false, start: true });
    this.number(this.rested(Infinity, false));
    for (let off = 1; off < this.mostOff(false); off += 1) this.number(this.rested(off, false));
    for (const [group, isNight] of night.entries())
      for (let run = 1; run <= this.kept.run; run += 1)
        for (let nights = isNight ? 1 : 0; nights <= (isNight ? Math.min(run, this.kept.nights) : 0); nights += 1)
          this.number({ kind: 'work', group: this.alike[group]!, run, nights, open: false });
  }

  /** For each phase what may be done, over the same states: all that can be reached by any order of phases. */
  moves(): readonly Moves[] {
    const { phases, night } = this.rules;
    const rows: number[][][] = phases.map(() => []);
    // What is found on the way joins the states that are looked at.
    for (const state of this.states)
      for (const [phase, rules] of phases.entries()) {
        const row: number[] = [];
        for (let action = 0; action <= night.length; action += 1) {
          const to = this.follow(state, action - 1, rules);
          row.push(to === undefined ? -1 : this.number(to));
        }
        rows[phase]!.push(row);
      }
    return rows.map(movesOf);
  }

  after({ last, run, nights }: EarlierDays, lastGroup: number): number {
    if (last === 'off' || lastGroup < 0) return this.numbers.get(keyOf(this.rested(run, false))) ?? 0;
    const days = Math.max(1, Math.min(run, this.kept.run));
    const state: State = {
      kind: 'work',
      group: this.alike[lastGroup]!,
      run: days,
      nights: this.rules.night[lastGroup] === true ? Math.max(1, Math.min(nights, this.kept.nights, days)) : 0,
      open: false,
    };
    return this.numbers.get(keyOf(state)) ?? 0;
  }

  private number(state: State): number {
    const key = keyOf(state);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.numbers.set(key, this.states.length);
    return this.states.push(state) - 1;
  }

  /** What any phase asks for between two runs of work. */
  private mostOff(afterNight: boolean): number {
    return Math.max(...this.rules.phases.map((rules) => offWanted(rules, afterNight)));
  }

  private rested(days: number, night: boolean): Off {
    const most = this.mostOff(night);
    return { kind: 'off', days: Math.min(days, most), night: night && days < most, start: false };
  }

  /** @param group of the shift that is worked, -1 for a day off */
  private follow(state: State, group: number, rules: PhaseRules): State | undefined {
    if (group < 0) {
      if (state.kind === 'off') return this.rested(state.start ? Infinity : state.days + 1, state.night);
      if (!state.open && state.run < rules.minRun) return undefined;
      return this.rested(1, this.rules.night[state.group] === true);
    }
    const night = this.rules.night[group] === true;
    const run = state.kind === 'off' ? 0 : state.run;
    const nights = state.kind === 'off' ? 0 : state.nights;
    if (run >= rules.maxRun || (night && nights >= rules.maxNights)) return undefined;
    if (state.kind === 'off' && !state.start && state.days < offWanted(rules, state.night)) return undefined;
    if (state.kind === 'work' && rules.forbidden[state.group]![group] === true) return undefined;
    const longest = Math.max(...this.rules.phases.map(({ minRun }) => minRun));
    const open = state.kind === 'off' ? state.start && longest > 1 : state.open && run + 1 < longest;
    return {
      kind: 'work',
      group: this.alike[group]!,
      run: Math.min(run + 1, this.kept.run),
      nights: night ? Math.min(nights + 1, this.kept.nights) : 0,
      open,
    };
  }
}

function offWanted({ minOff, minOffAfterNights }: PhaseRules, afterNight: boolean): number {
  return Math.max(1, minOff, afterNight ? minOffAfterNights : 0);
}

function keyOf(state: State): string {
  return state.kind === 'off'
    ? `off ${state.days} ${state.night} ${state.start}`
    : `${state.group} ${state.run} ${state.nights} ${state.open}`;
}
