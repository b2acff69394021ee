import {
  type Activity,
  activitiesOf,
  type Branch,
  byId,
  type Choose,
  constantValue,
  type Expression,
  formatDuration,
  type Gather,
  type GoTo,
  type Hold,
  type ParallelBranch,
  type Pathway,
  type Repeat,
  type Step,
  titleOf,
  type Wait,
  type WaitLimit,
} from '@pathway/model';
import { headOf } from '../write/activity-text.js';
import { activityName, sourceText } from '../write/expressions.js';
import type { FhirSetting } from './activity-definition.js';
import { hl7Concept } from './codings.js';
import { citations, definitionParts, translated } from './definition-parts.js';
import { clockTime, dayCode } from './directory-resources.js';
import { element, type FhirElement, type FhirResource, type FhirValue, plainText, resource } from './fhir-json.js';
import { fhirPathOf, isOneOf, variable } from './fhirpath.js';
import { durationOf } from './quantities.js';

/** A pathway as a PlanDefinition: blocks are groups of actions, order stands in `relatedAction`. */
export function planDefinition(pathway: Pathway, setting: FhirSetting): FhirResource {
  return new PlanWriter(pathway, setting).write();
}

type Parts = Readonly<Record<string, FhirValue | undefined>>;

class PlanWriter {
  private readonly goals: FhirElement[] = [];
  private readonly titles: ReadonlyMap<string, string>;

  constructor(
    private readonly pathway: Pathway,
    private readonly setting: FhirSetting,
  ) {
    this.titles = new Map(activitiesOf(pathway).map((activity) => [activity.id, titleOfActivity(activity)] as const));
  }

  write(): FhirResource {
    const { pathway, setting } = this;
    const { model, references, release, notSaid } = setting;
    const cohorts = pathway.cohorts.map(({ cohort }) => byId(model.cohorts, cohort)?.title ?? cohort);
    const later = pathway.cohorts.filter(({ entry }) => entry !== undefined);
    for (const { cohort, entry = '' } of later)
      notSaid.add(`${cohort}: that they enter at ${activityName(entry)}; a plan begins at its beginning.`);
    if (pathway.essential !== undefined)
      notSaid.add(`${titleOf(pathway)}: that it is essential, and how long it may be out.`);
    const action = this.sequence(pathway.body);
    return resource('PlanDefinition', references.idOf('PlanDefinition', pathway.id), {
      ...definitionParts('PlanDefinition', pathway.id, titleOf(pathway), pathway, setting),
      ...translated('title', pathway.titles),
      type: hl7Concept('plan-definition-type', 'clinical-protocol', 'Clinical Protocol'),
      subjectCodeableConcept: cohorts.length === 0 ? undefined : { text: cohorts.join(', ') },
      description: plainText(pathway.documentation),
      relatedArtifact: citations(pathway.sources, model, release),
      goal: this.goals,
      action,
    });
  }

  /** Actions one after the other: each begins after the end of the one before it. */
  private sequence(body: readonly Activity[]): readonly FhirElement[] {
    let before: string | undefined;
    return body.map((activity) => {
      const action = this.actionOf(activity, before === undefined ? [] : [this.after(before)]);
      before = this.idOf(activity.id);
      return action;
    });
  }

  private after(id: string): FhirElement {
    const target = this.setting.release === 'R4' ? { actionId: id } : { targetId: id };
    return { ...target, relationship: 'after-end' };
  }

  private idOf(activity: string): string {
    return this.setting.references.idOf('action', activity);
  }

  private action(id: string, parts: Parts): FhirElement {
    const own = this.idOf(id);
    // R5 links actions by an element of its own.
    return element({ id: own, ...(this.setting.release === 'R5' && { linkId: own }), ...parts });
  }

  private actionOf(activity: Activity, relatedAction: readonly FhirElement[]): FhirElement {
    const parts: Parts = {
      title: this.titles.get(activity.id),
      ...translated('title', activity.titles),
      description: plainText(activity.documentation),
      relatedAction,
    };
    switch (activity.kind) {
      case 'step':
        return this.step(activity, parts);
      case 'hold':
        return this.hold(activity, parts);
      case 'choose':
        return this.choose(activity, parts);
      case 'together':
        return this.group(activity.id, 'all', { ...parts, action: this.branches(activity.id, activity.branches) });
      case 'race':
        this.tell(activity, 'that the first branch to end ends the others');
        return this.group(activity.id, 'all', {
          ...parts,
          textEquivalent: 'All begin at once; the first to end ends the others.',
          action: this.branches(activity.id, activity.branches),
        });
      case 'gather':
        return this.gather(activity, parts);
      case 'repeat':
        return this.repeat(activity, parts);
      case 'wait':
        return this.action(activity.id, { ...parts, ...this.waitTiming(activity) });
      case 'set':
        this.tell(activity, 'that it changes what is known of the patient');
        return this.action(activity.id, { ...parts, textEquivalent: headOf(activity) });
      case 'release':
        return this.action(activity.id, { ...parts, textEquivalent: `Gives back ${headOf(activity)}.` });
      case 'go to':
        return this.goTo(activity, parts);
      case 'call':
        return this.action(activity.id, {
          ...parts,
          definitionCanonical: this.setting.references.canonicalOf('PlanDefinition', activity.pathway),
        });
      case 'finish':
        return this.action(activity.id, { ...parts, textEquivalent: `Leaves with the outcome ${activity.outcome}.` });
    }
  }

