import type { Activity, Branch, Model, Pathway } from '@pathway/model';
import * as make from './model-maker.js';

const ORGANISATIONS = ['A', 'B', 'C', 'D'] as const;
const TITLES = [
  'Triage',
  'Assessment by the specialist team on call',
  'X-ray',
  'Wound care',
  'Multidisciplinary discharge conference with family',
  '急性脑卒中评估',
  'Оценка состояния',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk',
];

/** A sequence of numbers that a seed alone decides (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

class PathwayMaker {
  private count = 0;
  private readonly steps: string[] = [];
  private firstOfSection = 0;

  constructor(
    private readonly draw: (below: number) => number,
    private budget: number,
  ) {}

  /** How many steps there are. */
  get made(): number {
    return this.steps.length;
  }

  /** Some activities one after the other, as a part of a long pathway; ways back stay in it. */
  section(): readonly Activity[] {
    this.firstOfSection = this.steps.length;
    return Array.from({ length: 4 }, () => this.activity(1));
  }

  body(depth: number): readonly Activity[] {
    const length = 1 + this.draw(depth === 0 ? 6 : 3);
    const activities: Activity[] = [];
    for (let index = 0; index < length && this.budget > 0; index++) activities.push(this.activity(depth));
    const last = this.draw(10);
    if (depth > 0 && last === 0) activities.push(make.finish(this.id(), 'Left'));
    if (depth > 0 && last === 1 && this.steps.length > this.firstOfSection) {
      activities.push(
        make.goTo(this.id(), this.steps[this.firstOfSection + this.draw(this.steps.length - this.firstOfSection)]!),
      );
    }
    return activities;
  }

  private id(): string {
    this.count += 1;
    return `n${this.count}`;
  }

  private activity(depth: number): Activity {
    this.budget -= 1;
    const kind = depth >= 3 ? 0 : this.draw(12);
    if (kind < 5) return this.step(depth);
    if (kind < 8) return this.choose(depth);
    if (kind === 8)
      return make.together(this.id(), {
        one: this.body(depth + 1),
        two: this.body(depth + 1),
        three: [this.step(depth)],
      });
    if (kind === 9) return this.repeat(depth);
    if (kind === 10) return this.hold(depth);
    return make.call(this.id(), 'Other');
  }

  private step(depth: number): Activity {
    const name = this.id();
    this.steps.push(name);
    const at = ORGANISATIONS[this.draw(this.draw(2) === 0 ? 2 : 4)];
    const waits =
      depth < 2 && this.draw(12) === 0
        ? { waits: { atMost: make.minutes(30), otherwise: [make.finish(this.id(), 'Gave up')] } }
        : {};
    const when = this.draw(8) === 0 ? { when: make.under('age', 90) } : {};
    return make.step(name, this.draw(9) === 0 ? undefined : at, {
      title: TITLES[this.draw(TITLES.length)]!,
      needs: this.draw(2) === 0 ? [make.someone('Nurse', 1 + this.draw(2))] : [],
      takes: make.minutes(5 + this.draw(60)),
      ...waits,
      ...when,
    });
  }

  private choose(depth: number): Activity {
    const branches: Branch[] = [];
    const count = 1 + this.draw(3);
    for (let index = 0; index < count; index++) {
      const label = this.draw(3) === 0 ? 'needs a longer explanation of why' : `way ${index + 1}`;
      branches.push(make.shareBranch(label, 10 + this.draw(20), this.draw(4) === 0 ? [] : this.body(depth + 1)));
    }
    branches.push(make.otherwise(this.draw(2) === 0 ? [] : this.body(depth + 1)));
    return make.choose(
      this.id(),
      'shares',
      branches,
      this.draw(2) === 0 ? { title: 'Is a transfer to a specialised centre indicated?' } : {},
    );
  }

  private repeat(depth: number): Activity {
    const more = this.draw(2) === 0 ? { again: make.percent(30) } : { atMost: make.plain(2), every: make.days(90) };
    return make.repeat(this.id(), this.body(depth + 1), more);
  }

  private hold(depth: number): Activity {
    const waits = this.draw(3) === 0 ? { waits: { atMost: make.minutes(240), otherwise: this.body(depth + 1) } } : {};
    return make.hold(this.id(), [make.something(this.draw(2) === 0 ? 'Bed' : 'Room')], this.body(depth + 1), waits);
  }
}

/** A model with one pathway `P` over four organisations; the same seed gives the same model. */
export function randomModel(seed: number, size = 22): Model {
  make.resetOrigins();
  const maker = new PathwayMaker(generator(seed), size);
  return withPathway(make.pathway('P', `Pathway ${seed}`, maker.body(0), { owner: 'A', cohorts: [{ cohort: 'All' }] }));
}

function withPathway(pathway: Pathway): Model {
  return make.model({
    organisations: ORGANISATIONS.map((id) => make.organisation(id, `Organisation ${id}`)),
    resources: [make.resource('Bed', 'Observation bed', 'B'), make.resource('Room', 'Treatment room')],
    roles: [make.role('Nurse', 'Nurse')],
    cohorts: [make.cohort('All', 'All patients', [make.oneOf('route', { early: 40, late: 60 })])],
    pathways: [pathway, make.pathway('Other', 'Another pathway', [], { owner: 'C' })],
  });
}

/** A model whose pathway has about so many steps, made of generated pathways one after the other. */
export function modelOfSize(steps: number): Model {
  make.resetOrigins();
  const draw = generator(steps);
  const maker = new PathwayMaker(draw, Number.POSITIVE_INFINITY);
  const body: Activity[] = [];
  while (maker.made < steps) body.push(...maker.section());
  return withPathway(make.pathway('P', `${steps} steps`, body, { owner: 'A', cohorts: [{ cohort: 'All' }] }));
}

/** Puts a step into one of the bodies inside, or takes one out, as the number says. */
function editAt(body: readonly Activity[], number: number, change: 'insert' | 'remove'): readonly Activity[] {
  const places = body.length;
  const place = number % Math.max(1, places);
  const activity = body[place];
  const rest = Math.floor(number / Math.max(1, places));
  if (activity !== undefined && rest % 2 === 1) {
    if ('body' in activity)
      return body.map((each) =>
        each === activity ? { ...activity, body: editAt(activity.body, rest >> 1, change) } : each,
      );
    if ('branches' in activity && activity.kind === 'choose') {
      const chosen = (rest >> 1) % activity.branches.length;
      const branches = activity.branches.map((branch, index) =>
        index === chosen ? { ...branch, body: editAt(branch.body, rest >> 3, change) } : branch,
      );
      return body.map((each) => (each === activity ? { ...activity, branches } : each));
    }
  }
  if (change === 'remove' && activity?.kind === 'step') return body.filter((each) => each !== activity);
  return [...body.slice(0, place), make.step('Inserted', 'A', { takes: make.minutes(5) }), ...body.slice(place)];
}

/** The same model after one random edit of its pathway: a step more, or one less. */
export function editedModel(model: Model, edit: number): Model {
  const edited = (body: readonly Activity[]): readonly Activity[] =>
    editAt(body, edit * 7919, edit % 2 === 0 ? 'insert' : 'remove');
  return {
    ...model,
    pathways: model.pathways.map((each) => (each.id === 'P' ? { ...each, body: edited(each.body) } : each)),
  };
}
