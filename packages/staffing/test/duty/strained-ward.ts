import type { Model, Patch, Response, RosterCover, RosterDeclaration } from '@pathway/model';
import { group, model, ORIGIN, plain, role, shift } from '../model-builders.js';

const origin = ORIGIN;

/** A patch without its place in a text. */
export type Bare<E> = E extends Patch ? Omit<E, 'id' | 'origin'> : never;

export const WANTED: RosterCover = { amount: plain(2), role: 'Nurse', shifts: ['Early', 'Late'], origin };

/** A week from a Monday with a nurse and helpers, one where not said; a level calls for the response from Wednesday to Friday. */
export function ward(
  patches: readonly Bare<Patch>[],
  parts: Partial<RosterDeclaration> = {},
  helpers = 1,
): { readonly model: Model; readonly roster: RosterDeclaration } {
  const plan: Response = {
    id: 'Plan',
    name: 'Plan',
    title: 'Plan for strain',
    origin,
    activations: [{ kind: 'level', scale: 'Surge', level: 'crisis', only: false, origin }],
    patches: patches.map((patch, index): Patch => ({ id: `Plan.#${index + 1}`, origin, ...patch })),
    recovery: { after: [] },
    cards: [],
  };
  const roster: RosterDeclaration = {
    id: 'Ward',
    name: 'Ward',
    origin,
    from: '2027-01-04',
    days: 7,
    groups: ['Nurse group', 'Helper group'],
    ruleSets: [],
    cover: [WANTED],
    needs: [],
    entries: [],
    pairs: [],
    changes: [],
    levels: [{ scale: 'Surge', level: 'crisis', since: '2027-01-06', until: '2027-01-08', origin }],
    ...parts,
  };
  const works = { shifts: ['Early', 'Late'], contract: plain(1) };
  return {
    roster,
    model: model({
      shifts: [shift('Early', 7, 15), shift('Late', 14, 22)],
      roles: [role('Nurse'), role('Helper')],
      staff: [group('Nurse', 1, works), group('Helper', helpers, works)],
      rosters: [roster],
      scales: [{ id: 'Surge', name: 'Surge', origin, levels: ['usual', 'crisis'].map((name) => ({ name, origin })) }],
      responses: [plan],
    }),
  };
}
