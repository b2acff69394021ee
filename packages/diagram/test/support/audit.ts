import { overlap, type Rectangle } from '../../src/layout/geometry.js';
import { textWidth, type TextStyle } from '../../src/text/measure.js';

/** What is wrong with the texts of a finished drawing, and how small they are; sizes in pixels. */
export interface Audit {
  readonly width: number;
  readonly height: number;
  readonly texts: number;
  readonly textsOnTexts: number;
  readonly textsBeyondPage: number;
  /** Texts under the signs of what came, went and changed. */
  readonly textsUnderBadges: number;
  readonly cutTexts: number;
  /** Size of the smallest text. */
  readonly smallest: number;
}

interface Drawn {
  readonly text: string;
  readonly size: number;
  readonly box: Rectangle;
}

const ELEMENT = /<(\/?)([a-z]+)([^>]*?)(\/?)>([^<]*)/gu;
const CAPITALS = 0.73;
const DESCENDERS = 0.2;

/** Reads the texts of a drawing from its SVG, whatever drew it: each pair of them, the page and the badges. */
export function auditSvg(svg: string): Audit {
  const [, width = '0', height = '0'] = /^<svg\b[^>]* width="([\d.]+)" height="([\d.]+)"/u.exec(svg) ?? [];
  const { texts, badges } = drawnIn(svg);
  const page = { x: 0, y: 0, width: Number(width), height: Number(height) };
  const boxes = texts.map(({ box }) => box);
  return {
    width: page.width,
    height: page.height,
    texts: texts.length,
    textsOnTexts: boxes.reduce(
      (sum, box, index) => sum + boxes.slice(index + 1).filter((other) => overlap(box, other, 0.75)).length,
      0,
    ),
    textsBeyondPage: boxes.filter(
      ({ x, y, width: across, height: down }) =>
        x < -0.5 || y < -0.5 || x + across > page.width + 0.5 || y + down > page.height + 0.5,
    ).length,
    textsUnderBadges: boxes.filter((box) => badges.some((badge) => overlap(box, badge))).length,
    cutTexts: texts.filter(({ text }) => text.endsWith('…')).length,
    smallest: texts.reduce((least, { size }) => Math.min(least, size), 100),
  };
}

function drawnIn(svg: string): { readonly texts: readonly Drawn[]; readonly badges: readonly Rectangle[] } {
  const texts: Drawn[] = [];
  const badges: Rectangle[] = [];
  const open: { readonly name: string; readonly attributes: string }[] = [];
  for (const [, closes, name = '', attributes = '', closed, content = ''] of svg.matchAll(ELEMENT)) {
    if (closes === '/') {
      open.pop();
      continue;
    }
    const around = [...open];
    if (closed !== '/') open.push({ name, attributes });
    if (around.some((each) => each.attributes.includes('display="none"'))) continue;
    if (name === 'circle' && around.at(-1)?.attributes.includes('class="badge"') === true) {
      const [x, y, r] = [numberIn(attributes, 'cx'), numberIn(attributes, 'cy'), numberIn(attributes, 'r')];
      badges.push({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
    }
    if (name !== 'text') continue;
    const text = content
      .replace(/&lt;/gu, '<')
      .replace(/&gt;/gu, '>')
      .replace(/&quot;/gu, '"')
      .replace(/&#39;/gu, "'")
      .replace(/&amp;/gu, '&');
    const size = numberIn(attributes, 'font-size');
    const box = boxOf(text, attributes, size);
    const turn = around.map((each) => /rotate\(-90 ([\d.]+) ([\d.]+)\)/u.exec(each.attributes)).find(Boolean);
    texts.push({ text, size, box: turn ? turned(box, Number(turn[1]), Number(turn[2])) : box });
  }
  return { texts, badges };
}

function boxOf(text: string, attributes: string, size: number): Rectangle {
  const style: TextStyle = { size, weight: attributes.includes('font-weight="600"') ? 'semibold' : 'regular' };
  const width = textWidth(text, style);
  const x = numberIn(attributes, 'x') - (attributes.includes('text-anchor="middle"') ? width / 2 : 0);
  return { x, y: numberIn(attributes, 'y') - CAPITALS * size, width, height: (CAPITALS + DESCENDERS) * size };
}

function turned({ x, y, width, height }: Rectangle, cx: number, cy: number): Rectangle {
  return { x: cx + (y - cy), y: cy - (x + width - cx), width: height, height: width };
}

function numberIn(attributes: string, name: string): number {
  return Number(new RegExp(` ${name}="(-?[\\d.]+)"`, 'u').exec(attributes)?.[1] ?? 0);
}
