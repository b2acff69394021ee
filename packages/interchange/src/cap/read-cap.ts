import {
  CAP_NAMESPACE,
  CAP_WORDS,
  type CapAlert,
  type CapArea,
  CapError,
  type CapInfo,
  type CapReference,
  capSeconds,
  type GeoPoint,
} from './cap-alert.js';
import { decodeXml, readXmlTree, type XmlElement, type XmlRules } from '../xml-tree.js';

/** What is more is no alert that anybody would issue. */
const RULES: XmlRules = {
  bytes: 1024 * 1024,
  depth: 16,
  elements: 20_000,
  what: 'an alert',
  fault: (message, advice, place) => new CapError(message, advice, place),
};

/** Languages, audiences and areas beyond these are not looked for in one message. */
const MOST = { infos: 100, areas: 500, references: 1000, points: 10_000, text: 20_000 } as const;

/**
 * Reads one message of the Common Alerting Protocol 1.2 and holds it to the protocol: the elements and words that it must
 * have, dates that exist, an end after the beginning, outlines that are closed. A signature is seen, but not checked.
 * @throws CapError with the place of what is wrong
 */
export function readCap(message: Uint8Array | string): CapAlert {
  const root = readXmlTree(typeof message === 'string' ? message : decodeXml(message, RULES), RULES);
  if (root.name !== 'alert' || root.namespace !== CAP_NAMESPACE) throw notAnAlert(root);
  const within = new Fields(root);
  const identifier = within.name('identifier');
  const sender = within.name('sender');
  const sent = within.time('sent') ?? within.missing('sent');
  const status = within.word('status', CAP_WORDS.status);
  const msgType = within.word('msgType', CAP_WORDS.msgType);
  const scope = within.word('scope', CAP_WORDS.scope);
  const note = within.optional('note');
  const infos = within.all('info');
  if (infos.length > MOST.infos) throw tooMany(root, MOST.infos, '`info` parts');
  return {
    identifier,
    sender,
    sent,
    status,
    msgType,
    scope,
    ...(note !== undefined && { note }),
    references: referencesIn(within),
    infos: infos.map((info) => readInfo(info, sent)),
    hasSignature: root.children.some(({ name }) => name === 'Signature'),
  };
}

function notAnAlert(root: XmlElement): CapError {
  const { namespace, name } = root;
  const place = { line: root.line, column: root.column };
  if (namespace.startsWith('urn:oasis:names:tc:emergency:cap:') || namespace.includes('incident.com/cap')) {
    return new CapError(
      'It is in another version of the Common Alerting Protocol.',
      'Versions 1.0 and 1.1 are not read; ask for 1.2, which every current source gives.',
      place,
    );
  }
  if (name === 'feed' || name === 'rss') {
    return new CapError(
      'It is a list of alerts, not an alert.',
      'Fetch the alerts that it links to, each into a file.',
      place,
    );
  }
  return new CapError(
    'It is no alert of the Common Alerting Protocol 1.2.',
    `Its outermost element must be \`alert\` in the namespace ${CAP_NAMESPACE}.`,
    place,
  );
}

/** The elements of the protocol directly inside an element; those of other namespaces are left out. */
class Fields {
  readonly #children: readonly XmlElement[];

  constructor(readonly element: XmlElement) {
    this.#children = element.children.filter(({ namespace }) => namespace === CAP_NAMESPACE);
  }

  all(name: string): readonly XmlElement[] {
    return this.#children.filter((child) => child.name === name);
  }

  /** The text of an element that stands at most once; undefined where there is none or nothing in it. */
  optional(name: string): string | undefined {
    const found = this.all(name);
    const second = found[1];
    if (second !== undefined) throw wrong(second, `\`${name}\` stands there twice.`, 'It says one thing only once.');
    const text = found[0]?.text.trim() ?? '';
    if (text.length > MOST.text)
      throw wrong(found[0] ?? this.element, `\`${name}\` has more than ${MOST.text} characters.`, 'Shorten it.');
    return text === '' ? undefined : text;
  }

  required(name: string): string {
    return this.optional(name) ?? this.missing(name);
  }

  missing(name: string): never {
    throw wrong(
      this.element,
      `\`${this.element.name}\` has no \`${name}\`.`,
      'The protocol asks for it; ask who sends it.',
    );
  }

  /** A name without spaces, commas, `<` and `&`, which references are made of. */
  name(name: string): string {
    const text = this.required(name);
    if (!/^[^\s,<&]{1,300}$/.test(text))
      throw wrong(
        this.all(name)[0] ?? this.element,
        `\`${name}\` has spaces, commas, \`<\` or \`&\` in it, or is too long.`,
        'Messages refer to each other by it; ask who sends it.',
      );
    return text;
  }

  word<const W extends readonly string[]>(name: string, words: W): W[number] {
    return isWord(this.required(name), words) ?? this.unknownWord(name, words);
  }

  words<const W extends readonly string[]>(name: string, words: W): readonly W[number][] {
    return this.all(name).map(({ text }) => isWord(text.trim(), words) ?? this.unknownWord(name, words));
  }

  time(name: string): string | undefined {
    const text = this.optional(name);
    if (text === undefined || capSeconds(text) !== undefined) return text;
    throw wrong(
      this.all(name)[0] ?? this.element,
      `\`${name}\` is no date and time that exists.`,
      'It is written like 2026-07-01T15:00:00+02:00.',
    );
  }

