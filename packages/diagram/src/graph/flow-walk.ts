import {
  expressionText,
  titleOf,
  type Activity,
  type Call,
  type Finish,
  type GoTo,
  type Hold,
  type Model,
  type Pathway,
  type Release,
  type SetAttribute,
  type Step,
  type Wait,
  type WaitLimit,
  channelText,
} from '@pathway/model';
import type { OpenEnd } from './ends.js';
import { type FlowWalker, walkChoose, walkGather, walkRepeat, walkTogether } from './flow-blocks.js';
import { addStarts, addUnwrittenEnds, type WalkedPathway } from './flow-ends.js';
import { GraphBuilder, type DraftNode, type Surroundings } from './graph-builder.js';
import { firstOrganisation, type LaneChoice, NO_LANE, organisationOfHold, workerOf } from './lanes.js';
import { type DrawingWords, ENGLISH } from './words.js';
import { activityTitle, wordingOf, type Wording } from './wording.js';

/** Branch number of a way that leaves aside from the usual one: it stands after every written branch. */
const ASIDE = 1_000_000;

/** Walks a pathway in textual order and leaves nodes and ways in its builder. */
export class FlowWalk implements FlowWalker, WalkedPathway {
  readonly builder: GraphBuilder;
  /** Which nodes an activity and all inside it became: from the first, before the second place in their order. */
  readonly spans = new Map<string, readonly [first: number, end: number]>();
  readonly wording: Wording;
  /** The node at which an activity begins, by the activity's id; where `go to` and entries lead. */
  private readonly beginnings = new Map<string, string>();
  private readonly titles = new Map<string, string>();
  private readonly jumps: { readonly ends: readonly OpenEnd[]; readonly goTo: GoTo }[] = [];

  constructor(
    readonly model: Model,
    readonly pathway: Pathway,
    readonly words: DrawingWords = ENGLISH,
    readonly lanes: LaneChoice = 'organisation',
  ) {
    this.builder = new GraphBuilder(words);
    this.wording = wordingOf(model, words);
    this.noteTitles(pathway.body);
  }

  /** Draws the whole pathway, from its starts to its ends. */
  run(): void {
    const organisation = firstOrganisation(this.model, this.pathway);
    const around: Surroundings = { organisation, holds: [], branchPath: [] };
    const entries = addStarts(this, around);
    const ends = this.walk(this.pathway.body, entries.atTheBeginning, around);
    this.connectEntries(entries.later);
    this.connectJumps();
    addUnwrittenEnds(this, ends, around);
  }

  private noteTitles(activities: readonly Activity[]): void {
    for (const activity of activities) {
      this.titles.set(activity.id, activityTitle(activity, this.wording));
      if ('body' in activity) this.noteTitles(activity.body);
      if ('branches' in activity) for (const branch of activity.branches) this.noteTitles(branch.body);
      if (activity.kind === 'step' || activity.kind === 'hold') this.noteTitles(activity.waits?.otherwise ?? []);
      if (activity.kind === 'hold') this.noteTitles(activity.otherwise ?? []);
    }
  }

  private titleOfActivity(id: string): string {
    return this.titles.get(id) ?? id;
  }

  private connectEntries(entries: readonly { readonly start: string; readonly activity: string }[]): void {
    for (const { start, activity } of entries) {
      const beginning = this.beginnings.get(activity);
      if (beginning === undefined) this.builder.warnings.push(`The entry at ${activity} leads to nothing drawn.`);
      else this.builder.connect([{ from: start, label: '' }], beginning);
    }
  }

  private connectJumps(): void {
    for (const { ends, goTo } of this.jumps) {
      const beginning = this.beginnings.get(goTo.to);
      if (beginning === undefined) this.builder.warnings.push(`\`go to\` ${goTo.to} leads to nothing drawn.`);
      else this.builder.connect(ends, beginning);
    }
  }

