import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Titles } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { nodesOf } from '../tree/nodes.js';
import { fileOf } from '../workspace/files.js';

/**
 * Titles in other languages of everything that has some, by node; of several in one language the first counts, and those of
 * the project before those of what is shipped.
 */
export function collectTitles(roots: readonly ast.Document[]): ReadonlyMap<AstNode, Titles> {
  const found = new Map<AstNode, Record<string, string>>();
  const own = roots.filter((root) => !isShipped(root));
  const ordered = [...own, ...roots.filter((root) => isShipped(root))];
  for (const translation of ordered.flatMap((root) => root.declarations).filter(ast.isTranslation)) {
    const target = translation.element?.ref;
    if (target === undefined) continue;
    const titles = found.get(titledNode(target)) ?? {};
    found.set(titledNode(target), titles);
    for (const { language, text } of translation.titles) titles[canonicalTag(language) ?? language] ??= text;
  }
  return found;
}

/** A text of the library or of a package, whose titles a project may say in its own way. */
export function isShipped(root: ast.Document): boolean {
  return /^(library|package):/.test(fileOf(AstUtils.getDocument(root).uri));
}

/** Texts in other languages that stand beside the text itself, to be spread into what it becomes. */
export function titlesIn(texts: readonly ast.TranslatedTitle[]): { readonly titles?: Titles } {
  if (texts.length === 0) return {};
  const titles: Record<string, string> = {};
  for (const { language, text } of texts) titles[canonicalTag(language) ?? language] ??= text;
  return { titles };
}

/** The node that carries the titles of another: the same outcome in several places is called the same. */
export function titledNode(node: AstNode): AstNode {
  if (!ast.isFinish(node)) return node;
  const pathway = AstUtils.getContainerOfType(node, ast.isPathway);
  if (pathway === undefined) return node;
  return nodesOf(pathway).find((each) => ast.isFinish(each) && each.name === node.name) ?? node;
}

/** A language in the case that BCP 47 recommends, `pt-BR` of `PT-br`; undefined where it is no well-formed tag. */
export function canonicalTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
