import { type AstNode, AstUtils, TextDocument } from 'langium';
import type { TextEdit } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { nodesOf, type PlacedReference, referencesOf } from '../tree/nodes.js';
import { formatText } from '../format/format-text.js';
import { fileOf } from '../workspace/files.js';
import { importedUri } from '../workspace/imports.js';
import { relativeImport } from '../workspace/paths.js';
import { FileEdits } from './edits.js';
import type { EditorProject } from './project.js';
import { writtenName } from './rename.js';

/** A pathway that becomes a template, which is deployed where the pathway was. */
export interface Lift {
  readonly pathway: string;
  readonly territory: string;
  /** Changes by file. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** What stays of the place, and what there is to do about it; a sentence each. */
  readonly remarks: readonly string[];
}

/** What of a place a template can need. */
type Local = ast.Organisation | ast.Role | ast.Resource | ast.NumberDeclaration;

interface LocalNeed {
  readonly node: Local;
  /** What the template calls it, and what the place calls it in this file. */
  readonly name: string;
  readonly here: string;
}

/** A number of a step that gets a name. */
interface LiftedNumber {
  readonly name: string;
  readonly title: string;
  readonly literal: ast.NumberLiteral;
  readonly sources: readonly string[];
}

/**
 * Makes a template of a pathway that is written for one place: the organisations, roles, resources and named numbers that it
 * speaks of become needs, the times of its steps needed numbers with their defaults and sources, arrivals at a rate become
 * rates of the people there; and a deployment where it was says that all is as before.
 * @param cohortsToo whether cohorts, which may stand in other files, become rates of the people there
 * @returns the changes, or in a sentence why it cannot be lifted
 */
export function liftPathway(project: EditorProject, pathway: ast.Pathway, cohortsToo: boolean): Lift | string {
  if (pathway.template) return `\`${pathway.name}\` is a template already.`;
  const root = AstUtils.getContainerOfType(pathway, ast.isDocument);
  const cst = pathway.$cstNode;
  if (root === undefined || cst === undefined) return `\`${pathway.name}\` cannot be read.`;
  const file = fileOf(AstUtils.getDocument(pathway).uri);
  const loaded = project.file(file);
  if (loaded === undefined || file.includes(':'))
    return `\`${pathway.name}\` is in a package; copy it into the project first.`;
  const territory = territoryOf(project, pathway);
  if (typeof territory === 'string') return territory;
  const edits = new FileEdits(loaded);
  const all = new Map([[file, edits]]);
  const taken = new Set(
    nodesOf(pathway).flatMap((node) => ('name' in node && typeof node.name === 'string' ? [node.name] : [])),
  );
  const needs = localNeeds(pathway, taken);
  for (const { reference, need } of references(pathway, needs)) {
    const place = reference.reference.$refNode;
    if (place !== undefined && place.text !== writtenName(project, need.name))
      edits.replace(place.offset, place.end, writtenName(project, need.name));
  }
  const numbers = liftedNumbers(pathway, new Set([...taken, ...needs.map(({ name }) => name)]));
  for (const { literal, name } of numbers) {
    const place = literal.$cstNode;
    if (place !== undefined) edits.replace(place.offset, place.end, writtenName(project, name));
  }
  const lines = [
    ...needs.map((need) => needText(project, need)),
    ...numbers.map(({ name, title, literal, sources }) => {
      const from = sources.length === 0 ? '' : ` source ${sources.join(', ')}`;
      return `needs number ${writtenName(project, name)} "${title}" = ${literal.$cstNode?.text ?? ''}${from}`;
    }),
  ];
  edits.insert(cst.offset, 'template ');
  edits.insertInBlock(pathway, lines.join('\n  '), 'first');
  const { here, added } = visibleTerritory(project, root, file, territory);
  if (added !== undefined)
    edits.insert(root.imports.at(-1)?.$cstNode?.end ?? 0, root.imports.length > 0 ? `\n${added}` : `${added}\n\n`);
  const bindings = needs.map((need) => `  ${writtenName(project, need.name)} = ${need.here}`);
  edits.insert(cst.end, `\n\ndeploy ${writtenName(project, pathway.name)} in ${here} {\n${bindings.join('\n')}\n}`);
  const remarks = pathway.entries.flatMap(({ cohort }) =>
    cohortByPopulation(project, cohort.ref, territory, cohortsToo, all),
  );
  return {
    pathway: pathway.name,
    territory: territory.name,
    edits: new Map(Array.from(all, ([path, each]) => [path, each.edits] as const)),
    remarks: [...remarks, ...whatStays(pathway), ...whatComesAlong(project, pathway, needs)],
  };
}

