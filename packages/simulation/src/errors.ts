/**
 * A model that cannot be simulated, or a run that had to stop. `origin` is `file:line:column` of the place to look at.
 */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
  readonly origin: string | undefined;

  constructor(message: string, origin?: string) {
    super(origin === undefined ? message : `${message} (${origin})`);
    this.origin = origin;
  }
}
