import type { Approval } from './approval.js';
import type {
  Cohort,
  NamedNumber,
  Organisation,
  Resource,
  Role,
  Shift,
  Skill,
  Source,
  StaffGroup,
  Stock,
  Territory,
  Travel,
} from './elements.js';
import type { Pathway } from './flow.js';
import type { Crisis } from './crisis/crisis.js';
import type { Response } from './crisis/response.js';
import type { Gauge, Scale, Signal, Trigger } from './crisis/watching.js';
import type { Expectation, Indicator } from './measurement.js';
import type { Agreement } from './regions/agreement.js';
import type { Payer } from './regions/payer.js';
import type { RosterDeclaration, RuleSet } from './rosters.js';
import type { Conversion, Scenario, Study } from './study.js';

/** Version of the language and of the shape of the model; part of every machine-readable output. */
export const LANGUAGE_VERSION = '0.1';

/**
 * What a project's texts mean, as frozen JSON-able values without a trace of the parser. Lists keep the order of
 * declaration: files in order of import, then textual order.
 */
export interface Model {
  readonly languageVersion: string;
  /** SHA-256 over the meaning-bearing sources, hexadecimal; ties a result to the text it came from. */
  readonly sourceHash: string;
  readonly title: string;
  readonly sources: readonly Source[];
  readonly territories: readonly Territory[];
  readonly organisations: readonly Organisation[];
  readonly skills: readonly Skill[];
  readonly roles: readonly Role[];
  readonly shifts: readonly Shift[];
  readonly staff: readonly StaffGroup[];
  readonly resources: readonly Resource[];
  readonly stocks: readonly Stock[];
  readonly travel: readonly Travel[];
  readonly numbers: readonly NamedNumber[];
  readonly cohorts: readonly Cohort[];
  readonly pathways: readonly Pathway[];
  readonly indicators: readonly Indicator[];
  readonly expectations: readonly Expectation[];
  /** What is watched, what can happen and what is done then; absent where nothing of the kind is declared. */
  readonly scales?: readonly Scale[];
  readonly signals?: readonly Signal[];
  readonly gauges?: readonly Gauge[];
  readonly triggers?: readonly Trigger[];
  readonly crises?: readonly Crisis[];
  readonly responses?: readonly Response[];
  /** What organisations have agreed, and who pays; absent where nothing of the kind is declared. */
  readonly agreements?: readonly Agreement[];
  readonly payers?: readonly Payer[];
  /** Absent where nothing of the kind is declared. */
  readonly ruleSets?: readonly RuleSet[];
  readonly rosters?: readonly RosterDeclaration[];
  readonly scenarios: readonly Scenario[];
  readonly studies: readonly Study[];
  /** Those of the scenario that was applied; absent for none. */
  readonly conversions?: readonly Conversion[];
  /** Absent where nothing is approved. */
  readonly approvals?: readonly Approval[];
}
