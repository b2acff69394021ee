import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { originOf, originOfProperty } from './places.js';
import { cohortsOf } from '../scope/symbols.js';
import { activityName, targetOf } from './references.js';

/**
 * Patients can be at a place when the clock starts: their cohort comes there, the way to it does not run through one
 * branch of several at once, and there is a first step for the time that remains.
 */
export function* presentPatientsHaveAPlace(group: ast.PresentGroup): Generator<Diagnostic> {
  const place = targetOf(group.place);
  const cohort = targetOf(group.cohort);
  if (place === undefined || cohort === undefined) return;
  const pathway = AstUtils.getContainerOfType(place, ast.isPathway);
  if (pathway === undefined) return;
  const told = (sentence: string, property: string): Diagnostic =>
    createDiagnostic('PW7030', { sentence }, originOfProperty(group, property));
  if (!cohortsOf(pathway).includes(cohort)) {
    yield told(`Patients of ${cohort.name} do not enter ${pathway.name}, where ${activityName(place)} is.`, 'cohort');
  }
  if (!canBeginAt(place)) {
    const around = 'it is part of branches that run at once, or of the way of those who give up or find nothing';
    yield told(`Nobody can begin at ${activityName(place)}: ${around}.`, 'place');
  }
  if (group.remaining !== undefined && firstStep(place) === undefined) {
    const sentence = `${activityName(place)} does not begin with a step, so that it has no time that could remain.`;
    yield createDiagnostic('PW7030', { sentence }, originOf(group.remaining));
  }
}

/** Whether nothing stands around a place but holds, choices and rounds, which a patient can be in the middle of. */
function canBeginAt(place: ast.Step | ast.Hold): boolean {
  let inner: AstNode = place;
  for (let outer: AstNode | undefined = place.$container; outer !== undefined; outer = outer.$container) {
    if (ast.isPathway(outer)) return true;
    const passes = ast.isHold(outer) || ast.isBranch(outer) || ast.isChoose(outer) || ast.isRepeat(outer);
    if (!passes || inner.$containerProperty === 'otherwise') return false;
    inner = outer;
  }
  return false;
}

/** The step that a place begins with. */
function firstStep(place: ast.Step | ast.Hold): ast.Step | undefined {
  let activity: ast.Activity | undefined = place;
  while (ast.isHold(activity)) activity = activity.items.find(ast.isActivity);
  return ast.isStep(activity) ? activity : undefined;
}
