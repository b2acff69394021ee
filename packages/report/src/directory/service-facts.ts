import { audienceText, sectorText } from '@pathway/model';
import { figure } from '../figures.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';

/** What a directory says of one organisation; absent where the text does not say it. */
export interface DirectoryEntry {
  readonly title: string;
  readonly sector?: string;
  /** Title of the organisation that it is part of. */
  readonly partOf?: string;
  /** Title of the territory that it is in. */
  readonly territory?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly website?: string;
  readonly hours?: string;
  /** Tags of BCP 47. */
  readonly languages: readonly string[];
  readonly accepts: readonly string[];
  /** Audiences whose entry point it is. */
  readonly entrypointFor: readonly string[];
  /** How long the way takes, seconds. */
  readonly travel: readonly { readonly from: string; readonly seconds: number }[];
}

/** One fact of a service in words; `address` is where a reader can follow it. */
export interface ServiceFact {
  readonly label: string;
  readonly text: string;
  readonly address?: string;
}

/** What is known of a service, in the order in which somebody who needs it asks; nothing of what is not known. */
export function serviceFacts(words: Words, entry: DirectoryEntry): readonly ServiceFact[] {
  const { say } = words;
  const { sector, partOf, territory, phone, email, website, hours, languages, accepts, entrypointFor, travel } = entry;
  const ways = travel.map(({ from, seconds }) => {
    const time = figure(words, seconds, { unit: 'duration' }).replaceAll('\u00a0', ' ');
    return say`${time} from ${named(from)}`;
  });
  const facts: readonly (readonly [label: string, text: string | undefined, address?: string | undefined])[] = [
    [say`entry point for`, entrypointFor.map((each) => audienceText(words, each)).join(', ')],
    [say`sector`, sector && sectorText(words, sector)],
    [say`part of`, partOf],
    [say`in`, territory],
    [say`phone`, phone, phone === undefined ? undefined : phoneAddress(phone)],
    [say`e-mail`, email, email === undefined ? undefined : `mailto:${email}`],
    [say`website`, website, website === undefined ? undefined : webAddress(website)],
    [say`hours`, hours],
    [say`languages`, languages.join(', ')],
    [say`accepts`, accepts.join('; ')],
    [say`on the way`, ways.join(', ')],
  ];
  return facts.flatMap(([label, text, address]): ServiceFact[] =>
    text === undefined || text === '' ? [] : [{ label, text: named(text), ...(address !== undefined && { address }) }],
  );
}

/** A website with its scheme, which people leave out. */
function webAddress(website: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(website) ? website : `https://${website}`;
}

/** A number that a telephone can call (RFC 3966); nothing where what is written is no number. */
function phoneAddress(phone: string): string | undefined {
  const digits = phone.replaceAll(/[\s().\-/]/g, '');
  return /^\+?\d{2,}$/.test(digits) ? `tel:${digits}` : undefined;
}
