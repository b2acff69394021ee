import type { IRecognitionException, IToken, TokenType } from 'chevrotain';
import { balanceBrackets } from './brackets.js';
import { candidates, type Candidate } from './candidates.js';
import { expectedWords } from './expectation.js';
import { LIMITS } from './limits.js';
import type { Mistake } from './mistake.js';
import { mistake } from './mistake.js';
import { describeToken } from './token-words.js';
import { spanOf } from './tokens.js';
import { startsDeclaration, type Vocabulary } from './vocabulary.js';

/** What the repair needs of the parser: a trial parse of some tokens as if they were a file. */
export interface TrialParser {
  readonly words: Vocabulary;
  /** The errors of a parse, in order, each with the tokens that could have stood there. */
  attempt(tokens: readonly IToken[]): readonly TrialError[];
}

export interface TrialError {
  readonly error: IRecognitionException;
  readonly expected: readonly TokenType[];
}

interface PlacedMistake {
  readonly mistake: Mistake;
  readonly token: IToken;
}

/** Tokens put right as far as possible, and one mistake for each thing that was wrong. */
export interface Repair {
  readonly tokens: readonly IToken[];
  readonly mistakes: readonly PlacedMistake[];
}

/** Tokens that trial parses may read in all: bounds the time spent on a broken file, without a clock. */
const TRIAL_TOKENS = 150_000;

/**
 * Finds what is wrong in tokens that do not parse. Declarations that begin in the first column are looked at one by
 * one, so that a slip in one says nothing about the next. In each, brackets are balanced first; then, as long as the
 * parser stops, the likeliest corrections of the place are tried, and the one that lets it get furthest is taken. A
 * place that no correction helps is reported as it is, and what follows from it is not.
 */
export function repairTokens(tokens: readonly IToken[], parser: TrialParser): Repair {
  const repairer = new Repairer(parser);
  const parts = declarationParts(tokens).map((part) => repairer.repair(part));
  return { tokens: parts.flatMap((part) => part.tokens), mistakes: parts.flatMap((part) => part.mistakes) };
}

function declarationParts(tokens: readonly IToken[]): IToken[][] {
  const parts: IToken[][] = [];
  for (const [index, token] of tokens.entries()) {
    const last = parts[parts.length - 1];
    const starts = token.startColumn === 1 && token.tokenType.name !== 'STRING' && startsDeclaration(token.image);
    // Imports stay with what follows, since they may only stand in front of it.
    if (last === undefined || (starts && index > 0 && last[last.length - 1]?.startLine !== token.startLine))
      parts.push([token]);
    else last.push(token);
  }
  return parts;
}

class Repairer {
  #left = TRIAL_TOKENS;
  #declared = false;
  #count = 0;

  constructor(readonly parser: TrialParser) {}

  repair(part: readonly IToken[]): Repair {
    const moved = this.#refuseLateImport(part);
    if (moved !== undefined) return moved;
    if (this.#count > LIMITS.mistakes || this.#attempt(part).length === 0) return { tokens: part, mistakes: [] };
    const { types } = this.parser.words;
    const balanced = balanceBrackets(part, types);
    const mistakes: PlacedMistake[] = [...balanced.mistakes];
    let tokens = balanced.tokens;
    let settled = -1;
    // Each round settles one mistake; a part cannot have more than it has tokens.
    for (let round = 0; round <= part.length && this.#left > 0; round++) {
      const errors = this.#attempt(tokens);
      const next = errors.map((error) => toStop(error, tokens)).find((stop) => stop.index > settled);
      if (next === undefined) break;
      const best = this.#best(next);
      if (best !== undefined) {
        tokens = best.tokens;
        mistakes.push(best.guess === true ? withFixes(unexplained(next, next.error), best) : best);
        continue;
      }
      mistakes.push(unexplained(next, next.error));
      settled = endOfRegion(next, next.error);
    }
    const own = withoutCascades(mistakes);
    this.#count += own.length;
    return { tokens, mistakes: own };
  }

  /** An import after the first declaration is a mistake that only the whole file shows. */
  #refuseLateImport(part: readonly IToken[]): Repair | undefined {
    const first = part[0];
    if (first?.image !== 'import') {
      this.#declared = true;
      return undefined;
    }
    if (!this.#declared) return undefined;
    const stop = { tokens: part, index: 0, expected: [], topLevel: true };
    const [found] = candidates(stop, this.parser.words);
    return found === undefined ? undefined : { tokens: found.tokens, mistakes: [found] };
  }

  #attempt(tokens: readonly IToken[]): readonly TrialError[] {
    this.#left -= tokens.length + 10;
    return this.parser.attempt(tokens);
  }

