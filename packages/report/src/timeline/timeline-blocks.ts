import type { StudyResults, TimelineResult } from '@pathway/simulation';
import { type Block, paragraph, tableOf } from '../document/blocks.js';
import { estimated, NUMBER_FIGURE, SHARE_FIGURE } from '../figures.js';
import type { IdSource } from '../html/html.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { timelineChart } from './timeline-chart.js';
import { scenariosWithTimeline, timelineParts, type WithTimeline } from './timeline-parts.js';

/**
 * What was in force when: a strip for each scenario with a crisis, levels or responses, and all of them in a table with their
 * intervals; people whose arrival was changed. Nothing for a study without such scenarios.
 */
export function timelineBlocks(words: Words, study: StudyResults, ids: IdSource): readonly Block[] {
  const { say } = words;
  const scenarios = scenariosWithTimeline(study);
  if (scenarios.length === 0) return [];
  const charts = timelineParts(study).map((parts): Block => {
    const title = say`What was in force when: ${named(parts.title)}`;
    return { kind: 'chart', title, isWide: true, svg: timelineChart(words, ids, parts, title).text };
  });
  return [
    ...charts,
    paragraph(
      say`A bar is as high as the share of replications in which something is in force at that time. Titles that are cut stand whole in the table.`,
    ),
    tableOf(
      'llrr',
      [say`In force`, say`Scenario`, say`Share of time`, say`Times`],
      scenarios.flatMap((scenario) => stateRows(words, scenario)),
    ),
    ...peopleBlocks(words, scenarios),
  ];
}

function stateRows(words: Words, { title, timeline }: WithTimeline): string[][] {
  const rows = [
    ...timeline.effects.map((each) => ({ ...each, title: `${named(each.crisis)}: ${named(each.title)}` })),
    // The calmest level is where nothing is the matter.
    ...timeline.levels.flatMap((place) =>
      place.levels.slice(1).map((level) => ({ ...level, title: `${named(place.title)}: ${named(level.title)}` })),
    ),
    ...timeline.responses.map((each) => ({ ...each, title: words.say`Response ${named(each.title)}` })),
  ];
  return rows.map((each, i) => [
    each.title,
    i === 0 ? named(title) : '',
    estimated(words, each.share, SHARE_FIGURE),
    estimated(words, each.times, NUMBER_FIGURE),
  ]);
}

function peopleBlocks(words: Words, scenarios: readonly WithTimeline[]): Block[] {
  const { say } = words;
  const rows = scenarios.flatMap(({ title, timeline }) =>
    timeline.people.map((each, i) => [
      named(each.title),
      i === 0 ? named(title) : '',
      words.known(each.what),
      estimated(words, each.people, NUMBER_FIGURE),
    ]),
  );
  if (rows.length === 0) return [];
  return [tableOf('lllr', [say`People`, say`Scenario`, say`What became of them`, say`How many`], rows)];
}

/** What began and ended in the first replication, as rows of time, kind and title; for a reader who wants one course. */
export function eventRows(words: Words, { events }: TimelineResult, factor: number): readonly (readonly string[])[] {
  const { say } = words;
  const kinds = {
    effect: say`Crisis`,
    trigger: say`Trigger`,
    level: say`Level`,
    response: say`Response`,
    measure: say`Measure`,
    system: say`System`,
  };
  return events.map(({ time, kind, title, began }) => [
    words.digits((time / factor).toFixed(2)),
    kinds[kind],
    named(title),
    kind === 'level' ? '' : began ? say`begins` : say`ends`,
  ]);
}
