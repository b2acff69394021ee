import { type KnowledgePackage, textIn } from './knowledge-package.js';

/** A package in which all words of a search are found. */
export interface SearchHit {
  readonly found: KnowledgePackage;
  /** Larger for words in names and keywords than for words in the texts. */
  readonly score: number;
}

/** How much a word counts by where it stands. */
const WEIGHTS = { name: 8, description: 4, titles: 3, texts: 1 } as const;

/** Packages in which each word begins some word, the best first; all of them without a word. */
export function searchPackages(packages: readonly KnowledgePackage[], words: readonly string[]): readonly SearchHit[] {
  const wanted = words.flatMap((word) => wordsIn(word));
  return packages
    .flatMap((found): SearchHit[] => {
      const fields = fieldsOf(found);
      const scores = wanted.map((word) =>
        fields.reduce((most, { words: all, weight }) => Math.max(most, matches(word, all) ? weight : 0), 0),
      );
      return scores.includes(0) ? [] : [{ found, score: scores.reduce((sum, each) => sum + each, 0) }];
    })
    .sort((a, b) => b.score - a.score || (a.found.manifest.name < b.found.manifest.name ? -1 : 1));
}

function fieldsOf(one: KnowledgePackage): readonly { readonly words: readonly string[]; readonly weight: number }[] {
  const { name, description = '', keywords = [] } = one.manifest;
  const texts = [...one.files.keys()].flatMap((path) => {
    const isText = path.endsWith('.pathway') || /^readme\.md$/i.test(path);
    return isText ? [textIn(one, path) ?? ''] : [];
  });
  const quoted = texts.flatMap((text) => text.match(/"(?:\\.|[^"\\\r\n])*"/g) ?? []);
  return [
    { words: wordsIn([name, ...keywords].join(' ')), weight: WEIGHTS.name },
    { words: wordsIn(description), weight: WEIGHTS.description },
    { words: wordsIn(quoted.join(' ')), weight: WEIGHTS.titles },
    { words: wordsIn(texts.join(' ')), weight: WEIGHTS.texts },
  ];
}

/** Words of a text without case and accents: `Città` is found by `citta`. */
function wordsIn(text: string): readonly string[] {
  return (
    text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

function matches(word: string, words: readonly string[]): boolean {
  return words.some((each) => each.startsWith(word));
}
