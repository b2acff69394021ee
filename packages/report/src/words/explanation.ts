import type { Words } from './words.js';

/**
 * Sentences with which a method explains itself. They are written in English by the method; other languages have the
 * tables beside them, and the sentence only where the catalogue knows it.
 */
export function explanationIn(words: Words, sentence: string): string | undefined {
  const known = words.known(sentence);
  return words.language === 'en' || known !== sentence ? known : undefined;
}
