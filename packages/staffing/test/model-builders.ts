import type { Expression, Model, Origin, Role, Shift, StaffGroup } from '@pathway/model';
import { emptyModel, NUMBER } from '@pathway/model';

export const ORIGIN: Origin = { file: 'test.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };

export function plain(value: number): Expression {
  return { kind: 'number', value, dimension: NUMBER };
}

export function role(id: string, skills: Role['skills'] = []): Role {
  return { id, name: id, origin: ORIGIN, codes: {}, skills };
}

/** People of a role at the hospital, 40 hours a week each. */
export function group(roleId: string, headcount: number, more: Partial<StaffGroup> = {}): StaffGroup {
  return {
    id: `${roleId} group`,
    name: roleId,
    origin: ORIGIN,
    role: roleId,
    organisation: 'Hospital',
    headcount: plain(headcount),
    people: [],
    contract: plain(40 / 168),
    shifts: [],
    leave: [],
    supportShares: [],
    ...more,
  };
}

/** A shift between two clock hours. */
export function shift(id: string, from: number, to: number): Shift {
  return { id, name: id, origin: ORIGIN, from: from * 60, to: to * 60 };
}

export function model(more: Partial<Model>): Model {
  return emptyModel({
    sourceHash: 'hash',
    title: 'Test',
    organisations: [{ id: 'Hospital', name: 'Hospital', origin: ORIGIN, contact: {} }],
    ...more,
  });
}
