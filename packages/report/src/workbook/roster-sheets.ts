import { LIGHT } from '../palette.js';
import {
  breaksOf,
  clockTime,
  placesOfOthers,
  requestWords,
  roleTitle,
  type RosterDay,
  type RosterInput,
  ruleWords,
  shortestRest,
  shortfallSentence,
  whoTitle,
  whoIs,
} from '../roster/roster-view.js';
import { noteWords } from '../staff-words.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Cell, type Sheet, tableSheet } from './workbook.js';

/**
 * Need against cover: for each role or skill and day how many are wanted in each hour, and below it how many are on duty, in
 * colour where that is fewer.
 */
export function coverSheet(words: Words, { roster }: RosterInput, days: readonly RosterDay[]): Sheet {
  const { say } = words;
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const rows = roster.cover.flatMap((each) =>
    days.flatMap((day): readonly (readonly Cell[])[] => {
      const wanted = hours.map((hour) => each.wanted[day.index * 24 + hour] ?? 0);
      const there = hours.map((hour) => each.there[day.index * 24 + hour] ?? 0);
      if ([...wanted, ...there].every((people) => people === 0)) return [];
      const head = (what: string): readonly Cell[] => [
        { value: whoTitle(words, each) },
        { value: day.date },
        { value: words.weekdays[day.weekday] },
        { value: what },
      ];
      return [
        [
          ...head(say`Wanted`),
          ...wanted.map((people): Cell => (people === 0 ? {} : { value: people, format: '0.##' })),
        ],
        [
          ...head(say`On duty`),
          ...there.map((people, hour): Cell => {
            const isShort = people < (wanted[hour] ?? 0);
            if (people === 0 && !isShort) return {};
            const short = { surface: LIGHT.warningSurface, colour: LIGHT.warningText, bold: true };
            return { value: people, format: '0.##', ...(isShort && short) };
          }),
        ],
      ];
    }),
  );
  const head = [say`Role or skill`, say`Date`, say`Day`, '', ...hours.map((hour) => String(hour).padStart(2, '0'))];
  const sheet = tableSheet(say`Need against cover`, head, rows, [28, 11, 6, 11, ...hours.map(() => 5)]);
  const notes = (roster.notes ?? []).map((note): Cell[] => [{ value: noteWords(words, note) }]);
  return { ...sheet, frozenColumns: 4, rows: notes.length === 0 ? sheet.rows : [...sheet.rows, [], ...notes] };
}

/** What each person works. */
export function peopleSheet(words: Words, input: RosterInput): Sheet {
  const { say } = words;
  const { roster } = input;
  const someStandIn = roster.people.some((line) => line.standsInFor !== undefined);
  const head = [
    ...[say`Person`, say`Role`, say`Hours`, say`Contract hours`, say`Difference, h`, say`Nights`, say`Weekend days`],
    ...[say`Shortest rest, h`, say`Requests not met`],
    ...roster.shifts.map(({ title }) => named(title)),
    ...(someStandIn ? [say`In the place of others`] : []),
  ];
  const rows = roster.people.map((line): readonly Cell[] => [
    { value: whoIs(words, line) },
    { value: roleTitle(input, line) },
    { value: line.hours, format: '0.0' },
    { value: line.contractHours, format: '0.0' },
    { value: line.hours - line.contractHours, format: '+0.0;-0.0;0.0' },
    { value: line.nights },
    { value: line.weekendDays },
    { value: shortestRest(line, roster), format: '0.0' },
    { value: line.requestsMissed },
    ...roster.shifts.map(({ id }): Cell => ({ value: line.shifts.filter((shift) => shift === id).length })),
    ...(someStandIn ? [{ value: placesOfOthers(input, line) }] : []),
  ]);
  return tableSheet(say`Fairness`, head, rows, [24, 18, 10, 16, 14, 10, 14, 17, 18]);
}

/** Each rule with how near the lines come to it, and who does not keep it. */
export function ruleSheet(words: Words, { roster }: RosterInput): Sheet {
  const { say } = words;
  const head = [
    ...[say`Rule`, say`Limit`, say`Nearest to the limit`, say`Verdict`, say`Kept by`, say`Not kept by`],
    say`Written in`,
  ];
  const rows = roster.rules.map((rule): readonly Cell[] => {
    const isKept = rule.brokenBy.length === 0;
    return [
      { value: ruleWords(words, rule) },
      { value: rule.limit },
      { value: rule.reached ?? undefined, format: '0.##' },
      isKept
        ? { value: say`kept` }
        : { value: say`not kept`, bold: true, surface: LIGHT.warningSurface, colour: LIGHT.warningText },
      { value: rule.kept },
      { value: breaksOf(rule), wrap: true },
      { value: `${rule.file}:${rule.line}` },
    ];
  });
  return tableSheet(say`Rules`, head, rows, [60, 10, 22, 12, 10, 60, 42]);
}

/** What people ask for, and what is set, with the days on which it is not met. */
export function requestSheet(words: Words, { roster }: RosterInput): Sheet {
  const { say } = words;
  const head = [
    ...[say`Person`, say`Request or setting`, say`Verdict`, say`Days met`, say`Days not met`, say`Not met on`],
    say`Written in`,
  ];
  const rows = roster.requests.map((request): readonly Cell[] => [
    { value: named(request.person) },
    { value: requestWords(words, roster, request) },
    request.missed.length === 0
      ? { value: say`met` }
      : { value: say`not met`, bold: true, surface: LIGHT.warningSurface, colour: LIGHT.warningText },
    { value: request.met },
    { value: request.missed.length },
    { value: request.missed.join(', '), wrap: true },
    { value: `${request.file}:${request.line}` },
  ]);
  return tableSheet(say`Requests and what is set`, head, rows, [24, 30, 12, 10, 12, 50, 30]);
}

/** Who is missing, with a sentence for each shortfall. */
export function missingSheet(words: Words, { roster }: RosterInput): Sheet {
  const { say } = words;
  const rows = roster.shortfalls.map((each): readonly Cell[] => [
    { value: each.date },
    { value: clockTime(each.from) },
    { value: clockTime(each.to) },
    { value: whoTitle(words, each) },
    // What stands in the place of people for pairs and for so many of others is no number of people.
    ...(each.pair === undefined && each.ratio === undefined
      ? [
          { value: each.wanted, format: '0.##' },
          { value: each.there, format: '0.##' },
        ]
      : [{}, {}]),
    { value: shortfallSentence(words, roster, each) },
  ]);
  const head = [say`Date`, say`From`, say`To`, say`Role or skill`, say`Wanted`, say`On duty`, say`In words`];
  return tableSheet(say`Who is missing`, head, rows, [12, 8, 8, 32, 10, 10, 70]);
}
