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
import { wantsOf } from '../needs.js';
import type { Request } from '../offered-load.js';
import { overloadsOf } from '../overloads.js';

/** What is asked of a resource or a group, or of several of which any will do, is less than what there is. */
export function loadDiagnostics(
  model: Model,
  loads: readonly OfferedLoad[],
  requests: readonly Request[],
): Diagnostic[] {
  const overloads = overloadsOf(loads, requests);
  // A larger set is overloaded too where a part of it is.
  const least = overloads.filter(
    ({ stations }, i) =>
      !overloads.slice(0, i).some((smaller) => smaller.stations.every((each) => stations.includes(each))),
  );
  return least.flatMap(({ stations, load, capacity }) => {
    const declared = stations.flatMap(({ id }) => byId(model.resources, id) ?? byId(model.staff, id) ?? []);
    const [first] = declared;
    if (first === undefined) return [];
    const patience = patienceOf(model, declared);
    // Groups of one role at one place have one name.
    const name = [...new Set(stations.map(({ title }) => title))].join(' or ');
    const params = { name, load: formatNumber(load), capacity: formatNumber(capacity), patience } as const;
    return [createDiagnostic('PW5001', params, first.origin)];
  });
}

/**
 * Whether somebody waits for them, and for nothing else, for as long as it takes: a queue of others never grows without end. Nor may that of people who
 * come out of a race in which some finish, since how many go on does not follow from the text; all of them are counted.
 */
function patienceOf(
  model: Model,
  declared: readonly (Resource | StaffGroup)[],
): 'endless' | 'limited' | 'after a race' {
  const asks = (target: NeedTarget): boolean =>
    declared.some((each) =>
      target.kind === 'resource'
        ? target.resource === each.id
        : 'role' in each && (target.kind === 'skill' || target.role === each.role),
    );
  let afterRace = false;
  for (const { body } of model.pathways) {
    let mayHaveLeft = false;
    for (const { activity, ancestors } of walkActivities(body)) {
      const inRace = ancestors.some(({ kind }) => kind === 'race');
      mayHaveLeft ||= inRace && activity.kind === 'finish';
      // Whoever waits in a race is fetched away when another of its branches ends.
      if (inRace || (activity.kind !== 'step' && activity.kind !== 'hold') || !waitsForEver(activity)) continue;
      if (!wantsOf(activity).some((of) => of.every(asks))) continue;
      if (!mayHaveLeft) return 'endless';
      afterRace = true;
    }
  }
  return afterRace ? 'after a race' : 'limited';
}

function waitsForEver(activity: Step | Hold): boolean {
  return activity.waits === undefined && !(activity.kind === 'hold' && activity.policy === 'first free');
}
