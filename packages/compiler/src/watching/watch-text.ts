import type { AlertEffect, AlertRefusal, CapAlert } from '@pathway/interchange';
import {
  type Activation,
  byId,
  constantValue,
  type Declaration,
  type Expression,
  formatDuration,
  formatNumber,
  type LevelNow,
  type Model,
  readingText,
  titleOf,
  type Trigger,
  type WatchEvent,
} from '@pathway/model';

/** What is told of an event, in a line for people. */
export class WatchText {
  constructor(private readonly model: Model) {}

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

  levelPlace({ scale, organisation }: Pick<LevelNow, 'scale' | 'organisation'>): string {
    return organisation === undefined ? this.title(scale) : `${this.title(scale)} at ${this.title(organisation)}`;
  }

  trigger(event: Extract<WatchEvent, { kind: 'trigger' }>, local: (time: number) => string): string {
    const trigger = byId(this.model.triggers ?? [], event.trigger);
    const name = this.title(event.trigger);
    if (trigger === undefined) return name;
    const since = event.since < event.time ? ` since ${local(event.since)}` : '';
    const seen = this.#seen(event);
    if (trigger.fires.kind === 'alert' && event.phase === 'active')
      return `${name}: fires on ${event.alerts.length === 1 ? 'an alert' : `${event.alerts.length} alerts`}`;
    if (event.phase === 'pending')
      return `${name}: ${this.#condition(trigger)} holds, and fires it if it goes on ${this.#lasting(trigger)}${seen}`;
    if (event.phase === 'active') return `${name}: fires, ${this.#condition(trigger)} holds${since}${seen}`;
    if (event.before === 'pending') return `${name}: its condition does not hold any more${seen}`;
    const until =
      trigger.until === undefined ? '' : `, ${readingText(trigger.until, (id) => this.title(id))} holds${since}`;
    const over = trigger.fires.kind === 'alert' ? ', no alert is in force any more' : '';
    return `${name}: ends${over}${until}${seen}`;
  }

  #condition({ fires }: Trigger): string {
    return fires.kind === 'condition' ? readingText(fires.when, (id) => this.title(id)) : 'an alert';
  }

  #lasting({ fires }: Trigger): string {
    return fires.kind === 'condition' && fires.lasting !== undefined ? `for ${this.duration(fires.lasting)}` : '';
  }

  #seen({ values }: Extract<WatchEvent, { kind: 'trigger' }>): string {
    const shown = Object.entries(values).map(([key, value]) => `${this.#keyText(key)} is ${valueText(key, value)}`);
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
    return seconds === undefined ? '' : formatDuration(seconds);
  }

  gauge({ gauge, level, score }: Extract<WatchEvent, { kind: 'gauge' }>): string {
    const scale = byId(this.model.gauges ?? [], gauge)?.scale ?? '';
    const points = score === undefined ? '' : ` (${formatNumber(score)} ${score === 1 ? 'point' : 'points'})`;
    return `${this.title(gauge)}: ${this.levelTitle(scale, level)}${points}`;
  }

  level(event: LevelNow & { readonly before: string }): string {
    const because =
      event.because.length === 0 ? '' : `, because of ${event.because.map((id) => this.title(id)).join(' and ')}`;
    const now = this.levelTitle(event.scale, event.level);
    return `${this.levelPlace(event)} is ${now} (was ${this.levelTitle(event.scale, event.before)})${because}`;
  }

  activation(activation: Activation): string {
    switch (activation.kind) {
      case 'trigger':
        return this.title(activation.trigger);
      case 'gauge': {
        const scale = byId(this.model.gauges ?? [], activation.gauge)?.scale ?? '';
        return `${this.title(activation.gauge)} at ${this.levelTitle(scale, activation.level)}`;
      }
      case 'level':
        return `${this.levelPlace(activation)}: ${this.levelTitle(activation.scale, activation.level)}`;
    }
  }

  response({ response, phase, calledBy, isSpent }: Extract<WatchEvent, { kind: 'response' }>): string {
    const name = this.title(response);
    if (phase === 'active')
      return `${name}: in force, called for by ${calledBy.map((each) => this.activation(each)).join(' and ')}`;
    if (phase === 'recovering')
      return `${name}: nothing calls for it any more; it is still in force until it has recovered`;
    return isSpent ? `${name}: ends, its longest time is over` : `${name}: ends`;
  }

  alert(alert: CapAlert, { refusal, begins, ends, isEndless }: AlertEffect): string {
    const what = `${alert.msgType} ${alert.identifier} of ${alert.sender}${eventOf(alert) === '' ? '' : `, ${eventOf(alert)}`}`;
    const results = [
      ...begins.map(({ trigger }) => `fires ${this.title(trigger)}`),
      ...(ends.length === 0
        ? []
        : [`ends ${ends.length === 1 ? 'an earlier message' : `${ends.length} earlier messages`}`]),
      ...(isEndless ? ['never expires, so that only another message ends it'] : []),
    ];
    const why = refusal === undefined ? '' : ` does not count: ${this.refusal(alert, refusal)}`;
    const signature = alert.hasSignature ? ' (signed; the signature is not checked)' : '';
    const told = `${results.length === 0 ? '' : ` ${results.join('; ')}`}${results.length > 0 && why !== '' ? ';' : ''}${why}`;
    return `${what}${signature}:${told}`;
  }

  refusal(alert: CapAlert, refusal: AlertRefusal): string {
    switch (refusal.reason) {
      case 'status':
        return `its status is ${alert.status}`;
      case 'real in a drill':
        return 'it is REAL, and this is a drill; look at it now';
      case 'sender':
        return 'its sender is none of those that count here';
      case 'early':
        return 'it was sent later than now; it is looked at again then';
      case 'old':
        return 'it was sent too long ago';
      case 'repeated':
        return 'it has come before';
      case 'identifier':
        return 'its identifier was used before for something else';
      case 'no alert':
        return 'it answers another message and warns of nothing';
      case 'ended before':
        return 'another message ended it before it came';
      case 'outdated':
        return 'a later message about the same has come before';
      case 'expired':
        return 'it has expired';
      case 'ends nothing':
        return 'what it ends has not come, and will not count if it does';
      case 'of another sender':
        return 'it ends what another sender has sent';
      case 'no trigger': {
        const reasons = refusal.mismatches.map(({ trigger, because }) => `${this.title(trigger)} (${because})`);
        return reasons.length === 0 ? 'no trigger waits for alerts' : `it does not fit ${reasons.join(', ')}`;
      }
    }
  }
}

/** The event of an alert's first part. */
export function eventOf({ infos }: CapAlert): string {
  return infos[0]?.event ?? '';
}

const SHARES = /^(?:occupancy|absence)\(/;

function valueText(key: string, value: number): string {
  if (SHARES.test(key)) return `${formatNumber(value * 100, { digits: 3 })}%`;
  return key.startsWith('wait(') ? formatDuration(value) : formatNumber(value);
}
