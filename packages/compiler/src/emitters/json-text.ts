import { stableJson } from '@pathway/model';

/** Plain data as JSON that depends on the data alone: sorted keys, two spaces, a line feed at the end. */
export function jsonText(value: object): string {
  return `${stableJson(value, 2)}\n`;
}
