export { ProjectError } from './project-error.js';
export { checkProductFiles, type EmittedFile, type ProductFile } from './emitted-file.js';
export {
  CONFIG_FILE,
  DEFAULT_OUT,
  parseProjectConfig,
  projectJsonSchema,
  type ProductRequest,
  type ProjectConfig,
} from './project/config.js';
export { shownFile, type Project } from './project/project.js';
export {
  adoptEmitter,
  defineEmitter,
  type EmitContext,
  type Emitter,
  type EmitterDefinition,
  type OptionsResult,
  type OptionsSchema,
} from './emitters/emitter.js';
export { emitterNamed, registerEmitters, shippedEmitters } from './emitters/registry.js';
export { checkedAs, compileProject, type ProjectCompilation } from './pipeline/compile-project.js';
export { makeProducts, planProducts, type PlannedProduct } from './pipeline/build-products.js';
export {
  createSharedProducts,
  type DrawingStyle,
  type ProductMakers,
  type SharedProducts,
} from './pipeline/shared-products.js';
export { checkLanguage } from './project/language.js';
export { jsonText } from './emitters/json-text.js';
export { printedReportInput, reportInput } from './pipeline/report-input.js';
export { fileNames } from './pipeline/file-names.js';
export { findProject, findProjects, projectAround, resolveOutput, shownPath } from './host/find-projects.js';
export { createProjectReader } from './host/project-reader.js';
export { type ByteSource, openByteSource } from './host/byte-source.js';
export { hasByteOrderMark, readTextFile } from './host/text-files.js';
export {
  checkWritable,
  MANIFEST_FILE,
  writeFileSafely,
  writeNewFolder,
  writePiecesSafely,
  writeProducts,
  type WriteSummary,
} from './host/output-folder.js';
export { loadPlugins } from './host/plugins.js';
export { layOutWithDeadline } from './host/layout-with-deadline.js';
export { embedFonts } from './host/embedded-fonts.js';
export { scriptTypesetter } from './host/outline-scripts.js';
export { readPrintFonts } from './host/print-fonts.js';
export { rasterise } from './host/rasterise.js';
export { watchProjects, type ProjectWatch } from './host/watch.js';
export { adjustStudies, QUICK_REPLICATIONS, type StudyAdjustments } from './pipeline/adjust-study.js';
export { createReplicationPool, type ReplicationPool } from './host/replication-pool.js';
export { connectExecutor, connectWorker, DEFAULT_DEADLINE, DEFAULT_LEASE } from './host/distributed/spread.js';
export { jobsOfPart, partText, readParts, type ReplicationRange } from './host/distributed/parts.js';
export type { ReplicationWorker } from './host/distributed/replication-worker.js';
export { bpmnFile, prosimosFile } from './pipeline/bpmn.js';
export { withClosedForms } from './pipeline/closed-forms.js';
export { budgetCsv, budgetFile, budgetFileSchema, budgetJsonSchema } from './pipeline/budget.js';
export {
  type DerivedDemand,
  draftFile,
  type EffectRow,
  transferReport,
  type TransferReport,
} from './pipeline/transfer.js';
export { staffingCsv, staffingPlan } from './pipeline/staffing-plan.js';
export { openVersions, type VersionPair, type Versions, WORKING_FILES } from './host/versions.js';
export { compareProject, type Compared, type ComparedProject } from './pipeline/compare-versions.js';
export { studyWarnings, type StudyWarning } from './pipeline/study-warnings.js';
export { mergeTexts } from './pipeline/merge-texts.js';
export { ATTRIBUTES, removeFromGit, setUpGit } from './host/git-setup.js';
export { removeHook, setUpHook } from './host/git-hook.js';
export { checkStaged, type StagedCheck } from './host/staged.js';
export { blameElement, type Blame, type MeaningChange } from './host/git-history.js';
export {
  consequencesOf,
  type ConsequenceOptions,
  type ConsequenceRow,
  type Consequences,
  type PromiseRow,
} from './pipeline/consequences.js';
export { VIEW_FACTS } from './pipeline/view-facts.js';
export { readLoadFigures } from './pipeline/load-figures.js';
export { followedPatients } from './pipeline/followed-patients.js';
export { differenceMermaids, differencePictures } from './pipeline/difference-pictures.js';
export { explainApprovals } from './host/approval-history.js';
export { type ApprovalRequest, approve, type WrittenApproval } from './host/approve.js';
export { readWatchMemory, WatchInputs, type WatchPlaces, writeWatchMemory } from './host/watch-inputs.js';
export { lockWatchState } from './host/watch-lock.js';
export type { WatchMemory } from './watching/watch-memory.js';
export { WatchSession } from './watching/watch-session.js';
export { type WatchRecord, watchRecordJsonSchema, watchRecordSchema } from './watching/watch-record.js';
export { readBedNames } from './watching/watch-have.js';
export { type TableLayout } from './watching/watch-table.js';
export { repairOfRoster, rosterCsv, taskOfRoster } from './pipeline/make-roster.js';
export { readRosterEvents } from './pipeline/roster-events.js';
export { isKeptByGit, readKey } from './host/read-key.js';
export { skillMatrix, skillTable } from './pipeline/skill-matrix.js';
export { skillMatrixCsv, skillReport } from './pipeline/skills.js';
export { solveInWorker, type Solving, type SolvingOptions } from './host/solve-in-worker.js';
export { type AddedPackage, addPackage, packageNamed } from './host/hub/add-package.js';
export { findPackages, type FoundPackage, keptPackages, packageAt } from './host/hub/find-packages.js';
export { packageFacts, type PackageFacts } from './hub/package-facts.js';
export type { PackageManifest } from './hub/package-manifest.js';
export { publishPoints, type PublishPoint } from './hub/publish-check.js';
export { searchPackages } from './hub/search.js';
export { type DimensionReport, type ReadinessReport, readinessReports } from './pipeline/readiness.js';
export { waysBetween } from '@pathway/analysis';
