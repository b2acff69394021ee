import { IntlMessageFormat } from 'intl-messageformat';
import { CATALOGUES, isMessage, type Catalogue, type Message } from './catalogue.js';
import type { Language } from './languages.js';
import { filledSentence, type Subject } from './sentences.js';

/** What a message is filled with: text as it stands, numbers with the language's separators and plural forms. */
type WordValue = string | number;

/** The words and the writing of numbers and dates of one language. */
export interface Words {
  readonly language: Language;
  /**
   * A message in the language. The English text is the key: its values stand as `{0}`, `{1}`, … in the catalogues.
   * @throws RangeError for a text that the catalogues do not have
   */
  readonly say: (text: TemplateStringsArray, ...values: readonly WordValue[]) => string;
  /** A sentence of another package, filled or not, in the language where the catalogues have it, and as it is where they do not. */
  readonly known: (sentence: string, about?: Subject) => string;
  /** `a, b and c`. */
  readonly list: (parts: readonly string[]) => string;
  /** Digits with a point, as programs write them, with the separators of the language: `12345.5` → `12,345.5`. */
  readonly digits: (text: string) => string;
  /** A local date, and time where there is one, of ISO form: `2026-01-05T08:00` → `5 January 2026, 08:00`. */
  readonly date: (iso: string) => string;
  /** Short names of the days, Monday first. */
  readonly weekdays: readonly string[];
}

/** The national form of each language that decides separators and dates. */
const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  it: 'it-IT',
  es: 'es-ES',
  pt: 'pt-PT',
  pl: 'pl-PL',
  fr: 'fr-FR',
  nl: 'nl-NL',
  de: 'de-DE',
};

const known = new Map<Language, Words>();

/** The words of a language, English without one; the same object each time. */
export function wordsOf(language: Language = 'en'): Words {
  const before = known.get(language);
  if (before !== undefined) return before;
  const words = createWords(language);
  known.set(language, words);
  return words;
}

function createWords(language: Language): Words {
  const locale = LOCALES[language];
  const catalogue = CATALOGUES[language];
  const formats = new Map<Message, IntlMessageFormat>();
  const digits = digitsOf(locale);
  const formatOf = (message: Message): IntlMessageFormat => {
    const before = formats.get(message);
    if (before !== undefined) return before;
    const made = new IntlMessageFormat(textOf(message, catalogue), locale, undefined, { ignoreTag: true });
    formats.set(message, made);
    return made;
  };
  return {
    language,
    say: (text, ...values) => {
      const message = keyOf(text);
      if (!isMessage(message)) throw new RangeError(`The catalogues lack the message “${message}”.`);
      if (values.length === 0 && !textOf(message, catalogue).includes('{')) return textOf(message, catalogue);
      const filled = formatOf(message).format(Object.fromEntries(values.map((value, i) => [String(i), value])));
      return typeof filled === 'string' ? filled : String(filled);
    },
    known: (sentence, about) => {
      if (isMessage(sentence)) return textOf(sentence, catalogue);
      const found = language === 'en' ? undefined : filledSentence(sentence, about);
      if (found === undefined) return sentence;
      // What a transfer says has codes and dates, which no language groups by thousands.
      const numbers = about === 'transfer' ? /\d+\.\d+/g : /\d+(?:\.\d+)?/g;
      const values = found.values.map((value, i) => [String(i), value.replace(numbers, digits)] as const);
      return String(formatOf(found.sentence).format(Object.fromEntries(values)));
    },
    list: listOf(locale),
    digits,
    date: dateOf(locale),
    weekdays: weekdaysOf(locale),
  };
}

/** The key of a tagged text: `In use over time: {0}`. */
function keyOf(text: TemplateStringsArray): string {
  return text.reduce((key, part, i) => (i === 0 ? part : `${key}{${i - 1}}${part}`), '');
}

function textOf(message: Message, catalogue: Partial<Catalogue>): string {
  return catalogue[message] ?? message;
}

function listOf(locale: string): Words['list'] {
  const format = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (parts) => format.format(parts);
}

/** Separators of a locale, and from how many digits on it groups thousands. */
function digitsOf(locale: string): Words['digits'] {
  const sample = (value: number): Intl.NumberFormatPart[] => new Intl.NumberFormat(locale).formatToParts(value);
  const separator = (type: 'group' | 'decimal'): string =>
    sample(1234567.8).find((part) => part.type === type)?.value ?? '';
  const group = separator('group');
  const decimal = separator('decimal');
  const fewest = sample(1234).some((part) => part.type === 'group') ? 4 : 5;
  return (text) => {
    const [sign = '', whole = '', fraction] = /^(\D*)(\d+)(?:\.(.*))?$/.exec(text)?.slice(1) ?? ['', text];
    const grouped = whole.length < fewest ? whole : whole.replace(/\B(?=(\d{3})+(?!\d))/g, group);
    return `${sign}${grouped}${fraction === undefined ? '' : `${decimal}${fraction}`}`;
  };
}

function dateOf(locale: string): Words['date'] {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return (iso) => {
    const [date = '', time] = iso.split('T');
    const moment = Date.parse(`${date}T00:00Z`);
    if (Number.isNaN(moment)) return iso;
    return time === undefined ? day.format(moment) : `${day.format(moment)}, ${time}`;
  };
}

function weekdaysOf(locale: string): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  // 5 January 2026 is a Monday.
  return Array.from({ length: 7 }, (_, i) => format.format(Date.UTC(2026, 0, 5 + i)));
}
