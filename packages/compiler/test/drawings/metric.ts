import { legibilityOf, measureQuality, type Quality } from '@pathway/diagram';
import { auditSvg, type Audit } from '../../../diagram/test/support/audit.js';
import type { Drawing } from './every-view.js';

/** Everything that is counted of one drawing, or of many together. */
export interface Metric {
  readonly drawings: number;
  readonly nodes: number;
  readonly ways: number;
  /** What should not be: something lies on something else, reaches beyond its room or is cut. */
  readonly faults: number;
  /** Ways through areas of holds, that lanes can make unavoidable. */
  readonly throughAreas: number;
  /** Words on two lines. */
  readonly parted: number;
  readonly crossings: number;
  readonly bends: number;
  /** Thousands of square pixels. */
  readonly area: number;
  /** The smallest text, in points on A4 and in pixels on a projector. */
  readonly a4: number;
  readonly projector: number;
}

type Faults = Omit<Quality, 'partedWords' | 'crossings' | 'bends' | 'area' | 'edgesThroughAreas'> &
  Pick<Audit, 'textsOnTexts' | 'textsBeyondPage' | 'textsUnderBadges'>;

/** Measures one drawing: what should not be in it by its name, and the row of a table. */
export function measured({ layout, svg }: Drawing): { readonly faults: Partial<Faults>; readonly metric: Metric } {
  const { width, height, smallest, textsOnTexts, textsBeyondPage, textsUnderBadges, cutTexts } = auditSvg(svg);
  const {
    crossings = 0,
    bends = 0,
    edgesThroughAreas = 0,
    partedWords = 0,
    area: _,
    ...placed
  } = layout === undefined ? ({} as Partial<Quality>) : measureQuality(layout);
  const faults = { ...placed, textsOnTexts, textsBeyondPage, textsUnderBadges, cutTexts };
  const { a4, projector } = legibilityOf({ width, height }, smallest);
  const metric = {
    drawings: 1,
    nodes: layout?.nodes.length ?? 0,
    ways: layout?.edges.length ?? 0,
    faults: Object.values(faults).reduce((sum, count) => sum + count, 0),
    throughAreas: edgesThroughAreas,
    parted: partedWords,
    crossings,
    bends,
    area: (width * height) / 1000,
    a4,
    projector,
  };
  return { faults, metric };
}

/** The same names with nothing counted. */
export function none(faults: Partial<Faults>): Partial<Faults> {
  return Object.fromEntries(Object.keys(faults).map((name) => [name, 0]));
}

/** Counts of several drawings together; of legibility the least. */
export function together(metrics: readonly Metric[]): Metric {
  const sum = (count: (metric: Metric) => number): number => metrics.reduce((all, each) => all + count(each), 0);
  const least = (count: (metric: Metric) => number): number => Math.min(...metrics.map(count));
  return {
    drawings: sum(({ drawings }) => drawings),
    nodes: sum(({ nodes }) => nodes),
    ways: sum(({ ways }) => ways),
    faults: sum(({ faults }) => faults),
    throughAreas: sum(({ throughAreas }) => throughAreas),
    parted: sum(({ parted }) => parted),
    crossings: sum(({ crossings }) => crossings),
    bends: sum(({ bends }) => bends),
    area: sum(({ area }) => area),
    a4: least(({ a4 }) => a4),
    projector: least(({ projector }) => projector),
  };
}

const HEAD = [
  'drawings',
  'nodes',
  'ways',
  'faults',
  'through areas',
  'parted',
  'crossings',
  'bends',
  'area',
  'A4 pt',
  'px',
];

/** A table for people and for `git diff`: a row for each name. */
export function metricTable(rows: readonly (readonly [name: string, metric: Metric])[]): string {
  const cells = rows.map(([name, each]) => [
    name,
    ...[
      each.drawings,
      each.nodes,
      each.ways,
      each.faults,
      each.throughAreas,
      each.parted,
      each.crossings,
      each.bends,
    ].map(String),
    each.area.toFixed(0),
    each.a4.toFixed(1),
    each.projector.toFixed(1),
  ]);
  const table = [['', ...HEAD], ...cells];
  const widths = ['', ...HEAD].map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
