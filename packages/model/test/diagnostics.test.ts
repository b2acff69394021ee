import {
  compareDiagnostics,
  createDiagnostic,
  DIAGNOSTIC_CODES,
  diagnosticCatalogue,
  editDistance,
  explainDiagnostic,
  isDiagnosticCode,
  nearestText,
} from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORIGIN } from './build.js';

describe('the catalogue', () => {
  it.each(DIAGNOSTIC_CODES)('%s explains itself in a sentence and belongs to a band', (code) => {
    const { band, sentence, title } = explainDiagnostic(code);
    expect(code).toMatch(/^PW[1-9]\d{3}$/);
    expect(band).not.toBe('');
    expect(sentence).toMatch(/^[A-Z`].*\.$/);
    expect(title).not.toMatch(/\.$/);
  });

  it('has different titles', () => {
    expect(new Set(Object.values(diagnosticCatalogue).map(({ title }) => title)).size).toBe(DIAGNOSTIC_CODES.length);
  });

  it('knows its codes', () => {
    expect(isDiagnosticCode('PW2001')).toBe(true);
    expect(isDiagnosticCode('toString')).toBe(false);
  });
});

describe('diagnostics', () => {
  it('carry message, severity and place', () => {
    expect(createDiagnostic('PW2001', { kind: 'role', name: 'Nruse', suggestion: 'Nurse' }, ORIGIN)).toEqual({
      code: 'PW2001',
      severity: 'error',
      message: 'There is no role `Nruse` here; did you mean `Nurse`?',
      range: ORIGIN,
      related: [],
    });
    const fixes = [{ title: 'Write `min`', edits: [{ origin: ORIGIN, newText: 'min' }] }];
    expect(createDiagnostic('PW4001', { sentence: 'x' }, ORIGIN, { fixes, severity: 'warning' })).toMatchObject({
      severity: 'warning',
      fixes,
    });
  });

  it('are ordered by place, then code', () => {
    const unused = createDiagnostic('PW2006', { kind: 'role', name: 'A' }, ORIGIN);
    const earlier = createDiagnostic('PW9001', { kind: 'pathway', name: 'A' }, { ...ORIGIN, line: 1 });
    const unknown = createDiagnostic('PW2001', { kind: 'role', name: 'A', suggestion: '' }, ORIGIN);
    expect([unused, unknown, earlier].sort(compareDiagnostics)).toEqual([earlier, unknown, unused]);
  });
});

describe('the nearest text', () => {
  it('counts insertions, deletions, replacements and swaps', () => {
    expect([editDistance('hodl', 'hold'), editDistance('', 'abc'), editDistance('kitten', 'sitting')]).toEqual([
      1, 3, 3,
    ]);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 6 }),
        fc.string({ maxLength: 6 }),
        (a, b) => editDistance(a, b) === editDistance(b, a),
      ),
    );
  });

  it('stays silent when nothing is near', () => {
    expect(nearestText('repaet', ['repeat', 'release'])).toBe('repeat');
    expect(nearestText('xyz', ['repeat', 'step'])).toBeUndefined();
  });
});
