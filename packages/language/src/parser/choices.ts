import type { ILookaheadStrategy, IProduction, IToken, LookaheadProductionType } from 'chevrotain';
import {
  Alternation,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Rule,
} from 'chevrotain';
import { FirstTokens, partsOf } from './first-tokens.js';
import { FollowingTokens } from './following-tokens.js';

/** Chevrotain's parser, as far as it is asked for the token that comes next. */
interface Reader {
  LA_FAST(howFar: number): IToken;
}

type AlternationOptions = Parameters<ILookaheadStrategy['buildLookaheadForAlternation']>[0];
type Choose = ReturnType<ILookaheadStrategy['buildLookaheadForAlternation']>;
type OptionalOptions = Parameters<ILookaheadStrategy['buildLookaheadForOptional']>[0];
type Enter = ReturnType<ILookaheadStrategy['buildLookaheadForOptional']>;

const KINDS = {
  Alternation,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
} as const;

/**
 * Lets a strategy work out how a choice is made when it is made first, and choices that one token decides from sets of
 * tokens that are worked out once for each rule. Langium's strategy (LL(*): Parr, Harwell and Fisher, Adaptive LL(*) parsing,
 * OOPSLA 2014) walks the grammar anew for each choice. The choices are the same: those that one token does not decide are
 * left to the strategy. The tokens of the grammar have no categories.
 */
export function chooseWhenAsked(strategy: ILookaheadStrategy): void {
  const first = new FirstTokens();
  const following = new FollowingTokens(strategy);
  const alternation = strategy.buildLookaheadForAlternation.bind(strategy);
  const optional = strategy.buildLookaheadForOptional.bind(strategy);
  strategy.buildLookaheadForAlternation = (options) => {
    let built: Choose | undefined;
    return function choose(this: Reader, alternatives) {
      built ??= byAlternatives(options, first) ?? alternation(options.hasPredicates ? options : undecided(options));
      return built.call(this, alternatives);
    };
  };
  strategy.buildLookaheadForOptional = (options) => {
    let built: Enter | undefined;
    return function enter(this: Reader) {
      built ??= byFirstToken(options, first, following) ?? optional(undecidedOptional(options));
      return built.call(this);
    };
  };
}

/** Chooses the alternative that begins with the next token, where no two begin with the same. */
function byAlternatives({ rule, prodOccurrence, hasPredicates }: AlternationOptions, first: FirstTokens) {
  // Conditions on alternatives are left to the strategy.
  if (hasPredicates) return undefined;
  const chosen: (number | undefined)[] = [];
  for (const [index, alternative] of partsOf(partOf(rule, 'Alternation', prodOccurrence)).entries()) {
    const { tokens, mayBeEmpty } = first.ofSequence([alternative]);
    if (mayBeEmpty) return undefined;
    for (const { tokenTypeIdx = 0 } of tokens) {
      if (chosen[tokenTypeIdx] !== undefined) return undefined;
      chosen[tokenTypeIdx] = index;
    }
  }
  return function alternativeOf(this: Reader): number | undefined {
    return chosen[this.LA_FAST(1).tokenTypeIdx];
  };
}

/** Enters an optional part at a token with which it begins, where none of them may also follow it. */
function byFirstToken(
  { rule, prodType, prodOccurrence }: OptionalOptions,
  first: FirstTokens,
  following: FollowingTokens,
): Enter | undefined {
  const { tokens, mayBeEmpty } = first.ofSequence(partsOf(partOf(rule, prodType, prodOccurrence)));
  if (mayBeEmpty || following.mayMeet(rule, prodType, prodOccurrence)) return undefined;
  const begins: boolean[] = [];
  for (const { tokenTypeIdx = 0 } of tokens) begins[tokenTypeIdx] = true;
  return function isEntered(this: Reader): boolean {
    return begins[this.LA_FAST(1).tokenTypeIdx] === true;
  };
}

/** The part of a rule that has a number among those of its kind. */
function partOf(rule: Rule, kind: LookaheadProductionType, number: number): IProduction {
  const search = (parts: readonly IProduction[]): IProduction | undefined => {
    for (const part of parts) {
      if (part instanceof KINDS[kind] && part.idx === number) return part;
      const inside = search(partsOf(part));
      if (inside !== undefined) return inside;
    }
    return undefined;
  };
  const found = search(rule.definition);
  if (found === undefined) throw new Error(`the rule ${rule.name} has no ${kind} ${number}`);
  return found;
}

/** Spares the strategy the search whether one token decides: it goes by the name of the rule and finds nothing in it. */
function undecided(options: AlternationOptions): AlternationOptions {
  return { ...options, rule: new Rule({ name: options.rule.name, definition: [] }), dynamicTokensEnabled: true };
}

function undecidedOptional(options: OptionalOptions): OptionalOptions {
  const part = partOf(options.rule, options.prodType, options.prodOccurrence);
  return { ...options, rule: new Rule({ name: options.rule.name, definition: [part] }), dynamicTokensEnabled: true };
}
