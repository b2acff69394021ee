import { EmptyFileSystem } from 'langium';
import { createPathwayServices, type PathwayServices } from '../module.js';
import { PathwayScopeProvider } from '../scope/scope-provider.js';

/** Services that no compilation uses at the moment. Building a parser takes longer than compiling a small project. */
const idle: PathwayServices[] = [];
const MOST_IDLE = 2;

/** Lends services to a compilation and takes them back empty, whatever becomes of it. */
export async function withServices<Result>(use: (services: PathwayServices) => Promise<Result>): Promise<Result> {
  const services = idle.pop() ?? createPathwayServices(EmptyFileSystem).pathway;
  try {
    return await use(services);
  } finally {
    forgetDocuments(services);
    if (idle.length < MOST_IDLE) idle.push(services);
  }
}

function forgetDocuments(services: PathwayServices): void {
  const { IndexManager, LangiumDocuments } = services.shared.workspace;
  for (const { uri } of LangiumDocuments.all.toArray()) {
    LangiumDocuments.deleteDocument(uri);
    IndexManager.remove(uri);
  }
  const provider = services.references.ScopeProvider;
  if (provider instanceof PathwayScopeProvider) provider.forget();
}
