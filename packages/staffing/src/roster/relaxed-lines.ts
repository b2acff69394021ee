import { movesOn } from './automaton.js';
import type { CompiledRoster, Counter } from './compiled.js';
import { addsOfDay, weekendBegins } from './counts.js';
import type { Effort } from './effort.js';
import { kindOfDay, type LineWindow } from './line-window.js';
import { type Amount, amountsOf, costAt, reach } from './line-amounts.js';

/**
 * The cheapest line of a window where limits on amounts are prices on them (Lagrangian relaxation): a bound on what a line
 * costs, for each day and state a bound on the rest of it, and lines that often keep the limits as well. Subgradient steps
 * after Polyak find the prices.
 */
export class RelaxedLines {
  /** Prices of the amounts. */
  prices = new Float64Array(0);
  amounts: readonly Amount[] = [];
  /** By day and state (`day * states + state`) the least that the days from there on cost at the prices; Infinity where no line goes on. */
  rest = new Float64Array(0);
  /** For each day of the window, and the day after it, the week of the window that it belongs to. */
  weekOf = new Int32Array(0);
  private window!: LineWindow;
  private priced = new Float64Array(0);
  private adds = new Float64Array(0);
  private best = new Float64Array(0);
  private sums = new Float64Array(0);
  /** By day the action of the last line. */
  private chosen = new Int16Array(0);
  private steps = new Float64Array(0);
  /** By person, the prices of the last window that was the whole period. */
  private readonly known = new Map<number, Float64Array>();

  constructor(
    private readonly roster: CompiledRoster,
    private readonly effort: Effort,
  ) {}

  /** Takes a window on, with prices from the last time where it is the whole period. */
  prepare(window: LineWindow): void {
    const { from, to, person } = window;
    const days = to - from;
    this.window = window;
    const { states, actions } = person.shape.automaton;
    if (this.priced.length < days * 2 * actions) this.priced = new Float64Array(days * 2 * actions);
    if (this.chosen.length < days) this.chosen = new Int16Array(days);
    if (this.adds.length < actions) this.adds = new Float64Array(actions);
    if (this.rest.length < (days + 1) * states) this.rest = new Float64Array((days + 1) * states);
    if (this.weekOf.length < days + 1) this.weekOf = new Int32Array(days + 1);
    this.weekOf[0] = 0;
    for (let day = 1; day <= days; day += 1)
      this.weekOf[day] =
        this.weekOf[day - 1]! + ((from + day + this.roster.problem.firstWeekday) % 7 === 0 && day < days ? 1 : 0);
    this.amounts = amountsOf(window, this.weekOf[days]! + 1);
    const count = this.amounts.length;
    const known = days === this.roster.days ? this.known.get(person.index) : undefined;
    this.prices = known?.length === count ? known.slice() : new Float64Array(count);
    this.best = this.prices.slice();
    this.sums = new Float64Array(count);
    this.steps = new Float64Array(count);
  }

  /**
   * Looks for prices with the greatest bound, and for lines that keep the limits on the way. Answers the bound; the cheapest
   * line that was found is written to `out`, its cost is `cost`, or Infinity where none was.
   */
  improve(rounds: number, ends: Int16Array, out: Int16Array): { readonly bound: number; readonly cost: number } {
    const { window, chosen, prices } = this;
    const { person, shiftOf } = window;
    const days = window.to - window.from;
    const { actions } = person.shape.automaton;
    let bound = -Infinity;
    let cost = Infinity;
    let scale = 1;
    let stalled = 0;
    // Longer where no line has kept the limits yet.
    for (let round = 0; round < (cost < Infinity ? rounds : 2 * rounds); round += 1) {
      const value = this.backward(ends);
      if (value === Infinity) return { bound: Infinity, cost: Infinity };
      if (value > bound + 1e-9 * Math.abs(value)) {
        bound = value;
        this.best.set(prices);
        stalled = 0;
      } else stalled += 1;
      const keep = (own: number): void => {
        if (own >= cost) return;
        cost = own;
        for (let day = 0; day < days; day += 1) out[day] = shiftOf[day * actions + chosen[day]!]!;
      };
      const own = this.follow();
      keep(own);
      if (cost - bound <= 1e-7) break;
      const sums = this.sums.slice();
      if (own === Infinity) keep(this.mend(ends));
      this.sums.set(sums);
      if (stalled > 2) {
        scale /= 2;
        stalled = 0;
      }
      if (!this.step(value, cost, scale)) break;
    }
    if (prices.some((price, index) => price !== this.best[index])) {
      prices.set(this.best);
      this.backward(ends);
    }
    if (days === this.roster.days) this.known.set(person.index, this.best.slice());
    return { bound, cost };
  }

