import {
  type Attribute,
  categoryShares,
  distributionQuantile,
  type Expression,
  type FunctionName,
  meanOfExpression,
  resolveDistribution,
  varianceOfExpression,
} from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { binary, draw, NO_NUMBERS, ORIGIN, plain } from './build.js';

const attribute = (name: string, value: Expression, categories: string[] = []): Attribute => ({
  name,
  value,
  categories,
  origin: ORIGIN,
});
const oneOf = (shares: Record<string, number | undefined>): Extract<Expression, { kind: 'one of' }> => ({
  kind: 'one of',
  options: Object.entries(shares).map(([value, share]) =>
    share === undefined ? { value } : { value, share: plain(share) },
  ),
});
const byRoute = (esd: Expression, rest: Expression): Expression => ({
  kind: 'cases',
  attribute: 'route',
  cases: [{ values: ['esd'], then: esd }],
  otherwise: rest,
});
const route = attribute('route', oneOf({ esd: 0.13, rehab: 0.24, home: undefined }), ['esd', 'rehab', 'home']);
const call = (name: FunctionName, ...parts: Expression[]): Expression => ({ kind: 'function', name, arguments: parts });
const mean = (expression: Expression, ...attributes: Attribute[]) =>
  meanOfExpression(expression, NO_NUMBERS, { attributes });
const variance = (expression: Expression, ...attributes: Attribute[]) =>
  varianceOfExpression(expression, NO_NUMBERS, { attributes });

