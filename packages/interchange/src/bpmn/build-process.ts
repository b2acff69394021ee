import {
  type Activity,
  activitiesOf,
  type Branch,
  type Call,
  type Choose,
  constantValue,
  type Expression,
  type Finish,
  formatDuration,
  type Gather,
  type Hold,
  type Model,
  type NeedTarget,
  type Pathway,
  type Race,
  type Repeat,
  type Step,
  titleOf,
  type Together,
  type Wait,
  type WaitLimit,
} from '@pathway/model';
import { branchHead, headOf, holdLines, parallelHead, stepLines } from '../write/activity-text.js';
import { activityName, declaredName, sourceText } from '../write/expressions.js';
import { durationText } from './duration-text.js';
import type { BpmnNode, BpmnProcess, Meaning } from './process.js';
import { type NodeContent, type OpenWay, ProcessBuilder, type Surroundings } from './process-builder.js';

/** Branch number of a way that leaves aside from the usual one: it stands after every written branch. */
const ASIDE = 1_000_000;
const NOWHERE = '';

/** What a process of BPMN cannot say, in plain words, each once. */
export type NotSaid = Set<string>;

/** A pathway as a process, with a gateway wherever ways part or meet. */
export function buildProcess(model: Model, pathway: Pathway, notSaid: NotSaid): BpmnProcess {
  return new PathwayWalk(model, pathway, notSaid).run();
}

class PathwayWalk {
  private builder = new ProcessBuilder();
  private readonly beginnings = new Map<string, string>();
  private readonly jumps: { readonly ends: readonly OpenWay[]; readonly to: string }[] = [];
  /** Ways that end early within a branch of `together`, innermost last: they go to its join. */
  private readonly leaving: OpenWay[][] = [];
  /** Inside a race, what ends is an end of its sub-process. */
  private inRace = false;
  private readonly activities: ReadonlyMap<string, Activity>;

  constructor(
    private readonly model: Model,
    private readonly pathway: Pathway,
    private readonly notSaid: NotSaid,
  ) {
    this.activities = new Map(activitiesOf(pathway).map((activity) => [activity.id, activity] as const));
  }

  run(): BpmnProcess {
    const { pathway, builder } = this;
    const organisation = pathway.owner ?? this.firstOrganisation();
    const around: Surroundings = { organisation, holds: [], branchPath: [] };
    const ends = this.walk(pathway.body, this.addStarts(around), around);
    this.connectJumps();
    if (ends.length > 0)
      builder.add({ id: `${pathway.id}:end`, kind: 'end', name: 'End' }, this.placeOf(ends, around), around, ends);
    const documentation = pathway.documentation?.trim();
    const about = { id: pathway.id, title: titleOf(pathway), ...(documentation !== undefined && { documentation }) };
    return builder.finish(about, (id) => this.titleOfElement(id));
  }

  /** Leads the ways of every `go to` so far to where it goes. */
  private connectJumps(): void {
    for (const { ends, to } of this.jumps.splice(0)) {
      const beginning = this.beginnings.get(to);
      if (beginning === undefined) this.notSaid.add(`The way to ${activityName(to)}: it is not in this process.`);
      else this.builder.connect(ends, beginning);
    }
  }

  private firstOrganisation(): string {
    for (const activity of this.activities.values())
      if (activity.kind === 'step' && activity.organisation !== undefined) return activity.organisation;
    return NOWHERE;
  }

  private placeOf(ends: readonly OpenWay[], around: Surroundings): string {
    return this.builder.commonOrganisation(ends) ?? around.organisation;
  }

  /** One start for all who enter at the beginning, and one for each later place at which somebody enters. */
  private addStarts(around: Surroundings): readonly OpenWay[] {
    const { pathway, builder } = this;
    const titles = (entry: string | undefined): string =>
      pathway.cohorts
        .filter((each) => each.entry === entry)
        .map(({ cohort }) => this.titleOfElement(cohort))
        .join(', ');
    const cohortsOf = (entry: string | undefined): string =>
      pathway.cohorts
        .filter((each) => each.entry === entry)
        .map(({ cohort }) => declaredName(cohort))
        .join(', ');
    const first = titles(undefined);
    const later = [...new Set(pathway.cohorts.flatMap(({ entry }) => entry ?? []))];
    const ways: OpenWay[] = [];
    // Where everybody enters later, the beginning is still where those begin whom another pathway calls in.
    ways.push(
      ...builder.add(
        {
          id: `${pathway.id}:start`,
          kind: 'start',
          name: first === '' ? 'Start' : first,
          meaning: { is: 'start', ...(first !== '' && { head: cohortsOf(undefined) }) },
        },
        around.organisation,
        around,
        [],
      ),
    );
    later.forEach((entry, index) => {
      const activity = this.activities.get(entry);
      const organisation = (activity?.kind === 'step' ? activity.organisation : undefined) ?? around.organisation;
      const id = `${pathway.id}:entry${index + 1}`;
      const meaning: Meaning = { is: 'entry', head: cohortsOf(entry), lines: [activityName(entry)] };
      const ends = builder.add({ id, kind: 'entry', name: titles(entry), meaning }, organisation, around, []);
      this.jumps.push({ ends, to: entry });
    });
    return ways;
  }

