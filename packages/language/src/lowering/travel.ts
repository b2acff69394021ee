import type { Expression, Travel } from '@pathway/model';
import { createDiagnostic, dimensionOf, DURATION, parseUnit, sameDimension } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { nodesOf } from '../tree/nodes.js';
import { TravelCalls } from '../tree/travel-calls.js';
import { categoryNames } from '../validation/references.js';
import { lowerExpression, MISSING, scaled } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';

type Leg = Travel['legs'][number];

const NO_TIME: Expression = Object.freeze({ kind: 'number', value: 0, dimension: DURATION });

/** The travel that is declared, each lowered once, and the times that calls ask of it. */
export class TravelTable {
  private readonly calls: TravelCalls;
  private readonly lowered = new Map<ast.Travel, Travel>();
  private readonly legs = new Map<ast.Travel, ReadonlyMap<string, Expression>>();

  constructor(
    private readonly roots: readonly ast.Document[],
    private readonly context: LoweringContext,
  ) {
    this.calls = new TravelCalls(roots);
  }

  /** The travel that a call asks for; undefined for any other function. */
  called(call: ast.FunctionCall): ast.Travel | undefined {
    this.context.reader?.travel();
    return this.calls.of(call);
  }

  /** A declared travel. */
  of(node: ast.Travel): Travel {
    const known = this.lowered.get(node) ?? this.context.apart(() => this.lower(node));
    this.lowered.set(node, known);
    return known;
  }

  /** How long the way of a call takes; cases where it begins or ends at a value of an attribute. */
  time(call: ast.FunctionCall, node: ast.Travel): Expression {
    const [from, to] = call.arguments.map((argument) => placeOf(argument.value));
    if (from === undefined || to === undefined) return MISSING;
    return this.between(call, node, from, to);
  }

  private between(call: ast.FunctionCall, node: ast.Travel, from: Place, to: Place): Expression {
    if (typeof from !== 'string') {
      return this.cases(call, from, (place) => this.between(call, node, place, to));
    }
    if (typeof to !== 'string') {
      return this.cases(call, to, (place) => this.between(call, node, from, place));
    }
    const length = this.legsOf(node).get(legKey(from, to));
    if (length !== undefined) return this.duration(length, node);
    // Nobody travels to where they are.
    if (from === to) return NO_TIME;
    const params = { travel: node.name, from, to };
    this.context.diagnostics.push(createDiagnostic('PW2017', params, this.context.originOf(call)));
    return MISSING;
  }

  private cases(call: ast.FunctionCall, attribute: ast.Attribute, then: (place: string) => Expression): Expression {
    return {
      kind: 'cases',
      attribute: attribute.name,
      cases: categoryNames(attribute, call).map((value) => ({ values: [value], then: then(value) })),
      origin: this.context.originOf(call),
    };
  }

  private legsOf(node: ast.Travel): ReadonlyMap<string, Expression> {
    const known =
      this.legs.get(node) ?? new Map(this.of(node).legs.map(({ from, to, length }) => [legKey(from, to), length]));
    this.legs.set(node, known);
    return known;
  }

  private duration(length: Expression, node: ast.Travel): Expression {
    const dimension = dimensionOf(length, this.context);
    const { speed } = this.of(node);
    if (speed === undefined || (dimension !== undefined && sameDimension(dimension, DURATION))) return length;
    return { kind: 'binary', operator: '/', left: length, right: speed };
  }

  private lower(node: ast.Travel): Travel {
    const { context } = this;
    const speed = node.properties.find(ast.isSpeedProperty)?.speed;
    const given = new Map<string, Leg>();
    for (const property of node.properties) {
      const legs = ast.isTravelLeg(property)
        ? [legOf(property, context)]
        : ast.isTravelTable(property)
          ? this.legsIn(property)
          : [];
      for (const leg of legs) given.set(legKey(leg.from, leg.to), leg);
    }
    const legs = [...given.values()];
    const back = node.properties.some(ast.isBothWaysProperty) ? legs : [];
    for (const { from, to, length } of back) {
      if (!given.has(legKey(to, from))) legs.push({ from: to, to: from, length });
    }
    return {
      ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
      ...(speed === undefined ? {} : { speed: lowerExpression(speed, context) }),
      legs,
    };
  }

  /** The ways of a file. */
  private legsIn(property: ast.TravelTable): Leg[] {
    const { context } = this;
    const { column } = property;
    const unit = parseUnit(property.unit);
    const table = context.tables.tableWith(property, property.file, ['from', 'to', column], context);
    if (table === undefined || unit === undefined) return [];
    const places = this.places();
    return table.rows.flatMap((row) => {
      const [from, to] = ['from', 'to'].map((end) => {
        const name = row.cells[end] ?? '';
        if (places.has(name)) return name;
        context.tables.refuse(row, end, 'the name of an organisation or of a value of an attribute', table, context);
        return undefined;
      });
      if (from === undefined || to === undefined) return [];
      const value = scaled(context.tables.number(row, column, table, context), unit.factor);
      const length: Expression = { kind: 'number', value, dimension: unit.dimension, unit: unit.text };
      return [{ from, to, length }];
    });
  }

  private places(): ReadonlySet<string> {
    const nodes = this.roots.flatMap((root) => nodesOf(root));
    return new Set(
      nodes.filter((node) => ast.isOrganisation(node) || ast.isCategoryOption(node)).map(({ name }) => name),
    );
  }
}

/** A place by its name, or the attribute whose value is one. */
type Place = string | ast.Attribute;

function placeOf(expression: ast.Expression | undefined): Place | undefined {
  const target = ast.isNameReference(expression) ? expression.target.ref : undefined;
  if (ast.isAttribute(target)) return target;
  return ast.isOrganisation(target) || ast.isCategoryOption(target) ? target.name : undefined;
}

function legOf(property: ast.TravelLeg, context: LoweringContext): Leg {
  return {
    from: property.from.ref?.name ?? property.from.$refText,
    to: property.to.ref?.name ?? property.to.$refText,
    length: lowerExpression(property.length, context),
  };
}

function legKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
