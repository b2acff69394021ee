export * from './facts.js';
export { pooledBlocking, type PooledUnits } from './loss-network.js';
export { type CohortTraffic, type KindTraffic, trafficOf, type Visit } from './traffic.js';
export type { PatientKind } from './patients.js';
export { type ArrivalRate, arrivalRate } from './arrival-rate.js';
export { activityDemand } from './demand.js';
export { type ClosedForm, closedForms } from './closed-forms.js';
export { type Analysis, analyse } from './analyse.js';
export { pathwaysAreApproved } from './checks/approvals-are-current.js';
