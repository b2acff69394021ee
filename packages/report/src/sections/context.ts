import type { Origin } from '@pathway/model';
import type { StudyResults } from '@pathway/simulation';
import {
  below,
  heading,
  type HeadingLevel,
  type Html,
  html,
  type HtmlPart,
  type IdSource,
  lines,
} from '../html/html.js';
import { safeAddress } from '../html/address.js';
import { formatOrigin } from '@pathway/model';
import type { ReportInput, ReportOptions } from '../input.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';

/** What every section gets: the input, the page's ids, and how places in the sources are linked. */
export interface PageContext {
  readonly words: Words;
  readonly input: ReportInput;
  readonly options: ReportOptions;
  readonly ids: IdSource;
}

/** A place in the sources, as a link where the caller knows an address for it. */
export function placeLink(context: PageContext, origin: Origin): Html {
  const address = context.options.link?.(origin);
  const safe = address === undefined ? undefined : safeAddress(address);
  const text = formatOrigin(origin);
  return safe === undefined ? html`<code>${text}</code>` : html`<a href="${safe}"><code>${text}</code></a>`;
}

/**
 * The same content for each study; with more than one study each gets a heading, and what is inside begins a level
 * lower.
 */
export function forEachStudy(
  context: PageContext,
  content: (study: StudyResults, level: HeadingLevel) => HtmlPart,
): Html {
  const { results } = context.input;
  const [only] = results;
  if (results.length === 1 && only !== undefined) return html`${content(only, 3)}`;
  return lines(results.map((study) => html`${heading(3, named(study.title))} ${content(study, below(3))}`));
}
