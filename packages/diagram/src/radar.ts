import { escapeXml } from './drawing/xml.js';
import { type DrawingWords, ENGLISH } from './graph/words.js';

/** One dimension of a radar picture. */
interface RadarAxis {
  readonly title: string;
  /** The lowest and the highest rating, and the median; absent where nobody rated. */
  readonly rated?: { readonly low: number; readonly high: number; readonly median: number };
  readonly split: boolean;
  /** The median of the assessment before. */
  readonly before?: number;
  readonly required?: number;
}

interface Radar {
  readonly title: string;
  /** Whole points, both inclusive. */
  readonly points: { readonly low: number; readonly high: number };
  readonly axes: readonly RadarAxis[];
}

const SIZE = { width: 760, height: 600, radius: 190 } as const;
const CENTRE = { x: SIZE.width / 2, y: 290 } as const;
/** Characters of a line of a label. */
const LABEL = 24;

/**
 * Readiness as a radar: a line for the medians, whiskers from the lowest to the highest rating, an open red mark where the
 * raters are split, dashes for what is required and dots for the assessment before.
 */
export function radarSvg({ title, points, axes }: Radar, words: DrawingWords = ENGLISH): string {
  const at = (axis: number, value: number): readonly [number, number] => {
    const angle = (2 * Math.PI * axis) / axes.length - Math.PI / 2;
    const share = (value - points.low) / (points.high - points.low);
    return [CENTRE.x + SIZE.radius * share * Math.cos(angle), CENTRE.y + SIZE.radius * share * Math.sin(angle)];
  };
  const outline = (values: readonly (number | undefined)[], style: string): string => {
    const places = values.flatMap((value, i) => (value === undefined ? [] : [pair(at(i, value))]));
    return places.length < 2 ? '' : `<polygon points="${places.join(' ')}" ${style}/>`;
  };
  const rings = Array.from({ length: points.high - points.low }, (_, i) => points.low + i + 1).map((ring) => {
    const [, y] = at(0, ring);
    const corners = axes.map((__, i) => pair(at(i, ring))).join(' ');
    return `<polygon points="${corners}" fill="none" stroke="#d5d9de"/><text x="${round(CENTRE.x + 5)}" y="${round(y + 4)}" font-size="11" fill="#5c6670">${ring}</text>`;
  });
  const marks = axes.map(({ rated, split }, i) => {
    if (rated === undefined) return '';
    const [from, to, [x, y]] = [at(i, rated.low), at(i, rated.high), at(i, rated.median)];
    const whisker = `<path d="M${pair(from)}L${pair(to)}" stroke="${split ? '#b3261e' : '#1f5f99'}" stroke-width="5" stroke-opacity="0.35" stroke-linecap="round"/>`;
    const mark = split ? 'fill="#ffffff" stroke="#b3261e" stroke-width="2.5"' : 'fill="#1f5f99"';
    return `${whisker}<circle cx="${round(x)}" cy="${round(y)}" r="5" ${mark}/>`;
  });
  // One dimension alone has no line to a next one, so each requirement has a mark too.
  const needed = axes.map(({ required }, i) => {
    if (required === undefined) return '';
    const [x, y] = at(i, required);
    return `<path d="M${round(x)} ${round(y - 6)}l6 6l-6 6l-6 -6z" fill="#ffffff" stroke="#7a4b00" stroke-width="2"/>`;
  });
  const spokes = axes.map(
    (_, i) => `<path d="M${pair([CENTRE.x, CENTRE.y])}L${pair(at(i, points.high))}" stroke="#d5d9de"/>`,
  );
  const labels = axes.map((axis, i) => labelOf(axis, i, axes.length, words));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}" role="img" font-family="Arial, Helvetica, sans-serif" font-size="13" fill="#1b1f24">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(described(axes, words))}</desc>`,
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="#ffffff"/>`,
    `<text x="20" y="28" font-size="17" font-weight="bold">${escapeXml(title)}</text>`,
    ...rings,
    ...spokes,
    outline(
      axes.map(({ required }) => required),
      'fill="none" stroke="#7a4b00" stroke-width="2" stroke-dasharray="7 5"',
    ),
    outline(
      axes.map(({ before }) => before),
      'fill="none" stroke="#5c6670" stroke-width="1.5" stroke-dasharray="2 4"',
    ),
    outline(
      axes.map(({ rated }) => rated?.median),
      'fill="#1f5f99" fill-opacity="0.12" stroke="#1f5f99" stroke-width="2"',
    ),
    ...needed,
    ...marks,
    ...labels,
    legend(axes, words),
    '</svg>',
    '',
  ]
    .filter((line, i, all) => line !== '' || i === all.length - 1)
    .join('\n');
}

function described(axes: readonly RadarAxis[], { say, digits }: DrawingWords): string {
  return axes
    .map(({ title, rated, split }) => {
      if (rated === undefined) return `${title}: ${say`not rated`}`;
      const said = say`${digits(String(rated.median))}, from ${String(rated.low)} to ${String(rated.high)}`;
      return `${title}: ${said}${split ? `, ${say`split`}` : ''}`;
    })
    .join('; ');
}

function labelOf({ title, split }: RadarAxis, index: number, count: number, { say }: DrawingWords): string {
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  const [x, y] = [CENTRE.x + (SIZE.radius + 16) * Math.cos(angle), CENTRE.y + (SIZE.radius + 16) * Math.sin(angle)];
  const across = Math.cos(angle);
  const anchor = Math.abs(across) < 0.2 ? 'middle' : across > 0 ? 'start' : 'end';
  const lines = [...wrapped(title), ...(split ? [say`split`] : [])];
  const top = y + 4 - (lines.length - 1) * 7.5 + (Math.abs(across) < 0.2 ? Math.sin(angle) * lines.length * 6 : 0);
  return lines
    .map(
      (line, i) =>
        `<text x="${round(x)}" y="${round(top + i * 15)}" text-anchor="${anchor}"${split && i === lines.length - 1 ? ' fill="#b3261e"' : ''}>${escapeXml(line)}</text>`,
    )
    .join('');
}

/** At most three lines of a few words; what is longer ends in an ellipsis. */
function wrapped(text: string): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 1 > LABEL) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.length <= 3 ? lines : [...lines.slice(0, 2), `${lines[2] ?? ''} …`];
}

function legend(axes: readonly RadarAxis[], { say }: DrawingWords): string {
  const entries = [
    { text: say`median`, style: 'stroke="#1f5f99" stroke-width="2"' },
    { text: say`lowest to highest rating`, style: 'stroke="#1f5f99" stroke-width="5" stroke-opacity="0.35"' },
    ...(axes.some(({ before }) => before !== undefined)
      ? [{ text: say`before`, style: 'stroke="#5c6670" stroke-width="1.5" stroke-dasharray="2 4"' }]
      : []),
    ...(axes.some(({ required }) => required !== undefined)
      ? [{ text: say`required`, style: 'stroke="#7a4b00" stroke-width="2" stroke-dasharray="7 5"' }]
      : []),
  ];
  let x = 20;
  return entries
    .map(({ text, style }) => {
      const entry = `<path d="M${x} ${SIZE.height - 24}h34" fill="none" ${style}/><text x="${x + 42}" y="${SIZE.height - 20}">${escapeXml(text)}</text>`;
      x += 70 + text.length * 7.2;
      return entry;
    })
    .join('');
}

function pair([x, y]: readonly [number, number]): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): string {
  const text = value.toFixed(1).replace(/\.0$/, '');
  return text === '-0' ? '0' : text;
}
