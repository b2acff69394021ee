import {
  type ActionCard as ResponseCard,
  type Activation,
  constantValue,
  type LevelReference,
  type Model,
  type Response,
  type Role,
  titleOf,
} from '@pathway/model';
import { DURATION_FIGURE, figure } from '../figures.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, list, paragraph } from './blocks.js';

/** One way of working of a role: what it is called, and what the role does then. */
export interface CardPart {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What a role does while a response is in force, a part for each response with a card for it, as they are declared. */
export function responseParts(words: Words, model: Model, role: Role): readonly CardPart[] {
  return (model.responses ?? []).flatMap((response) => {
    const cards = response.cards.filter((card) => card.role === role.id);
    if (cards.length === 0) return [];
    const blocks = cards.flatMap((card) => cardBlocks(words, model, card));
    return [{ title: named(titleOf(response)), blocks: [...calledFor(words, model, response), ...blocks] }];
  });
}

/** What calls for the response, in the words in which it is watched for. */
function calledFor(words: Words, model: Model, { activations }: Response): Block[] {
  if (activations.length === 0) return [];
  const causes = activations.map((each) => causeText(words, model, each));
  return [paragraph(words.say`In force on: ${causes.join('; ')}`)];
}

function causeText(words: Words, model: Model, activation: Activation): string {
  switch (activation.kind) {
    case 'trigger':
      return nameIn(model.triggers, activation.trigger);
    case 'gauge': {
      const gauge = model.gauges?.find(({ id }) => id === activation.gauge);
      const level = levelName(model, gauge?.scale ?? '', activation.level);
      return reached(words, nameIn(model.gauges, activation.gauge), level, activation.only);
    }
    case 'level':
      return reached(
        words,
        scaleText(model, activation),
        levelName(model, activation.scale, activation.level),
        activation.only,
      );
  }
}

function reached(words: Words, scale: string, level: string, only: boolean): string {
  return only ? words.say`${scale}: ${level} only` : words.say`${scale}: ${level} or higher`;
}

function cardBlocks(words: Words, model: Model, card: ResponseCard): Block[] {
  const { say } = words;
  const when = [
    ...(card.organisation === undefined ? [] : [say`Where: ${nameIn(model.organisations, card.organisation)}`]),
    ...(card.from === undefined
      ? []
      : [reached(words, scaleText(model, card.from), levelName(model, card.from.scale, card.from.level), false)]),
  ];
  const actions = card.actions.map(({ text, within }) => {
    const limit = within === undefined ? undefined : constantValue(within, model);
    return limit === undefined ? named(text) : say`${named(text)} (within ${figure(words, limit, DURATION_FIGURE)})`;
  });
  return [...when.map((line) => paragraph(line)), list(actions)];
}

function scaleText(model: Model, { scale, organisation }: Pick<LevelReference, 'scale' | 'organisation'>): string {
  const title = nameIn(model.scales, scale);
  return organisation === undefined ? title : `${title}, ${nameIn(model.organisations, organisation)}`;
}

function levelName(model: Model, scale: string, level: string): string {
  const declared = model.scales?.find(({ id }) => id === scale)?.levels.find(({ name }) => name === level);
  return named(declared?.title ?? level);
}

function nameIn(
  list: readonly { readonly id: string; readonly name: string; readonly title?: string }[] | undefined,
  id: string,
): string {
  const declared = list?.find((each) => each.id === id);
  return named(declared === undefined ? id : titleOf(declared));
}
