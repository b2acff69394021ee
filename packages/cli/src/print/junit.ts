import type { StudyTest, TestedExpectation } from '@pathway/simulation';
import { measuredText, verdictAdvice } from './verdicts-text.js';

/**
 * Verdicts of all expectations as JUnit XML, as continuous integration reads it: one suite a study, one case an
 * `expect` and scenario. Times are left out, so that the same runs give the same bytes.
 * @param failsUndecided what the runs could not decide counts as a failure; otherwise it is skipped
 */
export function junitXml(studies: readonly StudyTest[], failsUndecided: boolean): string {
  const suites = studies.map((study) => {
    const cases = study.scenarios.flatMap((scenario) =>
      scenario.expectations.map((tested) => {
        const outcome = outcomeOf(tested, failsUndecided);
        const name = `name="${escapeXml(`${tested.text} in ${scenario.scenario}`)}" classname="${escapeXml(study.study)}"`;
        const output = `<system-out>${escapeXml(measuredText(tested))}</system-out>`;
        return { ...outcome, xml: `    <testcase ${name}>${outcome.body}${output}</testcase>` };
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
  tested: TestedExpectation,
  failsUndecided: boolean,
): { kind: 'passed' | 'failure' | 'skipped'; body: string } {
  const { verdict } = tested;
  if (verdict === 'holds') return { kind: 'passed', body: '' };
  const found = measuredText(tested);
  if (verdict === 'fails') return { kind: 'failure', body: `<failure message="${escapeXml(`broken: ${found}`)}"/>` };
  const message = escapeXml(`not decided: ${found}; ${verdictAdvice(tested)}`);
  return failsUndecided
    ? { kind: 'failure', body: `<failure message="${message}"/>` }
    : { kind: 'skipped', body: `<skipped message="${message}"/>` };
}

/** Text for an attribute or an element; characters that XML 1.0 cannot hold become the replacement character. */
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
