import { describe, expect, it } from 'vitest';
import type { CensusSeries } from '@pathway/simulation';
import { censusOverTimeChart } from '../src/chart/census-chart.js';
import { chart, CHART, horizontal, vertical } from '../src/chart/frame.js';
import { IdSource } from '../src/html/html.js';
import { wordsOf } from '../src/words/words.js';

const WORDS = wordsOf();

function drawn(xs: readonly [number, number], xLabel: string, yLabel = 'In use'): string {
  const parts = { title: 'A chart', description: '', x: horizontal(...xs), y: vertical([0, 10]), xLabel, yLabel };
  return chart(WORDS, new IdSource(), { ...parts, marks: [] }).text;
}

/** Texts of a chart with where they stand. */
function textsOf(svg: string): readonly { readonly text: string; readonly x: number; readonly y: number }[] {
  return Array.from(svg.matchAll(/<text[^>]* x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]*)</g), ([, x, y, text = '']) => ({
    text,
    x: Number(x),
    y: Number(y),
  }));
}

describe('a chart', () => {
  it('has numbers on its axis that neither touch nor leave it, however long they are', () => {
    for (const [low, high] of [
      [-2_500_000, -300_000],
      [0, 1],
      [-0.00012, 0.00034],
      [0, 36_000_000],
    ] as const) {
      const floor = CHART.height - CHART.bottom + 16;
      const numbers = textsOf(drawn([low, high], 'Balance')).filter(({ y }) => y === floor);
      expect(numbers.length).toBeGreaterThanOrEqual(2);
      // Widths as Inter has them: digits of 12.5 pixels are 8 wide, points and commas 3.5.
      const ends = numbers.map(({ text, x }) => {
        const half = Array.from(text).reduce((sum, letter) => sum + (/[.,]/.test(letter) ? 3.5 : 8), 0) / 2;
        return { left: x - half, right: x + half };
      });
      ends.forEach(({ left }, i) => expect(left).toBeGreaterThan(ends[i - 1]?.right ?? -1));
      expect(ends.at(-1)?.right).toBeLessThanOrEqual(CHART.width);
    }
  });

  it('breaks names of axes that are longer than it is wide, and becomes higher by their lines', () => {
    const long = 'From leaving the orthogeriatric hospital to the first visit at home (Skernedale) (h)';
    const svg = drawn([0, 1], long, long);
    const lines = textsOf(svg).filter(({ text }) => long.includes(text) && !/^\d/.test(text));
    expect(lines.map(({ text }) => text).join(' ')).toBe(`${long} ${long}`);
    expect(lines.length).toBe(4);
    expect(svg).toContain(`viewBox="0 -15 ${CHART.width} ${CHART.height + 30}"`);
    expect(drawn([0, 1], 'Balance')).toContain(`viewBox="0 0 ${CHART.width} ${CHART.height}"`);
  });

  it('shows a capacity behind what is in use where it comes and goes more often than can be told apart', () => {
    const series = (capacity: readonly number[]): CensusSeries => ({
      from: 0,
      slot: 3600,
      mean: capacity.map(() => 1),
      low: capacity.map(() => 0),
      high: capacity.map(() => 2),
      capacity: [...capacity],
      queue: capacity.map(() => 0),
    });
    const drawnWith = (capacity: readonly number[]): string =>
      censusOverTimeChart(WORDS, new IdSource(), 'A census', series(capacity), 0).text;
    const isBehind = (svg: string): boolean => svg.indexOf('class="capacity"') < svg.indexOf('class="band');
    expect(isBehind(drawnWith(Array.from({ length: 120 }, (_, slot) => (slot % 2 === 0 ? 2 : 3))))).toBe(true);
    expect(isBehind(drawnWith(Array.from({ length: 120 }, (_, slot) => (slot < 60 ? 2 : 3))))).toBe(false);
  });
});
