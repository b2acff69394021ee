import { describe, expect, it } from 'vitest';
import { THEMES } from '../src/drawing/theme.js';
import { contrast, difference, over, VISIONS } from './support/colour.js';

type Pair = readonly [what: string, one: string, other: string];

const MARKS = ['added', 'removed', 'changed'] as const;

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
