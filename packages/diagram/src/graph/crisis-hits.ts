import {
  type ArrivalChange,
  type Crisis,
  type CrisisMoment,
  type Effect,
  formatClock,
  type Span,
} from '@pathway/model';
import type { MapWords } from './map-words.js';
import type { PatchEffect } from './patch-effects.js';

/** When a crisis is, and which alerts it brings. */
export function crisisNotes({ span, effects }: Crisis, words: MapWords): readonly string[] {
  const when = spanText(span, words);
  const alerts = effects.flatMap((effect) => (effect.kind === 'alert' ? [words.name(effect.trigger)] : []));
  return [...(when === '' ? [] : [when]), ...(alerts.length === 0 ? [] : [`alert for ${alerts.join(', ')}`])];
}

/** The elements that an effect hits, and how. */
export function crisisHits(effect: Effect, words: MapWords): readonly PatchEffect[] {
  const when = spanText(effect.span, words);
  return hitsOf(effect, words).map(({ of, effect: text }) => ({ of, effect: when === '' ? text : `${text} ${when}` }));
}

function hitsOf(effect: Effect, words: MapWords): readonly PatchEffect[] {
  const { name, number, share } = words;
  switch (effect.kind) {
    case 'arrivals':
      return effect.cohorts.map((of) => ({ of, effect: arrivalText(effect.change, words) }));
    case 'diversion': {
      const to = effect.to === undefined ? 'away' : `to ${name(effect.to)}`;
      return [{ of: effect.cohort, effect: `${share(effect.share)} ${to}` }];
    }
    case 'absence': {
      const at = effect.organisation === undefined ? '' : ` at ${name(effect.organisation)}`;
      return [{ of: effect.role, effect: `${share(effect.share)} absent${at}` }];
    }
    case 'loss': {
      const { amount, share: part } = effect;
      const lost = amount !== undefined ? `${number(amount)} ` : part !== undefined ? `${share(part)} ` : '';
      return [{ of: effect.resource, effect: `${lost}lost` }];
    }
    case 'closure':
      return effect.organisations.map((of) => ({ of, effect: 'closed' }));
    case 'slowdown':
      return effect.places.map((place) => ({
        of: place.kind === 'step' ? place.step : place.kind === 'pathway' ? place.pathway : place.organisation,
        effect: `${share(effect.share)} slower`,
      }));
    case 'supply cut':
      return [
        {
          of: effect.stock,
          effect: effect.share === undefined ? 'no deliveries' : `deliveries −${share(effect.share)}`,
        },
      ];
    case 'alert':
      return [];
  }
}

function arrivalText(change: ArrivalChange, words: MapWords): string {
  switch (change.kind) {
    case 'share':
      return `${signed(words.share(change.share))} arrive`;
    case 'rate':
      return `${signed(words.number(change.rate))} arrive`;
    case 'people':
      return `${signed(words.number(change.people))} people`;
    case 'curve':
      return change.curve.kind === 'table' || change.curve.kind === 'logistic'
        ? 'epidemic curve'
        : `epidemic (${change.curve.kind.toUpperCase()})`;
  }
}

function signed(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
}

function spanText(span: Span | undefined, words: MapWords): string {
  if (span === undefined) return '';
  const { begin, lasting, end } = span;
  const open = lasting === undefined && end === undefined;
  return [
    begin === undefined ? '' : `${open ? 'at' : 'from'} ${momentText(begin, words)}`,
    lasting === undefined ? '' : `for ${words.duration(lasting)}`,
    end === undefined ? '' : `until ${momentText(end, words)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function momentText(moment: CrisisMoment, words: MapWords): string {
  const day = moment.kind === 'day' ? `day ${words.number(moment.day)}` : moment.date;
  return moment.at === undefined ? day : `${day} ${formatClock(moment.at)}`;
}
