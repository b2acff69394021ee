import { languageFor } from '@pathway/report';
import * as z from 'zod/mini';
import { languageTag } from '../project/language-tag.js';

/** `language`: that of a product; that of the project without it. */
export const languageOption = z.strictObject({
  language: z.optional(
    languageTag.check(
      z.refine((tag) => languageFor(tag) !== undefined, 'must be a language in which reports are written'),
    ),
  ),
});

/** The language of a product: its own, else that of the project. */
export function languageOf(context: {
  readonly options: { readonly language?: string | undefined };
  readonly language?: string | undefined;
}): string | undefined {
  return context.options.language ?? context.language;
}
