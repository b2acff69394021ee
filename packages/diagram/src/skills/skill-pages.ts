import { ENGLISH, type DrawingWords } from '../graph/words.js';
import { LEAST_POINTS, type PaperName, pointsOn } from '../legibility.js';
import { holdersOf, measureMatrix, type SkillMatrix, SMALLEST_IN_MATRIX } from './skill-matrix.js';

/**
 * A matrix of skills so that it can be read on paper: as one where its smallest text is large enough, else in as few parts as
 * possible, each with some of the rows and some of the columns, from left to right and then down. Below every column stands how
 * many people have the skill in all parts together. A matrix of which not even one row and column can be read stays whole.
 */
export function skillMatrixPages(
  matrix: SkillMatrix,
  paper: PaperName,
  words: DrawingWords = ENGLISH,
): readonly SkillMatrix[] {
  const fits = (part: SkillMatrix): boolean =>
    pointsOn(paper, measureMatrix(part, words), SMALLEST_IN_MATRIX) >= LEAST_POINTS;
  if (fits(matrix)) return [matrix];
  const counts = new Map(matrix.skills.map(({ skill }) => [skill, holdersOf(matrix, skill)] as const));
  const parted = (down: number, across: number): readonly SkillMatrix[] => {
    const count = down * across;
    const title = (place: number): string => words.say`${matrix.title}: part ${place + 1} of ${count}`;
    return inParts(matrix.holders, down).flatMap((holders, row) =>
      inParts(matrix.skills, across).map((skills, column) => ({
        ...matrix,
        title: title(row * across + column),
        holders,
        skills,
        counts,
      })),
    );
  };
  let best: { readonly down: number; readonly across: number } | undefined;
  for (let across = 1; across <= matrix.skills.length; across++) {
    let most = best === undefined ? matrix.holders.length : Math.floor((best.down * best.across - 1) / across);
    if (most < 1) break;
    if (!parted(most, across).every(fits)) continue;
    let least = 1;
    while (least < most) {
      const middle = Math.floor((least + most) / 2);
      if (parted(middle, across).every(fits)) most = middle;
      else least = middle + 1;
    }
    best = { down: least, across };
  }
  return best === undefined ? [matrix] : parted(best.down, best.across);
}

/** So many runs of a list, one after another, of like length. */
function inParts<Item>(items: readonly Item[], count: number): readonly (readonly Item[])[] {
  const start = (part: number): number => Math.floor((part * items.length) / count);
  return Array.from({ length: count }, (_, part) => items.slice(start(part), start(part + 1)));
}
