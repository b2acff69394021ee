import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { junitXml } from '../../src/print/junit.js';
import { studyTest } from './study-test.js';

function parse(xml: string): Document {
  return new new JSDOM('').window.DOMParser().parseFromString(xml, 'application/xml');
}

test('counts and tells verdicts', () => {
  const document = parse(
    junitXml(
      [
        studyTest('S', [
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
    'broken: 10%, 95 % interval 9% to 11%, ',
  );
  const [first] = document.querySelectorAll('testcase');
  expect(Array.from(first?.children ?? [], ({ tagName }) => tagName)).toEqual(['system-out']);
  expect(first?.textContent).toBe('10%, 95 % interval 9% to 11%, 90 percentage points to spare (90% of the limit)');
});

test('what is not decided is a failure where that was asked for', () => {
  const document = parse(junitXml([studyTest('S', [{ text: 'c', verdict: 'not decided' }])], true));
  expect(document.documentElement.getAttribute('failures')).toBe('1');
});

test('is well-formed and keeps every character that XML can hold, whatever the names are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const document = parse(junitXml([studyTest(text, [{ text, verdict: 'fails' }])], false));
      expect(document.querySelector('parsererror')).toBeNull();
      const kept = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\u{fffd}');
      expect(document.querySelector('testsuite')?.getAttribute('name')).toBe(kept);
    }),
    { seed: 1, numRuns: 100 },
  );
});
