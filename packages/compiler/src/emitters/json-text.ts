/** Plain data as JSON with two spaces and a line feed at the end; the order of keys is the order of the data. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
