import type { LangiumDocument } from 'langium';
import * as ast from '../generated/ast.js';
import { declarationKey } from '../tree/reads.js';
import { isBroken } from '../validation/linking.js';

/** What has changed in one file, for whoever looked at it from another. */
export interface FileChange {
  /** The file's address. */
  readonly uri: string;
  /** Declarations that came, went, or have another text, by `declarationKey`. */
  readonly insides: ReadonlySet<string>;
  /** Declarations that stand elsewhere now, those with another text included. */
  readonly places: ReadonlySet<string>;
  /** Addresses of the files in which names may mean something else now. */
  readonly relinked: ReadonlySet<string>;
}

interface Outline {
  readonly key: string;
  readonly text: string;
  readonly place: string;
}

/**
 * What is different between two versions of a file. Everything is, where one of them has mistakes of syntax, or where the
 * imports or the order of declarations differ, on which the meaning of names depends.
 */
export function changesBetween(
  before: LangiumDocument | undefined,
  after: LangiumDocument | undefined,
  uri: string,
  relinked: ReadonlySet<string>,
): FileChange {
  const [old, now] = [outlineOf(before), outlineOf(after)];
  const known = new Map(old.map((each) => [each.key, each]));
  const kept = now.filter(({ key }) => known.has(key));
  const keptKeys = new Set(kept.map(({ key }) => key));
  const stays = old.filter(({ key }) => keptKeys.has(key));
  const isOther =
    [before, after].some((document) => document === undefined || isBroken(document)) ||
    importsOf(before) !== importsOf(after) ||
    kept.some(({ key }, index) => stays[index]?.key !== key);
  const different = (by: 'text' | 'place'): ReadonlySet<string> =>
    new Set([
      ...old.filter(({ key }) => isOther || !keptKeys.has(key)).map(({ key }) => key),
      ...now.filter((each) => isOther || known.get(each.key)?.[by] !== each[by]).map(({ key }) => key),
    ]);
  const insides = different('text');
  return { uri, insides, places: new Set([...insides, ...different('place')]), relinked };
}

function outlineOf(document: LangiumDocument | undefined): readonly Outline[] {
  const root = document?.parseResult.value;
  if (!ast.isDocument(root)) return [];
  return [...root.imports, ...root.declarations].map((node) => {
    const { text = '', range } = node.$cstNode ?? {};
    return { key: declarationKey(node), text, place: `${range?.start.line}:${range?.start.character}` };
  });
}

function importsOf(document: LangiumDocument | undefined): string {
  const root = document?.parseResult.value;
  return ast.isDocument(root) ? root.imports.map((each) => each.$cstNode?.text ?? '').join('\n') : '';
}
