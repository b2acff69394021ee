import type { Estimate } from '@pathway/simulation';
import { type FigureKind, hasInterval, scaleFor } from '../figures.js';
import { type Html, html, type IdSource } from '../html/html.js';
import type { Words } from '../words/words.js';
import { axisLabel, chart, CHART, horizontal, place, seriesClass, seriesLetter, vertical } from './frame.js';

/** A scenario in the plane of two figures. */
interface TradeOffPoint {
  readonly title: string;
  readonly x: Estimate;
  readonly y: Estimate;
}

export interface TradeOffParts {
  readonly title: string;
  readonly xLabel: string;
  readonly xKind: FigureKind;
  readonly yLabel: string;
  readonly yKind: FigureKind;
  readonly points: readonly TradeOffPoint[];
}

/** Two figures over the scenarios: a dot with its letter for each, and a bar for each of its two 95 % intervals. */
export function tradeOffChart(words: Words, ids: IdSource, parts: TradeOffParts): Html {
  const { points } = parts;
  const largest = (of: 'x' | 'y'): number => Math.max(0, ...points.map((point) => Math.abs(point[of].mean)));
  const xScale = scaleFor(words, parts.xKind, largest('x'));
  const yScale = scaleFor(words, parts.yKind, largest('y'));
  const bounds = (of: 'x' | 'y', factor: number): number[] =>
    points.flatMap((point) => valuesOf(point[of])).map((value) => value / factor);
  const xs = bounds('x', xScale.factor);
  const low = Math.min(...xs);
  const high = Math.max(...xs);
  const margin = high === low ? Math.max(1, Math.abs(high)) * 0.1 : (high - low) * 0.08;
  const x = horizontal(low - margin, high + margin).nice(4);
  const y = vertical(bounds('y', yScale.factor));
  const names = points.map(({ title }, i) => `${seriesLetter(i)} ${title}`).join(', ');
  const { say } = words;
  const taken: Point[] = [];
  return chart(words, ids, {
    title: parts.title,
    description: say`${parts.yLabel} against ${parts.xLabel}, a point for each scenario: ${names}. Bars are 95 % intervals. The numbers are in the comparison by aim.`,
    x,
    y,
    xLabel: axisLabel(parts.xLabel, unitOf(xScale.suffix)),
    yLabel: axisLabel(parts.yLabel, unitOf(yScale.suffix)),
    marks: points.map((point, i) => {
      const at = { x: x(point.x.mean / xScale.factor), y: y(point.y.mean / yScale.factor) };
      const of = seriesClass(i);
      const across = hasInterval(point.x)
        ? html`<path
            class="interval ${of}"
            d="M${place(x(point.x.low / xScale.factor))} ${place(at.y)}H${place(x(point.x.high / xScale.factor))}"
          />`
        : undefined;
      const along = hasInterval(point.y)
        ? html`<path
            class="interval ${of}"
            d="M${place(at.x)} ${place(y(point.y.low / yScale.factor))}V${place(y(point.y.high / yScale.factor))}"
          />`
        : undefined;
      const letter = letterPlace(taken, at);
      return html`<g>
        ${across}${along}<circle class="dot ${of}" cx="${place(at.x)}" cy="${place(at.y)}" r="4" />
        <text class="letter ${of}" x="${place(letter.x)}" y="${place(letter.y)}">${seriesLetter(i)}</text>
      </g>`;
    }),
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place beside a point where no other letter stands: above it, else further to the right, else below. */
function letterPlace(taken: Point[], at: Point): Point {
  const candidates = [0, 1, 2, 3, 4, 5].flatMap((i): Point[] => [
    { x: at.x + 6 + i * 11, y: at.y - 6 },
    { x: at.x + 6 + i * 11, y: at.y + 14 },
    { x: at.x - 14 - i * 11, y: at.y - 6 },
  ]);
  const inside = candidates.filter(({ x, y }) => x > CHART.left && x < CHART.width - 12 && y > 12);
  const free = inside.find(({ x, y }) =>
    taken.every((other) => Math.abs(other.x - x) > 9 || Math.abs(other.y - y) > 11),
  );
  const found = free ?? inside[0] ?? at;
  taken.push(found);
  return found;
}

function valuesOf(estimate: Estimate): number[] {
  const interval = hasInterval(estimate) ? [estimate.low, estimate.high] : [];
  return [estimate.mean, ...interval].filter(Number.isFinite);
}

function unitOf(suffix: string): string | undefined {
  return suffix === '' ? undefined : suffix;
}
