import type { Model, StudyCalendar } from '@pathway/model';
import { calendarOf, SECONDS } from '@pathway/model';

/** Two weeks from the first study's start, so that every hour of the week is met. */
export function planningWeek(model: Model): StudyCalendar {
  const study = model.studies[0];
  const horizonSeconds = 2 * SECONDS.week;
  if (study !== undefined) return calendarOf(study, horizonSeconds);
  return { start: '2026-01-05T00:00', timezone: 'UTC', horizonSeconds };
}
