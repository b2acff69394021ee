export * from './plan.js';
export type { TeamNeed } from './minimum.js';
export { coverFor, coverTargetText, type CoverTarget, parseCoverTarget } from './target.js';
export { roundedByWisn } from './wisn.js';
export { planStaffing, type SimulatedGroup, type StaffingOptions } from './plan-staffing.js';
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
export type { HourlyCover } from './duty/hourly-cover.js';
export type { RequestFinding } from './duty/request-report.js';
export type { RuleFinding } from './duty/rule-report.js';
export { KeyError, namesFromKey, type PersonNames, withNames } from './duty/key.js';
export { rosterTask, type RosterTask, type TaskOptions } from './duty/roster-task.js';
export { responseDates } from './duty/called-in.js';
export type { NeedLabel } from './duty/roster-needs.js';
export type { Member, StandingRoster } from './duty/roster-people.js';
export {
  noticesOf,
  repairOf,
  repairTask,
  type RepairTask,
  type RosterRepair,
  type RosterRepairChange,
} from './duty/roster-repair.js';
export type { RosterCall, StandInFact } from './duty/roster-calls.js';
export {
  explainRoster,
  type ExplainOptions,
  type Relaxation,
  type RosterConflict,
  type RosterExplanation,
} from './duty/explain-roster.js';
export type { ConflictFact, RelaxationFact, RuleFact, SomeDays } from './duty/explanation-facts.js';
export { replanRoster, type Replanned } from './roster/replan-roster.js';
export { type CalendarWords, rosterCalendar } from './duty/roster-calendar.js';
export { rosterTable } from './duty/roster-table.js';
export { parseRoster, ROSTER_SCHEMA_ID, rosterJsonSchema } from './duty/roster-schema.js';
export { skillReportOf, type SkillOptions, type SkillTable, skillTableOf } from './skills/skill-report-of.js';
export {
  parseSkillReport,
  SKILL_REPORT_SCHEMA_ID,
  type SkillHolder,
  type SkillMatching,
  type SkillReport,
  type SkillShiftCover,
  skillReportJsonSchema,
  type SkillSpot,
  type TrainingGain,
} from './skills/skill-report.js';
