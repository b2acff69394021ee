import {
  type Activity,
  activitiesOf,
  byId,
  formatDuration,
  formatNumber,
  formatShare,
  type Model,
} from '@pathway/model';
import type { GraphNode, LegendEntry, LoadLevel, PathwayGraph } from '../graph/graph.js';
import type { LaneChoice } from '../graph/lanes.js';
import { wholeGraph } from '../graph/pathway-graph.js';
import type { DrawingWords } from '../graph/words.js';

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
  words?: DrawingWords,
): PathwayGraph {
  const graph = wholeGraph(model, pathwayId, lanes, words);
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
      ...waitText(activity, waiting, figure.wait),
      ...thereText(activity, figure, figures.runLength),
      ...usedText(activity, figures),
    ];
    return {
      ...node,
      notes: [...node.notes, ...notes],
      description: [node.description, ...notes].join('; '),
      load: levelOf(waiting),
    };
  });
  const once = figures.replications === 1;
  return {
    ...graph,
    nodes,
    legend: legendOf(),
    remarks: [
      `${figures.title}: means over ${once ? 'one replication' : `${figures.replications} replications`} of a simulation${
        once ? '' : '; ± is half of a 95% confidence interval'
      }. Waiting is counted where it ends in work.`,
    ],
  };
}

function legendOf(): readonly LegendEntry[] {
  const levels: readonly LoadLevel[] = [0, 1, 2, 3, 4];
  return levels.map((load) => {
    const [low, high] = [LIMITS[load - 1], LIMITS[load]];
    if (low === undefined) return { load, text: `fewer than ${high ?? 0} wait` };
    return { load, text: high === undefined ? `${low} or more` : `${low} to ${high}` };
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

function waitText(activity: Activity, waiting: number, wait: Estimate): readonly string[] {
  if (wait.replications === 0) return ['nobody came'];
  // What needs nothing has nothing to be waited for.
  if (wait.mean < 1) return 'needs' in activity && activity.needs.length > 0 ? ['nobody waits'] : [];
  const range = wait.replications > 1 && wait.halfWidth > 0 ? ` ± ${formatDuration(wait.halfWidth)}` : '';
  return [`${amount(waiting)} wait, each ${formatDuration(wait.mean)}${range}`];
}

function thereText(
  { kind }: Activity,
  { starts, duration }: LoadFigures['activities'][number],
  runLength: number,
): readonly string[] {
  const there = perTime(starts, duration, runLength);
  if (there === 0) return [];
  return [kind === 'hold' ? `${amount(there)} keep it` : `${amount(there)} there`];
}

function usedText(activity: Activity, { resources }: LoadFigures): readonly string[] {
  if (activity.kind !== 'step' && activity.kind !== 'hold') return [];
  const named = activity.needs
    .flatMap(({ of }) => of)
    .flatMap((target) => (target.kind === 'resource' ? [target.resource] : []));
  return [...new Set(named)].flatMap((id) => {
    const resource = resources.find((each) => each.id === id);
    const used = resource?.utilisation;
    return resource === undefined || used === undefined || used === null
      ? []
      : [`${resource.title} ${formatShare(used.mean)} used`];
  });
}

function amount(value: number): string {
  return value >= 10 ? formatNumber(Math.round(value)) : value >= 0.1 ? value.toFixed(1) : 'under 0.1';
}
