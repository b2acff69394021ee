import {
  type Activity,
  byId,
  type Expression,
  type GoTo,
  type Hold,
  meanOfExpression,
  type Model,
  type Pathway,
  type Step,
  varianceOfExpression,
  type Wait,
} from '@pathway/model';
import { probabilityOf } from '../condition-probability.js';
import type { FlowEdge } from '../linear-flow.js';
import type { PatientKind } from '../patients.js';
import { gather, leaveAfter, race, together } from './branches.js';
import { choose } from './choices.js';
import type { FlowGraph, FlowNode, Fork, GraphLimit, GraphWriter, Place, VisitEdge } from './graph.js';
import { repeat } from './rounds.js';

const MOST_NODES = 4000;

/** Builds the graph of a pathway for one kind of patients. */
export function flowGraph(model: Model, pathway: Pathway, entry: string | undefined, kind: PatientKind): FlowGraph {
  return new GraphBuilder(model, kind).build(pathway, entry);
}

class GraphBuilder implements GraphWriter {
  readonly nodes: FlowNode[] = [];
  readonly visits: VisitEdge[] = [];
  readonly clock: FlowEdge[] = [];
  private readonly limits = new Map<string, GraphLimit>();
  private readonly jumps: { from: number; goTo: GoTo; place: Place }[] = [];
  private readonly forks: Fork[] = [];

  constructor(
    readonly model: Model,
    readonly kind: PatientKind,
  ) {}

  build(pathway: Pathway, entry: string | undefined): FlowGraph {
    const scope = new Map<string, number>();
    const outside: Place = {
      pathway,
      holds: [],
      branches: [],
      exit: -1,
      scopes: [scope],
      calls: [pathway.id],
      unknown: false,
    };
    const place = { ...outside, exit: this.point(outside) };
    const end = this.point(place);
    const first = this.body(pathway.body, end, place);
    for (const { from, goTo, place: around } of this.jumps) {
      const to = around.scopes.map((each) => each.get(goTo.to)).find((each) => each !== undefined);
      if (to === undefined) this.limit(goTo.id, `\`go to ${goTo.to}\` leads to a place that is not on this way.`);
      this.both(from, to ?? around.exit, 1);
    }
    // Inner ones come first. Only now is known where every `go to` inside a branch leads.
    if (this.jumps.length > 0) this.forks.forEach((fork) => leaveAfter(this, fork));
    const start = entry === undefined ? first : scope.get(entry);
    if (start === undefined) this.limit(pathway.id, `Nobody can enter at ${entry ?? pathway.id}.`);
    return {
      nodes: this.nodes,
      visits: this.visits,
      clock: this.clock,
      entry: start ?? end,
      exit: place.exit,
      end,
      limits: [...this.limits.values()],
    };
  }

  /** Builds a body from its end to its start, so that each activity knows where to go on; returns where it begins. */
  body(body: readonly Activity[], next: number, place: Place): number {
    return body.reduceRight((after, activity) => this.activity(activity, after, place), next);
  }

  private activity(activity: Activity, next: number, place: Place): number {
    if (this.nodes.length > MOST_NODES) {
      this.limit(
        activity.id,
        `The way is too long to be followed here: more than ${MOST_NODES} places with its calls and rounds.`,
      );
      return next;
    }
    const node = this.node({
      activity,
      time: 0,
      fixed: true,
      holds: place.holds,
      branches: place.branches,
      pathway: place.pathway,
    });
    place.scopes[0]?.set(activity.id, node);
    switch (activity.kind) {
      case 'step':
        return this.conditional(activity, node, next, place, () => {
          this.step(activity, node, place);
          this.both(node, next, 1);
        });
      case 'hold':
        return this.conditional(activity, node, next, place, () => {
          this.hold(activity, node, next, place);
        });
      case 'choose':
        choose(this, activity, node, next, place);
        return node;
      case 'together':
        together(this, activity, node, next, place);
        return node;
      case 'race':
        race(this, activity, node, next, place);
        return node;
      case 'gather':
        gather(this, activity, node, next, place);
        return node;
      case 'repeat':
        repeat(this, activity, node, next, place);
        return node;
      case 'wait':
        this.wait(activity, node, place);
        this.both(node, next, 1);
        return node;
      case 'set':
        this.both(node, next, 1);
        return node;
      case 'go to':
        this.jumps.push({ from: node, goTo: activity, place });
        return node;
      case 'call': {
        const called = byId(this.model.pathways, activity.pathway);
        if (called === undefined || place.calls.includes(activity.pathway)) {
          this.limit(activity.id, `The call of ${activity.pathway} cannot be followed.`);
          this.both(node, next, 1);
          return node;
        }
        const scopes = [new Map<string, number>()];
        const inside = { ...place, pathway: called, scopes, calls: [...place.calls, called.id] };
        this.both(node, this.body(called.body, next, inside), 1);
        return node;
      }
      case 'finish':
        this.both(node, place.exit, 1);
        return node;
      case 'release':
        this.both(node, next, 1);
        return node;
    }
  }