  private walk(activities: readonly Activity[], ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    let open = ends;
    let place = around;
    for (const activity of activities) {
      // What stands after everybody has left is reached by `go to` alone, which names it.
      place = { ...place, organisation: this.placeOf(open, place) };
      const before = this.builder.nodes.length;
      open = this.walkActivity(activity, open, place);
      const first = this.builder.nodes[before];
      if (first !== undefined) this.beginnings.set(activity.id, first.id);
    }
    return open;
  }

  private walkActivity(activity: Activity, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    switch (activity.kind) {
      case 'step':
        return this.walkStep(activity, ends, around);
      case 'hold':
        return this.walkHold(activity, ends, around);
      case 'choose':
        return this.walkChoose(activity, ends, around);
      case 'together':
        return this.walkTogether(activity, ends, around);
      case 'race':
        return this.walkRace(activity, ends, around);
      case 'gather':
        return this.walkGather(activity, ends, around);
      case 'repeat':
        return this.walkRepeat(activity, ends, around);
      case 'wait':
        return this.walkWait(activity, ends, around);
      case 'set': {
        const name = `${activity.attribute} becomes ${sourceText(activity.value)}`;
        return this.plain(activity, 'task', name, ends, around);
      }
      case 'release': {
        const name = `Give back ${activity.targets.map((id) => this.titleOfElement(id)).join(', ')}`;
        return this.plain(activity, 'throw', name, ends, around);
      }
      case 'call':
        return this.walkCall(activity, ends, around);
      case 'finish':
        return this.walkFinish(activity, ends, around);
      case 'go to':
        this.jumps.push({ ends, to: activity.to });
        return [];
    }
  }

  private meaningOf(activity: Activity, lines: readonly string[] = []): Meaning {
    const head = headOf(activity);
    return { is: activity.kind, ...(head !== '' && { head }), ...(lines.length > 0 && { lines }) };
  }

  private plain(
    activity: Activity,
    kind: BpmnNode['kind'],
    name: string,
    ends: readonly OpenWay[],
    around: Surroundings,
  ): readonly OpenWay[] {
    const content = { id: activity.id, kind, name, meaning: this.meaningOf(activity), ...documented(activity) };
    return this.builder.add(content, around.organisation, around, ends);
  }

  /** Asks before an activity that not everybody gets. */
  private asked(
    activity: Step | Hold,
    ends: readonly OpenWay[],
    around: Surroundings,
    inside: (ends: readonly OpenWay[], around: Surroundings) => readonly OpenWay[],
  ): readonly OpenWay[] {
    if (activity.when === undefined) return inside(ends, around);
    const condition = sourceText(activity.when);
    const opener = `${activity.id}:when`;
    const block = this.builder.nodes.length;
    const meaning: Meaning = { is: 'when', head: condition };
    this.builder.add(
      { id: opener, kind: 'exclusive', name: `${condition}?`, meaning },
      around.organisation,
      around,
      ends,
    );
    const yes: OpenWay = { from: opener, name: 'yes', condition };
    const within = { ...around, branchPath: [...around.branchPath, { block, branch: 0, opener }] };
    return [...inside([yes], within), { from: opener, name: 'no', isDefault: true }];
  }

  private walkStep(step: Step, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    return this.asked(step, ends, around, (open, place) => {
      const organisation = step.organisation ?? this.pathway.owner ?? NOWHERE;
      const hasStaff = step.needs.some(({ of }) => of.some(({ kind }) => kind !== 'resource'));
      if (step.fallbacks?.some(({ workaround }) => workaround !== undefined) === true)
        this.notSaid.add(`${titleOf(step)}: its workaround is in its notes, and not drawn.`);
      const content: NodeContent = {
        id: step.id,
        kind: hasStaff ? 'user task' : 'task',
        name: titleOf(step),
        meaning: this.meaningOf(step, stepLines(step)),
        ...documented(step),
      };
      const out = this.builder.add(content, organisation, place, open);
      return [...out, ...this.givingUp(step, step.waits, { ...place, organisation })];
    });
  }

