import type { Activity, Branch, Expression, Model, Pathway } from '@pathway/model';
import { type FlowTree, isNothing, NOTHING, sequence } from '../discovery/flow-tree.js';
import { LogError } from '../log-error.js';

/** Rounds that are written out one by one; a loop of more is taken for one without a limit. */
const MOST_ROUNDS = 10;
const MOST_CALLS = 20;

/** What goes on after some activities, and what ends there; each undefined where nothing does. */
interface Ways {
  readonly goes: FlowTree | undefined;
  readonly ends: FlowTree | undefined;
}

/**
 * The tree of a pathway: what its steps may do in which order, whatever their conditions say. Steps without a label
 * leave no events. `finish` ends the whole way.
 * @param labelOf the number of the log's activity that a step (activity id) stands for
 * @throws LogError for a pathway with `go to`, which has no blocks, and for one with `race`, whose blocks end anywhere
 */
export function treeOfPathway(
  model: Model,
  pathway: Pathway,
  labelOf: (activity: string) => number | undefined,
): FlowTree {
  const { goes, ends } = new TreeMaker(model, labelOf).block(pathway.body, 0);
  const ways = [goes, ends].filter((way) => way !== undefined);
  return ways.length === 1 ? ways[0]! : { kind: 'choice', place: '', branches: ways };
}

class TreeMaker {
  constructor(
    private readonly model: Model,
    private readonly labelOf: (activity: string) => number | undefined,
  ) {}

  block(activities: readonly Activity[], depth: number): Ways {
    let goes: FlowTree | undefined = NOTHING;
    const ends: FlowTree[] = [];
    for (const activity of activities) {
      if (goes === undefined) break;
      const ways: Ways = this.activity(activity, depth);
      if (ways.ends !== undefined) ends.push(sequence([goes, ways.ends]));
      goes = ways.goes === undefined ? undefined : sequence([goes, ways.goes]);
    }
    return { goes, ends: either(ends) };
  }

  private activity(activity: Activity, depth: number): Ways {
    switch (activity.kind) {
      case 'step': {
        const step: FlowTree = { kind: 'step', label: this.labelOf(activity.id), place: activity.id };
        const way = this.orGivesUp(activity.id, { goes: step, ends: undefined }, activity.waits?.otherwise, depth);
        return activity.when === undefined ? way : optional(`${activity.id}/when`, way);
      }
      case 'hold': {
        let way = this.block(activity.body, depth);
        way = this.orGivesUp(activity.id, way, activity.waits?.otherwise, depth);
        way = this.orGivesUp(activity.id, way, activity.otherwise, depth);
        return activity.when === undefined ? way : optional(`${activity.id}/when`, way);
      }
      case 'choose':
        return this.choose(activity.id, activity.branches, depth);
      case 'together': {
        const branches = activity.branches.map(({ body }) => this.block(body, depth));
        const open = branches.map(
          ({ goes, ends }) => either([goes, ends].filter((way) => way !== undefined)) ?? NOTHING,
        );
        const parallel: FlowTree = { kind: 'parallel', place: activity.id, branches: open };
        return { goes: parallel, ends: branches.some(({ ends }) => ends !== undefined) ? parallel : undefined };
      }
      case 'repeat': {
        const ways = this.block(activity.body, depth);
        const exactly = constantOf(activity.times);
        const most = exactly ?? constantOf(activity.atMost);
        const { goes } = ways;
        if (goes === undefined) return ways;
        const body =
          most !== undefined && most <= MOST_ROUNDS
            ? rounds(goes, activity.id, most, exactly !== undefined)
            : ({ kind: 'loop', place: activity.id, body: goes, redo: NOTHING } as const);
        const ends = ways.ends === undefined ? undefined : either([ways.ends, sequence([body, ways.ends])]);
        return { goes: body, ends };
      }
      case 'call': {
        const called = this.model.pathways.find(({ id }) => id === activity.pathway);
        if (called === undefined || depth >= MOST_CALLS) return { goes: NOTHING, ends: undefined };
        return this.block(called.body, depth + 1);
      }
      case 'finish':
        return { goes: undefined, ends: NOTHING };
      case 'gather':
        // Each member of a group leaves the events of what they do together.
        return this.block(activity.body, depth);
      case 'release':
      case 'set':
      case 'wait':
        return { goes: NOTHING, ends: undefined };
      case 'race':
        throw new LogError(
          'A pathway with `race` cannot be compared with a log: how far the abandoned branches came decides nothing in it.',
          'Compare a pathway that has one of the branches in its place.',
        );
      case 'go to':
        throw new LogError(
          'A pathway with `go to` cannot be compared with a log.',
          'Write the way back as `repeat`, and the way on as `choose`.',
        );
    }
  }

  private choose(place: string, branches: readonly Branch[], depth: number): Ways {
    const ways = branches.map(({ body }) => this.block(body, depth));
    // Without a rest, those whom no branch takes go on.
    const rest = branches.some(({ when }) => when.kind === 'otherwise') ? [] : [{ goes: NOTHING, ends: undefined }];
    const all: readonly Ways[] = [...ways, ...rest];
    const pick = (of: (way: Ways) => FlowTree | undefined): FlowTree | undefined => {
      const numbers = all.flatMap((way, i) => (of(way) === undefined ? [] : [i]));
      if (numbers.length === 0) return undefined;
      return { kind: 'choice', place, branches: numbers.map((i) => of(all[i]!)!), numbers };
    };
    return { goes: pick(({ goes }) => goes), ends: pick(({ ends }) => ends) };
  }

  private orGivesUp(place: string, way: Ways, otherwise: readonly Activity[] | undefined, depth: number): Ways {
    if (otherwise === undefined) return way;
    const other = this.block(otherwise, depth);
    return {
      goes: choice(`${place}/else`, way.goes, other.goes),
      ends: choice(`${place}/else`, way.ends, other.ends),
    };
  }
}

function choice(place: string, first: FlowTree | undefined, second: FlowTree | undefined): FlowTree | undefined {
  if (first === undefined && second === undefined) return undefined;
  const branches = [first, second].flatMap((tree, number) => (tree === undefined ? [] : [{ tree, number }]));
  return {
    kind: 'choice',
    place,
    branches: branches.map(({ tree }) => tree),
    numbers: branches.map(({ number }) => number),
  };
}

function optional(place: string, { goes, ends }: Ways): Ways {
  return { goes: choice(place, goes, NOTHING), ends };
}

function either(ways: readonly FlowTree[]): FlowTree | undefined {
  if (ways.length < 2) return ways[0];
  return ways.every(isNothing) ? NOTHING : { kind: 'choice', place: '', branches: ways };
}

function rounds(body: FlowTree, place: string, most: number, exactly: boolean): FlowTree {
  if (most < 1) return NOTHING;
  if (exactly) return sequence(Array.from({ length: Math.round(most) }, () => body));
  let rest: FlowTree = body;
  for (let round = 1; round < most; round++)
    rest = sequence([body, { kind: 'choice', place: `${place}/again`, branches: [rest, NOTHING] }]);
  return rest;
}

function constantOf(expression: Expression | undefined): number | undefined {
  return expression?.kind === 'number' ? expression.value : undefined;
}
