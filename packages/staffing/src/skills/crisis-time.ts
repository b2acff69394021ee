import type { Crisis, CrisisMoment, Model } from '@pathway/model';
import { calendarOf, constantValue, elapsedAt, hourOfWeekAt, SECONDS } from '@pathway/model';

/** When a crisis is, as far as it is known before a run. */
export interface CrisisTime {
  /** Seconds from the end of the warm-up of the first study. */
  readonly begin: number;
  /** Seconds that it lasts; Infinity to the end of the run. */
  readonly lasts: number;
  /** The weekday on which it begins: 0 Monday to 6 Sunday. */
  readonly weekday: number;
}

/** Undefined where no study says when it would be, or its moments are not known before a run. */
export function crisisTime({ span }: Crisis, model: Model): CrisisTime | undefined {
  const study = model.studies[0];
  const warmUp = study === undefined ? undefined : constantValue(study.warmUp, model);
  if (study === undefined || warmUp === undefined) return undefined;
  const run = constantValue(study.run, model) ?? 0;
  const calendar = calendarOf(study, warmUp + run);
  const secondsAt = (moment: CrisisMoment | undefined): number | undefined => {
    if (moment === undefined) return 0;
    if (moment.kind === 'date') return elapsedAt(`${moment.date}T00:00`, calendar) + (moment.at ?? 0) * 60 - warmUp;
    const day = constantValue(moment.day, model);
    return day === undefined ? undefined : day * SECONDS.d + (moment.at ?? 0) * 60;
  };
  const begin = secondsAt(span?.begin);
  if (begin === undefined) return undefined;
  const lasting = span?.lasting === undefined ? undefined : constantValue(span.lasting, model);
  const end = span?.end === undefined ? undefined : secondsAt(span.end);
  const lasts = lasting ?? (end === undefined ? Number.POSITIVE_INFINITY : end - begin);
  return { begin, lasts, weekday: Math.floor(hourOfWeekAt(Math.max(0, warmUp + begin), calendar) / 24) };
}
