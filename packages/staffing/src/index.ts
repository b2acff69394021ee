export * from './plan.js';
export { coverFor } from './delay.js';
export { planStaffing, type StaffingOptions } from './plan-staffing.js';
export { parseStaffingPlan, staffingPlanJsonSchema, STAFFING_PLAN_SCHEMA_ID } from './schema.js';
export { staffingTable, type StaffingTable } from './table.js';
export { loadSolver } from './roster/load-solver.js';
export { solveRoster, type Progress, type RosterSolution, type SolveOptions } from './roster/solve-roster.js';
export { coverOf, evaluateRoster, type Evaluation, type Violation } from './roster/evaluate-roster.js';
export type {
  CoverNeed,
  EarlierDays,
  LineLimit,
  LineRules,
  Roster,
  RosterPerson,
  RosterProblem,
  ShiftType,
  Wish,
} from './roster/problem.js';
export { clock, dutyRoster, type DutyLine, type DutyRoster, type Shortfall } from './duty/duty-roster.js';
export { rosterTask, type Member, type NeedLabel, type RosterTask } from './duty/roster-task.js';
export type { HourlyCover } from './duty/hourly-cover.js';
export type { RuleFinding } from './duty/rule-report.js';
export { KeyError, namesFromKey, type PersonNames, withNames } from './duty/key.js';
export { rosterCalendar, rosterTable } from './duty/roster-calendar.js';
export { ROSTER_SCHEMA_ID, rosterJsonSchema } from './duty/roster-schema.js';
