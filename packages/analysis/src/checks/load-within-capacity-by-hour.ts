import {
  type ActivityNeed,
  createDiagnostic,
  type Diagnostic,
  formatNumber,
  type Model,
  type Schedule,
  type StudyCalendar,
  WEEKDAYS,
  weeklyAverage,
  byId,
} from '@pathway/model';
import type { OfferedLoad } from '../facts.js';
import type { NeedLoad } from '../demand.js';
import { groupsFor, presenceOf } from '../stations.js';
import { atMostAYear } from '../arrival-rate.js';

/**
 * What is asked of a resource or a group of people is less than what there is in every hour of the week, also where the
 * mean over the week is. Loads by hour are those of patients who never wait; work that several groups may do is left out.
 */
export function loadByHourDiagnostics(
  model: Model,
  loads: readonly OfferedLoad[],
  needs: readonly NeedLoad[],
  calendar: StudyCalendar,
): Diagnostic[] {
  const byStation = loadsByStation(model, needs);
  return loads.flatMap(({ id, title, utilisation }) => {
    const asked = byStation.get(id);
    // Where there is too much on average, that is said already.
    if (asked === undefined || utilisation === null || utilisation >= 1 || isLevel(asked)) return [];
    const resource = byId(model.resources, id);
    const group = byId(model.staff, id);
    const declared = resource ?? group;
    if (declared === undefined) return [];
    const there = capacityByHour(resource?.count ?? (group && presenceOf(group, model).schedule), calendar, model);
    const hours = asked.flatMap((load, hour) => (load > (there[hour] ?? 0) + 1e-9 ? [hour] : []));
    const [first] = hours;
    if (first === undefined) return [];
    const excess = (hour: number): number => (asked[hour] ?? 0) - (there[hour] ?? 0);
    const worst = hours.reduce((most, hour) => (excess(hour) > excess(most) + 1e-9 ? hour : most), first);
    const params = {
      name: title,
      hours: hours.length === 1 ? '1 hour' : `${hours.length} hours`,
      when: hourText(worst),
      load: formatNumber(asked[worst] ?? 0),
      capacity: formatNumber(there[worst] ?? 0),
    };
    return [createDiagnostic('PW5007', params, declared.origin)];
  });
}

function capacityByHour(schedule: Schedule | undefined, calendar: StudyCalendar, model: Model): readonly number[] {
  return schedule === undefined ? [] : weeklyAverage(schedule, atMostAYear(calendar), model);
}

function isLevel(values: readonly number[]): boolean {
  return values.every((value) => Math.abs(value - (values[0] ?? 0)) < 1e-9);
}

function loadsByStation(model: Model, needs: readonly NeedLoad[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const { target, hours } of needs) {
    const station = stationOf(target, model);
    if (station === undefined) continue;
    const sum = found.get(station) ?? new Array<number>(168).fill(0);
    found.set(station, sum);
    const [every = 0, ...others] = hours;
    for (let hour = 0; hour < sum.length; hour++)
      sum[hour] = (sum[hour] ?? 0) + (others.length === 0 ? every : (hours[hour] ?? 0));
  }
  return found;
}

/** The one resource or group that a need is met from. */
function stationOf(target: ActivityNeed['target'], model: Model): string | undefined {
  if (target.kind === 'resource') return target.resource;
  const { organisation, ...asked } = target;
  const [only, ...others] = groupsFor(asked, organisation, model);
  return others.length === 0 ? only?.id : undefined;
}

function hourText(hour: number): string {
  return `${WEEKDAYS[Math.floor(hour / 24)] ?? ''} ${String(hour % 24).padStart(2, '0')}:00`;
}