  walk(activities: readonly Activity[], ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    let open = ends;
    let place = around;
    for (const activity of activities) {
      place = { ...place, organisation: this.builder.commonOrganisation(open) ?? place.organisation };
      const before = this.builder.nodes.length;
      open = this.walkActivity(activity, open, place);
      const first = this.builder.nodes[before];
      if (first !== undefined) this.beginnings.set(activity.id, first.id);
      this.spans.set(activity.id, [before, this.builder.nodes.length]);
    }
    return open;
  }

  private walkActivity(activity: Activity, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    switch (activity.kind) {
      case 'step':
        return this.walkStep(activity, ends, around);
      case 'hold':
        return this.walkHold(activity, ends, around);
      case 'choose':
        return walkChoose(this, activity, ends, around);
      case 'together':
        return walkTogether(this, activity, ends, around);
      case 'race':
        return walkTogether(this, activity, ends, around);
      case 'gather':
        return walkGather(this, activity, ends, around);
      case 'wait':
        return this.walkWait(activity, ends, around);
      case 'set':
        return this.walkSet(activity, ends, around);
      case 'repeat':
        return walkRepeat(this, activity, ends, around);
      case 'release':
        return this.walkRelease(activity, ends, around);
      case 'call':
        return this.walkCall(activity, ends, around);
      case 'finish':
        return this.walkFinish(activity, ends, around);
      case 'go to':
        this.jumps.push({ ends, goTo: activity });
        return [];
    }
  }

  private walkStep(step: Step, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    const block = this.builder.nodes.length;
    const title = step.title ?? step.name;
    const notes = this.wording.stepNotes(step, (id) => this.titleOfActivity(id));
    const condition =
      step.when === undefined ? undefined : this.words.say`if ${expressionText(step.when, { of: step.id })}`;
    const needed = step.dependsOn.map((id) => this.wording.resourceName(id)).join(', ');
    const details = [
      condition,
      ...notes,
      needed === '' ? undefined : this.words.say`depends on ${needed}`,
      step.documentation?.trim(),
    ];
    const description = [title, ...details.filter((part) => part !== undefined)].join('; ');
    const organisation = step.organisation ?? this.pathway.owner ?? NO_LANE;
    const { id, origin } = step;
    const lasts = step.takes === undefined ? undefined : this.wording.duration(step.takes, step.id);
    const said = { title, notes, condition, lasts, description } as const;
    const content = { id, kind: 'step', ...said, origin, worker: workerOf(step) } as const;
    const node = this.builder.add(content, organisation, around, ends);
    const onwards: OpenEnd = {
      from: id,
      label: step.handover?.by.map((each) => channelText(this.words, each)).join(', ') ?? '',
    };
    return [onwards, ...this.walkWaitLimit(step.waits, node, block, around)];
  }

  /** The way of those who have waited too long. */
  private walkWaitLimit(
    waits: WaitLimit | undefined,
    node: DraftNode,
    block: number,
    around: Surroundings,
  ): readonly OpenEnd[] {
    if (waits === undefined) return [];
    const label = this.wording.waitLabel(waits.atMost);
    return this.walkBranch(waits.otherwise, [{ from: node.id, label }], around, block, ASIDE);
  }

  /** @param block where the choice or split around the branch stands in the text */
  walkBranch(
    body: readonly Activity[],
    ends: readonly OpenEnd[],
    around: Surroundings,
    block: number,
    branch: number,
  ): readonly OpenEnd[] {
    const opener = this.builder.nodes[block]?.id ?? '';
    return this.walk(body, ends, { ...around, branchPath: [...around.branchPath, { block, branch, opener }] });
  }

  private walkHold(hold: Hold, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    if (hold.when === undefined) return this.walkHoldItself(hold, ends, around);
    const title = `${expressionText(hold.when, { of: hold.id })}?`;
    const content = {
      id: `${hold.id}:when`,
      kind: 'decision',
      title,
      description: title,
      origin: hold.origin,
    } as const;
    const decision = this.builder.add(content, around.organisation, around, ends);
    const inside = this.walkHoldItself(hold, [{ from: decision.id, label: this.words.say`yes` }], around);
    return [...inside, { from: decision.id, label: this.words.say`no` }];
  }

