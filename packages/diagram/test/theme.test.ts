import { describe, expect, it } from 'vitest';
import { colourDeclarations, strongDeclarations, systemDeclarations, THEMES } from '../src/drawing/theme.js';
import { contrast, difference, over, VISIONS } from './support/colour.js';

type Pair = readonly [what: string, one: string, other: string];

const MARKS = ['added', 'removed', 'changed'] as const;

describe('colours for more contrast', () => {
  const namesIn = (declarations: string): readonly string[] =>
    declarations.split(';').map((each) => each.slice(0, each.indexOf(':')));

  it.each(['light', 'dark'] as const)('keep what stands on plain grounds at 7 and more in %s', (name) => {
    expect(namesIn(colourDeclarations(name))).toEqual(expect.arrayContaining([...namesIn(strongDeclarations(name))]));
    const page = name === 'light' ? '#ffffff' : '#000000';
    const { lanes, loads, marks, handover, headerText } = THEMES[name];
    for (const { header } of lanes)
      expect(contrast(headerText, header, 'full colour vision')).toBeGreaterThanOrEqual(4.5);
    for (const { fill, text } of loads) expect(contrast(text, fill, 'full colour vision')).toBeGreaterThanOrEqual(4.5);
    for (const colour of [handover, ...MARKS.map((mark) => marks[mark].stroke)])
      expect(contrast(colour, page, 'full colour vision')).toBeGreaterThanOrEqual(4.5);
    expect(strongDeclarations(name)).toContain(`--d-page:${page}`);
  });

  it('name every colour of a drawing, in colours of the system alone', () => {
    expect([...namesIn(systemDeclarations())].sort()).toEqual([...namesIn(colourDeclarations('light'))].sort());
    expect(systemDeclarations()).not.toMatch(/#|rgb/);
  });
});

describe.each(['light', 'dark'] as const)('the colours of the %s theme', (name) => {
  const theme = THEMES[name];
  const { hold, marks, loads, lanes } = theme;
  const grounds = [theme.page, ...lanes.flatMap(({ ground }) => [ground, over(hold.fill, hold.fillOpacity, ground)])];

  const texts: readonly Pair[] = [
    ...[theme.card, hold.card].flatMap((ground): readonly Pair[] => [
      ['title', theme.text, ground],
      ['note', theme.note, ground],
    ]),
    ...grounds.flatMap((ground): readonly Pair[] => [
      ['text of a way', theme.label, ground],
      ['title beside a circle', theme.text, ground],
    ]),
    ...lanes.flatMap(({ accent, header }): readonly Pair[] => [
      ['question', accent, theme.card],
      ['title of a lane', theme.headerText, header],
    ]),
    ...loads.flatMap(({ fill, text, note }): readonly Pair[] => [
      ['title on a load', text, fill],
      ['note on a load', note, fill],
    ]),
    ...MARKS.flatMap((mark): readonly Pair[] => [
      ['title of what is marked', theme.text, marks[mark].fill],
      ['note of what is marked', theme.note, marks[mark].fill],
      ['sign of a mark', marks[mark].badge, marks[mark].stroke],
    ]),
  ];
  const lines: readonly Pair[] = [
    ...grounds.flatMap((ground): readonly Pair[] => [
      ['way', theme.way, ground],
      ['way back', theme.wayBack, ground],
      ['handover', theme.handover, ground],
      ...MARKS.map((mark): Pair => [`way that is ${mark}`, marks[mark].stroke, ground]),
    ]),
    ...lanes.map(({ accent, ground }): Pair => ['outline', accent, ground]),
  ];

  it.each(VISIONS)('keep texts and lines clear of their grounds with %s', (vision) => {
    for (const [what, one, ground] of texts)
      expect(contrast(one, ground, vision), `${what}: ${one} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    for (const [what, one, ground] of lines)
      expect(contrast(one, ground, vision), `${what}: ${one} on ${ground}`).toBeGreaterThanOrEqual(3);
  });

  it.each(VISIONS)('tell one load from the next with %s', (vision) => {
    for (const [index, { fill }] of loads.slice(1).entries())
      expect(difference(loads[index]!.fill, fill, vision), `${index} and ${index + 1}`).toBeGreaterThan(3);
  });
});
