import { type Activity, activitiesOf, byId, formatNumber, type Model, sayShare } from '@pathway/model';
import type { GraphNode, LegendEntry, LoadLevel, PathwayGraph } from '../graph/graph.js';
import type { LaneChoice } from '../graph/lanes.js';
import { wholeGraph } from '../graph/pathway-graph.js';
import { durationIn, intervalIn } from '../graph/wording.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';

/** A mean with its 95 % confidence interval. */
interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
  readonly replications: number;
}

/** What a simulation found of one scenario, as far as a drawing shows it; times in seconds. */
export interface LoadFigures {
  /** Title of the scenario. */
  readonly title: string;
  readonly replications: number;
  /** Observed time in seconds, over which starts are counted. */
  readonly runLength: number;
  readonly activities: readonly {
    readonly activity: string;
    readonly starts: Estimate;
    readonly wait: Estimate;
    readonly duration: Estimate;
  }[];
  readonly resources: readonly {
    readonly id: string;
    readonly title: string;
    readonly census: Estimate;
    readonly utilisation: Estimate | null;
  }[];
}

/** From so many people on who wait at one place on average, a place has the next colour. */
const LIMITS: readonly number[] = [0.05, 0.5, 2, 10];

/**
 * A pathway with what a simulation found: at each step and hold how many wait on average and for how long, how many are
 * there, and how much its resources are used; colours tell how many wait.
 * @throws RangeError when the model has no pathway with that id
 */
export function loadGraph(
  model: Model,
  pathwayId: string,
  figures: LoadFigures,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  return withLoad(wholeGraph(model, pathwayId, lanes, words), model, pathwayId, figures, words);
}

/** The graph of a pathway with what a simulation found. */
export function withLoad(
  graph: PathwayGraph,
  model: Model,
  pathwayId: string,
  figures: LoadFigures,
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  const pathway = byId(model.pathways, pathwayId);
  const activities = new Map(
    (pathway === undefined ? [] : activitiesOf(pathway)).map((each) => [each.id, each] as const),
  );
  const found = new Map(figures.activities.map((each) => [each.activity, each] as const));
  const nodes = graph.nodes.map((node): GraphNode => {
    const [activity, figure] = [activities.get(node.id), found.get(node.id)];
    if (activity === undefined || figure === undefined || (node.kind !== 'step' && node.kind !== 'take')) return node;
    const waiting = perTime(figure.starts, figure.wait, figures.runLength);
    const notes = [
      ...waitText(words, activity, waiting, figure.wait),
      ...thereText(words, activity, figure, figures.runLength),
      ...usedText(words, activity, figures),
    ];
    return {
      ...node,
      notes: [...node.notes, ...notes],
      description: [node.description, ...notes].join('; '),
      load: levelOf(waiting),
    };
  });
  const { say, digits } = words;
  const { title, replications } = figures;
  return {
    ...graph,
    nodes,
    legend: legendOf(words),
    remarks: [
      replications === 1
        ? say`${title}: means over one replication of a simulation. Waiting is counted where it ends in work.`
        : say`${title}: means over ${digits(String(replications))} replications of a simulation; ± is half of a 95% confidence interval. Waiting is counted where it ends in work.`,
    ],
  };
}

function legendOf({ say, digits }: DrawingWords): readonly LegendEntry[] {
  const levels: readonly LoadLevel[] = [0, 1, 2, 3, 4];
  return levels.map((load) => {
    const [low, high] = [LIMITS[load - 1], LIMITS[load]].map((each) => each && digits(String(each)));
    if (low === undefined) return { load, text: say`fewer than ${high ?? 0} wait` };
    return { load, text: high === undefined ? say`${low} or more` : say`${low} to ${high}` };
  });
}

function levelOf(waiting: number): LoadLevel {
  const above = LIMITS.filter((limit) => waiting >= limit).length;
  return above === 0 ? 0 : above === 1 ? 1 : above === 2 ? 2 : above === 3 ? 3 : 4;
}

/** People at a place on average, by Little's law: starts a second times the mean time of each. */
function perTime(starts: Estimate, time: Estimate, runLength: number): number {
  return starts.replications === 0 || time.replications === 0 ? 0 : (starts.mean * time.mean) / runLength;
}

function waitText(words: DrawingWords, activity: Activity, waiting: number, wait: Estimate): readonly string[] {
  const { say } = words;
  if (wait.replications === 0) return [say`nobody came`];
  // What needs nothing has nothing to be waited for.
  if (wait.mean < 1) return 'needs' in activity && activity.needs.length > 0 ? [say`nobody waits`] : [];
  const isEstimated = wait.replications > 1 && wait.halfWidth > 0;
  const each = isEstimated ? intervalIn(words, wait.mean, wait.halfWidth) : durationIn(words, wait.mean);
  return [say`${amount(words, waiting)} wait, each ${each}`];
}

function thereText(
  words: DrawingWords,
  { kind }: Activity,
  { starts, duration }: LoadFigures['activities'][number],
  runLength: number,
): readonly string[] {
  const there = perTime(starts, duration, runLength);
  if (there === 0) return [];
  const { say } = words;
  return [kind === 'hold' ? say`${amount(words, there)} keep it` : say`${amount(words, there)} there`];
}

function usedText(words: DrawingWords, activity: Activity, { resources }: LoadFigures): readonly string[] {
  const { say } = words;
  if (activity.kind !== 'step' && activity.kind !== 'hold') return [];
  const named = activity.needs
    .flatMap(({ of }) => of)
    .flatMap((target) => (target.kind === 'resource' ? [target.resource] : []));
  return [...new Set(named)].flatMap((id) => {
    const resource = resources.find((each) => each.id === id);
    const used = resource?.utilisation;
    return resource === undefined || used === undefined || used === null
      ? []
      : [say`${resource.title} ${sayShare(words, used.mean)} used`];
  });
}

/** So many people, to a digit that tells on which side of the limits between colours they are. */
function amount({ say, digits }: DrawingWords, value: number): string {
  const [least = 0] = LIMITS;
  if (value < least) return say`under ${digits(String(least))}`;
  if (value < 0.1) return digits(value.toFixed(2));
  return digits(value >= 10 ? formatNumber(Math.round(value)) : value.toFixed(1));
}
