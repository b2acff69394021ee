import type { AstNode, Reference } from 'langium';
import * as ast from '../generated/ast.js';
import { attributesOf, categoriesOf, cohortsOf, pathwayAt } from '../scope/symbols.js';

/** What a reference refers to; undefined where it is missing or did not resolve, which is told elsewhere. */
export function targetOf<T extends AstNode>(reference: Reference<T> | undefined): T | undefined {
  return reference?.ref;
}

/** The targets that resolved. */
export function targetsOf<T extends AstNode>(references: readonly (Reference<T> | undefined)[]): T[] {
  return references.map((reference) => targetOf(reference)).filter((target) => target !== undefined);
}

/** Every attribute that may be meant where `attribute` is named: the same name in each cohort that passes there. */
function alikeAttributes(attribute: ast.Attribute, place: AstNode): readonly ast.Attribute[] {
  const pathway = pathwayAt(place);
  const cohorts = pathway === undefined ? [] : cohortsOf(pathway);
  const others = cohorts.flatMap((cohort) => attributesOf(cohort)).filter((each) => each.name === attribute.name);
  return others.includes(attribute) ? others : [attribute, ...others];
}

/** The values that an attribute can take at a place, each once, in order of declaration. */
export function categoryNames(attribute: ast.Attribute, place: AstNode): readonly string[] {
  const names = alikeAttributes(attribute, place).flatMap((each) => categoriesOf(each).map((option) => option.name));
  return [...new Set(names)];
}

/** What a person calls a declaration of this kind: `NumberDeclaration` is a number. */
export function kindName(type: string): string {
  return KIND_NAMES.get(type) ?? type.toLowerCase();
}

const KIND_NAMES: ReadonlyMap<string, string> = new Map([
  ['NumberDeclaration', 'number'],
  ['Staff', 'staff group'],
  ['CategoryOption', 'value of an attribute'],
  ['TableVariable', 'row variable'],
  ['SkillLevel', 'level of a skill'],
  ['Finish', 'outcome'],
  ['Choose', 'choice'],
  ['Activity', 'named step or block'],
  ['Holdable', 'resource or role'],
  ['TravelPlace', 'organisation or value of an attribute'],
  ['PresentPlace', 'step or hold'],
  ['Translation', 'title'],
  ['Titled', 'declaration or step'],
  ['Waitable', 'step, hold, resource, role or stock'],
  ['NamedValue', 'number, attribute or other value'],
  ['BranchSubject', 'value or named share'],
  ['Settable', 'thing that can be set'],
  ['ScaleLevel', 'level of a scale'],
  ['GaugeMember', 'organisation or gauge'],
  ['Slowed', 'step, pathway or organisation'],
  ['Activator', 'trigger, scale or gauge'],
  ['State', 'scale, gauge, trigger or response'],
  ['Delayed', 'cohort, or named step or block'],
  ['Dependable', 'resource or stock'],
  ['Approvable', 'thing that can be approved'],
  ['Approver', 'organisation or role'],
  ['HandedOver', 'step or pathway'],
  ['RuleSet', 'set of rules'],
  ['Bindable', 'need of the template'],
  ['MaturityDimension', 'dimension of an instrument'],
  ['Payable', 'step, hold, resource, cohort or organisation'],
]);

/** `a` or `an` before a word. */
export function withArticle(text: string): string {
  return `${/^[aeiou]/i.test(text) ? 'an' : 'a'} ${text}`;
}

/** `a, b and c`. */
export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** How a message speaks of an activity: its name, or what it is. */
export function activityName(activity: AstNode & { readonly name?: string }): string {
  if (activity.name !== undefined) return `\`${activity.name}\``;
  if (ast.isHold(activity)) {
    const target = activity.needs[0]?.targets[0];
    const written = ast.isHoldableTarget(target) ? target.holdable?.$refText : undefined;
    return written === undefined ? 'this hold' : `the hold of ${written}`;
  }
  return ACTIVITY_WORDS.get(activity.$type) ?? 'this activity';
}

const ACTIVITY_WORDS: ReadonlyMap<string, string> = new Map([
  ['Choose', 'this choice'],
  ['Together', 'this `together`'],
  ['Race', 'this `race`'],
  ['Gather', 'this `gather`'],
  ['Wait', 'this `wait`'],
  ['SetAttribute', 'this `set`'],
  ['Repeat', 'this loop'],
  ['GoTo', 'this `go to`'],
  ['Call', 'this call'],
  ['Release', 'this `release`'],
  ['Finish', 'this `finish`'],
]);
