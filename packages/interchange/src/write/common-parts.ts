import type { Calibration, Stay } from '../calibrate.js';
import type { ArrivalPattern } from '../statistics/arrivals.js';
import type { AttributeMix } from '../statistics/attributes.js';
import type { UncertainNumbers } from './uncertain-numbers.js';
import { commented, Names, quoted, reference } from './names.js';
import { between, count, duration, fitLines, lawText, number, percent, plural, pText } from './numbers.js';

/** What a text says of its log beside the figures. */
export interface TextOptions {
  /** Title of the source; nothing of the log's own. */
  readonly title: string;
  /** SHA-256 of the log, hexadecimal. */
  readonly digest?: string;
}

const WIDTH = 100;

/** Lines of text as comments of at most a hundred characters where words allow. */
export function comments(lines: readonly string[]): string[] {
  return lines.flatMap((line) => wrapped(commented(line)).map((part) => `// ${part}`));
}

function wrapped(line: string): string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The declaration of the log as a source of numbers. */
export function sourceText({ facts }: Calibration, name: string, { title, digest }: TextOptions): string[] {
  const sample = facts.every === 1 ? '' : ` Ways through care are those of every ${count(facts.every)}th case.`;
  return [
    `source ${name} ${quoted(title)} {`,
    `date ${facts.last}`,
    'grade A',
    `note ${quoted(
      `${plural(facts.cases, 'case')} with ${plural(facts.events, 'event')} from ${facts.first} to ${facts.last}.${sample}${digest === undefined ? '' : ` SHA-256 ${digest}.`}`,
    )}`,
    '}',
  ];
}

/** How long cases last, and how many of them the end of the log may have cut off; too few of those are passed over. */
export function stayNotes({ mean, interval, long, late }: Stay, threshold: number): string[] {
  const said = `Cases last ${duration(mean)} from their first to their last event (${between(interval, duration)}).`;
  if (late < threshold || long === 0) return [said];
  return [
    said,
    `${plural(late, 'case')} began in the last ${duration(long)} of the log, a time that one case in twenty exceeds, and may not be over in it: what comes late happens no more seldom, and lasts no shorter, than is written here.`,
  ];
}

/** What is to be said of arrivals, and how the language writes them. @param numbers gives the rate or the gap a name */
export function arrivalsText(
  pattern: ArrivalPattern,
  numbers?: UncertainNumbers,
): { readonly notes: string[]; readonly value: string } {
  const { profile, days, weeks, gaps, between: law } = pattern;
  const tests = [
    ...(days === undefined ? [] : [`index of dispersion of days ${number(days.index)} (${pText(days.p)})`]),
    ...(weeks === undefined ? [] : [`of weeks ${number(weeks.index)} (${pText(weeks.p)})`]),
    ...(gaps === undefined ? [] : [`times between them ${pText(gaps.distanceP)}`]),
  ];
  const said = `${count(pattern.counted)} arrivals in ${duration(pattern.hours * 3600)}: ${number(pattern.perDay)} a day (${between(pattern.perDayInterval, number)}).`;
  const verdict =
    tests.length === 0
      ? 'Too few for a test of a Poisson process.'
      : `${pattern.poisson ? 'Nothing speaks against' : 'Not quite'} a Poisson process: ${tests.join(', ')}.`;
  const differences = `That hours of the day do not differ: ${pText(pattern.hoursP)}; days of the week: ${pText(pattern.daysP)}.`;
  if (law !== undefined)
    return {
      notes: [said, verdict, ...fitLines(law, duration)],
      value: `every ${numbers?.law(law, 'Arrival gap', 'Mean time between arrivals', duration) ?? lawText(law, duration)}`,
    };
  const shape = profile && ` profile ${profile.slot} (${profile.values.map(number).join(', ')})`;
  const rate =
    numbers?.rate(pattern.perDay, pattern.perDayInterval, 'Arrivals a day', 'Arrivals a day') ??
    `${number(pattern.perDay)} per day`;
  return { notes: [said, verdict, differences], value: `${rate}${shape ?? ''}` };
}

/** What is to be said of an attribute, and how the language writes its law; no value where it was left out. */
export function attributeText(
  mix: AttributeMix,
  threshold: number,
): { readonly notes: string[]; readonly value: string | undefined } {
  if (mix.kind === 'left out') return { notes: [`${mix.name} is left out: ${mix.why}.`], value: undefined };
  const few = mix.unknown < threshold ? `fewer than ${threshold} cases` : plural(mix.unknown, 'case');
  const unknown = mix.unknown === 0 ? '' : ` Not known of ${few}.`;
  if (mix.kind === 'number') {
    const [observed = '', law = ''] = fitLines(mix.fit, number);
    return { notes: [`${observed}${unknown}`, law].filter((line) => line !== ''), value: lawText(mix.fit, number) };
  }
  const names = new Names();
  const shares = mix.options.map(({ share, interval, value }, i) => {
    const rest = i === mix.options.length - 1;
    const name = optionName(value, names);
    const title = name === value || isTruth(value) ? '' : ` ${quoted(value)}`;
    return { text: `${name}${title}${rest ? '' : ` ${percent(share)}`}`, interval, name };
  });
  const merged = mix.merged === 0 ? '' : ` ${plural(mix.merged, 'rare value')} merged or left out.`;
  const intervals = shares.map(({ name, interval }) => `${name} ${between(interval, percent)}`).join(', ');
  return {
    notes: [`${plural(mix.known, 'case')}.${merged}${unknown}`, `${intervals}.`],
    value: `one of ${shares.map(({ text }) => text).join(', ')}`,
  };
}

/** Truth values are words of the language; yes and no say the same. */
function optionName(value: string, names: Names): string {
  if (/^true$/i.test(value)) return names.fresh('yes').toLowerCase();
  if (/^false$/i.test(value)) return names.fresh('no').toLowerCase();
  return reference(names.fresh(value));
}

function isTruth(value: string): boolean {
  return /^(?:true|false)$/i.test(value);
}
