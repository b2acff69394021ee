import { resolve } from 'node:path';
import {
  addPackage,
  type FoundPackage,
  findPackages,
  jsonText,
  packageAt,
  packageFacts,
  packageNamed,
  projectAround,
  ProjectError,
  searchPackages,
  shownPath,
} from '@pathway/compiler';
import { addedText, hitsText, packageText } from '../print/hub-text.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

export interface HubOptions {
  /** Further folders with packages. */
  readonly from: readonly string[];
  readonly format: 'text' | 'json';
}

/** `pathway hub search|show|add`: packages of pathways that are here, what is known of them, and taking one into a project. */
export async function hub(
  action: string,
  words: readonly string[],
  options: HubOptions,
  context: Context,
): Promise<number> {
  switch (action) {
    case 'search':
      return search(words, options, context);
    case 'show':
      return show(onlyOne(words, 'show'), options, context);
    case 'add':
      return add(onlyOne(words, 'add'), options, context);
    default:
      throw new ProjectError(
        `There is no \`pathway hub ${action}\`.`,
        'There is: search WORDS, show NAME, add NAME or FOLDER.',
      );
  }
}

function onlyOne(words: readonly string[], action: string): string {
  const [name, ...others] = words;
  if (name !== undefined && others.length === 0) return name;
  throw new ProjectError(
    `\`pathway hub ${action}\` takes one package.`,
    `For example: pathway hub ${action} @pathway/heat-health`,
  );
}

interface Here {
  readonly project: Awaited<ReturnType<typeof projectAround>>;
  readonly packages: readonly FoundPackage[];
}

/** The project of the folder that the command runs in, and all packages that it can take from. */
async function lookAround({ from }: HubOptions, context: Context): Promise<Here> {
  const { cwd } = context.io;
  const project = await projectAround(resolve(cwd, 'index.pathway'));
  const { packages, problems } = await findPackages(
    project,
    from.map((folder) => resolve(cwd, folder)),
  );
  if (!context.quiet) for (const problem of problems) context.warn(`Left out: ${problem}`);
  return { project, packages };
}

async function search(words: readonly string[], options: HubOptions, context: Context): Promise<number> {
  const { packages } = await lookAround(options, context);
  const hits = searchPackages(firstOfEach(packages), words);
  const byName = new Map(packages.map((each) => [each.manifest.name, each] as const));
  const told = await Promise.all(
    hits.map(async ({ found }) => ({
      found,
      facts: await packageFacts(found, byName),
      others: otherVersions(found, packages),
    })),
  );
  if (options.format === 'json')
    context.print(jsonText(told.map(({ found, facts, others }) => ({ ...described(found, others), ...facts }))));
  else if (told.length > 0) context.print(hitsText(told, context.outColours));
  if (told.length === 0)
    context.warn(
      `No package here speaks of ${words.join(' ')}. \`pathway hub search\` lists all ${firstOfEach(packages).length}.`,
    );
  return told.length === 0 ? EXIT.found : EXIT.ok;
}

/** Of several packages of one name the first, which an import would bring. */
function firstOfEach(packages: readonly FoundPackage[]): readonly FoundPackage[] {
  const names = new Set<string>();
  return packages.filter(({ manifest: { name } }) => !names.has(name) && names.add(name));
}

async function show(name: string, options: HubOptions, context: Context): Promise<number> {
  const { packages } = await lookAround(options, context);
  const found = packageNamed(name, packages);
  const facts = await packageFacts(found, new Map(packages.map((each) => [each.manifest.name, each] as const)));
  const others = otherVersions(found, packages);
  if (options.format === 'json') context.print(jsonText({ ...described(found, others), ...facts }));
  else context.print(packageText({ found, facts, others }, context.outColours));
  return EXIT.ok;
}

/** Packages of the same name and another version, which `hub add FOLDER` would take. */
function otherVersions(found: FoundPackage, packages: readonly FoundPackage[]): readonly FoundPackage[] {
  const { name, version } = found.manifest;
  return packages.filter(({ manifest }) => manifest.name === name && manifest.version !== version);
}

function described({ manifest, source, place }: FoundPackage, others: readonly FoundPackage[]): object {
  const { name, version, license, description, keywords } = manifest;
  const also = others.map((each) => ({ version: each.manifest.version, source: each.source, place: each.place }));
  return { name, version, licence: license, description, keywords, source, place, also };
}

async function add(wanted: string, options: HubOptions, context: Context): Promise<number> {
  const { cwd } = context.io;
  const { project, packages } = await lookAround(options, context);
  const isPath = /^\.{0,2}\/|^\.{1,2}$|^[A-Za-z]:|\\/.test(wanted);
  const found = isPath ? await packageAt(project, resolve(cwd, wanted), wanted) : packageNamed(wanted, packages);
  const added = await addPackage(project, found, isPath ? [found, ...packages] : packages);
  const names = new Map([...packages, found].map((each) => [each.manifest.name, each] as const));
  const facts = await packageFacts(found, names);
  const where = shownPath(project.root, cwd);
  context.tell(addedText(added, facts, where, context.errColours).trimEnd());
  return EXIT.ok;
}
