import { sameButSpace, bodyText, type TextPart } from './text-part.js';

/** A part as the three versions have it. */
export interface Entry {
  readonly base?: TextPart;
  readonly ours?: TextPart;
  readonly theirs?: TextPart;
}

/** Which part of each version is which, and in what order they will stand. */
export interface Alignment {
  readonly entries: readonly Entry[];
  /** Both versions have the same parts in other orders. */
  readonly ordersClash: boolean;
}

interface Draft {
  base?: TextPart;
  ours?: TextPart;
  theirs?: TextPart;
}

/**
 * Finds the parts of three versions again: by what tells them apart, else by their text, else by their order among
 * those that are alike.
 */
export function align(base: readonly TextPart[], ours: readonly TextPart[], theirs: readonly TextPart[]): Alignment {
  const drafts: Draft[] = base.map((part) => ({ base: part }));
  const own = placed(drafts, ours, 'ours');
  const other = placed(drafts, theirs, 'theirs');
  const [first, second] = isReordered(drafts, other) && !isReordered(drafts, own) ? [other, own] : [own, other];
  const sequence = [...first];
  second.forEach((draft, i) => {
    if (sequence.includes(draft)) return;
    // After what it follows in its own version.
    const before = second.slice(0, i).findLast((each) => sequence.includes(each));
    sequence.splice(before === undefined ? 0 : sequence.indexOf(before) + 1, 0, draft);
  });
  return { entries: sequence, ordersClash: clash(drafts, own, other) };
}

/** The drafts of a version's parts in its order; parts that are new get one of their own. */
function placed(drafts: Draft[], parts: readonly TextPart[], side: 'ours' | 'theirs'): readonly Draft[] {
  const found = new Map<TextPart, Draft>();
  const isFree = (draft: Draft): boolean => draft[side] === undefined;
  const take = (part: TextPart, draft: Draft | undefined): void => {
    if (draft === undefined) return;
    draft[side] = part;
    found.set(part, draft);
  };
  const reference = (draft: Draft): TextPart | undefined => draft.base ?? draft.ours;
  for (const part of parts) {
    if (part.key !== undefined)
      take(
        part,
        drafts.find((draft) => isFree(draft) && reference(draft)?.key === part.key),
      );
  }
  const unnamed = parts.filter(({ key }) => key === undefined);
  for (const part of unnamed) {
    const isSame = (draft: Draft): boolean => {
      const other = reference(draft);
      return (
        isFree(draft) &&
        other?.key === undefined &&
        other !== undefined &&
        sameButSpace(bodyText(other), bodyText(part))
      );
    };
    take(part, drafts.find(isSame));
  }
  for (const part of unnamed) {
    if (found.has(part)) continue;
    const isAlike = (draft: Draft): boolean =>
      isFree(draft) && draft.base?.key === undefined && firstWord(draft.base) === firstWord(part);
    take(part, drafts.find(isAlike));
  }
  for (const part of parts) {
    if (found.has(part)) continue;
    const draft: Draft = {};
    drafts.push(draft);
    take(part, draft);
  }
  return parts.flatMap((part) => found.get(part) ?? []);
}

function firstWord(part: TextPart | undefined): string {
  return part?.head.split(/[\s{(]/)[0] ?? '';
}

function isReordered(drafts: readonly Draft[], sequence: readonly Draft[]): boolean {
  const places = sequence.filter(({ base }) => base !== undefined).map((draft) => drafts.indexOf(draft));
  return places.some((place, i) => i > 0 && place < (places[i - 1] ?? 0));
}

function clash(drafts: readonly Draft[], own: readonly Draft[], other: readonly Draft[]): boolean {
  if (!isReordered(drafts, own) || !isReordered(drafts, other)) return false;
  const shared = own.filter((draft) => other.includes(draft));
  return other.filter((draft) => shared.includes(draft)).some((draft, i) => draft !== shared[i]);
}
