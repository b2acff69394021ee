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
  const { say } = words;
  const when = spanText(span, words);
  const alerts = effects.flatMap((effect) => (effect.kind === 'alert' ? [words.name(effect.trigger)] : []));
  return [...(when === '' ? [] : [when]), ...(alerts.length === 0 ? [] : [say`alert for ${alerts.join(', ')}`])];
}

/** The elements that an effect hits, and how. */
export function crisisHits(effect: Effect, words: MapWords): readonly PatchEffect[] {
  const when = spanText(effect.span, words);
  return hitsOf(effect, words).map(({ of, effect: text }) => ({ of, effect: when === '' ? text : `${text} ${when}` }));
}

function hitsOf(effect: Effect, words: MapWords): readonly PatchEffect[] {
  const { name, number, share, say } = words;
  switch (effect.kind) {
    case 'arrivals':
      return effect.cohorts.map((of) => ({ of, effect: arrivalText(effect.change, words) }));
    case 'diversion': {
      const sent = share(effect.share);
      return [
        {
          of: effect.cohort,
          effect: effect.to === undefined ? say`${sent} sent away` : say`${sent} sent to ${name(effect.to)}`,
        },
      ];
    }
    case 'absence': {
      const part = share(effect.share);
      const { organisation, role } = effect;
      return [
        {
          of: role,
          effect: organisation === undefined ? say`${part} absent` : say`${part} absent at ${name(organisation)}`,
        },
      ];
    }
    case 'loss': {
      const { amount, share: part } = effect;
      const lost = amount !== undefined ? number(amount) : part !== undefined ? share(part) : undefined;
      return [{ of: effect.resource, effect: lost === undefined ? say`lost` : say`${lost} lost` }];
    }
    case 'closure':
      return effect.organisations.map((of) => ({ of, effect: say`closed` }));
    case 'slowdown':
      return effect.places.map((place) => ({
        of: place.kind === 'step' ? place.step : place.kind === 'pathway' ? place.pathway : place.organisation,
        effect: say`${share(effect.share)} slower`,
      }));
    case 'supply cut':
      return [
        {
          of: effect.stock,
          effect: effect.share === undefined ? say`no deliveries` : say`deliveries −${share(effect.share)}`,
        },
      ];
    case 'alert':
      return [];
  }
}

function arrivalText(change: ArrivalChange, words: MapWords): string {
  const { say } = words;
  switch (change.kind) {
    case 'share':
      return say`${signed(words.share(change.share))} arrive`;
    case 'rate':
      return say`${signed(words.number(change.rate))} arrive`;
    case 'people':
      return say`${signed(words.number(change.people))} people`;
    case 'curve':
      return change.curve.kind === 'table' || change.curve.kind === 'logistic'
        ? say`epidemic curve`
        : say`epidemic (${change.curve.kind.toUpperCase()})`;
  }
}

function signed(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
}

function spanText(span: Span | undefined, words: MapWords): string {
  if (span === undefined) return '';
  const { say } = words;
  const begin = span.begin && momentText(span.begin, words);
  const lasting = span.lasting && words.duration(span.lasting);
  const end = span.end && momentText(span.end, words);
  if (begin === undefined) {
    if (lasting !== undefined) return say`for ${lasting}`;
    return end === undefined ? '' : say`up to ${end}`;
  }
  if (lasting !== undefined) return say`from ${begin} for ${lasting}`;
  return end === undefined ? say`on ${begin}` : say`from ${begin} to ${end}`;
}

function momentText(moment: CrisisMoment, words: MapWords): string {
  const day = moment.kind === 'day' ? words.say`day ${words.number(moment.day)}` : moment.date;
  return moment.at === undefined ? day : `${day} ${formatClock(moment.at)}`;
}
