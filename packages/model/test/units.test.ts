import {
  explainUnknownUnit,
  formatDuration,
  formatMoney,
  formatNumber,
  formatQuantity,
  formatShare,
  parseUnit,
  suggestUnit,
} from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('units', () => {
  it.each([
    ['min', 1, 0, 60],
    ['weeks', 1, 0, 604_800],
    ['year', 1, 0, 365.25 * 86_400],
    ['per day', -1, 0, 1 / 86_400],
    ['/h', -1, 0, 1 / 3600],
    ['%', 0, 0, 0.01],
    ['GBP', 0, 1, 1],
    ['GBP/h', -1, 1, 1 / 3600],
    ['h/week', 0, 0, 1 / 168],
  ])('reads %s', (text, time, money, factor) => {
    const unit = parseUnit(text);
    expect(unit?.dimension).toMatchObject({ time, money });
    expect(unit?.factor).toBeCloseTo(factor, 15);
  });

  it.each(['mins', 'month', 'XYZ', 'mg/kg', 'GBP/EUR', '', '/', 'per', '%/h', 'GBP / h'])(
    'does not read %s',
    (text) => {
      expect(parseUnit(text)).toBeUndefined();
    },
  );

  it.each([
    ['mins', 'min'],
    ['hrs', 'h'],
    ['hours', 'h'],
    ['days', 'd'],
    ['sec', 's'],
    ['wek', 'week'],
    ['GPB', 'GBP'],
    ['gbp', 'GBP'],
    ['gbp/hr', 'GBP/h'],
    ['per dy', 'per d'],
    ['month', 'd'],
    ['percent', '%'],
  ])('proposes for %s the unit %s', (text, unit) => {
    expect(suggestUnit(text)).toBe(unit);
  });

  it('proposes only units that it can read', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), (text) => {
        const unit = suggestUnit(text);
        return unit === undefined || parseUnit(unit) !== undefined;
      }),
    );
  });

  it('says why clinical units and months are none', () => {
    expect(explainUnknownUnit('mg/kg')).toContain('clinical unit');
    expect(explainUnknownUnit('months')).toContain('no fixed length');
    expect(explainUnknownUnit('mins')).toContain('did you mean `min`?');
  });
});

describe('formats', () => {
  it.each([
    [103_680, '1.2 d'],
    [1200, '20 min'],
    [5400, '90 min'],
    [0, '0 min'],
    [45, '45 s'],
    [0.5, '0.5 s'],
    [-7200, '-2 h'],
    [59.9999999999 * 60, '1 h'],
  ])('writes %d s as %s', (value, text) => {
    expect(formatDuration(value)).toBe(text);
  });

  it('writes numbers with significant digits and whole integer parts', () => {
    expect([1234.5, 0.000123456, 9.999, -0, 1e-12, Infinity, NaN].map((each) => formatNumber(each))).toEqual([
      '1235',
      '0.000123',
      '10',
      '0',
      '0.000000000001',
      '∞',
      '–',
    ]);
  });

  it('writes money, shares and rates', () => {
    expect(formatMoney(34.5, 'GBP')).toBe('34.50 GBP');
    expect(formatMoney(34, 'GBP')).toBe('34 GBP');
    expect(formatMoney(12.4, 'JPY')).toBe('12 JPY');
    expect(formatShare(0.1234)).toBe('12.3%');
    expect(formatQuantity(14 / 86_400, { time: -1, money: 0 })).toBe('14 per day');
    expect(formatQuantity(34 / 3600, { time: -1, money: 1, currency: 'GBP' })).toBe('34 GBP/h');
    expect(formatQuantity(37.5 / 168, { time: 0, money: 0 }, { unit: 'h/week' })).toBe('37.5 h/week');
  });
});
