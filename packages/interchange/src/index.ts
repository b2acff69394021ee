export { FileError } from './file-error.js';
export { LogError } from './log-error.js';
export { type EventLog } from './log/event-log.js';
export { type ColumnChoice } from './log/columns.js';
export { type DateOrder } from './log/timestamps.js';
export { type LogChunks } from './log/decode.js';
export { readCsvLog, type ReadOptions } from './log/read-csv.js';
export { readXesLog } from './log/read-xes.js';
export { readOcelLog } from './log/read-ocel.js';
export { type SimulatedLog, type SimulatedRow } from './log/simulated-log.js';
export { type LogFormat, writeLog } from './log/write-log.js';
export { type Cell, csvTable } from './csv-table.js';
export { calibrate, type CalibrateOptions, type Calibration } from './calibrate.js';
export { discoveredText, type DiscoveredOptions } from './write/discovered-text.js';
export { scenarioText, type ScenarioOptions, stepsOf } from './write/scenario-text.js';
export { calibrationJson, type CalibrationSummary, summarise } from './report/summary.js';
export { calibrationHtml, calibrationMarkdown } from './report/report.js';
export { type CapAlert, type CapArea, CapError, type CapInfo, capSeconds } from './cap/cap-alert.js';
export { readCap } from './cap/read-cap.js';
export { exerciseAlert } from './cap/exercise-alert.js';
export { capXml } from './cap/write-cap.js';
export {
  AlertBook,
  alertBookSchema,
  type AlertBookState,
  type AlertEffect,
  type AlertRefusal,
} from './cap/alert-book.js';
export type { AlertSpan } from './cap/match-alert.js';
export { bpmnDocument, type BpmnDocument } from './bpmn/document.js';
export { type BpmnFile, bpmnXml } from './bpmn/bpmn-xml.js';
export { sizeOf as sizeOfSign } from './bpmn/bpmn-drawing.js';
export type { BpmnNode, BpmnProcess } from './bpmn/process.js';
export type { DrawnProcess } from './bpmn/drawn-process.js';
export { type ImportedBpmn, importBpmn } from './bpmn/bpmn-text.js';
export { directoryOf, directoryRows, type Service } from './directory/services.js';
export { type FhirBundle, fhirBundle, fhirDirectory, type FhirOptions } from './fhir/fhir-bundle.js';
export type { FhirRelease } from './fhir/fhir-json.js';
export { HaveError, type HaveReport } from './have/have-report.js';
export { looksLikeXml, readHave } from './have/read-have.js';
export { type BedNames, matchHave } from './have/match-have.js';
export { importHave, type ImportedHave } from './have/have-text.js';
export { CONSTRUCTS, type Engine, ENGINES, type Support } from './engines/constructs.js';
export { engineProgram } from './engines/engine-program.js';
export { prosimosBpmn } from './engines/prosimos/bpmn.js';
export { Aligner } from './conformance/align.js';
export { treeOfPathway } from './conformance/tree-of-pathway.js';
export { withCalled } from './called-pathways.js';
