import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import type { Language } from './languages.js';
import { MESSAGES } from './messages.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';

/** An English text that reports say, with `{0}`, `{1}`, … for what it is filled with. */
export type Message = (typeof MESSAGES)[number];

/** What each message is in a language, in ICU message syntax. */
export type Catalogue = Readonly<Record<Message, string>>;

const known: ReadonlySet<string> = new Set(MESSAGES);

/** True for a text that the catalogues have. */
export function isMessage(text: string): text is Message {
  return known.has(text);
}

/** The catalogues by language; English has only what differs from its keys, such as plural forms. */
export const CATALOGUES: Readonly<Record<Language, Partial<Catalogue>>> = { en, it, es, pt, pl, fr, nl, de };
