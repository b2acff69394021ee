import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { constantOf } from './constants.js';
import { calledFrom, type ValidationContext } from './context.js';
import { originOfHead, originOfKeyword, originOfProperty } from './places.js';
import { activityName, targetOf } from './references.js';
import { nodesOf } from '../tree/nodes.js';
import { attributesOf } from '../scope/symbols.js';

type Block = ast.Pathway | ast.Hold | ast.Branch | ast.TogetherBranch | ast.Repeat | ast.Gather | ast.Block;

function activitiesIn(block: Block): readonly ast.Activity[] {
  const items: readonly AstNode[] = ast.isPathway(block) || ast.isHold(block) ? block.items : block.activities;
  return items.filter((item) => ast.isActivity(item));
}

function isOwner(node: unknown): node is ast.Pathway | ast.Response {
  return ast.isPathway(node) || ast.isResponse(node);
}

/** After `finish` or `go to` nothing follows, unless a `go to` or an entry leads to it. */
export function* activitiesCanBeReached(block: Block): Generator<Diagnostic> {
  const activities = activitiesIn(block);
  const pathway = AstUtils.getContainerOfType<AstNode>(block, isOwner);
  let reachable = true;
  let toldOf = false;
  for (const activity of activities) {
    if (!reachable && pathway !== undefined && isEntered(activity, pathway)) {
      reachable = true;
      toldOf = false;
    }
    if (!reachable && !toldOf) {
      toldOf = true;
      yield createDiagnostic('PW3001', { activity: activityName(activity) }, originOfHead(activity));
    }
    reachable = reachable && continues(activity);
  }
}

/** True when some `go to` or cohort enters the activity or a place inside it. */
function isEntered(activity: ast.Activity, pathway: AstNode): boolean {
  for (const node of nodesOf(pathway)) {
    const target = ast.isGoTo(node)
      ? targetOf(node.target)
      : ast.isCohortEntry(node)
        ? targetOf(node.entry)
        : undefined;
    if (target !== undefined && isWithin(target, activity)) return true;
  }
  return false;
}

function isWithin(inner: AstNode, outer: AstNode): boolean {
  for (let node: AstNode | undefined = inner; node !== undefined; node = node.$container)
    if (node === outer) return true;
  return false;
}

/** Whether patients can go on to what follows an activity. */
function continues(activity: ast.Activity): boolean {
  switch (activity.$type) {
    case 'Finish':
    case 'GoTo':
      return false;
    case 'Choose': {
      const complete = activity.branches.some((branch) => branch.otherwise);
      return !complete || activity.branches.some((branch) => blockContinues(branch));
    }
    case 'Hold': {
      if (activity.condition !== undefined || blockContinues(activity)) return true;
      const ways = [activity.otherwise, activity.items.find(ast.isWaitsProperty)?.otherwise];
      return ways.some((way) => way !== undefined && blockContinues(way));
    }
    case 'Repeat':
      return activity.atMost !== undefined || blockContinues(activity);
    case 'Together':
      return activity.branches.every((branch) => blockContinues(branch));
    case 'Race':
      return activity.branches.length === 0 || activity.branches.some((branch) => blockContinues(branch));
    case 'Gather':
      return blockContinues(activity);
    default:
      return true;
  }
}

function blockContinues(block: Block): boolean {
  const pathway = AstUtils.getContainerOfType<AstNode>(block, isOwner);
  let reachable = true;
  for (const activity of activitiesIn(block)) {
    if (!reachable && pathway !== undefined && isEntered(activity, pathway)) reachable = true;
    reachable = reachable && continues(activity);
  }
  return reachable;
}

/** `go to` does not lead into a hold, a parallel branch or a loop from outside, nor out of a parallel branch. */
export function* goToIsPossible(goTo: ast.GoTo): Generator<Diagnostic> {
  const target = targetOf(goTo.target);
  if (target === undefined) return;
  // From a response into its pathway: where it stands is seen in the adapted pathway.
  const response = AstUtils.getContainerOfType(goTo, ast.isResponse);
  if (response !== undefined && !isWithin(target, response)) return;
  const reason = entryBarrier(goTo, target) ?? exitBarrier(goTo, target);
  if (reason === undefined) return;
  yield createDiagnostic('PW3012', { target: goTo.target.$refText, reason }, originOfProperty(goTo, 'target'));
}

function entryBarrier(from: AstNode, target: AstNode): string | undefined {
  for (
    let outer: AstNode | undefined = target.$container;
    outer !== undefined && !ast.isPathway(outer);
    outer = outer.$container
  ) {
    if (isWithin(from, outer)) return undefined;
    const name = activityName(outer);
    if (ast.isHold(outer)) return `it lies inside ${name}, whose resources the patient would not have`;
    if (ast.isTogetherBranch(outer)) {
      return ast.isRace(outer.$container) ? 'it lies inside a branch of a race' : 'it lies inside a parallel branch';
    }
    if (ast.isGather(outer)) return 'it lies inside a `gather`, where patients go as a group';
    if (ast.isRepeat(outer)) return 'it lies inside a loop';
  }
  return undefined;
}

function exitBarrier(from: AstNode, target: AstNode): string | undefined {
  for (let outer: AstNode | undefined = from.$container; outer !== undefined; outer = outer.$container) {
    if (isWithin(target, outer)) return undefined;
    if (ast.isGather(outer)) return 'it would leave a `gather` in the middle, where the patients go as a group';
    if (!ast.isTogetherBranch(outer)) continue;
    return ast.isRace(outer.$container)
      ? 'it would leave a branch of a race; a branch that ends wins it'
      : 'it would leave a parallel branch that the others wait for';
  }
  return undefined;
}

