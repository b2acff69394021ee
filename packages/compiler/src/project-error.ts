/**
 * Something outside the pathways that stops the work: a missing file, a setting that cannot be, an output that cannot
 * be written. The message says what is wrong and where; `advice` what to do next. Faces show both, never a stack, and
 * end with exit code 2.
 */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
  readonly advice: string | undefined;

  constructor(message: string, advice?: string) {
    super(message);
    this.advice = advice;
  }
}
