import {
  byId,
  constantValue,
  type Effect,
  type Expression,
  expressionText,
  type Model,
  readingText,
  titleOf,
  walkActivities,
  type WatchEvent,
} from '@pathway/model';
import type { ScenarioResults } from '@pathway/simulation';
import { actionCards } from '../document/cards.js';
import { type Block, heading, list, paragraph, tableOf } from '../document/blocks.js';
import { DURATION_FIGURE, estimated, figure, percent, plain } from '../figures.js';
import { indicatorTitle, kindOf, singleFigures } from '../study-view.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import type { ExerciseScript, ScriptItem } from './script.js';

/** Who a document of an exercise is for: whoever leads it, or those who practise and must not know what comes. */
export type ExerciseReader = 'facilitator' | 'participants';

/** A part of the document, which the printed form begins on a page of its own. */
export interface ExercisePart {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The parts of an exercise. @param results of its scenario, where it was simulated */
export function exerciseParts(
  words: Words,
  model: Model,
  script: ExerciseScript,
  reader: ExerciseReader,
  results: ScenarioResults | undefined,
): readonly ExercisePart[] {
  const { say } = words;
  const text = new ScriptText(words, model);
  const mark: Block = { kind: 'warning', text: say`EXERCISE. Nothing of this is real.` };
  const part = (id: string, title: string, blocks: readonly Block[]): ExercisePart => ({
    id,
    title,
    blocks: [mark, ...blocks],
  });
  if (reader === 'participants') {
    const cards = actionCards(words, model).filter(({ role }) =>
      script.responses.some((each) => each.cards.some((card) => card.role === role)),
    );
    return [
      part('situation', say`How it goes`, [
        paragraph(
          say`The facilitator reads out what happens. Say what you see, decide, and write it down; nobody acts outside this room.`,
        ),
      ]),
      ...cards.map(({ role, title, parts }) =>
        part(
          `card-${role.replace(/[^\w-]/g, '-')}`,
          title,
          parts.flatMap((each) => [heading(3, each.title), ...each.blocks]),
        ),
      ),
      part('log', say`Log`, [
        tableOf(
          'llll',
          [say`Clock`, say`What happens`, say`What did we decide?`, say`Who does it?`],
          Array.from({ length: 12 }, () => ['', '', '', '']),
        ),
      ]),
    ];
  }
  return [
    part('script', say`Script`, [
      paragraph(
        say`Read out what happens at its time, as if it came by phone or on paper; compare what the group sees and does with what is expected.`,
      ),
      tableOf('lll', [say`Clock`, say`What happens`, say`What should be seen and done`], rowsOf(script, text)),
    ]),
    ...(script.open.length === 0
      ? []
      : [
          part('open', say`At your judgement`, [
            paragraph(say`These depend on what the group does. Say that they are so when it has not prevented them.`),
            list(script.open.map((id) => text.open(id))),
          ]),
        ]),
    part('figures', say`Expected figures`, figureBlocks(words, results)),
  ];
}

function rowsOf({ items, local }: ExerciseScript, text: ScriptText): readonly (readonly string[])[] {
  const instants = [...new Set(items.map(({ time }) => time))];
  return instants.map((time) => {
    const now = items.filter((item) => item.time === time);
    const happens = now.flatMap((item) => (item.kind === 'expected' ? [] : [text.happening(item)]));
    const expected = now.flatMap((item) => (item.kind === 'expected' ? text.expected(item.event) : []));
    return [local(time).replace('T', ' '), happens.join('; '), expected.join('; ')];
  });
}

function figureBlocks(words: Words, results: ScenarioResults | undefined): readonly Block[] {
  const { say } = words;
  if (results === undefined)
    return [paragraph(say`No figures were computed: ask for them, and the scenario is simulated.`)];
  const rows = singleFigures(results).map((each) => {
    const kind = kindOf(each);
    return [indicatorTitle(each), estimated(words, each.estimate, kind)];
  });
  return [
    paragraph(say`What the plan brings about in the simulation. Ask the group what it expects before you show it.`),
    tableOf('lr', [say`Indicator`, say`Mean (95 % interval)`], rows),
  ];
}

/** The script in words. */
class ScriptText {
  constructor(
    private readonly words: Words,
    private readonly model: Model,
  ) {}

  happening(item: Exclude<ScriptItem, { kind: 'expected' }>): string {
    const { say } = this.words;
    if (item.kind === 'signal') return say`${named(titleOf(item.signal))}: ${plain(this.words, item.value)}`;
    if (item.kind === 'effect') {
      const effect = this.#effect(item.effect);
      return item.phase === 'begins' ? effect : say`It is over: ${effect}`;
    }
    const title = named(titleOf(item.crisis));
    return item.phase === 'begins' ? say`${title} begins` : say`${title} ends`;
  }

