import { type FlatElement, type FlatModel, ROOT, textOf } from './flatten.js';
import { isJsonObject, isList, type Json, type JsonObject } from './json.js';
import type { Rank } from './words.js';
import { rankOfKind, rankOfProperty } from './words.js';

/** What a change is about, and why it is told before others. */
export interface Judgement {
  readonly rank: Rank;
  readonly reason?: string;
}

/** How much it matters that an element went, with everything that went with it. */
export function judgeRemoved(element: FlatElement, gone: readonly FlatElement[], flat: FlatModel): Judgement {
  const kinds = new Set([element, ...gone].map(({ kind }) => kind));
  if (element.kind === 'pathway') return { rank: 'safety', reason: 'a pathway removed' };
  if (element.kind === 'response' || element.kind === 'trigger')
    return { rank: 'safety', reason: `a ${element.kind} removed` };
  if (kinds.has('step')) {
    const essential = flat.get(element.top)?.shell.essential !== undefined;
    const told = [element, ...gone].some(({ shell }) => shell.handover !== undefined) ? ' with its handover' : '';
    return { rank: 'safety', reason: `${essential ? 'a step of essential care' : 'a step'} removed${told}` };
  }
  if (element.kind === 'expectation') return { rank: 'safety', reason: 'a promise removed' };
  return { rank: rankOfKind(element.kind) };
}

/** How much it matters that an element came. */
export function judgeAdded(element: FlatElement): Judgement {
  return { rank: element.kind === 'expectation' ? 'evidence' : rankOfKind(element.kind) };
}

/** How much it matters that an element stands elsewhere. */
export function judgeMoved(before: FlatElement, after: FlatElement, models: Models): Judgement {
  if (after.parent === ROOT) return { rank: rankOfKind(after.kind), reason: 'the order decides between equals' };
  const outOf = holdsAround(before, models.before);
  const into = holdsAround(after, models.after).map((hold) => textOf(hold.shell.name));
  const left = outOf.filter((hold) => !into.includes(textOf(hold.shell.name)));
  if (left.length > 0)
    return { rank: 'flow', reason: `out of the hold ${left.map((hold) => textOf(hold.shell.name) ?? '').join(', ')}` };
  return { rank: rankOfKind(after.kind) };
}

interface Models {
  readonly before: FlatModel;
  readonly after: FlatModel;
}

function holdsAround(element: FlatElement, flat: FlatModel): FlatElement[] {
  const found: FlatElement[] = [];
  for (let at = flat.get(element.parent ?? ROOT); at !== undefined && at.key !== ROOT; at = flat.get(at.parent ?? ROOT))
    if (at.kind === 'hold') found.push(at);
  return found;
}

/** How much a change of a property matters. */
export function judgeProperty(
  kind: string,
  property: string,
  before: Json | undefined,
  after: Json | undefined,
  expectation: JsonObject,
): Judgement {
  const usual: Judgement = { rank: rankOfProperty(kind, property) };
  switch (property) {
    case 'within':
      return judgeTarget(before, after);
    case 'essential':
      return judgeEssential(before, after);
    case 'handover':
      if (before === undefined) return { rank: 'flow' };
      return { rank: 'safety', reason: after === undefined ? 'handover dropped' : 'handover changed' };
    case 'when':
      return kind !== 'branch' && before === undefined
        ? { rank: 'safety', reason: 'not every patient gets it any more' }
        : usual;
    case 'needs':
      return judgeNeeds(before, after, usual);
    case 'limit':
      return kind === 'expectation' ? judgePromise(before, after, expectation) : usual;
    case 'against':
      return isSameComparison(before, after)
        ? judgePromise(factorOf(before), factorOf(after), expectation)
        : { rank: 'safety', reason: 'a promise changed' };
    default:
      // Supervision is named so wherever it will stand.
      return /supervis/i.test(property) && after === undefined
        ? { rank: 'safety', reason: 'supervision dropped' }
        : usual;
  }
}

function judgeTarget(before: Json | undefined, after: Json | undefined): Judgement {
  if (!isJsonObject(before)) return { rank: 'flow', reason: 'a new time target' };
  if (!isJsonObject(after)) return { rank: 'safety', reason: 'time target dropped' };
  const [earlier, later] = [numberOf(before.limit), numberOf(after.limit)];
  const [share, newShare] = [numberOf(before.share) ?? 1, numberOf(after.share) ?? 1];
  if (earlier !== undefined && later !== undefined && earlier > later && newShare >= share)
    return { rank: 'flow', reason: 'time target tightened' };
  if ((earlier !== undefined && later !== undefined && later > earlier) || newShare < share)
    return { rank: 'safety', reason: 'time target relaxed' };
  return { rank: 'safety', reason: 'time target changed' };
}

function judgeEssential(before: Json | undefined, after: Json | undefined): Judgement {
  if (!isJsonObject(before)) return { rank: 'flow', reason: 'declared essential' };
  if (!isJsonObject(after)) return { rank: 'safety', reason: 'not essential any more' };
  const less = (numberOf(after.minimum) ?? 0) < (numberOf(before.minimum) ?? 0);
  const longer = (numberOf(after.maximumOutage) ?? Infinity) > (numberOf(before.maximumOutage) ?? Infinity);
  return { rank: 'safety', reason: less || longer ? 'a lower minimum of care' : 'what is essential changed' };
}

function judgePromise(before: Json | undefined, after: Json | undefined, { operator }: JsonObject): Judgement {
  const [earlier, later] = [numberOf(before), numberOf(after)];
  if (earlier === undefined || later === undefined) return { rank: 'safety', reason: 'a promise changed' };
  const relaxed = operator === '<' || operator === '<=' ? later > earlier : later < earlier;
  return relaxed
    ? { rank: 'safety', reason: 'a promise relaxed' }
    : { rank: 'evidence', reason: 'a promise tightened' };
}

/** Whether two compared figures differ in nothing but the share that is taken of them. */
function isSameComparison(before: Json | undefined, after: Json | undefined): boolean {
  if (!isJsonObject(before) || !isJsonObject(after)) return false;
  const rest = (value: JsonObject): string => JSON.stringify({ ...value, factor: null });
  return rest(before) === rest(after);
}

function factorOf(against: Json | undefined): Json {
  const factor = isJsonObject(against) ? against.factor : undefined;
  return factor ?? { kind: 'number', value: 1 };
}

function judgeNeeds(before: Json | undefined, after: Json | undefined, usual: Judgement): Judgement {
  const [own, others] = [targetsOf(before), targetsOf(after)];
  const skills = (targets: readonly JsonObject[]): readonly string[] =>
    targets.flatMap(({ skill, level }) => (typeof skill === 'string' ? [`${skill} ${textOf(level) ?? ''}`] : []));
  const kept = skills(others);
  if (skills(own).some((skill) => !kept.includes(skill)))
    return { rank: 'safety', reason: 'a skill is not asked for as before' };
  const people = [...own, ...others].some(({ role, skill }) => role !== undefined || skill !== undefined);
  return people ? { rank: 'staff' } : { rank: usual.rank === 'staff' ? 'capacity' : usual.rank };
}

function targetsOf(needs: Json | undefined): JsonObject[] {
  if (!isList(needs)) return [];
  return needs
    .filter(isJsonObject)
    .flatMap(({ of }) => (isList(of) ? of : []))
    .filter(isJsonObject);
}

/** The value of a plain number in canonical units. */
function numberOf(value: Json | undefined): number | undefined {
  return isJsonObject(value) && value.kind === 'number' && typeof value.value === 'number' ? value.value : undefined;
}