  /** An activity with `when`: a point before it, from which those go on for whom the condition does not hold. */
  private conditional(activity: Step | Hold, node: number, next: number, place: Place, build: () => void): number {
    build();
    this.noteWays(activity);
    if (activity.when === undefined) return node;
    let holds = this.probability(activity.when);
    if (holds === undefined) {
      this.limit(
        activity.id,
        'How often its condition holds does not follow from the text; it is counted for everyone.',
      );
      holds = 1;
    }
    const fork = this.point(place);
    // Who goes back to the activity meets its condition again.
    place.scopes[0]?.set(activity.id, fork);
    this.both(fork, node, holds);
    this.both(fork, next, 1 - holds);
    return fork;
  }

  private noteWays(activity: Step | Hold): void {
    if (activity.waits !== undefined)
      this.limit(activity.id, 'How many give up waiting does not follow from the text; all are counted as served.');
    if (activity.needs.some((need) => need.of.length > 1))
      this.limit(activity.id, 'Of several alternatives (`or`) the first alone is counted.');
    if (activity.kind === 'step' && activity.interruption === 'restarts')
      this.limit(activity.id, 'How often its work restarts does not follow from the text; it is counted once.');
    if (activity.kind === 'step' && activity.interruption === 'leaves')
      this.limit(
        activity.id,
        'How many leave its work unfinished does not follow from the text; all are counted as served.',
      );
    if (activity.kind === 'hold' && activity.moves !== undefined)
      this.limit(
        activity.id,
        'When its patients move does not follow from the text; they are counted where they begin.',
      );
  }

  private step({ id, takes }: Step, node: number, place: Place): void {
    if (takes !== undefined) this.lasts(id, takes, node, place);
  }

  private wait({ id, duration }: Wait, node: number, place: Place): void {
    if (duration !== undefined) {
      this.lasts(id, duration, node, place);
      return;
    }
    const made = this.nodes[node];
    if (made === undefined) return;
    made.time = undefined;
    made.fixed = false;
    this.limit(id, 'How long the wait until a time of the clock is has no closed form here.');
  }

  /** Notes how long a place keeps its patients. */
  private lasts(id: string, duration: Expression, node: number, place: Place): void {
    const made = this.nodes[node];
    if (made === undefined) return;
    const mean = meanOfExpression(duration, this.model, this.kind.knowledge);
    if (mean.value === undefined) this.limit(id, `Its mean time has no closed form: ${mean.reason}.`);
    else if (mean.value < 0) this.limit(id, 'Its mean time is negative.');
    made.time = mean.value !== undefined && mean.value >= 0 && !place.unknown ? mean.value : undefined;
    const variance = varianceOfExpression(duration, this.model, this.kind.knowledge);
    made.fixed = variance.value === 0 && !place.unknown;
  }

  private hold(hold: Hold, node: number, next: number, place: Place): void {
    const inside = { ...place, holds: [...place.holds, node] };
    this.both(node, this.body(hold.body, next, inside), 1);
    if (hold.otherwise !== undefined) {
      // Never taken here, but what is called or jumped to inside must still be found.
      this.both(node, this.body(hold.otherwise, next, place), 0);
      if (!this.firstIsUnlimited(hold)) {
        this.limit(
          hold.id,
          'How many find nothing free does not follow from the text; all are counted at the first listed.',
        );
      }
    }
    if (hold.policy === 'least busy') {
      this.limit(
        hold.id,
        'Which is the least busy does not follow from the text; all are counted at the first listed.',
      );
    }
  }

  private firstIsUnlimited(hold: Hold): boolean {
    const target = hold.needs[0]?.of[0];
    const resource = target?.kind === 'resource' ? byId(this.model.resources, target.resource) : undefined;
    return resource?.count.otherwise === 'unlimited' && resource.count.rules.length === 0;
  }

  probability(expression: Expression): number | undefined {
    return probabilityOf(expression, this.model, this.kind.knowledge);
  }

  point(place: Place): number {
    return this.node({ time: 0, fixed: true, holds: place.holds, branches: place.branches, pathway: place.pathway });
  }

  private node(node: FlowNode): number {
    this.nodes.push(node);
    return this.nodes.length - 1;
  }

  both(from: number, to: number, amount: number): void {
    this.visits.push({ from, to, amount });
    this.clock.push({ from, to, amount });
  }

  limit(subject: string, message: string): void {
    this.limits.set(`${subject} ${message}`, { subject, message });
  }

  fork(fork: Fork): void {
    this.forks.push(fork);
  }
}
