import { figureTitle } from '@pathway/model';
import type {
  FindResult,
  NumberSensitivity,
  RankingResult,
  SensitivityResult,
  StudyResults,
} from '@pathway/simulation';
import { differed, DURATION_FIGURE, estimated, type FigureKind, figure, percent, plain } from '../figures.js';
import { scenarioTitle } from '../study-view.js';
import { named } from '../text.js';
import { explanationIn } from '../words/explanation.js';
import { unsettledText } from '../words/unsettled.js';
import { type Block, heading, paragraph, tableOf } from './blocks.js';
import type { Words } from '../words/words.js';

/** How a study came to its figures and what its methods found, for forms that are no web page. */
export function methodBlocks(words: Words, study: StudyResults): Block[] {
  const { say } = words;
  const { replicationsExplained, warmUpChoice, batches, ranking, sensitivities = [], found } = study;
  if (replicationsExplained === undefined) return [];
  const short = batches?.correlations.filter(({ tooShort }) => tooShort) ?? [];
  const blocks: Block[] = [
    ...explanation(words, replicationsExplained),
    ...(warmUpChoice === undefined
      ? []
      : [
          paragraph(
            say`A warm-up of ${figure(words, warmUpChoice.warmUp, DURATION_FIGURE)} was chosen by MSER-5; ${named(warmUpChoice.title)} needs longest.`,
          ),
          ...(warmUpChoice.settled ? [] : [{ kind: 'warning', text: unsettledText(words, warmUpChoice) } as const]),
        ]),
    ...short.map((each): Block => ({
      kind: 'warning',
      text: say`${named(figureTitle(each))}, ${scenarioTitle(study, each.scenario)}: neighbouring batches are correlated (${plain(words, each.lag1, 2)}), so that the interval is too narrow.`,
    })),
    ...(ranking === undefined ? [] : rankingBlocks(words, ranking)),
    ...sensitivities.flatMap((each) => sensitivityBlocks(words, each, study)),
    ...(found === undefined ? [] : searchBlocks(words, found)),
  ];
  return blocks.length === 0 ? [] : [heading(3, say`Method`), ...blocks];
}

function rankingBlocks(words: Words, ranking: RankingResult): Block[] {
  const { say } = words;
  const rows = ranking.order.map((each, index) => [
    `${index + 1}. ${named(each.title)}`,
    estimated(words, each.estimate, ranking),
    each.behind === undefined ? '–' : differed(words, each.behind, ranking),
    plain(words, each.estimate.replications, 0),
  ]);
  const head = [named(figureTitle(ranking)), say`Value (95 % interval)`, say`Behind the first`, say`Replications`];
  return [...explanation(words, ranking.explained), tableOf('lrrr', head, rows)];
}

function headsOf({ say }: Words): Readonly<Record<SensitivityResult['method'], readonly string[]>> {
  return {
    'one at a time': [say`At the low end`, say`At the high end`, say`Change`],
    Morris: [say`Size of effect`, say`Mean effect`, say`Spread`],
    Sobol: [say`Alone`, say`With all that it acts together with`, say`Half-width`],
  };
}

function sensitivityBlocks(words: Words, sensitivity: SensitivityResult, study: StudyResults): Block[] {
  const { say } = words;
  const about = say`Sensitivity of ${named(figureTitle(sensitivity))}, ${scenarioTitle(study, sensitivity.scenario)}`;
  const rows = sensitivity.numbers.map((number) => [
    named(number.title),
    say`${number.low} to ${number.high}`,
    ...sensitivityCells(words, number, sensitivity),
  ]);
  const head = [say`Number`, say`Range`, ...headsOf(words)[sensitivity.method]];
  return [paragraph(`${about}.`), ...explanation(words, sensitivity.explained), tableOf('llrrr', head, rows)];
}

function sensitivityCells(
  words: Words,
  { atLow, atHigh, swing, effect, shares }: NumberSensitivity,
  kind: FigureKind,
): string[] {
  if (atLow && atHigh && swing)
    return [estimated(words, atLow, kind), estimated(words, atHigh, kind), differed(words, swing, kind)];
  if (effect !== undefined)
    return [effect.meanSize, effect.mean, effect.spread].map((value) => figure(words, value, kind));
  if (shares === undefined) return ['–', '–', '–'];
  return [percent(words, shares.first), percent(words, shares.total), `± ${percent(words, shares.totalHalfWidth)}`];
}

function searchBlocks(words: Words, found: FindResult): Block[] {
  const { say } = words;
  const rows = [...found.tried]
    .sort((a, b) => a.objective - b.objective)
    .map((point) => [
      found.levers.map(({ text }, i) => `${named(text)} = ${point.values[i] ?? ''}`).join(', '),
      plain(words, point.replications, 0),
      percent(words, Math.floor(point.probability * 1000) / 1000),
      words.known(point === found.answer ? 'found' : point.verdict),
    ]);
  return [
    ...explanation(words, found.explained),
    tableOf('lrrl', [say`Capacities`, say`Replications`, say`All hold`, say`Verdict`], rows),
  ];
}

function explanation(words: Words, sentence: string): Block[] {
  const told = explanationIn(words, named(sentence));
  return told === undefined ? [] : [paragraph(told)];
}
