import type { Model } from '@pathway/model';
import { diffModels, elementKeys, type ProjectDifference } from '@pathway/review';
import { type compile, compileVersions, type SourceReader } from '@pathway/language';
import type { Project } from '../project/project.js';
import { compileMeaning, type ProjectCompilation } from './compile-project.js';

/** Two versions of a project, compiled. */
export interface ComparedProject extends ProjectDifference {
  readonly before: Model;
  readonly after: Model;
  /** Keys of the later model's elements, by which changes name them. */
  readonly keys: readonly string[];
}

/** What came of comparing: the difference, or the version that has errors. */
export type Compared =
  | { readonly kind: 'compared'; readonly compared: ComparedProject }
  | { readonly kind: 'broken'; readonly version: 'before' | 'after'; readonly compilation: ProjectCompilation };

interface Side {
  readonly project: Project;
  readonly reader: SourceReader;
}

interface Pair {
  readonly path: string;
  readonly before?: Side;
  readonly after?: Side;
}

/**
 * Compiles two versions of a project and tells what differs. A version that is absent had nothing in it. Warnings do not
 * matter here, and a later check of the language must not hide an earlier version: only what leaves no model does.
 */
export async function compareProject(pair: Pair): Promise<Compared> {
  return await compileVersions((compileVersion) => compare(pair, compileVersion));
}

async function compare(pair: Pair, compileVersion: typeof compile): Promise<Compared> {
  const models: Partial<Record<'before' | 'after', Model>> = {};
  for (const version of ['before', 'after'] as const) {
    const side = pair[version];
    if (side === undefined) continue;
    const compilation = await compileMeaning(compileVersion, side.project, side.reader);
    if (compilation.model === undefined) return { kind: 'broken', version, compilation };
    models[version] = compilation.model;
  }
  const before = models.before ?? (models.after && emptied(models.after));
  const after = models.after ?? (models.before && emptied(models.before));
  if (before === undefined || after === undefined) throw new RangeError('one of two versions must be there');
  return {
    kind: 'compared',
    compared: { path: pair.path, before, after, difference: diffModels(before, after), keys: elementKeys(after) },
  };
}

/** A model without anything in it, called like another one. */
function emptied(like: Model): Model {
  const lists = Object.entries(like).filter(([, value]) => Array.isArray(value));
  return { ...like, sourceHash: '', ...Object.fromEntries(lists.map(([name]) => [name, []])) };
}
