/** An element of an XML document: its name, attributes in their order, and text or elements in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly content: string | readonly XmlElement[];
}

/** Makes an element; attributes without a value, and what is undefined in it, are left out. */
export function xml(
  name: string,
  attributes: XmlElement['attributes'] = {},
  content: string | readonly (XmlElement | undefined)[] = [],
): XmlElement {
  return {
    name,
    attributes,
    content: typeof content === 'string' ? content : content.filter((each) => each !== undefined),
  };
}

/** A document in UTF-8, one element a line; the same element gives the same bytes. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;
}

function written({ name, attributes, content }: XmlElement, indent: string): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapedXml(String(value))}"`)
    .join('');
  if (typeof content === 'string')
    return content === ''
      ? `${indent}<${name}${given}/>\n`
      : `${indent}<${name}${given}>${escapedXml(content)}</${name}>\n`;
  if (content.length === 0) return `${indent}<${name}${given}/>\n`;
  return `${indent}<${name}${given}>\n${content.map((each) => written(each, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

/** Text for an attribute or an element: characters that XML 1.0 cannot hold become a replacement character. */
export function escapedXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
