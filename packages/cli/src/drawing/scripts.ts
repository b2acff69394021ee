import { readPrintFonts, scriptTypesetter } from '@pathway/compiler';
import type { PrintFonts } from '@pathway/report';
import type { Context } from '../shell/context.js';

type Teller = Pick<Context, 'warn' | 'errColours'>;

/** Fonts are looked for and opened once. */
let loading: ReturnType<typeof scriptTypesetter> | undefined;
const typesetter = (): ReturnType<typeof scriptTypesetter> => (loading ??= scriptTypesetter());

/** What has been said to lack, so that a document of many sheets says it once. */
const said = new WeakMap<Teller, Set<string>>();

/**
 * A drawing for pictures and printed pages, where letters beyond Latin, Greek and Cyrillic are outlines of Noto fonts; says
 * which of them this machine lacks.
 */
export async function setInScripts(
  svg: string,
  context: Teller,
  setting: ReturnType<typeof scriptTypesetter> = typesetter(),
): Promise<string> {
  const { svg: outlined, missing } = (await setting).outline(svg);
  tellMissing(missing, context);
  return outlined;
}

/** The typeface of printed documents; says which fonts this machine lacks for what is printed. */
export function printFontsTelling(
  context: Teller,
  setting: ReturnType<typeof scriptTypesetter> = typesetter(),
): Promise<PrintFonts> {
  return readPrintFonts((family) => tellMissing([family], context), setting);
}

function tellMissing(missing: readonly string[], context: Teller): void {
  const before = said.get(context) ?? new Set();
  said.set(context, before);
  const news = missing.filter((family) => !before.has(family));
  for (const family of news) before.add(family);
  if (news.length > 0) {
    const [are, their] = news.length === 1 ? ['is', 'its script'] : ['are', 'their scripts'];
    context.warn(
      `${context.errColours.yellow('warning:')} ${news.join(' and ')} ${are} not installed: in PNG and PDF, letters of ${their} may be wrong or boxes. Install the fonts (Debian: fonts-noto-core, fonts-noto-cjk), or draw as SVG.`,
    );
  }
}
