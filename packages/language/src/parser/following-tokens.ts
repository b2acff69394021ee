import type { ILookaheadStrategy, OptionalProductionType, Rule, TokenType } from 'chevrotain';

/** A place in a rule, in the network that Langium's strategy makes of a grammar. */
interface Place {
  readonly rule: Rule;
  readonly transitions: readonly Transition[];
}

/** From a place to the next: by a token, into another rule, or by nothing. */
interface Transition {
  readonly target: Place;
  readonly tokenType?: TokenType;
}

interface Network {
  readonly decisionMap: Readonly<Record<string, Place>>;
  readonly ruleToStopState: ReadonlyMap<Rule, Place>;
}

/** Tokens that come next, and the rules that may end before one comes. */
interface Next {
  readonly tokens: ReadonlySet<TokenType>;
  readonly ends: ReadonlySet<Rule>;
}

/**
 * Whether a token with which an optional part begins may also come where it is left out, after any use of its rule. It is
 * what Langium's strategy finds out (`optionalHasFollowConflict`), with what follows each rule looked for once.
 */
export class FollowingTokens {
  readonly #afterRules = new Map<Rule, Next>();
  #known: { readonly network: Network; readonly callers: ReadonlyMap<Rule, readonly Place[]> } | undefined;

  /** @param strategy Langium's, which has its network once it is initialised */
  constructor(readonly strategy: ILookaheadStrategy) {}

  /** @param number which of the optional parts of this kind in the rule */
  mayMeet(rule: Rule, kind: OptionalProductionType, number: number): boolean {
    const { transitions = [] } = this.#places.network.decisionMap[`${rule.name}_${kind}_${number}`] ?? {};
    // The network has the way out first where a separator leads on.
    const [enter, leave] = kind === 'RepetitionMandatoryWithSeparator' ? transitions.toReversed() : transitions;
    if (enter === undefined || leave === undefined) return false;
    const wanted = this.#from([enter.target]).tokens;
    const left = this.#from([leave.target]);
    if (meet(wanted, left.tokens)) return true;
    const ended = new Set(left.ends);
    // Rules that are added on the way are visited too.
    for (const each of ended) {
      const next = this.#after(each);
      if (meet(wanted, next.tokens)) return true;
      for (const end of next.ends) ended.add(end);
    }
    return false;
  }

  /** What comes after a rule, wherever it is used. */
  #after(rule: Rule): Next {
    const known = this.#afterRules.get(rule);
    if (known !== undefined) return known;
    const next = this.#from(this.#places.callers.get(rule) ?? []);
    this.#afterRules.set(rule, next);
    return next;
  }

  #from(places: readonly Place[]): Next {
    const { ruleToStopState } = this.#places.network;
    const tokens = new Set<TokenType>();
    const ends = new Set<Rule>();
    const visited = new Set(places);
    // Places that are added on the way are visited too.
    for (const place of visited) {
      if (ruleToStopState.get(place.rule) === place) ends.add(place.rule);
      else
        for (const { tokenType, target } of place.transitions) {
          if (tokenType === undefined) visited.add(target);
          else tokens.add(tokenType);
        }
    }
    return { tokens, ends };
  }

  get #places() {
    if (this.#known !== undefined) return this.#known;
    const network: unknown = Reflect.get(this.strategy, 'atn');
    const callers: unknown = Reflect.get(this.strategy, 'callers');
    if (!isNetwork(network) || !isCallers(callers)) throw new Error('the strategy has no network');
    this.#known = { network, callers };
    return this.#known;
  }
}

function meet(some: ReadonlySet<TokenType>, others: ReadonlySet<TokenType>): boolean {
  for (const each of some) if (others.has(each)) return true;
  return false;
}

function isNetwork(value: unknown): value is Network {
  return (
    typeof value === 'object' &&
    value !== null &&
    'decisionMap' in value &&
    'ruleToStopState' in value &&
    value.ruleToStopState instanceof Map
  );
}

function isCallers(value: unknown): value is ReadonlyMap<Rule, readonly Place[]> {
  return value instanceof Map;
}
