import type { DutyRoster, RosterRepair } from '@pathway/staffing';
import { nowWords, repairHead, shiftOrOff, standInWords, tellWords } from '../roster/repair-words.js';
import { shortfallSentence, whoTitle } from '../roster/roster-view.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Cell, headCell, type Sheet, tableSheet } from './workbook.js';

/** What a repair changes and until when each person has to be told, below it what stays missing; and whom to call. */
export function repairSheets(words: Words, roster: DutyRoster, repair: RosterRepair): readonly Sheet[] {
  return [changesSheet(words, roster, repair), callsSheet(words, repair)];
}

function changesSheet(words: Words, roster: DutyRoster, repair: RosterRepair): Sheet {
  const { say } = words;
  const { changes, missing } = repair;
  const changed =
    changes.length === 0
      ? [[{ value: say`Nothing changes.` }]]
      : [
          [say`Date`, say`Person`, say`Before`, say`Now`, say`To be told by`].map(headCell),
          ...changes.map((change): readonly Cell[] => [
            { value: change.date },
            { value: named(change.person), bold: true },
            { value: shiftOrOff(words, roster, change.was) },
            { value: nowWords(words, roster, change), bold: true },
            { value: tellWords(words, change), wrap: true },
          ]),
        ];
  return {
    name: say`What changes`,
    widths: [14, 24, 24, 24, 44],
    frozenRows: 0,
    frozenColumns: 0,
    rows: [
      [{ value: repairHead(words, repair), bold: true }],
      [],
      ...changed,
      [],
      [{ value: say`What stays missing`, bold: true }],
      ...(missing.length === 0
        ? [[{ value: say`Nobody is missing on any shift.` }]]
        : missing.map((each) => [{ value: shortfallSentence(words, roster, each) }])),
    ],
  };
}

function callsSheet(words: Words, { calls }: RosterRepair): Sheet {
  const { say } = words;
  const rows = calls.flatMap((call): readonly (readonly Cell[])[] => {
    const work: readonly Cell[] = [
      { value: call.date },
      { value: named(call.shift) },
      { value: whoTitle(words, call) },
      { value: call.missing, format: '0.##' },
      { value: call.left, format: '0.##' },
    ];
    if (call.people.length === 0) return [[...work, {}, {}, {}, { value: say`nobody who keeps the rules` }]];
    return call.people.map(({ person, planned, fact }, index): readonly Cell[] => [
      ...work,
      { value: index + 1 },
      { value: named(person), bold: true },
      { value: planned ? say`planned` : undefined },
      { value: standInWords(words, fact), wrap: true },
    ]);
  });
  const head = [
    ...[say`Date`, say`Shift`, say`Role or skill`, say`Missing`, say`Still missing`, say`Order`, say`Person`],
    ...[say`In the new roster`, say`Why they may`],
  ];
  return tableSheet(say`Whom to call, in this order`, head, rows, [12, 18, 28, 9, 9, 8, 22, 12, 70]);
}
