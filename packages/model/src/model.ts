import type { Approval } from './approval.js';
import type {
  Cohort,
  Declaration,
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
import type { Decision, Question } from './regions/dialogue.js';
import type { Assessment, Instrument } from './regions/readiness.js';
import type { Deployment, TemplateNeed, Usage } from './regions/template.js';
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
  /** What can be carried from one territory to the next, and where it is; absent where nothing of the kind is declared. */
  readonly templates?: readonly Template[];
  readonly deployments?: readonly Deployment[];
  readonly instruments?: readonly Instrument[];
  readonly assessments?: readonly Assessment[];
  /** Where templates have been used, and what came of it; absent where nobody says so. */
  readonly usages?: readonly Usage[];
  readonly questions?: readonly Question[];
  readonly decisions?: readonly Decision[];
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

/** The lists of a model that hold what a meaning is made of: an approval is about a meaning and no part of one. */
export const MEANING_LISTS = [
  'sources',
  'territories',
  'organisations',
  'skills',
  'roles',
  'shifts',
  'staff',
  'resources',
  'stocks',
  'travel',
  'numbers',
  'cohorts',
  'pathways',
  'indicators',
  'expectations',
  'scales',
  'signals',
  'gauges',
  'triggers',
  'crises',
  'responses',
  'agreements',
  'ruleSets',
  'rosters',
  'payers',
  'scenarios',
  'studies',
] as const satisfies readonly (keyof Model)[];

export type MeaningList = (typeof MEANING_LISTS)[number];

/** A pathway that is written once and made real in territories by deployments. */
export interface Template extends Declaration {
  readonly needs: readonly TemplateNeed[];
  /**
   * All that is said in terms of the template, by the lists of a model: the pathway itself, what it needs as elements that
   * others will stand for, and indicators, responses, scenarios and whatever else speaks of it.
   */
  readonly parts: TemplateParts;
}

export type TemplateParts = Partial<Pick<Model, MeaningList>>;
