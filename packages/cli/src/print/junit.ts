import type { StudyResults } from '@pathway/simulation';
import { interval, meanFigure } from './figure.js';

/**
 * Verdicts of all expectations as JUnit XML, as continuous integration reads it: one suite a study, one case an
 * `expect` and scenario. Times are left out, so that the same runs give the same bytes.
 * @param strict what the runs could not decide counts as a failure; otherwise it is skipped
 */
export function junitXml(studies: readonly StudyResults[], strict: boolean): string {
  const suites = studies.map((study) => {
    const cases = study.scenarios.flatMap((scenario) =>
      scenario.expectations.map(({ text, verdict, estimate, unit }) => {
        const found = `measured ${meanFigure(estimate, unit)} (95 % interval ${interval(estimate, unit)})`;
        const outcome = outcomeOf(verdict, found, strict);
        const name = `name="${escapeXml(`${text} in ${scenario.scenario}`)}" classname="${escapeXml(study.study)}"`;
        return {
          ...outcome,
          xml: outcome.body === '' ? `    <testcase ${name}/>` : `    <testcase ${name}>${outcome.body}</testcase>`,
        };
      }),
    );
    const failures = cases.filter(({ kind }) => kind === 'failure').length;
    const skipped = cases.filter(({ kind }) => kind === 'skipped').length;
    return {
      tests: cases.length,
      failures,
      skipped,
      xml: [
        `  <testsuite name="${escapeXml(study.title)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}">`,
        ...cases.map(({ xml }) => xml),
        '  </testsuite>',
      ].join('\n'),
    };
  });
  const total = (count: 'tests' | 'failures' | 'skipped'): number =>
    suites.reduce((sum, suite) => sum + suite[count], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pathway test" tests="${total('tests')}" failures="${total('failures')}" errors="0" skipped="${total('skipped')}">`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function outcomeOf(
  verdict: 'holds' | 'fails' | 'not decided',
  found: string,
  strict: boolean,
): { kind: 'passed' | 'failure' | 'skipped'; body: string } {
  if (verdict === 'holds') return { kind: 'passed', body: '' };
  const message = verdict === 'fails' ? `broken: ${found}` : `not decided: ${found}; more replications would tell`;
  if (verdict === 'fails' || strict) return { kind: 'failure', body: `<failure message="${escapeXml(message)}"/>` };
  return { kind: 'skipped', body: `<skipped message="${escapeXml(message)}"/>` };
}

/** Text for an attribute; characters that XML 1.0 cannot hold become the replacement character. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\u{fffd}',
    )
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}
