import { safeAddress } from './html/address.js';
import { Html } from './html/html.js';
import { escapeHtml } from './text.js';

/** A drawing that cannot be shown in a page, with the pathway and the reason. */
export class DiagramError extends Error {
  public constructor(pathway: string, reason: string) {
    super(
      `The drawing of pathway ${pathway} cannot be put into the report: ${reason}. Draw it again with the same version.`,
    );
    this.name = 'DiagramError';
  }
}

/** Elements that only draw. Everything else, with all that it contains, stays out of the page. */
const DRAWING_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'svg g a defs symbol use marker title desc path rect circle ellipse line polyline polygon text tspan clipPath ' +
    'mask linearGradient radialGradient stop pattern'
  ).split(' '),
);

interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly closes: boolean;
  readonly isEmpty: boolean;
}

export interface DiagramPlace {
  /** Stands before every id of the drawing, so that several drawings on a page do not share ids. */
  readonly prefix: string;
  readonly pathway: string;
  /** Accessible name, where the drawing brings none. */
  readonly title: string;
}

/**
 * An SVG document as a part of an HTML page: ids made unique, only drawing elements, no scripts, styles, event
 * handlers or outside references; links stay where their address is safe. A drawing with links is a group to screen
 * readers, so that its links can be reached; one without is an image.
 * @throws DiagramError when the text is not one well-formed SVG element
 */
export function inlineDiagram(svg: string, place: DiagramPlace): Html {
  const fail = (reason: string): never => {
    throw new DiagramError(place.pathway, reason);
  };
  const open: string[] = [];
  let output = '';
  let skippedFrom: number | undefined;
  let roots = 0;
  const hasLinks = /<a\s[^>]*href=/.test(svg);
  for (const token of tokens(svg, fail)) {
    if (token.kind === 'text') {
      if (open.length === 0 && token.text.trim() !== '') fail('there is text outside the drawing');
      if (skippedFrom === undefined && open.length > 0) output += escapeHtml(decode(token.text));
      continue;
    }
    const { tag } = token;
    if (tag.closes) {
      if (open.pop() !== tag.name) fail(`</${tag.name}> closes what is not open`);
      if (skippedFrom === undefined) output += `</${tag.name}>`;
      else if (open.length < skippedFrom) skippedFrom = undefined;
      continue;
    }
    if (open.length === 0) {
      roots += 1;
      if (tag.name !== 'svg' || roots > 1) fail('it has to be one svg element');
    }
    open.push(tag.name);
    if (skippedFrom === undefined && !DRAWING_ELEMENTS.has(tag.name)) skippedFrom = open.length;
    if (skippedFrom === undefined) {
      const attributes = open.length === 1 ? rootAttributes(tag, place, hasLinks) : innerAttributes(tag, place.prefix);
      output += `<${tag.name}${attributes}>`;
    }
    if (tag.isEmpty) {
      open.pop();
      if (skippedFrom === undefined) output += `</${tag.name}>`;
      else if (open.length < skippedFrom) skippedFrom = undefined;
    }
  }
  if (roots === 0) fail('it has no svg element');
  if (open.length > 0) fail(`<${open[open.length - 1] ?? ''}> is not closed`);
  return new Html(output);
}

type Token = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'tag'; readonly tag: Tag };

/** Tags and texts in order; comments, processing instructions and document types are left out. */
function* tokens(svg: string, fail: (reason: string) => never): Generator<Token> {
  const pattern =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE[^>[]*>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/gy;
  while (pattern.lastIndex < svg.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(svg);
    if (match === null) return fail(`it is not well-formed at character ${from + 1}`);
    const [text, cdata, slash, name, attributes = '', end] = match;
    if (name !== undefined) {
      const tag = { name, attributes: readAttributes(attributes), closes: slash === '/', isEmpty: end === '/' };
      yield { kind: 'tag', tag };
    } else if (cdata !== undefined) {
      yield { kind: 'text', text: escapeHtml(cdata) };
    } else if (!text.startsWith('<')) {
      yield { kind: 'text', text };
    }
  }
}

function readAttributes(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, name = '', double, single]) => [name, decode(double ?? single ?? '')] as const,
  );
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

function rootAttributes(tag: Tag, place: DiagramPlace, hasLinks: boolean): string {
  const kept = tag.attributes.filter(([name]) => name !== 'role' && name !== 'aria-label' && !name.startsWith('xmlns'));
  const label = tag.attributes.find(([name]) => name === 'aria-label')?.[1] ?? place.title;
  const written = attributesText(kept, place.prefix);
  return `${written} role="${hasLinks ? 'group' : 'img'}" aria-label="${escapeHtml(label)}"`;
}

/** A link's name comes from its texts, so that it holds what is seen (WCAG 2.5.3); its title stays as the description. */
function innerAttributes(tag: Tag, prefix: string): string {
  const kept = tag.name === 'a' ? tag.attributes.filter(([name]) => name !== 'aria-label') : tag.attributes;
  return attributesText(kept, prefix);
}

function attributesText(attributes: readonly (readonly [string, string])[], prefix: string): string {
  return attributes
    .map(([name, value]) => {
      const safe = safeAttribute(name, value, prefix);
      return safe === undefined ? '' : ` ${name === 'xlink:href' ? 'href' : name}="${escapeHtml(safe)}"`;
    })
    .join('');
}

/** The value of an attribute as it may stand in the page; undefined leaves the attribute out. */
function safeAttribute(name: string, value: string, prefix: string): string | undefined {
  if (/^on/i.test(name) || name === 'style' || name === 'class' || name === 'src') return undefined;
  if (name === 'id') return `${prefix}-${value}`;
  if (name === 'aria-labelledby' || name === 'aria-describedby') {
    return value
      .split(/\s+/)
      .map((id) => `${prefix}-${id}`)
      .join(' ');
  }
  if (name === 'href' || name === 'xlink:href') {
    return value.startsWith('#') ? `#${prefix}-${value.slice(1)}` : safeAddress(value);
  }
  if (!/url\s*\(/i.test(value)) return value;
  const local = /^url\(#([\w:.-]+)\)$/.exec(value)?.[1];
  return local === undefined ? undefined : `url(#${prefix}-${local})`;
}
