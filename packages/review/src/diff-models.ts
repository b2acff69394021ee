import { type Model, stableJson } from '@pathway/model';
import { Reach } from './affected.js';
import { isDerived } from './derived.js';
import type { Affected, Change, Difference, Edits, Side } from './difference.js';
import { type FlatElement, type FlatModel, flatten, ROOT, slotOf, textOf } from './flatten.js';
import type { Json } from './json.js';
import { longestIncreasing } from './keep-order.js';
import { match, type Matching } from './match.js';
import {
  capital,
  nameOf,
  phraseOf,
  placedPhrase,
  placeText,
  propertyText,
  shortPhrase,
  withoutEmptySlots,
} from './naming.js';
import { judgeAdded, judgeMoved, judgeProperty, judgeRemoved, type Judgement } from './rank.js';
import { sameMeaning, withIds } from './same-meaning.js';
import { signAgain } from './sign-again.js';
import { RANKS, wordOf } from './words.js';

/** Lists whose order means nothing: their members are found by name. */
const UNORDERED: ReadonlySet<string> = new Set(['attributes', 'people']);
/** Lists that are absent where they would be empty. */
const OPTIONAL_LISTS: ReadonlySet<string> = new Set([
  'scales',
  'signals',
  'gauges',
  'triggers',
  'crises',
  'responses',
  'agreements',
  'payers',
  'ruleSets',
  'rosters',
  'templates',
  'deployments',
  'instruments',
  'assessments',
  'questions',
  'decisions',
  'usages',
]);
/** Lists of declarations whose order decides between equals: who arrived first, who is asked first. */
const ORDERED_DECLARATIONS: ReadonlySet<string> = new Set(['cohorts', 'staff']);

/**
 * What differs in meaning between two models: each edit once, what only follows from another one not at all. Comments,
 * layout, the order of declarations that means nothing, and quantities in another unit are no differences.
 */
export function diffModels(before: Model, after: Model): Difference {
  const later = flatten(after);
  const differ = new Differ(flatten(before), later);
  const changes = differ.changes();
  return {
    before: { title: before.title, sourceHash: before.sourceHash },
    after: { title: after.title, sourceHash: after.sourceHash },
    changes: RANKS.flatMap((rank) => changes.filter((change) => change.rank === rank)),
    signAgain: signAgain(before, after, later),
    edits: differ.edits(),
  };
}

/**
 * The later model with what is the same as in the earlier one under the earlier ids, so that keyed random numbers give
 * the same patients the same luck. What is new gets no id that meant something else before.
 */
export function withEarlierIds(before: Model, after: Model): Model {
  const [own, other] = [flatten(before), flatten(after)];
  const matching = match(own, other);
  const earlier = new Map(Array.from(matching.renames, ([from, to]) => [to, from] as const));
  const taken = new Set([...own.values()].flatMap(({ shell }) => textOf(shell.id) ?? []));
  const kept = new Set<string>();
  for (const { key, shell } of other.values()) {
    const id = textOf(shell.id);
    if (id !== undefined && matching.before.has(key) && !earlier.has(id)) kept.add(id);
  }
  for (const { shell } of other.values()) {
    const id = textOf(shell.id);
    if (id !== undefined && taken.has(id) && !kept.has(id) && !earlier.has(id)) earlier.set(id, `${id} (new)`);
  }
  return earlier.size === 0 ? after : withIds(after, earlier);
}

class Differ {
  private readonly matching: Matching;
  private readonly reach: { readonly before: Reach; readonly after: Reach };

  constructor(
    private readonly before: FlatModel,
    private readonly after: FlatModel,
  ) {
    this.matching = match(before, after);
    this.reach = { before: new Reach(before), after: new Reach(after) };
  }

  changes(): Change[] {
    return [...this.after.values()].flatMap((element) => {
      const earlier = this.before.get(this.matching.before.get(element.key) ?? '?');
      if (earlier === undefined) {
        const inside = [...element.slots.values()].flat().filter((key) => this.matching.before.has(key));
        const movedIn = inside.flatMap((key) => this.moved(key));
        const isTold = this.isOutermost(element, this.matching.before) && !this.isPartOfProperty(element);
        return isTold ? [this.added(element), ...movedIn] : movedIn;
      }
      return [
        ...this.renamed(earlier, element),
        ...this.properties(earlier, element),
        ...this.contents(earlier, element),
      ];
    });
  }

