import type { FigureKind } from '../figures.js';
import type { Words } from '../words/words.js';

/** How figures of a kind stand in a column: the unit that its heading names, canonical units each, and their format. */
export interface ColumnUnit {
  readonly unit: string;
  readonly factor: number;
  readonly format: string;
}

/**
 * The unit of a row: shares as percentages, money in its currency, durations in minutes, hours or days by the size of
 * `typical` (seconds), so that a reader meets the unit of the page.
 */
export function kindUnit(words: Words, { unit, currency }: FigureKind, typical: number): ColumnUnit {
  switch (unit) {
    case 'share':
      return { unit: '%', factor: 1, format: '0.0%' };
    case 'money':
      return { unit: currency ?? words.say`money`, factor: 1, format: '#,##0.00' };
    case 'duration': {
      const size = Math.abs(typical);
      if (size >= 2 * 86_400) return { unit: words.say`d`, factor: 86_400, format: '0.00' };
      if (size >= 2 * 3600) return { unit: words.say`h`, factor: 3600, format: '0.00' };
      return { unit: words.say`min`, factor: 60, format: '0.00' };
    }
    case 'rate':
      return { unit: words.say`per d`, factor: 1 / 86_400, format: '0.00' };
    default:
      return { unit: unit === 'count' ? words.say`count` : '', factor: 1, format: '0.00' };
  }
}
