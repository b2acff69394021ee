/** Colours as red, green and blue light from 0 to 1, linear. */
type Light = readonly [number, number, number];

/** Full colour blindness of each kind in linear light (Machado, Oliveira and Fernandes 2009, severity 1). */
const SEEN: Readonly<Record<string, readonly [Light, Light, Light]>> = {
  'full colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  'no colour vision': [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
};
export const VISIONS = Object.keys(SEEN);

/** The contrast of WCAG 2.2, from 1 to 21, as somebody with that vision sees it. */
export function contrast(one: string, other: string, vision: string): number {
  const [a, b] = [luminance(seen(one, vision)), luminance(seen(other, vision))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** How different two colours look (distance in OKLab, in hundredths), as somebody with that vision sees them. */
export function difference(one: string, other: string, vision: string): number {
  const [a, b] = [okLab(seen(one, vision)), okLab(seen(other, vision))];
  return 100 * Math.hypot(...a.map((value, index) => value - (b[index] ?? 0)));
}

/** A colour over a ground, where it lets some of that through. */
export function over(colour: string, opacity: number, ground: string): string {
  const parts = (hex: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const below = parts(ground);
  const mixed = parts(colour).map((part, index) => Math.round(part * opacity + (below[index] ?? 0) * (1 - opacity)));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function seen(hex: string, vision: string): Light {
  const light = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  const rows = SEEN[vision] ?? [];
  const [red = 0, green = 0, blue = 0] = rows.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, part, index) => sum + part * (light[index] ?? 0), 0),
      ),
    ),
  );
  return [red, green, blue];
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function luminance([red, green, blue]: Light): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function okLab([red, green, blue]: Light): Light {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
