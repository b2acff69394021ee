import {
  createDiagnostic,
  type Diagnostic,
  formatNumber,
  type Model,
  type StudyCalendar,
  titleOf,
} from '@pathway/model';
import { mostUnits, presenceOf } from '../stations.js';

/** A group says how many of it are on duty, or names its people; else an estimate is used, and said. */
export function presenceIsKnown(model: Model, calendar: StudyCalendar): Diagnostic[] {
  return model.staff.flatMap((group) => {
    if (group.people.length > 0) return [];
    const { schedule, estimated } = presenceOf(group, model);
    if (!estimated) return [];
    const onDuty = formatNumber(mostUnits(schedule, calendar, model));
    return [createDiagnostic('PW5008', { group: titleOf(group), onDuty }, group.origin)];
  });
}