/**
 * Lifts the pathway of a name that a file declares, its cohorts too.
 * @returns the changes, or in a sentence why it cannot be lifted
 */
export function liftDeclared(project: EditorProject, file: string, name: string): Lift | string {
  const pathway = project
    .root(file)
    ?.declarations.filter(ast.isPathway)
    .find((each) => each.name === name);
  return pathway === undefined ? `\`${name}\` is not declared in ${file}.` : liftPathway(project, pathway, true);
}

/** The texts of the files that a lift changes, in the canonical form, as they are then. */
export function liftedTexts(project: EditorProject, { edits }: Lift): ReadonlyMap<string, string> {
  return new Map(
    [...edits].map(([file, changes]): [string, string] => {
      const text = project.file(file)?.text ?? '';
      const changed = TextDocument.applyEdits(TextDocument.create(file, 'pathway', 0, text), [...changes]);
      const result = formatText(changed, file);
      return [file, 'formatted' in result ? result.formatted : changed];
    }),
  );
}

/** The territory of the owner or, without one, of any organisation that it speaks of; else the only one there is. */
function territoryOf(project: EditorProject, pathway: ast.Pathway): ast.Territory | string {
  const owner = pathway.items.find(ast.isOwnerProperty)?.organisation.ref;
  const organisations = [owner, ...referencesOf(pathway).map(({ reference }) => reference.ref)].filter(
    ast.isOrganisation,
  );
  for (const organisation of organisations) {
    for (let at: ast.Organisation | undefined = organisation, depth = 0; at !== undefined && depth < 20; depth++) {
      const territory = at.properties.find(ast.isInTerritoryProperty)?.territory.ref;
      if (territory !== undefined) return territory;
      at = at.properties.find(ast.isPartOfProperty)?.organisation.ref;
    }
  }
  const territories = project.roots.flatMap(({ root }) => root.declarations.filter(ast.isTerritory));
  const [only, ...others] = territories;
  if (only !== undefined && others.length === 0) return only;
  return territories.length === 0
    ? 'There is no territory to deploy it in: declare one, `territory NAME { population … }`.'
    : `Nothing says which territory \`${pathway.name}\` is of: write \`in\` with one into the organisation that owns it.`;
}

function isLocal(node: AstNode | undefined): node is Local {
  if (node === undefined || !ast.isDocument(node.$container)) return false;
  if (ast.isNumberDeclaration(node)) return referencesOf(node.value).length === 0;
  return ast.isOrganisation(node) || ast.isRole(node) || ast.isResource(node);
}

function localNeeds(pathway: ast.Pathway, taken: ReadonlySet<string>): readonly LocalNeed[] {
  const needs = new Map<Local, LocalNeed>();
  const names = new Set(taken);
  for (const { reference } of referencesOf(pathway)) {
    const node = reference.ref;
    if (!isLocal(node) || needs.has(node)) continue;
    const name = unused(node.name, names);
    names.add(name);
    needs.set(node, { node, name, here: reference.$refNode?.text ?? reference.$refText });
  }
  const rank = ['Organisation', 'Role', 'Resource', 'NumberDeclaration'];
  return [...needs.values()].sort((a, b) => rank.indexOf(a.node.$type) - rank.indexOf(b.node.$type));
}

function unused(name: string, names: ReadonlySet<string>): string {
  if (!names.has(name)) return name;
  for (let count = 2; ; count++) if (!names.has(`${name}${count}`)) return `${name}${count}`;
}

function references(
  pathway: ast.Pathway,
  needs: readonly LocalNeed[],
): readonly { readonly reference: PlacedReference; readonly need: LocalNeed }[] {
  const byNode = new Map<AstNode, LocalNeed>(needs.map((need) => [need.node, need]));
  return referencesOf(pathway).flatMap((reference) => {
    const need = reference.reference.ref === undefined ? undefined : byNode.get(reference.reference.ref);
    return need === undefined ? [] : [{ reference, need }];
  });
}

