import type { AstNode } from 'langium';
import * as ast from '../generated/ast.js';
import { kindName, listed, withArticle } from './references.js';

/** What can be set of each kind of element; an empty text stands for the element itself. */
const SETTABLE: Readonly<Record<string, readonly string[]>> = {
  NumberDeclaration: [''],
  Resource: ['count', 'cost'],
  Role: ['cost'],
  Staff: ['headcount', 'on duty', 'absent', 'contract'],
  Cohort: ['arrives', 'priority'],
  Attribute: [''],
  Step: ['takes', 'within', 'priority'],
  Branch: [''],
};

/** What scenarios can set of an element, the empty text for itself; undefined where nothing of its kind can be set. */
export function settableOf(element: AstNode): readonly string[] | undefined {
  return SETTABLE[element.$type];
}

/** What to set instead, as the end of a sentence. */
export function whatCanBeSet(element: AstNode): string {
  const properties = settableOf(element);
  if (properties?.includes('') === true)
    return `set ${withArticle(kindName(element.$type))} itself, without a property`;
  if (properties !== undefined)
    return `of ${withArticle(kindName(element.$type))} you can set ${listed(properties.map((each) => `\`${each}\``))}`;
  if (ast.isPathway(element)) return 'name one of its steps and what of it, as in `Pathway.Step.takes`';
  if (ast.isHold(element) || ast.isChoose(element)) return 'set what it holds or its named branches instead';
  return 'set numbers, resources, roles, staff, cohorts and steps';
}
