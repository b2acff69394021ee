import { SaxesParser, type SaxesTagNS } from 'saxes';

/** An element with its text (of its own, without that of elements inside) and the elements inside. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** By their names as written; prefixes are not resolved. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly line: number;
  readonly column: number;
}

interface Growing extends XmlElement {
  text: string;
  readonly children: Growing[];
}

/** What a kind of document may be, and how it is told what is wrong with one. */
export interface XmlRules {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
  /** What it is called with its article: `an alert`. */
  readonly what: string;
  /** The error to throw. */
  readonly fault: (
    message: string,
    advice: string,
    place?: { readonly line: number; readonly column: number },
  ) => Error;
}

/**
 * The elements of an XML document, with namespaces resolved. Comments and processing instructions are left out; a document
 * type, which could define entities, is refused, and so is what is larger or deeper than any document of its kind.
 * @throws the fault of the rules, with line and column
 */
export function readXmlTree(text: string, rules: XmlRules): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: Growing | undefined;
  let count = 0;
  const fail = (message: string, advice: string): never => {
    throw rules.fault(message, advice, { line: parser.line, column: parser.column });
  };
  parser.on('doctype', () =>
    fail(
      'It has a document type, which could define entities.',
      `${capitalised(rules.what)} has none; ask who sends it to leave it out.`,
    ),
  );
  parser.on('opentag', (tag: SaxesTagNS) => {
    count++;
    if (count > rules.elements)
      fail(
        `It has more than ${rules.elements} elements.`,
        `No ${plain(rules.what)} is that large; do not trust where it comes from.`,
      );
    if (open.length >= rules.depth)
      fail(
        `Elements stand more than ${rules.depth} deep in each other.`,
        `No ${plain(rules.what)} is that deep; do not trust where it comes from.`,
      );
    const { line, column } = parser;
    const attributes = Object.fromEntries(Object.entries(tag.attributes).map(([name, { value }]) => [name, value]));
    const element: Growing = { namespace: tag.uri, name: tag.local, attributes, text: '', children: [], line, column };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) =>
    fail(`It is no well-formed XML: ${plainReason(error.message)}.`, 'It may be cut off or damaged; get it again.'),
  );
  parser.write(text).close();
  return root ?? fail('It is empty.', 'Get it again.');
}

/** The parser's reason without the place, which is told beside it, and without what the document says. */
function plainReason(message: string): string {
  const reason = message.replace(/^(?:[^:]*:)?\d+:\d+: /, '').replace(/\.$/, '');
  return reason.length > 80 ? `${reason.slice(0, 80)}…` : reason;
}

const ENCODINGS = ['utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'us-ascii'];

/**
 * The text of an XML document's bytes, by its byte order mark or its declaration, else UTF-8.
 * @throws the fault of the rules for too many bytes, an encoding that is not read here, or bytes that are not text in it
 */
export function decodeXml(bytes: Uint8Array, rules: XmlRules): string {
  if (bytes.length > rules.bytes) {
    throw rules.fault(
      `It has ${bytes.length} bytes, more than the ${rules.bytes} that are read.`,
      `No ${plain(rules.what)} is that large; do not trust where it comes from.`,
    );
  }
  const encoding = encodingOf(bytes);
  if (!ENCODINGS.includes(encoding)) {
    throw rules.fault(
      `Its encoding is not one that is read here.`,
      `Write it in UTF-8; read are ${ENCODINGS.join(', ')}.`,
    );
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw rules.fault(
      `It is not text in ${encoding.toUpperCase()}.`,
      'It may be damaged, or no XML at all; get it again.',
    );
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return (
    /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase() ??
    'utf-8'
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plain(what: string): string {
  return what.replace(/^an? /, '');
}
