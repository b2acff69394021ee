import { byId, createDiagnostic, type Diagnostic, formatNumber, type Model } from '@pathway/model';
import type { OfferedLoad } from '../facts.js';

/** What is asked of a resource or a group is less than what there is. */
export function loadDiagnostics(model: Model, loads: readonly OfferedLoad[]): Diagnostic[] {
  return loads.flatMap(({ id, title, load, capacity, utilisation }) => {
    if (capacity === null || utilisation === null || utilisation < 1) return [];
    const declared = byId(model.resources, id) ?? byId(model.staff, id);
    if (declared === undefined) return [];
    const params = { name: title, load: formatNumber(load), capacity: formatNumber(capacity) };
    return [createDiagnostic('PW5001', params, declared.origin)];
  });
}
