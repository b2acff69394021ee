import {
  type Activity,
  type Choose,
  constantValue,
  type Expression,
  type Gather,
  type GoTo,
  type Hold,
  meanOfExpression,
  type Model,
  type Pathway,
  type Race,
  type Repeat,
  type Step,
  type Together,
  varianceOfExpression,
  type Wait,
  walkActivities,
  byId,
} from '@pathway/model';
import { probabilityOf } from './condition-probability.js';
import { type FlowEdge, solveFlow } from './linear-flow.js';
import type { PatientKind } from './patients.js';

/** A place on the way of one kind of patients: an activity with its calls inlined, or a point between activities. */
interface FlowNode {
  readonly activity?: Activity;
  /** Mean seconds that pass here if nobody waits; undefined where there is no closed form. */
  time: number | undefined;
  /** Whether the time is the same for everyone. */
  fixed: boolean;
  /** Nodes of the holds around, outermost first. */
  readonly holds: readonly number[];
  /** Branches of `together` that it lies in: the block's node and the branch's number. */
  readonly branches: readonly { readonly together: number; readonly branch: number }[];
  /** The pathway in whose text it stands. */
  readonly pathway: Pathway;
}

/** A visit that leads to others; `delay` seconds lie between, the node's own time where it is absent. */
interface VisitEdge extends FlowEdge {
  readonly delay?: number;
}

/** The ways of one kind of patients of one cohort, if nobody ever waits. */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  /** How many visits each visit leads to; the branches of `together` are all visited. */
  readonly visits: readonly VisitEdge[];
  /** Where a patient's clock goes on; the branches of `together` count within its own node. */
  readonly clock: readonly FlowEdge[];
  readonly entry: number;
  /** Where those end who come to a `finish`. */
  readonly exit: number;
  /** Where those end who come to the end of the pathway without `finish`. */
  readonly end: number;
  readonly limits: readonly GraphLimit[];
}

export interface GraphLimit {
  readonly subject: string;
  readonly message: string;
}

interface Place {
  readonly pathway: Pathway;
  readonly holds: readonly number[];
  readonly branches: FlowNode['branches'];
  /** Where `finish` leads: out of the pathway, or to the end of the branch of a `together`. */
  readonly exit: number;
  /** Nodes of the activities of this copy of the text by id, then of the texts around it. */
  readonly scopes: readonly Map<string, number>[];
  readonly calls: readonly string[];
  /** In a race or a group, where times do not follow from those that are written. */
  readonly unknown: boolean;
}

/** What becomes of those who leave a `together`: the ways through its branches, and the edges on and out of it. */
interface Fork {
  readonly ways: readonly { readonly begin: number; readonly exit: number }[];
  readonly on: { amount: number };
  readonly out: { amount: number };
}

const MOST_COPIES = 200;
const MOST_NODES = 4000;
const LONG_ROUNDS = 'Rounds that last longer than the gap between them are not counted longer.';

/** Builds the graph of a pathway for one kind of patients. */
export function flowGraph(model: Model, pathway: Pathway, entry: string | undefined, kind: PatientKind): FlowGraph {
  return new GraphBuilder(model, kind).build(pathway, entry);
}

class GraphBuilder {
  private readonly nodes: FlowNode[] = [];
  private readonly visits: VisitEdge[] = [];
  private readonly clock: FlowEdge[] = [];
  private readonly limits = new Map<string, GraphLimit>();
  private readonly jumps: { from: number; goTo: GoTo; place: Place }[] = [];
  private readonly forks: Fork[] = [];