/** `needs role Nurse "Nurse" with StrokeNursing competent isco "2221"`: what the place's own declaration says of it. */
function needText(project: EditorProject, { node, name }: LocalNeed): string {
  const head = `${writtenName(project, name)}${node.title === undefined ? '' : ` ${JSON.stringify(node.title)}`}`;
  if (ast.isNumberDeclaration(node)) {
    const sources = node.sources.map(({ $refText }) => $refText);
    const from = sources.length === 0 ? '' : ` source ${sources.join(', ')}`;
    return `needs number ${head} = ${node.value.$cstNode?.text ?? ''}${from}`;
  }
  if (ast.isOrganisation(node)) {
    const sector = node.properties.find(ast.isSectorProperty)?.$cstNode?.text;
    return `needs organisation ${head}${sector === undefined ? '' : ` ${sector}`}`;
  }
  if (ast.isResource(node)) {
    const kind = node.properties.find(ast.isKindProperty)?.$cstNode?.text;
    return `needs resource ${head}${kind === undefined ? '' : ` ${kind}`}`;
  }
  const skills = node.properties
    .filter(ast.isHasProperty)
    .flatMap((each) => each.skills.map((skill) => skill.$cstNode?.text ?? ''));
  const codes = node.properties.filter(ast.isCodeProperty).map((each) => each.$cstNode?.text ?? '');
  return ['needs role', head, ...(skills.length === 0 ? [] : [`with ${skills.join(', ')}`]), ...codes].join(' ');
}

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  exponential: ['Mean'],
  uniform: ['Low', 'High'],
  triangular: ['Low', 'Mode', 'High'],
  pert: ['Low', 'Mode', 'High'],
  normal: ['Mean', 'Sd'],
  erlang: ['Stages', 'Mean'],
};

/** Durations of steps, plain or as parameters of a distribution, which are the numbers that differ between places. */
function liftedNumbers(pathway: ast.Pathway, taken: ReadonlySet<string>): readonly LiftedNumber[] {
  const names = new Set(taken);
  return nodesOf(pathway).flatMap((node): LiftedNumber[] => {
    if (!ast.isTakesProperty(node)) return [];
    const step = AstUtils.getContainerOfType(node, ast.isStep);
    if (step === undefined) return [];
    const sources = step.properties
      .filter(ast.isSourceReference)
      .flatMap((each) => each.sources.map(({ $refText }) => $refText));
    return parameters(node.duration).map(({ literal, word }) => {
      const name = unused(`${step.name}${word}`, names);
      names.add(name);
      const title = `${step.title ?? step.name}: ${word === 'Time' ? 'time' : word.toLowerCase()}`;
      return { name, title: title.replaceAll('"', '\\"'), literal, sources };
    });
  });
}

function parameters(
  duration: ast.Expression,
): readonly { readonly literal: ast.NumberLiteral; readonly word: string }[] {
  if (ast.isNumberLiteral(duration)) return [{ literal: duration, word: 'Time' }];
  if (!ast.isFunctionCall(duration)) return [];
  const words = PARAMETERS[duration.function] ?? [];
  return duration.arguments.flatMap(({ name, value }, index) => {
    if (!ast.isNumberLiteral(value)) return [];
    const word =
      name === undefined ? (words[index] ?? `Value${index + 1}`) : name.charAt(0).toUpperCase() + name.slice(1);
    // Plain numbers of a distribution, such as how many stages, are its form and no measurement.
    return value.unit === undefined ? [] : [{ literal: value, word }];
  });
}

/** How this file names the territory, and the import that it takes for that. */
function visibleTerritory(
  project: EditorProject,
  root: ast.Document,
  file: string,
  territory: ast.Territory,
): { readonly here: string; readonly added?: string } {
  const from = fileOf(AstUtils.getDocument(territory).uri);
  if (from === file) return { here: writtenName(project, territory.name) };
  const uri = project.file(file)?.document.uri;
  for (const statement of root.imports) {
    const target = uri === undefined ? undefined : importedUri(uri, statement.path);
    if (target === undefined || fileOf(target) !== from) continue;
    return {
      here:
        statement.name === undefined
          ? writtenName(project, territory.name)
          : `${statement.name}.${writtenName(project, territory.name)}`,
    };
  }
  const path = relativeImport(file, from);
  return { here: writtenName(project, territory.name), ...(path !== undefined && { added: `import "${path}"` }) };
}

