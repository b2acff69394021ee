export { applyDifference } from './apply-difference.js';
export { diffModels, renamedIds } from './diff-models.js';
export {
  type Affected,
  type Change,
  type ChangeKind,
  type Difference,
  type Edits,
  type ElementName,
  isSame,
  type ModelName,
  type Side,
} from './difference.js';
export { bareModel } from './flatten.js';
export type { Json, JsonObject } from './json.js';
export { hasWords, type Rank, RANKS, wordOf } from './words.js';
