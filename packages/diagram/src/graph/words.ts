import { WEEKDAYS } from '@pathway/model';

/** The words of a drawing in one language, and how it writes digits. */
export interface DrawingWords {
  /** A text of the drawing; the English text is the key, with its values in their places. */
  readonly say: (text: TemplateStringsArray, ...values: readonly (string | number)[]) => string;
  /** Digits with a point in the separators of the language. */
  readonly digits: (text: string) => string;
  /** Short names of the days, Monday first. */
  readonly weekdays: readonly string[];
}

/** English: every text is its own key. */
export const ENGLISH: DrawingWords = {
  say: (text, ...values) => text.reduce((whole, part, i) => whole + String(values[i - 1] ?? '') + part),
  digits: (text) => text,
  weekdays: WEEKDAYS,
};
