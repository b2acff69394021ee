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
  return unit === undefined ? digits(number) : `${digits(number)} ${unitOf(say, unit).said}`;
}

/**
 * A mean in seconds with half of its confidence interval, as `1.04 ± 0.02 min`: both in the unit that reads best for the mean,
 * with as many decimals as two digits of the interval have, at most two where these show any of it.
 * @param halfWidth in seconds, above 0
 */
export function sayInterval({ say, digits }: NumberSpeaker, mean: number, halfWidth: number): string {
  const { said, seconds } = unitOf(say, formatDuration(mean).split(' ')[1]);
  const size = Math.floor(Math.log10(halfWidth / seconds));
  const decimals = Math.min(Math.max(0, 1 - size), Math.max(2, -size), MOST_DECIMALS);
  const written = (value: number): string => digits((value / seconds).toFixed(decimals));
  return `${written(mean)} ± ${written(halfWidth)} ${said}`;
}

/** What is far more certain than anybody reads is written as 0. */
const MOST_DECIMALS = 6;

function unitOf(
  say: NumberSpeaker['say'],
  unit: string | undefined,
): { readonly said: string; readonly seconds: number } {
  switch (unit) {
    case 'd':
      return { said: say`d`, seconds: 86_400 };
    case 'h':
      return { said: say`h`, seconds: 3600 };
    case 'min':
      return { said: say`min`, seconds: 60 };
    default:
      return { said: say`s`, seconds: 1 };
  }
}

/** A fraction as `12.5%`, or as a language writes it: `12,5 %`. */
export function sayShare({ say, digits }: NumberSpeaker, fraction: number): string {
  return say`${digits(formatShare(fraction).slice(0, -1))}%`;
}
