import { assign } from './assignment.js';
import { type FlatElement, type FlatModel, ROOT, textOf } from './flatten.js';
import { mentionsOf } from './mentions.js';
import { levelKey, sameMeaning, saysNothing } from './same-meaning.js';

/** Which element of the later model is which of the earlier one, by keys, both ways; and the ids that changed. */
export interface Matching {
  readonly after: ReadonlyMap<string, string>;
  readonly before: ReadonlyMap<string, string>;
  readonly renames: ReadonlyMap<string, string>;
}

const RENAMED = 0.7;
const ALIKE = 0.45;
const MOVED_ALIKE = 0.85;

/**
 * Finds each element again. First by name within the same declaration; then what was renamed, by structure and content;
 * then what has no name, by its container and content. Elements are only ever paired with their own kind.
 */
export function match(before: FlatModel, after: FlatModel): Matching {
  return new Matcher(before, after).run();
}

class Matcher {
  private readonly to = new Map<string, string>();
  private readonly from = new Map<string, string>();
  private readonly renames = new Map<string, string>();
  private readonly usesBefore: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly usesAfter: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(
    private readonly before: FlatModel,
    private readonly after: FlatModel,
  ) {
    this.usesBefore = mentionsOf(before).usedBy;
    this.usesAfter = mentionsOf(after).usedBy;
  }

  run(): Matching {
    this.pair(ROOT, ROOT);
    this.matchDeclarations();
    this.matchNamedInside();
    this.matchContents();
    return { after: this.to, before: this.from, renames: this.renames };
  }

  private pair(a: string, b: string): void {
    this.to.set(a, b);
    this.from.set(b, a);
    const [before, after] = [this.idOf(this.before.get(a)), this.idOf(this.after.get(b))];
    if (before !== undefined && after !== undefined && before !== after) this.renames.set(before, after);
    const [own, other] = [this.before.get(a), this.after.get(b)];
    if (own?.kind !== 'level' || own.local === undefined || other?.local === undefined) return;
    if (own.local !== other.local) this.renames.set(levelKey(own.local), other.local);
  }

  private idOf(element: FlatElement | undefined): string | undefined {
    return textOf(element?.shell.id);
  }

  private left(flat: FlatModel, taken: ReadonlyMap<string, string>): FlatElement[] {
    return [...flat.values()].filter(({ key }) => !taken.has(key));
  }

  private matchDeclarations(): void {
    for (const element of this.before.values()) {
      if (element.parent !== ROOT || element.local === undefined) continue;
      const same = this.after.get(element.key);
      if (same?.kind === element.kind) this.pair(element.key, same.key);
    }
    const isNamed = ({ parent, local }: FlatElement): boolean => parent === ROOT && local !== undefined;
    this.matchAlike(this.left(this.before, this.to).filter(isNamed), this.left(this.after, this.from).filter(isNamed), {
      least: RENAMED,
      named: true,
    });
  }

  /** Activities and people, whose names count within their declaration, wherever they stand in it. */
  private matchNamedInside(): void {
    const isNamed = ({ parent, local, shell }: FlatElement): boolean =>
      parent !== ROOT && local !== undefined && shell.id !== undefined;
    const place = ({ kind, local }: FlatElement, top: string | undefined): string => JSON.stringify([top, kind, local]);
    const byPlace = new Map(
      this.left(this.after, this.from)
        .filter(isNamed)
        .map((each) => [place(each, each.top), each]),
    );
    for (const element of this.left(this.before, this.to).filter(isNamed)) {
      const found = byPlace.get(place(element, this.to.get(element.top)));
      if (found !== undefined && !this.from.has(found.key)) this.pair(element.key, found.key);
    }
    const before = this.left(this.before, this.to).filter(isNamed);
    const after = this.left(this.after, this.from).filter(isNamed);
    const inSameDeclaration = ({ top }: FlatElement, other: FlatElement): boolean => this.to.get(top) === other.top;
    this.matchAlike(before, after, { least: RENAMED, named: true, where: inSameDeclaration });
    // Moved to another declaration: the name stays.
    this.matchAlike(before, after, { least: ALIKE, named: true, where: (a, b) => a.local === b.local });
  }

  /** Everything else is found among the contents of what was found, from the outside to the inside. */
  private matchContents(): void {
    const isUnnamed = ({ local, key }: FlatElement): boolean => local === undefined && key !== ROOT;
    for (const element of this.before.values()) {
      const other = this.after.get(this.to.get(element.key) ?? '?');
      if (other === undefined) continue;
      for (const [slot, children] of element.slots) {
        const own = children.flatMap((key) => this.before.get(key) ?? []).filter(({ key }) => !this.to.has(key));
        const others = (other.slots.get(slot) ?? []).flatMap((key) => this.after.get(key) ?? []);
        const free = others.filter(({ key }) => !this.from.has(key));
        this.matchByName(own, free);
        const hasName = ({ local, shell }: FlatElement): boolean => local !== undefined && shell.id === undefined;
        this.matchAlike(own.filter(hasName), free.filter(hasName), { least: RENAMED, named: true });
        this.matchPlaces(children, other.slots.get(slot) ?? []);
        this.matchSiblings(own.filter(isUnnamed), free.filter(isUnnamed));
      }
    }
    // What is left was moved elsewhere, and what is in it with it.
    const before = this.left(this.before, this.to).filter(isUnnamed);
    const after = this.left(this.after, this.from).filter(isUnnamed);
    const inside = before.filter(({ slots }) => slots.size > 0);
    this.matchAlike(inside, after, { least: MOVED_ALIKE, named: false });
    const free = before.filter(({ key }) => !this.to.has(key));
    for (const element of free) {
      const same = after.find((each) => !this.from.has(each.key) && this.isWhole(element, each));
      if (same !== undefined && this.hasContent(element)) this.pairWhole(element, same);
    }
  }

