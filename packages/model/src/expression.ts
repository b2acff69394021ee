import type { Dimension } from './dimension.js';
import type { Origin } from './origin.js';

/**
 * A value as it was declared, still symbolic: numbers keep their unit and source, named numbers stay names
 * (a scenario may change them), distributions and attributes are drawn for each patient.
 * All numbers are in canonical units (see dimension.ts).
 */
export type Expression =
  | NumberLiteral
  | NumberReference
  | AttributeReference
  | CategoryLiteral
  | BooleanLiteral
  | UnaryExpression
  | BinaryExpression
  | FunctionCall
  | Distribution
  | OneOf
  | Cases
  | Column
  | StateMeasure
  | Elapsed
  | Waited;

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  readonly dimension: Dimension;
  /** The unit as written (`min`, `GBP/h`, `%`); absent for a plain number. */
  readonly unit?: string;
  readonly origin?: Origin;
}

/** A named number (`number CallsPerHour = 6`), by its id. */
export interface NumberReference {
  readonly kind: 'reference';
  readonly to: string;
  readonly origin?: Origin;
}

/** An attribute of the patient that passes. */
export interface AttributeReference {
  readonly kind: 'attribute';
  readonly name: string;
  readonly origin?: Origin;
}

/** A value of a categorical attribute, such as `rehab`. */
export interface CategoryLiteral {
  readonly kind: 'category';
  readonly value: string;
}

export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface UnaryExpression {
  readonly kind: 'unary';
  readonly operator: '-' | 'not';
  readonly operand: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or';

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type FunctionName =
  | 'absolute'
  | 'floor'
  | 'ceiling'
  | 'round'
  | 'square root'
  | 'exponential function'
  | 'logarithm'
  | 'greatest'
  | 'least'
  | 'power';

export interface FunctionCall {
  readonly kind: 'function';
  readonly name: FunctionName;
  readonly arguments: readonly Expression[];
}

export type DistributionFamily =
  | 'exponential'
  | 'uniform'
  | 'triangular'
  | 'pert'
  | 'normal'
  | 'lognormal'
  | 'gamma'
  | 'erlang'
  | 'weibull'
  | 'beta'
  | 'poisson'
  | 'binomial'
  | 'geometric'
  | 'empirical';

/**
 * A distribution with the parameters as declared. The parameter names allowed for each family and form are
 * in distributions.ts. `empirical` keeps its observations in `values` instead.
 */
export interface Distribution {
  readonly kind: 'distribution';
  readonly family: DistributionFamily;
  readonly parameters: Readonly<Record<string, Expression>>;
  /** Observations of an empirical distribution, canonical units. */
  readonly values?: readonly number[];
  /** Weights of the observations; equal when absent. */
  readonly weights?: readonly number[];
  /** `lognormal(3.1, 0.4) in min`: dimensionless draws are multiplied by this many canonical units. */
  readonly scale?: number;
  /** `from a to b`: a draw outside is drawn again. */
  readonly from?: Expression;
  readonly to?: Expression;
  /** Dimension of a draw. */
  readonly dimension: Dimension;
  readonly origin?: Origin;
}

/** `one of rehab 24%, esd 13%, home 63%`; a missing share takes what the others leave. */
export interface OneOf {
  readonly kind: 'one of';
  readonly options: readonly {
    readonly value: string;
    /** What readers call it, where the text says so. */
    readonly title?: string;
    readonly share?: Expression;
  }[];
  readonly origin?: Origin;
}

/** `by route { esd: …  otherwise: … }`: a value that depends on a categorical attribute. */
export interface Cases {
  readonly kind: 'cases';
  readonly attribute: string;
  readonly cases: readonly { readonly values: readonly string[]; readonly then: Expression }[];
  readonly otherwise?: Expression;
  readonly origin?: Origin;
}

/**
 * A cell of the row of a file that a patient has: all columns of the same table have the same row. It is that of their
 * arrival where the cohort's arrivals are recorded in the same table, else drawn for each patient.
 */
export interface Column {
  readonly kind: 'column';
  /** The file, as written. */
  readonly table: string;
  readonly column: string;
  /** One a row: numbers in canonical units, or categories. */
  readonly cells: readonly (number | string)[];
  /** Of numbers; absent for categories. */
  readonly dimension?: Dimension;
  readonly origin?: Origin;
}

/** What an operator could see at this instant: people queueing for a resource, units busy, units free. */
export interface StateMeasure {
  readonly kind: 'state';
  readonly measure: 'queue' | 'busy' | 'free' | 'occupancy' | 'capacity' | 'level';
  readonly of: string;
  readonly origin?: Origin;
}

/** Time since the patient's arrival, or since the latest end of an activity (its id); not a number before that. */
export interface Elapsed {
  readonly kind: 'since';
  readonly of: string;
  readonly origin?: Origin;
}

/**
 * How long the patient waited at an activity (its id) the last time, met or not; not a number before that. Without an
 * activity: how long the request has waited whose priority this is.
 */
export interface Waited {
  readonly kind: 'waited';
  readonly of?: string;
  readonly origin?: Origin;
}
