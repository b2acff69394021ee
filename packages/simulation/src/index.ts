export * from './results.js';
export * from './figure-results.js';
export * from './method-results.js';
export * from './plan-results.js';
export * from './timeline-results.js';
export { studyResultsSchema } from './results-schema/study.js';
export { SimulationError } from './errors.js';
export type { InputArrivals, InputNeed, InputPool, InputStock, SimulationInput, StepFunction } from './input/types.js';
export type { InputExpression } from './input/expression-types.js';
export type { Instruction } from './input/instruction-types.js';
export type { InputFormula, InputIndicator, InputMeasure } from './input/measure-types.js';
export { compileInput } from './input/compile.js';
export { parseSimulationInput, SIMULATION_INPUT_SCHEMA_ID, simulationInputJsonSchema } from './input/schema.js';
export {
  batchesOf,
  type BatchResult,
  joinBatches,
  type ReplicationResult,
  runReplication,
  runReplicationByBatch,
  runReplicationInChunks,
  traceReplication,
  traceRows,
} from './study/replication.js';
export { parseReplicationResult, plainReplication } from './study/replication-schema.js';
export { type ExecutionHooks, inThisThread, type ReplicationExecutor, type ReplicationJob } from './study/executor.js';
export type { RunLimits } from './engine/limits.js';
export type { TraceRow } from './engine/run.js';
export {
  attachClosedForm,
  type ClosedFormValue,
  type SimulationOptions,
  simulateStudy,
  studyInputs,
} from './study/study.js';
export { estimateOfFigures } from './study/patients-figure.js';
export { compareInputs, type PairedRuns } from './study/compare-inputs.js';
export { type StudyTest, type TestBudget, type TestedExpectation, testStudy } from './study/test-study.js';