  /** Attributes and branches have no id: their names count within the element around them. */
  private matchByName(before: readonly FlatElement[], after: readonly FlatElement[]): void {
    for (const { key, kind, local, shell } of before) {
      if (local === undefined || shell.id !== undefined) continue;
      const same = after.find((each) => each.kind === kind && each.local === local && !this.from.has(each.key));
      if (same !== undefined) this.pair(key, same.key);
    }
  }

  /** The one of a list that has nothing but a name, such as a level of a scale, in the place where another such stands. */
  private matchPlaces(before: readonly string[], after: readonly string[]): void {
    const isBare = ({ shell, slots }: FlatElement): boolean =>
      slots.size === 0 &&
      shell.name !== undefined &&
      Object.keys(shell).every((key) => key === 'name' || key === 'title');
    const own = before.filter((key) => !this.to.has(key));
    const others = after.filter((key) => !this.from.has(key));
    const [from = '?', to = '?'] = [own[0], others[0]];
    const [a, b] = [this.before.get(from), this.after.get(to)];
    const isOnly = own.length === 1 && others.length === 1 && before.indexOf(from) === after.indexOf(to);
    if (isOnly && a !== undefined && b !== undefined && isBare(a) && isBare(b) && a.shell.title === b.shell.title)
      this.pair(from, to);
  }

  private matchSiblings(before: readonly FlatElement[], after: readonly FlatElement[]): void {
    const left = new Set(after);
    const unlike = before.filter((element) => {
      const same = [...left].find((each) => this.isWhole(element, each));
      if (same === undefined) return true;
      left.delete(same);
      this.pairWhole(element, same);
      return false;
    });
    this.matchAlike(unlike, [...left], { least: ALIKE, named: false });
  }

  /** Pairs two elements that are alike to the last part, with everything inside. */
  private pairWhole(a: FlatElement, b: FlatElement): void {
    if (!this.to.has(a.key) && !this.from.has(b.key)) this.pair(a.key, b.key);
    for (const [slot, children] of a.slots) {
      children.forEach((key, i) => {
        const [child, other] = [this.before.get(key), this.after.get(b.slots.get(slot)?.[i] ?? '?')];
        if (child !== undefined && other !== undefined) this.pairWhole(child, other);
      });
    }
  }

  /** Whether two elements are alike to the last part, names of renamed ones apart. */
  private isWhole(a: FlatElement, b: FlatElement): boolean {
    if (a.kind !== b.kind) return false;
    const known = this.to.get(a.key);
    if (known !== undefined && known !== b.key) return false;
    const keys = new Set([...Object.keys(a.shell), ...Object.keys(b.shell)]);
    keys.delete('id');
    for (const key of keys) if (!sameMeaning(a.shell[key], b.shell[key], key, this.renames)) return false;
    const slots = new Set([...a.slots.keys(), ...b.slots.keys()]);
    return [...slots].every((slot) => {
      const [own, others] = [a.slots.get(slot) ?? [], b.slots.get(slot) ?? []];
      return (
        own.length === others.length &&
        own.every((key, i) => {
          const [child, other] = [this.before.get(key), this.after.get(others[i] ?? '?')];
          return child !== undefined && other !== undefined && this.isWhole(child, other);
        })
      );
    });
  }

  /** A mere `otherwise` or `finish` is not recognised elsewhere: there are too many that are alike. */
  private hasContent({ shell, slots }: FlatElement): boolean {
    return slots.size > 0 || Object.keys(shell).length > 3;
  }

  private matchAlike(
    before: readonly FlatElement[],
    after: readonly FlatElement[],
    options: {
      readonly least: number;
      readonly named: boolean;
      readonly where?: (a: FlatElement, b: FlatElement) => boolean;
    },
  ): void {
    for (const kind of new Set(before.map((each) => each.kind))) {
      const rows = before.filter((each) => each.kind === kind && !this.to.has(each.key));
      const columns = after.filter((each) => each.kind === kind && !this.from.has(each.key));
      if (rows.length === 0 || columns.length === 0) continue;
      const scores = rows.map((a) =>
        columns.map((b) => (options.where?.(a, b) === false ? 0 : this.likeness(a, b, options.named))),
      );
      assign(scores, options.least).forEach((column, row) => {
        const [a, b] = [rows[row], columns[column]];
        if (a !== undefined && b !== undefined) this.pair(a.key, b.key);
      });
    }
  }

