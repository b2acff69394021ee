import { formatDuration, formatShare } from './format.js';

/** Whoever can say texts and write numbers in a language; the English text is the key. */
interface NumberSpeaker {
  readonly say: (text: TemplateStringsArray, ...values: readonly (string | number)[]) => string;
  /** Digits with a point in the separators of the language. */
  readonly digits: (text: string) => string;
}

/** Seconds as `28 min`, in the unit that reads best and the words of a language. */
export function sayDuration({ say, digits }: NumberSpeaker, seconds: number): string {
  const [number = '', unit] = formatDuration(seconds).split(' ');
  const written = digits(number);
  switch (unit) {
    case 'd':
      return `${written} ${say`d`}`;
    case 'h':
      return `${written} ${say`h`}`;
    case 'min':
      return `${written} ${say`min`}`;
    default:
      return unit === undefined ? written : `${written} ${say`s`}`;
  }
}

/** A fraction as `12.5%`, with the separators of a language. */
export function sayShare({ digits }: Pick<NumberSpeaker, 'digits'>, fraction: number): string {
  return `${digits(formatShare(fraction).slice(0, -1))}%`;
}
