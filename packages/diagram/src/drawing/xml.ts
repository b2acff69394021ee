/** An element of XML text: attributes in the order given, absent ones left out; children are finished XML. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .map(([key, value]) =>
      value === undefined
        ? ''
        : ` ${key}="${typeof value === 'number' ? pixels(value) : escapeXml(value).replaceAll('\n', '&#10;')}"`,
    )
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** Text as XML, safe in attributes and between tags. Characters that XML 1.0 cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
    .replace(/&/gu, '&amp;')
    .replace(/</gu, '&lt;')
    .replace(/>/gu, '&gt;')
    .replace(/"/gu, '&quot;')
    .replace(/'/gu, '&#39;');
}

/** A length with at most one decimal, so that rounding noise never reaches the output. */
export function pixels(value: number): string {
  const text = value.toFixed(1).replace(/\.0$/u, '');
  return text === '-0' ? '0' : text;
}
