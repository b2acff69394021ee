export * from './plan.js';
export { coverFor } from './delay.js';
export { planStaffing, type StaffingOptions } from './plan-staffing.js';
export { parseStaffingPlan, staffingPlanJsonSchema, STAFFING_PLAN_SCHEMA_ID } from './schema.js';
export { staffingTable, type StaffingTable } from './table.js';
