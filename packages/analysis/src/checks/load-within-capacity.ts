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
    const patience = hasPatientQueue(model, declared) ? 'endless' : 'limited';
    const params = { name: title, load: formatNumber(load), capacity: formatNumber(capacity), patience } as const;
    return [createDiagnostic('PW5001', params, declared.origin)];
  });
}

/** Whether somebody waits for it for as long as it takes: a queue of others never grows without end. */
function hasPatientQueue(model: Model, declared: Resource | StaffGroup): boolean {
  const asks = (target: NeedTarget): boolean =>
    target.kind === 'resource'
      ? target.resource === declared.id
      : 'role' in declared && (target.kind === 'skill' || target.role === declared.role);
  return model.pathways.some(({ body }) =>
    [...walkActivities(body)].some(
      ({ activity }) =>
        (activity.kind === 'step' || activity.kind === 'hold') &&
        waitsForEver(activity) &&
        activity.needs.some(({ of }) => of.some(asks)),
    ),
  );
}

function waitsForEver(activity: Step | Hold): boolean {
  return activity.waits === undefined && !(activity.kind === 'hold' && activity.policy === 'first free');
}
