import { describe, expect, it } from 'vitest';
import { shiftCodes } from '../../src/roster/shift-codes.js';

describe('codes of shifts', () => {
  it('are the shortest beginnings that differ, also without regard to capitals', () => {
    const of = (ids: readonly string[]): readonly string[] => [...shiftCodes(ids.map((id) => ({ id }))).values()];
    expect(of(['Early', 'Late', 'Night'])).toEqual(['E', 'L', 'N']);
    expect(of(['Day', 'DayLong', 'late', 'Lunch'])).toEqual(['Day', 'DayL', 'la', 'Lu']);
    expect(of(['a.Early', 'b.early'])).toEqual(['Early', 'early2']);
  });
});
