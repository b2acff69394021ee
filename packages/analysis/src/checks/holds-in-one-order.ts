import {
  type Activity,
  createDiagnostic,
  type Diagnostic,
  type Hold,
  type Model,
  type Need,
  nestedBodies,
  type Origin,
  type Pathway,
  type Resource,
  titleOf,
  byId,
} from '@pathway/model';

/** One resource is kept while another is asked for. */
interface Taking {
  readonly first: string;
  readonly second: string;
  readonly origin: Origin;
}

interface Walk {
  readonly model: Model;
  readonly limited: ReadonlyMap<string, Resource>;
  readonly takings: Taking[];
  /** Pathways being walked, so that calls in a circle end. */
  readonly open: readonly string[];
}

/**
 * Resources are taken in one order everywhere: where A is kept while B is asked for, nowhere is B kept while A is asked
 * for. A hold entered directly after another keeps the first until it has the second, unless it frees first. Resources
 * that are never short cannot lock.
 */
export function holdsInOneOrder(model: Model): Diagnostic[] {
  const limited = new Map(
    model.resources
      .filter(({ count }) => count.otherwise !== 'unlimited' || count.rules.length > 0)
      .map((resource) => [resource.id, resource] as const),
  );
  const takings: Taking[] = [];
  for (const pathway of model.pathways) walkPathway(pathway, [], [], { model, limited, takings, open: [] });
  const told = new Set<string>();
  return takings.flatMap(({ first, second, origin }) => {
    const opposite = takings.find((each) => each.first === second && each.second === first);
    const pair = [first, second].sort().join(' ');
    if (first === second || opposite === undefined || told.has(pair)) return [];
    told.add(pair);
    const names = { first: nameOf(first, limited), second: nameOf(second, limited) };
    const message = `${names.second} is held here while ${names.first} is asked for.`;
    return [createDiagnostic('PW3008', names, origin, { related: [{ message, origin: opposite.origin }] })];
  });
}

function nameOf(id: string, resources: ReadonlyMap<string, Resource>): string {
  const resource = resources.get(id);
  return resource === undefined ? id : titleOf(resource);
}

/** @returns resources that are still kept for the next hold at the end */
function walkPathway(
  pathway: Pathway,
  held: readonly string[],
  pending: readonly string[],
  walk: Walk,
): readonly string[] {
  if (walk.open.includes(pathway.id)) return [];
  return walkBody(pathway.body, held, pending, { ...walk, open: [...walk.open, pathway.id] });
}

/**
 * @param held kept by holds around the body
 * @param pending kept by a hold that has just ended, until the next activity says whether it is a hold
 */
function walkBody(
  body: readonly Activity[],
  held: readonly string[],
  pending: readonly string[],
  walk: Walk,
): readonly string[] {
  let left = pending;
  for (const activity of body) left = walkActivity(activity, held, left, walk);
  return left;
}

function walkActivity(
  activity: Activity,
  held: readonly string[],
  pending: readonly string[],
  walk: Walk,
): readonly string[] {
  switch (activity.kind) {
    case 'step':
      take(activity.needs, held, walk);
      if (activity.waits !== undefined) walkBody(activity.waits.otherwise, held, [], walk);
      return [];
    case 'hold':
      return walkHold(activity, held, pending, walk);
    case 'choose':
      return activity.branches.flatMap((branch) => [...walkBody(branch.body, held, pending, walk)]);
    case 'call': {
      const called = byId(walk.model.pathways, activity.pathway);
      return called === undefined ? [] : walkPathway(called, held, pending, walk);
    }
    case 'release':
    case 'set':
      return pending;
    default:
      for (const inner of nestedBodies(activity)) walkBody(inner, held, [], walk);
      return [];
  }
}

function walkHold(hold: Hold, held: readonly string[], pending: readonly string[], walk: Walk): readonly string[] {
  // A hold that never waits takes what it finds, so it cannot be part of a lock.
  if (hold.policy !== 'first free') take(hold.needs, hold.freesFirst ? held : [...held, ...pending], walk);
  // A request to move waits beside what goes on, so it locks nobody; what it brings is kept like the rest.
  const own = [...resourcesOf(hold.needs, walk), ...movesTo(hold, walk)];
  const released = new Set<string>();
  let left: readonly string[] = [];
  for (const activity of hold.body) {
    if (activity.kind === 'release' && activity.hold === hold.id)
      for (const each of activity.targets) released.add(each);
    left = walkActivity(activity, [...held, ...own.filter((each) => !released.has(each))], left, walk);
  }
  for (const way of [hold.otherwise, hold.waits?.otherwise]) if (way !== undefined) walkBody(way, held, [], walk);
  const skipped = hold.when === undefined ? [] : pending;
  return [...own.filter((each) => !released.has(each)), ...skipped];
}

function resourcesOf(needs: readonly Need[], walk: Walk): string[] {
  return needs.flatMap(({ of }) =>
    of.flatMap((target) => (target.kind === 'resource' && walk.limited.has(target.resource) ? [target.resource] : [])),
  );
}

function movesTo({ moves }: Hold, walk: Walk): string[] {
  return moves?.to.kind === 'resource' && walk.limited.has(moves.to.resource) ? [moves.to.resource] : [];
}

function take(needs: readonly Need[], held: readonly string[], walk: Walk): void {
  for (const need of needs)
    for (const second of resourcesOf([need], walk))
      for (const first of held) walk.takings.push({ first, second, origin: need.origin });
}
