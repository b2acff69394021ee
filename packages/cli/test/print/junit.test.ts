import type { ExpectationResult, StudyResults } from '@pathway/simulation';
import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { junitXml } from '../../src/print/junit.js';

const estimate = { mean: 0.1, halfWidth: 0.01, low: 0.09, high: 0.11, replications: 10 };

function study(title: string, expectations: readonly Pick<ExpectationResult, 'text' | 'verdict'>[]): StudyResults {
  return {
    format: 'pathway-results',
    formatVersion: 1,
    languageVersion: '0.1',
    sourceHash: '',
    study: 'Beds',
    title,
    seed: 1,
    start: '2026-01-05T00:00',
    timezone: 'UTC',
    runLength: 1,
    warmUp: 0,
    comparisons: [],
    interrupted: false,
    scenarios: [
      {
        scenario: 'Today',
        title: 'Today',
        replications: 10,
        events: 1,
        indicators: [],
        resources: [],
        pathways: [],
        activities: [],
        checks: [],
        warnings: [],
        expectations: expectations.map((each) => ({
          ...each,
          expectation: 'e',
          estimate,
          operator: '<=',
          limit: 1,
          unit: 'share',
        })),
      },
    ],
  };
}

function parse(xml: string): Document {
  return new new JSDOM('').window.DOMParser().parseFromString(xml, 'application/xml');
}

test('counts and tells verdicts', () => {
  const document = parse(
    junitXml(
      [
        study('S', [
          { text: 'a', verdict: 'holds' },
          { text: 'b', verdict: 'fails' },
          { text: 'c', verdict: 'not decided' },
        ]),
      ],
      false,
    ),
  );
  const top = document.documentElement;
  expect(['tests', 'failures', 'errors', 'skipped'].map((name) => top.getAttribute(name))).toEqual([
    '3',
    '1',
    '0',
    '1',
  ]);
  expect(document.querySelector('failure')?.getAttribute('message')).toContain(
    'broken: measured 10% (95 % interval 9% to 11%)',
  );
  expect(document.querySelectorAll('testcase')[0]?.children).toHaveLength(0);
});

test('what is not decided is a failure where that was asked for', () => {
  const document = parse(junitXml([study('S', [{ text: 'c', verdict: 'not decided' }])], true));
  expect(document.documentElement.getAttribute('failures')).toBe('1');
});

test('is well-formed and keeps every character that XML can hold, whatever the names are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const document = parse(junitXml([study(text, [{ text, verdict: 'fails' }])], false));
      expect(document.querySelector('parsererror')).toBeNull();
      const kept = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\u{fffd}');
      expect(document.querySelector('testsuite')?.getAttribute('name')).toBe(kept);
    }),
    { seed: 1, numRuns: 100 },
  );
});
