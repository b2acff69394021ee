/**
 * Colours of the page, for a light and a dark surface. The series are after Okabe and Ito's set, which people with any
 * of the common colour-vision deficiencies can tell apart, with the lightness moved until each stands out at least
 * 3 : 1 from its surface. Nothing is told by colour alone: series have letters, markers and dashes, verdicts have words.
 */
export interface Palette {
  readonly surface: string;
  readonly panel: string;
  readonly text: string;
  readonly muted: string;
  readonly rule: string;
  readonly grid: string;
  readonly link: string;
  readonly good: string;
  readonly bad: string;
  readonly unsure: string;
  readonly warningSurface: string;
  readonly warningText: string;
  /** For scenarios, in order; a seventh begins again with the first. */
  readonly series: readonly [string, string, string, string, string, string];
  /** Steps of a heat map, least first, each with the colour of the number on it. */
  readonly heat: readonly { readonly surface: string; readonly text: string }[];
  /** Levels of a scale, the calmest first, each with the colour of the word on it. */
  readonly levels: readonly [LevelColour, LevelColour, LevelColour, LevelColour, LevelColour];
}

interface LevelColour {
  readonly surface: string;
  readonly text: string;
}

/** The step of the colours of levels for the level at a place of a scale with so many levels; the worst has the last one. */
export function levelStep(place: number, levels: number): number {
  return place <= 0 ? 0 : Math.max(1, Math.round((4 * place) / Math.max(1, levels - 1)));
}

export const LIGHT: Palette = {
  surface: '#ffffff',
  panel: '#f5f6f8',
  text: '#1b1f24',
  muted: '#555d66',
  rule: '#8a929b',
  grid: '#dfe3e7',
  link: '#0b5394',
  good: '#0a6b4c',
  bad: '#b03a00',
  unsure: '#6b5200',
  warningSurface: '#fff3dc',
  warningText: '#4d3300',
  series: ['#0072b2', '#c04f00', '#00795a', '#a3457e', '#806000', '#3b3f8f'],
  heat: [
    { surface: '#ffffff', text: '#1b1f24' },
    { surface: '#e6eff7', text: '#1b1f24' },
    { surface: '#c9deef', text: '#1b1f24' },
    { surface: '#9fc6e4', text: '#1b1f24' },
    { surface: '#6aa8d6', text: '#0c1116' },
    { surface: '#256fa8', text: '#ffffff' },
    { surface: '#0b4272', text: '#ffffff' },
  ],
  levels: [
    { surface: '#eef1f4', text: '#1b1f24' },
    { surface: '#ffe08a', text: '#1b1f24' },
    { surface: '#f5a94f', text: '#1b1f24' },
    { surface: '#c33d17', text: '#ffffff' },
    { surface: '#6f0f2b', text: '#ffffff' },
  ],
};

export const DARK: Palette = {
  surface: '#14171a',
  panel: '#1e2226',
  text: '#e8eaed',
  muted: '#aeb6bf',
  rule: '#78818a',
  grid: '#363c42',
  link: '#8cc4f5',
  good: '#5fd3a8',
  bad: '#ff9a66',
  unsure: '#e6c34a',
  warningSurface: '#3a2c0c',
  warningText: '#ffe3ab',
  series: ['#56b4e9', '#f08a3c', '#2fc29a', '#e08fc0', '#e0bd3a', '#a9aef5'],
  heat: [
    { surface: '#14171a', text: '#e8eaed' },
    { surface: '#182a3a', text: '#e8eaed' },
    { surface: '#1c3f5c', text: '#ffffff' },
    { surface: '#23577f', text: '#ffffff' },
    { surface: '#2f6f9f', text: '#ffffff' },
    { surface: '#7fbdea', text: '#0c1116' },
    { surface: '#c4e3fa', text: '#0c1116' },
  ],
  levels: [
    { surface: '#24292e', text: '#e8eaed' },
    { surface: '#4a3d14', text: '#ffffff' },
    { surface: '#8a5312', text: '#ffffff' },
    { surface: '#e8814a', text: '#0c1116' },
    { surface: '#ffc9ce', text: '#0c1116' },
  ],
};

/** The palette as CSS custom properties, for one rule. */
export function paletteProperties(palette: Palette): string {
  const { series, heat, levels, ...single } = palette;
  const properties = [
    ...Object.entries(single).map(([name, colour]) => `--${name}:${colour}`),
    ...series.map((colour, index) => `--series-${index}:${colour}`),
    ...heat.flatMap((step, index) => [`--heat-${index}:${step.surface}`, `--heat-text-${index}:${step.text}`]),
    ...levels.flatMap((step, index) => [`--level-${index}:${step.surface}`, `--level-text-${index}:${step.text}`]),
  ];
  return properties.join(';');
}
