import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';
import { LangiumParserErrorMessageProvider } from 'langium';
import { expectedWords } from './expectation.js';
import { describeToken } from './token-words.js';

/**
 * The parser's messages in plain words, and a memory of which tokens could have stood at an error, which the parser's
 * exceptions themselves do not tell.
 */
export class PathwayParserErrorMessageProvider
  extends LangiumParserErrorMessageProvider
  implements IParserErrorMessageProvider
{
  #expected = new WeakMap<IToken, readonly TokenType[]>();

  /** Forgets the errors of the parse before. */
  reset(): void {
    this.#expected = new WeakMap();
  }

  /** The tokens that could have stood in the place of the one at which the parser stopped. */
  expectedAt(token: IToken): readonly TokenType[] {
    return this.#expected.get(token) ?? [];
  }

  override buildMismatchTokenMessage(options: { expected: TokenType; actual: IToken }): string {
    return this.#message(options.actual, [options.expected]);
  }

  override buildNotAllInputParsedMessage(options: { firstRedundant: IToken }): string {
    return this.#message(options.firstRedundant, []);
  }

  override buildNoViableAltMessage(options: { expectedPathsPerAlt: TokenType[][][]; actual: IToken[] }): string {
    return this.#paths(options.actual, options.expectedPathsPerAlt.flat());
  }

  override buildEarlyExitMessage(options: { expectedIterationPaths: TokenType[][]; actual: IToken[] }): string {
    return this.#paths(options.actual, options.expectedIterationPaths);
  }

  #paths(actual: readonly IToken[], paths: readonly (readonly TokenType[])[]): string {
    const first = actual[0];
    const types = [...new Set(paths.flatMap((path) => path.slice(0, 1)))];
    return first === undefined ? '' : this.#message(first, types);
  }

  #message(actual: IToken, expected: readonly TokenType[]): string {
    // The first error at a token is the cause; later ones there come of recovery.
    if (!this.#expected.has(actual)) this.#expected.set(actual, expected);
    return `Found ${describeToken(actual)} where ${expectedWords([], expected)} should stand.`;
  }
}
