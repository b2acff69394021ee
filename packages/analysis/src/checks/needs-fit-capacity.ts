import {
  constantValue,
  createDiagnostic,
  type Diagnostic,
  formatNumber,
  type Model,
  type NeedTarget,
  type Pathway,
  type Schedule,
  type Step,
  type Hold,
  type StudyCalendar,
  titleOf,
  byId,
} from '@pathway/model';
import { needsOf } from '../needs.js';
import { groupsFor, mostUnits, placeOf, presenceOf } from '../stations.js';

/** No step or hold asks for more at once than there ever is of any of its alternatives. */
export function needsFitCapacity(model: Model, calendar: StudyCalendar): Diagnostic[] {
  const counts = new Map<string, number>();
  const most: MostUnits = (id, schedule) => {
    const known = counts.get(id) ?? mostUnits(schedule(), calendar, model);
    counts.set(id, known);
    return known;
  };
  return needsOf(model)
    .filter(({ need, target }) => need.of[0] === target)
    .flatMap(({ activity, pathway, need }) => {
      const wanted = constantValue(need.amount, model);
      if (wanted === undefined) return [];
      const mostOfEach = need.of.map((target) => mostOf(target, activity, pathway, model, most));
      // Where there is nobody at all, another sentence says so.
      if (mostOfEach.some((each) => each === undefined || each >= wanted)) return [];
      const name = need.of.map((target) => nameOf(target, model)).join(' or ');
      const largest = Math.max(...mostOfEach.map((each) => each ?? 0));
      const params = { name, wanted: formatNumber(wanted), most: formatNumber(largest) };
      return [createDiagnostic('PW5004', params, need.origin)];
    });
}

/** The most units that there ever are of a resource or group of people, worked out once for each. */
type MostUnits = (id: string, schedule: () => Schedule) => number;

function mostOf(
  target: NeedTarget,
  activity: Step | Hold,
  pathway: Pathway,
  model: Model,
  most: MostUnits,
): number | undefined {
  if (target.kind === 'resource') {
    const resource = byId(model.resources, target.resource);
    return resource && most(resource.id, () => resource.count) + unitsConverted(resource.id, model);
  }
  const groups = groupsFor(target, placeOf(activity.kind === 'step' ? activity : {}, pathway), model);
  if (groups.length === 0) return undefined;
  return groups.reduce((sum, group) => sum + most(group.id, () => presenceOf(group, model).schedule), 0);
}

/** Units of others that become units of a resource in any scenario. */
function unitsConverted(resource: string, model: Model): number {
  return model.scenarios
    .flatMap(({ conversions = [] }) => conversions)
    .filter(({ target }) => target === resource)
    .reduce((sum, { amount }) => sum + (constantValue(amount, model) ?? 0), 0);
}

function nameOf(target: NeedTarget, model: Model): string {
  const [id, declared] =
    target.kind === 'resource'
      ? [target.resource, byId(model.resources, target.resource)]
      : target.kind === 'role'
        ? [target.role, byId(model.roles, target.role)]
        : [target.skill, byId(model.skills, target.skill)];
  return declared === undefined ? id : titleOf(declared);
}

/** No group has more people on duty than it has people. */
export function presenceFitsHeadcount(model: Model, calendar: StudyCalendar): Diagnostic[] {
  return model.staff.flatMap((group) => {
    const headcount = group.people.length > 0 ? group.people.length : constantValue(group.headcount, model);
    if (group.onDuty === undefined || headcount === undefined) return [];
    const onDuty = mostUnits(group.onDuty, calendar, model);
    if (onDuty <= headcount) return [];
    const params = { group: titleOf(group), onDuty: formatNumber(onDuty), headcount: formatNumber(headcount) };
    return [createDiagnostic('PW5006', params, group.origin)];
  });
}
