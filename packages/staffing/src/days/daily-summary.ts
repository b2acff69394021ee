import { dateOf } from '../duty/roster-days.js';
import type { DailyNeed, DailyRoleNeed, DailyStretch } from '../plan.js';

/** The days of a plan for a role, those with the same crises and responses together. */
export function dailyStretches(
  need: Omit<DailyRoleNeed, 'stretches'>,
  byDay: Pick<DailyNeed, 'from' | 'days' | 'spells'>,
): readonly DailyStretch[] {
  const titlesOn = (day: number, kind: 'effect' | 'response'): readonly string[] => [
    ...new Set(
      byDay.spells
        .filter((spell) => spell.kind === kind && spell.from < (day + 1) * 24 && spell.until > day * 24)
        .map(({ title }) => title),
    ),
  ];
  const stretches: DailyStretch[] = [];
  for (let first = 0; first < byDay.days;) {
    const [crises, responses] = [titlesOn(first, 'effect'), titlesOn(first, 'response')];
    const key = JSON.stringify([crises, responses]);
    let end = first + 1;
    while (end < byDay.days && JSON.stringify([titlesOn(end, 'effect'), titlesOn(end, 'response')]) === key) end += 1;
    const of = (values: readonly number[]): readonly number[] => values.slice(first * 24, end * 24);
    const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
    const cover = of(need.coverByHour);
    const onDuty = need.onDutyByHour === null ? null : of(need.onDutyByHour);
    const missing = cover.map((wanted, hour) => Math.max(0, wanted - (onDuty?.[hour] ?? 0)));
    stretches.push({
      from: dateOf(byDay, first),
      until: dateOf(byDay, end - 1),
      crises,
      responses,
      coverHoursPerDay: sum(cover) / (end - first),
      mostNeeded: Math.max(0, ...cover),
      onDuty: onDuty === null ? null : sum(onDuty) / onDuty.length,
      calledIn: Math.max(0, ...of(need.calledInByHour)),
      missingHours: sum(missing),
      mostMissing: Math.max(0, ...missing),
    });
    first = end;
  }
  return stretches;
}
