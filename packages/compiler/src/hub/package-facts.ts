import { type Compilation, compile, type SourceReader } from '@pathway/language';
import {
  byId,
  type Diagnostic,
  type Model,
  neededElements,
  type Origin,
  type Source,
  type Template,
  titleOf,
  type Usage,
  walkActivities,
} from '@pathway/model';
import { type KnowledgePackage, textIn } from './knowledge-package.js';

/** The file that an import of a package's name alone brings. */
export const PACKAGE_ENTRY = 'index.pathway';

/** What the texts of a package say. */
export interface PackageFacts {
  readonly templates: readonly TemplateFacts[];
  readonly sources: readonly Source[];
  readonly usages: readonly Usage[];
  /** Languages (BCP 47) in which something has a title, each with how many titles it has. */
  readonly languages: readonly { readonly language: string; readonly titles: number }[];
  /** What is wrong with the package's own texts. */
  readonly diagnostics: readonly Diagnostic[];
  /** Places of its own where a number says nothing of where it comes from. */
  readonly unsourced: readonly Origin[];
  /** Names of the packages that its texts import. */
  readonly imports: readonly string[];
}

interface TemplateFacts {
  readonly id: string;
  readonly title: string;
  readonly documentation?: string;
  readonly needs: readonly { readonly kind: string; readonly title: string }[];
  /** Dimensions of readiness that it asks for, with the points. */
  readonly maturity: readonly { readonly title: string; readonly points: number }[];
  /** How much comes with it, by the lists of a model: indicators, expectations, crises, responses, … */
  readonly parts: Readonly<
    Record<'indicators' | 'expectations' | 'crises' | 'responses' | 'scenarios' | 'studies', number>
  >;
}

/**
 * Compiles a package by itself, in memory.
 * @param others packages that it may import, by name
 */
export async function packageFacts(
  one: KnowledgePackage,
  others: ReadonlyMap<string, KnowledgePackage>,
): Promise<PackageFacts> {
  const { model, diagnostics, files } = await compilePackage(one, others, [PACKAGE_ENTRY]);
  const isOwn = ({ range }: Diagnostic): boolean => !range.file.includes(':');
  return {
    templates: (model?.templates ?? []).map((template) => templateFacts(template, model)),
    sources: (model?.sources ?? []).filter(({ origin }) => !origin.file.includes(':')),
    usages: model?.usages ?? [],
    languages: model === undefined ? [] : languagesOf(model),
    diagnostics: diagnostics.filter((each) => isOwn(each) && each.code !== 'PW4010'),
    unsourced: [
      ...diagnostics.filter((each) => isOwn(each) && each.code === 'PW4010').map(({ range }) => range),
      ...(model?.templates ?? []).flatMap(({ parts }) => unsourcedSteps(parts)),
    ],
    imports: importedPackages(files),
  };
}

/** Compiles files of a package as a project of their own. */
export async function compilePackage(
  one: KnowledgePackage,
  others: ReadonlyMap<string, KnowledgePackage>,
  entries: readonly string[],
): Promise<Compilation> {
  // Numbers without a source are told, and what only a project as a whole can use is not.
  return compile(entries, readerOf(one, others), { severities: { PW4010: 'information', PW2006: 'off' } });
}

function readerOf(one: KnowledgePackage, others: ReadonlyMap<string, KnowledgePackage>): SourceReader {
  return {
    read(path) {
      if (!path.startsWith('package:')) return Promise.resolve(textIn(one, path));
      const below = path.slice('package:'.length);
      const name = packageOf(below);
      const from = others.get(name);
      return Promise.resolve(from === undefined ? undefined : textIn(from, below.slice(name.length + 1)));
    },
  };
}

function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}

function importedPackages(files: readonly string[]): readonly string[] {
  const names = files.flatMap((file) =>
    file.startsWith('package:') ? [packageOf(file.slice('package:'.length))] : [],
  );
  return [...new Set(names)].sort();
}

function templateFacts(template: Template, model: Model | undefined): TemplateFacts {
  const { id, documentation, needs, parts } = template;
  const elements: readonly { readonly id: string; readonly name: string; readonly title?: string }[] = [
    ...(parts.organisations ?? []),
    ...(parts.roles ?? []),
    ...(parts.resources ?? []),
    ...(parts.numbers ?? []),
    ...(parts.agreements ?? []),
  ];
  const dimensions = (model?.instruments ?? []).flatMap((instrument) => instrument.dimensions);
  const { indicators = [], expectations = [], crises = [], responses = [], scenarios = [], studies = [] } = parts;
  return {
    id,
    title: titleOf(template),
    ...(documentation !== undefined && { documentation }),
    needs: neededElements(template).map(({ kind, element, name }) => {
      const found = byId(elements, element);
      return { kind, title: found === undefined ? name : titleOf(found) };
    }),
    maturity: needs.flatMap((need) => {
      if (need.kind !== 'maturity') return [];
      const dimension = byId(dimensions, need.dimension);
      return [{ title: dimension === undefined ? need.name : titleOf(dimension), points: need.points }];
    }),
    parts: {
      indicators: indicators.length,
      expectations: expectations.length,
      crises: crises.length,
      responses: responses.length,
      scenarios: scenarios.length,
      studies: studies.length,
    },
  };
}

/** Steps that write how long they take as a number, and not where it comes from. */
function unsourcedSteps({ pathways = [] }: Template['parts']): readonly Origin[] {
  return pathways
    .flatMap(({ body }) => [...walkActivities(body)])
    .flatMap(({ activity }) => {
      if (activity.kind !== 'step' || (activity.sources ?? []).length > 0 || activity.origin.file.includes(':'))
        return [];
      return hasNumber(activity.takes) ? [activity.origin] : [];
    });
}

function hasNumber(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((each: unknown) => hasNumber(each));
  if (typeof value !== 'object' || value === null) return false;
  const members: Readonly<Record<string, unknown>> = { ...value };
  return members.kind === 'number' || Object.values(members).some((each) => hasNumber(each));
}

/** In how many titles a package speaks each language; titles of the shipped library and of other packages are not its own. */
function languagesOf(model: Model): PackageFacts['languages'] {
  const counts = new Map<string, number>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const members: Readonly<Record<string, unknown>> = { ...value };
    if (isFromElsewhere(members.origin)) return;
    for (const [key, member] of Object.entries(members)) {
      if (key === 'titles' && typeof member === 'object' && member !== null)
        for (const language of Object.keys(member)) counts.set(language, (counts.get(language) ?? 0) + 1);
      else if (key !== 'origin') visit(member);
    }
  };
  // Templates hold their parts once; without a deployment the lists of the model hold none of them.
  visit(model);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([language, titles]) => ({ language, titles }));
}

/** Whether a place is in a file of the library or of another package, whose paths have a scheme. */
function isFromElsewhere(origin: unknown): boolean {
  if (typeof origin !== 'object' || origin === null || !('file' in origin)) return false;
  return typeof origin.file === 'string' && origin.file.includes(':');
}