  private walkHoldItself(hold: Hold, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    const block = this.builder.nodes.length;
    const kept = this.wording.needs(hold.needs, hold.policy);
    const title = hold.title ?? this.words.say`Take ${kept}`;
    const notes = hold.title === undefined || hold.title === kept ? [] : [kept];
    if (hold.freesFirst) notes.push(this.words.say`gives back the one before first`);
    if (hold.moves !== undefined) notes.push(this.words.say`moves to ${this.wording.target(hold.moves.to)} when free`);
    const organisation = organisationOfHold(this.model, hold) ?? around.organisation;
    const inside: Surroundings = { ...around, organisation, holds: [...around.holds, hold.id] };
    const description = [this.words.say`Takes ${kept} and keeps it`, hold.documentation?.trim()]
      .filter((part) => part !== undefined)
      .join('; ');
    const { id, origin } = hold;
    this.builder.holds.push({ id, title: kept, description: this.words.say`Keeps ${kept}`, origin });
    const node = this.builder.add({ id, kind: 'take', title, notes, description, origin }, organisation, inside, ends);
    const left = [...this.walk(hold.body, [{ from: id, label: '' }], inside)];
    if (hold.otherwise !== undefined) {
      left.push(
        ...this.walkBranch(
          hold.otherwise,
          [{ from: id, label: this.words.say`none free` }],
          { ...around, organisation },
          block,
          ASIDE + 1,
        ),
      );
    }
    return [...left, ...this.walkWaitLimit(hold.waits, node, block, { ...around, organisation })];
  }

  private walkWait(wait: Wait, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    const time = this.wording.waiting(wait);
    const own = wait.title ?? wait.name;
    const title = own ?? this.words.say`Wait ${time}`;
    const notes = own === undefined ? [] : [time];
    const { id, origin } = wait;
    const description = this.words.say`Wait ${time}`;
    this.builder.add({ id, kind: 'wait', title, notes, description, origin }, around.organisation, around, ends);
    return [{ from: id, label: '' }];
  }

  private walkSet(set: SetAttribute, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    const title = this.words.say`${set.attribute} becomes ${expressionText(set.value, { of: set.id })}`;
    const { id, origin } = set;
    this.builder.add({ id, kind: 'wait', title, description: title, origin }, around.organisation, around, ends);
    return [{ from: id, label: '' }];
  }

  private walkRelease(release: Release, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    const title = this.words.say`Give back ${release.targets.map((id) => this.wording.resourceName(id)).join(', ')}`;
    const { id, origin } = release;
    this.builder.add({ id, kind: 'release', title, description: title, origin }, around.organisation, around, ends);
    return [{ from: id, label: '' }];
  }

  private walkCall(call: Call, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    const called = this.model.pathways.find((each) => each.id === call.pathway);
    const title = called === undefined ? call.pathway : titleOf(called);
    const { id, origin } = call;
    const description = this.words.say`Pathway: ${title}`;
    const notes = [this.words.say`pathway of its own`];
    const organisation = called?.owner ?? around.organisation;
    this.builder.add(
      { id, kind: 'call', title, notes, description, origin, leadsTo: called?.origin, sheet: call.pathway },
      organisation,
      around,
      ends,
    );
    return [{ from: id, label: '' }];
  }

  private walkFinish(finish: Finish, ends: readonly OpenEnd[], around: Surroundings): readonly OpenEnd[] {
    const title = finish.title ?? finish.outcome;
    const { id, origin } = finish;
    this.builder.add(
      { id, kind: 'end', title, description: this.words.say`End: ${title}`, origin },
      around.organisation,
      around,
      ends,
    );
    return [];
  }
}
