/**
 * How much work may be done, in operations rather than seconds, so that the same seed and budget give the same roster on
 * every machine. A unit is about what one second of one processor core does.
 */
export class Effort {
  private operations = 0;

  /** @throws RangeError where there is nothing to spend: the searches go by shares of it */
  constructor(
    /** Units; Infinity where nothing but what is found ends the work. */
    readonly limit: number,
    /** Asked now and then; ends the work early with what there is. */
    private readonly interrupted: () => boolean = () => false,
  ) {
    if (!(limit > 0)) throw new RangeError(`An effort is a number of units above 0, not ${limit}: give at least 0.1.`);
  }

  add(operations: number): void {
    this.operations += operations;
  }

  /** Counts what other work with an effort of its own has spent, in units. */
  spend(units: number): void {
    this.operations += units * OPERATIONS_PER_UNIT;
  }

  /** Units spent so far. */
  get spent(): number {
    return this.operations / OPERATIONS_PER_UNIT;
  }

  /** Whether nothing more should be begun when `share` of the budget may be used. */
  over(limit = this.limit): boolean {
    return this.spent >= limit || this.interrupted();
  }
}

const OPERATIONS_PER_UNIT = 150e6;