  private group(id: string, selection: 'all' | 'exactly-one' | 'at-most-one', parts: Parts): FhirElement {
    const { action, ...others } = parts;
    return this.action(id, {
      ...others,
      groupingBehavior: 'logical-group',
      selectionBehavior: selection,
      ...(action !== undefined && { action }),
    });
  }

  private branches(block: string, branches: readonly ParallelBranch[]): readonly FhirElement[] {
    return branches.map((branch, index) =>
      this.group(`${block}:${index + 1}`, 'all', {
        title: branch.title ?? branch.name,
        action: this.sequence(branch.body),
      }),
    );
  }

  private step(step: Step, parts: Parts): FhirElement {
    const { references, model, release } = this.setting;
    const own: Parts = {
      documentation: citations(step.sources, model, release),
      goalId: this.goalOf(step),
      condition: conditionOf('applicability', step.when),
      definitionCanonical: references.canonicalOf('ActivityDefinition', step.id),
    };
    const asides = [
      ...this.asideOf(step.id, step.waits),
      ...(step.fallbacks ?? []).flatMap(({ on, workaround }, index) =>
        workaround === undefined
          ? []
          : [
              this.group(`${step.id}:workaround ${index + 1}`, 'all', {
                title: `Workaround without ${on.map((id) => this.titleOfThing(id)).join(', ')}`,
                condition: textCondition('applicability', `${on.join(', ')} is lost`),
                action: this.sequence(workaround),
              }),
            ],
      ),
    ];
    if (asides.length === 0) return this.action(step.id, { ...parts, ...own });
    const { relatedAction, ...about } = parts;
    return this.group(step.id, 'exactly-one', {
      title: about.title,
      relatedAction,
      action: [this.action(`${step.id}:work`, { ...about, ...own }), ...asides],
    });
  }

  /** A target for when a step begins is a goal that its action is for. */
  private goalOf({ id, within, name, title }: Step): readonly string[] {
    if (within === undefined) return [];
    const { model, notSaid } = this.setting;
    const goal = this.idOf(`${id}:target`);
    const since = within.of === 'arrival' ? 'arrival' : (this.titles.get(within.of) ?? activityName(within.of));
    const seconds = constantValue(within.limit, model);
    const limit = seconds === undefined ? sourceText(within.limit) : formatDuration(seconds);
    const share = within.share === undefined ? '' : ` for ${sourceText(within.share)}`;
    if (share !== '') notSaid.add(`${title ?? name}: that its target is for${share.slice(4)} stands in words.`);
    this.goals.push(
      element({
        id: goal,
        description: { text: `${title ?? name} begins within ${limit} of ${since}${share}` },
        target: [
          element({
            measure: { text: `Time from ${since}` },
            due: seconds === undefined ? undefined : durationOf(seconds),
          }),
        ],
      }),
    );
    return [goal];
  }

  private hold(hold: Hold, parts: Parts): FhirElement {
    this.tell(hold, `that ${headOf(hold).replace(/ as .*$/, '')} is kept over what is inside; it stands in words`);
    const { relatedAction, ...about } = parts;
    const body = this.sequence(hold.body);
    const none =
      hold.otherwise === undefined
        ? []
        : [
            this.group(`${hold.id}:none free`, 'all', {
              title: 'None free',
              condition: textCondition('applicability', 'none free'),
              action: this.sequence(hold.otherwise),
            }),
          ];
    const asides = [...none, ...this.asideOf(hold.id, hold.waits)];
    const own: Parts = {
      ...about,
      textEquivalent: `Keeps ${headOf(hold)} over all that is inside.`,
      condition: conditionOf('applicability', hold.when),
      action: body,
    };
    if (asides.length === 0) return this.group(hold.id, 'all', { ...own, relatedAction });
    return this.group(hold.id, 'exactly-one', {
      title: about.title,
      relatedAction,
      action: [this.group(`${hold.id}:kept`, 'all', own), ...asides],
    });
  }

  /** The way of those who have waited too long. */
  private asideOf(id: string, waits: WaitLimit | undefined): readonly FhirElement[] {
    if (waits === undefined) return [];
    const text = `waited ${sourceText(waits.atMost)}`;
    const parts = { title: text, condition: textCondition('applicability', text) };
    return [this.group(`${id}:late`, 'all', { ...parts, action: this.sequence(waits.otherwise) })];
  }

  private choose(choose: Choose, parts: Parts): FhirElement {
    const hasRest = choose.branches.some(({ when }) => when.kind === 'otherwise');
    if (choose.by === 'shares') this.tell(choose, 'how many take which branch stands in words');
    const action = choose.branches.map((branch, index) =>
      this.group(`${choose.id}:${index + 1}`, 'all', {
        title: branch.label,
        ...translated('title', branch.titles),
        ...branchParts(branch, choose),
        action: this.sequence(branch.body),
      }),
    );
    return this.group(choose.id, hasRest ? 'exactly-one' : 'at-most-one', { ...parts, action });
  }

