import {
  type Activity,
  type Branch,
  type Choose,
  constantValue,
  type Expression,
  type Hold,
  type Model,
  type Need,
  type Pathway,
  type Repeat,
  type Step,
  titleOf,
  type Together,
} from '@pathway/model';
import { attributesIn } from './expression-walk.js';
import { chanceOf } from './chance.js';
import { durationLaw, meanDuration } from './duration-law.js';
import type { Limits } from './limits.js';
import type { PatientClass } from './patient-classes.js';
import type { Algebra } from './signal.js';

/** One begin of a step or hold, as the walk meets it. */
export interface Visit<S> {
  readonly activity: Step | Hold;
  readonly pathway: Pathway;
  readonly starts: S;
  /** Patients under way in it; not a number where its time is not known. */
  readonly present: S;
  /** Needs with what each is kept by: those under way, times the amount. */
  readonly uses: readonly { readonly need: Need; readonly amount: number; readonly kept: S }[];
  /** Holds around it, outermost first. */
  readonly around: readonly Hold[];
  /** True inside a parallel branch or a loop, where one patient may ask again. */
  readonly repeated: boolean;
  /** True where patients may have queued before they come here. */
  readonly afterQueue: boolean;
}

/** What the walk needs to know from outside. */
export interface WalkSurroundings<S> {
  readonly model: Model;
  readonly patients: PatientClass;
  readonly algebra: Algebra<S>;
  readonly limits: Limits;
  /** Flow that comes to a place by `go to` or because patients enter there. */
  arriving(place: string): S | undefined;
  /** Flow that leaves for a place by `go to`. */
  leaving(place: string, flow: S): void;
  visit(visit: Visit<S>): void;
  /** Whether anyone can ever queue for a need. */
  canQueue(need: Need): boolean;
  /** A stand-in for the chance at a place that cannot be computed; the caller finds out what depends on it. */
  unknownChance(place: string): number;
}

interface Place {
  readonly pathway: Pathway;
  /** Ids of the calls on the way here, so that each has its own jump targets. */
  readonly path: string;
  readonly called: readonly string[];
  readonly around: readonly Hold[];
  readonly repeated: boolean;
  /** Counts no visits: the walk only asks what comes out. */
  readonly silent: boolean;
}

interface Passed<S> {
  readonly out: S;
  /** Patients under way inside. */
  readonly present: S;
}

const MOST_ROUNDS = 500;
const NEGLIGIBLE = 1e-10;

/** Walks pathways with a flow of patients of one class, in textual order, and tells of each visit. */
export class FlowWalk<S> {
  readonly #with: WalkSurroundings<S>;
  #queued = false;

  constructor(surroundings: WalkSurroundings<S>) {
    this.#with = surroundings;
  }

  /** @param inflow patients who begin at the first activity */
  walk(pathway: Pathway, inflow: S, queuedBefore = false): void {
    this.#queued = queuedBefore;
    const place: Place = { pathway, path: '', called: [pathway.id], around: [], repeated: false, silent: false };
    this.#body(pathway.body, inflow, place);
  }

