import type { Declaration } from '../elements.js';

/** What is open, and for whom to answer. Dates are ISO dates. */
export interface Question extends Declaration {
  /** Ids of the organisations. */
  readonly organisations: readonly string[];
  readonly asked?: string;
  /** Ids of what cannot be approved before this is answered. */
  readonly blocks: readonly string[];
  readonly note?: string;
}

/** What has been decided. */
export interface Decision extends Declaration {
  /** Ids of the questions that it answers. */
  readonly answers: readonly string[];
  readonly decided?: string;
  readonly organisations: readonly string[];
  readonly reason?: string;
  readonly note?: string;
}

/** The questions that no decision answers. */
export function openQuestions(model: {
  readonly questions?: readonly Question[];
  readonly decisions?: readonly Decision[];
}): readonly Question[] {
  const answered = new Set((model.decisions ?? []).flatMap(({ answers }) => answers));
  return (model.questions ?? []).filter(({ id }) => !answered.has(id));
}