  /** What limits take off at these prices, from a day on: weeks that are over no more. */
  reliefFrom(day: number): number {
    let relief = 0;
    const week = this.weekOf[day]!;
    for (const [index, amount] of this.amounts.entries())
      if (amount.week < 0 || amount.week >= week) relief += reach(amount, this.prices[index]!).value;
    return relief;
  }

  /** What actions cost at the prices: by day, whether the day before was off, and action (`(day * 2 + off) * actions + action`). */
  get pricedActions(): Float64Array {
    return this.priced;
  }

  private price(): void {
    const { roster, from, to, person, costs } = this.window;
    const { groupUnits, automaton } = person.shape;
    const { actions } = automaton;
    const days = to - from;
    const { priced, prices, amounts, adds } = this;
    for (let day = 0; day < days; day += 1) {
      const kind = kindOfDay(roster, from + day, from);
      const week = this.weekOf[day]!;
      adds.fill(0, 0, actions);
      let weekend = 0;
      for (let index = 0; index < prices.length; index += 1) {
        const price = prices[index]!;
        const { counter, week: of } = amounts[index]!;
        if (price === 0 || (of >= 0 && of !== week)) continue;
        if (counter?.kind === 'weekends') weekend += price;
        else {
          const each = counter === undefined ? groupUnits : addsOfDay(counter, from + day);
          for (let action = 1; action < actions; action += 1) adds[action]! += price * each[action - 1]!;
        }
      }
      const at = day * 2 * actions;
      const afterWork = weekend * weekendBegins(kind, false);
      const afterOff = weekend * weekendBegins(kind, true);
      priced[at] = costs[day * actions]!;
      priced[at + actions] = priced[at]!;
      for (let action = 1; action < actions; action += 1) {
        const cost = costs[day * actions + action]! + adds[action]!;
        priced[at + action] = cost + afterWork;
        priced[at + actions + action] = cost + afterOff;
      }
    }
  }

  /** Fills `rest`; answers the bound. */
  private backward(ends: Int16Array): number {
    const { from, to, person, startState } = this.window;
    const { automaton } = person.shape;
    const { states, actions, off } = automaton;
    const days = to - from;
    const { rest } = this;
    for (let s = 0; s < states; s += 1) rest[days * states + s] = ends[s]! < 0 ? Infinity : 0;
    this.price();
    const { priced } = this;
    for (let day = days - 1; day >= 0; day -= 1) {
      const then = (day + 1) * states;
      const { next } = movesOn(automaton, from + day);
      for (let s = 0; s < states; s += 1) {
        const at = (day * 2 + off[s]!) * actions;
        let least = Infinity;
        for (let action = 0; action < actions; action += 1) {
          const s2 = next[s * actions + action]!;
          if (s2 < 0) continue;
          const value = priced[at + action]! + rest[then + s2]!;
          if (value < least) least = value;
        }
        rest[day * states + s] = least;
      }
    }
    this.effort.add(days * states * actions);
    const value = rest[startState]!;
    return value === Infinity ? Infinity : value - this.reliefFrom(0);
  }

  /** Chooses the cheapest actions at the prices, and adds up what they take; answers what they cost in truth, Infinity where they break a limit. */
  private follow(): number {
    const { from, to, person, startState } = this.window;
    const { automaton } = person.shape;
    const { states, actions, off } = automaton;
    const { priced, rest, chosen } = this;
    let state = startState;
    for (let day = 0; day < to - from; day += 1) {
      const { next } = movesOn(automaton, from + day);
      const at = (day * 2 + off[state]!) * actions;
      let best = 0;
      let least = Infinity;
      for (let action = 0; action < actions; action += 1) {
        const s2 = next[state * actions + action]!;
        if (s2 < 0) continue;
        const value = priced[at + action]! + rest[(day + 1) * states + s2]!;
        if (value < least) {
          least = value;
          best = action;
        }
      }
      chosen[day] = best;
      state = next[state * actions + best]!;
    }
    return this.addUp();
  }

