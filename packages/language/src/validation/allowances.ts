import type { Diagnostic, Origin } from '@pathway/model';
import { compareDiagnostics, createDiagnostic, isDiagnosticCode } from '@pathway/model';
import { isUnshakable } from './severities.js';

/** A comment `// @allow PW3004 because …`, which silences a code on its own line, or on the next when it stands alone. */
interface Allowance {
  readonly code: string;
  readonly reason: string;
  /** Where the code stands in the comment. */
  readonly origin: Origin;
  /** The line on which a silenced diagnostic begins. */
  readonly line: number;
}

const ALLOW = /^(\s*(?:\S.*?\s)?)?\/\/\s*@allow\s+(\S+)(.*)$/;

/**
 * Takes out the diagnostics of a file that comments in it silence with a reason, and adds what is wrong with such
 * comments: no reason given, a code that does not exist, nothing there to silence.
 * @param file as in the diagnostics' ranges; those of other files pass through untouched
 */
export function applyAllowances(file: string, text: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const allowances = allowancesIn(file, text);
  if (allowances.length === 0) return [...diagnostics];
  const used = new Set<Allowance>();
  const kept = diagnostics.filter((diagnostic) => {
    if (diagnostic.range.file !== file || isUnshakable(diagnostic)) return true;
    const allowance = allowances.find((each) => each.code === diagnostic.code && each.line === diagnostic.range.line);
    if (allowance === undefined) return true;
    used.add(allowance);
    return allowance.reason === '';
  });
  const comments = allowances.flatMap((allowance) => {
    const { code, origin } = allowance;
    if (!isDiagnosticCode(code)) return [createDiagnostic('PW9004', { code }, origin)];
    if (!used.has(allowance)) return [createDiagnostic('PW9003', { code }, origin)];
    return allowance.reason === '' ? [createDiagnostic('PW9002', { code }, origin)] : [];
  });
  return [...kept, ...comments].sort(compareDiagnostics);
}

function allowancesIn(file: string, text: string): readonly Allowance[] {
  if (!text.includes('@allow')) return [];
  const lines = text.split(/\r?\n/);
  const found: Allowance[] = [];
  for (const [index, line] of lines.entries()) {
    const match = ALLOW.exec(line);
    if (match === null) continue;
    const [, before = '', code = '', rest = ''] = match;
    const column = line.indexOf(code, line.indexOf('@allow') + '@allow'.length) + 1;
    const origin = { file, line: index + 1, column, endLine: index + 1, endColumn: column + code.length };
    const reason = /^\s+because\s+(\S.*)$/.exec(rest)?.[1]?.trim() ?? '';
    found.push({ code, reason, origin, line: before.trim() === '' ? nextLineOfText(lines, index) : index + 1 });
  }
  return found;
}

/** The number of the next line that is not empty and not a comment. */
function nextLineOfText(lines: readonly string[], index: number): number {
  for (let next = index + 1; next < lines.length; next++) {
    const line = lines[next]?.trim() ?? '';
    if (line !== '' && !line.startsWith('//')) return next + 1;
  }
  return index + 2;
}
