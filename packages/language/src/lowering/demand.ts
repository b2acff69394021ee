import type {
  AgeRange,
  ArrivalProfile,
  Arrivals,
  Attribute,
  Cohort,
  Expression,
  PopulationDemand,
} from '@pathway/model';
import { NUMBER, parseUnit, SECONDS } from '@pathway/model';
import { documentationOf } from '../tree/documentation.js';
import * as ast from '../generated/ast.js';
import { attributesOf, categoriesOf } from '../scope/symbols.js';
import { lowerExpression, scaled } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerDays, minutesOf } from './schedules.js';

export function lowerCohort(node: ast.Cohort, context: LoweringContext): Cohort {
  const arrives = node.properties.find(ast.isArrivesProperty)?.arrivals;
  const priority = node.properties.find(ast.isPriorityProperty)?.priority;
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    ...(arrives === undefined
      ? {}
      : ast.isPopulationArrivals(arrives)
        ? { population: lowerPopulation(arrives, context) }
        : { arrivals: lowerArrivals(arrives, context) }),
    attributes: attributesOf(node).map((each) => lowerAttribute(each, context)),
    ...(priority === undefined ? {} : { priority: lowerExpression(priority, context) }),
  };
}

function lowerAttribute(node: ast.Attribute, context: LoweringContext): Attribute {
  const documentation = documentationOf(node);
  return {
    name: node.name,
    ...(node.title === undefined ? {} : { title: node.title }),
    ...context.titlesOf(node),
    ...(documentation === undefined ? {} : { documentation }),
    origin: context.originOf(node),
    value: ast.isAttributeTable(node.$container)
      ? lowerColumn(node, node.$container, context)
      : lowerExpression(node.value, context),
    categories: [...new Set(categoriesOf(node).map((option) => option.name))],
  };
}

/** A column of a file with one cell a row. */
function lowerColumn(node: ast.Attribute, from: ast.AttributeTable, context: LoweringContext): Expression {
  const { tables } = context;
  const unit = node.unit === undefined ? undefined : parseUnit(node.unit);
  const options = categoriesOf(node).map(({ name }) => name);
  const table = tables.tableWith(from, from.file, [node.name], context);
  const cells = table?.rows.map((row): number | string => {
    if (options.length === 0) return scaled(tables.anyNumber(row, node.name, table, context), unit?.factor ?? 1);
    const cell = row.cells[node.name] ?? '';
    if (!options.includes(cell)) tables.refuse(row, node.name, `one of ${options.join(', ')}`, table, context);
    return cell;
  });
  return {
    kind: 'column',
    table: from.file,
    column: node.name,
    cells: cells ?? [],
    ...(options.length === 0 && { dimension: unit?.dimension ?? NUMBER }),
    origin: context.originOf(node),
  };
}

/** Rates for so many people of some ages; the model makes arrivals of them where it knows the territory. */
function lowerPopulation(node: ast.PopulationArrivals, context: LoweringContext): PopulationDemand {
  return {
    ...(node.territory === undefined ? {} : { territory: context.idOf(node.territory.ref) }),
    rates: node.rates.map((each) => ({
      ...ageRange(each),
      rate: lowerExpression(each.rate, context),
      people: each.people,
      origin: context.originOf(each),
    })),
    ...(node.profile === undefined ? {} : { profile: lowerProfile(node.profile, context) }),
  };
}

/** Whole years, both inclusive. */
export function ageRange({ low, high }: ast.PopulationRate | ast.AgeGroupProperty): AgeRange {
  return { low, ...(high === undefined ? {} : { high }) };
}

/** How a cohort arrives, in whichever of the ways it is written. */
export function lowerArrivals(node: Exclude<ast.Arrivals, ast.PopulationArrivals>, context: LoweringContext): Arrivals {
  if (ast.isEveryArrivals(node))
    return { kind: 'every', between: lowerExpression(node.between, context), ...together(node, context) };
  if (ast.isTableArrivals(node)) {
    const profile = lowerProfile(node, context);
    const perSecond = profile.values.map((value) => value / profile.slot);
    return { kind: 'table', profile: { ...profile, values: perSecond }, ...together(node, context) };
  }
  if (ast.isRecordedArrivals(node)) {
    const times = context.tables.column(node, node.file, node.column, context);
    return { kind: 'recorded', times, table: node.file };
  }
  if (ast.isAppointmentArrivals(node)) return appointments(node, context);
  return countedArrivals(node, context);
}

function appointments(node: ast.AppointmentArrivals, context: LoweringContext): Arrivals {
  return {
    kind: 'appointments',
    ...(node.amount === undefined ? {} : { amount: lowerExpression(node.amount, context) }),
    every: lowerExpression(node.every, context),
    from: minutesOf(node.from),
    to: minutesOf(node.to),
    ...(node.days === undefined ? {} : { days: lowerDays(node.days) }),
    ...(node.shows === undefined ? {} : { shows: lowerExpression(node.shows, context) }),
    ...(node.deviation === undefined ? {} : { deviation: lowerExpression(node.deviation, context) }),
  };
}

interface CountedParts {
  readonly amount?: ast.Expression;
  readonly days?: ast.Days;
  readonly at?: string;
  readonly to?: string;
  readonly profile?: ast.Profile;
  readonly group?: ast.Expression;
}

/** A batch where one clock time is given, otherwise a Poisson process with a mean rate, between two clock times alone where they are given. */
export function countedArrivals(parts: CountedParts, context: LoweringContext): Arrivals {
  const days = parts.days === undefined ? {} : { days: lowerDays(parts.days) };
  const amount = lowerExpression(parts.amount, context);
  if (parts.at !== undefined && parts.to === undefined)
    return { kind: 'batch', size: amount, at: minutesOf(parts.at), ...days };
  return {
    kind: 'rate',
    rate: amount,
    ...days,
    ...(parts.at === undefined || parts.to === undefined
      ? {}
      : { hours: { from: minutesOf(parts.at), to: minutesOf(parts.to) } }),
    ...(parts.profile === undefined ? {} : { profile: lowerProfile(parts.profile, context) }),
    ...together(parts, context),
  };
}

function together({ group }: Pick<CountedParts, 'group'>, context: LoweringContext): { group?: Expression } {
  return group === undefined ? {} : { group: lowerExpression(group, context) };
}

/** Where slot 0 begins follows from the length: 24 hours a day, 168 hours or 7 days a week, else from the start. */
export function lowerProfile(
  node: Pick<ast.Profile, 'slot' | 'values' | 'fromStart'>,
  context: LoweringContext,
): ArrivalProfile {
  const slot = node.slot === 'hourly' ? SECONDS.h : SECONDS.d;
  const { file, column, values } = node.values;
  const numbers =
    file === undefined || column === undefined ? values : context.tables.column(node.values, file, column, context);
  const length = numbers.length * slot;
  const anchor = node.fromStart ? 'study' : length === SECONDS.d ? 'day' : length === SECONDS.week ? 'week' : 'study';
  return { slot, values: numbers, anchor };
}
