import type { IProduction, TokenType } from 'chevrotain';
import {
  Alternation,
  Alternative,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Rule,
  Terminal,
} from 'chevrotain';

/** What a part of a rule may begin with. */
export interface Beginning {
  readonly tokens: ReadonlySet<TokenType>;
  /** True when it may be nothing. */
  readonly mayBeEmpty: boolean;
}

/**
 * What parts of the rules of a grammar begin with: the tokens that Chevrotain's `getLookaheadPaths` finds for one token, each
 * part looked at once (the FIRST sets of Aho, Lam, Sethi and Ullman, Compilers, 2nd edition, 4.4.2).
 */
export class FirstTokens {
  readonly #known = new Map<IProduction, Beginning>();

  /** What parts that follow one another begin with. */
  ofSequence(parts: readonly IProduction[]): Beginning {
    const tokens = new Set<TokenType>();
    for (const part of parts) {
      const { tokens: added, mayBeEmpty } = this.#of(part);
      for (const token of added) tokens.add(token);
      if (!mayBeEmpty) return { tokens, mayBeEmpty: false };
    }
    return { tokens, mayBeEmpty: true };
  }

  #of(part: IProduction): Beginning {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const found = this.#find(part);
    this.#known.set(part, found);
    return found;
  }

  #find(part: IProduction): Beginning {
    if (part instanceof Terminal) return { tokens: new Set([part.terminalType]), mayBeEmpty: false };
    if (part instanceof NonTerminal) return this.#of(part.referencedRule);
    if (part instanceof Alternation) return this.#ofAlternatives(part);
    if (part instanceof Option || part instanceof Repetition || part instanceof RepetitionWithSeparator)
      return { tokens: this.ofSequence(partsOf(part)).tokens, mayBeEmpty: true };
    return this.ofSequence(partsOf(part));
  }

  /** An alternative without any parts is none, as Chevrotain has it. */
  #ofAlternatives({ definition }: Alternation): Beginning {
    const alternatives = definition.filter((each) => partsOf(each).length > 0).map((each) => this.#of(each));
    return {
      tokens: new Set(alternatives.flatMap(({ tokens }) => [...tokens])),
      mayBeEmpty: alternatives.some(({ mayBeEmpty }) => mayBeEmpty),
    };
  }
}

/** The parts that a part of a rule consists of; a reference to a rule, and a token, have none. */
export function partsOf(part: IProduction): readonly IProduction[] {
  return part instanceof Rule ||
    part instanceof Alternation ||
    part instanceof Alternative ||
    part instanceof Option ||
    part instanceof Repetition ||
    part instanceof RepetitionWithSeparator ||
    part instanceof RepetitionMandatory ||
    part instanceof RepetitionMandatoryWithSeparator
    ? part.definition
    : [];
}