  private isOutermost({ parent }: FlatElement, known: ReadonlyMap<string, string>): boolean {
    return known.has(parent ?? ROOT);
  }

  /** Whether an element came with the property that it stands in, such as a workaround, and is told with that. */
  private isPartOfProperty({ slot, parent }: FlatElement): boolean {
    const earlier = this.before.get(this.matching.before.get(parent ?? ROOT) ?? '?');
    return slot.includes('.') && earlier?.slots.has(slot) === false;
  }

  private renamed(before: FlatElement, after: FlatElement): Change[] {
    const same = before.shell.name === after.shell.name;
    if (same || after.kind === 'project' || this.derived('name', before, after)) return [];
    const [own, other] = [textOf(before.shell.name), textOf(after.shell.name)];
    if (own === undefined || other === undefined) return [this.property('name', before, after)];
    return [
      {
        ...this.about('renamed', { rank: 'wording' }, before, after),
        sentence: capital(`${phraseOf(before, this.before)} is now called ${other}.`),
        before: side(own, own, before),
        after: side(other, other, after),
      },
    ];
  }

  private derived(property: string, before: FlatElement, after: FlatElement): boolean {
    const { renames } = this.matching;
    return isDerived(property, before, after, { before: this.before, after: this.after, renames });
  }

  private properties(before: FlatElement, after: FlatElement): Change[] {
    const names = new Set([...Object.keys(before.shell), ...Object.keys(after.shell)]);
    names.delete('name');
    return [...names]
      .filter((name) => !this.sameProperty(name, before, after) && !this.derived(name, before, after))
      .map((name) => this.property(name, before, after));
  }

  /** An empty list of elements is as good as an empty list; members of a slot are told by themselves. */
  private sameProperty(name: string, before: FlatElement, after: FlatElement): boolean {
    const own = withoutEmptySlots(before.shell[name], before);
    const other = withoutEmptySlots(after.shell[name], after);
    const isEmpty = (value: Json | undefined): boolean =>
      (Array.isArray(value) && value.length === 0) || (value === undefined && OPTIONAL_LISTS.has(name));
    if ((isEmpty(own) && slotOf(other) !== undefined) || (isEmpty(other) && slotOf(own) !== undefined)) return true;
    return sameMeaning(own, other, name, this.matching.renames);
  }

  private property(name: string, before: FlatElement, after: FlatElement): Change {
    const own = withoutEmptySlots(before.shell[name], before);
    const other = withoutEmptySlots(after.shell[name], after);
    const [text, newText] = [propertyText(before, name, this.before), propertyText(after, name, this.after)];
    const word = wordOf(after.kind, name);
    const phrase = capital(phraseOf(after, this.after));
    const [gone, isNew] = [isNothing(own), isNothing(other)];
    const told = gone
      ? told1(word, newText, 'is new')
      : isNew
        ? told1(word, text, 'is gone')
        : `${word} ${text} → ${newText}`;
    const kind = after.kind;
    return {
      ...this.about(
        'changed',
        this.judgeLost(name, before, after) ??
          judgeProperty(kind, name, nothingToUndefined(own), nothingToUndefined(other), after.shell),
        before,
        after,
      ),
      property: name,
      word,
      sentence: `${phrase}: ${told}.`,
      ...(own !== undefined && { before: side(text, own, before, name) }),
      ...(other !== undefined && { after: side(newText, other, after, name) }),
    };
  }

  /** How much it matters that steps went with the property in which they stood. */
  private judgeLost(name: string, before: FlatElement, after: FlatElement): Judgement | undefined {
    const lost = [...before.slots]
      .filter(([slot]) => slot.startsWith(`${name}.`) && !after.slots.has(slot))
      .flatMap(([, children]) => children)
      .filter((key) => !this.matching.after.has(key))
      .flatMap((key) => this.before.get(key) ?? []);
    const [first, ...others] = lost;
    return first && judgeRemoved(first, others, this.before);
  }

  private added(element: FlatElement): Change {
    const inside = this.fresh(element, this.after, this.matching.before);
    const place = placeText(element, this.after);
    const isDeclaration = element.parent === ROOT;
    return {
      ...this.about('added', judgeAdded(element), undefined, element),
      sentence: `${capital(placedPhrase(element, this.after))} is new${isDeclaration ? '' : `, ${place}`}${withList(inside)}.`,
      after: { text: isDeclaration ? phraseOf(element, this.after) : place, ...originOf(element) },
      ...(inside.length > 0 && { contains: inside }),
    };
  }

