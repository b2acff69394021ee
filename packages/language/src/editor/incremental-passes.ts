import { type Analysis, analyse } from '@pathway/analysis';
import type { Diagnostic, Model } from '@pathway/model';
import type { LangiumDocument } from 'langium';
import type { Passes } from '../compile.js';
import * as ast from '../generated/ast.js';
import { lower } from '../lowering/lower.js';
import type { LoweringContext } from '../lowering/lowering-context.js';
import type { PathwayServices } from '../module.js';
import { createValidationContext, type DataFileAccess, validateDocument, validateNames } from '../validation/index.js';

export class IncrementalPasses implements Passes {
  readonly #services: PathwayServices;

  constructor(services: PathwayServices) {
    this.#services = services;
  }

  check(documents: readonly LangiumDocument[], access: DataFileAccess, languages?: readonly string[]): Diagnostic[] {
    const roots = documents.map((document) => document.parseResult.value).filter(ast.isDocument);
    const context = createValidationContext(roots, access, languages);
    return [...validateNames(documents, this.#services), ...roots.flatMap((root) => validateDocument(root, context))];
  }

  lower(roots: readonly ast.Document[], context: LoweringContext, head: Pick<Model, 'title' | 'sourceHash'>): Model {
    return lower(roots, context, head);
  }

  analyse(model: Model): Analysis {
    return analyse(model);
  }
}
