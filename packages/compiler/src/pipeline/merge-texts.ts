import { outlineOf } from '@pathway/language';
import { mergeParts, type Merged, type SideNames } from '@pathway/review';

/**
 * Merges two versions of a pathway file that began as one, by element.
 * @returns undefined where a version has syntax errors, so that nobody can tell its elements
 */
export function mergeTexts(base: string, ours: string, theirs: string, names: SideNames): Merged | undefined {
  const windows = usesCarriageReturns(ours);
  const [first, second, third] = [base, ours, theirs].map((text) =>
    outlineOf(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')),
  );
  if (first === undefined || second === undefined || third === undefined) return undefined;
  if (!('outline' in first) || !('outline' in second) || !('outline' in third)) return undefined;
  const merged = mergeParts(first.outline, second.outline, third.outline, names);
  const mark = ours.startsWith('\uFEFF') ? '\uFEFF' : '';
  return { ...merged, text: mark + (windows ? merged.text.replaceAll('\n', '\r\n') : merged.text) };
}

function usesCarriageReturns(text: string): boolean {
  return (text.match(/\r\n/g)?.length ?? 0) * 2 > (text.match(/\n/g)?.length ?? 0);
}
