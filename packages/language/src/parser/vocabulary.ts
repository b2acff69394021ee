import { nearestText } from '@pathway/model';
import type { TokenType, TokenTypeDictionary } from 'chevrotain';

/** Keywords that begin a declaration or an import. */
export const DECLARATION_WORDS: ReadonlySet<string> = new Set(
  (
    'import source territory organisation skill role shift staff resource stock travel number cohort pathway indicator expect ' +
    'scale signal gauge trigger crisis response agreement payer template deploy usage instrument assessment question decision scenario study rules roster approved title'
  ).split(' '),
);

/** Words of other notations for what the language calls otherwise. */
const SYNONYMS: Readonly<Record<string, string>> = {
  task: 'step',
  activity: 'step',
  if: 'when',
  unless: 'when',
  parallel: 'together',
  loop: 'repeat',
  gateway: 'choose',
  switch: 'choose',
  default: 'otherwise',
  duration: 'takes',
  lasts: 'takes',
  requires: 'uses',
  location: 'at',
  organization: 'organisation',
  process: 'pathway',
  capacity: 'count',
  arrivals: 'arrives',
  kpi: 'indicator',
  assert: 'expect',
  param: 'number',
  const: 'number',
  parameter: 'number',
};

/** The words of the language by their token types. */
export class Vocabulary {
  readonly #keywords = new Map<string, TokenType>();

  constructor(readonly types: TokenTypeDictionary) {
    for (const type of Object.values(types))
      if (/^[A-Za-z][a-z]*(-[a-z]+)?$/.test(type.name)) this.#keywords.set(type.name, type);
  }

  isKeyword(type: TokenType): boolean {
    return this.#keywords.has(type.name);
  }

  keyword(word: string): TokenType | undefined {
    return this.#keywords.get(word);
  }

  /** The keywords that a mistyped word may mean, the likeliest first; `preferred` ones win over others as near. */
  nearestKeywords(word: string, preferred: readonly string[]): string[] {
    const found: string[] = [];
    const add = (text: string | undefined): void => {
      if (text !== undefined && this.#keywords.has(text) && !found.includes(text)) found.push(text);
    };
    const lower = word.toLowerCase();
    add(lower);
    add(SYNONYMS[lower]);
    add(nearestText(lower, preferred));
    const rest = [...this.#keywords.keys()].filter((keyword) => keyword.length > 1);
    for (let round = 0; round < 3; round++) {
      const next = nearestText(lower, rest);
      if (next === undefined) break;
      add(next);
      rest.splice(rest.indexOf(next), 1);
    }
    return found.filter((keyword) => keyword !== word);
  }
}

/** True for a word that is, or is likely meant as, the start of a declaration. */
export function startsDeclaration(word: string): boolean {
  if (DECLARATION_WORDS.has(word)) return true;
  return word.length > 3 && nearestText(word.toLowerCase(), [...DECLARATION_WORDS]) !== undefined;
}
