import {
  byId,
  createDiagnostic,
  type Diagnostic,
  formatNumber,
  type Hold,
  type Model,
  type NeedTarget,
  type Resource,
  type StaffGroup,
  type Step,
  walkActivities,
} from '@pathway/model';
import type { OfferedLoad } from '../facts.js';

/** What is asked of a resource or a group is less than what there is. */
export function loadDiagnostics(model: Model, loads: readonly OfferedLoad[]): Diagnostic[] {
  return loads.flatMap(({ id, title, load, capacity, utilisation }) => {
    if (capacity === null || utilisation === null || utilisation < 1) return [];
    const declared = byId(model.resources, id) ?? byId(model.staff, id);
    if (declared === undefined) return [];
    const patience = patienceOf(model, declared);
    const params = { name: title, load: formatNumber(load), capacity: formatNumber(capacity), patience } as const;
    return [createDiagnostic('PW5001', params, declared.origin)];
  });
}

/**
 * Whether somebody waits for it for as long as it takes: a queue of others never grows without end. Nor may that of people who
 * come out of a race in which some finish, since how many go on does not follow from the text; all of them are counted.
 */
function patienceOf(model: Model, declared: Resource | StaffGroup): 'endless' | 'limited' | 'after a race' {
  const asks = (target: NeedTarget): boolean =>
    target.kind === 'resource'
      ? target.resource === declared.id
      : 'role' in declared && (target.kind === 'skill' || target.role === declared.role);
  let afterRace = false;
  for (const { body } of model.pathways) {
    let mayHaveLeft = false;
    for (const { activity, ancestors } of walkActivities(body)) {
      const inRace = ancestors.some(({ kind }) => kind === 'race');
      mayHaveLeft ||= inRace && activity.kind === 'finish';
      // Whoever waits in a race is fetched away when another of its branches ends.
      if (inRace || (activity.kind !== 'step' && activity.kind !== 'hold') || !waitsForEver(activity)) continue;
      if (!activity.needs.some(({ of }) => of.some(asks))) continue;
      if (!mayHaveLeft) return 'endless';
      afterRace = true;
    }
  }
  return afterRace ? 'after a race' : 'limited';
}

function waitsForEver(activity: Step | Hold): boolean {
  return activity.waits === undefined && !(activity.kind === 'hold' && activity.policy === 'first free');
}
