import { createDiagnostic, type Diagnostic, formatNumber, type Model } from '@pathway/model';
import type { OfferedLoad } from '../facts.js';

/** What is asked of a resource or a group is less than what there is. */
export function loadDiagnostics(model: Model, loads: readonly OfferedLoad[]): Diagnostic[] {
  return loads.flatMap(({ id, title, load, capacity, utilisation }) => {
    const declared = [...model.resources, ...model.staff].find((each) => each.id === id);
    if (declared === undefined || capacity === null || utilisation === null || utilisation < 1) return [];
    const params = { name: title, load: formatNumber(load), capacity: formatNumber(capacity) };
    return [createDiagnostic('PW5001', params, declared.origin)];
  });
}
