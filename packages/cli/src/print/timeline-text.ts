import type { TimelineResult } from '@pathway/simulation';
import { meanFigure } from './figure.js';
import { printable } from './printable.js';
import { table } from './table.js';

/** What was in force how long, and whom it concerned, as tables for a terminal; nothing where nothing was. */
export function timelineText({ levels, responses, effects, people }: TimelineResult): readonly string[] {
  const row = (name: string, { share, times }: Pick<Level, 'share' | 'times'>): string[] => [
    printable(name),
    meanFigure(share, 'share'),
    meanFigure(times, 'number'),
  ];
  const rows = [
    ...effects.map((each) => row(`${each.crisis}: ${each.title}`, each)),
    // The calmest level is where nothing is the matter.
    ...levels.flatMap((place) => place.levels.slice(1).map((level) => row(`${place.title}: ${level.title}`, level))),
    ...responses.map((each) => row(`response ${each.title}`, each)),
  ];
  return [
    ...(rows.length > 0 ? [table(['in force', 'of the time', 'times'], rows, [1, 2])] : []),
    ...(people.length > 0
      ? [
          table(
            ['people', 'what', 'how many'],
            people.map(({ title, what, people: many }) => [printable(title), what, meanFigure(many, 'number')]),
            [2],
          ),
        ]
      : []),
  ];
}

type Level = TimelineResult['levels'][number]['levels'][number];
