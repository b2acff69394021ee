import type { SimulationInput } from '@pathway/simulation';
import { plainText } from '../program-text.js';
import { gatherSign, refuseLateBatches, type WrittenBatch } from './batch-signs.js';
import type { CaseAttributes } from './case-attributes.js';
import { Chart, FreshNames } from './chart.js';
import { type Condition, no } from './conditions.js';
import type { Findings } from './findings.js';
import type { FlowDraft, Way, WrittenEvent, WrittenTask } from './flow-draft.js';
import { conditionOf, conditionSign, forkSign, matchSign, shareSign } from './gateway-signs.js';
import { fixed } from './laws.js';
import { againSign, roundsSign } from './round-signs.js';
import { eventSign, requestSign, timedSign } from './work-signs.js';

/** More signs than this are no process that anybody looks at. */
const MOST_SIGNS = 2000;

/** The ways of all patients as one process of tasks, timers and gateways. */
export class ProsimosFlow implements FlowDraft {
  readonly chart = new Chart();
  readonly tasks: WrittenTask[] = [];
  readonly events: WrittenEvent[] = [];
  readonly batches: WrittenBatch[] = [];
  readonly end: string;
  readonly #known = new Map<string, string>();
  readonly #ids = new FreshNames();
  /** Works that draw an attribute's value, by the attribute. */
  readonly #draws = new Map<number, Set<number>>();

  constructor(
    readonly input: SimulationInput,
    readonly attributes: CaseAttributes,
    readonly findings: Findings,
  ) {
    const start = this.chart.add({ id: this.fresh('start'), kind: 'start', name: 'Arrival' });
    this.end = this.chart.add({ id: this.fresh('end'), kind: 'end', name: 'End' });
    this.#begin(start);
    for (const [attribute, works] of this.#draws) {
      if (works.size > 1)
        findings.say(
          'numbers in attributes',
          input.attributes[attribute]?.name ?? '',
          'drawn anew for each of the steps that it is the time of',
        );
    }
    this.chart.finish();
    refuseLateBatches(this);
  }

  /** Every cohort goes where it begins. */
  #begin(start: string): void {
    const entries = new Map<number, Condition[]>();
    for (const { cohort } of this.attributes.cohorts) {
      const [entry, ...others] = cohort.entries;
      if (entry === undefined) continue;
      if (others.length > 0)
        this.findings.refuse(
          'several cohorts',
          this.findings.place(cohort),
          'its patients go several pathways at once, and a case goes one',
        );
      const conditions = entries.get(entry.instruction) ?? [];
      conditions.push(this.attributes.isOf(cohort));
      entries.set(entry.instruction, conditions);
    }
    const ways = [...entries].map(([at, conditions]) => ({ at, condition: conditions.flat() }));
    conditionSign(this, 'start', 'Who?', ways, { rounds: {}, joins: [] }, start);
  }

  known(key: string): string | undefined {
    return this.#known.get(key);
  }

  remember(key: string, sign: string): void {
    this.#known.set(key, sign);
  }

  draws(attribute: number, activity: number): void {
    const works = this.#draws.get(attribute) ?? new Set<number>();
    works.add(activity);
    this.#draws.set(attribute, works);
  }

  fresh(text: string): string {
    return this.#ids.of('Node', text);
  }

  name(activity: number): string {
    return this.input.activities[activity]?.id ?? '';
  }

  title(activity: number): string {
    return plainText(this.input.activities[activity]?.title ?? '');
  }

  sign(at: number, way: Way): string {
    const key = JSON.stringify([at, way]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.chart.size > MOST_SIGNS) {
      this.findings.refuse('repeat', this.input.title, 'the rounds are too many to be drawn one after another');
      return this.end;
    }
    // Where an instruction leads back to itself without anything that takes time, it is over.
    this.#known.set(key, this.end);
    const sign = this.#signOf(at, way, key);
    this.#known.set(key, sign);
    return sign;
  }

  #signOf(at: number, way: Way, key: string): string {
    const instruction = this.input.instructions[at];
    switch (instruction?.op) {
      case undefined:
      case 'exit':
        return this.end;
      case 'request':
        return requestSign(this, instruction, at, way, key);
      case 'work':
        return timedSign(this, instruction, [], at + 1, way, key);
      case 'jump':
        return this.sign(instruction.to, way);
      case 'way':
        return this.sign(instruction.to[0] ?? at + 1, way);
      case 'unless': {
        const condition = conditionOf(this, instruction.activity, instruction.condition);
        const ways = [
          { at: at + 1, condition },
          { at: instruction.to, condition: no(condition) },
        ];
        return conditionSign(
          this,
          this.name(instruction.activity),
          this.title(instruction.activity),
          ways,
          way,
          undefined,
          key,
        );
      }
      case 'match':
        return matchSign(this, instruction, way, key);
      case 'share':
        return shareSign(this, instruction, way, key);
      case 'fork':
        return forkSign(this, instruction, way, key);
      case 'gather':
        return gatherSign(this, instruction, at, way, key);
      case 'join': {
        const { gather, ...outside } = way;
        return gather === undefined ? (way.joins.at(-1) ?? this.end) : this.sign(gather, outside);
      }
      case 'rounds':
        return roundsSign(this, instruction, at, way);
      case 'again':
        return againSign(this, instruction, at, way, key);
      case 'finish':
        return eventSign(this, this.input.outcomes[instruction.outcome] ?? '', 'Outcome', fixed(0), at + 1, way, key);
      default:
        return this.sign(at + 1, way);
    }
  }
}
