import type { AlertBook, CapAlert } from '@pathway/interchange';
import {
  byId,
  constantValue,
  type LocalClock,
  type Model,
  titleOf,
  type Watcher,
  type WatchEvent,
} from '@pathway/model';
import type { Words } from '@pathway/report';
import type { Told, WatchRecord } from './watch-record.js';
import { eventOf, WatchText } from './watch-text.js';

/** Puts what a watch finds into records, with the words that people read. */
export class WatchTelling {
  readonly #model: Model;
  readonly #watcher: Watcher;
  readonly #clock: LocalClock;
  readonly #words: Words;
  readonly #text: WatchText;

  constructor(model: Model, watcher: Watcher, clock: LocalClock, words: Words) {
    this.#model = model;
    this.#watcher = watcher;
    this.#clock = clock;
    this.#words = words;
    this.#text = new WatchText(model, words);
  }

  /** What becomes of a message. */
  alert(file: string, alert: CapAlert, effect: ReturnType<AlertBook['take']>): Told {
    return {
      kind: 'alert',
      file,
      id: effect.id,
      status: alert.status,
      messageType: alert.msgType,
      event: eventOf(alert),
      counts: effect.refusal === undefined,
      ...(effect.refusal !== undefined && { reason: effect.refusal.reason }),
      begins: effect.begins.map(({ trigger }) => trigger),
      ends: [...effect.ends],
      signed: alert.hasSignature,
      text: this.#text.alert(alert, effect),
    };
  }

  /** What happened, as it is told. */
  event(event: WatchEvent): Told {
    const clock = this.#clock;
    switch (event.kind) {
      case 'trigger': {
        const { kind, trigger, phase, before, since, values, alerts } = event;
        const text = this.#text.trigger(event, (time) => clock.text(time).replace('T', ' '));
        return { kind, trigger, phase, before, since: utc(since), values, alerts: [...alerts], text };
      }
      case 'gauge': {
        const { kind, gauge, level, before, score } = event;
        return { kind, gauge, level, before, ...(score !== undefined && { score }), text: this.#text.gauge(event) };
      }
      case 'level': {
        const { kind, scale, organisation, level, before, because } = event;
        const place = { scale, ...(organisation !== undefined && { organisation }) };
        return {
          kind,
          ...place,
          title: this.#text.levelPlace(place),
          level,
          levelTitle: this.#text.levelTitle(scale, level),
          before,
          because: [...because],
          text: this.#text.level(event),
        };
      }
      case 'response': {
        const { kind, response, phase, calledBy } = event;
        const because = calledBy.map((each) => this.#text.activation(each));
        const cards = phase === 'active' ? this.#cards(response) : [];
        return { kind, response, phase, because, cards, text: this.#text.response(event) };
      }
    }
  }

  /** What each role does now: cards without a level, and those whose level has been reached. */
  #cards(id: string): Extract<WatchRecord, { kind: 'response' }>['cards'] {
    const levels = this.#watcher.levels();
    const cards = byId(this.#model.responses ?? [], id)?.cards ?? [];
    return cards
      .filter(
        ({ from }) =>
          from === undefined ||
          levels.some(
            (level) =>
              level.scale === from.scale &&
              level.organisation === from.organisation &&
              isAtLeast(this.#model, level.level, from),
          ),
      )
      .map(({ role, organisation, actions }) => ({
        role: this.#text.title(role),
        ...(organisation !== undefined && { organisation: this.#text.title(organisation) }),
        actions: actions.map(({ text, within }) => {
          const seconds = within === undefined ? undefined : constantValue(within, this.#model);
          return { do: text, ...(seconds !== undefined && { within: seconds }) };
        }),
      }));
  }

  /** Levels, triggers and responses as they are now. */
  situation(): Told {
    const { triggers: states, responses: inForce } = this.#watcher.state;
    const levels = this.#watcher.levels().map(({ scale, organisation, level, because }) => ({
      scale,
      ...(organisation !== undefined && { organisation }),
      title: this.#text.levelPlace({ scale, ...(organisation !== undefined && { organisation }) }),
      level,
      levelTitle: this.#text.levelTitle(scale, level),
      because: [...because],
    }));
    const named = (phase: string): { id: string; title: string }[] =>
      (this.#model.triggers ?? [])
        .filter(({ id }) => states[id]?.phase === phase)
        .map((each) => ({ id: each.id, title: titleOf(each) }));
    const responses = (this.#model.responses ?? []).flatMap((each) => {
      const state = inForce[each.id];
      if (state === undefined || state.phase === 'rest') return [];
      return [{ id: each.id, title: titleOf(each), since: utc(state.since ?? 0), phase: state.phase }];
    });
    const text =
      responses.length === 0
        ? this.#words.say`No response is in force.`
        : this.#words.say`In force: ${responses.map(({ title }) => title).join(', ')}.`;
    return { kind: 'situation', levels, triggers: named('active'), pending: named('pending'), responses, text };
  }
}

function isAtLeast(
  model: Model,
  level: string,
  { scale, level: wanted }: { readonly scale: string; readonly level: string },
): boolean {
  const names = (byId(model.scales ?? [], scale)?.levels ?? []).map(({ name }) => name);
  return names.indexOf(level) >= names.indexOf(wanted);
}

/** Unix seconds as a time in UTC, ISO 8601. */
export function utc(time: number): string {
  return new Date(time * 1000).toISOString().replace(/\.000Z$/, 'Z');
}
