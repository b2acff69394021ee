import type { CoverTarget } from '@pathway/staffing';
import { DURATION_FIGURE, figure, percent } from './figures.js';
import type { Words } from './words/words.js';

/** What cover is to keep, as a part of a sentence: `at most 20 % of the work waits`. */
export function targetWords(words: Words, target: CoverTarget): string {
  const { say } = words;
  switch (target.kind) {
    case 'delay':
      return say`at most ${percent(words, target.most)} of the work waits`;
    case 'wait':
      return say`${percent(words, target.share)} of the work waits at most ${figure(words, target.within, DURATION_FIGURE)}`;
    case 'mean wait':
      return say`work waits at most ${figure(words, target.most, DURATION_FIGURE)} on average`;
    case 'workload':
      return say`in ${percent(words, target.percentile)} of the time nobody would have to wait`;
  }
}
