import type { ILookaheadStrategy, IProduction, IToken, LookaheadProductionType } from 'chevrotain';
import {
  Alternation,
  EOF,
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
 * Lets a strategy work out how a choice is made when it is made first, and makes it at tokens that decide it from sets of
 * tokens that are worked out once for each rule. Langium's strategy (LL(*): Parr, Harwell and Fisher, Adaptive LL(*) parsing,
 * OOPSLA 2014) walks the grammar anew for each choice, and in all that may follow. The choices are the same: at a token with
 * which several ways begin they are left to the strategy. The tokens of the grammar have no categories.
 */
export function chooseWhenAsked(strategy: ILookaheadStrategy): void {
  const first = new FirstTokens();
  const following = new FollowingTokens(strategy);
  const alternation = strategy.buildLookaheadForAlternation.bind(strategy);
  const optional = strategy.buildLookaheadForOptional.bind(strategy);
  const chooseBy = (options: AlternationOptions): Choose => {
    const further = (): Choose => alternation(options.hasPredicates ? options : undecided(options));
    return byAlternatives(options, first, further) ?? further();
  };
  const enterBy = (options: OptionalOptions): Enter => {
    const further = (): Enter => optional(undecidedOptional(options));
    return byFirstToken(options, first, following, further) ?? further();
  };
  strategy.buildLookaheadForAlternation = (options) => {
    let built: Choose | undefined;
    return function choose(this: Reader, alternatives) {
      built ??= chooseBy(options);
      return built.call(this, alternatives);
    };
  };
  strategy.buildLookaheadForOptional = (options) => {
    let built: Enter | undefined;
    return function enter(this: Reader) {
      built ??= enterBy(options);
      return built.call(this);
    };
  };
}

/** Stands for an alternative where several begin with a token. */
const SEVERAL = -1;

/** Chooses the alternative that begins with the next token; where several do, it looks further. */
function byAlternatives(
  { rule, prodOccurrence, hasPredicates }: AlternationOptions,
  first: FirstTokens,
  lookFurther: () => Choose,
): Choose | undefined {
  // Conditions on alternatives are left to the strategy.
  if (hasPredicates) return undefined;
  const chosen: (number | undefined)[] = [];
  for (const [index, alternative] of partsOf(partOf(rule, 'Alternation', prodOccurrence)).entries()) {
    const { tokens, mayBeEmpty } = first.ofSequence([alternative]);
    if (mayBeEmpty) return undefined;
    for (const { tokenTypeIdx = 0 } of tokens)
      chosen[tokenTypeIdx] = chosen[tokenTypeIdx] === undefined ? index : SEVERAL;
  }
  let further: Choose | undefined;
  return function alternativeOf(this: Reader, alternatives): number | undefined {
    const decided = chosen[this.LA_FAST(1).tokenTypeIdx];
    return decided === SEVERAL ? (further ??= lookFurther()).call(this, alternatives) : decided;
  };
}

/**
 * Enters an optional part at a token with which it begins; where one of them may also follow it, it looks further, also at the
 * end of a text, where completion may go on in the part.
 */
function byFirstToken(
  { rule, prodType, prodOccurrence }: OptionalOptions,
  first: FirstTokens,
  following: FollowingTokens,
  lookFurther: () => Enter,
): Enter | undefined {
  const { tokens, mayBeEmpty } = first.ofSequence(partsOf(partOf(rule, prodType, prodOccurrence)));
  if (mayBeEmpty) return undefined;
  const mayFollow = following.mayMeet(rule, prodType, prodOccurrence);
  const begins: boolean[] = [];
  for (const { tokenTypeIdx = 0 } of tokens) begins[tokenTypeIdx] = true;
  let further: Enter | undefined;
  return function isEntered(this: Reader): boolean {
    const { tokenTypeIdx } = this.LA_FAST(1);
    const mayEnter = begins[tokenTypeIdx] === true;
    return mayFollow && (mayEnter || tokenTypeIdx === EOF.tokenTypeIdx)
      ? (further ??= lookFurther()).call(this)
      : mayEnter;
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
