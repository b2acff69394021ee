import { isNightShift } from '@pathway/model';
import type { WorkingRule } from '@pathway/model';
import type { FairRefusals, FairShare, Wish } from '../roster/problem.js';
import type { PlacedShift } from './places.js';
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
  shifts: readonly PlacedShift[],
  from: string,
): readonly (readonly FairShare[])[] {
  const fair = rules.flatMap((rule) =>
    rule.kind === 'fair' && rule.what !== 'refusals'
      ? [{ rule, of: rule.what, shares: exactShares(rule.what, people, needs, shifts, from) }]
      : [],
  );
  const nights = nightsAmong(shifts);
  return people.map((_, index) =>
    fair.map(({ rule, of, shares }): FairShare => ({
      ...(of === 'nights' ? { of: 'shifts', shifts: nights } : { of: 'weekends' }),
      ...shares[index]!.within(rule.spread),
      cost: rule.cost ?? REQUEST,
    })),
  );
}

/** What falls to one person. */
interface ExactShare {
  /** Nights or weekends, which need not be whole. */
  readonly share: number;
  /** Whether the person works any such shift at all. */
  readonly takesPart: boolean;
  /** Whole numbers about it with this spread. */
  readonly within: (spread: number) => Pick<FairShare, 'least' | 'most'>;
}

/** The share of each of several people in the nights or weekends that are wanted, in proportion to their contracts. */
export function exactShares(
  what: 'nights' | 'weekends',
  people: readonly Sharing[],
  needs: readonly LabelledNeed[],
  shifts: readonly PlacedShift[],
  from: string,
): readonly ExactShare[] {
  const nights = nightsAmong(shifts);
  const first = firstWeekday(from);
  const takesPart = ({ shifts: own }: Sharing): boolean =>
    own.length > 0 && (what === 'weekends' || own.some((shift) => nights.includes(shift)));
  const total = people.filter(takesPart).reduce((sum, { contractMinutes }) => sum + contractMinutes, 0);
  const wanted =
    what === 'nights'
      ? wantedAt(needs, shifts, (slot) => nights.includes(slot.shift))
      : // Whoever works on a weekend works on both of its days as a rule.
        wantedAt(needs, shifts, (slot) => (slot.day + first) % 7 >= 5) / 2;
  return people.map((person) => {
    const share = total === 0 || !takesPart(person) ? 0 : (wanted * person.contractMinutes) / total;
    return {
      share,
      takesPart: takesPart(person),
      within: (spread) => ({
        least: Math.max(0, Math.min(Math.ceil(share - spread), Math.floor(share))),
        most: Math.max(Math.floor(share + spread), Math.ceil(share)),
      }),
    };
  });
}

function nightsAmong(shifts: readonly PlacedShift[]): readonly number[] {
  return shifts.flatMap((shift, index) => (isNightShift(shift) ? [index] : []));
}

/** What the rules say of somebody's wishes that are refused, where they have any. */
export function fairRefusals(rules: readonly WorkingRule[], wishes: readonly Wish[]): readonly FairRefusals[] {
  if (wishes.length === 0) return [];
  return rules.flatMap((rule) =>
    rule.kind === 'fair' && rule.what === 'refusals'
      ? [{ of: wishes, free: rule.spread, cost: rule.cost ?? REQUEST }]
      : [],
  );
}

/** People wanted over some slots; several lines about the same people of a shift want the most of them, not all. */
function wantedAt(
  needs: readonly LabelledNeed[],
  shifts: readonly PlacedShift[],
  counts: (slot: { readonly day: number; readonly shift: number }) => boolean,
): number {
  const most = new Map<string, number>();
  for (const { need, label } of needs) {
    if (!countsPeople(label) || label.ratio !== undefined) continue;
    for (const slot of need.slots) {
      // Whoever stands in is wanted as one of those whom they stand in for.
      if (!counts(slot) || shifts[slot.shift]?.standsFor !== undefined) continue;
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
