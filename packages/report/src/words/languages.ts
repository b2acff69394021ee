/** The languages in which reports are written, by BCP 47. */
export const LANGUAGES = ['en', 'it', 'es', 'pt', 'pl', 'fr', 'nl', 'de'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The language of a report for readers of a language tag: `pt` for `pt-BR`; undefined where there is none. */
export function languageFor(tag: string): Language | undefined {
  const [primary = ''] = tag.toLowerCase().split('-');
  return LANGUAGES.find((language) => language === primary);
}
