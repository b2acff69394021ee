export { applyDifference } from './apply-difference.js';
export { diffModels, withEarlierIds } from './diff-models.js';
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
  type SignAgain,
} from './difference.js';
export {
  type Comparison,
  type ConsequencesDocument,
  countRanks,
  differenceDocument,
  type DifferenceDocument,
  differenceJsonSchema,
  differenceSchema,
  fileIn,
  type ProjectDifference,
} from './document.js';
export { agreementLines, signers } from './sign-again.js';
export { bareModel, elementKeys } from './flatten.js';
export type { Json, JsonObject } from './json.js';
export { differenceGithub, differenceGitlab, differenceSarif } from './machine-formats.js';
export {
  bytesOf,
  COMMENT_MARK,
  countText,
  differenceMarkdown,
  LARGEST_COMMENT,
  type MarkdownOptions,
  type MermaidPicture,
  rankHeading,
} from './markdown.js';
export { hasWords, type Rank, RANKS, wordOf } from './words.js';
export { mergeParts, type Merged, type SideNames } from './merge/merge-parts.js';
export type { TextPart } from './merge/text-part.js';
export {
  differenceHtml,
  type DifferencePageOptions,
  type DifferencePicture,
  type FigureTable,
} from './difference-html.js';
