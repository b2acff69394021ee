import { incompleteBeta } from '../numeric/special.js';

/** In fewer replications than this something is too rare for Student's t to know how much longer it may be in others. */
const SEEN = 10;

/**
 * The certainty with which the mean over replications of a share of time is at most a limit, where Student's t gives one. Something
 * that is so in a few replications alone may be so for long in others, which their spread does not show. As no share of time is more
 * than 1, the mean is at most the share of replications in which it is so for any time, and that one is known by Clopper and Pearson's
 * one-sided limit. The certainty is what that shows, where it is less; likewise of what is hardly ever not so.
 */
export function certaintyOfTime(shares: readonly number[], limit: number, byStudent: number): number {
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const seen = shares.filter((share) => share > 0).length;
  const missed = shares.filter((share) => share < 1).length;
  if (seen < SEEN && limit >= mean) return Math.min(byStudent, Math.max(0.5, atMost(seen, shares.length, limit)));
  if (missed < SEEN && limit < mean) {
    return 1 - Math.min(1 - byStudent, Math.max(0.5, atMost(missed, shares.length, 1 - limit)));
  }
  return byStudent;
}

/** The certainty with which at most this share of all replications shows what `seen` of so many do. */
function atMost(seen: number, replications: number, share: number): number {
  return share >= 1 ? 1 : incompleteBeta(share, seen + 1, replications - seen);
}
