const VOWEL = 'aeiouyäöüáéíóúàèìòùâêîôûãõåæøąęů';
const CONSONANT = `(?![${VOWEL}])\\p{Script=Latin}`;
/** Letters that are one sound stay together. */
const ONSET = `(?:sch|ch|ck|ph|th|sh|sz|cz|rz|dz|${CONSONANT})`;
const INSIDE_SOUND = '(?!(?<=c)[hk]|(?<=[pst])h|(?<=s)ch|(?<=[cdrs])z)';
const SYLLABLES = new RegExp(
  `(?:${CONSONANT})*[${VOWEL}]+(?:(?:(?:${CONSONANT})+${INSIDE_SOUND}(?=${ONSET}[${VOWEL}]))|(?:${CONSONANT})+$)?`,
  'giu',
);
const LATIN_WORD = /^\p{Script=Latin}+$/u;
/** Fewer letters do not stand alone before or after a hyphen. */
const FEWEST_LETTERS = 3;

/**
 * Where a word that no line can hold may be parted by a hyphen: before a consonant that a vowel follows, as most languages in
 * Latin letters part words. One piece for words in other letters, or where nothing can be parted.
 */
export function partsOfWord(word: string): readonly string[] {
  const [, before = '', letters = word, after = ''] = /^(\P{L}*)(.*?)(\P{L}*)$/su.exec(word) ?? [];
  if (!LATIN_WORD.test(letters)) return [word];
  const syllables = letters.match(SYLLABLES) ?? [];
  if (syllables.join('') !== letters) return [word];
  const parts: string[] = [];
  for (const syllable of syllables) {
    const last = parts.at(-1);
    if (last !== undefined && (last.length < FEWEST_LETTERS || syllable.length < 2))
      parts[parts.length - 1] = last + syllable;
    else parts.push(syllable);
  }
  while (parts.length > 1 && (parts.at(-1) ?? '').length < FEWEST_LETTERS) {
    const end = parts.pop() ?? '';
    parts[parts.length - 1] = (parts.at(-1) ?? '') + end;
  }
  return parts.map((part, place) => (place === 0 ? before : '') + part + (place === parts.length - 1 ? after : ''));
}
