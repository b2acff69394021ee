import type { Model, StudyCalendar } from '@pathway/model';
import { calendarOf, SECONDS } from '@pathway/model';

/** Two weeks from the start of the scenario's study, else the first, so that every hour of the week is met. */
export function planningWeek(model: Model, scenario?: string): StudyCalendar {
  const study =
    model.studies.find(({ scenarios }) => scenario !== undefined && scenarios.includes(scenario)) ?? model.studies[0];
  const horizonSeconds = 2 * SECONDS.week;
  if (study !== undefined) return calendarOf(study, horizonSeconds);
  return { start: '2026-01-05T00:00', timezone: 'UTC', horizonSeconds };
}