  private removed(element: FlatElement): Change {
    const inside = this.fresh(element, this.before, this.matching.after);
    const gone = this.freshElements(element, this.before, this.matching.after);
    const place = placeText(element, this.before);
    const isDeclaration = element.parent === ROOT;
    return {
      ...this.about('removed', judgeRemoved(element, gone, this.before), element, undefined),
      sentence: `${capital(placedPhrase(element, this.before))} is gone${isDeclaration ? '' : `; it stood ${place}`}${withList(inside)}.`,
      before: { text: isDeclaration ? phraseOf(element, this.before) : place, ...originOf(element) },
      ...(inside.length > 0 && { contains: inside }),
    };
  }

  /** Everything inside that came or went too; what was moved in or out is told by itself. */
  private freshElements(element: FlatElement, flat: FlatModel, known: ReadonlyMap<string, string>): FlatElement[] {
    return [...element.slots.values()].flat().flatMap((key) => {
      const child = flat.get(key);
      if (child === undefined || known.has(key)) return [];
      return [child, ...this.freshElements(child, flat, known)];
    });
  }

  private fresh(element: FlatElement, flat: FlatModel, known: ReadonlyMap<string, string>): string[] {
    return this.freshElements(element, flat, known)
      .filter(({ kind }) => kind !== 'branch')
      .map((each) => shortPhrase(each, flat));
  }

  /** What went from an element's contents, and what was moved within or into them. */
  private contents(before: FlatElement, after: FlatElement): Change[] {
    const slots = new Set([...before.slots.keys(), ...after.slots.keys()]);
    return [...slots].flatMap((slot) => {
      const own = before.slots.get(slot) ?? [];
      const others = after.slots.get(slot) ?? [];
      const gone = own.filter((key) => !this.matching.after.has(key)).flatMap((key) => this.before.get(key) ?? []);
      // What went with the property that it stands in is told with that.
      const told = slot.includes('.') && !after.slots.has(slot) ? [] : gone;
      return [...told.map((each) => this.removed(each)), ...this.moves(own, others, slot, after)];
    });
  }

  private moves(own: readonly string[], others: readonly string[], slot: string, parent: FlatElement): Change[] {
    const placeBefore = new Map(own.map((key, place) => [key, place] as const));
    const stayed: { readonly key: string; readonly place: number }[] = [];
    const moved: string[] = [];
    for (const key of others) {
      const earlier = this.matching.before.get(key);
      if (earlier === undefined) continue;
      const place = placeBefore.get(earlier);
      if (place === undefined) moved.push(key);
      else stayed.push({ key, place });
    }
    const kept = longestIncreasing(stayed.map(({ place }) => place));
    const means = parent.key === ROOT ? ORDERED_DECLARATIONS.has(slot) : !UNORDERED.has(slot);
    if (means) moved.push(...stayed.filter(({ place }) => !kept.has(place)).map(({ key }) => key));
    return others.filter((key) => moved.includes(key)).flatMap((key) => this.moved(key));
  }

  private moved(key: string): Change[] {
    const after = this.after.get(key);
    const before = this.before.get(this.matching.before.get(key) ?? '?');
    if (after === undefined || before === undefined) return [];
    const [from, to] = [this.placeWithTop(before, after, 'before'), this.placeWithTop(before, after, 'after')];
    return [
      {
        ...this.about('moved', judgeMoved(before, after, { before: this.before, after: this.after }), before, after),
        sentence: `${capital(phraseOf(after, this.after))} now stands ${to}; it stood ${from}.`,
        before: { text: from, ...originOf(before) },
        after: { text: to, ...originOf(after) },
      },
    ];
  }

  /** Where it stands; with the pathway where that is another one. */
  private placeWithTop(before: FlatElement, after: FlatElement, which: 'before' | 'after'): string {
    const [element, flat] = which === 'before' ? [before, this.before] : [after, this.after];
    const place = placeText(element, flat);
    const top = flat.get(element.top);
    const same = this.matching.after.get(before.top) === after.top;
    return same || top === undefined || element.parent === top.key ? place : `${place}, in ${phraseOf(top, flat)}`;
  }