  #body(body: readonly Activity[], inflow: S, place: Place): Passed<S> {
    const { algebra } = this.#with;
    let flow = inflow;
    let { zero: present } = algebra;
    for (const activity of body) {
      const joining = this.#with.arriving(place.path + activity.id);
      if (joining !== undefined) flow = algebra.add(flow, joining);
      const passed = this.#activity(activity, flow, place);
      flow = passed.out;
      present = algebra.add(present, passed.present);
    }
    return { out: flow, present };
  }

  #activity(activity: Activity, inflow: S, place: Place): Passed<S> {
    const { algebra, model } = this.#with;
    switch (activity.kind) {
      case 'step':
      case 'hold': {
        const chance = activity.when === undefined ? 1 : this.#chance(activity.when, activity, place);
        const inside = algebra.scale(inflow, chance);
        const passed =
          activity.kind === 'step' ? this.#step(activity, inside, place) : this.#hold(activity, inside, place);
        return { out: algebra.add(passed.out, algebra.scale(inflow, 1 - chance)), present: passed.present };
      }
      case 'choose':
        return this.#choose(activity, inflow, place);
      case 'together':
        return this.#together(activity, inflow, place);
      case 'repeat':
        return this.#repeat(activity, inflow, place);
      case 'call': {
        const called = model.pathways.find(({ id }) => id === activity.pathway);
        if (called === undefined || place.called.includes(called.id)) return { out: inflow, present: algebra.zero };
        return this.#body(called.body, inflow, {
          ...place,
          pathway: called,
          path: `${place.path}${activity.id}>`,
          called: [...place.called, called.id],
        });
      }
      case 'go to':
        if (!place.silent) this.#with.leaving(place.path + activity.to, inflow);
        return { out: algebra.zero, present: algebra.zero };
      case 'finish':
        return { out: algebra.zero, present: algebra.zero };
      case 'release':
        return { out: inflow, present: algebra.zero };
    }
  }

  #step(step: Step, inflow: S, place: Place): Passed<S> {
    const { algebra, model, patients } = this.#with;
    const afterQueue = this.#queue(step, place);
    const mean = meanDuration(step.takes, patients, model);
    if (mean.value === undefined && algebra.size(inflow) > 0 && !place.silent)
      this.#tell(step, `The mean time it takes cannot be computed: ${mean.reason}.`);
    const law =
      step.takes === undefined || mean.value === undefined
        ? { factor: 1, offset: 0, mean: mean.value ?? Number.NaN }
        : durationLaw(step.takes, patients, model, mean.value);
    const { present, out } = algebra.serve(inflow, law);
    this.#report(
      step,
      inflow,
      present,
      step.needs.map(() => present),
      place,
      afterQueue,
    );
    return { out, present };
  }

  #hold(hold: Hold, inflow: S, place: Place): Passed<S> {
    const { algebra } = this.#with;
    const afterQueue = this.#queue(hold, place);
    if (
      hold.otherwise !== undefined &&
      hold.otherwise.length > 0 &&
      hold.needs.some((need) => this.#with.canQueue(need))
    )
      this.#tell(hold, 'How many find nothing free depends on waiting; everyone is counted as served.');
    const around = [...place.around, hold];
    const released = new Map<Need, S>();
    let flow = inflow;
    let { zero: present } = algebra;
    for (const activity of hold.body) {
      if (activity.kind === 'release' && activity.hold === hold.id)
        for (const need of hold.needs) if (names(need, activity.targets)) released.set(need, present);
      const passed = this.#body([activity], flow, { ...place, around });
      flow = passed.out;
      present = algebra.add(present, passed.present);
    }
    const kept = hold.needs.map((need) => {
      if (this.#releasedDeepInside(hold, need)) {
        this.#tell(
          hold,
          'Something is released inside a block of the hold, so the mean time it is kept cannot be computed.',
        );
        return algebra.scale(inflow, Number.NaN);
      }
      return released.get(need) ?? present;
    });
    this.#report(hold, inflow, present, kept, place, afterQueue);
    return { out: flow, present };
  }

  #releasedDeepInside(hold: Hold, need: Need): boolean {
    const deep = (body: readonly Activity[], top: boolean): boolean =>
      body.some((each) => {
        if (each.kind === 'release') return !top && each.hold === hold.id && names(need, each.targets);
        return bodiesOf(each).some((inner) => deep(inner, false));
      });
    return deep(hold.body, true);
  }

  /** Notes that patients may queue here; gives whether they may have queued before. */
  #queue(activity: Step | Hold, place: Place): boolean {
    const before = this.#queued;
    if (activity.needs.some((need) => this.#with.canQueue(need))) {
      this.#queued = true;
      if (activity.waits !== undefined && !place.silent)
        this.#tell(activity, 'Nobody is taken to give up waiting; how many do needs a simulation.');
    }
    return before;
  }

  #report(activity: Step | Hold, starts: S, present: S, kept: readonly S[], place: Place, afterQueue: boolean): void {
    if (place.silent) return;
    const { algebra, model } = this.#with;
    const uses = activity.needs.map((need, i) => {
      const amount = constantValue(need.amount, model);
      if (amount === undefined) this.#tell(activity, 'How much it needs varies between patients or is not a number.');
      return { need, amount: amount ?? Number.NaN, kept: algebra.scale(kept[i] ?? algebra.zero, amount ?? Number.NaN) };
    });
    const { pathway, around, repeated } = place;
    this.#with.visit({ activity, pathway, starts, present, uses, around, repeated, afterQueue });
  }

  #choose(choose: Choose, inflow: S, place: Place): Passed<S> {
    const { algebra } = this.#with;
    const shares = this.#shares(choose, place);
    const queued = this.#queued;
    let queuedAfter = queued;
    let left = 1;
    let passed: Passed<S> = { out: algebra.zero, present: algebra.zero };
    choose.branches.forEach((branch, i) => {
      const share = shares[i] ?? 0;
      left -= share;
      this.#queued = queued;
      const inner = this.#body(branch.body, algebra.scale(inflow, share), place);
      queuedAfter ||= this.#queued;
      passed = { out: algebra.add(passed.out, inner.out), present: algebra.add(passed.present, inner.present) };
    });
    this.#queued = queuedAfter;
    // Whom no branch is for goes straight on.
    if (left > 1e-12) passed = { ...passed, out: algebra.add(passed.out, algebra.scale(inflow, left)) };
    return passed;
  }

  #shares(choose: Choose, place: Place): number[] {
    const { patients, model } = this.#with;
    let left = 1;
    return choose.branches.map((branch, i) => {
      const share = left <= 0 ? 0 : chanceOfBranch.call(this, branch, i);
      left = Math.max(0, left - share);
      return share;
    });

    function chanceOfBranch(this: FlowWalk<S>, { when }: Branch, i: number): number {
      switch (when.kind) {
        case 'otherwise':
          return left;
        case 'share':
          return Math.min(left, this.#chance(when.share, choose, place, i));
        case 'condition':
          return left * this.#chance(when.condition, choose, place, i);
        case 'category': {
          const { attribute = '' } = choose;
          const value = patients.assumptions.get(attribute);
          if (value !== undefined) return when.values.includes(value) ? left : 0;
          const reason = patients.unsettled.get(attribute) ?? `the shares of ${attribute} are not known`;
          const declared = model.cohorts.some(({ attributes }) => attributes.some(({ name }) => name === attribute));
          return left * this.#unknown(choose, declared ? reason : `no cohort has ${attribute}`, place, i);
        }
      }
    }
  }

  #together(together: Together, inflow: S, place: Place): Passed<S> {
    const { algebra } = this.#with;
    const queued = this.#queued;
    let queuedAfter = queued;
    const inner = together.branches.map((branch) => {
      this.#queued = queued;
      const passed = this.#body(branch.body, inflow, { ...place, repeated: true });
      queuedAfter ||= this.#queued;
      return passed;
    });
    this.#queued = queuedAfter;
    const [first, ...others] = [...inner].sort((a, b) => algebra.size(b.present) - algebra.size(a.present));
    if (first === undefined) return { out: inflow, present: algebra.zero };
    // The join lets through everyone who entered; a branch that patients leave by `finish` takes them out at the end.
    const alone = others.every(({ present }) => algebra.size(present) === 0);
    const certain = alone || together.branches.every((branch) => this.#fixedTime(branch.body) !== undefined);
    if (!certain && place.around.length > 0 && algebra.size(inflow) > 0 && !place.silent)
      this.#tell(
        together,
        'The mean time of the longest of several branches has no closed form here, nor has the time of the hold around it.',
      );
    return { out: first.out, present: certain ? first.present : algebra.scale(inflow, Number.NaN) };
  }

  /** Seconds that a body takes everyone, where that is certain. */
  #fixedTime(body: readonly Activity[]): number | undefined {
    let sum = 0;
    for (const activity of body) {
      let time: number | undefined;
      if (activity.kind === 'step' && activity.when === undefined)
        time = activity.takes === undefined ? 0 : constantValue(activity.takes, this.#with.model);
      else if (activity.kind === 'hold' && activity.when === undefined) time = this.#fixedTime(activity.body);
      else if (activity.kind === 'release') time = 0;
      else if (activity.kind === 'together') {
        const times = activity.branches.map((branch) => this.#fixedTime(branch.body));
        time = times.every((each) => each !== undefined) ? Math.max(0, ...times) : undefined;
      }
      if (time === undefined) return undefined;
      sum += time;
    }
    return sum;
  }

  #repeat(repeat: Repeat, inflow: S, place: Place): Passed<S> {
    const { algebra, model } = this.#with;
    const inside: Place = { ...place, repeated: true };
    const times = this.#rounds(repeat, place);
    const again = this.#again(repeat, place);
    const every = repeat.every === undefined ? undefined : constantValue(repeat.every, model);
    if (repeat.every !== undefined && every === undefined && !place.silent)
      this.#tell(repeat, 'The time between rounds varies, so the load by hour of the week leaves it out.');
    if (times === 0) return { out: inflow, present: algebra.zero };
    const size = algebra.size(inflow);
    let { zero: out } = algebra;
    let { zero: present } = algebra;
    let flow = inflow;
    let rounds = 0;
    while (rounds < times) {
      const ratio = algebra.size(flow) / size;
      if (!(ratio > NEGLIGIBLE)) break;
      if (rounds >= MOST_ROUNDS || (rounds > 0 && again === 1 && times === Number.POSITIVE_INFINITY)) {
        const rest = this.#remainingRounds(flow, again, times - rounds, repeat, inside);
        return { out: algebra.add(out, rest.out), present: algebra.add(present, rest.present) };
      }
      const passed = this.#body(repeat.body, flow, inside);
      rounds++;
      const goesOn = rounds < times ? again : 0;
      out = algebra.add(out, algebra.scale(passed.out, 1 - goesOn));
      const next = algebra.scale(passed.out, goesOn);
      const gap = every ?? 0;
      present = algebra.add(present, this.#roundPresence(repeat, passed.present, flow, goesOn, place));
      flow = gap === 0 ? next : this.#nextStart(flow, passed.out, goesOn, gap);
    }
    return { out, present };
  }

  /** The start of the next round, a fixed time after that of the last one, for those who go on. */
  #nextStart(flow: S, out: S, goesOn: number, gap: number): S {
    const { algebra } = this.#with;
    const before = algebra.size(flow);
    return before === 0 ? flow : algebra.scale(algebra.shift(flow, gap), (goesOn * algebra.size(out)) / before);
  }

  /** Those under way in one round; with `every`, also those between this round's end and the next one's start. */
  #roundPresence(repeat: Repeat, present: S, flow: S, goesOn: number, place: Place): S {
    const { algebra, model } = this.#with;
    if (repeat.every === undefined || goesOn === 0) return present;
    const every = constantValue(repeat.every, model);
    const body = this.#fixedTime(repeat.body);
    if (every !== undefined && body !== undefined && body <= every) {
      const whole = algebra.serve(flow, { factor: 1, offset: every, mean: every }).present;
      return algebra.add(algebra.scale(whole, goesOn), algebra.scale(present, 1 - goesOn));
    }
    if (place.around.length > 0 && !place.silent)
      this.#tell(
        repeat,
        'Rounds may take longer than the time between them, so the time of the hold around them cannot be computed.',
      );
    return place.around.length > 0 ? algebra.scale(flow, Number.NaN) : present;
  }

  /** All later rounds at once, as a geometric series. */
  #remainingRounds(flow: S, again: number, left: number, repeat: Repeat, place: Place): Passed<S> {
    const { algebra } = this.#with;
    const dry = this.#body(repeat.body, flow, { ...place, silent: true });
    const through = Math.min(1, algebra.size(dry.out) / algebra.size(flow));
    const ratio = again * through;
    if (ratio >= 1 && left === Number.POSITIVE_INFINITY) {
      this.#tell(repeat, 'Nothing ends this loop, so whoever enters it never leaves.');
      const unknown = algebra.scale(flow, Number.NaN);
      this.#body(repeat.body, unknown, place);
      return { out: algebra.zero, present: unknown };
    }
    const sum = ratio === 1 ? left : (1 - ratio ** left) / (1 - ratio);
    const passed = this.#body(repeat.body, algebra.scale(flow, sum), place);
    const last = left === Number.POSITIVE_INFINITY ? 0 : (ratio ** (left - 1) * again) / sum;
    return { out: algebra.scale(passed.out, 1 - again + last), present: passed.present };
  }

  #rounds(repeat: Repeat, place: Place): number {
    const given = [repeat.times, repeat.atMost].filter((each) => each !== undefined);
    if (given.length === 0) return Number.POSITIVE_INFINITY;
    const { model, patients } = this.#with;
    const values = given.map((each) => {
      const fixed = constantValue(each, model);
      if (fixed !== undefined) return Math.max(0, Math.round(fixed));
      const mean = meanDuration(each, patients, model);
      const reason = mean.reason ?? 'it varies between patients of one kind';
      if (!place.silent) this.#tell(repeat, `The number of rounds cannot be followed exactly: ${reason}.`);
      return Number.NaN;
    });
    const least = Math.min(...values);
    // A stand-in, so that what depends on the number of rounds shows as unknown.
    return Number.isNaN(least)
      ? 1 + Math.round(8 * this.#with.unknownChance(`${place.path}${repeat.id} times`))
      : least;
  }

  /** The chance of another round after each. */
  #again(repeat: Repeat, place: Place): number {
    let chance = repeat.again === undefined ? 1 : this.#chance(repeat.again, repeat, place);
    if (repeat.until !== undefined) chance *= 1 - this.#chance(repeat.until, repeat, place, 1);
    return chance;
  }

  #chance(condition: Expression, activity: Activity, place: Place, branch = 0): number {
    const { model, patients } = this.#with;
    const open = [...attributesIn(condition, model)].find((name) => patients.unsettled.has(name));
    if (open !== undefined) return this.#unknown(activity, patients.unsettled.get(open) ?? '', place, branch);
    const { value, reason } = chanceOf(condition, model, patients.knowledge);
    if (value !== undefined) return Math.min(1, Math.max(0, value));
    return this.#unknown(activity, reason, place, branch);
  }

  #unknown(activity: Activity, reason: string, place: Place, branch: number): number {
    if (!place.silent) this.#tell(activity, `How many patients take this way cannot be computed: ${reason}.`);
    return this.#with.unknownChance(`${place.path}${activity.id} ${branch}`);
  }

  #tell(activity: Activity, message: string): void {
    this.#with.limits.add(nameOf(activity), message);
  }
}

/** What an activity is called in sentences. */
export function nameOf(activity: Activity): string {
  if ('name' in activity && activity.name !== undefined)
    return titleOf({ name: activity.name, title: 'title' in activity ? activity.title : undefined });
  return activity.id;
}

function names(need: Need, targets: readonly string[]): boolean {
  return need.of.some((target) =>
    targets.includes(
      target.kind === 'resource' ? target.resource : target.kind === 'role' ? target.role : target.skill,
    ),
  );
}

function bodiesOf(activity: Activity): readonly (readonly Activity[])[] {
  switch (activity.kind) {
    case 'hold':
    case 'repeat':
      return [activity.body];
    case 'choose':
    case 'together':
      return activity.branches.map(({ body }) => body);
    default:
      return [];
  }
}
