/**
 * Number of single-character changes between two texts: insertions, deletions, replacements and swaps of
 * neighbours each count 1 (optimal string alignment distance).
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, at(beforeLast, j - 2) + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

/**
 * The candidate nearest to a mistyped text, or undefined when none is near: at most one change for up to three
 * characters, two for up to seven, three beyond. Ties go to the earlier candidate.
 */
export function nearestText(text: string, candidates: readonly string[]): string | undefined {
  const limit = text.length <= 3 ? 1 : text.length <= 7 ? 2 : 3;
  let nearest: string | undefined;
  let smallest = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) >= smallest) continue;
    const distance = editDistance(text, candidate);
    if (distance < smallest && distance < Math.max(text.length, candidate.length)) {
      smallest = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
