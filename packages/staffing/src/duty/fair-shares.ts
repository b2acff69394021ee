import { isNightShift } from '@pathway/model';
import type { Shift, WorkingRule } from '@pathway/model';
import type { FairShare } from '../roster/problem.js';
import { firstWeekday } from './roster-days.js';
import { countsPeople, type LabelledNeed } from './roster-needs.js';
import { REQUEST } from './roster-people.js';

interface Sharing {
  /** Working time over the roster, less leave. */
  readonly contractMinutes: number;
  /** Shifts, by their place, that the person works. */
  readonly shifts: readonly number[];
}

/**
 * What of the nights and weekends that are wanted falls to each of several people: in proportion to their contracts, among
 * those who work such shifts at all. Further from it than the rule's spread, each one more or less costs.
 */
export function fairShares(
  rules: readonly WorkingRule[],
  people: readonly Sharing[],
  needs: readonly LabelledNeed[],
  shifts: readonly Shift[],
  from: string,
): readonly (readonly FairShare[])[] {
  const fair = rules.filter((rule) => rule.kind === 'fair');
  const nights = shifts.flatMap((shift, index) => (isNightShift(shift) ? [index] : []));
  const first = firstWeekday(from);
  const all = shifts.map((_, index) => index);
  return people.map((person) =>
    fair.map(({ what, spread, cost = REQUEST }): FairShare => {
      const counted = what === 'nights' ? nights : all;
      const takesPart = ({ shifts: own }: Sharing): boolean => own.some((shift) => counted.includes(shift));
      const total = people.filter(takesPart).reduce((sum, { contractMinutes }) => sum + contractMinutes, 0);
      const wanted =
        what === 'nights'
          ? wantedAt(needs, (slot) => nights.includes(slot.shift))
          : // Whoever works on a weekend works on both of its days as a rule.
            wantedAt(needs, (slot) => (slot.day + first) % 7 >= 5) / 2;
      const share = total === 0 || !takesPart(person) ? 0 : (wanted * person.contractMinutes) / total;
      return {
        ...(what === 'nights' ? { of: 'shifts', shifts: nights } : { of: 'weekends' }),
        least: Math.max(0, Math.min(Math.ceil(share - spread), Math.floor(share))),
        most: Math.max(Math.floor(share + spread), Math.ceil(share)),
        cost,
      };
    }),
  );
}

/** People wanted over some slots; several lines about the same people of a shift want the most of them, not all. */
function wantedAt(
  needs: readonly LabelledNeed[],
  counts: (slot: { readonly day: number; readonly shift: number }) => boolean,
): number {
  const most = new Map<string, number>();
  for (const { need, label } of needs) {
    if (!countsPeople(label) || label.ratio !== undefined) continue;
    for (const slot of need.slots) {
      if (!counts(slot)) continue;
      const key = `${slot.day} ${slot.shift} ${label.of === 'skill' ? 'skill' : label.who}`;
      most.set(key, Math.max(most.get(key) ?? 0, need.required));
    }
  }
  let total = 0;
  for (const [key, value] of most) {
    // People with a skill are among those of the roles, where roles are wanted at all.
    const [day, shift] = key.split(' ');
    const other = [...most.keys()].some((each) => each.startsWith(`${day} ${shift} `) && !each.endsWith(' skill'));
    if (!key.endsWith(' skill') || !other) total += value;
  }
  return total;
}
