export type ArithmeticOperator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or';

export type InputFunction =
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

export type InputExpression =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'attribute'; readonly attribute: number }
  | { readonly op: 'negate' | 'not'; readonly of: InputExpression }
  | {
      readonly op: 'operation';
      readonly operator: ArithmeticOperator;
      readonly left: InputExpression;
      readonly right: InputExpression;
    }
  | { readonly op: 'function'; readonly name: InputFunction; readonly arguments: readonly InputExpression[] }
  /** `form` counts the ways in which the family's parameters may be written, see the semantics. */
  | {
      readonly op: 'draw';
      readonly family: string;
      readonly form: number;
      readonly parameters: readonly InputExpression[];
      readonly scale?: number;
      readonly from?: InputExpression;
      readonly to?: InputExpression;
    }
  /** One of the values at random, by weight; from and to draw again. */
  | {
      readonly op: 'pick';
      readonly values: readonly number[];
      readonly weights: readonly InputExpression[];
      readonly scale?: number;
      readonly from?: InputExpression;
      readonly to?: InputExpression;
    }
  /** The value at a place of a list, counted from 0; where there is none, the first or the last. */
  | { readonly op: 'element'; readonly values: readonly number[]; readonly at: InputExpression }
  /** The patient's number in the cohort, modulo `of`. */
  | { readonly op: 'row'; readonly of: number }
  | {
      readonly op: 'match';
      readonly attribute: number;
      readonly cases: readonly { readonly values: readonly number[]; readonly then: InputExpression }[];
      readonly otherwise?: InputExpression;
    }
  | {
      readonly op: 'state';
      readonly measure: 'queue' | 'busy' | 'free' | 'occupancy' | 'capacity';
      readonly facilities: readonly number[];
    }
  /** How many requests of these instructions wait. */
  | { readonly op: 'waiting'; readonly requests: readonly number[] }
  /** Time since the moment that a clock remembers, or since arrival without one; not a number before that. */
  | { readonly op: 'since'; readonly clock?: number }
  /** A factor that is 1 unless something from outside changes it. */
  | { readonly op: 'variable'; readonly variable: number }
  /** The wait that a clock remembers; without one, how long the request waits whose priority this is. */
  | { readonly op: 'waited'; readonly clock?: number };
