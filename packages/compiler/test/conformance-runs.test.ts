import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@pathway/language';
import { parseUnit } from '@pathway/model';
import { type Estimate, simulateStudy, type StudyResults } from '@pathway/simulation';
import { describe, expect, it } from 'vitest';

const CONFORMANCE = fileURLToPath(new URL('../../../language/conformance/', import.meta.url));
/** Every text of the folder, by its path in it: a file is a case, and so is a folder with a `main.pathway`. */
const CASES = readdirSync(join(CONFORMANCE, 'runs'), { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.pathway'))
  .sort();

/** A figure that a case says must come of it. */
interface Expected {
  readonly text: string;
  readonly indicator: string;
  readonly statistic: string;
  readonly group: string | undefined;
  readonly scenario: string | undefined;
  /** `=`: to the last digits; `~`: the interval of the replications holds it, and says something. */
  readonly how: '=' | '~';
  readonly value: number;
}

const MARKER = /^\s*\/\/ @figure ((?:(\w+) of )?(\w+)(?: for (\w+))?(?: in (\w+))? ([=~]) (-?[\d.]+) ?(\S+)?)\s*$/;

function expectedIn(text: string): readonly Expected[] {
  return text.split('\n').flatMap((line): Expected[] => {
    if (!line.includes('@figure')) return [];
    const [, whole = '', statistic = 'mean', indicator = '', group, scenario, how, number, unit] =
      MARKER.exec(line) ?? [];
    if (how !== '=' && how !== '~') throw new Error(`Cannot read ${line.trim()}`);
    const value = Number(number) * factorOf(unit);
    return [{ text: whole, indicator, statistic, group, scenario, how, value }];
  });
}

function factorOf(unit: string | undefined): number {
  if (unit === undefined || /^[A-Z]{3}$/.test(unit)) return 1;
  if (unit === '%') return 0.01;
  const parsed = parseUnit(unit);
  if (parsed === undefined) throw new Error(`There is no unit ${unit}`);
  return parsed.factor;
}

/** What is to be expected of the figures, and whether it is so; empty where everything is. */
function complaints(results: StudyResults, expected: Expected): readonly string[] {
  const scenario =
    expected.scenario === undefined
      ? results.scenarios[0]
      : results.scenarios.find((each) => each.scenario === expected.scenario);
  const row = scenario?.indicators.find(
    (each) => each.indicator === expected.indicator && each.group === expected.group,
  );
  if (row === undefined) return [`${expected.text}: there is no such figure`];
  if (expected.statistic === 'maximum') return wrong(expected, row.distribution?.maximum ?? Number.NaN);
  return expected.how === '=' ? wrong(expected, row.estimate.mean) : unlikely(expected, row.estimate);
}

function wrong({ text, value }: Expected, found: number): readonly string[] {
  return Math.abs(found - value) <= 1e-9 * Math.max(1, Math.abs(value)) ? [] : [`${text}, but ${found}`];
}

/** The value lies in the 95 % interval widened to more than 99.9 %, which is narrower than a twentieth of it. */
function unlikely({ text, value }: Expected, { mean, halfWidth }: Estimate): readonly string[] {
  if (!(halfWidth < 0.05 * value)) return [`${text}, known within ${halfWidth} only`];
  return Math.abs(mean - value) < 1.9 * halfWidth ? [] : [`${text}, but ${mean} ± ${halfWidth}`];
}

describe('conformance of runs', () => {
  it.each(CASES)('%s', async (path) => {
    const file = join(CONFORMANCE, 'runs', path);
    const { model } = await compile([posix.basename(path)], {
      read: (name) => {
        const read = join(dirname(file), posix.normalize(name));
        return Promise.resolve(existsSync(read) ? readFileSync(read, 'utf8') : undefined);
      },
    });
    if (model === undefined) throw new Error(`${path} does not compile`);
    const expected = expectedIn(readFileSync(file, 'utf8'));
    expect(expected).not.toEqual([]);
    const results = await simulateStudy(model, model.studies[0]?.id ?? '');
    expect(expected.flatMap((each) => complaints(results, each))).toEqual([]);
    expect(results.scenarios.flatMap(({ checks }) => checks.filter((check) => !check.holds))).toEqual([]);
  });
});

describe('the table of what can be expressed', () => {
  const table = readFileSync(new URL('../../../docs/expressible.md', import.meta.url), 'utf8');
  const named = [...table.matchAll(/\]\(\.\.\/language\/conformance\/([^)]+)\)/g)].map(([, path]) => path ?? '');

  it('names cases that exist', () => {
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((path) => !existsSync(join(CONFORMANCE, path)))).toEqual([]);
  });

  it('names every case that runs', () => {
    const known = new Set(named);
    expect(CASES.filter((path) => !known.has(`runs/${path}`))).toEqual([]);
  });
});
