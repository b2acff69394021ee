import { type Analysis, analyseInSteps, KeptParts } from '@pathway/analysis';
import type { Diagnostic, Model } from '@pathway/model';
import { AstUtils, type LangiumDocument } from 'langium';
import type { Passes } from '../compile.js';
import * as ast from '../generated/ast.js';
import { declarationsOf, lower } from '../lowering/lower.js';
import { lowerPathway } from '../lowering/flow.js';
import { lowerNumberDeclaration } from '../lowering/structure.js';
import type { LoweringContext } from '../lowering/lowering-context.js';
import type { PathwayServices } from '../module.js';
import { type Reads, recordReads } from '../tree/reads.js';
import {
  createValidationContext,
  type DataFileAccess,
  findingsIn,
  validateNames,
  withoutAbsent,
} from '../validation/index.js';
import type { DataTables } from '../workspace/data-tables.js';
import type { FileChange } from './changes.js';
import { type LoweredUnit, type Present, RecordingLowering, recordingValidation } from './recording.js';
import { sharedParts } from './shared-parts.js';

/** What was found by reading a part of a file, and what that looked at in other files. */
interface Kept<T> {
  readonly value: T;
  readonly reads: Reads;
}

/** What is kept of one version of a file. */
interface KeptFile {
  readonly root: ast.Document;
  findings?: Kept<readonly Diagnostic[]>;
  readonly units: Map<ast.Declaration, Kept<LoweredUnit>>;
}

/** Lets others have their turn; throws where there is nothing left to be checked for. */
export type Breathe = () => Promise<void>;

/**
 * The passes of a compilation for an editor: what is found in a file, and what each of its declarations means, is kept
 * until the file changes, or something in another file that it looked at, or the answer to a question that it asked about
 * the whole project.
 */
export class IncrementalPasses implements Passes {
  readonly #services: PathwayServices;
  readonly #files = new Map<string, KeptFile>();
  readonly #present: Present = { validation: undefined, lowering: undefined };
  readonly #breathe: { present: Breathe } = { present: () => Promise.resolve() };
  /** Counts changes of what is declared anywhere, on which suggestions for unknown names depend. */
  #names = 0;
  readonly #parts = new KeptParts();
  #model: Model | undefined;

  constructor(services: PathwayServices) {
    this.#services = services;
  }

  /** Says how a check lets others have their turn. */
  set breathe(breathe: Breathe) {
    this.#breathe.present = breathe;
  }

  /** Forgets what a change of a file has a bearing on. */
  forget(change: FileChange, namesChanged: boolean): void {
    if (namesChanged) this.#names++;
    this.#files.delete(change.uri);
    for (const uri of change.relinked) this.#files.delete(uri);
    for (const file of this.#files.values()) {
      if (file.findings !== undefined && touches(change, file.findings.reads)) delete file.findings;
      for (const [node, { reads }] of file.units) if (touches(change, reads)) file.units.delete(node);
    }
  }

  /** The context in which declarations are lowered. */
  contextOf(roots: readonly ast.Document[], tables: DataTables): LoweringContext {
    return new RecordingLowering(roots, tables, this.#present, (node, lowered) => this.#unit(node, lowered));
  }

  async check(
    documents: readonly LangiumDocument[],
    access: DataFileAccess,
    languages?: readonly string[],
  ): Promise<Diagnostic[]> {
    const roots = documents.map((document) => document.parseResult.value).filter(ast.isDocument);
    const validation = createValidationContext(roots, access, languages);
    this.#present.validation = validation;
    const found: Diagnostic[] = [];
    for (const document of documents) {
      const root = document.parseResult.value;
      if (!ast.isDocument(root)) continue;
      const file = this.#fileOf(root);
      if (file.findings?.reads.answersHold !== true) {
        await this.#breathe.present();
        file.findings = this.#find(document, root);
      }
      found.push(...file.findings.value);
    }
    return withoutAbsent(found, validation.isBroken);
  }

  async lower(
    roots: readonly ast.Document[],
    context: LoweringContext,
    head: Pick<Model, 'title' | 'sourceHash'>,
  ): Promise<Model> {
    const declarations = declarationsOf(roots);
    // Most of the work by far, done here in pieces; what `lower` then asks for is there.
    const before = context.diagnostics.length;
    context.numbers = declarations
      .filter(ast.isNumberDeclaration)
      .map((node) => context.unit(node, lowerNumberDeclaration));
    for (const pathway of declarations.filter(ast.isPathway)) {
      if (this.#fileOf(rootOf(pathway)).units.get(pathway)?.reads.answersHold === true) continue;
      await this.#breathe.present();
      context.unit(pathway, lowerPathway);
    }
    context.diagnostics.splice(before);
    const model = lower(roots, context, head);
    if (context instanceof RecordingLowering) context.finish();
    return (this.#model = sharedParts(this.#model, model));
  }

  async analyse(model: Model): Promise<Analysis> {
    const steps = analyseInSteps(model, this.#parts);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) return value;
      await this.#breathe.present();
    }
  }

  #find(document: LangiumDocument, root: ast.Document): Kept<readonly Diagnostic[]> {
    const found = recordReads(root, () => [
      ...validateNames([document], this.#services),
      ...findingsIn(root, recordingValidation(this.#present)),
    ]);
    // What is suggested for an unknown name may come from anywhere.
    if (document.references.some(({ error }) => error !== undefined))
      found.reads.ask('all names', this.#names, () => this.#names);
    return found;
  }

  #unit(node: ast.Declaration, lowered: () => LoweredUnit): LoweredUnit {
    const root = rootOf(node);
    const { units } = this.#fileOf(root);
    const known = units.get(node);
    if (known?.reads.answersHold === true) return known.value;
    const kept = recordReads(root, lowered);
    units.set(node, kept);
    return kept.value;
  }

  #fileOf(root: ast.Document): KeptFile {
    const uri = root.$document?.uri.toString() ?? '';
    const known = this.#files.get(uri);
    if (known?.root === root) return known;
    const file: KeptFile = { root, units: new Map() };
    this.#files.set(uri, file);
    return file;
  }
}

function rootOf(node: ast.Declaration): ast.Document {
  const root = AstUtils.getContainerOfType(node, ast.isDocument);
  if (root === undefined) throw new Error('a declaration stands in no file');
  return root;
}

function touches({ uri, insides, places, relinked }: FileChange, reads: Reads): boolean {
  if (reads.wholes.has(uri)) return true;
  for (const key of insides) if (reads.insides.has(key)) return true;
  for (const key of places) if (reads.places.has(key)) return true;
  if (relinked.size === 0) return false;
  for (const key of reads.insides) if (relinked.has(key.slice(0, key.indexOf('#')))) return true;
  for (const whole of reads.wholes) if (relinked.has(whole)) return true;
  return false;
}