  #best(stop: StoppedAt): Candidate | undefined {
    let best: Candidate | undefined;
    let furthest = stop.index;
    for (const candidate of candidates(stop, this.parser.words)) {
      if (candidate.certain) return candidate;
      if (this.#left <= 0) break;
      const reached = this.#reach(candidate);
      if (candidate.guess === true && reached !== Number.POSITIVE_INFINITY) continue;
      // Where several words would do, which one was meant is not known, and none is offered.
      if (best?.guess === true) return candidate.guess === true ? withoutFixes(best) : best;
      if (reached > furthest) {
        furthest = reached;
        best = candidate;
      }
      if (reached === Number.POSITIVE_INFINITY && candidate.guess !== true) break;
    }
    // A correction that only moves the stop to the next word explains nothing.
    return best !== undefined && furthest > stop.index + 1 ? best : undefined;
  }

  /** How many tokens the parser gets through, counted in the tokens before the correction. */
  #reach(candidate: Candidate): number {
    const [first] = this.#attempt(candidate.tokens);
    return first === undefined ? Number.POSITIVE_INFINITY : toStop(first, candidate.tokens).index;
  }
}

interface StoppedAt {
  readonly tokens: readonly IToken[];
  readonly index: number;
  readonly expected: readonly TokenType[];
  readonly topLevel: boolean;
  readonly error: IRecognitionException;
}

function toStop({ error, expected }: TrialError, tokens: readonly IToken[]): StoppedAt {
  const index = error.token.tokenType.name === 'EOF' ? tokens.length : tokens.indexOf(error.token);
  const topLevel = error.context.ruleStack.length <= 1;
  return { tokens, index: index < 0 ? tokens.length : index, expected, topLevel, error };
}

function unexplained({ tokens, index, expected }: StoppedAt, error: IRecognitionException): PlacedMistake {
  const token = tokens[index];
  const last = tokens[index - 1];
  const words = expectedWords(error.context.ruleStack, expected);
  if (token === undefined) {
    const end = last === undefined ? 0 : spanOf(last).end;
    const found = 'the end';
    return {
      mistake: mistake('PW1001', { found, expected: words }, { start: Math.max(0, end - 1), end }),
      token: last ?? error.token,
    };
  }
  return { mistake: mistake('PW1001', { found: describeToken(token), expected: words }, spanOf(token)), token };
}

function withFixes(placed: PlacedMistake, { mistake: { fixes } }: Candidate): PlacedMistake {
  return { ...placed, mistake: { ...placed.mistake, fixes } };
}

function withoutFixes(candidate: Candidate): Candidate {
  return { ...candidate, mistake: { ...candidate.mistake, fixes: [] } };
}

/** Index of the last token that the parser left out to get going again. */
function endOfRegion({ tokens, index }: StoppedAt, error: IRecognitionException): number {
  const skipped = error.resyncedTokens[error.resyncedTokens.length - 1];
  const end = Math.max(index, skipped === undefined ? index : tokens.indexOf(skipped));
  // What stands on the rest of that line belongs to the same mistake.
  const line = tokens[end]?.endLine;
  let last = end;
  while (line !== undefined && tokens[last + 1]?.startLine === line) last++;
  return last;
}

/** Two mistakes on one line are one: the first is the cause. */
function withoutCascades(mistakes: readonly PlacedMistake[]): PlacedMistake[] {
  const ordered = [...mistakes].sort((a, b) => a.mistake.start - b.mistake.start || a.mistake.end - b.mistake.end);
  return ordered.filter((placed, index) => {
    const before = ordered[index - 1];
    if (before === undefined) return true;
    return placed.token.startLine !== before.token.startLine || bothExplained(placed, before);
  });
}

/** Corrections that were tried and helped are mistakes of their own, also on one line. */
function bothExplained(...placed: PlacedMistake[]): boolean {
  return placed.every(({ mistake: { code } }) => code !== 'PW1001' && code !== 'PW1005' && code !== 'PW1011');
}
