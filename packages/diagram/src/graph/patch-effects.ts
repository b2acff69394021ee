import type { Patch, ScarceTarget } from '@pathway/model';
import type { MapWords } from './map-words.js';

/** What a patch does to one element, in a few words. */
export interface PatchEffect {
  readonly of: string;
  readonly effect: string;
}

/** The elements that a patch changes, and how. */
export function patchEffects(patch: Patch, words: MapWords): readonly PatchEffect[] {
  const { name, duration, number, share, say } = words;
  const each = (ids: readonly string[], effect: string): PatchEffect[] => ids.map((of) => ({ of, effect }));
  const one = (of: string, effect: string): PatchEffect[] => [{ of, effect }];
  const later = (text: string, after: Parameters<MapWords['duration']>[0] | undefined): string =>
    after === undefined ? text : say`${text} after ${duration(after)}`;
  switch (patch.kind) {
    case 'replace':
      return one(patch.place, say`replaces`);
    case 'insert':
      return one(patch.place, patch.where === 'before' ? say`adds before` : say`adds after`);
    case 'remove':
      return one(patch.place, say`removes`);
    case 'change':
      return one(
        patch.place,
        patch.relaxes ? say`relaxes ${properties(patch.to, words)}` : say`changes ${properties(patch.to, words)}`,
      );
    case 'reroute':
      return one(
        patch.place,
        patch.when === undefined ? say`sends on to ${name(patch.to)}` : say`sends some on to ${name(patch.to)}`,
      );
    case 'hold back':
      return one(patch.place, say`holds back ${duration(patch.by)}`);
    case 'merge':
      return each(patch.of.map(idOf), say`shares`);
    case 'ration':
      return one(idOf(patch.target), say`rations`);
    case 'pause':
      return each(patch.cohorts, say`pauses`);
    case 'cancel':
      return each(patch.cohorts, say`cancels`);
    case 'start':
      return each(patch.cohorts, say`starts`);
    case 'postpone':
      return one(patch.cohort, say`postpones by ${duration(patch.by)}`);
    case 'divert':
      return one(
        patch.cohort,
        patch.to === undefined
          ? say`diverts ${share(patch.share)}`
          : say`diverts ${share(patch.share)} to ${name(patch.to)}`,
      );
    case 'add':
      return one(patch.resource, later(say`adds ${number(patch.amount)}`, patch.after));
    case 'call in':
      return one(patch.role, later(say`calls in ${number(patch.amount)}`, patch.after));
    case 'convert':
      return [
        { of: patch.from, effect: later(say`converts ${number(patch.amount)} to ${name(patch.to)}`, patch.after) },
        { of: patch.to, effect: later(say`gains ${number(patch.amount)}`, patch.after) },
      ];
    case 'allow':
      return one(patch.as, say`lets ${patch.who.kind === 'role' ? name(patch.who.role) : patch.who.person} stand in`);
    case 'team':
      return one(patch.resource, say`sets teams by level`);
    case 'relax rules':
      return one(patch.ruleSet, say`relaxes ${name(patch.ruleSet)}`);
  }
}

function idOf(target: ScarceTarget): string {
  return target.kind === 'resource' ? target.resource : target.role;
}

type Changes = Extract<Patch, { readonly kind: 'change' }>['to'];

/** What a patch gives a place anew, as in `time, staff`. */
function properties(changes: Changes, { say }: MapWords): string {
  const called: Readonly<Record<keyof Changes, string>> = {
    organisation: say`place`,
    staff: say`staff`,
    things: say`things`,
    consumes: say`supplies used`,
    takes: say`time`,
    within: say`time target`,
    costs: say`cost`,
    priority: say`priority`,
    waits: say`longest wait`,
    handover: say`handover`,
    dependsOn: say`depends on`,
    fallbacks: say`workaround`,
    remote: say`remote`,
    interruption: say`interruption`,
    preempts: say`precedence`,
    fitsShift: say`shift fit`,
    handedOver: say`handing over`,
    freesFirst: say`freeing first`,
    moves: say`moving`,
  };
  const isProperty = (key: string): key is keyof Changes => Object.hasOwn(called, key);
  return Object.keys(changes)
    .map((key) => (isProperty(key) ? called[key] : key))
    .join(', ');
}
