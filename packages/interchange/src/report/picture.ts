import { duration, number } from '../write/numbers.js';
import { SECONDS } from '@pathway/model';
import { escaped } from './escape.js';
import type { FitSummary } from './summary.js';

const WIDTH = 330;
const HEIGHT = 210;
const LEFT = 44;
const RIGHT = 12;
const TOP = 18;
const BOTTOM = 40;

/**
 * Two drawings of a fit: a histogram of what was observed with the share that the law has of each bin, and quantiles of
 * the observed against those of the law, which lie on the diagonal where the law is right.
 */
export function fitPictures(name: string, fit: FitSummary): string {
  if (fit.histogram.length === 0) return '';
  return `<div class="pictures">${histogram(name, fit)}${quantilePlot(name, fit)}</div>`;
}

function histogram(name: string, { histogram: bins }: FitSummary): string {
  const from = bins[0]?.from ?? 0;
  const to = bins.at(-1)?.to ?? 1;
  const most = Math.max(...bins.flatMap(({ observed, law }) => [observed, law]), 1e-9);
  const x = scale(from, to, LEFT, WIDTH - RIGHT);
  const y = scale(0, most, HEIGHT - BOTTOM, TOP);
  const bars = bins.map(
    (bin) =>
      `<path class="bar" d="M${at(x(bin.from))} ${at(y(0))}V${at(y(bin.observed))}H${at(x(bin.to))}V${at(y(0))}Z"/>`,
  );
  const line = bins.map((bin, i) => `${i === 0 ? 'M' : 'L'}${at(x((bin.from + bin.to) / 2))} ${at(y(bin.law))}`);
  return frame(
    `${name}: observed and fitted`,
    'Bars: share of the observations in each bin. Line: what the law says.',
    [...bars, `<path class="law" d="${line.join('')}"/>`],
    { from, to, x, most, y, xLabel: 'time', yLabel: 'share', yTick: (value) => `${number(value * 100)}%` },
  );
}

function quantilePlot(name: string, { quantiles }: FitSummary): string {
  const to = Math.max(...quantiles.flatMap(({ observed, law }) => [observed, law]), 1e-9);
  const from = Math.min(0, ...quantiles.flatMap(({ observed, law }) => [observed, law]));
  const x = scale(from, to, LEFT, WIDTH - RIGHT);
  const y = scale(from, to, HEIGHT - BOTTOM, TOP);
  const dots = quantiles.map(
    ({ observed, law }) => `<circle class="dot" cx="${at(x(law))}" cy="${at(y(observed))}" r="2.5"/>`,
  );
  return frame(
    `${name}: quantiles`,
    'Each dot: the mean of a group of neighbouring observations over the quantile of the law. On the line both agree.',
    [`<path class="diagonal" d="M${at(x(from))} ${at(y(from))}L${at(x(to))} ${at(y(to))}"/>`, ...dots],
    { from, to, x, most: to, y, xLabel: 'law', yLabel: 'observed', yTick: duration },
  );
}

interface Axes {
  readonly from: number;
  readonly to: number;
  readonly x: (value: number) => number;
  readonly most: number;
  readonly y: (value: number) => number;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly yTick: (value: number) => string;
}

function frame(title: string, description: string, marks: readonly string[], axes: Axes): string {
  const unit = unitFor(axes.to);
  const xTicks = ticks(axes.from / SECONDS[unit], axes.to / SECONDS[unit]).map(
    (value) =>
      `<text x="${at(axes.x(value * SECONDS[unit]))}" y="${HEIGHT - BOTTOM + 15}" text-anchor="middle">${number(value)}</text>`,
  );
  const same = axes.yTick === duration;
  const yTicks = (same ? ticks(axes.from / SECONDS[unit], axes.most / SECONDS[unit]) : ticks(0, axes.most)).map(
    (value) => {
      const place = axes.y(same ? value * SECONDS[unit] : value);
      return `<path class="grid" d="M${LEFT} ${at(place)}H${WIDTH - RIGHT}"/><text x="${LEFT - 5}" y="${at(place + 4)}" text-anchor="end">${same ? number(value) : axes.yTick(value)}</text>`;
    },
  );
  return `<svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><title>${escaped(title)}</title><desc>${escaped(description)}</desc>${yTicks.join('')}${marks.join('')}<path class="axis" d="M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH - RIGHT}"/>${xTicks.join('')}<text x="4" y="11">${axes.yLabel}${same ? ` (${unit})` : ''}</text><text x="${WIDTH - RIGHT}" y="${HEIGHT - 8}" text-anchor="end">${axes.xLabel} (${unit})</text></svg>`;
}

/** Bars of relative rates by hour or day. */
export function profilePicture(values: readonly number[], slot: string): string {
  const most = Math.max(...values, 1e-9);
  const x = scale(0, values.length, LEFT, WIDTH - RIGHT);
  const y = scale(0, most, HEIGHT - BOTTOM, TOP);
  const bars = values.map(
    (value, i) => `<path class="bar" d="M${at(x(i))} ${at(y(0))}V${at(y(value))}H${at(x(i + 1))}V${at(y(0))}Z"/>`,
  );
  const step = values.length === 24 ? 6 : values.length === 7 ? 1 : 24;
  const labels = values.flatMap((_, i) =>
    i % step === 0
      ? [
          `<text x="${at(x(i + (values.length === 24 ? 0 : step / 2)))}" y="${HEIGHT - BOTTOM + 15}" text-anchor="middle">${values.length === 24 ? i : (['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][Math.floor(i / step)] ?? '')}</text>`,
        ]
      : [],
  );
  return `<svg role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><title>Arrivals over the ${values.length === 24 ? 'day' : 'week'}</title><desc>Relative rates, ${slot}; their mean is 1.</desc>${bars.join('')}<path class="diagonal" d="M${LEFT} ${at(y(1))}H${WIDTH - RIGHT}"/><path class="axis" d="M${LEFT} ${HEIGHT - BOTTOM}H${WIDTH - RIGHT}"/>${labels.join('')}<text x="4" y="11">relative rate (line: 1)</text></svg>`;
}

function scale(from: number, to: number, left: number, right: number): (value: number) => number {
  const span = to - from || 1;
  return (value) => left + ((value - from) / span) * (right - left);
}

function unitFor(seconds: number): 's' | 'min' | 'h' | 'd' {
  return seconds < 180 ? 's' : seconds < 3 * 3600 ? 'min' : seconds < 4 * 86_400 ? 'h' : 'd';
}

/** Round numbers from `from` to `to`, about four. */
function ticks(from: number, to: number): number[] {
  const rough = (to - from) / 4;
  if (!(rough > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough;
  const list: number[] = [];
  for (let value = Math.ceil(from / step) * step; value <= to * (1 + 1e-9); value += step) list.push(value);
  return list;
}

function at(coordinate: number): string {
  const text = coordinate.toFixed(1).replace(/\.0$/, '');
  return text === '-0' ? '0' : text;
}
