import type { ResourceResult, ScenarioResults, StudyResults } from '@pathway/simulation';
import { DURATION_FIGURE, estimated, estimatedMean, NUMBER_FIGURE, percent, SHARE_FIGURE } from '../figures.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, paragraph, tableOf } from './blocks.js';

/** Places told for each scenario. */
const MOST_PLACES = 6;
/** From this share of the capacity in use on, waits grow steeply with any further work. */
const TIGHT = 0.85;

/**
 * Where a scenario is under pressure: people and things with the highest use and waits first, what is waited for longest,
 * and what binds, in a sentence. Places with neither waits nor a limit are left out.
 */
export function pressureBlocks(words: Words, study: StudyResults): readonly Block[] {
  const { say } = words;
  const rows = study.scenarios.flatMap((scenario) =>
    places(scenario).map((resource, i) => [
      named(resource.title),
      i === 0 ? named(scenario.title) : '',
      resource.utilisation === null ? '–' : estimated(words, resource.utilisation, SHARE_FIGURE),
      estimated(words, resource.wait, DURATION_FIGURE),
      estimated(words, resource.waitedShare, SHARE_FIGURE),
      estimatedMean(words, resource.queue, NUMBER_FIGURE),
    ]),
  );
  if (rows.length === 0) return [];
  const head = [
    say`Resource or staff`,
    say`Scenario`,
    say`Utilisation`,
    say`Mean wait`,
    say`Had to wait`,
    say`Mean queue`,
  ];
  return [
    ...study.scenarios.flatMap((scenario) => bindingSentence(words, scenario)),
    tableOf('llrrrr', head, rows),
    ...longestWaits(words, study),
  ];
}

/** By use, then by wait; the mean number waiting decides between equals. */
function places(scenario: ScenarioResults): readonly ResourceResult[] {
  return scenario.resources
    .filter(({ utilisation, queue }) => utilisation !== null || queue.mean > 0)
    .sort((a, b) => pressureOf(b) - pressureOf(a))
    .slice(0, MOST_PLACES);
}

function pressureOf({ utilisation, queue }: ResourceResult): number {
  return (utilisation?.mean ?? 0) + Math.min(1, queue.mean) * 0.001;
}

function bindingSentence(words: Words, scenario: ScenarioResults): Block[] {
  const { say } = words;
  const [first] = places(scenario);
  if (first === undefined) return [];
  const title = named(scenario.title);
  const use = first.utilisation?.mean ?? 0;
  if (first.utilisation === null) return [];
  if (use < TIGHT)
    return [
      paragraph(say`${title}: nothing is tight; ${named(first.title)} has the highest use, ${percent(words, use)}.`),
    ];
  const wait = estimatedMean(words, first.wait, DURATION_FIGURE);
  return [
    paragraph(
      say`${title}: ${named(first.title)} binds first, with ${percent(words, use)} of its capacity in use and a mean wait of ${wait}.`,
    ),
  ];
}

/** Steps and holds that are waited for longest, over all their reasons. */
function longestWaits(words: Words, study: StudyResults): Block[] {
  const { say } = words;
  const items = study.scenarios.flatMap((scenario) => {
    const longest = [...scenario.activities]
      .filter(({ wait }) => Number.isFinite(wait.mean) && wait.mean > 0)
      .sort((a, b) => b.wait.mean - a.wait.mean)
      .slice(0, 3)
      .map(({ title, wait }) => `${named(title)} ${estimated(words, wait, DURATION_FIGURE)}`);
    return longest.length === 0 ? [] : [`${named(scenario.title)}: ${longest.join('; ')}`];
  });
  return items.length === 0 ? [] : [{ kind: 'list', lead: say`Waited for longest:`, items }];
}
