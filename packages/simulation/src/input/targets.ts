import { type Model, type Person, type ResponseMeasure, type StaffGroup, titleOf } from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { Supply } from './supply.js';
import type { InputTarget } from './types.js';

/** Staff groups of a role at an organisation; where there is none, all groups of the role. */
export function groupsOfRole(model: Model, role: string, organisation: string | undefined): readonly StaffGroup[] {
  const all = model.staff.filter((group) => group.role === role);
  const here = all.filter((group) => group.organisation === organisation);
  return organisation !== undefined && here.length > 0 ? here : all;
}

/** Those who may stand in for the members of a target, and who supervises them. */
export interface StandIns {
  readonly patch: Extract<ResponseMeasure, { kind: 'allow' }>;
  /** Where the work is, whose people come first. */
  readonly organisation?: string;
  readonly pools: readonly number[];
  readonly supervisors: readonly number[];
  /** Whether those who supervise are members themselves. */
  readonly leads: boolean;
}

/** Makes targets once each, from what needs name. */
export class TargetTable {
  readonly targets: InputTarget[] = [];
  /** By the numbers that targets name. */
  readonly standIns: StandIns[] = [];
  readonly notes: string[] = [];
  readonly #byKey = new Map<string, number>();

  constructor(
    readonly model: Model,
    readonly supply: Supply,
    readonly allowed: readonly StandIns['patch'][] = [],
  ) {}

  resource(id: string): number {
    return this.#once(`resource ${id}`, () => ({
      name: this.#titleOfResource(id),
      members: (this.supply.members.get(id) ?? []).map(({ pool }) => ({ pool, rank: 0 })),
    }));
  }

  stock(id: string): number {
    return this.#once(`stock ${id}`, () => {
      const stock = this.model.stocks.find((each) => each.id === id);
      if (stock === undefined) throw new SimulationError(`There is no stock ${id}.`);
      return {
        name: titleOf(stock),
        members: (this.supply.members.get(id) ?? []).map(({ pool }) => ({ pool, rank: 0 })),
      };
    });
  }

  /** Whoever has a role at an organisation, or anywhere where nobody has it there, and those who may stand in. */
  role(role: string, organisation: string | undefined): number {
    const groups = groupsOfRole(this.model, role, organisation);
    const title = this.model.roles.find((each) => each.id === role);
    return this.#once(`role ${role} of ${groups.map((group) => group.id).join(' ')}`, () => {
      const name = title === undefined ? role : titleOf(title);
      const members = this.#poolsOf(groups);
      const standIns = this.allowed.flatMap((patch) =>
        patch.as === role ? [this.standIns.push(this.#standIns(patch, members, organisation)) - 1] : [],
      );
      if (groups.length === 0 && standIns.length === 0) {
        this.notes.push(`Nobody has the role ${name}: whoever needs it waits for ever.`);
      }
      return {
        name,
        members: members.map((pool) => ({ pool, rank: 0 })),
        ...(standIns.length > 0 && { standIns }),
      };
    });
  }

  #standIns(patch: StandIns['patch'], members: readonly number[], organisation: string | undefined): StandIns {
    const { who, supervision } = patch;
    const people =
      who.kind === 'role'
        ? this.#poolsOf(groupsOfRole(this.model, who.role, organisation))
        : this.model.staff.flatMap((group) =>
            this.#membersOf(group).flatMap(({ pool, person }) => (person?.id === who.person ? [pool] : [])),
          );
    if (people.length === 0) {
      const name = who.kind === 'role' ? `of ${who.role}` : `called ${who.person}`;
      this.notes.push(`Nobody ${name} is declared, who may stand in for ${patch.as}: nobody does.`);
    }
    const supervisors =
      supervision === undefined ? [] : this.#poolsOf(groupsOfRole(this.model, supervision.role, organisation));
    return {
      patch,
      ...(organisation !== undefined && { organisation }),
      pools: people.filter((pool) => !members.includes(pool)),
      supervisors,
      leads: supervisors.some((pool) => members.includes(pool)),
    };
  }

  #poolsOf(groups: readonly StaffGroup[]): number[] {
    return groups.flatMap((group) => this.#membersOf(group).map(({ pool }) => pool));
  }

  /** Everyone who has a skill, the least qualified first: by level of this skill, then by how many skills they have. */
  skill(skill: string, level: string | undefined, organisation: string | undefined): number {
    const declared = this.model.skills.find((each) => each.id === skill);
    const levels = declared?.levels ?? [];
    const least = level === undefined ? -1 : levels.indexOf(level);
    const found = this.model.staff.flatMap((group) => {
      const role = this.model.roles.find((each) => each.id === group.role);
      return this.#membersOf(group).flatMap(({ pool, person }) => {
        // Those of the role are among a person's own, unless they have ended.
        const skills = person?.skills ?? role?.skills ?? [];
        const heights = skills
          .filter((each) => each.skill === skill)
          .map((each) => (each.level === undefined ? levels.length - 1 : levels.indexOf(each.level)));
        const height = Math.max(...heights, -2);
        if (height < least || height === -2) return [];
        return [{ pool, group, order: [height, new Set(skills.map((each) => each.skill)).size] as const }];
      });
    });
    const here = found.filter(({ group }) => group.organisation === organisation);
    const members = organisation !== undefined && here.length > 0 ? here : found;
    const name = declared === undefined ? skill : titleOf(declared);
    const ranks = [...new Set(members.map(({ order }) => order[0] * 1000 + order[1]))].sort((a, b) => a - b);
    return this.#once(`skill ${skill} ${level ?? ''} of ${members.map(({ pool }) => pool).join(' ')}`, () => {
      if (members.length === 0) this.notes.push(`Nobody has the skill ${name}: whoever needs it waits for ever.`);
      return {
        name,
        members: members.map(({ pool, order }) => ({ pool, rank: ranks.indexOf(order[0] * 1000 + order[1]) })),
      };
    });
  }

  #membersOf(group: StaffGroup): readonly { readonly pool: number; readonly person?: Person }[] {
    return this.supply.members.get(group.id) ?? [];
  }

  #titleOfResource(id: string): string {
    const resource = this.model.resources.find((each) => each.id === id);
    if (resource === undefined) throw new SimulationError(`There is no resource ${id}.`);
    return titleOf(resource);
  }

  #once(key: string, make: () => InputTarget): number {
    let place = this.#byKey.get(key);
    if (place === undefined) {
      place = this.targets.push(make()) - 1;
      this.#byKey.set(key, place);
    }
    return place;
  }
}
