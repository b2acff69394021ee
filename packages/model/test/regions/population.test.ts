import { describe, expect, test } from 'vitest';
import {
  agesText,
  constantValue,
  emptyModel,
  type Expression,
  NUMBER,
  peopleOfAge,
  type Territory,
} from '../../src/index.js';
import { ORIGIN } from '../build.js';

function people(value: number): Expression {
  return { kind: 'number', value, dimension: NUMBER };
}

const DEVON: Territory = {
  id: 'Devon',
  name: 'Devon',
  origin: ORIGIN,
  population: people(1000),
  entrypoints: [],
  ages: [
    { low: 70, high: 79, people: people(8) },
    { low: 0, high: 64, people: people(70) },
    { low: 65, high: 69, people: people(12) },
    { low: 80, people: people(10) },
  ],
};

function known(low: number, high?: number, territory = DEVON): number | string | undefined {
  const found = peopleOfAge(territory, { low, ...(high !== undefined && { high }) });
  return typeof found === 'string' ? found : constantValue(found, emptyModel());
}

describe('people of an age', () => {
  test('are the sum of the groups that make up exactly these ages', () => {
    expect(known(65, 79)).toBe(20);
    expect(known(65)).toBe(30);
    expect(known(0)).toBe(100);
    expect(known(80)).toBe(10);
  });

  test.each([
    [60, 69],
    [65, 74],
    [85, undefined],
    [80, 89],
  ])('are not shared out between the ages of a group: %j to %j', (low, high) => {
    expect(known(low, high)).toMatch(/of which none make up .*; give its people of these ages: `ages /);
  });

  test('are all the population where a territory tells no ages', () => {
    const { ages: _, ...plain } = DEVON;
    expect(known(0, undefined, plain)).toBe(1000);
    expect(known(65, 79, plain)).toContain('Devon tells no ages');
    const { population: __, ...nobody } = plain;
    expect(known(0, undefined, nobody)).toContain('`population 120_000`');
  });

  test('read as a text has them', () => {
    expect([agesText({ low: 65, high: 79 }), agesText({ low: 80 })]).toEqual(['65 to 79', '80 and over']);
  });
});
