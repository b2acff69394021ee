import type { AlertEffect, AlertRefusal, CapAlert } from '@pathway/interchange';
import {
  type Activation,
  byId,
  constantValue,
  type Declaration,
  type Expression,
  formatNumber,
  type LevelNow,
  type Model,
  readingText,
  sayDuration,
  titleOf,
  type Trigger,
  type WatchEvent,
} from '@pathway/model';
import type { Words } from '@pathway/report';

/** What is told of an event, in a line for people in the words of a language; titles are those of the model. */
export class WatchText {
  constructor(
    private readonly model: Model,
    private readonly words: Words,
  ) {}

  /** The title of whatever has the id, else the id. */
  title(id: string): string {
    const { triggers = [], gauges = [], responses = [], scales = [], signals = [] } = this.model;
    const { organisations, roles, resources, stocks, cohorts } = this.model;
    const lists: readonly (readonly Declaration[])[] = [
      triggers,
      gauges,
      responses,
      scales,
      signals,
      organisations,
      roles,
      resources,
      stocks,
      cohorts,
    ];
    for (const list of lists) {
      const found = byId(list, id);
      if (found !== undefined) return titleOf(found);
    }
    return id;
  }

  levelTitle(scale: string, level: string): string {
    return byId(this.model.scales ?? [], scale)?.levels.find(({ name }) => name === level)?.title ?? level;
  }

  /** A scale, and the organisation where the level is that of one. */
  levelPlace({ scale, organisation }: Pick<LevelNow, 'scale' | 'organisation'>): string {
    const { say } = this.words;
    return organisation === undefined ? this.title(scale) : say`${this.title(scale)} at ${this.title(organisation)}`;
  }

  trigger(event: Extract<WatchEvent, { kind: 'trigger' }>, local: (time: number) => string): string {
    const { say } = this.words;
    const trigger = byId(this.model.triggers ?? [], event.trigger);
    const name = this.title(event.trigger);
    if (trigger === undefined) return name;
    const isAlert = trigger.fires.kind === 'alert';
    const since = event.since < event.time ? local(event.since) : undefined;
    const holds = (condition: string): string =>
      since === undefined ? say`${condition} holds` : say`${condition} holds since ${since}`;
    const seen = this.#seen(event);
    if (isAlert && event.phase === 'active') return say`${name}: fires on ${event.alerts.length} alerts`;
    if (event.phase === 'pending') return `${name}: ${this.#pending(trigger)}${seen}`;
    if (event.phase === 'active') return `${name}: ${say`fires`}, ${holds(this.#condition(trigger))}${seen}`;
    if (event.before === 'pending') return `${name}: ${say`its condition does not hold any more`}${seen}`;
    const because = [
      ...(isAlert ? [say`no alert is in force any more`] : []),
      ...(trigger.until === undefined ? [] : [holds(this.#reading(trigger.until))]),
    ];
    return `${name}: ${[say`ends`, ...because].join(', ')}${seen}`;
  }

  #pending(trigger: Trigger): string {
    const { say } = this.words;
    const { fires } = trigger;
    const condition = this.#condition(trigger);
    return fires.kind === 'condition' && fires.lasting !== undefined
      ? say`${condition} holds, and fires it if it goes on for ${this.duration(fires.lasting)}`
      : say`${condition} holds, and fires it if it goes on`;
  }

  #condition({ fires }: Trigger): string {
    return fires.kind === 'condition' ? this.#reading(fires.when) : this.words.say`an alert`;
  }

  #reading(reading: Parameters<typeof readingText>[0]): string {
    return readingText(reading, (id) => this.title(id));
  }

