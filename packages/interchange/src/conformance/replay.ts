import type { FlowTree } from '../discovery/flow-tree.js';
import { keyOf } from '../discovery/variants.js';
import type { Work } from '../log/case-work.js';
import { Aligner, type Alignment, type FlowRun } from './align.js';

/** Longer cases are not aligned. */
const LONGEST_CASE = 2000;

/** What a step of the pathway took in the log; seconds. */
export interface StepTimes {
  /** From start to end, where the log has starts; else from the moment before which it could not have begun to its end. */
  readonly durations: number[];
  /** From that moment to the start; only where the log has starts. */
  readonly waits: number[];
  /** From request to start; only where the log has requests. */
  readonly queues: number[];
  /** Performers by their numbers in the log, and how often each. */
  readonly performers: Map<number, number>;
}

/** A difference between cases and the pathway. */
interface Deviation {
  /** `missing`: a step that a case lacks. `extra`: an event that the pathway does not foresee there. */
  readonly kind: 'missing' | 'extra';
  readonly label: number;
  readonly events: number;
  readonly cases: number;
}

/** What the cases of a log say of the blocks of a pathway, and how well they fit it. */
export interface Replay {
  readonly cases: number;
  /** Cases that were too long or too much work to align. */
  readonly notAligned: number;
  /** 1 − cost over the cost of leaving out every event and putting in the shortest way instead. */
  readonly fitness: number;
  /** Cases without any deviation. */
  readonly perfect: number;
  readonly deviations: readonly Deviation[];
  readonly steps: ReadonlyMap<string, StepTimes>;
  /** How often each branch was taken, by place. */
  readonly choices: ReadonlyMap<string, readonly number[]>;
  /** By place: how often a loop was entered, rounds in all, and how often it went round more than once. */
  readonly loops: ReadonlyMap<string, { readonly entries: number; readonly rounds: number; readonly repeated: number }>;
}

/** Brings cases and a tree together one after another. */
export class Replayer {
  private readonly aligner: Aligner;
  private readonly known = new Map<string, Alignment | undefined>();
  private readonly steps = new Map<string, StepTimes>();
  private readonly choices = new Map<string, number[]>();
  private readonly loops = new Map<string, { entries: number; rounds: number; repeated: number }>();
  private readonly deviations = new Map<
    string,
    { kind: 'missing' | 'extra'; label: number; events: number; cases: number }
  >();
  private cases = 0;
  private notAligned = 0;
  private perfect = 0;
  private cost = 0;
  private worst = 0;

  /** @param hasStarts whether the log has starts of an activity, by its number */
  constructor(
    tree: FlowTree,
    private readonly hasStarts: readonly boolean[],
  ) {
    this.aligner = new Aligner(tree);
  }

  /** @param arrival elapsed seconds of the case's first event */
  add(work: readonly Work[], arrival: number): void {
    this.cases += 1;
    const trace = work.map(({ activity }) => activity);
    const alignment = this.alignmentOf(trace);
    if (alignment === undefined) {
      this.notAligned += 1;
      return;
    }
    const { cost, run } = alignment;
    this.cost += cost;
    this.worst += trace.length + this.aligner.shortest;
    if (cost === 0) this.perfect += 1;
    const used = new Set<number>();
    const missing = new Set<number>();
    const extra = new Set<number>();
    this.follow(run, work, arrival, used, missing);
    work.forEach(({ activity }, event) => {
      if (used.has(event)) return;
      this.deviation('extra', activity, !extra.has(activity));
      extra.add(activity);
    });
  }

  finish(): Replay {
    const ranked = [...this.deviations.values()].sort(
      (a, b) => b.cases - a.cases || a.label - b.label || (a.kind < b.kind ? -1 : 1),
    );
    return {
      cases: this.cases,
      notAligned: this.notAligned,
      fitness: this.worst === 0 ? 1 : 1 - this.cost / this.worst,
      perfect: this.perfect,
      deviations: ranked,
      steps: this.steps,
      choices: this.choices,
      loops: this.loops,
    };
  }

  private alignmentOf(trace: readonly number[]): Alignment | undefined {
    if (trace.length > LONGEST_CASE) return undefined;
    const key = keyOf(trace);
    if (this.known.has(key)) return this.known.get(key);
    const alignment = this.aligner.align(trace);
    this.known.set(key, alignment);
    return alignment;
  }

  /** Walks through a run from the moment it could begin; answers when it ended. */
  private follow(run: FlowRun, work: readonly Work[], from: number, used: Set<number>, missing: Set<number>): number {
    switch (run.kind) {
      case 'step': {
        if (run.event === undefined) {
          if (run.label !== undefined) {
            this.deviation('missing', run.label, !missing.has(run.label));
            missing.add(run.label);
          }
          return from;
        }
        used.add(run.event);
        const one = work[run.event]!;
        this.measure(run.place, one, from);
        return Math.max(from, one.end);
      }
      case 'sequence':
        return run.parts.reduce((at, part) => this.follow(part, work, at, used, missing), from);
      case 'parallel':
        return run.branches.reduce(
          (latest, branch) => Math.max(latest, this.follow(branch, work, from, used, missing)),
          from,
        );
      case 'choice': {
        const counts = this.choices.get(run.place) ?? [];
        while (counts.length <= run.branch) counts.push(0);
        counts[run.branch]! += 1;
        this.choices.set(run.place, counts);
        return this.follow(run.run, work, from, used, missing);
      }
      case 'loop': {
        const counts = this.loops.get(run.place) ?? { entries: 0, rounds: 0, repeated: 0 };
        counts.entries += 1;
        counts.rounds += run.rounds;
        if (run.rounds > 1) counts.repeated += 1;
        this.loops.set(run.place, counts);
        return run.parts.reduce((at, part) => this.follow(part, work, at, used, missing), from);
      }
    }
  }

  private measure(place: string, { activity, start, end, request, resource }: Work, from: number): void {
    let times = this.steps.get(place);
    if (times === undefined) {
      times = { durations: [], waits: [], queues: [], performers: new Map() };
      this.steps.set(place, times);
    }
    // Where the log has starts, an end without one says nothing of the work.
    if (Number.isNaN(start)) {
      if (this.hasStarts[activity] !== true) times.durations.push(Math.max(0, end - from));
    } else {
      times.durations.push(end - start);
      times.waits.push(Math.max(0, start - from));
      if (!Number.isNaN(request)) times.queues.push(Math.max(0, start - request));
    }
    if (resource !== 0) times.performers.set(resource, (times.performers.get(resource) ?? 0) + 1);
  }

  private deviation(kind: 'missing' | 'extra', label: number, firstOfCase: boolean): void {
    const key = `${kind} ${label}`;
    const counted = this.deviations.get(key) ?? { kind, label, events: 0, cases: 0 };
    counted.events += 1;
    if (firstOfCase) counted.cases += 1;
    this.deviations.set(key, counted);
  }
}