  constructor(
    private readonly model: Model,
    private readonly kind: PatientKind,
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
    if (this.jumps.length > 0) this.forks.forEach((fork) => this.leaveAfter(fork));
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
  private body(body: readonly Activity[], next: number, place: Place): number {
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
        this.choose(activity, node, next, place);
        return node;
      case 'together':
        this.together(activity, node, next, place);
        return node;
      case 'race':
        this.race(activity, node, next, place);
        return node;
      case 'gather':
        this.gather(activity, node, next, place);
        return node;
      case 'repeat':
        this.repeat(activity, node, next, place);
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

  private choose(choose: Choose, node: number, next: number, place: Place): void {
    const shares = this.branchShares(choose);
    let sum = 0;
    choose.branches.forEach((branch, i) => {
      const share = shares[i] ?? 0;
      sum += share;
      this.both(node, this.body(branch.body, next, place), share);
    });
    this.both(node, next, sum < 1 - 1e-12 ? 1 - sum : 0);
  }

  private branchShares(choose: Choose): number[] {
    const rest = choose.branches.findIndex(({ when }) => when.kind === 'otherwise');
    const fill = (shares: number[]): number[] => {
      const sum = shares.reduce((total, share) => total + share, 0);
      if (rest !== -1) return shares.map((share, i) => (i === rest ? Math.max(0, 1 - sum) : share));
      // Shares rounded in the text are taken in proportion.
      return choose.by === 'shares' && Math.abs(sum - 1) <= 0.005 ? shares.map((share) => share / sum) : shares;
    };
    if (choose.by === 'attribute') {
      const value = this.kind.values.get(choose.attribute ?? '');
      if (value === undefined) {
        this.limit(
          choose.id,
          `The shares of ${choose.attribute ?? 'its attribute'} do not follow from the text; all go the last way.`,
        );
        return choose.branches.map((_, i) => Number(i === choose.branches.length - 1));
      }
      return fill(choose.branches.map(({ when }) => Number(when.kind === 'category' && when.values.includes(value))));
    }
    if (choose.by === 'shares') {
      return fill(choose.branches.map(({ when }) => (when.kind === 'share' ? this.share(when.share, choose) : 0)));
    }
    return fill(this.firstTrue(choose));
  }

  private share(expression: Expression, choose: Choose): number {
    const share = this.probability(expression);
    if (share === undefined) this.limit(choose.id, 'A share does not follow from the text; nobody is counted there.');
    return share ?? 0;
  }

  /** Shares of the branches of which the first true one is taken: P(one of the first k is true), differences. */
  private firstTrue(choose: Choose): number[] {
    let before: Expression | undefined;
    let taken = 0;
    return choose.branches.map(({ when }) => {
      if (when.kind !== 'condition') return 0;
      const any: Expression =
        before === undefined ? when.condition : { kind: 'binary', operator: 'or', left: before, right: when.condition };
      const probability = this.probability(any) ?? this.onlyOpen(before, when.condition, taken);
      if (probability === undefined) {
        this.limit(choose.id, 'How often a condition holds does not follow from the text; nobody is counted there.');
        return 0;
      }
      const share = Math.max(0, probability - taken);
      taken = Math.max(taken, probability);
      before = any;
      return share;
    });
  }

  /** P(before or now) where one of them is certain. */
  private onlyOpen(before: Expression | undefined, now: Expression, taken: number): number | undefined {
    if (before === undefined) return undefined;
    if (taken === 0 || taken === 1) {
      const probability = taken === 1 ? 1 : this.probability(now);
      return probability;
    }
    const probability = this.probability(now);
    return probability === 1 ? 1 : probability === 0 ? taken : undefined;
  }

  private probability(expression: Expression): number | undefined {
    return probabilityOf(expression, this.model, this.kind.knowledge);
  }

  private together(together: Together, node: number, next: number, place: Place): void {
    const made = this.nodes[node];
    const ways: Fork['ways'][number][] = [];
    const times = together.branches.map((branch, i) => {
      const around = { ...place, branches: [...place.branches, { together: node, branch: i }] };
      const join = this.point(around);
      const inside = { ...around, exit: this.point(around) };
      const begin = this.body(branch.body, join, inside);
      this.both(inside.exit, join, 1);
      this.visits.push({ from: node, to: begin, amount: 1, delay: 0 });
      ways.push({ begin, exit: inside.exit });
      return this.straightTime(begin, join);
    });
    const on = { from: node, to: next, amount: 1 };
    const out = { from: node, to: place.exit, amount: 0 };
    this.visits.push(on, out);
    this.clock.push(on, out);
    const fork = { ways, on, out };
    this.forks.push(fork);
    this.leaveAfter(fork);
    if (made === undefined) return;
    const longest = longestOf(times);
    if (longest === undefined)
      this.limit(together.id, 'The mean of the longest of its branches has no closed form here.');
    made.time = longest?.mean;
    made.fixed = longest?.fixed ?? false;
  }

  /** Which branch ends first does not follow from the text: all are followed, with times that are not known. */
  private race(race: Race, node: number, next: number, place: Place): void {
    const ways = race.branches.map((branch, i) => {
      const around = { ...place, branches: [...place.branches, { together: node, branch: i }], unknown: true };
      const join = this.point(around);
      const inside = { ...around, exit: this.point(around) };
      const begin = this.body(branch.body, join, inside);
      this.both(inside.exit, join, 1);
      this.visits.push({ from: node, to: begin, amount: 1, delay: 0 });
      return begin;
    });
    this.detour(node, next, place);
    if (ways.length > 0)
      this.limit(
        race.id,
        'Which of its branches ends first does not follow from the text; times in it are not counted.',
      );
  }

  /** A group of a fixed size visits its block once for all its members; how long they gather is not known. */
  private gather(gather: Gather, node: number, next: number, place: Place): void {
    const size = gather.after === undefined && gather.size !== undefined ? constantValue(gather.size, this.model) : 1;
    const around = { ...place, branches: [...place.branches, { together: node, branch: 0 }], unknown: true };
    const join = this.point(around);
    const inside = { ...around, exit: this.point(around) };
    const begin = this.body(gather.body, join, inside);
    this.both(inside.exit, join, 1);
    this.visits.push({ from: node, to: begin, amount: 1 / Math.max(1, size ?? 1), delay: 0 });
    this.detour(node, next, place);
    this.limit(gather.id, 'How patients gather does not follow from the text; times in the group are not counted.');
  }

  /** From a block whose own time is not known to what follows it. */
  private detour(node: number, next: number, place: Place): void {
    this.both(node, next, 1);
    // Never taken here, since who finishes inside is not known.
    this.both(node, place.exit, 0);
    const made = this.nodes[node];
    if (made === undefined) return;
    made.time = undefined;
    made.fixed = false;
  }

  /** Whoever finishes in any branch of a `together` leaves when all of them have ended. */
  private leaveAfter({ ways, on, out }: Fork): void {
    let stay = 1;
    for (const { begin, exit } of ways) {
      if (!this.visits.some(({ to, amount }) => to === exit && amount > 0)) continue;
      const flow = solveFlow(
        this.visits,
        this.nodes.map((_, node) => Number(node === begin)),
      );
      stay *= 1 - Math.min(1, flow?.[exit] ?? 0);
    }
    on.amount = stay;
    out.amount = 1 - stay;
  }

  /** The time of a way without forks from one node to another; undefined where it forks or is not known. */
  private straightTime(from: number, to: number): BranchTime | undefined {
    let mean = 0;
    let fixed = true;
    for (let at = from, steps = 0; at !== to; steps++) {
      const node = this.nodes[at];
      const ways = this.clock.filter((edge) => edge.from === at && edge.amount > 0);
      const [way] = ways;
      if (node?.time === undefined || way?.amount !== 1 || ways.length !== 1 || steps > this.nodes.length)
        return undefined;
      mean += node.time;
      fixed &&= node.fixed;
      at = way.to;
    }
    return { mean, fixed };
  }

  private repeat(repeat: Repeat, node: number, next: number, place: Place): void {
    const limit = this.rounds(repeat);
    const again = repeat.again === undefined ? 1 : this.probability(repeat.again);
    const leaves = mayLeave(repeat.body, this.model);
    if (repeat.until !== undefined || again === undefined) {
      this.limit(repeat.id, 'How many rounds there are does not follow from the text; one is counted.');
      this.copies(repeat, node, next, place, 1, 1);
      return;
    }
    const rounds = expectedRounds(limit, again);
    if (!leaves && !Number.isFinite(rounds)) {
      this.limit(repeat.id, 'Nothing ends its rounds; one is counted.');
      this.copies(repeat, node, next, place, 1, 1);
    } else if (rounds === 0) this.both(node, next, 1);
    else if (repeat.every !== undefined && !leaves) this.spaced(repeat, node, next, place, rounds);
    else if (limit === undefined) this.loop(repeat, node, next, place, 1, again);
    else if (limit <= MOST_COPIES && Number.isInteger(limit)) this.copies(repeat, node, next, place, limit, again);
    else if (!leaves) this.scaled(repeat, node, next, place, rounds);
    else {
      this.limit(repeat.id, 'Rounds are counted by their mean number.');
      this.loop(repeat, node, next, place, Math.min(1, rounds), 1 - 1 / Math.max(1, rounds));
    }
  }

  /** The greatest number of rounds; undefined where none is written. */
  private rounds(repeat: Repeat): number | undefined {
    const written = [repeat.times, repeat.atMost].filter((each) => each !== undefined);
    const limits = written.map((each) => {
      const rounded: Expression = { kind: 'function', name: 'round', arguments: [each] };
      const exact = meanOfExpression(rounded, this.model, this.kind.knowledge);
      const { value } = exact.value === undefined ? meanOfExpression(each, this.model, this.kind.knowledge) : exact;
      const varies = varianceOfExpression(each, this.model, this.kind.knowledge).value !== 0;
      if (value === undefined || varies) this.limit(repeat.id, 'The number of rounds is taken as its mean.');
      return value === undefined ? 1 : Math.max(0, value);
    });
    return limits.length === 0 ? undefined : Math.min(...limits);
  }

  private loop(repeat: Repeat, node: number, next: number, place: Place, enter: number, again: number): void {
    const turn = this.point(place);
    const begin = this.body(repeat.body, turn, this.copyOf(place));
    this.both(node, begin, enter);
    this.both(node, next, 1 - enter);
    this.anew(repeat, turn, { begin, end: turn }, again, place);
    this.both(turn, next, 1 - again);
  }

  private copies(repeat: Repeat, node: number, next: number, place: Place, times: number, again: number): void {
    let after = next;
    for (let round = times; round >= 1; round--) {
      const end = after;
      const begin = this.body(repeat.body, end, this.copyOf(place));
      if (round === 1) {
        this.both(node, begin, 1);
        return;
      }
      after = this.point(place);
      this.anew(repeat, after, { begin, end }, again, place);
      this.both(after, next, 1 - again);
    }
    this.both(node, next, 1);
  }

  /** The way from the end of a round to the beginning of the next one, with what is left of the gap between them. */
  private anew(repeat: Repeat, from: number, round: { begin: number; end: number }, again: number, place: Place): void {
    if (repeat.every === undefined) {
      this.both(from, round.begin, again);
      return;
    }
    const gap = constantValue(repeat.every, this.model);
    const time = this.straightTime(round.begin, round.end);
    const pause = this.point(place);
    const made = this.nodes[pause];
    if (made !== undefined)
      made.time = gap === undefined || time === undefined ? undefined : Math.max(0, gap - time.mean);
    this.both(from, pause, again);
    this.visits.push({ from: pause, to: round.begin, amount: 1, delay: made?.time ?? gap ?? 0 });
    this.clock.push({ from: pause, to: round.begin, amount: 1 });
    if (gap === undefined || time === undefined)
      this.limit(repeat.id, 'The time from the end of a round to the next one has no closed form here.');
    else if (!time.fixed || time.mean > gap) this.limit(repeat.id, LONG_ROUNDS);
  }

  /** Rounds at fixed gaps from the first start: the clock runs by the gaps and one round. */
  private spaced(repeat: Repeat, node: number, next: number, place: Place, rounds: number): void {
    const gap = repeat.every === undefined ? undefined : constantValue(repeat.every, this.model);
    const made = this.nodes[node];
    const stop = this.point(place);
    const begin = this.body(repeat.body, stop, this.copyOf(place));
    const gaps = gap === undefined ? undefined : Math.max(0, rounds - 1) * gap;
    const round = this.straightTime(begin, stop);
    const entering = Math.min(1, rounds);
    // Rounds begin evenly over the gaps, so that half of them lies before the mean start.
    this.visits.push({ from: node, to: begin, amount: rounds, delay: (gaps ?? 0) / 2 });
    this.visits.push({ from: node, to: next, amount: 1, delay: (gaps ?? 0) + entering * (round?.mean ?? 0) });
    this.clock.push({ from: node, to: begin, amount: entering }, { from: stop, to: next, amount: 1 });
    this.clock.push({ from: node, to: next, amount: 1 - entering });
    if (made !== undefined) made.time = gaps;
    if (gap === undefined || round?.fixed !== true || round.mean > gap) this.limit(repeat.id, LONG_ROUNDS);
  }

  private scaled(repeat: Repeat, node: number, next: number, place: Place, rounds: number): void {
    const stop = this.point(place);
    const begin = this.body(repeat.body, stop, this.copyOf(place));
    this.both(node, begin, rounds);
    this.both(node, next, 1);
    if (!Number.isInteger(rounds)) this.limit(repeat.id, 'Rounds are counted by their mean number.');
  }

  private copyOf(place: Place): Place {
    return { ...place, scopes: [new Map<string, number>(), ...place.scopes] };
  }

  private point(place: Place): number {
    return this.node({ time: 0, fixed: true, holds: place.holds, branches: place.branches, pathway: place.pathway });
  }

  private node(node: FlowNode): number {
    this.nodes.push(node);
    return this.nodes.length - 1;
  }

  private both(from: number, to: number, amount: number): void {
    this.visits.push({ from, to, amount });
    this.clock.push({ from, to, amount });
  }

  private limit(subject: string, message: string): void {
    this.limits.set(`${subject} ${message}`, { subject, message });
  }
}

/** Whether somebody can leave a body on another way than over its end. */
function mayLeave(body: readonly Activity[], model: Model): boolean {
  const own = new Set(Array.from(walkActivities(body), ({ activity }) => activity.id));
  const called = new Set<string>();
  const look = (part: readonly Activity[], inside: ReadonlySet<string> | undefined): boolean =>
    Array.from(walkActivities(part)).some(({ activity }) => {
      if (activity.kind === 'finish') return true;
      if (activity.kind === 'go to') return inside?.has(activity.to) === false;
      if (activity.kind !== 'call' || called.has(activity.pathway)) return false;
      called.add(activity.pathway);
      return look(byId(model.pathways, activity.pathway)?.body ?? [], undefined);
    });
  return look(body, own);
}

interface BranchTime {
  readonly mean: number;
  readonly fixed: boolean;
}

/** The time until all have ended: of fixed times the greatest; of a single one that takes time, its own mean. */
function longestOf(times: readonly (BranchTime | undefined)[]): BranchTime | undefined {
  const known = times.filter((time) => time !== undefined);
  if (known.length < times.length) return undefined;
  const lasting = known.filter((time) => time.mean > 0);
  if (lasting.every((time) => time.fixed))
    return { mean: Math.max(0, ...lasting.map((time) => time.mean)), fixed: true };
  return lasting.length === 1 ? lasting[0] : undefined;
}

/** Mean number of rounds when each is followed by another with probability `again`, `limit` at most. */
function expectedRounds(limit: number | undefined, again: number): number {
  if (limit === 0) return 0;
  if (again >= 1) return limit ?? Number.POSITIVE_INFINITY;
  return limit === undefined ? 1 / (1 - again) : (1 - again ** limit) / (1 - again);
}
