import { mentionedIn } from '@pathway/model';
import type { Affected } from './difference.js';
import { type FlatElement, type FlatModel, ROOT, textOf } from './flatten.js';
import { mentionsOf, type Mentions } from './mentions.js';

/** Whom changes of one model's elements concern. */
export class Reach {
  private readonly mentions: Mentions;

  constructor(private readonly flat: FlatModel) {
    this.mentions = mentionsOf(flat);
  }

  /** Keys of declarations whom a change of an element, with what is inside it where `whole`, concerns. */
  of(element: FlatElement, whole: boolean): ReadonlySet<string> {
    const found = new Set<string>([element.top]);
    for (const each of whole ? this.withInside(element) : [element]) {
      for (const [property, value] of Object.entries(each.shell)) {
        if (property === 'id' || property === 'kind') continue;
        for (const text of mentionedIn(value, property)) this.addDirect(found, text);
      }
    }
    const top = this.flat.get(element.top);
    if (top === undefined || top.key === ROOT) return new Set();
    if (!EVIDENCE.has(top.kind)) this.addUsers(found, textOf(top.shell.id) ?? '');
    // Pathways ask for a role, never for the group of people that have it.
    if (top.kind === 'staff') this.addUsers(found, textOf(top.shell.role) ?? '');
    for (const key of [...found]) this.addPlace(found, key);
    return found;
  }

  /** Titles of those found, by what they are, in the order of the model. */
  describe(keys: ReadonlySet<string>): Affected {
    const titles = (kind: string): string[] =>
      [...this.flat.values()].filter((each) => each.kind === kind && keys.has(each.key)).map(titleOf);
    return {
      organisations: titles('organisation'),
      roles: titles('role'),
      sites: titles('territory'),
      pathways: titles('pathway'),
    };
  }

  /** Titles of the owners of the pathways among those found. */
  owners(keys: ReadonlySet<string>): string[] {
    const owners = new Set<string>();
    for (const each of this.flat.values()) {
      const owner = each.kind === 'pathway' && keys.has(each.key) ? textOf(each.shell.owner) : undefined;
      if (owner !== undefined) owners.add(owner);
    }
    return [...this.flat.values()]
      .filter(({ kind, shell }) => kind === 'organisation' && owners.has(textOf(shell.id) ?? ''))
      .map(titleOf);
  }

  private withInside(element: FlatElement): FlatElement[] {
    const inside = [...element.slots.values()].flat().map((key) => this.flat.get(key));
    return [element, ...inside.flatMap((each) => (each === undefined ? [] : this.withInside(each)))];
  }

  /** What an element names directly concerns it; pathways do so only where they are called. */
  private addDirect(found: Set<string>, id: string): void {
    const key = this.mentions.keys.get(id);
    const kind = this.flat.get(key ?? '?')?.kind;
    if (key !== undefined && (kind === 'organisation' || kind === 'role' || kind === 'resource')) found.add(key);
    if (kind === 'skill') this.addRolesWith(found, id);
    // A measure or setting names activities: it concerns their pathway.
    const pathway = this.mentions.keys.get(id.slice(0, Math.max(0, id.indexOf('.'))));
    if (pathway !== undefined && this.flat.get(pathway)?.kind === 'pathway') found.add(pathway);
  }

  private addRolesWith(found: Set<string>, skill: string): void {
    for (const user of this.mentions.usedBy.get(skill) ?? []) {
      const key = this.mentions.keys.get(user) ?? '?';
      if (this.flat.get(key)?.kind === 'role') found.add(key);
    }
  }

  /** Who uses a declaration, and who uses them: a skill concerns roles, and pathways that ask for these. */
  private addUsers(found: Set<string>, id: string): void {
    for (const user of this.mentions.usedBy.get(id) ?? []) {
      const key = this.mentions.keys.get(user);
      const element = this.flat.get(key ?? '?');
      if (key === undefined || element === undefined || found.has(key) || EVIDENCE.has(element.kind)) continue;
      if (element.kind === 'organisation' || element.kind === 'territory') continue;
      found.add(key);
      this.addUsers(found, user);
    }
  }

  private addPlace(found: Set<string>, key: string): void {
    const element = this.flat.get(key);
    if (element === undefined) return;
    for (const property of ['organisation', 'owner', 'territory', 'role']) {
      const at = this.mentions.keys.get(textOf(element.shell[property]) ?? '');
      if (at === undefined || found.has(at)) continue;
      found.add(at);
      this.addPlace(found, at);
    }
  }
}

/** What is asked of a model rather than a part of care: nobody is concerned because they are asked about. */
const EVIDENCE: ReadonlySet<string> = new Set(['source', 'indicator', 'expectation', 'scenario', 'study', 'approval']);

function titleOf({ shell }: FlatElement): string {
  return textOf(shell.title) ?? textOf(shell.name) ?? textOf(shell.id) ?? '';
}