  /** What the chosen actions take of each amount, into `sums`; answers what they cost. */
  private addUp(): number {
    const { roster, from, to, person, startState, costs } = this.window;
    const { shape } = person;
    const { actions, off } = shape.automaton;
    const { amounts, sums, chosen } = this;
    sums.fill(0);
    let state = startState;
    let cost = 0;
    for (let day = 0; day < to - from; day += 1) {
      const action = chosen[day]!;
      cost += costs[day * actions + action]!;
      if (action > 0)
        for (let index = 0; index < amounts.length; index += 1) {
          const { counter, week } = amounts[index]!;
          if (week >= 0 && week !== this.weekOf[day]) continue;
          sums[index]! += this.takes(counter, roster, day, off[state] === 1, action);
        }
      state = movesOn(shape.automaton, from + day).next[state * actions + action]!;
    }
    for (let index = 0; index < amounts.length; index += 1) cost += costAt(amounts[index]!, sums[index]!);
    return cost;
  }

  private takes(
    counter: Counter | undefined,
    roster: CompiledRoster,
    day: number,
    wasOff: boolean,
    action: number,
  ): number {
    const { shape } = this.window.person;
    if (counter === undefined) return shape.groupUnits[action - 1]!;
    if (counter.kind === 'groups') return addsOfDay(counter, this.window.from + day)[action - 1]!;
    return weekendBegins(kindOfDay(roster, this.window.from + day, this.window.from), wasOff);
  }

  /**
   * Takes shifts off that the line would lose least by, until no limit is exceeded; answers what the line costs then,
   * Infinity where that does not end well.
   */
  private mend(ends: Int16Array): number {
    const { from, to, person, costs } = this.window;
    const { actions } = person.shape.automaton;
    const { amounts, sums, chosen } = this;
    for (;;) {
      const over = amounts.findIndex(({ corners }, index) => sums[index]! > corners.at(-1)!.at);
      if (over < 0) return this.addUp();
      const { week } = amounts[over]!;
      const before = sums[over]!;
      let best = -1;
      let least = Infinity;
      for (let day = 0; day < to - from; day += 1) {
        const action = chosen[day]!;
        if (action === 0 || (week >= 0 && week !== this.weekOf[day]) || costs[day * actions] === Infinity) continue;
        const loss = -costs[day * actions + action]!;
        if (loss >= least) continue;
        chosen[day] = 0;
        if (this.holds(ends)) {
          this.addUp();
          if (sums[over]! < before) {
            least = loss;
            best = day;
          }
        }
        chosen[day] = action;
      }
      if (best < 0) return Infinity;
      chosen[best] = 0;
      this.addUp();
    }
  }

  /** Whether the order of the chosen actions keeps the rules. */
  private holds(ends: Int16Array): boolean {
    const { from, to, person, startState } = this.window;
    const { automaton } = person.shape;
    let state = startState;
    for (let day = 0; day < to - from && state >= 0; day += 1)
      state = movesOn(automaton, from + day).next[state * automaton.actions + this.chosen[day]!]!;
    return state >= 0 && ends[state]! >= 0;
  }

  /** Moves the prices along the subgradient of the last line; false where that line keeps all that has a price. */
  private step(value: number, cost: number, scale: number): boolean {
    const { amounts, sums, steps, prices } = this;
    let norm = 0;
    for (const [index, amount] of amounts.entries()) {
      const { low, high } = reach(amount, prices[index]!);
      const sum = sums[index]!;
      const away = sum < low ? sum - low : sum > high ? sum - high : 0;
      const stuck = (away < 0 && prices[index]! <= amount.lowest) || (away > 0 && prices[index]! >= amount.highest);
      steps[index] = stuck ? 0 : away / amount.largest;
      norm += steps[index] ** 2;
    }
    if (norm === 0) return false;
    const target = cost < Infinity ? cost : value + Math.max(1, 0.1 * Math.abs(value));
    const length = (scale * Math.max(0, target - value)) / norm;
    for (const [index, amount] of amounts.entries())
      prices[index] = Math.max(
        amount.lowest,
        Math.min(amount.highest, prices[index]! + (length * steps[index]!) / amount.largest),
      );
    return true;
  }
}
