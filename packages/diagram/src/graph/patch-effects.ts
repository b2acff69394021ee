import type { Patch, ScarceTarget } from '@pathway/model';
import type { MapWords } from './map-words.js';

/** What a patch does to one element, in a few words. */
export interface PatchEffect {
  readonly of: string;
  readonly effect: string;
}

/** The elements that a patch changes, and how. */
export function patchEffects(patch: Patch, words: MapWords): readonly PatchEffect[] {
  const { name, duration, number, share } = words;
  const each = (ids: readonly string[], effect: string): PatchEffect[] => ids.map((of) => ({ of, effect }));
  const one = (of: string, effect: string): PatchEffect[] => [{ of, effect }];
  const later = (after: Parameters<MapWords['duration']>[0] | undefined): string =>
    after === undefined ? '' : ` after ${duration(after)}`;
  switch (patch.kind) {
    case 'replace':
      return one(patch.place, 'replaces');
    case 'insert':
      return one(patch.place, `adds ${patch.where}`);
    case 'remove':
      return one(patch.place, 'removes');
    case 'change':
      return one(
        patch.place,
        `${patch.relaxes ? 'relaxes' : 'changes'} ${Object.keys(patch.to).map(property).join(', ')}`,
      );
    case 'reroute':
      return one(patch.place, `sends ${patch.when === undefined ? '' : 'some '}on to ${name(patch.to)}`);
    case 'hold back':
      return one(patch.place, `holds back ${duration(patch.by)}`);
    case 'merge':
      return each(patch.of.map(idOf), 'shares');
    case 'ration':
      return one(idOf(patch.target), 'rations');
    case 'pause':
      return each(patch.cohorts, 'pauses');
    case 'cancel':
      return each(patch.cohorts, 'cancels');
    case 'start':
      return each(patch.cohorts, 'starts');
    case 'postpone':
      return one(patch.cohort, `postpones by ${duration(patch.by)}`);
    case 'divert':
      return one(patch.cohort, `diverts ${share(patch.share)}${patch.to === undefined ? '' : ` to ${name(patch.to)}`}`);
    case 'add':
      return one(patch.resource, `adds ${number(patch.amount)}${later(patch.after)}`);
    case 'call in':
      return one(patch.role, `calls in ${number(patch.amount)}${later(patch.after)}`);
    case 'convert':
      return [
        { of: patch.from, effect: `converts ${number(patch.amount)} to ${name(patch.to)}${later(patch.after)}` },
        { of: patch.to, effect: `gains ${number(patch.amount)}${later(patch.after)}` },
      ];
    case 'allow':
      return one(patch.as, `lets ${patch.who.kind === 'role' ? name(patch.who.role) : patch.who.person} stand in`);
    case 'team':
      return one(patch.resource, 'sets teams by level');
  }
}

function idOf(target: ScarceTarget): string {
  return target.kind === 'resource' ? target.resource : target.role;
}

/** A property as the language calls it. */
function property(key: string): string {
  const known: Readonly<Record<string, string>> = {
    dependsOn: 'depends on',
    fallbacks: 'workaround',
    organisation: 'place',
    takes: 'time',
    within: 'time target',
    costs: 'cost',
    waits: 'longest wait',
    fitsShift: 'shift fit',
    handedOver: 'handing over',
    freesFirst: 'freeing first',
    preempts: 'precedence',
  };
  return known[key] ?? key;
}