  /** The way of those who have waited too long. */
  private givingUp(activity: Step | Hold, waits: WaitLimit | undefined, around: Surroundings): readonly OpenWay[] {
    if (waits === undefined) return [];
    const seconds = constantValue(waits.atMost, this.model);
    const text = sourceText(waits.atMost);
    const ends = this.aside(activity, `${activity.id}:late`, around, {
      kind: 'boundary timer',
      name: `waited ${seconds === undefined ? text : formatDuration(seconds)}`,
      time: timeOf(seconds, text),
      meaning: { is: 'waits', head: `at most ${text}` },
    });
    return this.walkBranch(waits.otherwise, ends, around, activity.id, ASIDE);
  }

  private aside(
    activity: Step | Hold,
    id: string,
    around: Surroundings,
    content: Omit<NodeContent, 'id' | 'attachedTo'>,
  ): readonly OpenWay[] {
    return this.builder.add({ ...content, id, attachedTo: activity.id }, around.organisation, around, []);
  }

  private walkBranch(
    body: readonly Activity[],
    ends: readonly OpenWay[],
    around: Surroundings,
    opener: string,
    branch: number,
  ): readonly OpenWay[] {
    const block = this.builder.nodes.findIndex(({ id }) => id === opener);
    return this.walk(body, ends, { ...around, branchPath: [...around.branchPath, { block, branch, opener }] });
  }

  private walkHold(hold: Hold, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    return this.asked(hold, ends, around, (open, place) => {
      const kept = this.needsText(hold);
      const organisation = this.placeOfHold(hold) ?? place.organisation;
      this.builder.holds.push({ id: hold.id, title: kept });
      const inside: Surroundings = { ...place, organisation, holds: [...place.holds, hold.id] };
      const taken = this.builder.add(
        {
          id: hold.id,
          kind: 'task',
          name: hold.title ?? `Take ${kept}`,
          meaning: this.meaningOf(hold, holdLines(hold)),
          ...documented(hold),
        },
        organisation,
        inside,
        open,
      );
      const left = this.walk(hold.body, taken, inside);
      const meaning: Meaning = { is: 'hold end', of: hold.id };
      const ended =
        left.length === 0
          ? []
          : this.builder.add(
              { id: `${hold.id}:end`, kind: 'throw', name: `Give back ${kept}`, meaning },
              this.placeOf(left, inside),
              inside,
              left,
            );
      const outside = { ...place, organisation };
      return [...ended, ...this.noneFree(hold, outside), ...this.givingUp(hold, hold.waits, outside)];
    });
  }

  private noneFree(hold: Hold, around: Surroundings): readonly OpenWay[] {
    if (hold.otherwise === undefined) return [];
    const meaning: Meaning = { is: 'else' };
    const content = { kind: 'boundary condition', name: 'none free', meaning } as const;
    const ends = this.aside(hold, `${hold.id}:none`, around, content);
    return this.walkBranch(hold.otherwise, ends, around, hold.id, ASIDE + 1);
  }

  private walkChoose(choose: Choose, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const name =
      choose.title ?? choose.name ?? (choose.by === 'attribute' ? `By ${choose.attribute ?? ''}?` : 'Which way?');
    const content = {
      id: choose.id,
      kind: 'exclusive',
      name,
      meaning: this.meaningOf(choose),
      ...documented(choose),
    } as const;
    this.builder.add(content, around.organisation, around, ends);
    const rest = choose.branches.findIndex(({ when }) => when.kind === 'otherwise');
    const shares = this.sharesOf(choose);
    const open = choose.branches.flatMap((branch, index) => {
      const isDefault = index === rest;
      const condition = conditionText(branch);
      const way: OpenWay = {
        from: choose.id,
        name: branch.label === '' ? condition : branch.label,
        ...(isDefault ? { isDefault } : { condition }),
        ...(shares && { share: shares[index] ?? 0 }),
        branches: [{ head: branchHead(branch), place: index }],
      };
      return this.walkBranch(branch.body, [way], around, choose.id, index);
    });
    if (rest >= 0) return open;
    // Without a rest, those whom no branch takes go on.
    const missing = shares === undefined ? undefined : Number((1 - sum(shares)).toFixed(12));
    if (missing !== undefined && missing <= 0) return open;
    const way: OpenWay = {
      from: choose.id,
      name: 'otherwise',
      isDefault: true,
      ...(missing !== undefined && { share: missing }),
    };
    return [...open, way];
  }

