import * as z from 'zod/mini';

/** A language tag of BCP 47 as configurations write it. */
export const languageTag = z
  .string()
  .check(
    z.regex(
      /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/,
      'must be a language tag of BCP 47, like `it` or `pt-BR`',
    ),
  );
