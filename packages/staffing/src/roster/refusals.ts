import { type RosterProblem, sameShift, STEPS_OF_REFUSALS, type Wish } from './problem.js';

/** A row of the master problem for one person: what their line counts there beyond `required` costs `over` each. */
export interface RefusalRow {
  readonly row: number;
  readonly person: number;
  readonly required: number;
  readonly over: number;
  /** What working a slot counts: 1 where a wish asks for it to be free, -1 where one asks for it. */
  readonly weights: readonly (readonly [slot: number, weight: number])[];
}

/**
 * Refused wishes as rows after those of cover: each step of the cost is a row that begins one refusal later. A line refuses
 * the wishes to work that it does not meet and the wishes to be free that it breaks, which is the number of wishes to work
 * plus the weights of what it works.
 */
export function refusalRows(problem: RosterProblem): readonly RefusalRow[] {
  const rows: RefusalRow[] = [];
  for (const [person, { refusals = [] }] of problem.people.entries()) {
    for (const { of, free, cost } of refusals) {
      const weights = weightsOf(of, problem);
      const toWork = of.filter(({ kind }) => kind === 'on').length;
      const steps = Math.min(STEPS_OF_REFUSALS, mostRefused(of) - free);
      for (let step = 0; step < steps; step += 1) {
        const row = problem.needs.length + rows.length;
        rows.push({ row, person, required: free + step - toWork, over: cost, weights });
      }
    }
  }
  return rows;
}

function weightsOf(wishes: readonly Wish[], { shifts }: RosterProblem): RefusalRow['weights'] {
  const weights = new Map<number, number>();
  for (const { kind, day, shift } of wishes)
    for (let each = 0; each < shifts.length; each += 1) {
      if (shift !== undefined && shift !== sameShift(shifts, each)) continue;
      const slot = day * shifts.length + each;
      weights.set(slot, (weights.get(slot) ?? 0) + (kind === 'on' ? -1 : 1));
    }
  return [...weights].filter(([, weight]) => weight !== 0);
}

/** How many wishes a line can refuse at most: of those to be free on a day, as many as one shift breaks. */
function mostRefused(wishes: readonly Wish[]): number {
  const byDay = new Map<number, Wish[]>();
  for (const wish of wishes) byDay.set(wish.day, [...(byDay.get(wish.day) ?? []), wish]);
  let most = 0;
  for (const own of byDay.values()) {
    const whole = own.filter(({ kind, shift }) => kind === 'on' || shift === undefined).length;
    const byShift = new Map<number, number>();
    for (const { kind, shift } of own)
      if (kind === 'off' && shift !== undefined) byShift.set(shift, (byShift.get(shift) ?? 0) + 1);
    most += whole + Math.max(0, ...byShift.values());
  }
  return most;
}