  /** The share of each branch; undefined where choices are not by shares, or shares are not known. */
  private sharesOf({ by, branches }: Choose): readonly number[] | undefined {
    if (by !== 'shares') return undefined;
    const known = branches.map(({ when }) => (when.kind === 'share' ? constantValue(when.share, this.model) : 0));
    if (known.some((share) => share === undefined)) return undefined;
    const rest = 1 - sum(known.map((share) => share ?? 0));
    return branches.map(({ when }, i) => Number((when.kind === 'otherwise' ? rest : (known[i] ?? 0)).toFixed(12)));
  }

  private walkTogether(together: Together, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const name = together.title ?? together.name ?? '';
    const content = { id: together.id, kind: 'parallel', name, meaning: this.meaningOf(together) } as const;
    this.builder.add(content, around.organisation, around, ends);
    const ended = together.branches.map((branch, index) => {
      const way: OpenWay = { from: together.id, name: '', branches: [{ head: parallelHead(branch), place: index }] };
      this.leaving.push([]);
      const goes = this.walkBranch(branch.body, [way], around, together.id, index);
      const all = [...goes, ...(this.leaving.pop() ?? [])];
      return all.length < 2 ? all : this.mergeOf(`${together.id}:${index}`, all, around, together.id, index);
    });
    const open = ended.flat();
    if (open.length === 0) return [];
    const meaning: Meaning = { is: 'join', of: together.id };
    return this.builder.add(
      { id: `${together.id}:join`, kind: 'parallel', name: '', meaning },
      around.organisation,
      around,
      open,
    );
  }

  private mergeOf(
    id: string,
    ends: readonly OpenWay[],
    around: Surroundings,
    opener: string,
    branch: number,
  ): readonly OpenWay[] {
    const block = this.builder.nodes.findIndex((node) => node.id === opener);
    const inside = { ...around, branchPath: [...around.branchPath, { block, branch, opener }] };
    const content = { id: `${id}:merge`, kind: 'exclusive', name: '', meaning: { is: 'merge' } } as const;
    return this.builder.add(content, this.placeOf(ends, around), inside, ends);
  }

  /** A sub-process in which the first branch to end ends all. */
  private walkRace(race: Race, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const outer = { builder: this.builder, inRace: this.inRace, jumps: this.jumps.splice(0) };
    this.builder = new ProcessBuilder();
    this.inRace = true;
    const place: Surroundings = { organisation: NOWHERE, holds: [], branchPath: [] };
    const start = this.builder.add({ id: `${race.id}:start`, kind: 'start', name: 'Start' }, NOWHERE, place, []);
    const fork = { id: `${race.id}:fork`, kind: 'parallel', name: '', meaning: { is: 'race fork' } } as const;
    this.builder.add(fork, NOWHERE, place, start);
    race.branches.forEach((branch, index) => {
      const way: OpenWay = { from: fork.id, name: '', branches: [{ head: parallelHead(branch), place: index }] };
      const left = this.walkBranch(branch.body, [way], place, fork.id, index);
      const opener = fork.id;
      const inside = { ...place, branchPath: [{ block: 1, branch: index, opener }] };
      if (left.length > 0)
        this.builder.add(
          { id: `${race.id}:end${index + 1}`, kind: 'terminate', name: `${branch.title ?? branch.name} is first` },
          NOWHERE,
          inside,
          left,
        );
    });
    // A way cannot leave a race.
    this.connectJumps();
    const name = race.title ?? race.name ?? 'The first to end';
    // A sub-process stands in one lane, and its page has none.
    const drawn = this.builder.finish({ id: `${race.id}:inside`, title: name }, (id) => this.titleOfElement(id));
    const inside: BpmnProcess = { ...drawn, lanes: [], nodes: drawn.nodes.map((node) => ({ ...node, lane: 0 })) };
    this.builder = outer.builder;
    this.inRace = outer.inRace;
    this.jumps.push(...outer.jumps);
    const content = {
      id: race.id,
      kind: 'sub-process',
      name,
      meaning: this.meaningOf(race),
      inside,
      ...documented(race),
    } as const;
    return this.builder.add(content, around.organisation, around, ends);
  }

  private walkGather(gather: Gather, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    this.notSaid.add(
      `${gather.title ?? gather.name ?? 'gather'}: that patients go as a group; each has a process of their own.`,
    );
    const name = gather.title ?? `Gather ${headOf(gather)}`;
    const gathered = this.plain(gather, 'task', name, ends, around);
    const left = this.walk(gather.body, gathered, around);
    if (left.length === 0) return [];
    const meaning: Meaning = { is: 'gather end', of: gather.id };
    return this.builder.add(
      { id: `${gather.id}:end`, kind: 'throw', name: 'Group parts', meaning },
      this.placeOf(left, around),
      around,
      left,
    );
  }

