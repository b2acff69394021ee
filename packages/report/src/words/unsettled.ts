import type { StudyResults } from '@pathway/simulation';
import { named } from '../text.js';
import type { Words } from './words.js';

/** What it means that a chosen warm-up is only the latest cut which MSER-5 may make, and what to do. */
export function unsettledText({ say }: Words, { title }: NonNullable<StudyResults['warmUpChoice']>): string {
  return say`${named(title)} had not settled by the middle of the pilot runs: it may still be rising, as where capacity is too small. So the cut is only the latest that is allowed, and no warm-up. Give more capacity, or run for longer; to study the rise from empty, declare the warm-up yourself.`;
}