describe('means and variances of expressions', () => {
  it('weight cases by shares, with the spread between them', () => {
    const stay = byRoute(draw('lognormal', { mean: 4.6, sd: 4.8 }), draw('lognormal', { mean: 7.4, sd: 8.61 }));
    const expected = 0.13 * 4.6 + 0.87 * 7.4;
    expect(mean(stay, route).value).toBeCloseTo(expected, 12);
    const second = 0.13 * (4.8 ** 2 + 4.6 ** 2) + 0.87 * (8.61 ** 2 + 7.4 ** 2);
    expect(variance(stay, route).value).toBeCloseTo(second - expected ** 2, 10);
    const certain = meanOfExpression(stay, NO_NUMBERS, { attributes: [route], shares: { route: { esd: 1 } } });
    expect(certain.value).toBeCloseTo(4.6, 12);
  });

  it('see that two cases by one attribute go together', () => {
    const factor = byRoute(plain(2), plain(0));
    expect(mean(binary(factor, '*', factor), route).value).toBeCloseTo(0.13 * 4, 12);
  });

  it('follow attributes that depend on others', () => {
    const home = attribute('help', byRoute(oneOf({ yes: 1 }), oneOf({ yes: 0.5, no: 0.5 })), ['yes', 'no']);
    const visits: Expression = {
      kind: 'cases',
      attribute: 'help',
      cases: [{ values: ['yes'], then: plain(3) }],
      otherwise: plain(1),
    };
    expect(mean(visits, route, home).value).toBeCloseTo(0.13 * 3 + 0.87 * 2, 12);
  });

  it('add and multiply independent draws', () => {
    const x = draw('gamma', { mean: 3, sd: 2 });
    const y = draw('normal', { mean: 5, sd: 1 });
    expect(mean(binary(x, '*', y)).value).toBeCloseTo(15, 12);
    expect(variance(binary(x, '*', y)).value).toBeCloseTo(4 * 1 + 4 * 25 + 1 * 9, 10);
    expect(variance(binary(x, '-', y)).value).toBeCloseTo(5, 12);
  });

  it('give the share of patients for whom a condition holds', () => {
    const age = attribute('age', draw('uniform', { low: 0, high: 100 }));
    expect(mean(binary({ kind: 'attribute', name: 'age' }, '<', plain(90)), age).value).toBeCloseTo(0.9, 12);
    expect(
      mean(binary({ kind: 'attribute', name: 'route' }, '=', { kind: 'category', value: 'esd' }), route).value,
    ).toBeCloseTo(0.13, 12);
    expect(mean(binary(plain(3), '>=', draw('poisson', { mean: 3 }))).value).toBeCloseTo(13 * Math.exp(-3), 12);
  });

  it.each<[string, Expression, (x: number) => number]>([
    ['abs', call('absolute', draw('normal', { mean: 1, sd: 2 })), Math.abs],
    [
      'greatest of',
      call('greatest', draw('normal', { mean: 1, sd: 2 }), plain(0), plain(0.5)),
      (x) => Math.max(x, 0.5),
    ],
    ['least of', call('least', plain(3), draw('normal', { mean: 1, sd: 2 })), (x) => Math.min(x, 3)],
    ['floor', call('floor', draw('normal', { mean: 1, sd: 2 })), Math.floor],
    ['ceiling', call('ceiling', draw('normal', { mean: 1, sd: 2 })), Math.ceil],
    ['round', call('round', draw('normal', { mean: 1, sd: 2 })), Math.round],
    [
      'mirrored floor',
      call('floor', { kind: 'unary', operator: '-', operand: draw('normal', { mean: 1, sd: 2 }) }),
      (x) => Math.floor(-x),
    ],
  ])('agree with a sum over quantiles: %s', (_, expression, apply) => {
    const whole = resolveDistribution(draw('normal', { mean: 1, sd: 2 }), NO_NUMBERS);
    const n = 40_000;
    const values = Array.from({ length: n }, (__, i) => apply(distributionQuantile(whole, (i + 0.5) / n)));
    const sampleMean = values.reduce((sum, value) => sum + value, 0) / n;
    const sampleVariance = values.reduce((sum, value) => sum + (value - sampleMean) ** 2, 0) / n;
    expect(Math.abs((mean(expression).value ?? NaN) - sampleMean)).toBeLessThan(2e-4);
    expect(Math.abs((variance(expression).value ?? NaN) - sampleVariance)).toBeLessThan(5e-3);
  });

  it('leave whole numbers as they are when rounding', () => {
    for (const name of ['floor', 'ceiling', 'round'] as const) {
      expect(mean(call(name, draw('poisson', { mean: 2.5 }))).value).toBeCloseTo(2.5, 10);
    }
  });

  it.each<[Expression, RegExp]>([
    [binary(plain(1), '/', draw('gamma', { mean: 3, sd: 1 })), /divides by a value that varies/],
    [{ kind: 'state', measure: 'queue', of: 'Bed' }, /state of the system/],
    [{ kind: 'attribute', name: 'age' }, /nothing is known of age/],
    [
      call('greatest', draw('exponential', { mean: 1 }), draw('exponential', { mean: 2 })),
      /one draw and constants only/,
    ],
    [
      { ...draw('exponential', {}), parameters: { mean: draw('uniform', { low: 1, high: 2 }) } },
      /the mean of exponential varies/,
    ],
  ])('say why there is no closed form: %#', (expression, reason) => {
    expect(mean(expression).reason).toMatch(reason);
  });
});

describe('category shares', () => {
  it('fill in what is missing and scale what was rounded', () => {
    expect(
      categoryShares(oneOf({ a: 0.25, b: undefined, c: undefined }), NO_NUMBERS).map(({ share }) => share),
    ).toEqual([0.25, 0.375, 0.375]);
    const rounded = categoryShares(oneOf({ a: 0.333, b: 0.333, c: 0.333 }), NO_NUMBERS);
    expect(rounded.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 14);
  });

  it('refuse sums far from 100%', () => {
    expect(() => categoryShares(oneOf({ a: 0.5, b: 0.4 }), NO_NUMBERS)).toThrow(
      /add to 90%, not 100%; leave out one share/,
    );
    expect(() => categoryShares(oneOf({ a: 1.5, b: undefined }), NO_NUMBERS)).toThrow(/nothing is left/);
    expect(() => categoryShares(oneOf({ a: -0.5, b: undefined }), NO_NUMBERS)).toThrow(/must not be negative/);
  });
});
