import { Option, InvalidArgumentError, type Command } from 'commander';
import type { TestFlags } from './flags.js';

export function languageOption(): Option {
  return new Option('--language <tag>', 'language of words, numbers and titles: en, it, es, pt, pl, fr, nl or de');
}

export function workersOption(): Option {
  return new Option(
    '--workers <number>',
    'processor cores to use (default: all); results never depend on it',
  ).argParser(wholeNumber);
}

export function onOption(): Option {
  return new Option('--on <address>', 'run on the workers at this broker, as in redis://host:6379');
}

export function deadlineOption(): Option {
  return new Option(
    '--deadline <seconds>',
    'with --on: time for one replication, after which another worker tries it (default: 3600)',
  ).argParser(wholeNumber);
}

export function example(command: Command, lines: readonly string[]): void {
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

export function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

/** An address without the slash at its end. */
export function serverAddress(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:')
    throw new InvalidArgumentError('It is no address such as https://fhir.example.org/r4.');
  if (parsed.search !== '' || parsed.hash !== '' || parsed.username !== '' || parsed.password !== '')
    throw new InvalidArgumentError('An address of a server has no `?`, `#` and no password.');
  return parsed.href.replace(/\/+$/, '');
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

/** A whole number of what there must be some of. */
export function numberAboveZero(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It must be above 0.');
  return value;
}

/** A local date and time. */
export function localMoment(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}Z`)))
    throw new InvalidArgumentError('It must be a date and time such as 2026-12-13T18:00.');
  return text;
}

export function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || value < 0.05 || value > 86_400)
    throw new InvalidArgumentError('It must be a number of seconds from 0.05 to 86400.');
  return value;
}

/** `2026-04-02`, a day that there is. */
export function isoDate(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('It must be a date, like 2026-04-02.');
  return text;
}

/** `400` replications, or `90s`, `10min`, `1h`. */
export function testBudget(text: string): NonNullable<TestFlags['budget']> {
  const [, amount, unit] = /^(\d+)\s?(s|min|h)?$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0)
    throw new InvalidArgumentError('It must be a number of replications, like 400, or a time, like 90s, 10min or 1h.');
  if (unit === undefined) return { replications: wholeNumber(amount) };
  return { seconds: Number(amount) * (unit === 's' ? 1 : unit === 'min' ? 60 : 3600) };
}

/** A share as `10%` or `0.1`. */
export function share(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  const value = Number(found?.[1] ?? Number.NaN) / (found?.[2] === '%' ? 100 : 1);
  if (!(value >= 0 && value < 1)) throw new InvalidArgumentError('It must be a share from 0% to below 100%.');
  return value;
}

export function numberOrRange(text: string): number | { readonly first: number; readonly last: number } {
  const [first = '', last, ...more] = text.split('-');
  if (last === undefined) return wholeNumber(first);
  if (more.length > 0) throw new InvalidArgumentError('It must be a whole number, or two as in 0-99.');
  return { first: wholeNumber(first), last: wholeNumber(last) };
}