  #seen({ values }: Extract<WatchEvent, { kind: 'trigger' }>): string {
    const { say } = this.words;
    const shown = Object.entries(values).map(
      ([key, value]) => say`${this.#keyText(key)} is ${valueText(this.words, key, value)}`,
    );
    return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
  }

  /** A key as the language writes it. */
  #keyText(key: string): string {
    const { signals = [] } = this.model;
    const signal = byId(signals, key);
    if (signal !== undefined) return titleOf(signal);
    return key.replace(/\(([^,)]+)/, (_, id: string) => `(${this.title(id)}`);
  }

  duration(expression: Expression): string {
    const seconds = constantValue(expression, this.model);
    return seconds === undefined ? '' : sayDuration(this.words, seconds);
  }

  gauge({ gauge, level, score }: Extract<WatchEvent, { kind: 'gauge' }>): string {
    const scale = byId(this.model.gauges ?? [], gauge)?.scale ?? '';
    const points = score === undefined ? '' : ` (${this.words.say`${score} points`})`;
    return `${this.title(gauge)}: ${this.levelTitle(scale, level)}${points}`;
  }

  level(event: LevelNow & { readonly before: string }): string {
    const { say, list } = this.words;
    const place = this.levelPlace(event);
    const now = this.levelTitle(event.scale, event.level);
    const before = this.levelTitle(event.scale, event.before);
    if (event.because.length === 0) return say`${place} is ${now} (was ${before})`;
    return say`${place} is ${now} (was ${before}), because of ${list(event.because.map((id) => this.title(id)))}`;
  }

  activation(activation: Activation): string {
    switch (activation.kind) {
      case 'trigger':
        return this.title(activation.trigger);
      case 'gauge': {
        const scale = byId(this.model.gauges ?? [], activation.gauge)?.scale ?? '';
        return `${this.title(activation.gauge)}: ${this.levelTitle(scale, activation.level)}`;
      }
      case 'level':
        return `${this.levelPlace(activation)}: ${this.levelTitle(activation.scale, activation.level)}`;
    }
  }

  response({ response, phase, calledBy, isSpent }: Extract<WatchEvent, { kind: 'response' }>): string {
    const { say, list } = this.words;
    const name = this.title(response);
    if (phase === 'active')
      return say`${name}: in force, called for by ${list(calledBy.map((each) => this.activation(each)))}`;
    if (phase === 'recovering')
      return say`${name}: nothing calls for it any more; it is still in force until it has recovered`;
    return `${name}: ${isSpent ? `${say`ends`}, ${say`its longest time is over`}` : say`ends`}`;
  }

  alert(alert: CapAlert, { refusal, begins, ends, isEndless }: AlertEffect): string {
    const { say } = this.words;
    const event = eventOf(alert);
    const sent = say`${alert.msgType} ${alert.identifier} of ${alert.sender}`;
    const what = event === '' ? sent : `${sent}, ${event}`;
    const told = [
      ...begins.map(({ trigger }) => say`fires ${this.title(trigger)}`),
      ...(ends.length === 0 ? [] : [say`ends ${ends.length} earlier messages`]),
      ...(isEndless ? [say`never expires, so that only another message ends it`] : []),
      ...(refusal === undefined ? [] : [say`does not count: ${this.refusal(alert, refusal)}`]),
    ];
    const signature = alert.hasSignature ? ` (${say`signed; the signature is not checked`})` : '';
    return `${what}${signature}:${told.length === 0 ? '' : ` ${told.join('; ')}`}`;
  }

  refusal(alert: CapAlert, refusal: AlertRefusal): string {
    const { say } = this.words;
    switch (refusal.reason) {
      case 'status':
        return say`its status is ${alert.status}`;
      case 'real in a drill':
        return say`it is REAL, and this is a drill; look at it now`;
      case 'sender':
        return say`its sender is none of those that count here`;
      case 'early':
        return say`it was sent later than now; it is looked at again then`;
      case 'old':
        return say`it was sent too long ago`;
      case 'repeated':
        return say`it has come before`;
      case 'identifier':
        return say`its identifier was used before for something else`;
      case 'no alert':
        return say`it answers another message and warns of nothing`;
      case 'ended before':
        return say`another message ended it before it came`;
      case 'outdated':
        return say`a later message about the same has come before`;
      case 'expired':
        return say`it has expired`;
      case 'ends nothing':
        return say`what it ends has not come, and will not count if it does`;
      case 'of another sender':
        return say`it ends what another sender has sent`;
      case 'no trigger': {
        const reasons = refusal.mismatches.map(
          ({ trigger, because }) => `${this.title(trigger)} (${mismatchText(this.words, because)})`,
        );
        return reasons.length === 0 ? say`no trigger waits for alerts` : say`it does not fit ${reasons.join(', ')}`;
      }
    }
  }
}

type Mismatch = Extract<AlertRefusal, { reason: 'no trigger' }>['mismatches'][number]['because'];

/** What of an alert does not fit, by the elements of the Common Alerting Protocol. */
function mismatchText({ say }: Words, because: Mismatch): string {
  switch (because) {
    case 'type':
      return say`type`;
    case 'category':
      return say`category`;
    case 'event':
      return say`event`;
    case 'severity':
      return say`severity`;
    case 'urgency':
      return say`urgency`;
    case 'certainty':
      return say`certainty`;
    case 'area':
      return say`area`;
  }
}

/** The event of an alert's first part. */
export function eventOf({ infos }: CapAlert): string {
  return infos[0]?.event ?? '';
}

const SHARES = /^(?:occupancy|absence)\(/;

function valueText(words: Words, key: string, value: number): string {
  if (SHARES.test(key)) return `${words.digits(formatNumber(value * 100, { digits: 3 }))}%`;
  return key.startsWith('wait(') ? sayDuration(words, value) : words.digits(formatNumber(value));
}