  private unknownWord(name: string, words: readonly string[]): never {
    const found = this.all(name).find(({ text }) => !words.includes(text.trim()));
    throw wrong(
      found ?? this.element,
      `\`${name}\` is none of ${words.join(', ')}.`,
      'The protocol knows no other; capital letters count.',
    );
  }
}

function isWord<const W extends readonly string[]>(text: string, words: W): W[number] | undefined {
  return words.find((word) => word === text);
}

function wrong({ line, column }: XmlElement, message: string, advice: string): CapError {
  return new CapError(message, advice, { line, column });
}

function tooMany(element: XmlElement, most: number, what: string): CapError {
  return wrong(
    element,
    `It has more than ${most} ${what}.`,
    'No alert is that large; do not trust where it comes from.',
  );
}

/** `sender,identifier,sent` with spaces between. */
function referencesIn(within: Fields): readonly CapReference[] {
  const text = within.optional('references');
  if (text === undefined) return [];
  const written = text.split(/\s+/);
  const element = within.all('references')[0] ?? within.element;
  if (written.length > MOST.references) throw tooMany(element, MOST.references, 'references');
  return written.map((each) => {
    const [sender, identifier, sent, ...rest] = each.split(',');
    if (
      sender !== undefined &&
      identifier !== undefined &&
      sent !== undefined &&
      rest.length === 0 &&
      capSeconds(sent) !== undefined
    )
      return { sender, identifier, sent };
    throw wrong(
      element,
      'A reference is not `sender,identifier,sent`.',
      'Without it nobody knows which alert is meant; ask who sends it.',
    );
  });
}

function readInfo(element: XmlElement, sent: string): CapInfo {
  const within = new Fields(element);
  const categories = within.words('category', CAP_WORDS.category);
  if (categories.length === 0) within.missing('category');
  const areas = within.all('area');
  if (areas.length > MOST.areas) throw tooMany(element, MOST.areas, 'areas');
  const effective = within.time('effective');
  const onset = within.time('onset');
  const expires = within.time('expires');
  const begins = capSeconds(effective ?? sent) ?? 0;
  if (expires !== undefined && (capSeconds(expires) ?? 0) <= begins) {
    throw wrong(
      within.all('expires')[0] ?? element,
      'It expires before it begins.',
      'Compare `expires` with `effective` and `sent`; ask who sends it.',
    );
  }
  const [senderName, headline, description, instruction] = (
    ['senderName', 'headline', 'description', 'instruction'] as const
  ).map((name) => within.optional(name));
  return {
    language: within.optional('language') ?? 'en-US',
    categories,
    event: within.required('event'),
    responseTypes: within.words('responseType', CAP_WORDS.responseType),
    urgency: within.word('urgency', CAP_WORDS.urgency),
    severity: within.word('severity', CAP_WORDS.severity),
    certainty: within.word('certainty', CAP_WORDS.certainty),
    ...(effective !== undefined && { effective }),
    ...(onset !== undefined && { onset }),
    ...(expires !== undefined && { expires }),
    ...(senderName !== undefined && { senderName }),
    ...(headline !== undefined && { headline }),
    ...(description !== undefined && { description }),
    ...(instruction !== undefined && { instruction }),
    areas: areas.map(readArea),
  };
}

function readArea(element: XmlElement): CapArea {
  const within = new Fields(element);
  return {
    description: within.required('areaDesc'),
    polygons: within.all('polygon').map(readPolygon),
    circles: within.all('circle').map(readCircle),
    geocodes: within.all('geocode').map((geocode) => {
      const pair = new Fields(geocode);
      return { system: pair.required('valueName'), code: pair.required('value') };
    }),
  };
}

function readPolygon(element: XmlElement): readonly GeoPoint[] {
  const written = element.text.trim().split(/\s+/);
  if (written.length > MOST.points) throw tooMany(element, MOST.points, 'points in a polygon');
  const points = written.map((pair) => pointOf(pair));
  const [first, last] = [points[0], points.at(-1)];
  const isClosed = first !== undefined && first[0] === last?.[0] && first[1] === last[1];
  const known = points.filter((point) => point !== undefined);
  if (known.length === points.length && known.length >= 4 && isClosed) return known;
  throw wrong(
    element,
    'A polygon is no closed ring of points on Earth.',
    'It is written as latitude,longitude with spaces between, four points or more, the first one again at the end.',
  );
}

function readCircle(element: XmlElement): { readonly centre: GeoPoint; readonly radius: number } {
  const [point = '', radius = '', ...rest] = element.text.trim().split(/\s+/);
  const centre = pointOf(point);
  const kilometres = Number(radius);
  if (centre !== undefined && /^[\d.]+$/.test(radius) && Number.isFinite(kilometres) && rest.length === 0)
    return { centre, radius: kilometres };
  throw wrong(element, 'A circle is not `latitude,longitude radius`.', 'The radius is in kilometres.');
}

function pointOf(text: string): GeoPoint | undefined {
  const pair = /^(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)$/.exec(text);
  const [latitude, longitude] = [Number(pair?.[1] ?? Number.NaN), Number(pair?.[2] ?? Number.NaN)];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : undefined;
}