  #effect(effect: Effect): string {
    const { say } = this.words;
    switch (effect.kind) {
      case 'arrivals':
        return say`${this.#names(effect.cohorts)}, arrivals: ${this.#change(effect)}`;
      case 'diversion':
        return say`${this.#share(effect.share)} of ${this.name(effect.cohort)} go elsewhere`;
      case 'absence':
        return say`${this.#share(effect.share)} of ${this.name(effect.role)} are absent`;
      case 'loss': {
        const amount =
          effect.share !== undefined
            ? this.#share(effect.share)
            : effect.amount === undefined
              ? undefined
              : this.#number(effect.amount);
        return amount === undefined
          ? say`${this.name(effect.resource)}: not available`
          : say`${this.name(effect.resource)}: ${amount} not available`;
      }
      case 'closure':
        return say`Closed: ${this.#names(effect.organisations)}`;
      case 'slowdown': {
        const places = effect.places.map((each) =>
          this.name(each.kind === 'step' ? each.step : each.kind === 'pathway' ? each.pathway : each.organisation),
        );
        return say`${this.words.list(places)}: takes ${this.#share(effect.share)} longer`;
      }
      case 'supply cut':
        return say`${this.name(effect.stock)}: deliveries fail (${effect.share === undefined ? this.#percent(1) : this.#share(effect.share)})`;
      case 'alert':
        return say`An alert comes: ${this.name(effect.trigger)}`;
    }
  }

  #change({ change }: Extract<Effect, { kind: 'arrivals' }>): string {
    switch (change.kind) {
      case 'share':
        return `+${this.#share(change.share)}`;
      case 'people':
        return `+${this.#number(change.people)}`;
      case 'rate':
        return `+${expressionText(change.rate)}`;
      case 'curve':
        return change.curve.kind.toUpperCase();
    }
  }

  expected(event: WatchEvent): readonly string[] {
    const { say } = this.words;
    switch (event.kind) {
      case 'trigger':
      case 'gauge':
        return [];
      case 'level': {
        const scale = byId(this.model.scales ?? [], event.scale);
        const level = scale?.levels.find(({ name }) => name === event.level)?.title ?? event.level;
        const place =
          event.organisation === undefined
            ? this.name(event.scale)
            : `${this.name(event.scale)}, ${this.name(event.organisation)}`;
        return [say`${place}: ${named(level)}`];
      }
      case 'response': {
        const title = this.name(event.response);
        if (event.phase === 'rest') return [say`${title} ends`];
        if (event.phase === 'recovering') return [];
        return [say`${title} begins`, ...this.#actions(event.response)];
      }
    }
  }

  #actions(response: string): readonly string[] {
    const { say } = this.words;
    const cards = byId(this.model.responses ?? [], response)?.cards ?? [];
    return cards.flatMap(({ role, actions }) =>
      actions.map(({ text, within }) => {
        const limit = within === undefined ? undefined : constantValue(within, this.model);
        const action =
          limit === undefined
            ? named(text)
            : say`${named(text)} (within ${figure(this.words, limit, DURATION_FIGURE)})`;
        return `${this.name(role)}: ${action}`;
      }),
    );
  }

  /** A trigger that nobody knows beforehand: its condition, and what is called by it. */
  open(id: string): string {
    const trigger = byId(this.model.triggers ?? [], id);
    if (trigger?.fires.kind !== 'condition') return this.name(id);
    const condition = readingText(trigger.fires.when, (each) => this.name(each));
    const called = (this.model.responses ?? []).filter(({ activations }) =>
      activations.some((each) =>
        each.kind === 'trigger'
          ? each.trigger === id
          : each.kind === 'level' &&
            each.scale === trigger.sets?.scale &&
            each.organisation === trigger.sets.organisation,
      ),
    );
    const then = called.length === 0 ? '' : ` → ${called.map((each) => named(titleOf(each))).join(', ')}`;
    return `${this.name(id)}: ${condition}${then}`;
  }

  name(id: string): string {
    const { model } = this;
    const lists = [
      model.cohorts,
      model.roles,
      model.resources,
      model.stocks,
      model.organisations,
      model.pathways,
      model.triggers ?? [],
      model.responses ?? [],
      model.scales ?? [],
      model.signals ?? [],
    ];
    for (const list of lists) {
      const found = list.find((each) => each.id === id);
      if (found !== undefined) return named(titleOf(found));
    }
    for (const pathway of model.pathways) {
      for (const { activity } of walkActivities(pathway.body))
        if (activity.id === id && 'name' in activity)
          return named(titleOf({ name: activity.name, title: 'title' in activity ? activity.title : undefined }));
    }
    return named(id);
  }

  #names(ids: readonly string[]): string {
    return this.words.list(ids.map((id) => this.name(id)));
  }

  #share(expression: Expression): string {
    const value = constantValue(expression, this.model);
    return value === undefined ? expressionText(expression) : this.#percent(value);
  }

  #percent(value: number): string {
    return percent(this.words, value);
  }

  #number(expression: Expression): string {
    const value = constantValue(expression, this.model);
    return value === undefined ? expressionText(expression) : plain(this.words, value, 0);
  }
}
