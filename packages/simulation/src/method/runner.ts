import { type ReplicationExecutor, type ReplicationJob, inThisThread } from '../study/executor.js';
import type { ReplicationResult } from '../study/replication.js';

/** What the parts of a study need to run replications with. */
export interface RunnerOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly onResult?: (job: ReplicationJob, result: ReplicationResult) => void;
  readonly shouldStop?: () => boolean;
  readonly executor?: ReplicationExecutor;
}

/** Runs the replications of a study and keeps count of them, over all its methods. */
export class Runner {
  #done = 0;
  #total = 0;

  constructor(private readonly options: RunnerOptions) {}

  /** Whether the user has asked to stop. */
  get stopped(): boolean {
    return this.options.shouldStop?.() === true;
  }

  /** Tells how many replications there will be at most, beside those that were told before. */
  expect(replications: number): void {
    this.#total += replications;
  }

  /** Tells that so many of the expected ones will not be needed. */
  spare(replications: number): void {
    this.#total -= replications;
  }

  /** The results in the order of the jobs; undefined for those that were not done because of a stop. */
  async run(jobs: readonly ReplicationJob[]): Promise<readonly (ReplicationResult | undefined)[]> {
    const { executor = inThisThread, onProgress, onResult } = this.options;
    return executor.run(jobs, {
      shouldStop: () => this.stopped,
      onDone: () => {
        this.#done++;
        onProgress?.(this.#done, Math.max(this.#done, this.#total));
      },
      onResult: (place, result) => {
        const job = jobs[place];
        if (job !== undefined) onResult?.(job, result);
      },
    });
  }
}
