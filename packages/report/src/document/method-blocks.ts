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
import { type Block, heading, paragraph, type TableBlock } from './blocks.js';

/** How a study came to its figures and what its methods found, for forms that are no web page. */
export function methodBlocks(study: StudyResults): Block[] {
  const { replicationsExplained, warmUpChoice, batches, ranking, sensitivities = [], found } = study;
  if (replicationsExplained === undefined) return [];
  const short = batches?.correlations.filter(({ tooShort }) => tooShort) ?? [];
  return [
    heading(3, 'Method'),
    paragraph(named(replicationsExplained)),
    ...(warmUpChoice === undefined
      ? []
      : [
          paragraph(
            `A warm-up of ${figure(warmUpChoice.warmUp, DURATION_FIGURE)} was chosen by MSER-5; ${named(warmUpChoice.title)} needs longest.`,
          ),
        ]),
    ...short.map((each): Block => ({
      kind: 'warning',
      text: `${named(figureTitle(each))}, ${scenarioTitle(study, each.scenario)}: neighbouring batches are correlated (${plain(each.lag1, 2)}), so that the interval is too narrow.`,
    })),
    ...(ranking === undefined ? [] : rankingBlocks(ranking)),
    ...sensitivities.flatMap((each) => sensitivityBlocks(each, study)),
    ...(found === undefined ? [] : searchBlocks(found)),
  ];
}

function table(align: string, head: readonly string[], rows: readonly (readonly string[])[]): TableBlock {
  return { kind: 'table', align: [...align].map((side) => (side === 'r' ? 'right' : 'left')), head, rows };
}

function rankingBlocks(ranking: RankingResult): Block[] {
  const rows = ranking.order.map((each, index) => [
    `${index + 1}. ${named(each.title)}`,
    estimated(each.estimate, ranking),
    each.behind === undefined ? '–' : differed(each.behind, ranking),
    plain(each.estimate.replications, 0),
  ]);
  const head = [named(figureTitle(ranking)), 'Value (95 % interval)', 'Behind the first', 'Replications'];
  return [paragraph(named(ranking.explained)), table('lrrr', head, rows)];
}

const HEADS: Readonly<Record<SensitivityResult['method'], readonly string[]>> = {
  'one at a time': ['At the low end', 'At the high end', 'Change'],
  Morris: ['Size of effect', 'Mean effect', 'Spread'],
  Sobol: ['Alone', 'With all that it acts together with', 'Half-width'],
};

function sensitivityBlocks(sensitivity: SensitivityResult, study: StudyResults): Block[] {
  const about = `Sensitivity of ${named(figureTitle(sensitivity))}, ${scenarioTitle(study, sensitivity.scenario)}`;
  const rows = sensitivity.numbers.map((number) => [
    named(number.title),
    `${number.low} to ${number.high}`,
    ...sensitivityCells(number, sensitivity),
  ]);
  const head = ['Number', 'Range', ...HEADS[sensitivity.method]];
  return [paragraph(`${about}. ${named(sensitivity.explained)}`), table('llrrr', head, rows)];
}

function sensitivityCells({ atLow, atHigh, swing, effect, shares }: NumberSensitivity, kind: FigureKind): string[] {
  if (atLow && atHigh && swing) return [estimated(atLow, kind), estimated(atHigh, kind), differed(swing, kind)];
  if (effect !== undefined) return [effect.meanSize, effect.mean, effect.spread].map((value) => figure(value, kind));
  if (shares === undefined) return ['–', '–', '–'];
  return [percent(shares.first), percent(shares.total), `± ${percent(shares.totalHalfWidth)}`];
}

function searchBlocks(found: FindResult): Block[] {
  const rows = [...found.tried]
    .sort((a, b) => a.objective - b.objective)
    .map((point) => [
      found.levers.map(({ text }, i) => `${named(text)} = ${point.values[i] ?? ''}`).join(', '),
      plain(point.replications, 0),
      percent(Math.floor(point.probability * 1000) / 1000),
      point === found.answer ? 'found' : point.verdict,
    ]);
  return [
    paragraph(named(found.explained)),
    table('lrrl', ['Capacities', 'Replications', 'All hold', 'Verdict'], rows),
  ];
}
