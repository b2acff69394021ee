import { type AstNode, CstUtils } from 'langium';
import { notePlace } from './reads.js';

/** The text of a doc comment straight before a node. */
export function documentationOf(node: AstNode): string | undefined {
  notePlace(node);
  const comment = CstUtils.findCommentNode(node.$cstNode, ['ML_COMMENT']);
  if (!comment?.text.startsWith('/**')) return undefined;
  const lines = comment.text.slice(3, -2).split(/\r?\n/);
  const text = lines.map((line) => line.replace(/^\s*\*?\s?/, '').trimEnd()).join('\n');
  return text.trim() === '' ? undefined : text.trim();
}
