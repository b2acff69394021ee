import type { Compilation } from './compilation.js';
import { type compile, compileLoaded, readDataFiles } from './compile.js';
import type { PathwayServices } from './module.js';
import { PathwayScopeProvider } from './scope/scope-provider.js';
import { forgetLinks, linkOnDemand } from './tree/link.js';
import { type LoadedFile, loadFiles } from './workspace/load.js';
import { withServices } from './workspace/services-pool.js';

interface Version {
  readonly files: readonly LoadedFile[];
  readonly dataTexts: ReadonlyMap<string, string | undefined>;
  readonly options: string;
  readonly compilation: Compilation;
}

/**
 * Lends a way of compiling several versions of the same files, one after the other, each as `compile` does it. A file
 * whose text is that of the version before is not parsed again; names are looked up anew, since what they mean depends
 * on all files. Where no text differs, the earlier compilation is the answer.
 */
export async function compileVersions<Result>(
  use: (compileVersion: typeof compile) => Promise<Result>,
): Promise<Result> {
  return await withServices(async (services) => {
    let before: Version | undefined;
    return await use(async (entryFiles, reader, options) => {
      const parsed = new Map((before?.files ?? []).map((each) => [each.file, each]));
      const loaded = await loadFiles(entryFiles, reader, services, new Map(), parsed);
      const { files } = loaded;
      const dataTexts = await readDataFiles(files, reader);
      const settings = JSON.stringify([entryFiles, options]);
      if (
        before?.options === settings &&
        isSameList(before.files, files) &&
        isSameList([...before.dataTexts].flat(), [...dataTexts].flat())
      )
        return before.compilation;
      replaceFiles(before?.files ?? [], files, services);
      const compilation = await compileLoaded(services, loaded, reader, options ?? {});
      before = { files, dataTexts, options: settings, compilation };
      return compilation;
    });
  });
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** Makes the files of one version known to one another, and nothing of the version before. */
function replaceFiles(
  before: readonly LoadedFile[],
  after: readonly LoadedFile[],
  { shared, references: { ScopeProvider } }: PathwayServices,
): void {
  const { IndexManager, LangiumDocuments } = shared.workspace;
  const wanted = new Set(after.map(({ file }) => file));
  for (const { file, document } of before) {
    IndexManager.remove(document.uri);
    forgetLinks(document);
    if (!wanted.has(file)) LangiumDocuments.deleteDocument(document.uri);
  }
  if (ScopeProvider instanceof PathwayScopeProvider) ScopeProvider.forget();
  linkOnDemand(
    after.map(({ document }) => document),
    shared,
  );
}
