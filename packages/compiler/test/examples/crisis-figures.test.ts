import { CAP_ASPECTS, type Expression, type Model } from '@pathway/model';
import { simulateStudy } from '@pathway/simulation';
import { compile } from '@pathway/language';
import { describe, expect, it } from 'vitest';
import { adjustStudies } from '../../src/index.js';
import { loadExample } from './load-example.js';

/*
 * The figures of docs/publications.md that can be computed.
 */

/** The number that stands in a model under a name, or in an expression. */
function numberOf(value: Expression | undefined): number {
  if (value?.kind !== 'number') throw new Error('This is no number as it stands.');
  return value.value;
}

function numberNamed(model: Model, name: string): number {
  return numberOf(model.numbers.find((each) => each.name === name)?.value);
}

/** The shares of an attribute's values, by value. */
function sharesOf(model: Model, cohort: string, attribute: string): Record<string, number> {
  const value = model.cohorts.find(({ id }) => id === cohort)?.attributes.find(({ name }) => name === attribute)?.value;
  if (value?.kind !== 'one of') throw new Error(`${attribute} is not one of several values.`);
  return Object.fromEntries(value.options.map(({ value: of, share }) => [of, numberOf(share)]));
}

/** For how long a crisis takes each thing away, in days. */
function daysLost(model: Model, crisis: string): Record<string, number> {
  const effects = model.crises?.find(({ id }) => id === crisis)?.effects ?? [];
  return Object.fromEntries(
    effects.flatMap((effect) =>
      effect.kind === 'loss' ? [[effect.resource, numberOf(effect.span?.lasting) / 86_400]] : [],
    ),
  );
}

describe('heat wave', () => {
  it('has the calls of the plan of Lazio, and its excess lies in what was published', async () => {
    const { model } = await loadExample('heat-wave');
    const calls = model.cohorts.find(({ id }) => id === 'Enrolled')?.arrivals;
    // A twentieth of 5,000 practitioners makes six calls each.
    expect(calls?.kind === 'batch' && numberOf(calls.size)).toBe((5000 / 20) * 6);
    expect(JSON.stringify(model.pathways.find(({ name }) => name === 'CallRound'))).toContain('"value":600,');
    const excess = model.numbers.find(({ name }) => name === 'Excess');
    expect(numberOf(excess?.value)).toBeCloseTo(0.2, 12);
    expect(excess?.uncertainty).toMatchObject({ kind: 'range', low: { value: 0.076 }, high: { value: 0.336 } });
  });
});

describe('power cut', () => {
  it('reaches 66 people of a million, as many of them critical as were found', async () => {
    const { model } = await loadExample('power-cut');
    expect(numberNamed(model, 'Users')).toBeCloseTo((6.6 / 100_000) * 1_000_000, 9);
    const shares = sharesOf(model, 'Ventilated', 'use');
    expect(shares.critical).toBeCloseTo(0.104, 12);
    expect(shares.long).toBeCloseTo(0.154, 12);
    expect(shares.night).toBeCloseTo(0.742, 12);
    expect(Math.round(66 * (shares.critical ?? 0))).toBe(7);
    const [study] = model.studies;
    const results = await simulateStudy(adjustStudies(model, { replications: 40 }), study?.id ?? '');
    const way = results.scenarios[0]?.pathways.find(({ cohort }) => cohort === 'Ventilated');
    expect(Math.abs((way?.arrivals.mean ?? Number.NaN) - 66)).toBeLessThan(1);
  });
});

describe('network outage', () => {
  it('has the network back on day 6 and the last system within 40 days, and puts off as many as the worst place', async () => {
    const { model } = await loadExample('network-outage');
    const lost = daysLost(model, 'Attack');
    expect(lost.Network).toBe(6);
    expect(Math.max(...Object.values(lost))).toBeLessThanOrEqual(40);
    expect(numberNamed(model, 'Postponed')).toBeCloseTo(0.8, 12);
  });
});

describe('scales, roles and messages', () => {
  it('are those of the library', async () => {
    const { model } = await compile(['a.pathway'], {
      read: () => Promise.resolve('import "std/scales"\nimport "std/health"\n'),
    });
    const levels = (name: string): readonly string[] =>
      model?.scales?.find((scale) => scale.name === name)?.levels.map((level) => level.name) ?? [];
    expect(levels('OPEL')).toHaveLength(4);
    expect(levels('HeatHealth')).toEqual(['green', 'yellow', 'amber', 'red']);
    expect(levels('Surge')).toEqual(['conventional', 'contingency', 'crisis']);
    const codes = new Set(model?.roles.map(({ codes }) => codes.isco));
    const published = '2211 2212 2221 2222 2240 2262 2264 3221 3256 3258 5321 5322 9112'.split(' ');
    expect(published.filter((code) => !codes.has(code))).toEqual([]);
  });

  it('are the words of CAP 1.2', () => {
    const counts = Object.entries(CAP_ASPECTS).map(([aspect, words]) => [aspect, words.length]);
    expect(Object.fromEntries(counts)).toMatchObject({ category: 12, urgency: 5, severity: 5, certainty: 5 });
  });
});