  private gather(gather: Gather, parts: Parts): FhirElement {
    this.tell(gather, 'that patients go as a group stands in words');
    return this.group(gather.id, 'all', {
      ...parts,
      textEquivalent: `In groups: ${headOf(gather)}.`,
      action: this.sequence(gather.body),
    });
  }

  private repeat(repeat: Repeat, parts: Parts): FhirElement {
    const { model } = this.setting;
    const count = (expression: Expression | undefined): number | undefined => {
      const value = expression === undefined ? undefined : constantValue(expression, model);
      return value !== undefined && Number.isInteger(value) && value > 0 ? value : undefined;
    };
    const times = count(repeat.times);
    const most = count(repeat.atMost);
    const seconds = repeat.every === undefined ? undefined : constantValue(repeat.every, model);
    const rhythm = seconds === undefined ? undefined : durationOf(seconds);
    const timing = element({
      // FHIR has a greatest number only beside a least one.
      count: times ?? (most === undefined ? undefined : 1),
      countMax: times === undefined && most !== 1 ? most : undefined,
      ...(rhythm !== undefined && { frequency: 1, period: rhythm.value, periodUnit: rhythm.code }),
    });
    if (repeat.again !== undefined) this.tell(repeat, 'how likely another round is stands in words');
    return this.group(repeat.id, 'all', {
      ...parts,
      textEquivalent: `Again and again: ${headOf(repeat)}.`,
      condition: conditionOf('stop', repeat.until),
      timingTiming: Object.keys(timing).length === 0 ? undefined : { repeat: timing },
      cardinalityBehavior: 'multiple',
      action: this.sequence(repeat.body),
    });
  }

  private waitTiming(wait: Wait): Parts {
    const { duration, until } = wait;
    if (until !== undefined)
      return {
        textEquivalent: `Waits ${headOf(wait)}.`,
        timingTiming: {
          repeat: element({ dayOfWeek: (until.days ?? []).map(dayCode), timeOfDay: [clockTime(until.at)] }),
        },
      };
    const seconds = duration === undefined ? undefined : constantValue(duration, this.setting.model);
    if (seconds === undefined) this.tell(wait, 'how long it lasts stands in words');
    return {
      textEquivalent: `Waits ${headOf(wait)}.`,
      timingDuration: seconds === undefined ? undefined : durationOf(seconds),
    };
  }

  private goTo(goTo: GoTo, parts: Parts): FhirElement {
    const to = this.titles.get(goTo.to) ?? activityName(goTo.to);
    this.tell(goTo, `the way to ${to}; a plan knows no way back and stands in words`);
    return this.action(goTo.id, { ...parts, title: `Go to ${to}`, textEquivalent: `Goes on at ${to}.` });
  }

  private titleOfThing(id: string): string {
    const { resources, stocks } = this.setting.model;
    const thing = byId(resources, id) ?? byId(stocks, id);
    return thing === undefined ? id : titleOf(thing);
  }

  private tell(activity: Activity, what: string): void {
    this.setting.notSaid.add(`${this.titles.get(activity.id) ?? activity.id}: ${what}.`);
  }
}

function titleOfActivity(activity: Activity): string {
  if ('title' in activity) return activity.title;
  switch (activity.kind) {
    case 'step':
    case 'hold':
      return activity.name;
    case 'finish':
      return activity.outcome;
    case 'choose':
      return activity.name ?? (activity.attribute === undefined ? 'Which way?' : `By ${activity.attribute}`);
    case 'together':
    case 'race':
      return activity.name ?? (activity.kind === 'race' ? 'The first to end' : 'At the same time');
    default:
      return `${activity.kind.charAt(0).toUpperCase()}${activity.kind.slice(1)} ${headOf(activity)}`;
  }
}

/** What decides for a branch. */
function branchParts({ when }: Branch, choose: Choose): Parts {
  switch (when.kind) {
    case 'condition':
      return { condition: conditionOf('applicability', when.condition) };
    case 'category':
      return {
        condition: [
          conditionElement(
            'applicability',
            `${choose.attribute ?? ''} is ${when.values.join(' or ')}`,
            isOneOf(choose.attribute ?? '', when.values),
          ),
        ],
      };
    case 'share':
      return { textEquivalent: `For ${sourceText(when.share)} of patients.` };
    case 'otherwise':
      return { textEquivalent: 'Otherwise.' };
  }
}

function conditionOf(kind: 'applicability' | 'stop', expression: Expression | undefined): readonly FhirElement[] {
  return expression === undefined ? [] : [conditionElement(kind, sourceText(expression), fhirPathOf(expression))];
}

/** A condition that only people can answer. */
function textCondition(kind: 'applicability' | 'stop', words: string): readonly FhirElement[] {
  return [conditionElement(kind, words, variable(words))];
}

function conditionElement(kind: 'applicability' | 'stop', description: string, expression: string): FhirElement {
  return { kind, expression: { description, language: 'text/fhirpath', expression } };
}
