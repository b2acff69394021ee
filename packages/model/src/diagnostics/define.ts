/** How much a diagnostic matters: an error stops every product, the others only tell. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** What a diagnostic's message is made of. Numbers and names come as text, so that each check decides how they read. */
export type DiagnosticParameters = Readonly<Record<string, string | number>>;

/** A diagnostic as the catalogue declares it. */
export interface DiagnosticDefinition<P extends DiagnosticParameters = never> {
  readonly severity: Severity;
  /** A few words, for lists and page titles. */
  readonly title: string;
  /** One sentence in plain words that explains the diagnostic without its parameters. */
  readonly explanation: string;
  readonly message: (params: P) => string;
  /** How it is put right, where that can be said in general. */
  readonly hint?: string;
}

/** A band of the catalogue. The map keeps each message's own parameters in its type, so that a check cannot miss one. */
export function defineDiagnostics<const T extends Readonly<Record<`PW${number}`, DiagnosticDefinition>>>(
  map: T,
): Readonly<T> {
  return Object.freeze(map);
}
