import type {
  Grade,
  NamedNumber,
  Organisation,
  Resource,
  ResourceKind,
  Source,
  Territory,
  Uncertainty,
} from '@pathway/model';
import * as ast from '../generated/ast.js';
import { ageRange } from './demand.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerSchedule } from './schedules.js';

const GRADES: readonly Grade[] = ['A', 'B', 'C', 'D'];
const RESOURCE_KINDS: readonly ResourceKind[] = ['space', 'stuff', 'system', 'vehicle'];

export function lowerSource(node: ast.Source, context: LoweringContext): Source {
  const url = node.properties.find(ast.isUrlProperty)?.url;
  const date = node.properties.find(ast.isDateProperty)?.date;
  const written = node.properties.find(ast.isGradeProperty)?.grade;
  const grade = GRADES.find((each) => each === written);
  const note = node.properties.find(ast.isNoteProperty)?.note;
  return {
    ...context.declarationOf(node),
    ...(url === undefined ? {} : { url }),
    ...(date === undefined ? {} : { date }),
    ...(grade === undefined ? {} : { grade }),
    ...(note === undefined ? {} : { note }),
  };
}

export function lowerTerritory(node: ast.Territory, context: LoweringContext): Territory {
  const population = node.properties.find(ast.isPopulationProperty)?.value;
  const ages = node.properties.filter(ast.isAgeGroupProperty);
  const timezone = node.properties.find(ast.isTimezoneProperty)?.zone;
  const holidays = node.properties.find(ast.isHolidaysProperty);
  const { file, column } = holidays ?? {};
  const dates =
    holidays === undefined || file === undefined || column === undefined
      ? undefined
      : context.tables.dates(holidays, file, column, context);
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    ...(population === undefined ? {} : { population: lowerExpression(population, context) }),
    ...(ages.length > 0 && {
      ages: ages.map((each) => ({ ...ageRange(each), people: lowerExpression(each.people, context) })),
    }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(holidays?.calendar === undefined ? {} : { holidays: holidays.calendar }),
    ...(dates === undefined ? {} : { holidayDates: dates }),
    entrypoints: node.properties.filter(ast.isEntrypointProperty).map((entry) => ({
      organisation: context.idOf(entry.organisation.ref),
      audiences: entry.audiences,
    })),
    ...areaOf(node),
  };
}

function areaOf({ properties }: ast.Territory): Pick<Territory, 'geocodes' | 'polygons'> {
  const geocodes = properties.filter(ast.isGeocodeProperty).map(({ system, codes }) => ({ system, codes }));
  const polygons = properties.filter(ast.isPolygonProperty).map(({ points }) => pointsOf(points));
  return { ...(geocodes.length > 0 && { geocodes }), ...(polygons.length > 0 && { polygons }) };
}

/** The points of `50.1,-4.2 50.9,-4.2 …`; a text of another form gives none, which the checks tell. */
export function pointsOf(text: string): readonly (readonly [number, number])[] {
  const points = text
    .trim()
    .split(/\s+/)
    .map((pair) => /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(pair));
  return points.every((point) => point !== null)
    ? points.map(([, latitude, longitude]) => [Number(latitude), Number(longitude)] as const)
    : [];
}

export function lowerOrganisation(node: ast.Organisation, context: LoweringContext): Organisation {
  const sector = node.properties.find(ast.isSectorProperty)?.sector;
  const territory = node.properties.find(ast.isInTerritoryProperty)?.territory.ref;
  const partOf = node.properties.find(ast.isPartOfProperty)?.organisation.ref;
  const contact = node.properties
    .filter(ast.isContactProperty)
    .map((each): [string, string] => [each.kind, each.value]);
  const languages = node.properties.filter(ast.isLanguagesProperty).flatMap((each) => each.languages);
  const accepts = node.properties.filter(ast.isAcceptsProperty).flatMap(({ items }) => items);
  return {
    ...context.declarationOf(node),
    ...(sector === undefined ? {} : { sector }),
    ...(territory === undefined ? {} : { territory: context.idOf(territory) }),
    ...(partOf === undefined ? {} : { partOf: context.idOf(partOf) }),
    contact: Object.fromEntries(contact),
    ...(languages.length > 0 && { languages: [...new Set(languages)] }),
    ...(accepts.length > 0 && { accepts }),
  };
}

export function lowerResource(node: ast.Resource, context: LoweringContext): Resource {
  const kind = node.properties.find(ast.isKindProperty)?.kind;
  const organisation = node.properties.find(ast.isAtProperty)?.organisation.ref;
  const count = node.properties.find(ast.isCountProperty)?.schedule;
  const breakdown = node.properties.find(ast.isBreakdownProperty);
  const cost = node.properties.find(ast.isCostProperty)?.cost;
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    resourceKind: RESOURCE_KINDS.find((each) => each === kind) ?? (isNeededSystem(node) ? 'system' : 'stuff'),
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
    // A system is there as a whole; beds and things are unlimited until they are counted.
    count: count === undefined ? { rules: [], otherwise: 'unlimited' } : lowerSchedule(count, context),
    ...(breakdown === undefined
      ? {}
      : {
          breakdown: {
            every: lowerExpression(breakdown.every, context),
            lasts: lowerExpression(breakdown.lasts, context),
          },
        }),
    ...(cost === undefined ? {} : { cost: lowerExpression(cost, context) }),
    ...dependenciesOf(node, context),
  };
}

function isNeededSystem({ $container }: ast.Resource): boolean {
  return ast.isRequirement($container) && $container.system;
}

function dependenciesOf(
  { properties }: ast.Resource,
  context: LoweringContext,
): Pick<Resource, 'dependencies' | 'recovery'> {
  const recovery = properties.filter(ast.isRecoveryProperty);
  const objective = recovery.find(({ kind }) => kind === 'rto')?.value;
  const outage = recovery.find(({ kind }) => kind === 'mtpd')?.value;
  const dependencies = properties.filter(ast.isDependsProperty).map(({ resources, battery }) => ({
    on: resources.map((each) => context.idOf(each.ref)),
    ...(battery === undefined ? {} : { battery: lowerExpression(battery, context) }),
  }));
  return {
    ...(dependencies.length > 0 && { dependencies }),
    ...(recovery.length > 0 && {
      recovery: {
        ...(objective === undefined ? {} : { objective: lowerExpression(objective, context) }),
        ...(outage === undefined ? {} : { maximumOutage: lowerExpression(outage, context) }),
      },
    }),
  };
}

export function lowerNumberDeclaration(node: ast.NumberDeclaration, context: LoweringContext): NamedNumber {
  const declaration = context.declarationOf(node);
  const sources = node.sources.map((source) => context.idOf(source.ref));
  return {
    ...declaration,
    ...(sources.length === 0 ? {} : { sources }),
    value: lowerExpression(node.value, context),
    ...(node.uncertainty === undefined ? {} : { uncertainty: lowerUncertainty(node.uncertainty, context) }),
  };
}

function lowerUncertainty(node: ast.Uncertainty, context: LoweringContext): Uncertainty {
  if (node.law !== undefined) return { kind: 'distribution', distribution: lowerExpression(node.law, context) };
  return { kind: 'range', low: lowerExpression(node.low, context), high: lowerExpression(node.high, context) };
}
