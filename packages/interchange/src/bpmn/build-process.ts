import { type Activity, activitiesOf, type Call, type Finish, type Model, type Pathway, titleOf } from '@pathway/model';
import { activityName, declaredName, sourceText } from '../write/expressions.js';
import type { BpmnNode, BpmnProcess, Meaning } from './process.js';
import { type OpenWay, ProcessBuilder, type Surroundings } from './process-builder.js';
import { documented, meaningOf, NOWHERE, type NotSaid, type ProcessWalk } from './process-walk.js';
import { walkChoose, walkRepeat } from './walk-choices.js';
import { walkGather, walkRace, walkTogether } from './walk-groups.js';
import { walkHold, walkStep, walkWait } from './walk-steps.js';

/** A pathway as a process, with a gateway wherever ways part or meet. */
export function buildProcess(model: Model, pathway: Pathway, notSaid: NotSaid): BpmnProcess {
  return new PathwayWalk(model, pathway, notSaid).run();
}

class PathwayWalk implements ProcessWalk {
  builder = new ProcessBuilder();
  private readonly beginnings = new Map<string, string>();
  private readonly jumps: { readonly ends: readonly OpenWay[]; readonly to: string }[] = [];
  readonly leaving: OpenWay[][] = [];
  /** Inside a race, what ends is an end of its sub-process. */
  private inRace = false;
  private readonly activities: ReadonlyMap<string, Activity>;

  constructor(
    readonly model: Model,
    readonly pathway: Pathway,
    readonly notSaid: NotSaid,
  ) {
    this.activities = new Map(activitiesOf(pathway).map((activity) => [activity.id, activity] as const));
  }

  run(): BpmnProcess {
    const { pathway, builder } = this;
    const organisation = pathway.owner ?? this.firstOrganisation();
    const around: Surroundings = { organisation, holds: [], branchPath: [] };
    const ends = this.sequence(pathway.body, this.addStarts(around), around);
    this.connectJumps();
    if (ends.length > 0)
      builder.add({ id: `${pathway.id}:end`, kind: 'end', name: 'End' }, this.placeOf(ends, around), around, ends);
    const documentation = pathway.documentation?.trim();
    const about = { id: pathway.id, title: titleOf(pathway), ...(documentation !== undefined && { documentation }) };
    return builder.finish(about, (id) => this.titleOfElement(id));
  }

  race(inside: (builder: ProcessBuilder) => void): ProcessBuilder {
    const outer = { builder: this.builder, inRace: this.inRace, jumps: this.jumps.splice(0) };
    const builder = new ProcessBuilder();
    this.builder = builder;
    this.inRace = true;
    inside(builder);
    // A way cannot leave a race.
    this.connectJumps();
    this.builder = outer.builder;
    this.inRace = outer.inRace;
    this.jumps.push(...outer.jumps);
    return builder;
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

  placeOf(ends: readonly OpenWay[], around: Surroundings): string {
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

  sequence(activities: readonly Activity[], ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
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
        return walkStep(this, activity, ends, around);
      case 'hold':
        return walkHold(this, activity, ends, around);
      case 'choose':
        return walkChoose(this, activity, ends, around);
      case 'together':
        return walkTogether(this, activity, ends, around);
      case 'race':
        return walkRace(this, activity, ends, around);
      case 'gather':
        return walkGather(this, activity, ends, around);
      case 'repeat':
        return walkRepeat(this, activity, ends, around);
      case 'wait':
        return walkWait(this, activity, ends, around);
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

  plain(
    activity: Activity,
    kind: BpmnNode['kind'],
    name: string,
    ends: readonly OpenWay[],
    around: Surroundings,
  ): readonly OpenWay[] {
    const content = { id: activity.id, kind, name, meaning: meaningOf(activity), ...documented(activity) };
    return this.builder.add(content, around.organisation, around, ends);
  }

  branch(
    body: readonly Activity[],
    ends: readonly OpenWay[],
    around: Surroundings,
    opener: string,
    branch: number,
  ): readonly OpenWay[] {
    const block = this.builder.nodes.findIndex(({ id }) => id === opener);
    return this.sequence(body, ends, { ...around, branchPath: [...around.branchPath, { block, branch, opener }] });
  }

  private walkCall(call: Call, ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[] {
    const called = this.model.pathways.find(({ id }) => id === call.pathway);
    const name = called === undefined ? call.pathway : titleOf(called);
    const content = { id: call.id, kind: 'call', name, calls: call.pathway, meaning: meaningOf(call) } as const;
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

  titleOfElement(id: string): string {
    const { organisations, cohorts, resources, roles, skills } = this.model;
    const found = [...organisations, ...cohorts, ...resources, ...roles, ...skills].find((each) => each.id === id);
    return found === undefined ? id : titleOf(found);
  }
}
