import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOfNets, type Net } from '../src/layout/blocks/channels.js';

const earlier = (across: number) => ({ across, side: 'earlier' as const });
const later = (across: number) => ({ across, side: 'later' as const });

describe('lines of a channel', () => {
  test('lie on no other where what they want goes round in a circle', () => {
    // The way back to the second step must not join the first way before that has turned off from what goes straight on.
    const nets: readonly Net[] = [
      { key: 'off', meets: [earlier(1113), later(105)] },
      { key: 'across', meets: [earlier(266), later(1508), later(1323)] },
      { key: 'back', meets: [later(1599), later(1113)] },
    ];
    const lines = linesOfNets(nets);
    expect(lines.get('off')).toBeLessThan(lines.get('back') ?? 0);
    expect(new Set(lines.values()).size).toBe(3);
  });

  test('are apart wherever two nets reach over the same place', () => {
    const side = fc.constantFrom('earlier' as const, 'later' as const);
    const meet = fc.record({ across: fc.integer({ min: 0, max: 40 }).map((place) => 10 * place), side });
    const nets = fc
      .array(fc.array(meet, { minLength: 2, maxLength: 4 }), { maxLength: 9 })
      .map((all) => all.map((meets, index): Net => ({ key: `${index}`, meets })));
    fc.assert(
      fc.property(nets, (some) => {
        const lines = linesOfNets(some);
        const reach = some.map(({ meets }) => meets.map(({ across }) => across));
        for (const [a, own] of reach.entries())
          for (const [b, other] of reach.entries())
            if (a < b && Math.max(...own) >= Math.min(...other) && Math.max(...other) >= Math.min(...own))
              expect(lines.get(`${a}`)).not.toBe(lines.get(`${b}`));
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
