import { languageFor, LANGUAGES } from '@pathway/report';
import * as z from 'zod/mini';
import { ProjectError } from '../project-error.js';

/** A language tag of BCP 47 as configurations write it. */
export const languageTag = z
  .string()
  .check(
    z.regex(
      /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/,
      'must be a language tag of BCP 47, like `it` or `pt-BR`',
    ),
  );

/**
 * Sees to it that reports are written in a language.
 * @throws ProjectError that lists the languages there are
 */
export function checkLanguage(tag: string): void {
  if (languageTag.safeParse(tag).success && languageFor(tag) !== undefined) return;
  throw new ProjectError(
    `Reports are not written in the language \`${tag}\`.`,
    `Languages: ${LANGUAGES.join(', ')}, also with a region, as in pt-BR, where titles may differ.`,
  );
}
