/** What the command answers to the shell. */
export const EXIT = {
  /** All is well. */
  ok: 0,
  /** The pathways have errors, differ from their canonical form, or break an `expect`. */
  found: 1,
  /** The command could not do its work: a missing file, a wrong option, an output that cannot be written. */
  cannot: 2,
  /** `pathway test` alone: nothing is broken, and something could not be decided. */
  undecided: 3,
  /** The user stopped it; 128 + the number of the signal, as shells have it. */
  interrupted: 130,
} as const;

/** What `pathway diff` answers, in which a difference is no mistake. */
export const DIFF_EXIT = {
  /** Nothing differs in meaning. */
  same: 0,
  /** It could not compare. */
  cannot: 1,
  different: 2,
} as const;
