import { languageFor, LANGUAGES } from '@pathway/report';
import { ProjectError } from '../project-error.js';
import { languageTag } from './language-tag.js';

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
