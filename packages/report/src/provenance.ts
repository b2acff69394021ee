import {
  activitiesOf,
  type Activity,
  type Declaration,
  type Expression,
  type Model,
  type Origin,
  type Schedule,
  titleOf,
} from '@pathway/model';

/** A declaration whose numbers come from somewhere, or from nowhere. */
export interface NumberUse {
  readonly title: string;
  readonly origin: Origin;
  /** Ids of sources; empty where the numbers are assumed. */
  readonly sources: readonly string[];
  /** How many numbers the declaration holds. A table of values counts as one. */
  readonly numbers: number;
}

type Value = Expression | Schedule | undefined;

/**
 * Every declaration that holds numbers, in order of declaration, with the sources it names. A step without sources
 * takes those of its pathway. How many units a step needs, titles, codes and the changes of scenarios are not counted.
 */
export function numberUses(model: Model): readonly NumberUse[] {
  const uses = [
    ...model.territories.map((each) => use(each, [each.population])),
    ...model.skills.map((each) => use(each, [each.trainableIn])),
    ...model.roles.map((each) => use(each, [each.cost])),
    ...model.staff.map((each) =>
      use(each, [
        each.headcount,
        each.contract,
        each.onDuty,
        each.absence,
        ...each.leave.map((entry) => entry.perYear),
        ...each.supportShares.map((entry) => entry.share),
        ...(each.lostPerShift ?? []).map((entry) => entry.time),
      ]),
    ),
    ...model.resources.map((each) => use(each, [each.count, each.cost, each.breakdown?.every, each.breakdown?.lasts])),
    ...model.numbers.map((each) => use(each, [each.value])),
    ...model.cohorts.map((each) => {
      const { numbers, ...rest } = use(each, [each.priority, ...each.attributes.map((attribute) => attribute.value)]);
      return { ...rest, numbers: numbers + countIn(each.arrivals) };
    }),
    ...model.pathways.flatMap((pathway) => [
      use(pathway, [pathway.essential?.maximumOutage, pathway.essential?.minimum]),
      ...activitiesOf(pathway).map((activity) => activityUse(activity, titleOf(pathway), pathway.sources ?? [])),
    ]),
  ];
  return uses.filter((each) => each.numbers > 0);
}

function use(declaration: Declaration, values: readonly Value[]): NumberUse {
  const { origin, sources = [] } = declaration;
  return { title: titleOf(declaration), origin, sources, numbers: sum(values.map(countIn)) };
}

function activityUse(activity: Activity, pathway: string, inherited: readonly string[]): NumberUse {
  const name = 'name' in activity ? activity.name : activity.kind;
  const title = 'title' in activity ? activity.title : name;
  const declared = activity.kind === 'step' ? (activity.sources ?? []) : [];
  return {
    title: `${title} in ${pathway}`,
    origin: activity.origin,
    sources: declared.length > 0 ? declared : inherited,
    numbers: sum(ownValues(activity).map(countIn)),
  };
}

function ownValues(activity: Activity): readonly (Expression | undefined)[] {
  switch (activity.kind) {
    case 'step':
      return [
        activity.takes,
        activity.within?.limit,
        activity.within?.share,
        activity.waits?.atMost,
        ...activity.costs,
      ];
    case 'hold':
      return [activity.waits?.atMost];
    case 'choose':
      return activity.branches.map((branch) => (branch.when.kind === 'share' ? branch.when.share : undefined));
    case 'repeat':
      return [activity.times, activity.atMost, activity.again, activity.every];
    case 'gather':
      return [activity.size, activity.after, activity.every, activity.atMost];
    case 'wait':
      return [activity.duration];
    case 'set':
      return [activity.value];
    case 'together':
    case 'race':
    case 'release':
    case 'go to':
    case 'call':
    case 'finish':
      return [];
  }
}

/** Number literals anywhere inside a value; an array of plain numbers (observations, a profile) counts as one. */
function countIn(value: unknown): number {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.length > 0 && typeof items[0] === 'number' ? 1 : sum(items.map(countIn));
  }
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'kind' in value && value.kind === 'number' ? 1 : 0;
  return own + sum(Object.values(value).map(countIn));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
