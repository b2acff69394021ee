import {
  type Activity,
  channelText,
  expressionText,
  type Expression,
  meanOfExpression,
  type Model,
  type NeedTarget,
  nestedBodies,
  type Pathway,
  type Role,
  type Step,
  titleOf,
} from '@pathway/model';
import { DURATION_FIGURE, figure } from '../figures.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, heading, list, paragraph } from './blocks.js';
import { type CardPart, responseParts } from './response-cards.js';

/** What one role does, in the order of the pathways: a card for the pocket or the wall of a ward. */
export interface ActionCard {
  readonly role: string;
  readonly title: string;
  /** The everyday way of working, and one part for each response that has something for the role. */
  readonly parts: readonly CardPart[];
}

/** A step with where it stands: its pathway, and what has to be so for a patient to get there. */
interface PlacedStep {
  readonly pathway: Pathway;
  readonly step: Step;
  readonly conditions: readonly string[];
  readonly number: number;
}

/** A card for each role that does something, in the order in which the roles are declared. */
export function actionCards(words: Words, model: Model): readonly ActionCard[] {
  const steps = model.pathways.flatMap(stepsOf);
  return model.roles.flatMap((role): ActionCard[] => {
    const own = steps.filter(({ step }) => asksFor(step, role));
    const everyday =
      own.length === 0 ? [] : [{ title: words.say`Every day`, blocks: stepBlocks(words, model, role, own) }];
    const parts = [...everyday, ...responseParts(words, model, role)];
    return parts.length === 0 ? [] : [{ role: role.id, title: named(titleOf(role)), parts }];
  });
}

function stepsOf(pathway: Pathway): readonly PlacedStep[] {
  const found: PlacedStep[] = [];
  const walk = (body: readonly Activity[], conditions: readonly string[]): void => {
    for (const activity of body) {
      if (activity.kind === 'step') {
        const own = activity.when === undefined ? [] : [expressionText(activity.when)];
        found.push({ pathway, step: activity, conditions: [...conditions, ...own], number: found.length + 1 });
      }
      if (activity.kind === 'choose') {
        for (const { label, body: inside } of activity.branches) {
          const question = activity.title === undefined ? '' : `${named(activity.title)} `;
          walk(inside, [...conditions, `${question}${named(label)}`]);
        }
      } else for (const inside of nestedBodies(activity)) walk(inside, conditions);
    }
  };
  walk(pathway.body, []);
  return found;
}

/** Whether a role may be asked for by a step: by its name, or by a skill that it has. */
function asksFor(step: Step, role: Role): boolean {
  return step.needs.some((need) => need.of.some((target) => isMet(target, role)));
}

function isMet(target: NeedTarget, role: Role): boolean {
  if (target.kind === 'role') return target.role === role.id;
  return target.kind === 'skill' && role.skills.some(({ skill }) => skill === target.skill);
}

function stepBlocks(words: Words, model: Model, role: Role, steps: readonly PlacedStep[]): readonly Block[] {
  return steps.flatMap((placed, i): Block[] => {
    const begins = steps[i - 1]?.pathway !== placed.pathway;
    const about = placed.step.documentation;
    return [
      ...(begins ? [heading(2, named(titleOf(placed.pathway)))] : []),
      heading(3, `${placed.number}. ${named(titleOf(placed.step))}`),
      ...(about === undefined ? [] : [paragraph(named(about))]),
      list(stepLines(words, model, role, placed)),
    ];
  });
}

