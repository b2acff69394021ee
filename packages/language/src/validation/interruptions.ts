import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import type { ValidationContext } from './context.js';
import { alike, describeType } from './kinds-of-value.js';
import { originOf, originOfHead, originOfKeyword, originOfProperty } from './places.js';
import { activityName, categoryNames, targetOf } from './references.js';

/** What a step says of its interruption, of shifts and of pre-emption has something to work on. */
export function* wordsOfAStepWork(step: ast.Step): Generator<Diagnostic> {
  const { properties } = step;
  const needs = properties.filter((each) => ast.isByProperty(each) || ast.isUsesProperty(each));
  const hasTime = properties.some(ast.isTakesProperty);
  for (const property of properties) {
    const word = WORDS.get(property.$type);
    if (word === undefined) continue;
    const reason = reasonWithoutEffect(property, needs, hasTime);
    if (reason !== undefined) {
      yield createDiagnostic('PW3027', { place: activityName(step), word, reason }, originOf(property));
    }
  }
}

const WORDS: ReadonlyMap<string, string> = new Map([
  [ast.InterruptibleProperty.$type, 'interruptible'],
  [ast.PreemptsProperty.$type, 'preempts'],
  [ast.FitsProperty.$type, 'fits the shift'],
  [ast.HandedOverProperty.$type, 'may be handed over'],
]);

function reasonWithoutEffect(
  property: ast.StepProperty,
  needs: readonly (ast.ByProperty | ast.UsesProperty)[],
  hasTime: boolean,
): string | undefined {
  if (needs.length === 0) return 'it needs neither staff nor things';
  if (ast.isPreemptsProperty(property)) return undefined;
  if (!hasTime) return 'it takes no time';
  const byPeople = needs.some((each) => each.needs.some((need) => need.targets.some(isPeople)));
  const isInterruptible = ast.isInterruptibleProperty(property);
  return isInterruptible || byPeople ? undefined : 'it needs no staff, whose shifts could end';
}

function isPeople(target: ast.NeedTarget): boolean {
  return ast.isSkillTarget(target) || ast.isRole(targetOf(target.holdable));
}

/** A hold that never waits has nobody to pre-empt. */
export function* wordsOfAHoldWork(hold: ast.Hold): Generator<Diagnostic> {
  const preempts = hold.items.find(ast.isPreemptsProperty);
  if (preempts === undefined || hold.policy !== 'first') return;
  const reason = '`first free of` takes what is free at once or goes the way of `else`';
  yield createDiagnostic('PW3027', { place: activityName(hold), word: 'preempts', reason }, originOf(preempts));
}

/** A hold that moves keeps one thing, and moves to another. */
export function* moveIsPossible(moves: ast.MovesProperty): Generator<Diagnostic> {
  const hold = ast.isHold(moves.$container) ? moves.$container : undefined;
  const reason = hold === undefined ? undefined : reasonNotToMove(hold, moves);
  if (hold === undefined || reason === undefined) return;
  yield createDiagnostic('PW3028', { hold: activityName(hold), reason }, originOfProperty(moves, 'target'));
}

function reasonNotToMove(hold: ast.Hold, { target }: ast.MovesProperty): string | undefined {
  if (hold.policy === undefined && hold.needs.length > 1) {
    return 'it keeps several things; put the one that moves into a hold of its own';
  }
  const wanted = ast.isHoldableTarget(target) ? targetOf(target.holdable) : undefined;
  const kept = hold.needs.flatMap((need) => need.targets);
  const same =
    kept.length > 0 && kept.every((each) => ast.isHoldableTarget(each) && targetOf(each.holdable) === wanted);
  return wanted !== undefined && same ? 'that is what it keeps already' : undefined;
}

/** There is somebody to race against. */
export function* raceHasWays(race: ast.Race): Generator<Diagnostic> {
  if (race.branches.length > 1) return;
  yield createDiagnostic('PW3026', { race: activityName(race) }, originOfKeyword(race, 'race'));
}

/** Groups do not gather within groups. */
export function* groupsAreOfPatients(gather: ast.Gather): Generator<Diagnostic> {
  const outer = AstUtils.getContainerOfType<AstNode>(gather.$container, ast.isGather);
  if (outer === undefined) return;
  yield createDiagnostic('PW3029', { gather: activityName(gather) }, originOfKeyword(gather, 'gather'), {
    related: [{ message: 'The group gathers here.', origin: originOfHead(outer) }],
  });
}

/** What an attribute is set to is what it can be. */
export function* valueFitsTheAttribute(set: ast.SetAttribute, { types }: ValidationContext): Generator<Diagnostic> {
  const attribute = targetOf(set.attribute);
  if (attribute === undefined || set.value === undefined) return;
  const wanted = types.of(attribute.value);
  const found = types.of(set.value);
  if (wanted.kind === 'unknown' || found.kind === 'unknown') return;
  if (!alike(wanted, found)) {
    const params = { place: `\`set ${attribute.name}\``, expected: describeType(wanted), found: describeType(found) };
    yield createDiagnostic('PW4002', params, originOf(set.value));
    return;
  }
  if (found.kind !== 'category') return;
  const values = categoryNames(attribute, set);
  for (const value of found.options.filter((option) => !values.includes(option))) {
    yield createDiagnostic(
      'PW3004',
      { attribute: attribute.name, value, values: values.join(', ') },
      originOf(set.value),
    );
  }
}
