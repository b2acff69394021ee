import { describe, expect, it } from 'vitest';
import { reportMarkdown } from '../src/index.js';
import { escapeMarkdown, named } from '../src/text.js';
import { BY_DAY, INPUT, MODEL, STUDY } from './fixture.js';

describe('the Markdown report', () => {
  it('reads as before', async () => {
    await expect(reportMarkdown(INPUT)).toMatchFileSnapshot('goldens/report.md');
  });

  it('gives the same bytes for the same input', () => {
    expect(reportMarkdown(structuredClone(INPUT))).toBe(reportMarkdown(INPUT));
  });

  it('keeps the cells of its tables together, whatever a title holds', () => {
    const [first] = STUDY.scenarios;
    const title = 'a | b\n## c <img src=x> `d` [e](javascript:f)';
    const scenario = { ...first!, indicators: first!.indicators.map((each) => ({ ...each, title })) };
    const text = reportMarkdown({ ...INPUT, results: [{ ...STUDY, scenarios: [scenario], comparisons: [] }] });
    const rows = text.split('\n').filter((line) => line.startsWith('| a '));
    expect(rows.length).toBeGreaterThan(3);
    // Three columns in the comparison by aim, four in the table of indicators.
    for (const row of rows) expect([4, 5]).toContain(row.match(/(?<!\\)\|/g)?.length);
    expect(text).not.toMatch(/^## c/m);
    expect(text).not.toMatch(/(?<!\\)<img/);
    expect(text).not.toMatch(/(?<!\\)\]\(javascript/);
  });

  it('has the days of crises with what their figures assume', () => {
    const [plan] = INPUT.plans;
    const text = reportMarkdown({ ...INPUT, plans: [{ ...plan!, byDay: BY_DAY }] });
    const [, days = ''] = text.split('### On the days of crises: As it is');
    expect(days).toContain('| Stroke nurse, Royal Devon hospital | 2026-12-07 | 2026-12-08 | 90 |');
    expect(days).toContain('| 14.5 | Flood, Surge plan |');
    expect(days).toContain('Surge plan: units that become others are counted as what they were.');
  });

  it('stands without results', () => {
    const text = reportMarkdown({ model: MODEL, results: [], plans: [], facts: [], diagrams: {}, diagnostics: [] });
    expect(text).toContain('# Stroke service of north Devon');
    expect(text).toContain('The checks found nothing to mention.');
  });
});

describe('text', () => {
  it('is not read as Markdown', () => {
    expect(escapeMarkdown('- x')).toBe('\\- x');
    expect(escapeMarkdown('1. x')).toBe('1\\. x');
    expect(escapeMarkdown('9.1 % and -3')).toBe('9.1 % and -3');
    expect(escapeMarkdown('_x_ and p_90 <= 5')).toBe('\\_x\\_ and p_90 <= 5');
    expect(escapeMarkdown('&lt; <b>')).toBe('&amp;lt; \\<b>');
  });

  it('is made into names that cannot turn what is around them', () => {
    expect(named('  two\n lines\u202e ')).toBe('two lines');
    expect(named('قسم')).toBe('\u2068قسم\u2069');
    expect(named('\ud800')).toBe('\ufffd');
  });
});
