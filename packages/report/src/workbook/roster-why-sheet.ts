import type { RosterExplanation } from '@pathway/staffing';
import {
  conflictHead,
  conflictNote,
  conflictWords,
  outcomeWords,
  relaxationWords,
} from '../roster/explanation-words.js';
import type { Words } from '../words/words.js';
import { type Cell, headCell, type Sheet } from './workbook.js';

/** Why somebody is missing: each conflict with its parts and lines, then the ways out, the cheapest first. */
export function whySheet(words: Words, { conflicts, relaxations, missingHours }: RosterExplanation): Sheet {
  const { say } = words;
  const wrapped = (value: string): Cell => ({ value, wrap: true });
  const ofConflicts = conflicts.flatMap((conflict): readonly (readonly Cell[])[] => [
    [{ value: conflictHead(words, conflict), bold: true }],
    [say`What cannot all be kept`, say`Written in`].map(headCell),
    ...conflict.parts.map(({ fact, place }) => [wrapped(conflictWords(words, fact)), { value: place }]),
    [{ value: conflictNote(words, conflict) }],
    [],
  ]);
  const ofWays: readonly (readonly Cell[])[] =
    relaxations.length === 0
      ? []
      : [
          [{ value: say`What would help, the cheapest first`, bold: true }],
          [say`Way out`, say`Written in`, say`What comes of it`].map(headCell),
          ...relaxations.map((each) => [
            wrapped(relaxationWords(words, each)),
            wrapped(each.places.join(', ')),
            wrapped(outcomeWords(words, each, missingHours)),
          ]),
        ];
  return {
    name: say`Why, and what would help`,
    widths: [90, 34, 40],
    frozenRows: 0,
    frozenColumns: 0,
    rows: [...ofConflicts, ...ofWays],
  };
}
