export { LogError } from './log-error.js';
export { type EventLog } from './log/event-log.js';
export { type ColumnChoice } from './log/columns.js';
export { type DateOrder } from './log/timestamps.js';
export { readCsvLog, type ReadOptions } from './log/read-csv.js';
export { readXesLog } from './log/read-xes.js';
export { calibrate, type CalibrateOptions, type Calibration } from './calibrate.js';
