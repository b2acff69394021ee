import { DASHES } from '../html/style.js';
import { LIGHT } from '../palette.js';

/** A chart of the page with what its classes look like on light ground as attributes: printers know no style sheet. */
export function withAttributes(svg: string): string {
  return (
    svg
      .replace(/<svg /, `<svg font-size="12.5" fill="${LIGHT.text}" `)
      // What sets other scripts than Latin ones looks at the text alone.
      .replace(/<text (?![^>]*font-size=)/g, '<text font-size="12.5" ')
      .replace(/class="([^"]+)"/g, (_, names: string) => attributesOf(names.split(' ')))
  );
}

function attributesOf(names: readonly string[]): string {
  const index = Number(names.find((name) => /^s\d$/.test(name))?.slice(1) ?? 0);
  const colour = LIGHT.series[index] ?? LIGHT.text;
  const dash = DASHES[index] ?? 'none';
  switch (names[0]) {
    case 'line': {
      const dashes = names.includes('solid') || dash === 'none' ? '' : ` stroke-dasharray="${dash}"`;
      return `fill="none" stroke="${colour}" stroke-width="2"${dashes}`;
    }
    case 'interval':
      return `fill="none" stroke="${colour}" stroke-width="2"`;
    case 'exact':
      return `fill="${LIGHT.surface}" stroke="${colour}" stroke-width="1.8"`;
    case 'dot':
    case 'bar':
      return `fill="${colour}"`;
    case 'letter':
      return `fill="${colour}" font-weight="bold"`;
    case 'band':
      return `fill="${colour}" fill-opacity="0.28"`;
    case 'capacity':
      return `fill="none" stroke="${LIGHT.text}" stroke-width="1.5" stroke-dasharray="6 3"`;
    case 'axis':
      return `fill="none" stroke="${LIGHT.rule}" stroke-width="1"`;
    case 'grid':
      return `fill="none" stroke="${LIGHT.grid}" stroke-width="1"`;
    case 'ticks':
    case 'muted':
    case 'effect':
      return `fill="${LIGHT.muted}"`;
    case 'level': {
      const step = LIGHT.levels[Number(names[1]?.slice(1))] ?? LIGHT.levels[0];
      return `fill="${names[1]?.startsWith('t') === true ? step.text : step.surface}"`;
    }
    default:
      return '';
  }
}
