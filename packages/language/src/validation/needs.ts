import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { pathwayAt } from '../scope/symbols.js';
import { holdsAround } from '../tree/holds-around.js';
import { originOf, originOfHead, originOfKeyword, originOfProperty } from './places.js';
import { activityName, targetOf } from './references.js';

function needsOf(node: ast.Step | ast.Hold): readonly ast.Need[] {
  if (ast.isHold(node)) return node.needs;
  return node.properties
    .filter((each) => ast.isByProperty(each) || ast.isUsesProperty(each))
    .flatMap((each) => each.needs);
}

/** Resources and roles that a need names without an alternative. */
function certainTarget(need: ast.Need): ast.Holdable | undefined {
  const [target] = need.targets;
  return need.targets.length === 1 && ast.isHoldableTarget(target) ? targetOf(target.holdable) : undefined;
}

/** A step or hold lists each resource, role or skill once. */
export function* needsDiffer(node: ast.Step | ast.Hold): Generator<Diagnostic> {
  const seen = new Set<string>();
  for (const need of needsOf(node)) {
    const [target] = need.targets;
    if (need.targets.length !== 1 || target === undefined) continue;
    const name = ast.isSkillTarget(target) ? target.skill?.$refText : target.holdable?.$refText;
    if (name === undefined) continue;
    const key = [
      target.$type,
      name,
      ast.isSkillTarget(target) ? target.level?.$refText : '',
      need.organisation?.$refText,
    ].join(' ');
    if (seen.has(key))
      yield createDiagnostic('PW3019', { name: `\`${name}\``, place: activityName(node) }, originOf(need));
    seen.add(key);
  }
}

/** What a hold around keeps already is not asked for again. */
export function* needsAreNotHeldAlready(node: ast.Step | ast.Hold): Generator<Diagnostic> {
  for (const need of needsOf(node)) {
    const wanted = certainTarget(need);
    // People of a role are many, and a second one for a moment is common; a second bed is a slip.
    if (!ast.isResource(wanted)) continue;
    const hold = holdsAround(node).find(
      (each) => each.policy === undefined && each.needs.some((kept) => certainTarget(kept) === wanted),
    );
    if (hold === undefined) continue;
    yield createDiagnostic('PW3020', { name: `\`${wanted.name}\``, hold: activityName(hold) }, originOf(need), {
      related: [{ message: `${activityName(hold)} begins here.`, origin: originOfKeyword(hold, 'hold') }],
    });
  }
}

/** What is released is held. */
export function* releasedIsHeld(release: ast.Release): Generator<Diagnostic> {
  const holds = holdsAround(release);
  for (const [index, reference] of release.targets.entries()) {
    const wanted = targetOf(reference);
    if (wanted === undefined) continue;
    const keeps = (need: ast.Need): boolean =>
      need.targets.some((target) => ast.isHoldableTarget(target) && targetOf(target.holdable) === wanted);
    if (holds.some((hold) => hold.needs.some(keeps))) continue;
    yield createDiagnostic('PW3013', { target: `\`${wanted.name}\`` }, originOfProperty(release, 'targets', index));
  }
}

/** A limit to waiting stands where somebody can wait. */
export function* somebodyCanWait(waits: ast.WaitsProperty): Generator<Diagnostic> {
  const owner = waits.$container;
  if (ast.isStep(owner) && needsOf(owner).length === 0) {
    yield createDiagnostic(
      'PW3022',
      { place: activityName(owner), reason: 'it needs neither staff nor things' },
      originOfKeyword(waits, 'waits'),
    );
  }
  if (ast.isHold(owner) && owner.policy === 'first') {
    const reason = '`first free of` takes what is free at once or goes the way of `else`';
    yield createDiagnostic('PW3022', { place: activityName(owner), reason }, originOfKeyword(waits, 'waits'));
  }
}

/** `else` belongs to `hold first free of`. */
export function* elseCanBeTaken(hold: ast.Hold): Generator<Diagnostic> {
  if (hold.otherwise === undefined || hold.policy === 'first') return;
  yield createDiagnostic('PW3025', { hold: activityName(hold) }, originOfKeyword(hold, 'else'));
}

/** A step that keeps staff or things says for how long. */
export function* stepSaysHowLong(step: ast.Step): Generator<Diagnostic> {
  if (needsOf(step).length === 0 || step.properties.some(ast.isTakesProperty)) return;
  yield createDiagnostic('PW3018', { step: activityName(step) }, originOfHead(step));
}

/** Somebody is responsible for a step: its organisation, or its pathway's owner. */
export function* stepHasAnOwner(step: ast.Step): Generator<Diagnostic> {
  if (step.properties.some(ast.isAtProperty)) return;
  const pathway = pathwayAt(step);
  if (pathway === undefined || pathway.items.some(ast.isOwnerProperty)) return;
  yield createDiagnostic('PW3005', { step: activityName(step) }, originOfHead(step));
}

/** A handover goes to another organisation. */
export function* handoverGoesToAnother(handover: ast.HandoverProperty): Generator<Diagnostic> {
  const step = handover.$container;
  const own = ast.isStep(step) ? organisationOf(step) : undefined;
  if (own === undefined || !ast.isStep(step)) return;
  for (const [index, reference] of handover.organisations.entries()) {
    if (targetOf(reference) !== own) continue;
    const params = { step: activityName(step), organisation: `\`${own.name}\`` };
    yield createDiagnostic('PW3023', params, originOfProperty(handover, 'organisations', index));
  }
}

function organisationOf(step: ast.Step): ast.Organisation | undefined {
  const at = step.properties.find(ast.isAtProperty);
  if (at !== undefined) return targetOf(at.organisation);
  const pathway = pathwayAt(step);
  return targetOf(pathway?.items.find(ast.isOwnerProperty)?.organisation);
}

/** A time target counts from something before the step. */
export function* targetCountsFromBefore(within: ast.WithinProperty): Generator<Diagnostic> {
  const step = within.$container;
  const from = targetOf(within.activity);
  // What comes before a step of a response is seen in the adapted pathway, not in the text.
  if (!ast.isStep(step) || from === undefined || AstUtils.getContainerOfType(step, ast.isResponse) !== undefined)
    return;
  if (from !== step && (startOf(from) < startOf(step) || isInLoopWith(step, from))) return;
  yield createDiagnostic(
    'PW3021',
    { step: activityName(step), from: activityName(from) },
    originOfProperty(within, 'activity'),
  );
}

function startOf(node: AstNode): number {
  return node.$cstNode?.offset ?? 0;
}

/** In a loop, what stands later comes before the next round. */
function isInLoopWith(step: AstNode, other: AstNode): boolean {
  const repeat = AstUtils.getContainerOfType(step, ast.isRepeat);
  if (repeat === undefined || step === other) return false;
  return AstUtils.streamAllContents(repeat).includes(other);
}
