import type { LangiumDocument } from 'langium';
import { DefaultIndexManager } from 'langium';
import { PathwayScopeComputation } from './scope-computation.js';

/** Langium's index of names, which can also be brought up to date at once. */
export class PathwayIndexManager extends DefaultIndexManager {
  /** Takes in what a parsed file declares, in place of what it declared before. */
  publish(document: LangiumDocument): void {
    const { ScopeComputation } = this.serviceRegistry.getServices(document.uri).references;
    if (!(ScopeComputation instanceof PathwayScopeComputation)) throw new Error('the file is in another language');
    const key = document.uri.toString();
    this.symbolIndex.set(key, ScopeComputation.exportedBy(document));
    this.symbolByTypeIndex.clear(key);
  }
}