/** A cohort does not enter a pathway in the middle of a hold, a parallel branch or a loop. */
export function* entryIsPossible(entry: ast.CohortEntry): Generator<Diagnostic> {
  const target = targetOf(entry.entry);
  if (target === undefined) return;
  for (
    let outer: AstNode | undefined = target.$container;
    outer !== undefined && !ast.isPathway(outer);
    outer = outer.$container
  ) {
    if (!isEnteredAtItsStart(outer)) continue;
    const block = ast.isTogetherBranch(outer)
      ? ast.isRace(outer.$container)
        ? 'a branch of a race'
        : 'a parallel branch'
      : activityName(outer);
    yield createDiagnostic('PW3024', { entry: activityName(target), block }, originOfProperty(entry, 'entry'));
    return;
  }
}

function isEnteredAtItsStart(block: AstNode): boolean {
  return ast.isHold(block) || ast.isTogetherBranch(block) || ast.isRepeat(block) || ast.isGather(block);
}

/** A loop ends: by a number, a condition, a probability below 100 %, or a way out. */
export function* loopEnds(repeat: ast.Repeat): Generator<Diagnostic> {
  const counted = repeat.times !== undefined || repeat.atMost !== undefined;
  const againShare = constantOf(repeat.again);
  const again = repeat.again !== undefined && (againShare === undefined || againShare < 1);
  if (counted || repeat.until !== undefined || again) return;
  const leaves = AstUtils.streamAllContents(repeat).some((node) => {
    if (ast.isFinish(node)) return true;
    const target = ast.isGoTo(node) ? targetOf(node.target) : undefined;
    return target !== undefined && !isWithin(target, repeat);
  });
  if (leaves) return;
  yield createDiagnostic('PW3007', { place: 'this loop' }, originOfKeyword(repeat, 'repeat'));
}

/** No pathway calls itself, directly or through others. */
export function* callsEnd(call: ast.Call, context: ValidationContext): Generator<Diagnostic> {
  const target = targetOf(call.pathway);
  const home = AstUtils.getContainerOfType(call, ast.isPathway);
  if (target === undefined || home === undefined || !context.circling().has(home)) return;
  const way = wayBetween(target, home);
  if (way === undefined) return;
  const circle = [home, ...way].map((pathway) => pathway.name).join(' → ');
  yield createDiagnostic('PW3006', { circle }, originOfProperty(call, 'pathway'));
}

/** A chain of calls from one pathway to another, both included; undefined when none leads there. */
function wayBetween(from: ast.Pathway, to: ast.Pathway): readonly ast.Pathway[] | undefined {
  const before = new Map<ast.Pathway, ast.Pathway | undefined>([[from, undefined]]);
  const open = [from];
  for (let pathway = open.shift(); pathway !== undefined; pathway = open.shift()) {
    if (pathway === to) {
      const way: ast.Pathway[] = [];
      for (let step: ast.Pathway | undefined = pathway; step !== undefined; step = before.get(step)) way.unshift(step);
      return way;
    }
    for (const next of calledFrom(pathway)) {
      if (before.has(next)) continue;
      before.set(next, pathway);
      open.push(next);
    }
  }
  return undefined;
}

/** Something happens in a pathway. */
export function* pathwayIsNotEmpty(pathway: ast.Pathway): Generator<Diagnostic> {
  if (activitiesIn(pathway).length > 0) return;
  yield createDiagnostic('PW3017', { pathway: `\`${pathway.name}\`` }, originOfHead(pathway));
}

/** A pathway has a title for readers of diagrams and reports. */
export function* pathwayHasATitle(pathway: ast.Pathway): Generator<Diagnostic> {
  if (pathway.title !== undefined || pathway.name === undefined) return;
  yield createDiagnostic('PW9001', { kind: 'pathway', name: pathway.name }, originOfHead(pathway));
}

/** Every cohort of a pathway has the attributes that its activities ask for. */
export function* patientsHaveTheAttribute(pathway: ast.Pathway): Generator<Diagnostic> {
  if (pathway.entries.length < 2) return;
  const told = new Set<string>();
  for (const node of nodesOf(pathway)) {
    const named = attributeNamedBy(node);
    if (named === undefined || told.has(named.attribute.name)) continue;
    for (const entry of pathway.entries) {
      const cohort = targetOf(entry.cohort);
      if (cohort === undefined) continue;
      if (attributesOf(cohort).some(({ name }) => name === named.attribute.name)) continue;
      told.add(named.attribute.name);
      yield createDiagnostic(
        'PW2015',
        { attribute: named.attribute.name, cohort: cohort.name },
        originOfProperty(node, named.property),
      );
      break;
    }
  }
}

function attributeNamedBy(node: AstNode): { attribute: ast.Attribute; property: string } | undefined {
  if (ast.isChoose(node) || ast.isCases(node) || ast.isSetAttribute(node)) {
    const attribute = targetOf(node.attribute);
    return attribute && { attribute, property: 'attribute' };
  }
  const target = ast.isNameReference(node) ? targetOf(node.target) : undefined;
  return ast.isAttribute(target) ? { attribute: target, property: 'target' } : undefined;
}