  /** How alike two elements of one kind are, 0 to 1: their properties, contents, surroundings, users and names. */
  private likeness(a: FlatElement, b: FlatElement, named: boolean): number {
    const parts: { readonly weight: number; readonly score: number }[] = [];
    const say = (weight: number, score: number): number => parts.push({ weight, score });
    const properties = this.equalProperties(a, b);
    if (properties !== undefined) say(0.4, properties.share);
    const inside = this.sharedInside(a, b);
    if (inside !== undefined) say(0.35, inside);
    say(0.15, this.sameSurroundings(a, b));
    const uses = sharedMembers(this.usersOf(a, this.usesBefore), this.usersOf(b, this.usesAfter), this.renames);
    if (uses !== undefined) say(0.3, uses);
    const names = nameLikeness(a, b);
    if (named) say(0.1, names);
    const evidence = (properties?.equal ?? 0) + (inside ?? 0);
    const sameTitle = a.shell.title !== undefined && a.shell.title === b.shell.title;
    // Two bare names that stand in the same place may as well be one thing put in another's place.
    if (named && evidence === 0 && !sameTitle && names < 0.5) return 0;
    const weight = parts.reduce((sum, part) => sum + part.weight, 0);
    return parts.reduce((sum, part) => sum + part.weight * part.score, 0) / weight;
  }

  private equalProperties(a: FlatElement, b: FlatElement): { share: number; equal: number } | undefined {
    const keys = new Set([...Object.keys(a.shell), ...Object.keys(b.shell)]);
    for (const key of ['id', 'name', 'kind', 'text', 'label']) keys.delete(key);
    let [score, count, equal] = [0, 0, 0];
    for (const key of keys) {
      const [own, other] = [a.shell[key], b.shell[key]];
      if (saysNothing(own) && saysNothing(other)) continue;
      count += 1;
      if (sameMeaning(own, other, key, this.renames)) {
        score += 1;
        equal += 1;
      } else if (own !== undefined && other !== undefined) score += 0.3;
    }
    return count === 0 ? undefined : { share: score / count, equal };
  }

  private sharedInside(a: FlatElement, b: FlatElement): number | undefined {
    const own = [...a.slots.values()].flat();
    const others = [...b.slots.values()].flat();
    if (own.length === 0 && others.length === 0) return undefined;
    const left = new Set(others);
    let shared = 0;
    for (const key of own) {
      const child = this.before.get(key);
      const same = [...left].find((other) => {
        const known = this.to.get(key);
        if (known !== undefined) return known === other;
        const candidate = this.after.get(other);
        if (child === undefined || candidate?.kind !== child.kind || this.from.has(other)) return false;
        return child.local === undefined ? this.isWhole(child, candidate) : child.local === candidate.local;
      });
      if (same === undefined) continue;
      left.delete(same);
      shared += 1;
    }
    return shared / Math.max(own.length, others.length);
  }

  private sameSurroundings(a: FlatElement, b: FlatElement): number {
    if (a.slot !== b.slot || this.to.get(a.parent ?? ROOT) !== b.parent) return 0;
    const own = this.before.get(a.parent ?? ROOT)?.slots.get(a.slot) ?? [];
    const others = this.after.get(b.parent ?? ROOT)?.slots.get(b.slot) ?? [];
    const [i, j] = [own.indexOf(a.key), others.indexOf(b.key)];
    const isSame = (key: string | undefined, other: string | undefined): boolean =>
      key === undefined || other === undefined ? key === other : this.to.get(key) === other;
    const before = isSame(own[i - 1], others[j - 1]) ? 0.25 : 0;
    return 0.5 + before + (isSame(own[i + 1], others[j + 1]) ? 0.25 : 0);
  }

  private usersOf(element: FlatElement, uses: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
    return uses.get(this.idOf(element) ?? '') ?? new Set();
  }
}

function sharedMembers(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  renames: ReadonlyMap<string, string>,
): number | undefined {
  const most = Math.max(a.size, b.size);
  if (most === 0) return undefined;
  return [...a].filter((each) => b.has(renames.get(each) ?? each)).length / most;
}

/** The share of letter pairs that two names have in common (Dice 1945), the better of names and titles. */
function nameLikeness(a: FlatElement, b: FlatElement): number {
  const likeness = (x: string | undefined, y: string | undefined): number => {
    if (x === undefined || y === undefined) return 0;
    if (x === y) return 1;
    const [p, q] = [pairsOf(x), pairsOf(y)];
    return p.length + q.length === 0 ? 0 : (2 * p.filter((pair) => q.includes(pair)).length) / (p.length + q.length);
  };
  return Math.max(likeness(a.local, b.local), likeness(textOf(a.shell.title), textOf(b.shell.title)));
}

function pairsOf(text: string): string[] {
  const lower = text.toLowerCase();
  return Array.from({ length: Math.max(0, lower.length - 1) }, (_, i) => lower.slice(i, i + 2));
}
