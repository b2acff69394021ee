import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { calibrationHtml, calibrationMarkdown } from '../../src/report/report.js';
import { calibrationJson, calibrationJsonSchema, summarise } from '../../src/report/summary.js';
import { calibrated, simulatedLog } from '../simulated.js';

const SCHEMA = fileURLToPath(new URL('../../../../docs/schemas/calibration.schema.json', import.meta.url));

const summaryOf = async (log: string) => summarise(await calibrated(log), { title: 'Log', digest: 'abc' });

describe('the report of a calibration', () => {
  test('for programs has a schema that is published, and follows it', async () => {
    const schema = `${JSON.stringify(calibrationJsonSchema(), undefined, 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(SCHEMA, schema);
    expect(readFileSync(SCHEMA, 'utf8')).toBe(schema);
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(calibrationJsonSchema());
    const json: unknown = JSON.parse(calibrationJson(await summaryOf(simulatedLog({ cases: 100 }))));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
  });

  test('counts below the threshold are not in it', async () => {
    const log = `${simulatedLog({ cases: 100, starts: false })}${[1, 2, 3].map((one) => `case ${one},Register,2026-02-0${one}T00:00:00\n`).join('')}`;
    const { conformance } = await summaryOf(log);
    expect(conformance.deviations).toEqual([]);
    expect(conformance.rareDeviations).toBe(1);
    expect(conformance.perfect).toBeCloseTo(0.97, 12);
  });

  test('has a picture of each fit that holds all of the histogram, and needs nothing from elsewhere', async () => {
    const page = calibrationHtml(await summaryOf(simulatedLog({ cases: 200 })));
    expect(page.match(/<svg role="img"/g)!.length).toBeGreaterThanOrEqual(4);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|https?:|NaN|Infinity|undefined/);
  });

  test('the law in a picture has as much under it as was observed', async () => {
    const { steps } = await summaryOf(simulatedLog({ cases: 400 }));
    const { histogram, quantiles } = steps.find(({ activity }) => activity === 'CT scan')!.duration!;
    const sum = (of: 'observed' | 'law'): number => histogram.reduce((all, bin) => all + bin[of], 0);
    expect(sum('observed')).toBeGreaterThan(0.9);
    expect(Math.abs(sum('observed') - sum('law'))).toBeLessThan(0.05);
    for (const { observed, law } of quantiles.slice(2, -2)) expect(law / observed).toBeCloseTo(1, 0);
  });

  test('what a log calls things is text and nothing else', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const log = simulatedLog({ cases: 40 }).replaceAll('CT scan', evil);
    const summary = await summaryOf(log);
    expect(calibrationHtml(summary)).not.toContain('<img');
    expect(calibrationHtml(summary)).toContain('&lt;img');
    expect(calibrationMarkdown(summary)).not.toContain('<img');
    expect(calibrationMarkdown(await summaryOf(simulatedLog({ cases: 40 }).replaceAll('CT scan', 'a|b')))).toContain(
      'a\\|b',
    );
  });

  test('the same log gives the same bytes', async () => {
    const log = simulatedLog({ cases: 60 });
    expect(calibrationHtml(await summaryOf(log))).toBe(calibrationHtml(await summaryOf(log)));
    expect(calibrationMarkdown(await summaryOf(log))).toBe(calibrationMarkdown(await summaryOf(log)));
  });
});
