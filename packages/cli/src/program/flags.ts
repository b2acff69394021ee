/** Options of `pathway diff`. */
export interface DiffFlags {
  readonly from?: string;
  readonly to?: string;
  readonly format: 'text' | 'markdown' | 'html' | 'svg' | 'json' | 'sarif' | 'github' | 'gitlab';
  readonly pathway?: string;
  readonly consequences?: boolean;
  readonly fast?: boolean;
  readonly replications?: number;
  readonly workers?: number;
  readonly link?: string;
  readonly out?: string;
}

/** Options of `pathway exercise`. */
export interface ExerciseFlags {
  readonly scenario?: string;
  readonly for: 'facilitator' | 'participants';
  readonly figures?: boolean;
  /** A folder for its alerts. */
  readonly alerts?: string;
  readonly format: 'html' | 'markdown' | 'pdf';
  readonly language?: string;
  readonly workers?: number;
  readonly out?: string;
}

/** Options of `pathway watch`. */
export interface WatchFlags {
  readonly alerts: readonly string[];
  readonly values: readonly string[];
  readonly beds?: string;
  readonly sender: readonly string[];
  readonly state?: string;
  readonly drill?: boolean;
  readonly scenario?: string;
  readonly once?: boolean;
  readonly asOf?: string;
  readonly timezone?: string;
  readonly start?: string;
  readonly interval: number;
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  readonly format: 'text' | 'json';
}

/** Options of `pathway approve`. */
export interface ApproveFlags {
  readonly by?: string;
  readonly on?: string;
}

/** Options of `pathway calibrate`. */
export interface CalibrateFlags {
  readonly format?: 'csv' | 'xes' | 'ocel';
  readonly case?: string;
  readonly activity?: string;
  readonly time?: string;
  readonly start?: string;
  readonly lifecycle?: string;
  readonly resource?: string;
  readonly attributes?: string;
  readonly dates?: 'day-first' | 'month-first';
  readonly timezone?: string;
  readonly pathway?: string;
  readonly map: readonly string[];
  readonly threshold?: number;
  readonly noise?: number;
  readonly waits: 'keep' | 'drop';
  readonly seed?: number;
  readonly name?: string;
  readonly title?: string;
  readonly report?: string;
  readonly out?: string;
}

/** Where studies are run. */
export interface MachineFlags {
  readonly workers?: number;
  readonly on?: string;
  readonly deadline?: number;
}

/** What `pathway export` writes. */
export const EXPORT_FORMATS = [
  'bpmn',
  'fhir-r4',
  'fhir-r5',
  'xes',
  'ocel',
  'csv',
  'simpy',
  'ciw',
  'simmer',
  'prosimos',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Options of `pathway export`. */
export interface ExportFlags {
  readonly to: ExportFormat;
  readonly pathway?: string;
  readonly base?: string;
  readonly study?: string;
  readonly scenario?: string;
  readonly replication?: number;
  readonly seed?: number;
  readonly holds?: boolean;
  readonly partial?: boolean;
  readonly out?: string;
}

/** Options of `pathway import`. */
export interface ImportFlags {
  readonly out?: string;
}

/** Options of `pathway git`. */
export interface GitFlags {
  readonly hook?: boolean;
  readonly remove?: boolean;
  readonly command?: string;
  readonly all?: boolean;
}

/** Options of `pathway test`. */
export interface TestFlags extends MachineFlags {
  readonly study?: string;
  readonly budget?: { readonly replications: number } | { readonly seconds: number };
  readonly undecided?: 'apart' | 'pass' | 'broken';
  readonly format: 'text' | 'json' | 'github';
  readonly junit?: string;
  readonly sarif?: string;
  readonly replications?: number;
}

/** Options of `pathway simulate`. */
export interface SimulateFlags extends MachineFlags {
  readonly study?: string;
  /** How many, or which ones into a file. */
  readonly replications?: number | { readonly first: number; readonly last: number };
  readonly merge?: readonly string[];
  readonly seed?: number;
  readonly format: 'text' | 'json' | 'svg';
  /** BCP 47, of a drawing. */
  readonly language?: string;
  readonly out?: string;
}