function stepLines(words: Words, model: Model, role: Role, { pathway, step, conditions }: PlacedStep): string[] {
  const { say } = words;
  const name = namesOf(model);
  const place = step.organisation ?? pathway.owner;
  const needs = step.needs.map((need) => ({ need, mine: need.of.some((target) => isMet(target, role)) }));
  const people = needs.filter(({ need, mine }) => !mine && need.of.some(({ kind }) => kind !== 'resource'));
  const things = needs.filter(({ need }) => need.of.every(({ kind }) => kind === 'resource'));
  const standIns = standInsFor(model, role, step).map(name);
  const texts = (some: typeof needs): string =>
    words.list(some.map(({ need }) => words.list(need.of.map((target) => targetName(words, target, name)))));
  return [
    ...(conditions.length === 0 ? [] : [say`Only if: ${conditions.join('; ')}`]),
    ...(place === undefined ? [] : [say`Where: ${name(place)}`]),
    ...(people.length === 0 ? [] : [say`Together with: ${texts(people)}`]),
    ...(things.length === 0 ? [] : [say`Needs: ${texts(things)}`]),
    ...timeLine(words, model, pathway, step),
    ...(step.within === undefined
      ? []
      : [
          say`Target: begins within ${lasting(words, model, pathway, step.within.limit)} of ${sinceOf(words, model, step.within.of)}`,
        ]),
    ...(step.waits === undefined
      ? []
      : [say`Waits at most ${lasting(words, model, pathway, step.waits.atMost)}, then another way`]),
    ...(step.handover === undefined ? [] : [handoverLine(words, step.handover, name)]),
    ...(standIns.length === 0 ? [] : [say`Can stand in: ${words.list(standIns)}`]),
  ];
}

function timeLine(words: Words, model: Model, pathway: Pathway, { takes }: Step): string[] {
  return takes === undefined ? [] : [words.say`Usually takes: ${lasting(words, model, pathway, takes)}`];
}

/** The mean of a time over the cohorts that enter, from the shortest to the longest; its text where none is known. */
function lasting(words: Words, model: Model, pathway: Pathway, time: Expression): string {
  const cohorts = model.cohorts.filter(({ id }) => pathway.cohorts.some(({ cohort }) => cohort === id));
  const attributes = cohorts.length === 0 ? [[]] : cohorts.map((cohort) => cohort.attributes);
  const means = attributes
    .map((known) => meanOfExpression(time, model, { attributes: known }).value)
    .filter((mean) => mean !== undefined)
    .sort((a, b) => a - b);
  const [shortest] = means;
  const longest = means.at(-1);
  if (shortest === undefined || longest === undefined) return expressionText(time);
  const [from, to] = [figure(words, shortest, DURATION_FIGURE), figure(words, longest, DURATION_FIGURE)];
  return from === to ? from : words.say`${from} to ${to}`;
}

function sinceOf(words: Words, model: Model, id: string): string {
  if (id === 'arrival') return words.say`arrival`;
  for (const pathway of model.pathways) {
    const step = stepsOf(pathway).find((placed) => placed.step.id === id)?.step;
    if (step !== undefined) return named(titleOf(step));
  }
  return id;
}

function handoverLine(words: Words, handover: NonNullable<Step['handover']>, name: (id: string) => string): string {
  const to = words.list(handover.to.map(name));
  if (handover.by.length === 0) return words.say`Hand over to ${to}`;
  return words.say`Hand over to ${to} (${handover.by.map((each) => channelText(words, each)).join(', ')})`;
}

/** Roles that a step would take instead: other alternatives of the same need, and whoever has the skill. */
function standInsFor(model: Model, role: Role, step: Step): readonly string[] {
  const needs = step.needs.filter((need) => need.of.some((target) => isMet(target, role)));
  const others = model.roles.filter(
    (each) => each.id !== role.id && needs.some((need) => need.of.some((target) => isMet(target, each))),
  );
  return others.map(({ id }) => id);
}

function targetName(words: Words, target: NeedTarget, name: (id: string) => string): string {
  if (target.kind === 'resource') return name(target.resource);
  return target.kind === 'role' ? name(target.role) : words.say`anyone with ${name(target.skill)}`;
}

function namesOf(model: Model): (id: string) => string {
  const all = [...model.organisations, ...model.roles, ...model.resources, ...model.skills];
  const titles = new Map(all.map((each) => [each.id, named(titleOf(each))] as const));
  return (id) => titles.get(id) ?? id;
}