  private about(
    kind: Change['kind'],
    { rank, reason }: Judgement,
    before: FlatElement | undefined,
    after: FlatElement | undefined,
  ): Pick<Change, 'kind' | 'rank' | 'reason' | 'element' | 'keys' | 'affects' | 'approvers'> {
    const [element, flat] = after === undefined ? [before, this.before] : [after, this.after];
    if (element === undefined) throw new RangeError('a change is about an element');
    const whole = kind === 'added' || kind === 'removed';
    const found = [
      ...(before === undefined ? [] : [{ reach: this.reach.before, keys: this.reach.before.of(before, whole) }]),
      ...(after === undefined ? [] : [{ reach: this.reach.after, keys: this.reach.after.of(after, whole) }]),
    ].reverse();
    // A new title changes nobody's work.
    const affects =
      rank === 'wording' && kind === 'changed' ? [] : found.map(({ reach, keys }) => reach.describe(keys));
    const list = (name: keyof Affected): string[] => [...new Set(affects.flatMap((each) => each[name]))];
    return {
      kind,
      rank,
      ...(reason !== undefined && { reason }),
      element: nameOf(element, flat),
      keys: { ...(before && { before: before.key }), ...(after && { after: after.key }) },
      affects: {
        organisations: list('organisations'),
        roles: list('roles'),
        sites: list('sites'),
        pathways: list('pathways'),
      },
      approvers: [...new Set(found.flatMap(({ reach, keys }) => reach.owners(keys)))],
    };
  }

  /** What makes the later model of the earlier one, to the last unit. */
  edits(): Edits {
    const { after: to, before: from } = this.matching;
    const stayed = [...this.after.values()].flatMap((element) => {
      const earlier = this.before.get(from.get(element.key) ?? '?');
      return earlier === undefined ? [] : [{ earlier, element }];
    });
    return {
      rekeyed: stayed.flatMap(({ earlier, element }) =>
        earlier.key === element.key ? [] : [[earlier.key, element.key] as const],
      ),
      removed: [...this.before.keys()].filter((key) => !to.has(key)),
      added: [...this.after.values()].filter(({ key }) => !from.has(key)).map(({ key, shell }) => ({ key, shell })),
      set: stayed.flatMap(({ earlier, element }) => setsOf(earlier, element)),
      slots: [...this.after.values()].flatMap((element) => this.slotEdits(element)),
    };
  }

  private slotEdits(element: FlatElement): Edits['slots'] {
    const earlier = this.before.get(this.matching.before.get(element.key) ?? '?');
    const names = new Set([...element.slots.keys(), ...(earlier?.slots.keys() ?? [])]);
    return [...names].flatMap((slot) => {
      const children = element.slots.get(slot) ?? [];
      const kept = (earlier?.slots.get(slot) ?? []).flatMap((key) => this.matching.after.get(key) ?? []);
      const same = kept.length === children.length && kept.every((key, i) => key === children[i]);
      return same && (earlier !== undefined || children.length === 0) ? [] : [{ element: element.key, slot, children }];
    });
  }
}

function setsOf(before: FlatElement, after: FlatElement): Edits['set'] {
  const names = [...new Set([...Object.keys(before.shell), ...Object.keys(after.shell)])];
  return names.flatMap((property) => {
    const [own, other] = [before.shell[property], after.shell[property]];
    if (own !== undefined && other !== undefined && stableJson(own) === stableJson(other)) return [];
    if (own === undefined && other === undefined) return [];
    return [{ element: after.key, property, ...(other !== undefined && { value: other }) }];
  });
}

function told1(word: string, text: string, says: string): string {
  return text === 'yes' ? `${word} ${says}` : `${word} ${text} ${says}`;
}

function isNothing(value: Json | undefined): boolean {
  return (
    value === undefined ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    slotOf(value) !== undefined
  );
}

function nothingToUndefined(value: Json | undefined): Json | undefined {
  return isNothing(value) ? undefined : value;
}

function side(text: string, value: Json, element: FlatElement, property?: string): Side {
  const origin = element.origins.get(property ?? '') ?? element.origin;
  return { text, value, ...(origin !== undefined && { origin }) };
}

function originOf({ origin }: FlatElement): { origin?: NonNullable<FlatElement['origin']> } {
  return origin === undefined ? {} : { origin };
}

function withList(inside: readonly string[]): string {
  return inside.length === 0 ? '' : `, with ${inside.join(', ')}`;
}
