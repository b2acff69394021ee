import { withAttributes } from '../chart/attributes.js';
import type { Block } from '../document/blocks.js';
import { LIGHT } from '../palette.js';
import { sizeOf } from '../drawing-size.js';
import { printDrawingIn } from './print-drawing.js';
import { PAGE, type Printer } from './printer.js';

type ChartBlock = Extract<Block, { kind: 'chart' }>;

const GAP = 16;

/** Prints charts, two beside one another where they are not wide; a chart stays with its title. */
export function printCharts(printer: Printer, charts: readonly ChartBlock[]): void {
  for (let i = 0; i < charts.length;) {
    const [first, second] = charts.slice(i, i + 2);
    if (first === undefined) return;
    const pair = first.isWide !== true && second !== undefined && second.isWide !== true ? [first, second] : [first];
    printRow(printer, pair);
    i += pair.length;
  }
}

/** Points that a chart takes with its title, so that what announces it stands on its page. */
export function heightOfChart(printer: Printer, chart: ChartBlock): number {
  const { head, height } = placedChart(printer, chart);
  return head + height + 11;
}

function placedChart({ document, width: whole }: Printer, { title, svg, isWide }: ChartBlock) {
  const width = isWide === true ? whole : (whole - GAP) / 2;
  const size = sizeOf(svg);
  document.font('bold').fontSize(8.5);
  const head = document.heightOfString(title, { width });
  return { title, svg, width, head, height: size.height * (width / size.width) };
}

function printRow(printer: Printer, charts: readonly ChartBlock[]): void {
  const { document } = printer;
  const half = (printer.width - GAP) / 2;
  const placed = charts.map((chart) => {
    const { svg, ...rest } = placedChart(printer, chart);
    return { ...rest, svg: withAttributes(svg) };
  });
  const head = Math.max(...placed.map((each) => each.head)) + 3;
  const height = Math.max(...placed.map((each) => each.height));
  if (printer.room() < head + height + 8) printer.newPage();
  const top = document.y;
  placed.forEach((each, i) => {
    const x = PAGE.margin + i * (half + GAP);
    document.font('bold').fontSize(8.5).fillColor(LIGHT.text).text(each.title, x, top, { width: each.width });
    printDrawingIn(document, each.svg, { x, y: top + head, width: each.width, height: each.height });
  });
  document.x = PAGE.margin;
  document.y = top + head + height + 10;
}
