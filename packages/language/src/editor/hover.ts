import { type AstNode, GrammarUtils } from 'langium';
import { groupsFor, hasSkill } from '@pathway/analysis';
import {
  type Activity,
  byId,
  type Cohort,
  constantValue,
  expressionText,
  findActivity,
  formatNumber,
  formatQuantity,
  groupOf,
  meanGroup,
  meanOfExpression,
  type Model,
  type NeedTarget,
  parseUnit,
  type StaffGroup,
  titleOf,
} from '@pathway/model';
import type { Hover, Position } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { kindName } from '../validation/references.js';
import { fileOfNode } from '../validation/places.js';
import { distributionWords } from './distribution-words.js';
import { activityIdOf, elementOf, lastMeaning, loadOf, staffOf } from './elements.js';
import { firstWord } from './completion-words.js';
import { SNIPPETS } from './generated/snippets.js';
import { attempt, LocalValues } from './local-values.js';
import { onDutyWords } from './on-duty-words.js';
import { cstRange, isNamed, meantAt, nodeAt, ruleOf, type Spot, spotAt } from './places.js';
import { loadWords } from './load-words.js';
import { isForeign, type EditorProject } from './project.js';
import { documentationOf } from '../tree/documentation.js';

/** What stands at a place: what it means, with the figures that follow from it, as Markdown. */
export function hoverAt(project: EditorProject, file: string, position: Position): Hover | undefined {
  const spot = spotAt(project, file, position);
  if (spot === undefined) return undefined;
  const call = distributionAt(spot);
  if (call !== undefined) return call;
  const meant = meantAt(spot);
  if (meant !== undefined) {
    return { range: meant.range, contents: { kind: 'markdown', value: describe(project, meant.target) } };
  }
  return unitAt(spot) ?? wordAt(spot);
}

function distributionAt(spot: Spot): Hover | undefined {
  let node: AstNode | undefined = nodeAt(spot.root, spot.offset);
  while (node !== undefined && !ast.isFunctionCall(node)) {
    // A name inside a call is asked for itself.
    if (ast.isNameReference(node)) return undefined;
    node = node.$container;
  }
  if (node === undefined) return undefined;
  const found = new LocalValues(spot.root).distribution(node);
  if (found === undefined) return undefined;
  const value = `\`${node.$cstNode?.text ?? node.function}\`\n\n${distributionWords(found.distribution, found.dimension)}`;
  return { range: cstRange(node.$cstNode), contents: { kind: 'markdown', value } };
}

function unitAt({ root, offset }: Spot): Hover | undefined {
  const node = nodeAt(root, offset);
  if (!ast.isNumberLiteral(node)) return undefined;
  const unit = node.unit ?? (node.per === undefined ? undefined : `per ${node.per}`);
  const parsed = unit === undefined ? undefined : parseUnit(unit);
  if (parsed === undefined) return undefined;
  const canonical = formatQuantity(node.value * parsed.factor, parsed.dimension, { percentage: parsed.percentage });
  return {
    range: cstRange(node.$cstNode),
    contents: { kind: 'markdown', value: `\`${node.$cstNode?.text ?? ''}\` = ${canonical}` },
  };
}

/** A word of the language: what it begins, and how that is written. */
function wordAt({ root, offset, loaded }: Spot): Hover | undefined {
  const leafText = /[a-z]+$/.exec(loaded.text.slice(0, offset))?.[0] ?? '';
  const rest = /^[a-z]+/.exec(loaded.text.slice(offset))?.[0] ?? '';
  const word = leafText + rest;
  if (word === '') return undefined;
  const keyword = GrammarUtils.findNodeForKeyword(nodeAt(root, offset).$cstNode, word);
  if (keyword?.grammarSource === undefined) return undefined;
  const written = ruleOf(keyword.grammarSource);
  const found = SNIPPETS.filter(({ rule, body }) => rule === written && firstWord(body) === word);
  if (found.length === 0) return undefined;
  const [first] = found;
  const example = (first?.body ?? '')
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\n?\$\d+/g, '');
  const value = `**${word}**: ${found.map(({ description }) => description).join('; ')}\n\n\`\`\`pathway\n${example}\n\`\`\``;
  const start = loaded.document.textDocument.positionAt(offset - leafText.length);
  const end = loaded.document.textDocument.positionAt(offset + rest.length);
  return { range: { start, end }, contents: { kind: 'markdown', value } };
}