/** Arrivals at a rate become a rate of so many people as live there, which is the same rate there and another elsewhere. */
function cohortByPopulation(
  project: EditorProject,
  cohort: ast.Cohort | undefined,
  territory: ast.Territory,
  change: boolean,
  all: Map<string, FileEdits>,
): readonly string[] {
  if (cohort === undefined) return [];
  const arrivals = cohort.properties.find(ast.isArrivesProperty)?.arrivals;
  if (ast.isPopulationArrivals(arrivals)) return [];
  const stays = `The arrivals of \`${cohort.name}\` stay those of ${territory.name}`;
  const people = territory.properties.find(ast.isPopulationProperty)?.value;
  const hasAges = territory.properties.some(ast.isAgeGroupProperty);
  const isRate =
    ast.isCountedArrivals(arrivals) &&
    arrivals.at === undefined &&
    arrivals.days === undefined &&
    arrivals.group === undefined &&
    !arrivals.daily;
  if (!isRate)
    return [
      `${stays}: write them as \`arrives by population { ages … : RATE per PEOPLE }\`, so that they follow from the people of a place.`,
    ];
  if (!ast.isNumberLiteral(people) || hasAges)
    return [`${stays}: say for which ages their rate is, as \`arrives by population { ages … : RATE per PEOPLE }\`.`];
  const shared = project.roots
    .flatMap(({ root }) => root.declarations.filter(ast.isPathway))
    .filter(({ entries }) => entries.some((each) => each.cohort.ref === cohort));
  const file = fileOf(AstUtils.getDocument(cohort).uri);
  const place = arrivals.amount.$cstNode;
  const loaded = project.file(file);
  if (!change || shared.length > 1 || place === undefined || loaded === undefined || file.includes(':'))
    return [
      `${stays}: write them as \`arrives by population { ages 0 and over: RATE per ${people.$cstNode?.text ?? ''} }\`.`,
    ];
  const edits = all.get(file) ?? new FileEdits(loaded);
  all.set(file, edits);
  edits.replace(
    place.offset,
    place.end,
    `by population {\n    ages 0 and over: ${place.text} per ${people.$cstNode?.text ?? ''}\n  }`,
  );
  return [];
}

/** What a template names and no deployment replaces. */
function whatStays(pathway: ast.Pathway): readonly string[] {
  const remarks = new Set<string>();
  for (const { reference } of referencesOf(pathway)) {
    const node = reference.ref;
    if (node === undefined || !ast.isDocument(node.$container)) continue;
    if (ast.isPathway(node) && node !== pathway && !node.template)
      remarks.add(`It calls \`${node.name}\`, which stays of the place: lift that one too, or write it out here.`);
    if (ast.isNumberDeclaration(node) && referencesOf(node.value).length > 0)
      remarks.add(
        `\`${node.name}\` is made of other numbers and stays of the place: let the template need those that it is made of.`,
      );
    if (ast.isStock(node) || ast.isTravel(node))
      remarks.add(`\`${node.name}\` stays of the place: no need can stand for it.`);
  }
  return [...remarks];
}

/** What speaks of the pathway comes along with the template, and should speak of what that needs and not of the place. */
function whatComesAlong(project: EditorProject, pathway: ast.Pathway, needs: readonly LocalNeed[]): readonly string[] {
  const own = new Set<AstNode>(nodesOf(pathway));
  const byNode = new Map<AstNode, string>(needs.map(({ node, name }) => [node, name]));
  const declarations = project.roots.flatMap(({ file, root }) => (file.includes(':') ? [] : root.declarations));
  return declarations.flatMap((declaration): string[] => {
    if (!ast.isResponse(declaration) && !ast.isCrisis(declaration) && !ast.isTrigger(declaration)) return [];
    const targets = referencesOf(declaration).flatMap(({ reference }) =>
      reference.ref === undefined ? [] : [reference.ref],
    );
    if (!targets.some((target) => own.has(target))) return [];
    const named = [...new Set(targets.filter((target) => isLocal(target)))];
    const needed = named.flatMap((node) => byNode.get(node) ?? []);
    const other = named.flatMap((node) => (byNode.has(node) || ast.isNumberDeclaration(node) ? [] : [node.name]));
    if (needed.length + other.length === 0) return [];
    const instead = needed.map((name) => `\`${pathway.name}.${name}\``).join(', ');
    return [
      `\`${declaration.name}\` comes along with it and names what is of this place:` +
        (needed.length === 0 ? '' : ` write ${instead} there.`) +
        (other.length === 0 ? '' : ` Let the template need ${other.map((name) => `\`${name}\``).join(', ')} too.`),
    ];
  });
}
