import type { Layout } from '../layout/layout.js';
import type { Mark } from '../graph/graph.js';

export type ThemeName = 'light' | 'dark';

/** Colours by name, for pages that say what each is: `var(--d-card)`. */
type NamedColours = 'adaptive';
export type DrawingTheme = ThemeName | NamedColours;

/** A lane's colours: its ground, and the colour of its header and of the outlines in it. */
export interface LaneColours {
  readonly ground: string;
  readonly accent: string;
  readonly header: string;
}

export interface Theme {
  readonly page: string;
  readonly lanes: readonly LaneColours[];
  readonly laneBorder: string;
  readonly headerText: string;
  readonly card: string;
  readonly text: string;
  readonly note: string;
  readonly label: string;
  readonly way: string;
  readonly wayBack: string;
  readonly handover: string;
  readonly bar: string;
  readonly end: string;
  readonly hold: {
    readonly fill: string;
    readonly fillOpacity: number;
    readonly stroke: string;
    readonly card: string;
  };
  /** What came, went and changed between two versions. */
  /** Grounds of nodes by how much waits there, from nothing to very much: lightness falls, so that it reads without colour. */
  readonly loads: readonly { readonly fill: string; readonly text: string; readonly note: string }[];
  readonly marks: Readonly<Record<Mark, { readonly fill: string; readonly stroke: string; readonly badge: string }>>;
}

/** Colours keep a contrast of at least 4.5 : 1 between text and ground. */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: {
    page: '#ffffff',
    lanes: [
      { ground: '#f1f6fc', accent: '#2b6cb0', header: '#2b6cb0' },
      { ground: '#fdf5ef', accent: '#a94c17', header: '#a94c17' },
      { ground: '#f1f8f2', accent: '#2f7d3e', header: '#2f7d3e' },
      { ground: '#f7f2fb', accent: '#7b4fa0', header: '#7b4fa0' },
      { ground: '#fbf7e8', accent: '#8a6900', header: '#8a6900' },
      { ground: '#eff8f8', accent: '#13757a', header: '#13757a' },
    ],
    laneBorder: '#d5dbe3',
    headerText: '#ffffff',
    card: '#ffffff',
    text: '#0f172a',
    note: '#475569',
    label: '#334155',
    way: '#475569',
    wayBack: '#64748b',
    handover: '#b4232a',
    bar: '#1e293b',
    end: '#1e293b',
    hold: { fill: '#0f172a', fillOpacity: 0.055, stroke: '#64748b', card: '#e2e8f0' },
    loads: [
      { fill: '#ffffff', text: '#0f172a', note: '#475569' },
      { fill: '#fff3c4', text: '#0f172a', note: '#3f3a2a' },
      { fill: '#fdc46b', text: '#0f172a', note: '#33291a' },
      { fill: '#b93d0b', text: '#ffffff', note: '#ffffff' },
      { fill: '#5b1237', text: '#ffffff', note: '#ffffff' },
    ],
    marks: {
      added: { fill: '#dcfce7', stroke: '#15803d', badge: '#ffffff' },
      removed: { fill: '#fee2e2', stroke: '#b91c1c', badge: '#ffffff' },
      changed: { fill: '#fef3c7', stroke: '#ac4e08', badge: '#ffffff' },
    },
  },
  dark: {
    page: '#0f172a',
    lanes: [
      { ground: '#13233a', accent: '#7db8f0', header: '#1e4e82' },
      { ground: '#2a1d16', accent: '#f0a878', header: '#8a3f14' },
      { ground: '#14271a', accent: '#84d092', header: '#23602f' },
      { ground: '#241a31', accent: '#c8a2ea', header: '#5d3a7c' },
      { ground: '#292310', accent: '#e2c25e', header: '#685000' },
      { ground: '#112829', accent: '#72cfd4', header: '#0f5a5e' },
    ],
    laneBorder: '#334155',
    headerText: '#ffffff',
    card: '#1e293b',
    text: '#f1f5f9',
    note: '#b6c2d1',
    label: '#d5dde8',
    way: '#a3b1c4',
    wayBack: '#8b9bb0',
    handover: '#ff8a8f',
    bar: '#e2e8f0',
    end: '#e2e8f0',
    hold: { fill: '#ffffff', fillOpacity: 0.075, stroke: '#94a3b8', card: '#3b4a61' },
    loads: [
      { fill: '#1e293b', text: '#f1f5f9', note: '#b6c2d1' },
      { fill: '#4a3a12', text: '#f8fafc', note: '#efe4c4' },
      { fill: '#96510a', text: '#ffffff', note: '#fff7e8' },
      { fill: '#f59e3f', text: '#0f172a', note: '#1a1206' },
      { fill: '#ffe9a8', text: '#0f172a', note: '#1a1206' },
    ],
    marks: {
      added: { fill: '#12351f', stroke: '#4ade80', badge: '#0f172a' },
      removed: { fill: '#411a1d', stroke: '#fca5a5', badge: '#0f172a' },
      changed: { fill: '#3a2c0b', stroke: '#fbbf24', badge: '#0f172a' },
    },
  },
};

