import { patientFlowsOf, waysBetween } from '@pathway/analysis';
import type { MapFacts } from '@pathway/diagram';

/** What views need to know that does not stand in a model itself. */
export const VIEW_FACTS: MapFacts = { flows: patientFlowsOf, waysBetween };