  private walkRepeat(repeat: Repeat, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const begin = {
      id: repeat.id,
      kind: 'exclusive',
      name: '',
      meaning: this.meaningOf(repeat),
      ...documented(repeat),
    } as const;
    const start = this.builder.add(begin, around.organisation, around, ends);
    const left = this.walk(repeat.body, start, around);
    if (left.length === 0) return [];
    const again = repeat.again === undefined ? undefined : constantValue(repeat.again, this.model);
    const id = `${repeat.id}:again`;
    const meaning: Meaning = { is: 'again', of: repeat.id };
    const name = repeat.title ?? (repeat.until === undefined ? 'Another round?' : `${sourceText(repeat.until)}?`);
    this.builder.add({ id, kind: 'exclusive', name, meaning }, this.placeOf(left, around), around, left);
    const condition = headOf(repeat);
    this.builder.connect(
      [{ from: id, name: `again: ${condition}`, condition, ...(again !== undefined && { share: again }) }],
      repeat.id,
    );
    return [{ from: id, name: 'done', isDefault: true, ...(again !== undefined && { share: 1 - again }) }];
  }

  private walkWait(wait: Wait, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const seconds = wait.duration === undefined ? undefined : constantValue(wait.duration, this.model);
    const head = headOf(wait);
    const name = wait.title ?? wait.name ?? `Wait ${head}`;
    const time = timeOf(seconds, head);
    return this.builder.add(
      { id: wait.id, kind: 'timer', name, time, meaning: this.meaningOf(wait), ...documented(wait) },
      around.organisation,
      around,
      ends,
    );
  }

  private walkCall(call: Call, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const called = this.model.pathways.find(({ id }) => id === call.pathway);
    const name = called === undefined ? call.pathway : titleOf(called);
    const content = { id: call.id, kind: 'call', name, calls: call.pathway, meaning: this.meaningOf(call) } as const;
    return this.builder.add(content, called?.owner ?? around.organisation, around, ends);
  }

  private walkFinish(finish: Finish, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const leaving = this.leaving.at(-1);
    if (leaving !== undefined && !this.inRace) {
      this.notSaid.add(
        `${finish.title ?? finish.outcome}: an end within a branch of \`together\` ends that branch, and its outcome is not drawn.`,
      );
      const out = this.plain(finish, 'throw', finish.title ?? finish.outcome, ends, around);
      leaving.push(...out);
      return [];
    }
    this.plain(finish, this.inRace ? 'terminate' : 'end', finish.title ?? finish.outcome, ends, around);
    return [];
  }

  private titleOfElement(id: string): string {
    const { organisations, cohorts, resources, roles, skills } = this.model;
    const found = [...organisations, ...cohorts, ...resources, ...roles, ...skills].find((each) => each.id === id);
    return found === undefined ? id : titleOf(found);
  }

  private needsText({ needs, policy }: Hold): string {
    const named = (target: NeedTarget): string =>
      this.titleOfElement(
        target.kind === 'resource' ? target.resource : target.kind === 'role' ? target.role : target.skill,
      );
    const texts = needs.map(({ amount, of }) => {
      const count = sourceText(amount);
      return `${count === '1' ? '' : `${count} × `}${of.map(named).join(' or ')}`;
    });
    return policy === 'all' ? texts.join(', ') : `${policy} of ${texts.join(', ')}`;
  }

  private placeOfHold({ needs }: Hold): string | undefined {
    const ids = needs.flatMap(({ of }) =>
      of.flatMap((target) => (target.kind === 'resource' ? [target.resource] : [])),
    );
    return this.model.resources.find(({ id, organisation }) => ids.includes(id) && organisation !== undefined)
      ?.organisation;
  }
}

function documented({ documentation }: { readonly documentation?: string }): { readonly documentation?: string } {
  const text = documentation?.trim();
  return text === undefined || text === '' ? {} : { documentation: text };
}

function conditionText({ when }: Branch): string {
  const text = (expression: Expression): string => sourceText(expression);
  switch (when.kind) {
    case 'condition':
      return text(when.condition);
    case 'share':
      return text(when.share);
    case 'category':
      return when.values.join(' or ');
    case 'otherwise':
      return 'otherwise';
  }
}

function timeOf(seconds: number | undefined, words: string): NonNullable<BpmnNode['time']> {
  return seconds === undefined ? { kind: 'words', text: words } : { kind: 'duration', text: durationText(seconds) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
