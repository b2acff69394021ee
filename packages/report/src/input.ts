import type { ModelFacts } from '@pathway/analysis';
import type { Diagnostic, Model, Origin } from '@pathway/model';
import type { StudyResults } from '@pathway/simulation';
import type { StaffingPlan } from '@pathway/staffing';
import type { Language } from './words/languages.js';

/** Everything that a report may show; whatever is missing is left out of the page, and said so where it matters. */
export interface ReportInput {
  /** The language that the report is written in; English without it. Titles are shown as they stand here. */
  readonly language?: Language;
  readonly model: Model;
  /** One for each study, in the order in which they are to be read. */
  readonly results: readonly StudyResults[];
  /** One for each scenario for which the staffing need was computed. */
  readonly plans: readonly StaffingPlan[];
  /** Exact facts, one for each scenario. */
  readonly facts: readonly ModelFacts[];
  /** Pathway id → the pathway's drawing as a complete SVG document. */
  readonly diagrams: Readonly<Record<string, string>>;
  /** Pathway id → the same on as many sheets as it needs on paper, each a complete SVG document; forms for print show these. */
  readonly sheets?: Readonly<Record<string, readonly { readonly title: string; readonly svg: string }[]>>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReportOptions {
  /** The colours of the page, where it is shown inside something that has its own; without it those of the reader's system. */
  readonly theme?: 'light' | 'dark';
  /**
   * Where a place in the sources can be read: a relative path, or an address with the scheme http, https, file or
   * vscode. Places stay plain text without it.
   */
  readonly link?: (origin: Origin) => string;
}