/** The colours of one of the lanes of a drawing; they repeat after the sixth. */
export function laneColours(theme: Theme, { lanes }: Pick<Layout, 'lanes'>, lane: number): LaneColours {
  const place = lanes[lane]?.lane.place ?? lane;
  const colours = theme.lanes[place % theme.lanes.length];
  if (colours === undefined) throw new RangeError('a theme needs at least one lane colour');
  return colours;
}

/** The theme of a name; that of pages gives every colour by its name, with the light one where the page has none. */
export function themeOf(name: DrawingTheme): Theme {
  return name === 'adaptive' ? ADAPTIVE : THEMES[name];
}

/** Every colour of a theme as declarations of style, by the names that adaptive drawings use. */
export function colourDeclarations(name: ThemeName): string {
  return coloursIn(THEMES[name], [])
    .map(([path, colour]) => `${variable(path)}:${colour}`)
    .join(';');
}

/** As `colourDeclarations`, for readers who ask for more contrast: plain grounds, black or white texts and strong lines. */
export function strongDeclarations(name: ThemeName): string {
  const { page, text } = name === 'light' ? { page: '#ffffff', text: '#000000' } : { page: '#000000', text: '#ffffff' };
  const plain = plainColours({ page, text });
  const accents = THEMES[name].lanes.map((_, lane): readonly [string, string] => [
    variable(['lanes', String(lane), 'accent']),
    text,
  ]);
  return [...plain, ...accents].map(([colour, value]) => `${colour}:${value}`).join(';');
}

/**
 * As `colourDeclarations`, in the few colours that the reader's system forces on pages: what they told is told by lines,
 * signs and numbers too.
 */
export function systemDeclarations(): string {
  const { loads, lanes, marks } = THEMES.light;
  const colours: readonly (readonly [string, string])[] = [
    ...plainColours({ page: 'Canvas', text: 'CanvasText' }),
    ...lanes.flatMap((_, lane): readonly (readonly [string, string])[] => [
      [variable(['lanes', String(lane), 'accent']), 'CanvasText'],
      [variable(['lanes', String(lane), 'header']), 'CanvasText'],
    ]),
    [variable(['headerText']), 'Canvas'],
    [variable(['handover']), 'LinkText'],
    ...loads.flatMap((_, load): readonly (readonly [string, string])[] => [
      [variable(['loads', String(load), 'fill']), 'Canvas'],
      [variable(['loads', String(load), 'text']), 'CanvasText'],
      [variable(['loads', String(load), 'note']), 'CanvasText'],
    ]),
    ...Object.keys(marks).flatMap((mark): readonly (readonly [string, string])[] => [
      [variable(['marks', mark, 'fill']), 'Canvas'],
      [variable(['marks', mark, 'stroke']), 'CanvasText'],
      [variable(['marks', mark, 'badge']), 'Canvas'],
    ]),
  ];
  return colours.map(([colour, value]) => `${colour}:${value}`).join(';');
}

/** What is ground and what stands on it, in two colours. */
function plainColours({
  page,
  text,
}: {
  readonly page: string;
  readonly text: string;
}): readonly (readonly [string, string])[] {
  const ground = [
    ['page'],
    ['card'],
    ['hold', 'card'],
    ...THEMES.light.lanes.map((_, lane) => ['lanes', String(lane), 'ground']),
  ];
  const drawn = [
    ['text'],
    ['note'],
    ['label'],
    ['way'],
    ['wayBack'],
    ['bar'],
    ['end'],
    ['laneBorder'],
    ['hold', 'stroke'],
    ['hold', 'fill'],
  ];
  return [
    ...ground.map((path) => [variable(path), page] as const),
    ...drawn.map((path) => [variable(path), text] as const),
  ];
}

function variable(path: readonly string[]): string {
  return `--d-${path.join('-')}`;
}

function coloursIn(value: unknown, path: readonly string[]): readonly (readonly [readonly string[], string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => coloursIn(inside, [...path, key]));
}

const ADAPTIVE = adaptive(THEMES.light);

function adaptive(theme: Theme): Theme {
  const named = (colour: string, ...path: readonly string[]): string => `var(${variable(path)}, ${colour})`;
  const each = <Names extends string>(
    colours: Readonly<Record<Names, string>>,
    ...path: readonly string[]
  ): Record<Names, string> => {
    const result: Record<Names, string> = { ...colours };
    for (const key of Object.keys(colours) as Names[]) result[key] = named(colours[key], ...path, key);
    return result;
  };
  const { lanes, hold, loads, marks, ...plain } = theme;
  const { fillOpacity, ...holdColours } = hold;
  return {
    ...each(plain),
    lanes: lanes.map((lane, index) => each(lane, 'lanes', String(index))),
    hold: { ...each(holdColours, 'hold'), fillOpacity },
    loads: loads.map((load, index) => each(load, 'loads', String(index))),
    marks: {
      added: each(marks.added, 'marks', 'added'),
      removed: each(marks.removed, 'marks', 'removed'),
      changed: each(marks.changed, 'marks', 'changed'),
    },
  };
}
