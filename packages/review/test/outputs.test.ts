import { readFileSync, writeFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import {
  bytesOf,
  type Comparison,
  differenceDocument,
  differenceJsonSchema,
  differenceMarkdown,
  differenceSchema,
  diffModels,
  RANKS,
} from '../src/index.js';
import { edited, modelOf, STROKE } from './models.js';

async function comparisonOf(before: string, after: string): Promise<Comparison> {
  const difference = diffModels(await modelOf(before), await modelOf(after));
  return { from: 'main', to: 'work', projects: [{ path: '.', difference }] };
}

const many = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `resource Bed${i} "Bed number ${i}" { at RoyalDevon  count ${i + 1} }\n`,
  ).join('');

describe('the JSON of a difference', () => {
  test('follows the published schema', async () => {
    const path = new URL('../../../docs/schemas/difference.schema.json', import.meta.url);
    const schema = differenceJsonSchema();
    const text = `${JSON.stringify(schema, undefined, 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
    const comparison = await comparisonOf(
      STROKE,
      edited(['    handover to RoyalDevon by phone\n', ''], ['8% {', '9% {']),
    );
    const document: unknown = JSON.parse(JSON.stringify(differenceDocument(comparison)));
    expect(differenceSchema.safeParse(document).error).toBeUndefined();
    expect(new Ajv.default({ strict: false }).validate(schema, document)).toBe(true);
  });
});

describe('the comment', () => {
  test('says so where nothing differs', async () => {
    expect(differenceMarkdown(await comparisonOf(STROKE, `// Why.\n${STROKE}`))).toContain('**No semantic change.**');
  });

  test('tells ranks in their order', async () => {
    const after = edited(
      ['    handover to RoyalDevon by phone\n', ''],
      ['"Thrombolysis" when', '"Lysis" when'],
      ['count 10', 'count 12'],
    );
    const text = differenceMarkdown(await comparisonOf(STROKE, after));
    const headings = [...text.matchAll(/^#### (.*)$/gm)].map((found) => found[1]);
    expect(headings).toEqual(['Safety', 'Capacity', 'Wording']);
  });

  test('is cut by rank between entries, never within one, and says what is left out', async () => {
    const after = `${edited(['    handover to RoyalDevon by phone\n', ''])}${many(400)}`;
    const comparison = await comparisonOf(STROKE, after);
    const whole = differenceMarkdown(comparison, { atMost: 10_000_000 }).split('\n');
    for (const atMost of [1200, 5000, 20_000, 64_000]) {
      const text = differenceMarkdown(comparison, { atMost });
      expect(bytesOf(text)).toBeLessThanOrEqual(atMost);
      expect(text).toContain('handover dropped');
      const lines = text.split('\n').filter((line) => line.startsWith('- '));
      for (const line of lines) expect(whole).toContain(line);
      const left = comparison.projects[0]!.difference.changes.length - lines.length;
      if (left > 0) expect(text).toContain(`${left} further changes of lower rank`);
      else expect(text).not.toContain('Not shown');
    }
  });

  test('leaves pictures out before it leaves changes out', async () => {
    const comparison = await comparisonOf(STROKE, edited(['count 10', 'count 12']));
    const pictures = [{ title: 'Care', mermaid: `flowchart TD\n${'a --> b\n'.repeat(2000)}` }];
    expect(differenceMarkdown(comparison, { pictures })).toContain('```mermaid');
    const short = differenceMarkdown(comparison, { pictures, atMost: 2000 });
    expect(short).not.toContain('mermaid');
    expect(short).toContain('count 10 → 12');
    expect(short).toContain('1 further block');
  });

  test('lets no text of a model act as Markdown or HTML, and calls nobody', async () => {
    const after = edited(['"Acute stroke care" for', '"<img src=x> [a](http://b) @everyone" for']);
    const text = differenceMarkdown(await comparisonOf(STROKE, after));
    expect(text).not.toContain('<img');
    expect(text).not.toContain('[a](http://b)');
    expect(text).not.toContain('@everyone');
  });
});

test('counts bytes as UTF-8 has them', () => {
  for (const text of ['a', 'é', '→', '🏷️', 'aé→🏷️']) expect(bytesOf(text)).toBe(Buffer.byteLength(text));
});

test('every rank has a place in the order', () => {
  expect(RANKS).toEqual(['safety', 'flow', 'staff', 'capacity', 'demand', 'evidence', 'wording']);
});
