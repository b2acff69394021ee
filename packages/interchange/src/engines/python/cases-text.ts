import { indented } from '../program-text.js';

/** What is done in a case, and whether nothing goes on after it. */
interface CaseText {
  readonly lines: readonly string[];
  readonly ends: boolean;
}

/** Tests one after another; the last arm is that of none. What ends by itself needs no `else` after it. */
export function casesText(tests: readonly string[], arms: readonly CaseText[]): string[] {
  const written = arms.map(({ lines }) => lines);
  const last = written[tests.length] ?? [];
  if (tests.length === 1 && (written[0] ?? []).length === 0) {
    const [test = ''] = tests;
    return last.length === 0 ? evaluated(test) : [`if ${negated(test)}:`, ...indented(last)];
  }
  const lines = tests.flatMap((test, i) => [
    `${i === 0 ? 'if' : 'elif'} ${test}:`,
    ...indented(written[i]?.length ? written[i] : ['pass']),
  ]);
  if (last.length > 0) {
    const closed = arms.slice(0, -1).every(({ ends }) => ends);
    if (closed) lines.push(...last);
    else lines.push('else:', ...indented(last));
  }
  return lines;
}

/** A condition that is worked out although nothing depends on it. */
function evaluated(test: string): string[] {
  return test.includes('begin_rounds') || test.includes('yield') ? [test] : [];
}

function negated(test: string): string {
  return /^[\w.]+$/.test(test) || /^\(.*\)$/.test(test) ? `not ${test}` : `not (${test})`;
}
