import { SaxesParser, type SaxesTagNS } from 'saxes';
import { CapError } from './cap-alert.js';

/** An element with its text (of its own, without that of elements inside) and the elements inside. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly line: number;
  readonly column: number;
}

interface Growing extends XmlElement {
  text: string;
  readonly children: Growing[];
}

/** What is more is no alert that anybody would issue. */
const XML_LIMITS = { bytes: 1024 * 1024, depth: 16, elements: 20_000 } as const;

/**
 * The elements of an XML document, with namespaces resolved. Attributes, comments and processing instructions are left out;
 * a document type, which could define entities, is refused, and so is what is larger or deeper than any alert.
 * @throws CapError with line and column
 */
export function readXmlTree(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: Growing | undefined;
  let count = 0;
  const fail = (message: string, advice: string): never => {
    throw new CapError(message, advice, { line: parser.line, column: parser.column });
  };
  parser.on('doctype', () =>
    fail(
      'It has a document type, which could define entities.',
      'An alert has none; ask who sends it to leave it out.',
    ),
  );
  parser.on('opentag', (tag: SaxesTagNS) => {
    count++;
    if (count > XML_LIMITS.elements)
      fail(
        `It has more than ${XML_LIMITS.elements} elements.`,
        'No alert is that large; do not trust where it comes from.',
      );
    if (open.length >= XML_LIMITS.depth)
      fail(
        `Elements stand more than ${XML_LIMITS.depth} deep in each other.`,
        'No alert is that deep; do not trust where it comes from.',
      );
    const { line, column } = parser;
    const element: Growing = { namespace: tag.uri, name: tag.local, text: '', children: [], line, column };
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
 * @throws CapError for too many bytes, an encoding that is not read here, or bytes that are not text in it
 */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes.length > XML_LIMITS.bytes) {
    throw new CapError(
      `It has ${bytes.length} bytes, more than the ${XML_LIMITS.bytes} that are read.`,
      'No alert is that large; do not trust where it comes from.',
    );
  }
  const encoding = encodingOf(bytes);
  if (!ENCODINGS.includes(encoding)) {
    throw new CapError(
      `Its encoding is not one that is read here.`,
      `Write it in UTF-8; read are ${ENCODINGS.join(', ')}.`,
    );
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new CapError(
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