function describe(project: EditorProject, node: AstNode): string {
  const name = isNamed(node) ? node.name : '';
  const title = 'title' in node && typeof node.title === 'string' ? ` — ${node.title}` : '';
  const from = isForeign(fileOfNode(node)) ? `\n\n*from ${fileOfNode(node)}*` : '';
  const parts = [
    `**${kindName(node.$type)} \`${name}\`**${title}${from}`,
    documentationOf(node) ?? '',
    ...meaningOf(project, node),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** What follows for a thing from the project as it was when its texts last had a meaning. */
function meaningOf(project: EditorProject, node: AstNode): readonly string[] {
  const local = localMeaning(project, node);
  const meaning = lastMeaning(project);
  if (meaning === undefined) return local;
  const { model, facts } = meaning;
  if (ast.isResource(node)) return loadWords(loadOf(facts, elementOf(model.resources, node)?.id));
  if (ast.isRole(node)) return roleWords(model, node);
  if (ast.isStaff(node))
    return loadWords(loadOf(facts, staffOf(model, fileOfNode(node), (node.$cstNode?.range.start.line ?? 0) + 1)?.id));
  if (ast.isSkill(node)) return skillWords(model, node);
  if (ast.isCohort(node)) return [...local, ...cohortWords(model, node)];
  if (ast.isStep(node) || ast.isHold(node)) {
    const id = activityIdOf(model, node);
    const activity = id === undefined ? undefined : findActivity(model, id);
    return activity === undefined ? local : activityWords(model, activity);
  }
  return local;
}

function localMeaning(project: EditorProject, node: AstNode): readonly string[] {
  const file = fileOfNode(node);
  const root = project.root(file);
  if (root === undefined) return [];
  if (ast.isNumberDeclaration(node)) {
    const values = new LocalValues(root);
    const constant = values.constant(node.value);
    const sources = node.sources.map(({ $refText }) => $refText).join(', ');
    return [
      constant === undefined
        ? `= ${node.value?.$cstNode?.text ?? ''}`
        : `= ${formatQuantity(constant.value, constant.dimension)}`,
      node.uncertainty === undefined ? '' : `uncertain ${node.uncertainty.$cstNode?.text ?? ''}`,
      sources === '' ? '' : `source ${sources}`,
    ];
  }
  if (ast.isAttribute(node)) return [node.value?.$cstNode?.text === undefined ? '' : `\`${node.value.$cstNode.text}\``];
  if (ast.isSource(node)) return [node.properties.map((each) => each.$cstNode?.text ?? '').join('  \n')];
  if (ast.isShift(node)) return [`\`${node.from}-${node.to}\``];
  if (ast.isOrganisation(node)) return [node.properties.map((each) => each.$cstNode?.text ?? '').join('  \n')];
  return [];
}

function roleWords(model: Model, node: ast.Role): readonly string[] {
  const role = elementOf(model.roles, node);
  if (role === undefined) return [];
  const skills = role.skills.map(
    ({ skill, level }) => `${nameOf(model, skill)}${level === undefined ? '' : ` (${level})`}`,
  );
  const groups = model.staff.filter((group) => group.role === role.id);
  const rows = groups.map(
    (group) => `| ${placeName(model, group)} | ${headcount(model, group)} | ${onDutyWords(model, group)} |`,
  );
  return [
    skills.length === 0 ? '' : `Skills: ${skills.join(', ')}`,
    rows.length === 0
      ? 'Nobody of this role is on the staff.'
      : `| where | people | on duty |\n| --- | --- | --- |\n${rows.join('\n')}`,
  ];
}

function nameOf(model: Model, skill: string): string {
  const found = byId(model.skills, skill);
  return found === undefined ? skill : titleOf(found);
}

function placeName(model: Model, group: StaffGroup): string {
  const place = group.organisation === undefined ? undefined : byId(model.organisations, group.organisation);
  return place === undefined ? 'anywhere' : titleOf(place);
}

function headcount(model: Model, group: StaffGroup): string {
  const people = attempt(() => constantValue(group.headcount, model));
  return people === undefined ? '–' : formatNumber(people);
}

function skillWords(model: Model, node: ast.Skill): readonly string[] {
  const skill = elementOf(model.skills, node);
  if (skill === undefined) return [];
  const roles = model.roles.filter(({ skills }) => hasSkill(skills, skill.id, undefined, model));
  const people = model.staff
    .filter(({ role }) => roles.some(({ id }) => id === role))
    .map(
      (group) =>
        `${headcount(model, group)} ${titleOf(byId(model.roles, group.role) ?? group)} at ${placeName(model, group)}`,
    );
  return [people.length === 0 ? 'Nobody on the staff has it.' : `Held by ${people.join(', ')}.`];
}

function cohortWords(model: Model, node: ast.Cohort): readonly string[] {
  const cohort = elementOf(model.cohorts, node);
  if (cohort === undefined) return [];
  const pathways = model.pathways.filter(({ cohorts }) => cohorts.some((entry) => entry.cohort === cohort.id));
  const arrivals = node.properties.find(ast.isArrivesProperty)?.$cstNode?.text;
  return [
    arrivals === undefined ? '' : `\`${arrivals}\`${groupWords(model, cohort)}`,
    pathways.length === 0 ? 'Enters no pathway.' : `Enters ${pathways.map((each) => titleOf(each)).join(', ')}.`,
  ];
}

/** What groups are on average: a rate counts groups, and readers ask for people. */
function groupWords(model: Model, { arrivals }: Cohort): string {
  if (groupOf(arrivals) === undefined) return '';
  const mean = attempt(() => meanGroup(arrivals, model).value);
  return `: groups come${mean === undefined ? '' : `, each of ${formatNumber(mean)} people on average`}.`;
}

function activityWords(model: Model, activity: Activity): readonly string[] {
  if (activity.kind !== 'step' && activity.kind !== 'hold') return [];
  const { takes } = activity.kind === 'step' ? activity : {};
  const mean = takes === undefined ? undefined : attempt(() => meanOfExpression(takes, model));
  const organisation = activity.kind === 'step' ? activity.organisation : undefined;
  const who = activity.needs.map(({ amount, of }) => {
    const number = attempt(() => constantValue(amount, model));
    const able = of.map((target) => targetWords(model, target, organisation)).join(' or ');
    return `- ${number === undefined ? '' : `${formatNumber(number)} `}${able}`;
  });
  const time =
    takes === undefined
      ? ''
      : `Takes \`${expressionText(takes, { of: activity.id })}\`${mean?.value === undefined ? '' : `, ${formatQuantity(mean.value, { time: 1, money: 0 })} on average`}.`;
  return [time, who.length === 0 ? '' : `Needs at once:\n${who.join('\n')}`];
}

function targetWords(model: Model, target: NeedTarget, organisation: string | undefined): string {
  if (target.kind === 'resource') {
    const resource = byId(model.resources, target.resource);
    return resource === undefined ? target.resource : titleOf(resource);
  }
  const name =
    target.kind === 'role'
      ? titleOf(byId(model.roles, target.role) ?? { name: target.role })
      : `with ${nameOf(model, target.skill)}`;
  const groups = groupsFor(target, organisation, model);
  const able = groups.map((group) => {
    const role = byId(model.roles, group.role);
    return `${headcount(model, group)} ${role === undefined ? group.role : titleOf(role)} at ${placeName(model, group)}`;
  });
  return `${name} (${able.length === 0 ? 'nobody can do it' : able.join(', ')})`;
}
