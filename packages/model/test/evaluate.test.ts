import {
  constantValue,
  dimensionOf,
  DURATION,
  type Expression,
  expressionText,
  foldExpression,
  ModelError,
  NUMBER,
  requireConstant,
} from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binary, draw, NO_NUMBERS, number, ORIGIN, plain, seconds } from './build.js';

const reference = (to: string): Expression => ({ kind: 'reference', to });

describe('constants', () => {
  it('resolves references and follows the order of operations', () => {
    const numbers = {
      numbers: [number('Calls', plain(6)), number('Each', binary(seconds(3600, 'min'), '/', reference('Calls')))],
    };
    expect(constantValue(reference('Each'), numbers)).toBe(600);
    expect(dimensionOf(reference('Each'), numbers)).toEqual({ time: 1, money: 0 });
  });

  it('gives nothing for circles, unknown names, draws and divisions by 0', () => {
    const numbers = { numbers: [number('A', reference('B')), number('B', reference('A'))] };
    for (const expression of [
      reference('A'),
      reference('C'),
      draw('exponential', { mean: 1 }),
      binary(plain(1), '/', plain(0)),
    ]) {
      expect(constantValue(expression, numbers)).toBeUndefined();
    }
    expect(dimensionOf(reference('A'), numbers)).toBeUndefined();
    expect(() => requireConstant(reference('A'), numbers, 'The count')).toThrow('depends on itself through A');
  });

  it('says where and why a value is not fixed', () => {
    try {
      requireConstant(draw('exponential', { mean: 1 }), NO_NUMBERS, 'The count of Bed');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ModelError);
      expect((error as ModelError).origin).toEqual(ORIGIN);
      expect((error as ModelError).describe()).toMatch(
        /^test\.pathway:3:5: The count of Bed must be a fixed value, but `exponential\(1\)` is drawn/,
      );
    }
  });

  it('does not change a value by folding', () => {
    const leaf = fc.integer({ min: -9, max: 9 }).map(plain);
    const tree = fc.letrec<{ e: Expression }>((tie) => ({
      e: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc
          .tuple(
            tie('e'),
            fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const, '<' as const),
            tie('e'),
          )
          .map(([a, o, b]) => binary(a, o, b)),
      ),
    })).e;
    fc.assert(
      fc.property(tree, (expression) => {
        expect(constantValue(foldExpression(expression, NO_NUMBERS), NO_NUMBERS)).toBe(
          constantValue(expression, NO_NUMBERS),
        );
      }),
    );
  });

  it('folds inside what stays random and keeps the unit of a named number', () => {
    const numbers = { numbers: [number('Mean', seconds(3600, 'h'))] };
    const folded = foldExpression({ ...draw('exponential', {}), parameters: { mean: reference('Mean') } }, numbers);
    expect(folded).toMatchObject({
      parameters: { mean: { kind: 'number', value: 3600, unit: 'h', dimension: DURATION } },
    });
    expect(foldExpression(binary(plain(1), '<', plain(2)), numbers)).toEqual({ kind: 'boolean', value: true });
  });
});

describe('dimensions', () => {
  it('refuses unlike sums and combines products', () => {
    expect(dimensionOf(binary(seconds(1), '+', plain(1)), NO_NUMBERS)).toBeUndefined();
    expect(dimensionOf(binary(plain(1), '/', seconds(1)), NO_NUMBERS)).toEqual({ time: -1, money: 0 });
    expect(
      dimensionOf(
        { kind: 'function', name: 'square root', arguments: [binary(seconds(1), '*', seconds(1))] },
        NO_NUMBERS,
      ),
    ).toEqual({ time: 1, money: 0 });
    expect(dimensionOf({ kind: 'function', name: 'greatest', arguments: [plain(1), plain(2)] }, NO_NUMBERS)).toEqual(
      NUMBER,
    );
  });
});

describe('texts', () => {
  it.each<[Expression, string]>([
    [binary(seconds(3600, 'min'), '/', reference('CallsPerHour')), '60 min / CallsPerHour'],
    [binary(plain(1), '-', binary(plain(2), '-', plain(3))), '1 - (2 - 3)'],
    [binary(binary(plain(1), '+', plain(2)), '*', plain(3)), '(1 + 2) * 3'],
    [
      { kind: 'unary', operator: 'not', operand: binary({ kind: 'attribute', name: 'age' }, '<', plain(90)) },
      'not (age < 90)',
    ],
    [
      { ...draw('lognormal', {}), parameters: { sd: seconds(720, 'min'), mean: seconds(1680, 'min') } },
      'lognormal(mean 28 min, sd 12 min)',
    ],
    [draw('lognormal', { mu: 3.1, sigma: 0.4 }, { scale: 60 }), 'lognormal(3.1, 0.4) in min'],
    [
      draw('normal', { mean: 74, sd: 12 }, { from: plain(18), to: plain(105) }),
      'normal(mean 74, sd 12) from 18 to 105',
    ],
    [{ kind: 'number', value: 0.24, dimension: NUMBER, unit: '%' }, '24%'],
    [
      {
        kind: 'one of',
        options: [{ value: 'a', share: { kind: 'number', value: 0.2, dimension: NUMBER, unit: '%' } }, { value: 'b' }],
      },
      'one of a 20%, b',
    ],
    [
      { kind: 'cases', attribute: 'route', cases: [{ values: ['esd'], then: plain(1) }], otherwise: plain(2) },
      'by route { esd: 1  otherwise: 2 }',
    ],
  ])('reads as in the language: %#', (expression, text) => {
    expect(expressionText(expression)).toBe(text);
  });

  it('names a step of the same pathway without the pathway, others with it', () => {
    const queue = (of: string): Expression => ({ kind: 'state', measure: 'queue', of });
    const both = binary(queue('Care.See'), '+', queue('Careful.See'));
    expect(expressionText(both, { of: 'Care.#3' })).toBe('queue(See) + queue(Careful.See)');
    expect(expressionText(both)).toBe('queue(Care.See) + queue(Careful.See)');
  });
});
