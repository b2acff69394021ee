import type { Instruction, SimulationInput } from '@pathway/simulation';
import type { WrittenBatch } from './batch-signs.js';
import type { CaseAttributes } from './case-attributes.js';
import type { Chart } from './chart.js';
import type { Condition } from './conditions.js';
import type { Findings } from './findings.js';
import type { ProsimosLaw } from './laws.js';

/** The instructions of one kind. */
export type Op<K extends Instruction['op']> = Extract<Instruction, { op: K }>;

/** A task with the pools whose units do it, one at a time. */
export interface WrittenTask {
  readonly id: string;
  readonly pools: readonly number[];
  readonly law: ProsimosLaw;
}

/** Something that takes time and nobody: a timer. */
export interface WrittenEvent {
  readonly id: string;
  readonly law: ProsimosLaw;
}

/** How far a way has come: rounds made, and where the branches around it end. */
export interface Way {
  readonly rounds: Readonly<Record<number, number>>;
  readonly joins: readonly string[];
  /** Where a group that is underway parts: the instruction after it. */
  readonly gather?: number;
}

/** The process while it is made, as each kind of instruction sees it. */
export interface FlowDraft {
  readonly input: SimulationInput;
  readonly attributes: CaseAttributes;
  readonly findings: Findings;
  readonly chart: Chart;
  readonly tasks: WrittenTask[];
  readonly events: WrittenEvent[];
  readonly batches: WrittenBatch[];
  /** The sign at which every case ends. */
  readonly end: string;
  /** The sign that an instruction leads to. */
  sign(at: number, way: Way): string;
  /** The sign that is known under a key, so that ways may lead back to it. */
  known(key: string): string | undefined;
  remember(key: string, sign: string): void;
  /** An id that XML takes, and nothing else has. */
  fresh(text: string): string;
  name(activity: number): string;
  title(activity: number): string;
  /** Notes that an attribute's value is drawn where an activity works. */
  draws(attribute: number, activity: number): void;
}

/** A condition in words; nothing for one that is too long to stand beside a line. */
export function conditionText(condition: Condition): string {
  if (condition.length !== 1) return '';
  const rules = condition[0] ?? [];
  return rules.length > 2 ? '' : rules.map((rule) => `${rule.attribute} ${rule.comparison} ${rule.value}`).join(', ');
}
